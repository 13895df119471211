"""Copies what an approved request asks for, at the seat that reaches the disks, and says how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.evidence import EvidenceRequest, EvidenceState
from services.domain.facts import EvidenceChanged
from services.domain.people import Permission, Session
from services.evidence import package, steps
from services.evidence.gathering import found_for, wish_of
from services.evidence.package import NOT_SETTLED, Locate, MakePaper, Package, Recordings, Sealing
from services.evidence.signing import SigningKey
from services.evidence.steps import Pen
from services.evidence.wish import Progress, Stage
from services.identity import authorize
from services.playback.tapes import Tapes, no_tapes
from services.storage import Database, Tx

# So often an export says in the record that it goes on: well within `STALLED_AFTER`.
SAY_EVERY_S = 10.0
_WITH_PACKAGE = (
    EvidenceState.EXPORTED,
    EvidenceState.HANDED_OVER,
    EvidenceState.RETURNED,
    EvidenceState.REGISTERED,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is decided when the copy is made. folder: where the package goes; attached: other papers, by name.

    password: of an encrypted package. leaves_out_missing: what cannot be found becomes a gap that is told.
    """

    folder: Path
    password: str = field(default="", repr=False)
    leaves_out_missing: bool = False
    attached: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """share: of the whole export, 0 to 1."""

    stage: Stage
    share: float


@dataclass(frozen=True, slots=True)
class Bench:
    """What an export is made with at this seat. make_key: reads the signing key, or makes the first.

    tapes: recorders that record cameras too.
    """

    locate: Locate
    make_key: Callable[[], SigningKey]
    software: str
    make_paper: MakePaper | None = None
    tapes: Tapes = no_tapes


class Exporter:
    """Runs in a job's thread; one export at a time for each request, whichever seat begins it."""

    def __init__(self, database: Database, clock: Clock, bench: Bench) -> None:
        self._database = database
        self._clock = clock
        self._bench = bench

    def export(
        self,
        session: Session,
        request: EvidenceRequest,
        order: ExportOrder,
        tell: Callable[[ExportProgress], None],
        stop: Event,
    ) -> EvidenceRequest:
        """The request as it is when its package is whole; blocks.

        Raises evidence.password_needed, evidence.illegal_move, evidence.still_recorded(camera, seconds), what
        `package.export` raises, and evidence.lost_turn(number) when another seat took the export for dead
        meanwhile. Then the request is approved as before and no package is left. Only of
        evidence.not_settled(number) nobody knows yet: the record went away just when it was to have the
        package, and `settle` ends it.
        """
        authorize(session, Permission.EXPORT_EVIDENCE)
        if request.options.is_encrypted and not order.password:
            raise ServiceError("evidence.password_needed")
        self._settle_in(order.folder)
        now = self._clock.now()
        begun = self._database.write(lambda tx: _begin(Pen(tx, session, now), session, request))
        turn = _Turn(self._database, self._clock, begun, tell, stop)
        try:
            self._make(session, begun, order, turn)
        except ServiceError as error:
            if error.code != NOT_SETTLED:
                self._give_up(session, turn, error.code)
            if turn.is_lost:
                raise ServiceError("evidence.lost_turn", number=begun.number) from error
            raise
        except Exception:
            self._give_up(session, turn, "crashed")
            raise
        assert turn.registered is not None
        return turn.registered

    def settle(self, seat: str, usual: Path) -> None:
        """End what exports of this seat left between package and record; blocks. usual: where packages go.

        Raises storage.* while the record cannot be asked.
        """
        found = self._database.read(lambda view: view.evidence.in_states([EvidenceState.EXPORTED]))
        exports = [one.export for one in found if one.export is not None and one.export.seat == seat]
        away = {Path(one.folder).parent for one in exports if not Path(one.folder).exists()}
        for folder in sorted({usual, *away}):
            self._settle_in(folder)

    def _settle_in(self, folder: Path) -> None:
        try:
            package.sweep(folder, self._is_registered)
        except OSError as error:
            # Its disk may be unplugged: next time.
            log.info("evidence.not_settled", folder=str(folder), error=type(error).__name__)

    def _is_registered(self, fingerprint: str) -> bool:
        found = self._database.read(lambda view: view.evidence.in_states(_WITH_PACKAGE))
        return any(one.export is not None and one.export.fingerprint == fingerprint for one in found)

    def _make(self, session: Session, request: EvidenceRequest, order: ExportOrder, turn: _Turn) -> None:
        now = self._clock.now()
        found = self._database.read(lambda view: found_for(view, request, now))
        wish = wish_of(
            session,
            request,
            found,
            leaves_out_missing=order.leaves_out_missing,
            attached=order.attached,
        )
        sealing = Sealing(
            key=self._bench.make_key(),
            audit=found.audit,
            workstation=session.workstation,
            software=self._bench.software,
            clock=self._clock,
            make_paper=self._bench.make_paper,
            password=order.password if request.options.is_encrypted else "",
        )
        recordings = Recordings(found.segments, self._bench.locate, self._bench.tapes)
        register = partial(self._register, session, turn)
        package.export(wish, recordings, order.folder, sealing, turn.hear, turn.stop, register)

    def _register(self, session: Session, turn: _Turn, made: Package) -> None:
        """The package is in the record, or is not to be; where that cannot be known, evidence.not_settled."""
        try:
            turn.registered = self._database.write(
                lambda tx: _end(Pen(tx, session, self._clock.now()), turn, made)
            )
        except ServiceError as error:
            if not self._was_registered(session, turn, made, error.code):
                raise

    def _was_registered(self, session: Session, turn: _Turn, made: Package, reason: str) -> bool:
        """An answer may be lost though the row was written. By asking as a writer, who waits for all writers
        before, and by giving up in the same transaction, it cannot be written afterwards either."""
        now = self._clock.now()

        def work(tx: Tx) -> EvidenceRequest | None:
            found = tx.evidence.get(turn.request.id)
            if found.export is not None and found.export.fingerprint == made.manifest_sha256:
                return found
            if turn.is_same(found):
                steps.break_off(Pen(tx, session, now), found, reason)
            return None

        try:
            turn.registered = self._database.write(work)
        except ServiceError as error:
            raise ServiceError(NOT_SETTLED, number=turn.request.number) from error
        return turn.registered is not None

    def _give_up(self, session: Session, turn: _Turn, reason: str) -> None:
        """What cannot be written down now lapses by itself: nothing is said any more."""
        now = self._clock.now()

        def work(tx: Tx) -> None:
            found = tx.evidence.get(turn.request.id)
            if turn.is_same(found):
                steps.break_off(Pen(tx, session, now), found, reason)
            elif turn.registered is not None and found.state is EvidenceState.EXPORTED:
                # It was in the record, and then its disk did not take its name.
                steps.redo(Pen(tx, session, now), found, reason)

        try:
            self._database.write(work)
        except ServiceError as error:
            log.info("evidence.not_given_up", request=turn.request.number, code=error.code)


