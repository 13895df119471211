"""The seam between a track and what it shows: pictures in the order of time, from any moment on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from av.video.frame import VideoFrame

NO_RECORDING = "playback.no_recording"
NO_FILE = "playback.no_file"
BROKEN = "playback.broken_file"
# The record has no picture of the moment; any other trouble is of a recorder that does not give its own.
NOT_THERE = frozenset({NO_RECORDING, NO_FILE, BROKEN})


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and when it came; it is shown until `until`."""

    frame: VideoFrame
    at: datetime
    until: datetime
    is_key: bool = False


class Footage(Protocol):
    """Used by one thread, but for `trouble_at`. Nothing raises for what is missing or broken.

    A file, a foreign recorder or one film of another make: who can give pictures from a key picture on can be
    played at every speed, backwards and picture by picture.
    """

    def trouble_at(self, at: datetime) -> str:
        """Why nothing can be shown of that moment, as a `ServiceError` code; "" = it can, or it is not known.

        From any thread, at once.
        """
        ...

    def begin(self, at: datetime) -> None:
        """`next` gives the last key picture at or before `at`; the first there is when there is none."""
        ...

    def next(self) -> Shown | None:
        """The picture after the one given last, over gaps too; None at the end of all."""
        ...

    def key_before(self, at: datetime) -> datetime | None:
        """When the picture came that `begin(at)` would begin with; None when that is not known by itself."""
        ...

    def prepare(self, at: datetime) -> None:
        """Soon that moment will be shown: what takes time may be done now."""
        ...

    def ease(self, *, is_small: bool, threads: int) -> None:
        """From the next `begin` on. is_small: pictures are shown at half their size or less."""
        ...

    def close(self) -> None: ...
