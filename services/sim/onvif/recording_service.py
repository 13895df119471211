"""Recording Search and Replay (ONVIF Profile G): what the device has kept, and where it is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from services.sim.onvif.answering import Asked, Operation, stamp
from services.sim.onvif.soap import Fault, bad_argument
from services.sim.rtsp.archive import Span

RECORDING = "recording0"
TRACK = "video0"
TRACK_STATE = "tns1:RecordingHistory/Track/State"
MOST_AT_ONCE = 100
_CONCRETE = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"


@dataclass(frozen=True, slots=True)
class Change:
    """Recording began or ended. is_start_state: how it was when the search begins."""

    at: datetime
    is_present: bool
    is_start_state: bool = False


def _spans(asked: Asked) -> tuple[Span, ...]:
    archive = asked.device.archive
    return () if archive is None else archive.spans()


def _summary(asked: Asked) -> str:
    spans = _spans(asked)
    since, until = (spans[0][0], spans[-1][1]) if spans else (asked.device.now(), asked.device.now())
    return (
        "<tse:GetRecordingSummaryResponse><tse:Summary>"
        f"<tt:DataFrom>{stamp(since)}</tt:DataFrom><tt:DataUntil>{stamp(until)}</tt:DataUntil>"
        f"<tt:NumberRecordings>{1 if spans else 0}</tt:NumberRecordings>"
        "</tse:Summary></tse:GetRecordingSummaryResponse>"
    )


def _find_recordings(asked: Asked) -> str:
    token = asked.device.searches.begin([_information(asked)] if _spans(asked) else [])
    return (
        f"<tse:FindRecordingsResponse><tse:SearchToken>{token}</tse:SearchToken></tse:FindRecordingsResponse>"
    )


def _information(asked: Asked) -> str:
    spans, camera = _spans(asked), asked.device.camera
    since, until = stamp(spans[0][0]), stamp(spans[-1][1])
    return (
        f"<tt:RecordingInformation><tt:RecordingToken>{RECORDING}</tt:RecordingToken>"
        f"<tt:Source><tt:SourceId>{escape(camera.no)}</tt:SourceId><tt:Name>{escape(camera.name)}</tt:Name>"
        f"<tt:Location>{escape(camera.place)}</tt:Location><tt:Description/><tt:Address/></tt:Source>"
        f"<tt:EarliestRecording>{since}</tt:EarliestRecording>"
        f"<tt:LatestRecording>{until}</tt:LatestRecording><tt:Content>all</tt:Content>"
        f"<tt:Track><tt:TrackToken>{TRACK}</tt:TrackToken><tt:TrackType>Video</tt:TrackType>"
        f"<tt:Description/><tt:DataFrom>{since}</tt:DataFrom><tt:DataTo>{until}</tt:DataTo></tt:Track>"
        "<tt:RecordingStatus>Recording</tt:RecordingStatus></tt:RecordingInformation>"
    )


def _find_events(asked: Asked) -> str:
    call = asked.call
    since = _moment(call.text("StartPoint"))
    until = _moment(call.text("EndPoint")) if call.has("EndPoint") else asked.device.now()
    recording = call.text("IncludedRecordings", RECORDING)
    topic = call.text("TopicExpression", TRACK_STATE)
    found = []
    if recording == RECORDING and topic == TRACK_STATE:
        has_start = call.text("IncludeStartState") == "true"
        found = [
            _event(c) for c in _changes(_spans(asked), since, until) if has_start or not c.is_start_state
        ]
    token = asked.device.searches.begin(found)
    return f"<tse:FindEventsResponse><tse:SearchToken>{token}</tse:SearchToken></tse:FindEventsResponse>"


def _changes(spans: tuple[Span, ...], since: datetime, until: datetime) -> Iterator[Change]:
    yield Change(since, any(begins <= since < ends for begins, ends in spans), is_start_state=True)
    for begins, ends in spans:
        if since < begins <= until:
            yield Change(begins, is_present=True)
        if since < ends <= until:
            yield Change(ends, is_present=False)


def _event(change: Change) -> str:
    at, is_present = stamp(change.at), "true" if change.is_present else "false"
    return (
        f"<tt:Result><tt:RecordingToken>{RECORDING}</tt:RecordingToken><tt:TrackToken>{TRACK}</tt:TrackToken>"
        f'<tt:Time>{at}</tt:Time><tt:Event><wsnt:Topic Dialect="{_CONCRETE}">{TRACK_STATE}</wsnt:Topic>'
        f'<wsnt:Message><tt:Message UtcTime="{at}" PropertyOperation="Changed"><tt:Source>'
        f'<tt:SimpleItem Name="RecordingToken" Value="{RECORDING}"/>'
        f'<tt:SimpleItem Name="Track" Value="{TRACK}"/></tt:Source><tt:Data>'
        f'<tt:SimpleItem Name="IsDataPresent" Value="{is_present}"/></tt:Data></tt:Message></wsnt:Message>'
        f"</tt:Event><tt:StartStateEvent>{str(change.is_start_state).lower()}</tt:StartStateEvent></tt:Result>"
    )


def _results(asked: Asked) -> str:
    text = asked.call.text("MaxResults", "")
    most = min(MOST_AT_ONCE, int(text)) if text.isascii() and text.isdigit() else MOST_AT_ONCE
    found, is_last = asked.device.searches.take(asked.call.text("SearchToken"), most)
    state = "Completed" if is_last else "Searching"
    name = asked.call.operation
    return (
        f"<tse:{name}Response><tse:ResultList><tt:SearchState>{state}</tt:SearchState>"
        f"{''.join(found)}</tse:ResultList></tse:{name}Response>"
    )


def _end(asked: Asked) -> str:
    asked.device.searches.end(asked.call.text("SearchToken"))
    now = stamp(asked.device.now())
    return f"<tse:EndSearchResponse><tse:Endpoint>{now}</tse:Endpoint></tse:EndSearchResponse>"


def _replay_uri(asked: Asked) -> str:
    archive = asked.device.archive
    if archive is None or asked.call.text("RecordingToken") != RECORDING:
        raise Fault("ter:InvalidArgVal", "no such recording", detail="ter:NoRecording")
    return f"<trp:GetReplayUriResponse><trp:Uri>{escape(archive.url)}</trp:Uri></trp:GetReplayUriResponse>"


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise bad_argument("ter:InvalidArgVal", "not a moment") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


SEARCH_OPERATIONS: dict[str, Operation] = {
    "GetRecordingSummary": _summary,
    "FindRecordings": _find_recordings,
    "GetRecordingSearchResults": _results,
    "FindEvents": _find_events,
    "GetEventSearchResults": _results,
    "EndSearch": _end,
}
REPLAY_OPERATIONS: dict[str, Operation] = {"GetReplayUri": _replay_uri}
