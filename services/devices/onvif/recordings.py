"""What a recorder or camera has recorded, by ONVIF Profile G: found, with its gaps, and where it plays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onveef import OnvifClient, parsers

from services.core.errors import ServiceError
from services.devices.onvif.events import Within, bare_topic, told_time
from services.video.address import StreamAddress

WAIT_S = 5
LIFE_S = 60
AT_ONCE = 100
MOST_RESULTS = 5000
MOST_ROUNDS = 200
# Track/State is what Profile G asks for; some recorders tell of the recording as a whole only.
_STATES = {"RecordingHistory/Track/State", "RecordingHistory/Recording/State"}
_IS_THERE = ("IsDataPresent", "IsRecording")
_CONCRETE = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"

Span = tuple[datetime, datetime]
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recording:
    """One channel of a recorder. since, until: None where it does not say. tracks: tokens of its video."""

    token: str
    source: str
    since: datetime | None
    until: datetime | None
    tracks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    at: datetime
    track: str
    is_there: bool


class RecordingSearch:
    """Used by the thread that uses the device; raises as `OnvifDevice` does."""

    def __init__(self, client: OnvifClient, within: Within) -> None:
        self._client = client
        self._within = within

    def recordings(self) -> tuple[Recording, ...]:
        token = self._within("search", lambda: self._client.find_recordings(keep_alive=f"PT{LIFE_S}S"))
        told = self._fetched(token, self._client.get_recording_search_results)
        return tuple(_recording(one) for one in told if one.get("RecordingToken"))

    def spans(self, recording: Recording, since: datetime, until: datetime) -> tuple[Span, ...]:
        """When something was recorded within [since, until); the whole of it where gaps cannot be told."""
        begins, ends = max(since, recording.since or since), min(until, recording.until or until)
        if begins >= ends:
            return ()
        try:
            token = self._within("search", lambda: self._find_states(recording.token, begins, ends))
            told = list(self._fetched(token, self._client.get_event_search_results))
        except ServiceError as error:
            if error.code not in ("onvif.unsupported", "onvif.rejected"):
                raise
            told = []
        changes = [change for one in told if (change := _change(one)) is not None]
        known = [change for change in changes if change.track in recording.tracks] or changes
        return tuple(spans_of(known, begins, ends)) if known else ((begins, ends),)

    def replay_url(self, recording: str) -> str:
        """Without credentials."""

        def ask() -> str:
            address = StreamAddress(self._client.get_replay_uri(recording_token=recording) or "")
            if address.scheme not in ("rtsp", "rtsps"):
                raise ServiceError("onvif.bad_answer", host=self._client.local_address())
            return address.url

        return str(self._within("replay", ask))

    def _find_states(self, recording: str, since: datetime, until: datetime) -> str:
        # Not `find_events`: it writes the topic where the schema wants an element of its own.
        body = (
            f"<tse:FindEvents><tse:StartPoint>{_stamp(since)}</tse:StartPoint>"
            f"<tse:EndPoint>{_stamp(until)}</tse:EndPoint>"
            f"<tse:Scope><tt:IncludedRecordings>{_plain(recording)}</tt:IncludedRecordings></tse:Scope>"
            f'<tse:SearchFilter><wsnt:TopicExpression Dialect="{_CONCRETE}">'
            "tns1:RecordingHistory/Track/State</wsnt:TopicExpression></tse:SearchFilter>"
            "<tse:IncludeStartState>true</tse:IncludeStartState>"
            f"<tse:KeepAliveTime>PT{LIFE_S}S</tse:KeepAliveTime></tse:FindEvents>"
        )
        told = self._client.call(service="search", operation="FindEvents", body_inner=body)
        return parsers.parse_created_token(told, tag="SearchToken")

    def _fetched(self, token: str, ask: Callable[..., Told]) -> Iterator[Told]:
        """Results until the device says that these are all, or far too many."""
        if not token:
            raise ServiceError("onvif.bad_answer", host=self._client.local_address())
        fetched = 0
        for _ in range(MOST_ROUNDS):
            told = self._within(
                "search",
                lambda: ask(search_token=token, max_results=AT_ONCE, wait_time=f"PT{WAIT_S}S"),
                longer_s=WAIT_S,
            )
            for one in told["results"]:
                fetched += 1
                yield one if isinstance(one, Mapping) else {}
            if told["state"] == "Completed":
                return
            if fetched > MOST_RESULTS:
                break
        self._end(token)

    def _end(self, token: str) -> None:
        try:
            self._within("search", lambda: self._client.end_search(search_token=token))
        except ServiceError:
            return  # it ends by itself


def spans_of(changes: Iterable[_Change], since: datetime, until: datetime) -> Iterator[Span]:
    """When at least one track had data."""
    present: set[str] = set()
    began: datetime | None = None
    for change in sorted(changes, key=lambda change: (change.at, not change.is_there)):
        at = min(max(change.at, since), until)
        (present.add if change.is_there else present.discard)(change.track)
        if present and began is None:
            began = at
        elif not present and began is not None:
            if began < at:
                yield began, at
            began = None
    if began is not None and began < until:
        yield began, until


def _recording(told: Told) -> Recording:
    tracks = [track for track in _listed(told.get("Track")) if isinstance(track, Mapping)]
    source = told.get("Source")
    return Recording(
        token=str(told["RecordingToken"]),
        source=str(source.get("Name") or "") if isinstance(source, Mapping) else "",
        since=told_time(str(told.get("EarliestRecording"))),
        until=told_time(str(told.get("LatestRecording"))),
        tracks=tuple(str(t.get("TrackToken") or "") for t in tracks if t.get("TrackType") == "Video"),
    )


def _change(told: Told) -> _Change | None:
    """None for an event that is about something else."""
    at, event = told_time(str(told.get("Time"))), told.get("Event")
    if at is None or not isinstance(event, Mapping):
        return None
    topic = event.get("Topic")
    words = topic.get("#text", "") if isinstance(topic, Mapping) else str(topic or "")
    if bare_topic(words) not in _STATES:
        return None
    items = dict(_items(event))
    value = next((items[name] for name in _IS_THERE if name in items), "")
    return _Change(at, str(told.get("TrackToken") or ""), value.lower() in ("true", "1")) if value else None


def _items(told: object) -> Iterator[tuple[str, str]]:
    """Every SimpleItem below, wherever a device puts it."""
    if isinstance(told, Mapping):
        if "@Name" in told and "@Value" in told:
            yield str(told["@Name"]), str(told["@Value"])
        for value in told.values():
            yield from _items(value)
    elif isinstance(told, list):
        for value in told:
            yield from _items(value)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
