"""Decodes one camera's recording from any moment on: the pictures that were on the screen then."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from services.domain.recordings import Segment
from services.playback.decoding import Damaged, PastDecoder
from services.playback.film import MICRO, BrokenFilm, Film
from services.playback.footage import BROKEN, NO_FILE, NO_RECORDING, Shown
from services.playback.line import SEAM, Line, Stretch
from services.recording.naming import PART_SUFFIX
from services.video.decoder import fit

# The one that is shown, and its neighbours: over the border of a minute nothing must be opened first.
MOST_OPEN = 3
_MOST_HOLES = 200
_INSTANT = timedelta(microseconds=1)

# Where a segment's file is; None = its disk is not here.
Locate = Callable[[Segment], Path | None]


@dataclass(frozen=True, slots=True)
class _Hole:
    """Inside a piece: nothing came, or what came cannot be decoded."""

    since: datetime
    until: datetime
    code: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A piece as it was when its file was opened: one that is still being written grows."""

    segment: Segment
    film: Film


@dataclass(slots=True)
class _Place:
    """Where reading goes on: sample `sample` of the film of stretch `stretch`."""

    line: Line
    stretch: int
    film: Film
    sample: int


class Reader:
    """`Footage` over segments of one stream. A file that is gone or broken is passed over, and said."""

    def __init__(self, segments: Sequence[Segment], locate: Locate) -> None:
        self._line = Line(segments)
        self._locate = locate
        self._films: dict[str, _Opened] = {}
        # Of a piece that has grown since: read to its end before it is closed.
        self._outgrown: list[Film] = []
        self._place: _Place | None = None
        self._decoder: PastDecoder | None = None
        self._decoded: deque[Shown] = deque()
        self._given: datetime | None = None
        self._is_small = False
        self._threads = 1
        # Read by any thread: values are replaced, never changed.
        self._troubles: dict[str, str] = {}
        self._holes: dict[str, tuple[_Hole, ...]] = {}

    def use(self, segments: Sequence[Segment]) -> None:
        """A longer list: recording goes on while it is watched. From any thread."""
        self._line = Line(segments)

    def close(self) -> None:
        for film in (*(opened.film for opened in self._films.values()), *self._outgrown):
            film.close()
        self._films.clear()
        self._outgrown.clear()
        self._place = self._decoder = None
        self._decoded.clear()

    def ease(self, *, is_small: bool, threads: int) -> None:
        self._is_small, self._threads = is_small, threads

    def segment_at(self, at: datetime) -> Segment | None:
        line = self._line
        number = line.last_before(at)
        return line.stretches[number].segment if number is not None and line.covers(at) else None

    def trouble_at(self, at: datetime) -> str:
        line = self._line
        number = line.last_before(at)
        if number is None or not line.covers(at):
            return NO_RECORDING
        path = line.stretches[number].segment.path
        if path in self._troubles:
            return self._troubles[path]
        holes = self._holes.get(path, ())
        return next((hole.code for hole in holes if hole.since <= at < hole.until), "")

    def begin(self, at: datetime) -> None:
        line, self._place = self._line, None
        self._decoded.clear()
        self._given = None
        number = line.last_before(at)
        for candidate in range(number if number is not None else -1, -1, -1):
            if self._stand(line, candidate, at):
                return
        for candidate in range((number if number is not None else -1) + 1, len(line.stretches)):
            if self._stand(line, candidate, at):
                return

    def next(self) -> Shown | None:
        while True:
            while not self._decoded:
                if self._place is None:
                    return None
                self._read_on(self._place)
            shown = self._decoded.popleft()
            if self._given is None or shown.at > self._given:
                self._given = shown.at
                return shown

    def key_before(self, at: datetime) -> datetime | None:
        line = self._line
        number = line.last_before(at)
        film = self._film(line.stretches[number].segment) if number is not None else None
        if number is None or film is None:
            return None
        stretch = line.stretches[number]
        return max(stretch.since, _moment(stretch, film, self._key(stretch, film, at)))

    def prepare(self, at: datetime) -> None:
        number = self._line.last_before(at)
        if number is not None:
            self._film(self._line.stretches[number].segment)

    def at(self, at: datetime, *, only_keys: bool = False) -> Shown | None:
        """The picture of that moment; None in a gap. only_keys: the key picture before it will do."""
        self.begin(at)
        found = None
        while not self.trouble_at(at) and (shown := self.next()) is not None and shown.at <= at:
            found = shown
            if only_keys or shown.until > at:
                break
        return found if not self.trouble_at(at) else None

    def _stand(self, line: Line, number: int, at: datetime) -> bool:
        """At the key picture before `at` of that stretch; False when it cannot be read."""
        stretch = line.stretches[number]
        # A disk may have come back.
        path = stretch.segment.path
        self._troubles = {known: code for known, code in self._troubles.items() if known != path}
        film = self._film(stretch.segment)
        if film is None:
            return False
        self._place = _Place(line, number, film, self._key(stretch, film, at))
        coding = film.video.coding
        if self._decoder is None or not self._decoder.begin(coding, self._is_small, self._threads):
            try:
                self._decoder = PastDecoder(coding, is_small=self._is_small, threads=self._threads)
            except Damaged:
                self._place = None
                self._troubles = {**self._troubles, stretch.segment.path: BROKEN}
                return False
        return True

    def _key(self, stretch: Stretch, film: Film, at: datetime) -> int:
        return film.video.key_before(max(at, stretch.since) - stretch.segment.begins_at)

    def _film(self, segment: Segment) -> Film | None:
        if segment.path in self._troubles:
            return None
        opened = self._films.pop(segment.path, None)
        if opened is not None and opened.segment != segment:
            self._outgrown.append(opened.film)
            opened = None
        for film in [one for one in self._outgrown if self._place is None or one is not self._place.film]:
            film.close()
            self._outgrown.remove(film)
        opened = opened or self._opened(segment)
        if opened is None:
            return None
        self._films[segment.path] = opened  # the one used last is the last to go
        for path in list(self._films)[:-1]:
            is_read = self._place is not None and self._films[path].film is self._place.film
            if len(self._films) > MOST_OPEN and not is_read:
                self._films.pop(path).film.close()
        return opened.film

    def _opened(self, segment: Segment) -> _Opened | None:
        path = self._locate(segment)
        try:
            if path is None:
                raise FileNotFoundError
            film = Film(path)
        except OSError:
            self._troubles = {**self._troubles, segment.path: NO_FILE}
            return None
        except BrokenFilm:
            self._troubles = {**self._troubles, segment.path: BROKEN}
            return None
        self._holes = {**self._holes, segment.path: _holes_of(film, segment)}
        return _Opened(segment, film)

    def _read_on(self, place: _Place) -> None:
        if place.sample < len(place.film.video.samples):
            self._decode_one(place)
        else:
            self._drain(place)
            self._go_on(place)

    def _decode_one(self, place: _Place) -> None:
        assert self._decoder is not None
        number, place.sample = place.sample, place.sample + 1
        try:
            frames = self._decoder.decode(place.film.packet(place.film.video, number))
        except (Damaged, OSError):
            self._skip_damage(place, number)
            return
        self._take(place, frames)

    def _skip_damage(self, place: _Place, number: int) -> None:
        """What follows a broken picture is made from it: the next key picture is the next whole one."""
        assert self._decoder is not None
        video, stretch = place.film.video, place.line.stretches[place.stretch]
        later = video.keys[video.keys > number]
        place.sample = int(later[0]) if len(later) else len(video.samples)
        until = _moment(stretch, place.film, place.sample) if len(later) else stretch.until
        hole = _Hole(_moment(stretch, place.film, number), until, BROKEN)
        path = stretch.segment.path
        if hole not in self._holes[path]:
            self._holes = {**self._holes, path: (*self._holes[path], hole)[-_MOST_HOLES:]}
        self._decoder = PastDecoder(video.coding, is_small=self._is_small, threads=self._threads)

    def _drain(self, place: _Place) -> None:
        """Pictures that the decoder kept back, to put them in order."""
        assert self._decoder is not None
        try:
            self._take(place, self._decoder.decode(None))
        except Damaged:
            return

    def _go_on(self, place: _Place) -> None:
        """With the next piece that can be read; a longer list may have come meanwhile."""
        ended, self._place = place.line.stretches[place.stretch], None
        line = self._line
        number = line.last_before(ended.since)
        following = number + 1 if number is not None else 0
        has_grown = number is not None and _is_grown(ended.segment, line.stretches[number].segment)
        if number is not None and has_grown and self._stand(line, number, ended.until):
            return
        for candidate in range(following, len(line.stretches)):
            if self._stand(line, candidate, line.stretches[candidate].since):
                return

    def _take(self, place: _Place, frames: Sequence[VideoFrame]) -> None:
        stretch, video = place.line.stretches[place.stretch], place.film.video
        for frame in frames:
            order = video.place_of(frame.pts) if frame.pts is not None else len(video.shown)
            if order == len(video.shown):
                continue  # a picture that nobody gave a time
            at = _moment(stretch, place.film, int(video.shown[order]))
            if order + 1 < len(video.shown):
                until = _moment(stretch, place.film, int(video.shown[order + 1]))
            else:
                until = _shown_until(place)
            if until > stretch.since and at < stretch.until:
                at = max(at, stretch.since)
                self._decoded.append(Shown(frame, at, max(until, at + _INSTANT), bool(frame.key_frame)))


