"""Finds the picture that linkage kept of an alarm."""

from __future__ import annotations

import re
from pathlib import Path

from services.core.clock import Clock
from services.domain.alarms import Alarm

MOST_PICTURE_BYTES = 4_000_000
LOOK_AGAIN_S = 4.0
MOST_KNOWN = 500
CLOCKS_APART_S = 5.0
# The number becomes part of a pattern of file names.
_EVENT_NO = re.compile(r"[A-Za-z0-9-]{1,40}")
_JPEG = b"\xff\xd8\xff"


class AlarmPictures:
    """Looks into the folder, not more often than every LOOK_AGAIN_S for one alarm. For any thread."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._known: dict[str, tuple[float, Path | None]] = {}

    def find(self, alarm: Alarm) -> Path | None:
        """The first picture taken for `alarm`; None while there is none."""
        event_no, now_s = alarm.event_no, self._clock.monotonic()
        if not _EVENT_NO.fullmatch(event_no):
            return None
        looked_s, path = self._known.get(event_no, (0.0, None))
        if path is None and (event_no not in self._known or now_s - looked_s >= LOOK_AGAIN_S):
            # Written as DATE-TIME_EVENT_CAMERA_NAME.jpg, so the first by name is the first in time.
            found = self._folder.glob(f"*_{event_no}_*.jpg")
            path = min((one for one in found if _is_of(one, alarm)), default=None)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[event_no] = (now_s, path)
        return path

    def read(self, alarm: Alarm) -> bytes | None:
        """JPEG only, and not larger than a phone should load."""
        path = self.find(alarm)
        try:
            if path is None or path.stat().st_size > MOST_PICTURE_BYTES:
                return None
            data = path.read_bytes()
        except OSError:
            return None
        return data if data.startswith(_JPEG) else None


def _is_of(picture: Path, alarm: Alarm) -> bool:
    """Numbers begin anew with a new database, pictures of the old one stay: none is older than its alarm."""
    try:
        return picture.stat().st_mtime >= alarm.received_at.timestamp() - CLOCKS_APART_S
    except OSError:
        return False