class _Turn:
    """One export's right to its request: it says that it goes on, and ends when it was taken for dead."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        request: EvidenceRequest,
        tell: Callable[[ExportProgress], None],
        stop: Event,
    ) -> None:
        self.request = request
        self.stop = stop
        self.is_lost = False
        # As the record has it with its package.
        self.registered: EvidenceRequest | None = None
        self._database = database
        self._clock = clock
        self._tell = tell
        self._said_s = clock.monotonic()

    def hear(self, progress: Progress) -> None:
        """From the export's thread."""
        share = share_of(progress, self.request)
        self._tell(ExportProgress(progress.stage, share))
        if self._clock.monotonic() - self._said_s >= SAY_EVERY_S:
            self._said_s = self._clock.monotonic()
            self._say(share)

    def is_same(self, found: EvidenceRequest) -> bool:
        """Whether the row still says that this very export runs."""
        ours, theirs = self.request.export, found.export
        if found.state is not EvidenceState.EXPORTING or ours is None or theirs is None:
            return False
        return (ours.by, ours.seat, ours.began_at) == (theirs.by, theirs.seat, theirs.began_at)

    def _say(self, share: float) -> None:
        now = self._clock.now()

        def work(tx: Tx) -> bool:
            found = tx.evidence.get(self.request.id)
            if not self.is_same(found) or found.export is None:
                return False
            said = replace(found.export, said_at=now, share=round(share, 3))
            tx.record(EvidenceChanged(tx.evidence.save(replace(found, export=said)), "progress"))
            return True

        try:
            self.is_lost = not self._database.write(work)
        except ServiceError as error:
            # The copy goes on; whether the turn still holds is asked again with the next word.
            log.info("evidence.not_said", request=self.request.number, code=error.code)
        if self.is_lost:
            self.stop.set()


def share_of(progress: Progress, request: EvidenceRequest) -> float:
    """Of the whole: encoding anew takes by far the longest where it is asked for."""
    makes_copies = request.options.has_watermark or bool(request.options.masks)
    ends = {Stage.CUTTING: 0.6, Stage.FETCHING: 0.85}
    if makes_copies:
        ends = {Stage.CUTTING: 0.1, Stage.FETCHING: 0.15, Stage.COPYING: 0.9}
    begins_at = 0.0
    for stage in Stage:
        ends_at = ends.get(stage, {Stage.SEALING: 0.95, Stage.PACKING: 1.0}.get(stage, begins_at))
        if stage is progress.stage:
            return begins_at + (ends_at - begins_at) * min(1.0, max(0.0, progress.share))
        begins_at = ends_at
    return begins_at


def _begin(pen: Pen, session: Session, request: EvidenceRequest) -> EvidenceRequest:
    found = pen.as_read(session, Permission.EXPORT_EVIDENCE, request)
    return steps.begin_export(pen, session, found)


def _end(pen: Pen, turn: _Turn, made: Package) -> EvidenceRequest:
    found = pen.tx.evidence.get(turn.request.id)
    if not turn.is_same(found) or found.export is None:
        raise ServiceError("evidence.lost_turn", number=turn.request.number)
    files = made.manifest.files
    export = replace(
        found.export,
        said_at=pen.now,
        ended_at=pen.now,
        share=1.0,
        folder=str(made.path),
        fingerprint=made.manifest_sha256,
        key_fingerprint=made.manifest.key_fingerprint,
        files=len(files),
        size_bytes=sum(one.size_bytes for one in files),
    )
    return steps.end_export(pen, found, export)
