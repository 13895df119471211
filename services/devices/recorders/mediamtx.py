"""A MediaMTX recording server: its playback server lists what there is and sends it, over HTTP.

Source: MediaMTX, usage, "Playback recorded streams". GET /list?path=… answers `[{"start": RFC 3339,
"duration": seconds}, …]`; GET /get?path=…&start=…&duration=… answers fragmented MP4 that begins with the
group in which `start` lies; its pictures before `start` have no length.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import av
import av.error
import httpx
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from services.core.errors import ServiceError
from services.core.trust import client_context
from services.devices.onvif.recordings import Span
from services.devices.recorders.session import clock_ahead_s
from services.devices.recorders.stream import PastPicture
from services.devices.recorders.units import UnitForm
from services.video import trouble
from services.video.address import StreamAddress

BAD_ANSWER = "recorder.bad_answer"
LIMIT_S = 4.0
MOST_LIST_BYTES = 4_000_000
# So much is asked for at once; the server sends it as it is taken.
AT_ONCE = timedelta(hours=1)
_USUAL_LENGTH_S = 0.04
_NOTHING_THERE = 404
_TROUBLES = {401: trouble.UNAUTHORIZED, 403: trouble.UNAUTHORIZED, _NOTHING_THERE: trouble.NOT_FOUND}


class MediaMtx:
    """`Way` to one path of a server. address: mediamtx+http(s)://host:port with the log-in."""

    def __init__(self, address: StreamAddress, path: str) -> None:
        self._address = address
        self._path = path

    def channels(self) -> tuple[str, ...]:
        """Only its control interface, on another port, would tell."""
        return ()

    def clock_ahead_s(self) -> float | None:
        now = datetime.now(UTC)
        with closing(_Playback(self._address, self._path)) as playback:
            playback.list(now - timedelta(minutes=1), now)
            return clock_ahead_s(playback.date)

    def spans(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        with closing(_Playback(self._address, self._path)) as playback:
            answer = playback.list(since, until)
        return () if answer is None else _spans_of(answer, since, until)

    def stream(self) -> MediaMtxStream:
        return MediaMtxStream(_Playback(self._address, self._path))


class MediaMtxStream:
    """`PastStream`: one long answer after the other."""

    def __init__(self, playback: _Playback) -> None:
        self._playback = playback
        self._held = ExitStack()
        self._container: InputContainer | None = None
        self._packets: Iterator[Packet[VideoStream]] = iter(())
        self._came: deque[PastPicture] = deque()
        self._asked_at: datetime | None = None
        self._last_at: datetime | None = None
        # Given out of an answer before: the next one begins with the same group.
        self._given_at: datetime | None = None
        self._codec: tuple[str, bytes] | None = None
        self._form = UnitForm("", b"")

    @property
    def codec(self) -> tuple[str, bytes] | None:
        return self._codec

    def begin(self, at: datetime, *, only_keys: bool = False) -> None:  # noqa: ARG002  it sends all of them
        self._hang_up()
        self._asked_at, self._last_at, self._given_at = at, None, None

    def next(self) -> PastPicture | None:
        while True:
            picture = self._one()
            if picture is None:
                if not self._goes_on():
                    return None
            elif self._given_at is None or picture.at > self._given_at:
                self._last_at = max(self._last_at or picture.at, picture.at)
                return picture

    def close(self) -> None:
        self._hang_up()
        self._playback.close()

    def _goes_on(self) -> bool:
        """An answer is at its end: whether there may be more behind it."""
        asked_at, last_at = self._asked_at, self._last_at
        if asked_at is None or last_at is None or last_at - asked_at < AT_ONCE - timedelta(seconds=5):
            return False
        self._hang_up()
        self._asked_at = self._given_at = last_at
        return True

    def _one(self) -> PastPicture | None:
        if self._container is None and not self._open():
            return None
        if not self._came:
            packet = next(self._packets, None)
            if packet is not None:
                self._came.append(self._picture(packet))
        return self._came.popleft() if self._came else None

    def _open(self) -> bool:
        """False when nothing was recorded from there on."""
        if self._asked_at is None:
            return False
        body = self._playback.get(self._asked_at, self._held)
        if body is None:
            return False
        self._container = av.open(body, "r", format="mp4", metadata_errors="replace")
        self._held.callback(self._container.close)
        if not self._container.streams.video:
            raise trouble.StreamTrouble(trouble.BAD_STREAM)
        video = self._container.streams.video[0]
        context = video.codec_context
        try:
            self._form = UnitForm(context.name, context.extradata or b"")
        except ValueError:
            raise trouble.StreamTrouble(trouble.BAD_STREAM) from None
        self._codec = context.name, self._form.sets
        self._packets = (packet for packet in self._container.demux(video) if packet.size)
        self._take_group()
        return True

    def _take_group(self) -> None:
        """Pictures before the moment asked for come without a length: theirs are counted backwards."""
        group: list[Packet[VideoStream]] = []
        for packet in self._packets:
            group.append(packet)
            if packet.dts != group[0].dts:
                break
        if len(group) < 2:
            self._came.extend(map(self._picture, group))
            return
        *before, last, following = map(self._picture, group)
        step = following.at - last.at
        if not timedelta(0) < step < timedelta(seconds=2):
            step = timedelta(seconds=_USUAL_LENGTH_S)
        for number, picture in enumerate(before):
            at = last.at - step * (len(before) - number)
            self._came.append(PastPicture(at, picture.data, picture.is_key))
        self._came.extend((last, following))

    def _picture(self, packet: Packet[VideoStream]) -> PastPicture:
        assert self._asked_at is not None
        media_s = float((packet.pts if packet.pts is not None else packet.dts or 0) * (packet.time_base or 0))
        data = self._form.annex_b(bytes(packet))
        return PastPicture(self._asked_at + timedelta(seconds=media_s), data, packet.is_keyframe)

    def _hang_up(self) -> None:
        self._held.close()
        self._container = None
        self._came.clear()


class _Playback:
    """The two questions of the playback server about one path; the certificate is checked by us."""

    def __init__(self, address: StreamAddress, path: str) -> None:
        self._base = address.url.removeprefix("mediamtx+").rstrip("/")
        self._path = path
        # What its last answer was dated.
        self.date = ""
        auth = httpx.BasicAuth(address.username, address.password) if address.username else None
        self._http = httpx.Client(
            auth=auth, timeout=LIMIT_S, verify=client_context(address.tls), trust_env=False
        )

    def list(self, since: datetime, until: datetime) -> bytes | None:
        """None: nothing was ever recorded there."""
        asked = {"path": self._path, "start": _text(since), "end": _text(until)}
        with self._answered("list", asked) as answer:
            if answer.status_code == _NOTHING_THERE:
                return None
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > MOST_LIST_BYTES:
                    raise ServiceError(BAD_ANSWER)
            return bytes(body)

    def get(self, at: datetime, held: ExitStack) -> _Body | None:
        """From there on; the answer is closed with `held`. None: nothing was recorded."""
        seconds = AT_ONCE.total_seconds()
        asked = {"path": self._path, "start": _text(at), "duration": f"{seconds:.0f}", "format": "fmp4"}
        answer = held.enter_context(self._answered("get", asked))
        return None if answer.status_code == _NOTHING_THERE else _Body(answer)

    def close(self) -> None:
        self._http.close()

    @contextmanager
    def _answered(self, what: str, asked: dict[str, str]) -> Iterator[httpx.Response]:
        """Raises StreamTrouble."""
        with ExitStack() as held:
            try:
                answer = held.enter_context(
                    self._http.stream("GET", f"{self._base}/{what}?{urlencode(asked)}")
                )
            except httpx.TimeoutException:
                raise trouble.StreamTrouble(trouble.TIMEOUT) from None
            except httpx.HTTPError as error:
                raise trouble.StreamTrouble(_network_code(error)) from None
            if answer.status_code not in (200, _NOTHING_THERE):
                raise trouble.StreamTrouble(_TROUBLES.get(answer.status_code, trouble.REFUSED))
            self.date = answer.headers.get("date", "")
            yield answer


class _Body:
    """An answer as a file that can only be read forwards."""

    def __init__(self, answer: httpx.Response) -> None:
        self._pieces = answer.iter_bytes()
        self._rest = b""

    def read(self, size_bytes: int) -> bytes:
        try:
            while not self._rest:
                self._rest = next(self._pieces)
        except StopIteration:
            return b""
        except httpx.HTTPError as error:
            raise OSError(type(error).__name__) from None
        taken, self._rest = self._rest[:size_bytes], self._rest[size_bytes:]
        return taken


def _spans_of(body: bytes, since: datetime, until: datetime) -> tuple[Span, ...]:
    try:
        told = [(datetime.fromisoformat(one["start"]), float(one["duration"])) for one in json.loads(body)]
        spans = [(at.astimezone(UTC), at.astimezone(UTC) + timedelta(seconds=s)) for at, s in told]
    except (ValueError, TypeError, KeyError, OverflowError):
        raise ServiceError(BAD_ANSWER) from None
    within = ((max(since, begins), min(until, ends)) for begins, ends in spans)
    return tuple((begins, ends) for begins, ends in within if begins < ends)


def _network_code(error: httpx.HTTPError) -> str:
    return trouble.REFUSED if isinstance(error, httpx.RemoteProtocolError) else trouble.UNREACHABLE


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
