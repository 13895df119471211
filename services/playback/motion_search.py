"""Finds when something moved in a drawn part of a camera's picture, over hours, from what was noted then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from services.core.errors import ServiceError
from services.domain.motion import Corner, Hit, Look, Sensitivity, cells_in, hits_in, least_cells
from services.domain.people import Permission, Session
from services.domain.recordings import SEAM_S, Segment
from services.identity import authorize, check_cameras
from services.playback.tape_looks import TapeLooks
from services.playback.tapes import Tape, Tapes, no_tapes
from services.recording.disks import reachable
from services.recording.motion.remaking import from_keys
from services.recording.motion.sidefile import read_index
from services.storage import Database, Tx

LEAST_CORNERS = 3
LONGEST = timedelta(days=7)
# Nobody looks through more; the question is then too wide.
MOST_HITS = 500
_SEAM = timedelta(seconds=SEAM_S)


@dataclass(frozen=True, slots=True)
class Question:
    """corners: of the region, in parts of the picture. least_length: what moves for less is no hit."""

    camera: str
    corners: tuple[Corner, ...]
    since: datetime
    until: datetime
    sensitivity: Sensitivity = Sensitivity.MEDIUM
    least_length: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found so far, by its time, in so much recording.

    by_keys: of it where only the key pictures were looked at, a second or more apart; out_of_reach: what
    could not be searched, for its disk or its file is not here. elsewhere: of it what only a recorder has;
    recorder_error: why not all of that was looked at, as a ServiceError code, "" = it was.
    is_cut_short: there is more than MOST_HITS.
    """

    hits: tuple[Hit, ...] = ()
    searched: timedelta = timedelta(0)
    by_keys: timedelta = timedelta(0)
    out_of_reach: timedelta = timedelta(0)
    elsewhere: timedelta = timedelta(0)
    recorder_error: str = ""
    is_cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """share: of the asked span, 0 to 1."""

    share: float
    answer: Answer


class MotionSearchDesk:
    """`search` blocks, for seconds or minutes. folders: where this machine reaches the recordings' disks.

    tapes: recorders that record cameras too; what only they have is sent here picture by picture, which takes
    as long as the network wants.
    """

    def __init__(self, database: Database, folders: Sequence[Path], tapes: Tapes = no_tapes) -> None:
        self._database = database
        self._tapes = tapes
        self._folders = tuple(folder.expanduser() for folder in folders)

    def search(
        self, session: Session, question: Question, tell: Callable[[Progress], None], stop: Event
    ) -> Answer:
        """tell: called after each piece, by this thread. After `stop` what was found so far.

        Noted in the audit. Raises ServiceError(playback.region_needed, playback.span_invalid, identity.*,
        storage.*).
        """
        authorize(session, Permission.REVIEW)
        _check(question)

        def note(tx: Tx) -> None:
            check_cameras(tx, session, [question.camera])
            span = f"{question.since.isoformat()}/{question.until.isoformat()}"
            tx.audit(session, "recording.searched", question.camera, after=span)

        self._database.write(note)
        segments = self._database.read(
            lambda view: view.segments.of_camera(question.camera, question.since, question.until)
        )
        roots = {place.disk: place.root for place in reachable(self._folders)}
        with ExitStack() as held:
            tape = self._tapes(question.camera)
            if tape is not None:
                held.callback(tape.close)
            return _Search(question, roots, tape, tell, stop).run(segments)


class _Search:
    """One question. roots: of the disks that are here; tape: None = nobody else records the camera."""

    def __init__(
        self,
        question: Question,
        roots: dict[str, Path],
        tape: Tape | None,
        tell: Callable[[Progress], None],
        stop: Event,
    ) -> None:
        self._question = question
        self._roots = roots
        self._tape = tape
        self._tell = tell
        self._stop = stop
        self._hits: list[Hit] = []
        self._searched = self._by_keys = self._out_of_reach = self._elsewhere = timedelta(0)
        self._recorder_error = ""

    def run(self, segments: Sequence[Segment]) -> Answer:
        """segments: by their beginning. One hit may reach over several: they are one row of looks."""
        question, region = self._question, cells_in(self._question.corners)
        least = least_cells(region, question.sensitivity)
        for hit in hits_in(self._looks(segments), region, least, question.least_length):
            self._hits.append(hit)
            if len(self._hits) >= MOST_HITS:
                break
        return self._answer()

    def _looks(self, segments: Sequence[Segment]) -> Iterator[Look]:
        """By their time: hits may go on from our own recordings to the recorder's and back."""
        since, until = self._question.since, self._question.until
        covered = since
        for segment in segments:
            if segment.begins_at - covered > _SEAM:
                yield from self._of_recorder(covered, segment.begins_at)
            if self._stop.is_set():
                return
            for one in self._of_piece(segment):
                if since <= one.at < until:
                    yield one
            covered = max(covered, segment.ends_at)
            self._say(covered)
        if until - covered > _SEAM:
            yield from self._of_recorder(covered, until)

    def _of_recorder(self, since: datetime, until: datetime) -> Iterator[Look]:
        """One that fails is not asked again: each further question would take as long."""
        if self._tape is None or self._recorder_error:
            return
        looker = TapeLooks(self._tape, self._stop)
        try:
            for begins, ends in self._tape.spans(since, until):
                for looked in looker.looks(max(since, begins), min(until, ends)):
                    length = looked.until - looked.since
                    self._searched += length
                    self._by_keys += length
                    self._elsewhere += length
                    yield from (one for one in looked.looks if since <= one.at < until)
                    self._say(looked.until)
        except ServiceError as error:
            self._recorder_error = error.code

    def _say(self, covered: datetime) -> None:
        since, until = self._question.since, self._question.until
        self._tell(Progress((min(covered, until) - since) / (until - since), self._answer()))

    def _of_piece(self, segment: Segment) -> tuple[Look, ...]:
        length = segment.ends_at - segment.begins_at
        root = self._roots.get(segment.disk)
        index = read_index(root, segment) if root is not None else None
        if index is None and root is not None:
            index = from_keys(root / segment.path, segment)
        if index is None:
            self._out_of_reach += length
            return ()
        self._searched += length
        self._by_keys += length if index.is_coarse else timedelta(0)
        return index.looks

    def _answer(self) -> Answer:
        return Answer(
            tuple(self._hits),
            self._searched,
            self._by_keys,
            self._out_of_reach,
            self._elsewhere,
            self._recorder_error,
            is_cut_short=len(self._hits) >= MOST_HITS,
        )


def _check(question: Question) -> None:
    if len(question.corners) < LEAST_CORNERS:
        raise ServiceError("playback.region_needed")
    if not timedelta(0) < question.until - question.since <= LONGEST:
        raise ServiceError("playback.span_invalid", days=LONGEST.days)
