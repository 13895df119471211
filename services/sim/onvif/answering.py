"""What an operation is given and how the tables of operations look."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from services.sim.onvif.device import VirtualDevice
from services.sim.onvif.soap import Call, bad_argument

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?)S)?)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A call to one device; base: its URL up to and without the service's name. path: the rest."""

    device: VirtualDevice
    call: Call
    base: str
    path: str

    @property
    def now_s(self) -> float:
        return self.device.monotonic()


Operation = Callable[[Asked], str] | Callable[[Asked], Awaitable[str]]


def seconds_of(text: str, default_s: float) -> float:
    """An ISO 8601 duration; `default_s` for an empty one. Raises Fault."""
    if not text:
        return default_s
    found = _DURATION.fullmatch(text)
    if found is None:
        raise bad_argument("ter:InvalidArgVal", "not a duration")
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return days * 86_400 + hours * 3600 + minutes * 60 + seconds


def stamp(at: datetime) -> str:
    """xs:dateTime in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
