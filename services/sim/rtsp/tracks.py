"""The pictures and the sound of a channel: what of each goes into packets, and by which clock."""

from __future__ import annotations

from typing import Protocol

from services.sim import sound
from services.sim.rtsp.channel import OnAir
from services.sim.rtsp.rtp import CLOCK_HZ, PCMU_TYPE, Payload

PICTURES, SOUND = "trackID=0", "trackID=1"
# Towards the camera: what a client says is heard at its loudspeaker.
VOICE = "trackID=2"


def track_of(url: str) -> str:
    """The track that a request names; one that names none means the pictures."""
    path = url.split("?")[0].rstrip("/")
    return next((track for track in (SOUND, VOICE) if path.endswith(f"/{track}")), PICTURES)


class Track(Protocol):
    """needs_key: a client must begin with a key frame."""

    @property
    def clock_hz(self) -> int: ...
    @property
    def needs_key(self) -> bool: ...

    def payloads(self, frame: int, on_air: OnAir | None, limit_bytes: int) -> tuple[Payload, ...]:
        """What belongs to one picture's time. on_air: the group of the picture."""
        ...


class PictureTrack:
    clock_hz = CLOCK_HZ
    needs_key = True

    def payloads(self, frame: int, on_air: OnAir | None, limit_bytes: int) -> tuple[Payload, ...]:
        return () if on_air is None else on_air.payloads(frame - on_air.first, limit_bytes)


class SoundTrack:
    """40 ms of sound in the time of each picture."""

    clock_hz = sound.RATE_HZ
    needs_key = False

    def __init__(self, camera_no: str) -> None:
        self._camera_no = camera_no

    def payloads(self, frame: int, _on_air: OnAir | None, _limit_bytes: int) -> tuple[Payload, ...]:
        return ((PCMU_TYPE, sound.heard(self._camera_no, frame)),)
