"""The seam to coded pictures that only others have: for copies of them, and for looking through hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol


class CodedPicture(Protocol):
    """As it was coded when it was recorded. data: Annex B; at: by the recorder's clock."""

    @property
    def at(self) -> datetime: ...

    @property
    def data(self) -> bytes: ...

    @property
    def is_key(self) -> bool: ...


class Tape(Protocol):
    """One camera's recordings on a recorder. Used by one thread; each call blocks for some seconds at most
    and raises ServiceError."""

    @property
    def address(self) -> str:
        """For paper: without log-in and whatever else could be a secret."""
        ...

    @property
    def channel(self) -> str:
        """What the camera is called there."""
        ...

    @property
    def codec(self) -> tuple[str, bytes] | None:
        """h264 or hevc, and its parameter sets as Annex B; None before the first picture."""
        ...

    def clock_ahead_s(self) -> float | None:
        """The recorder's clock minus ours; None where it does not tell."""
        ...

    def spans(self, since: datetime, until: datetime) -> Sequence[tuple[datetime, datetime]]:
        """When something was recorded."""
        ...

    def begin(self, at: datetime, *, only_keys: bool = False) -> None:
        """`next` gives the last key picture at or before; the first after it when there is none.

        only_keys: others are not wanted; a recorder that cannot leave them out sends them all the same.
        """
        ...

    def next(self) -> CodedPicture | None:
        """In the order in which they are decoded; None at the end of all."""
        ...

    def close(self) -> None: ...


# None: nobody else records this camera.
Tapes = Callable[[str], Tape | None]


def no_tapes(camera: str) -> None:
    """All recordings are our own."""
