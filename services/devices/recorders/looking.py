"""Looks at a recorder before a camera is saved: what lies there, and whether a picture of it comes out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from services.campus.entry import RECORDER_SCHEMES
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif.recordings import Span
from services.devices.recorders.shelf import way_to
from services.devices.recorders.ways import Way, code_of

# What a month holds is told in full; of what is older, only when there is nothing newer.
LOOKS_BACK = timedelta(days=31)
FURTHER_BACK = timedelta(days=3650)
# Into the newest piece, whose last pictures may not be on the recorder's disk yet.
BEFORE_END = timedelta(seconds=10)

BAD_ADDRESS = "recorder.bad_address"
NO_PICTURE = "recorder.no_picture"
WHICH_CHANNEL = "recorder.which_channel"


@dataclass(frozen=True, slots=True)
class RecorderQuestion:
    """Where a camera's recordings lie; channel, login: as a camera's entry of the site has them."""

    url: str
    channel: str = ""
    login: Credential | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RecorderReport:
    """What a recorder answered. channels: what can be asked for there, () where it does not tell.

    spans: of the last month; of all times when there is nothing newer. picture_at: when the picture that was
    fetched was recorded. clock_ahead_s: its clock minus ours. error: what failed, None = well.
    """

    channels: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    picture_at: datetime | None = None
    clock_ahead_s: float | None = None
    error: ServiceError | None = None


def look_at_recorder(question: RecorderQuestion, clock: Clock) -> RecorderReport:
    """Blocks, at most some answers long. One that refuses the log-in is not asked again: some lock it."""
    if not _is_address(question.url):
        return RecorderReport(error=ServiceError(BAD_ADDRESS))
    way = way_to(question.url, question.channel, question.login)
    report = RecorderReport()
    try:
        report = replace(report, channels=way.channels())
        report = replace(report, clock_ahead_s=way.clock_ahead_s())
        if not question.channel and len(report.channels) > 1:
            raise ServiceError(WHICH_CHANNEL, count=len(report.channels))
        report = replace(report, spans=_spans(way, clock.now()))
        if not report.spans:
            return report
        return replace(report, picture_at=_picture_at(way, report.spans[-1]))
    except Exception as error:  # noqa: BLE001  libraries raise anything; their text holds the password
        if isinstance(error, ServiceError):
            return replace(report, error=error)
        return replace(report, error=ServiceError(code_of(error)))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.scheme in RECORDER_SCHEMES and parts.hostname and "@" not in parts.netloc)
    except ValueError:
        return False


def _spans(way: Way, now: datetime) -> tuple[Span, ...]:
    return way.spans(now - LOOKS_BACK, now) or way.spans(now - FURTHER_BACK, now)


def _picture_at(way: Way, newest: Span) -> datetime:
    """Of a picture that came; what is listed and does not come is worth nothing."""
    with closing(way.stream()) as stream:
        stream.begin(max(newest[0], newest[1] - BEFORE_END))
        picture = stream.next()
    if picture is None:
        raise ServiceError(NO_PICTURE)
    return picture.at


LookAtRecorder = Callable[[RecorderQuestion], RecorderReport]
