"""Duty checks 查岗 asked of this desk: whoever claims the alarm is there, and that is the answer."""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

import structlog

from services.alarms.openalarms import OpenAlarms
from services.core.ages import Ages
from services.core.clock import Clock
from services.core.jobs import Jobs
from services.domain.alarms import Alarm
from services.domain.classes import DUTY_CHECK
from services.domain.facts import AlarmChanged
from services.domain.fire_requests import DUTY_TIME
from services.hub.campus import Campus
from services.hub.firelink import Answer, FireLink
from services.storage import Database, Tx

# An answer that did not get through is tried again: the asking side waits minutes.
TRY_AGAIN_S = 10.0
MOST_OPERATOR = 255

log = structlog.get_logger(__name__)


class DutyChecks:
    """A duty of the rounds; what waits for a device runs in `jobs`.

    open_alarms: read together with another duty of the rounds, None = alone.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        campus: Campus,
        link: FireLink,
        jobs: Jobs,
        open_alarms: OpenAlarms | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._campus = campus
        self._link = link
        self._jobs = jobs
        self._open = open_alarms or OpenAlarms()
        self._ages = Ages(clock)
        self._answering: dict[str, Future[Answer]] = {}
        self._tried_s: dict[str, float] = {}

    def tick(self) -> None:
        """Called each second; raises ServiceError (storage.*), then the next call finds it all again."""
        self._collect()
        alarms = self._database.read(self._open.look)
        checks = [alarm for alarm in alarms if alarm.code_raw == DUTY_CHECK and alarm.source_active]
        ages_s = self._ages.look((alarm.id, alarm.last_occurrence_at) for alarm in checks)
        for alarm in checks:
            self._look_at(alarm, ages_s[alarm.id, alarm.last_occurrence_at])

    def _look_at(self, alarm: Alarm, age_s: float) -> None:
        if alarm.owner:
            self._answer(alarm)
        elif age_s >= DUTY_TIME.total_seconds():
            log.warning("duty.missed", alarm=alarm.id)
            self._quiet(alarm.id, "duty_missed")

    def _answer(self, alarm: Alarm) -> None:
        """Whoever claims the alarm is there; that is the answer."""
        now_s = self._clock.monotonic()
        account = self._account_of(alarm)
        if alarm.id in self._answering or now_s - self._tried_s.get(alarm.id, float("-inf")) < TRY_AGAIN_S:
            return
        self._tried_s[alarm.id] = now_s
        answering = partial(self._link.answer_duty, account, operator_number(alarm.owner))
        self._answering[alarm.id] = self._jobs.submit(answering)

    def _collect(self) -> None:
        for alarm_id in [no for no, answering in self._answering.items() if answering.done()]:
            error = self._answering[alarm_id].exception()
            if error is None and self._answering[alarm_id].result().is_accepted:
                self._quiet(alarm_id, "duty_answered")
                self._tried_s.pop(alarm_id, None)
            del self._answering[alarm_id]
            if error is not None:
                raise error

    def _quiet(self, alarm_id: str, change: str) -> None:
        def work(tx: Tx) -> None:
            alarm = tx.alarms.get(alarm_id)
            saved = tx.alarms.save(replace(alarm, source_active=False))
            tx.audit(None, f"alarm.{change}", saved.id, after={"owner": saved.owner})
            tx.record(AlarmChanged(saved, change))

        self._database.write(work)

    def _account_of(self, alarm: Alarm) -> str:
        panels = self._campus.site.panels
        return next((panel.account.upper() for panel in panels if panel.no == alarm.panel), "")


def operator_number(user: str) -> int:
    """The protocol knows operators by a number from 1 to 255: the one a user's name ends with, else 0."""
    found = re.search(r"(\d{1,3})$", user)
    number = int(found[1]) if found else 0
    return number if number <= MOST_OPERATOR else 0
