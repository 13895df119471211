"""Gathers everything that the record holds about one incident into one order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from services.domain.alarms import Alarm, Qualifier
from services.domain.incidents import Feedback, Incident, TimelineEntry
from services.domain.linkage_runs import LinkageRun
from services.domain.reviews import Review
from services.review.moments import (
    AlarmMoment,
    CallMoment,
    EntryMoment,
    History,
    LinkageMoment,
    Moment,
    NoticeMoment,
    PictureMoment,
    ReviewMoment,
    ShownMoment,
    SignalMoment,
)
from services.storage import TrailStep, View

# Told elsewhere in the history, or about the incident rather than the alarm.
_TOLD_ELSEWHERE = frozenset({"alarm.notice_seen", "alarm.dispatched"})
# Lines of the incident that say less than the call itself.
_CALLS = frozenset({"call.out", "call.in", "call.unconfirmed"})
_PICTURE = "camera.snapshot"


def history_of(view: View, incident_id: str, now: datetime) -> History:
    """All of it from one snapshot of the record, until `now`. Raises storage.not_found."""
    incident = view.incidents.get(incident_id)
    alarms = view.alarms.of_incident(incident_id)
    names = {user.name: user.display_name for user in view.users.all()}
    found: list[Moment] = []
    for alarm in alarms:
        found += _of_signals(view, alarm)
        found += _of_screen(alarm)
        found += _of_notices(view, alarm)
    found += _of_trail(view, alarms, names)
    found += _of_linkage(view, incident_id)
    found += _of_pictures(view, incident, alarms, names, now)
    found += _of_entries(view, incident_id)
    found += [CallMoment(call.began_at, call) for call in view.calls.of(incident_id)]
    found += _of_reviews(view, view.reviews.of(incident_id), names)
    return History(
        incident=incident,
        alarms=tuple(alarms),
        dispatches=tuple(view.dispatches.of_incident(incident_id)),
        plan_runs=tuple(view.plan_runs.of(incident_id)),
        moments=tuple(sorted(found, key=lambda moment: moment.at)),
    )


def _of_signals(view: View, alarm: Alarm) -> Iterator[Moment]:
    """An alarm that a person reported has no signal of a panel: its arrival is told all the same."""
    signals = view.signals_of(alarm.id)
    for number, signal in enumerate(signals):
        is_first = number == 0 and signal.qualifier is not Qualifier.RESTORE
        yield SignalMoment(signal.received_at, alarm, signal, is_first)


def _of_screen(alarm: Alarm) -> Iterator[Moment]:
    if alarm.displayed_at is not None:
        yield ShownMoment(alarm.displayed_at, alarm, has_picture=False)
    if alarm.first_frame_at is not None:
        yield ShownMoment(alarm.first_frame_at, alarm, has_picture=True)


def _of_notices(view: View, alarm: Alarm) -> Iterator[Moment]:
    for notice in view.notices.of(alarm.id):
        yield NoticeMoment(notice.at, notice, is_seen=False)
        if notice.seen_at is not None:
            yield NoticeMoment(notice.seen_at, notice, is_seen=True)


def _of_trail(view: View, alarms: Sequence[Alarm], names: dict[str, str]) -> Iterator[Moment]:
    by_id: dict[str, Alarm] = {alarm.id: alarm for alarm in alarms}
    for step in view.trail.of(by_id):
        if step.action not in _TOLD_ELSEWHERE:
            yield AlarmMoment(step.at, by_id[step.subject], step, _name(step, names))


def _of_linkage(view: View, incident_id: str) -> Iterator[Moment]:
    """What never began has no moment; the record of the run itself tells it."""
    runs: Iterable[Sequence[LinkageRun]] = view.linkage_runs.of_incident(incident_id).values()
    for run in (one for some in runs for one in some):
        for action in run.actions:
            if action.ended_at is not None:
                yield LinkageMoment(action.ended_at, run, action)


def _of_pictures(
    view: View, incident: Incident, alarms: Sequence[Alarm], names: dict[str, str], now: datetime
) -> Iterator[Moment]:
    """Pictures of the cameras that see the place, from the first alarm until it was closed."""
    since = min((alarm.received_at for alarm in alarms), default=incident.received_at)
    cameras = dict.fromkeys(camera for alarm in alarms for camera in alarm.feeds)
    ours = {alarm.id for alarm in alarms}
    for step in view.trail.between(cameras, since, incident.closed_at or now):
        of_alarm = str(step.after.get("alarm", ""))
        if step.action == _PICTURE and (not of_alarm or of_alarm in ours):
            file, sha256 = str(step.after.get("file", "")), str(step.after.get("sha256", ""))
            yield PictureMoment(step.at, step.subject, file, sha256, _name(step, names))


def _of_entries(view: View, incident_id: str) -> Iterator[Moment]:
    written = [
        feedback
        for dispatch in view.dispatches.of_incident(incident_id)
        for feedback in view.feedback_of(dispatch.id)
    ]
    for entry in view.timeline_of(incident_id):
        if entry.what in _CALLS:
            continue
        yield EntryMoment(entry.at, entry, _feedback(entry, written))


def _feedback(entry: TimelineEntry, written: Sequence[Feedback]) -> Feedback | None:
    """The one written in the same transaction as the line."""
    if entry.what != "dispatch.feedback":
        return None
    same = (one for one in written if one.at == entry.at and one.result == entry.params.get("result"))
    return next(same, None)


def _of_reviews(view: View, reviews: Sequence[Review], names: dict[str, str]) -> Iterator[Moment]:
    for step in view.trail.of([review.id for review in reviews]):
        yield ReviewMoment(step.at, step, _name(step, names))


def _name(step: TrailStep, names: dict[str, str]) -> str:
    """As people know them; "" for the program itself."""
    return "" if step.actor == "system" else names.get(step.actor, step.actor)
