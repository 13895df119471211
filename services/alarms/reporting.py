"""Alarms that people bring in, from the map or by phone, and whether somebody has told us already."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.alarms.batch import OnRaised, Outcome
from services.alarms.center import AlarmCenter
from services.alarms.placing import ChooseFeeds
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.alarms import DISMISSED_STATES, Alarm, AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.people import Permission, Session
from services.domain.signals import OutcomeKind
from services.domain.site import CameraNo, Point, Site, Zone
from services.identity import authorize
from services.storage import Database, Tx

MOST_TEXT = 500
MOST_WORD = 80
# Inside a building no camera may see the spot; then those nearby show who goes in and out.
NEARBY_M, MOST_NEARBY = 80.0, 3
# Two reports of one thing come within this time, and from places that lie so near.
SAME_WITHIN = timedelta(minutes=10)
SAME_WITHIN_M = 60.0
SAME_CLASS_WITHIN_M = 150.0


class ReportKind(StrEnum):
    """What somebody reports; each is a row of manual_codes.csv."""

    PANIC = "panic"
    FIRE = "fire"
    MEDICAL = "medical"
    INTRUSION = "intrusion"
    ACCESS = "access"
    DEVICE = "device"
    UNKNOWN = "unknown"


CLASS_OF_KIND: dict[ReportKind, AlarmClass] = {kind: AlarmClass(kind.value) for kind in ReportKind}


@dataclass(frozen=True, slots=True)
class Report:
    """A form as it is filled in. id: made with the form, so that sending it twice reports once.

    spot: on the plan, None when nobody knows. caller, phone: of whoever called, "" for what we saw ourselves.
    """

    id: str
    kind: ReportKind
    place: str
    spot: Point | None
    text: str = ""
    caller: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """An alarm that may be the same. distance_m: None when one of the two has no spot."""

    alarm: Alarm
    is_same_class: bool
    distance_m: float | None


# Reads the linkage rules anew: what is called for each new alarm, and for each that speaks again.
Beginnings = Callable[[], tuple[OnRaised, OnRaised]]


class ReportDesk:
    """Commands of operators; they block, and need HANDLE_ALARM, wherever it is: no call is lost because its
    place is barred to whoever takes it.

    A report goes the way of every alarm: numbered, linked, told to all seats in one transaction; the hub
    carries out what the rules ask of it. All raise ServiceError: identity.forbidden, storage.*.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Site,
        choose_feeds: ChooseFeeds,
        beginnings: Beginnings | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._choose_feeds = choose_feeds
        self._beginnings = beginnings

    def use_site(self, site: Site, choose_feeds: ChooseFeeds) -> None:
        self._site, self._choose_feeds = site, choose_feeds

    def similar(self, session: Session, kind: ReportKind, place: str, spot: Point | None) -> list[Likeness]:
        """Alarms of the last minutes that may be the same thing, likest first."""
        authorize(session, Permission.HANDLE_ALARM)
        now = self._clock.now()
        found = self._database.read(lambda view: view.alarms.open())
        # Nobody's call is ever counted to an alarm that is only played.
        real = (alarm for alarm in found if not alarm.is_drill)
        likenesses = (likeness(alarm, CLASS_OF_KIND[kind], place, spot, now) for alarm in real)
        return sorted(filter(None, likenesses), key=_rank)

    def report(self, session: Session, report: Report, attach_to: str = "") -> Alarm:
        """The alarm that it raised, or `attach_to` with one more report.

        Raises report.place_needed, report.text_too_long(most), report.outside, report.alarm_ended(event_no).
        """
        authorize(session, Permission.HANDLE_ALARM)
        signal = self._signal(session, report)
        on_raised, on_repeated = self._beginnings() if self._beginnings else (None, None)
        center = AlarmCenter(self._database, self._clock, self._site, self._feeds, on_raised, on_repeated)

        def write_down(tx: Tx, outcome: Outcome) -> None:
            change = "alarm.reported" if outcome.kind is OutcomeKind.RAISED else "alarm.report_attached"
            said = {"kind": report.kind.value, "place": report.place, "spot": report.spot}
            tx.audit(session, change, outcome.alarm, after=said)

        outcome = center.report(signal, attach_to, write_down)
        return self._database.read(lambda view: view.alarms.get(outcome.alarm))

    def _feeds(self, zone: Zone) -> tuple[CameraNo, ...]:
        return self._choose_feeds(zone) or nearby(self._site, zone.at)

    def _signal(self, session: Session, report: Report) -> Signal:
        place, text = typed_text(report.place), typed_text(report.text)
        if not place:
            raise ServiceError("report.place_needed")
        if len(text) > MOST_TEXT or max(map(len, (place, report.caller, report.phone))) > MOST_WORD:
            raise ServiceError("report.text_too_long", most=MOST_TEXT)
        if report.spot is not None and not _is_inside(self._site, report.spot):
            raise ServiceError("report.outside")
        caller = " ".join(filter(None, (typed_text(report.caller), typed_text(report.phone))))
        return Signal(
            source=AlarmSource.MANUAL,
            account="",
            code=f"manual:{report.kind.value}",
            zone=0,
            qualifier=Qualifier.NEW,
            received_at=self._clock.now(),
            fingerprint=f"manual:{report.id}",
            text=" · ".join(filter(None, (caller, text))),
            raw=json.dumps(
                {
                    "caller": typed_text(report.caller),
                    "phone": typed_text(report.phone),
                    "taken_by": session.user,
                    "workstation": session.workstation,
                },
                ensure_ascii=False,
            ),
            spot=report.spot,
            place=place,
        )


def likeness(
    alarm: Alarm, alarm_class: AlarmClass, place: str, spot: Point | None, now: datetime
) -> Likeness | None:
    """None when nothing speaks for it being the same."""
    if alarm.state in DISMISSED_STATES or now - alarm.last_occurrence_at > SAME_WITHIN:
        return None
    is_same_class = alarm.alarm_class is alarm_class
    distance_m = math.dist(alarm.at, spot) if alarm.at is not None and spot is not None else None
    is_same_place = bool(typed_text(place)) and typed_text(place) == alarm.place
    reach_m = SAME_CLASS_WITHIN_M if is_same_class else SAME_WITHIN_M
    is_near = distance_m is not None and distance_m <= reach_m
    return Likeness(alarm, is_same_class, distance_m) if is_same_place or is_near else None


def nearby(site: Site, spot: Point) -> tuple[CameraNo, ...]:
    """The nearest cameras, whether they see the spot or not."""
    away = sorted((math.dist(c.at, spot), c.no) for c in site.cameras if c.is_placed)
    return tuple(no for distance_m, no in away[:MOST_NEARBY] if distance_m <= NEARBY_M)


def _rank(one: Likeness) -> tuple[bool, float, float]:
    distance_m = one.distance_m if one.distance_m is not None else SAME_CLASS_WITHIN_M
    return not one.is_same_class, distance_m, -one.alarm.last_occurrence_at.timestamp()


def _is_inside(site: Site, point: Point) -> bool:
    return 0 <= point[0] <= site.width_m and 0 <= point[1] <= site.height_m
