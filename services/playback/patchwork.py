"""One camera's pictures out of two sources: its own recordings, and where those are open, a recorder's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.playback.elsewhere import elsewhere_of, without
from services.playback.footage import NO_RECORDING, Footage, Shown
from services.playback.lanes import Lane, bands_of
from services.playback.reader import Reader

ASKING = "playback.asking_recorder"
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Patch:
    """[since, until) comes from `footage`. Patches never overlap."""

    since: datetime
    until: datetime
    footage: Footage


class Patchwork:
    """`Footage` of a lane: own segments first, then what the recorder has."""

    def __init__(self, own: Reader, foreign: Footage, lane: Lane) -> None:
        self._own = own
        self._foreign = foreign
        # Read by any thread: replaced, never changed.
        self._patches: tuple[Patch, ...] = ()
        self._why = NO_RECORDING
        # Those that reading goes along, and the one it is in.
        self._way: tuple[Patch, ...] = ()
        self._number = 0
        self._sew(lane)

    def use(self, lane: Lane) -> None:
        """A longer one: recording goes on while it is watched. From any thread."""
        self._own.use(lane.segments)
        self._sew(lane)

    def trouble_at(self, at: datetime) -> str:
        patch = next((patch for patch in self._patches if patch.since <= at < patch.until), None)
        if patch is None:
            # A seam between two pieces is the own reader's to judge.
            return self._own.trouble_at(at) and self._why
        return patch.footage.trouble_at(at)

    def begin(self, at: datetime) -> None:
        self._way = self._patches
        before = [number for number, patch in enumerate(self._way) if patch.since <= at]
        if self._way:
            self._stand(before[-1] if before else 0, at)

    def next(self) -> Shown | None:
        while self._way:
            patch, is_end = self._way[self._number], self._number + 1 == len(self._way)
            shown = patch.footage.next()
            if not is_end and (shown is None or shown.at >= patch.until):
                self._stand(self._number + 1, self._way[self._number + 1].since)
            elif shown is None or self._number == 0 or shown.until > patch.since:
                return (
                    shown if shown is None or is_end else replace(shown, until=min(shown.until, patch.until))
                )
        return None

    def key_before(self, at: datetime) -> datetime | None:
        patch = next((patch for patch in self._patches if patch.since <= at < patch.until), None)
        return patch.footage.key_before(at) if patch is not None else None

    def prepare(self, at: datetime) -> None:
        """The recorder is asked for nothing that nobody may want."""
        if any(patch.footage is self._own and patch.since <= at < patch.until for patch in self._patches):
            self._own.prepare(at)

    def ease(self, *, is_small: bool, threads: int) -> None:
        for footage in (self._own, self._foreign):
            footage.ease(is_small=is_small, threads=threads)

    def close(self) -> None:
        self._own.close()
        self._foreign.close()

    def _sew(self, lane: Lane) -> None:
        own = [(band.since, band.until) for band in bands_of(lane.segments)]
        patches = [Patch(since, until, self._own) for since, until in own]
        patches += [
            Patch(since, until, self._foreign)
            for stretch in elsewhere_of(lane)
            for since, until in without(stretch, own)
        ]
        self._why = lane.error or (ASKING if lane.is_asking else NO_RECORDING)
        self._patches = tuple(sorted(patches, key=lambda patch: patch.since))

    def _stand(self, number: int, at: datetime) -> None:
        patch = self._way[number]
        self._number = number
        patch.footage.begin(min(max(at, patch.since), patch.until - _INSTANT))
