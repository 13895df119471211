"""What was found for a span, as the line of time shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from services.domain.classes import Priority
from services.domain.evidence import EvidenceRequest
from services.playback.lanes import Band, Lane, Span
from ui.text.keeping import kept_words
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.titles import incident_title
from ui.time_lanes import MarkLook, TimeBand, TimeGap, TimeKept, TimeLane, TimeMark


def time_lanes(
    span: Span | None,
    cameras: Sequence[str],
    names: Mapping[str, str],
    hits: Mapping[str, tuple[TimeBand, ...]],
) -> list[TimeLane]:
    """One for each camera, in their order, also while nothing is known of it. hits: of a search."""
    lanes = {lane.camera: lane for lane in span.lanes} if span is not None else {}
    protections = span.protections if span is not None else ()
    return [
        replace(
            _lane(names.get(no, no), lanes.get(no)),
            hits=hits.get(no, ()),
            kept=tuple(TimeKept(p.since, p.until, kept_words(p)) for p in protections if p.camera == no),
        )
        for no in cameras
    ]


def time_marks(span: Span | None) -> list[TimeMark]:
    if span is None:
        return []
    marks = [
        TimeMark(alarm.received_at, alarm.priority, f"{alarm.event_no} {local_name(alarm)}")
        for alarm in span.alarms
    ]
    marks += [
        TimeMark(
            incident.received_at,
            Priority.P4,
            f"{incident.incident_no} {incident_title(incident)}",
            MarkLook.INCIDENT,
            incident.contained_at,
        )
        for incident in span.incidents
    ]
    marks += [
        TimeMark(
            bookmark.since,
            Priority.P4,
            f"{bookmark.text} · {bookmark.author_name}",
            MarkLook.BOOKMARK,
            bookmark.until,
        )
        for bookmark in span.bookmarks
    ]
    marks += [
        TimeMark(
            min(take.since for take in export.takes),
            Priority.P4,
            _export_words(export),
            MarkLook.EXPORT,
            max(take.until for take in export.takes),
        )
        for export in span.exports
    ]
    return marks


def _export_words(export: EvidenceRequest) -> str:
    """What was taken, for whom."""
    text = QCoreApplication.translate("PlaybackLines", "已导出 {number}，{unit}")
    return text.format(number=export.number, unit=export.asker.unit)


def _lane(name: str, lane: Lane | None) -> TimeLane:
    if lane is None:
        return TimeLane(name)
    gaps = tuple(TimeGap(gap.since, gap.until, name_of(gap.cause)) for gap in lane.missing)
    return TimeLane(name, _bands(lane.bands), _bands(lane.motion), gaps)


def _bands(bands: Sequence[Band]) -> tuple[TimeBand, ...]:
    return tuple(TimeBand(band.since, band.until, band.cause, band.is_elsewhere) for band in bands)
