"""What DESCRIBE says of a recording: the picture track, how it is coded, which times can be asked for."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

CODECS = {"H264": "h264", "H265": "hevc"}
_RTPMAP = re.compile(r"^a=rtpmap:(\d{1,3}) ([A-Za-z0-9]+)/(\d{1,7})", re.MULTILINE)
_CONTROL = re.compile(r"^a=control:(\S+)", re.MULTILINE)
_RANGE = re.compile(r"^a=range:(\S+)", re.MULTILINE)
_SETS = re.compile(r"sprop-(?:parameter-sets|vps|sps|pps)=([A-Za-z0-9+/=,]+)")
_CLOCK = re.compile(r"clock=(\d{8}T\d{6}(?:\.\d+)?Z)-(\d{8}T\d{6}(?:\.\d+)?Z)?")
_NPT = re.compile(r"npt=(\d{1,9}(?:\.\d{1,9})?)-(\d{1,9}(?:\.\d{1,9})?)?")
_START = b"\x00\x00\x00\x01"


@dataclass(frozen=True, slots=True)
class Reach:
    """The times that can be asked for: moments, or seconds from the beginning; until None: not told."""

    since: datetime | float
    until: datetime | float | None


@dataclass(frozen=True, slots=True)
class PictureTrack:
    """kind: the payload type. codec: FFmpeg's name. sets: the parameter sets, as Annex B."""

    url: str
    kind: int
    codec: str
    rate_hz: int
    sets: bytes
    reach: Reach | None


def picture_track_of(sdp: str, base: str, url: str) -> PictureTrack | None:
    """The first track of pictures that can be decoded here; None when there is none."""
    session, *sections = re.split(r"(?m)^m=", sdp.replace("\r", ""))
    for section in sections:
        if not section.startswith("video"):
            continue
        for kind, name, rate in _RTPMAP.findall(section):
            codec = CODECS.get(name.upper())
            control = _CONTROL.search(section)
            address = _resolved(control[1] if control else "", base, url)
            if codec is None or not address or int(rate) == 0:
                continue
            found = _RANGE.search(section) or _RANGE.search(session)
            reach = reach_of(found[1]) if found else None
            return PictureTrack(address, int(kind), codec, int(rate), _sets(section), reach)
    return None


def reach_of(text: str) -> Reach | None:
    """Of a range as SDP and the Range header write it; None for "now" and what nobody can read."""
    clock, npt = _CLOCK.match(text), _NPT.match(text)
    if clock is not None:
        since = moment_of(clock[1])
        return Reach(since, moment_of(clock[2]) if clock[2] else None) if since else None
    if npt is not None:
        return Reach(float(npt[1]), float(npt[2]) if npt[2] else None)
    return None


def moment_of(text: str) -> datetime | None:
    form = "%Y%m%dT%H%M%S.%fZ" if "." in text else "%Y%m%dT%H%M%SZ"
    try:
        return datetime.strptime(text[:22].rstrip("Z") + "Z", form).replace(tzinfo=UTC)
    except ValueError:
        return None


def clock_text(at: datetime) -> str:
    """RFC 2326, 3.7; milliseconds, as recorders take them."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")[:-3] + "Z"


def _sets(section: str) -> bytes:
    sets = b""
    for listed in _SETS.findall(section):
        for one in listed.split(","):
            try:
                sets += _START + b64decode(one, validate=True)
            except (Error, ValueError):
                continue
    return sets


def _resolved(control: str, base: str, url: str) -> str:
    """Empty for one on another host: a recorder must not send us elsewhere with its password."""
    if control in ("", "*"):
        return url
    if "://" not in control:
        base = base if base.endswith("/") else base + "/"
        # urljoin knows no rtsp.
        scheme, _, rest = base.partition("://")
        control = f"{scheme}://" + urljoin(f"http://{rest}", control).removeprefix("http://")
    try:
        same = urlsplit(control).hostname == urlsplit(url).hostname
    except ValueError:
        return ""
    return control if same and control.isprintable() and " " not in control else ""
