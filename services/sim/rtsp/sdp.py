"""What DESCRIBE answers about one stream (RFC 4566)."""

from __future__ import annotations

import base64

from services.sim.film import Codec, Group
from services.sim.rtsp.rtp import CLOCK_HZ, PAYLOAD_TYPE, PCMU_TYPE
from services.sim.rtsp.tracks import PICTURES, SOUND, VOICE
from services.sim.sound import RATE_HZ


def describe(
    name: str,
    host: str,
    codec: Codec,
    size_px: tuple[int, int],
    fps: int,
    group: Group | None,
    *,
    has_sound: bool = False,
    has_voice: bool = False,
    range_text: str = "npt=now-",
) -> str:
    """The session description; parameter sets come from a group's key frame where one is there.

    has_voice: the client asked for the way back to the camera. range_text: what may be asked for.
    """
    width, height = size_px
    encoding = "H264" if codec is Codec.H264 else "H265"
    lines = [
        "v=0",
        f"o=- 1 1 IN IP4 {host}",
        f"s={name}",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        f"a=range:{range_text}",
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
        f"a=rtpmap:{PAYLOAD_TYPE} {encoding}/{CLOCK_HZ}",
        f"a=framerate:{fps}",
        f"a=x-dimensions:{width},{height}",
        f"a=control:{PICTURES}",
    ]
    parameters = _parameters(codec, group.frames[0]) if group is not None else ""
    if parameters:
        lines.append(f"a=fmtp:{PAYLOAD_TYPE} {parameters}")
    if has_sound:
        lines += [
            f"m=audio 0 RTP/AVP {PCMU_TYPE}",
            f"a=rtpmap:{PCMU_TYPE} PCMU/{RATE_HZ}",
            f"a=control:{SOUND}",
        ]
    if has_voice:
        lines += [
            f"m=audio 0 RTP/AVP {PCMU_TYPE}",
            f"a=rtpmap:{PCMU_TYPE} PCMU/{RATE_HZ}",
            f"a=control:{VOICE}",
            "a=sendonly",
        ]
    return "\r\n".join(lines) + "\r\n"


def _parameters(codec: Codec, key_frame: tuple[bytes, ...]) -> str:
    if codec is Codec.H264:
        sps = next((u for u in key_frame if u[0] & 0x1F == 7), b"")
        pps = next((u for u in key_frame if u[0] & 0x1F == 8), b"")
        if not sps or not pps:
            return ""
        return (
            f"packetization-mode=1; profile-level-id={sps[1:4].hex().upper()}; "
            f"sprop-parameter-sets={_text(sps)},{_text(pps)}"
        )
    sets = {kind: next((u for u in key_frame if (u[0] >> 1) & 0x3F == kind), b"") for kind in (32, 33, 34)}
    if not all(sets.values()):
        return ""
    return f"sprop-vps={_text(sets[32])}; sprop-sps={_text(sets[33])}; sprop-pps={_text(sets[34])}"


def _text(unit: bytes) -> str:
    return base64.b64encode(unit).decode()
