"""The ways to ask a recorder: ONVIF Profile G, RTSP ranges, and (in `mediamtx`) HTTP."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif import open_device
from services.devices.onvif.recordings import Recording, Span
from services.devices.recorders.session import PATIENCE_S, ReplaySession
from services.devices.recorders.stream import PastPicture, Ranges, RecordedStream
from services.video import trouble
from services.video.address import StreamAddress

NO_CHANNEL = "recorder.no_channel"
NO_RANGE = "recorder.no_range"


class PastStream(Protocol):
    """Coded pictures of the past. Used by one thread. Raises StreamTrouble, ServiceError and OSError."""

    @property
    def codec(self) -> tuple[str, bytes] | None:
        """FFmpeg's name and what its decoder must know first; None before the first picture."""
        ...

    def begin(self, at: datetime, *, only_keys: bool = False) -> None:
        """`next` gives the last key picture at or before; the first after it when there is none.

        only_keys: the recorder is asked to leave out the others; it may send them all the same.
        """
        ...

    def next(self) -> PastPicture | None:
        """None at the end of all."""
        ...

    def close(self) -> None: ...


class Way(Protocol):
    """To one camera's recordings on one recorder. All but `stream` block and raise as `PastStream` does."""

    def channels(self) -> tuple[str, ...]:
        """What it calls what it records; () where it does not tell."""
        ...

    def clock_ahead_s(self) -> float | None:
        """The recorder's clock minus ours; None where it does not tell."""
        ...

    def spans(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        """When something was recorded."""
        ...

    def stream(self) -> PastStream:
        """Nothing is sent before the first picture is wanted."""
        ...


class ProfileG:
    """channel: the recording's token, or the name of its source; "" = the only one there is."""

    def __init__(self, url: str, login: Credential | None, channel: str) -> None:
        self._url = url
        self._login = login
        self._channel = channel

    def channels(self) -> tuple[str, ...]:
        with closing(open_device(self._url, self._login, limit_s=PATIENCE_S)) as device:
            found = device.recordings().recordings()
        names = [one.source or one.token for one in found]
        # Two of one name are told apart by what is their own.
        return tuple(
            one.token if names.count(name) > 1 else name for name, one in zip(names, found, strict=True)
        )

    def clock_ahead_s(self) -> float | None:
        with closing(open_device(self._url, self._login, limit_s=PATIENCE_S)) as device:
            return device.clock().ahead_s

    def spans(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        with closing(open_device(self._url, self._login, limit_s=PATIENCE_S)) as device:
            search = device.recordings()
            return search.spans(self._chosen(search.recordings()), since, until)

    def stream(self) -> PastStream:
        return RecordedStream(self._opened, Ranges())

    def _opened(self) -> ReplaySession:
        with closing(open_device(self._url, self._login, limit_s=PATIENCE_S)) as device:
            search = device.recordings()
            url = search.replay_url(self._chosen(search.recordings()).token)
        login = self._login or Credential("", "")
        return ReplaySession(
            StreamAddress(url, login.username, login.password, tls=login.tls), is_replay=True
        )

    def _chosen(self, recordings: tuple[Recording, ...]) -> Recording:
        named = [one for one in recordings if self._channel in (one.token, one.source)]
        if not self._channel and len(recordings) == 1:
            return recordings[0]
        if not named:
            raise ServiceError(NO_CHANNEL, channel=self._channel)
        return named[0]


class RtspRanges:
    """A server that plays its recordings by ranges: by clock, or by seconds from `#begins=` on."""

    def __init__(self, address: StreamAddress) -> None:
        self._ranges = Ranges(_moment(address.setting("begins")))
        self._address = replace(address, url=address.url.partition("#")[0])

    def channels(self) -> tuple[str, ...]:
        return ()

    def clock_ahead_s(self) -> float | None:
        with closing(self._opened()) as session:
            return session.clock_ahead_s

    def spans(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        with closing(self._opened()) as session:
            reach = session.track.reach
        begins = self._ranges.moment(reach.since) if reach else None
        if reach is None or begins is None:
            raise ServiceError(NO_RANGE)
        ends = self._ranges.moment(reach.until) if reach.until is not None else datetime.now(UTC)
        since, until = max(since, begins), min(until, ends or until)
        return ((since, until),) if since < until else ()

    def stream(self) -> PastStream:
        return RecordedStream(self._opened, self._ranges)

    def _opened(self) -> ReplaySession:
        return ReplaySession(self._address, is_replay=False)


def code_of(error: BaseException) -> str:
    """What a recorder or a library said went wrong, as a code."""
    return error.code if isinstance(error, ServiceError) else trouble.code_of(error)


def _moment(text: str) -> datetime | None:
    try:
        # A fragment is read as a form is: the plus of an offset has become a space.
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
