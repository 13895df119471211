"""What was said to the simulated cameras: their loudspeakers."""

from __future__ import annotations

from services.sim.rtsp.rtp import PCMU_TYPE

HEAD_BYTES = 12
# Of the newest words of each camera, 30 s.
MOST_BYTES = 240_000
MOST_SPEAKERS = 64


class Voices:
    """Belongs to the server's loop; `said_to` may be asked from any thread."""

    def __init__(self) -> None:
        self._said: dict[str, bytes] = {}
        self._speakers: dict[tuple[str, int], str] = {}

    def expect(self, speaker: tuple[str, int], camera_no: str) -> None:
        """Words that come from this address are for that camera."""
        if len(self._speakers) >= MOST_SPEAKERS:
            self._speakers.pop(next(iter(self._speakers)))
        self._speakers[speaker] = camera_no

    def hear_from(self, speaker: tuple[str, int], packet: bytes) -> None:
        camera_no = self._speakers.get(speaker)
        if camera_no is not None:
            self.hear(camera_no, packet)

    def hear(self, camera_no: str, packet: bytes) -> None:
        """One RTP packet; anything else is no sound."""
        is_sound = len(packet) > HEAD_BYTES and packet[0] == 0x80 and packet[1] & 0x7F == PCMU_TYPE
        if is_sound:
            self._said[camera_no] = (self._said.get(camera_no, b"") + packet[HEAD_BYTES:])[-MOST_BYTES:]

    def said_to(self, camera_no: str) -> bytes:
        """PCMU, 8 kHz; empty when nobody spoke to it."""
        return self._said.get(camera_no, b"")