def _shown_until(place: _Place) -> datetime:
    """How long the last picture of a piece stays: not over an end that is missing in the file."""
    stretch = place.line.stretches[place.stretch]
    ends = stretch.segment.begins_at + place.film.video.ends
    return ends if stretch.until - ends > SEAM else place.line.shown_until(place.stretch)


def _moment(stretch: Stretch, film: Film, sample: int) -> datetime:
    return stretch.segment.begins_at + film.video.moment(sample)


def _is_grown(was: Segment, now: Segment) -> bool:
    """It is the same piece, and longer: it was being written, and perhaps has its final name by now."""
    return (was.stream, was.begins_at) == (now.stream, now.begins_at) and now.ends_at > was.ends_at


def _holes_of(film: Film, segment: Segment) -> tuple[_Hole, ...]:
    """Where a camera sent nothing for longer than a seam, and an end that is not in the file."""
    video, begins = film.video, segment.begins_at
    holes = []
    for order in np.flatnonzero(np.diff(video.moments[video.shown]) > SEAM.total_seconds() * MICRO)[
        :_MOST_HOLES
    ]:
        since, until = (begins + video.moment(int(video.shown[order + by])) for by in (0, 1))
        holes.append(_Hole(since + SEAM, until, NO_RECORDING))
    is_whole = not segment.path.endswith(PART_SUFFIX)
    if is_whole and segment.ends_at - begins - video.ends > SEAM:
        holes.append(_Hole(begins + video.ends, segment.ends_at, BROKEN))
    return tuple(holes)


def pixels_of(frame: VideoFrame, size_px: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """BGRA, (height, width, 4), no larger than asked and no larger than the picture."""
    width, height = fit(frame.width, frame.height, size_px)
    return np.ascontiguousarray(frame.reformat(width, height, "bgra", interpolation="BILINEAR").to_ndarray())
