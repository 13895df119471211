"""Decides which picture is decoded next: forwards, backwards by groups, by key pictures, or one step."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from services.playback.clock import PlaybackClock, Reading
from services.playback.footage import BROKEN, NO_FILE, Footage, Shown
from services.playback.lateness import Lateness
from services.playback.lens import Lens
from services.playback.strip import Print, Strip

# From this speed on only key pictures are decoded, and before it when the cameras would together take more
# than half of the machine: one of 1080p at 25 a second takes 0.11 of a core to decode and scale.
KEYS_FROM_SPEED = 8.0
CAMERA_CORES = 0.11
MOST_CORES_SHARE = 0.5
# So far ahead of the clock pictures are ready, in seconds of the present.
AHEAD_S = 0.4
MOST_AHEAD = 12
LEAST_AHEAD = 2
# Backwards: of a group so many are held at once; a longer group is decoded again for its earlier part.
MOST_HELD = 50
# The group before is decoded once no more than this is left of the one shown.
DECODES_BEFORE_AT = 30
KEPT_BEHIND = 8
# Forwards over no more than this it is decoded on: seeking would go back to a key picture first.
THROUGH = timedelta(seconds=1.5)
# Behind the clock by more, it goes on at the next key picture.
LATE_S = 0.5
# On the way to a moment somebody sees that it moves.
MOVES_EVERY_S = 0.12
# More pictures in a second are not seen.
MOST_FPS = 30.0
MOST_THREADS = 4
KEY_LEAD_S = 0.15
KEY_EVERY_S = 0.06
# A disk may have been plugged in again since somebody looked last.
MAY_COME_BACK = frozenset({NO_FILE, BROKEN})
_INSTANT = timedelta(microseconds=1)


class Projector:
    """Used by one thread: `turn` after `turn`, each no longer than one picture takes.

    show: told of a picture on the way to the moment. monotonic: s.
    """

    def __init__(
        self,
        footage: Footage,
        playback: PlaybackClock,
        monotonic: Callable[[], float],
        show: Callable[[Print], None],
    ) -> None:
        self.strip = Strip()
        # When the picture came that is on the screen: on the way only nearer ones are shown.
        self.on_screen: datetime | None = None
        self._footage = footage
        self._playback = playback
        self._monotonic = monotonic
        self._show = show
        self._lens = Lens()
        # When the picture came that the footage gave last; None: it has just begun, or not at all.
        self._cursor: datetime | None = None
        self._has_begun = False
        self._begun_for = self._given_until = playback.now()
        self._is_over = False
        self._group: deque[Print] | None = None
        self._group_ends: datetime | None = None
        self._group_s = 0.0
        self._nothing_before: datetime | None = None
        self._moved_s = 0.0
        self._jumps = -1
        self._speed = 0.0
        self._lateness = Lateness(monotonic)
        self._key: datetime | None = None
        self._key_asked_s = 0.0
        self._steps = 0

    def use_size(self, size_px: tuple[int, int]) -> None:
        """Pictures in another size; those decoded so far are of no more use."""
        if size_px != self._lens.size_px:
            self._lens.size_px = size_px
            self._forget()

    def go_on(self) -> None:
        """More was recorded: the end is no end any more."""
        if self._is_over:
            self._is_over = self._has_begun = False
            self._cursor = None

    def step(self, by: int) -> None:
        """So many pictures on or back, once they are known; moves the clock. Only while it stands."""
        self._steps += by

    def turn(self, reading: Reading) -> bool:
        """One picture's work at most; False when there is nothing to do at present."""
        if reading.jumps != self._jumps:
            self._jump(reading)
        if reading.speed != self._speed:
            self._speed = reading.speed
            self._lateness.forget()
            self._drop_group()
        if self._steps and reading.speed == 0:
            return self._step(reading)
        self._steps = 0
        if self.shows_keys_only(reading.speed):
            return self._by_keys(reading)
        if self.strip.is_thin and abs(reading.speed) <= 1:
            self._forget()
        return self._backwards(reading) if reading.speed < 0 else self._forwards(reading)

    def shows_keys_only(self, speed: float) -> bool:
        wanted_cores = abs(speed) * CAMERA_CORES * self._playback.followers
        is_too_much = abs(speed) > 1 and wanted_cores > MOST_CORES_SHARE * (os.cpu_count() or 1)
        is_too_fast = abs(speed) >= 1 and self._lateness.is_too_much
        return abs(speed) >= KEYS_FROM_SPEED or is_too_much or is_too_fast

    # where to

    def _jump(self, reading: Reading) -> None:
        self._jumps = reading.jumps
        self._lateness.forget()
        self._key = self._nothing_before = None
        self._drop_group()
        if self._footage.trouble_at(reading.at) in MAY_COME_BACK:
            self._forget()
        elif not self.strip.spans(reading.at):
            if self._runs_up_to(reading.at):
                self.strip.clear()
            else:
                self._forget()

    def _forget(self) -> None:
        self.strip.clear()
        self._group, self._key, self._has_begun = None, None, False

    def _drop_group(self) -> None:
        if self._group is not None:
            self._group, self._has_begun = None, False

    def _begin(self, at: datetime) -> None:
        cores = os.cpu_count() or 1
        threads = max(1, min(MOST_THREADS, cores // max(1, self._playback.followers)))
        self._footage.ease(is_small=self._lens.is_small, threads=threads)
        self._footage.begin(at)
        self._cursor, self._has_begun, self._is_over = None, True, False
        self._begun_for = at

    def _runs_up_to(self, at: datetime) -> bool:
        """Decoding on from here gets there soonest."""
        if not self._has_begun or self._cursor is None or self._given_until > at:
            return False
        if at <= max(self._cursor, self._begun_for) + THROUGH:
            return True
        key = self._footage.key_before(at)
        return key is not None and key <= self._cursor

    def _next(self) -> Shown | None:
        shown = self._footage.next()
        if shown is None:
            self._is_over = True
        else:
            self._cursor, self._given_until = shown.at, shown.until
        return shown

    # forwards

    def _forwards(self, reading: Reading) -> bool:
        at, strip = reading.at, self.strip
        self._drop_group()
        strip.keep(at, before=MOST_HELD, after=2 * MOST_HELD)
        if self._is_over and self._has_begun and self._given_until <= at:
            return False
        if len(strip) and not strip.spans(at):
            if self._runs_up_to(at):
                strip.clear()  # late: what comes now is not next to what was
            else:
                self._forget()
        last = strip.last
        if last is not None:
            if not self._needs_ahead(reading, last):
                return False
            if not self._has_begun or (self._cursor is not None and strip.ends_before(self._cursor)):
                self._begin(last.at)
        elif not self._has_begun or (self._cursor is not None and not self._runs_up_to(at)):
            self._begin(at)
        if self._is_over:
            return False
        self._take_forwards(reading)
        return True

    def _needs_ahead(self, reading: Reading, last: Print) -> bool:
        after = self.strip.after(reading.at)
        reaches = last.at - reading.at >= timedelta(seconds=AHEAD_S * reading.speed)
        return after < LEAST_AHEAD or (not reaches and after < MOST_AHEAD)

    def _take_forwards(self, reading: Reading) -> None:
        is_first, last = self._cursor is None, self.strip.last
        shown = self._next()
        if shown is None or (last is not None and shown.at <= last.at):
            return
        if last is not None and _is_too_soon(last, shown, reading.speed):
            self.strip.stretch_last(shown.until)
        elif last is not None or shown.until > reading.at:
            self.strip.add(self._lens.print_of(shown), since=reading.at)
        else:
            self._pass(reading, shown, is_first=is_first)

    def _pass(self, reading: Reading, shown: Shown, *, is_first: bool) -> None:
        """Not there yet, or not any more."""
        if is_first or self._monotonic() - self._moved_s >= MOVES_EVERY_S:
            self._let_pass(reading.at, shown)
        behind_s = (reading.at - shown.until).total_seconds()
        if reading.speed > 0 and behind_s > LATE_S * max(1.0, reading.speed):
            key = self._footage.key_before(reading.at)
            if key is not None and key > shown.at:
                if reading.speed > 1:
                    self._lateness.note()
                self._begin(reading.at)

    def _let_pass(self, at: datetime, shown: Shown) -> None:
        if self.on_screen is None or abs(at - shown.at) < abs(at - self.on_screen):
            self._moved_s = self._monotonic()
            self.on_screen = shown.at
            self._show(self._lens.print_of(shown))

    # backwards

    def _backwards(self, reading: Reading) -> bool:
        at, strip = reading.at, self.strip
        strip.keep(at, before=2 * MOST_HELD, after=KEPT_BEHIND)
        if self._group is None:
            first = strip.first
            if self._nothing_before is not None and at <= self._nothing_before:
                return False
            lost = timedelta(seconds=LATE_S * max(1.0, -reading.speed))
            if first is None or strip.ends_before(at) or first.at - at > lost:
                if first is not None:
                    self._lateness.note()
                strip.clear()
                self._begin_group(at)
            elif strip.before(at) <= DECODES_BEFORE_AT and first.at != self._nothing_before:
                self._begin_group(first.at - _INSTANT)
            else:
                return False
        self._take_backwards(reading)
        return True

    def _begin_group(self, ends: datetime) -> None:
        self._begin(ends)
        self._group, self._group_ends = deque(maxlen=MOST_HELD), ends
        self._group_s = self._monotonic()

    def _take_backwards(self, reading: Reading) -> None:
        group, ends = self._group, self._group_ends
        assert group is not None
        assert ends is not None
        is_first = self._cursor is None
        shown = self._next()
        if shown is not None and shown.at <= ends:
            if group and _is_too_soon(group[-1], shown, reading.speed):
                group[-1] = replace(group[-1], until=shown.until)
                self.strip.is_thin = True
                return
            group.append(self._lens.print_of(shown))
            if is_first and not len(self.strip):
                self._let_pass(reading.at, shown)
            return
        if not group:
            key = self._footage.key_before(ends)
            if key is not None and key <= ends:
                self._begin_group(key - _INSTANT)  # it is there and spoilt
                return
            first = self.strip.first
            self._nothing_before = first.at if first is not None else ends
        shown_s = (ends - group[0].at).total_seconds() / -reading.speed if group else 0.0
        if self._monotonic() - self._group_s > max(shown_s, LATE_S):
            self._lateness.note()  # it took longer than it will be shown
        self.strip.add_before(list(group), until=ends + _INSTANT)
        self._group, self._has_begun = None, False

    # by key pictures

    def _by_keys(self, reading: Reading) -> bool:
        self.strip.clear()
        self._group, self._has_begun = None, False
        target = reading.at + timedelta(seconds=KEY_LEAD_S * reading.speed)
        key, now_s = self._footage.key_before(target), self._monotonic()
        if key is None and now_s - self._key_asked_s < KEY_EVERY_S:
            return False
        if key is not None and key == self._key:
            return False
        self._key, self._key_asked_s = key, now_s
        self._begin(target)
        shown = self._next()
        self._has_begun = False
        if shown is not None and shown.at != self.on_screen:
            self.on_screen = shown.at
            self._show(self._lens.print_of(shown))
        return False

    # one step

    def _step(self, reading: Reading) -> bool:
        """The clock is moved to the picture that is really there, however long after the last it came."""
        by = 1 if self._steps > 0 else -1
        if self.strip.is_thin:
            self._forget()
        if not self.strip.spans(reading.at) and self._group is None and self._forwards(reading):
            return True
        target = self.strip.beside(reading.at, by)
        if target is not None:
            self._steps -= by
            self._playback.seek_from(reading, target.at)
            return True
        has_more = self._forwards(reading) if by > 0 else self._backwards(replace(reading, speed=-1.0))
        if not has_more:
            self._steps = 0
        return has_more


def _is_too_soon(last: Print, shown: Shown, speed: float) -> bool:
    """After the last one, to be seen at all; at the usual speed and slower each is shown."""
    return abs(speed) > 1 and (shown.at - last.at).total_seconds() < abs(speed) / MOST_FPS - 0.001
