"""Finds when something moved in a drawn part of a camera's picture, over hours, from what was noted then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from services.core.errors import ServiceError
from services.domain.motion import Corner, Hit, Look, Sensitivity, cells_in, hits_in, least_cells
from services.domain.people import Permission, Session
from services.domain.recordings import Segment
from services.identity import authorize
from services.playback.seeing import check_seen
from services.recording.disks import reachable
from services.recording.motion.remaking import from_keys
from services.recording.motion.sidefile import read_index
from services.storage import Database, Tx

LEAST_CORNERS = 3
LONGEST = timedelta(days=7)
# Nobody looks through more; the question is then too wide.
MOST_HITS = 500


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
    could not be searched, for its disk or its file is not here.
    is_cut_short: there is more than MOST_HITS.
    """

    hits: tuple[Hit, ...] = ()
    searched: timedelta = timedelta(0)
    by_keys: timedelta = timedelta(0)
    out_of_reach: timedelta = timedelta(0)
    is_cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """share: of the asked span, 0 to 1."""

    share: float
    answer: Answer


class MotionSearchDesk:
    """`search` blocks, for seconds or minutes. folders: where this machine reaches the recordings' disks."""

    def __init__(self, database: Database, folders: Sequence[Path]) -> None:
        self._database = database
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
            check_seen(tx, session, [question.camera])
            span = f"{question.since.isoformat()}/{question.until.isoformat()}"
            tx.audit(session, "recording.searched", question.camera, after=span)

        self._database.write(note)
        segments = self._database.read(
            lambda view: view.segments.of_camera(question.camera, question.since, question.until)
        )
        roots = {place.disk: place.root for place in reachable(self._folders)}
        return _Search(question, roots, tell, stop).run(segments)


class _Search:
    """One question. roots: of the disks that are here."""

    def __init__(
        self, question: Question, roots: dict[str, Path], tell: Callable[[Progress], None], stop: Event
    ) -> None:
        self._question = question
        self._roots = roots
        self._tell = tell
        self._stop = stop
        self._hits: list[Hit] = []
        self._searched = self._by_keys = self._out_of_reach = timedelta(0)

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
        since, until = self._question.since, self._question.until
        for segment in segments:
            if self._stop.is_set():
                return
            for one in self._of_piece(segment):
                if since <= one.at < until:
                    yield one
            share = (min(segment.ends_at, until) - since) / (until - since)
            self._tell(Progress(share, self._answer()))

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
            is_cut_short=len(self._hits) >= MOST_HITS,
        )


def _check(question: Question) -> None:
    if len(question.corners) < LEAST_CORNERS:
        raise ServiceError("playback.region_needed")
    if not timedelta(0) < question.until - question.since <= LONGEST:
        raise ServiceError("playback.span_invalid", days=LONGEST.days)
