"""Which of a device's profiles is the one to look at closely and which the one for small tiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.devices.onvif.seam import Profile

# Decoding MJPEG at full size costs more than it shows, and our wall decodes H.264 and H.265.
_CODECS = {"H264": "H264", "H265": "H265", "HEVC": "H265", "JPEG": "JPEG", "MPEG4": "MPEG4"}
SUB_BELOW_PX = 1000  # a stream this wide is no longer cheap to show on many tiles


def profile_of(told: Mapping[str, Any]) -> Profile:
    """A profile as onveef parsed it."""
    encoder = told.get("video_encoder", {})
    codec = str(encoder.get("encoding", "")).upper().replace(".", "")
    return Profile(
        token=told["token"],
        name=told.get("name", ""),
        codec=_CODECS.get(codec, codec),
        width_px=_number(encoder.get("width")),
        height_px=_number(encoder.get("height")),
        fps=float(_number(encoder.get("fps_limit"))),
        has_ptz="ptz" in told,
    )


def main_and_sub(profiles: tuple[Profile, ...]) -> tuple[Profile, Profile] | None:
    """The largest picture, and the largest of those that are small; None without any profile."""
    shown = [p for p in profiles if p.codec in ("H264", "H265")] or list(profiles)
    if not shown:
        return None
    main = max(shown, key=_pixels)
    small = [p for p in shown if 0 < p.width_px <= SUB_BELOW_PX and _pixels(p) < _pixels(main)]
    if small:
        return main, max(small, key=_pixels)
    others = [p for p in shown if p is not main]
    return main, min(others, key=_pixels) if others else main


def _pixels(profile: Profile) -> int:
    return profile.width_px * profile.height_px


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() else 0
