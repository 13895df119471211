"""Carries out what people ask of fire transmission devices, and watches over their duty checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

import structlog

from services.alarms.drivers.gb26875_units import FireReport, UnitType
from services.alarms.drivers.gb26875_words import DUTY_ANSWER, DUTY_MISSED, is_state
from services.core.ages import Ages
from services.core.clock import Clock
from services.core.ids import new_id
from services.core.jobs import Jobs
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.facts import FireRequestChanged
from services.domain.fire_requests import (
    DUTY_TIME,
    FIRE_REQUEST_MOVES,
    REQUEST_LIFE,
    FireOutcome,
    FireRequest,
    FireRequestKind,
    FireRequestState,
    FireTold,
)
from services.domain.moves import check_move
from services.domain.site import Site
from services.hub.firelink import Answer, FireLink
from services.storage import Database, Tx, View

log = structlog.get_logger(__name__)

_READS = {
    FireRequestKind.READ_STATE: UnitType.READ_DEVICE_STATE,
    FireRequestKind.READ_VERSION: UnitType.READ_DEVICE_VERSION,
    FireRequestKind.READ_CONFIGURATION: UnitType.READ_DEVICE_CONFIGURATION,
    FireRequestKind.READ_TIME: UnitType.READ_DEVICE_TIME,
    FireRequestKind.READ_OPERATIONS: UnitType.READ_DEVICE_OPERATION,
    FireRequestKind.READ_SYSTEM_STATE: UnitType.READ_SYSTEM_STATE,
    FireRequestKind.READ_SYSTEM_OPERATIONS: UnitType.READ_OPERATION,
    FireRequestKind.READ_SYSTEM_VERSION: UnitType.READ_SYSTEM_VERSION,
    FireRequestKind.READ_SYSTEM_CONFIGURATION: UnitType.READ_SYSTEM_CONFIGURATION,
    FireRequestKind.READ_SYSTEM_TIME: UnitType.READ_SYSTEM_TIME,
    FireRequestKind.READ_COMPONENT_STATE: UnitType.READ_COMPONENT_STATE,
    FireRequestKind.READ_COMPONENT_CONFIGURATION: UnitType.READ_COMPONENT_CONFIGURATION,
    FireRequestKind.READ_ANALOGUE: UnitType.READ_ANALOGUE,
}


class FireRequestKeeper:
    """A duty of the rounds; what waits for a device runs in `jobs`.

    receive: stores signals durably, as the alarm centre does.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        link: FireLink,
        jobs: Jobs,
        receive: Callable[[Sequence[Signal]], object],
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._link = link
        self._jobs = jobs
        self._receive = receive
        self._ages = Ages(clock)
        self._under_way: dict[str, Future[Answer]] = {}
        # The newest signal on record when a request was begun: what answers it comes after.
        self._heard_before: dict[str, int] = {}

    def tick(self) -> None:
        """Called each second; raises ServiceError (storage.*), then the next call finds it all again."""
        self._collect()
        requests = self._database.read(lambda view: view.fire_requests.open())
        ages_s = self._ages.look((request.id, request.asked_at) for request in requests)
        self._heard_before = {r.id: self._heard_before[r.id] for r in requests if r.id in self._heard_before}
        for request in requests:
            age_s = ages_s[request.id, request.asked_at]
            match request.state:
                case FireRequestState.RINGING:
                    self._look_at(request, age_s)
                case FireRequestState.ASKED:
                    self._begin(request, age_s)
                case _ if request.id not in self._under_way:
                    # Of a hub that ended, or whose call broke: once more could be twice.
                    self._give_up(request, FireOutcome.INTERRUPTED)

    def _begin(self, request: FireRequest, age_s: float) -> None:
        if age_s >= REQUEST_LIFE.total_seconds():
            self._give_up(request, FireOutcome.EXPIRED)
            return
        self._go_on(replace(request, state=FireRequestState.SENT))
        self._heard_before[request.id] = self._database.read(lambda view: view.newest_signal())
        self._under_way[request.id] = self._jobs.submit(partial(self._do, request))

    def _give_up(self, request: FireRequest, outcome: FireOutcome) -> None:
        log.warning("fire_request.given_up", panel=request.panel, outcome=outcome.value)
        self._go_on(replace(request, state=FireRequestState.FAILED, outcome=outcome))

    def _do(self, request: FireRequest) -> Answer:
        account = self._account_of(request.panel)
        match request.kind:
            case FireRequestKind.DUTY_CHECK:
                return self._link.check_duty(account, int(DUTY_TIME.total_seconds() // 60))
            case FireRequestKind.SET_CLOCK:
                return self._link.set_clock(account)
            case FireRequestKind.INITIALISE:
                return self._link.initialise(account)
            case _:
                return self._link.read(account, _READS[request.kind], request.point)

    def _collect(self) -> None:
        for request_id in [no for no, doing in self._under_way.items() if doing.done()]:
            error = self._under_way[request_id].exception()
            if error is None:
                self._move(request_id, self._under_way[request_id].result())
            del self._under_way[request_id]
            if error is not None:
                raise error

    def _move(self, request_id: str, answer: Answer) -> None:
        request = self._database.read(lambda view: view.fire_requests.get(request_id))
        if not request.is_open:  # Another hub has taken over and given it up.
            return
        state = FireRequestState.DONE
        if not answer.is_accepted:
            state = FireRequestState.FAILED
        elif request.kind is FireRequestKind.DUTY_CHECK:
            state = FireRequestState.RINGING
        # A state's own reports repeat what the last of them says holds.
        told = tuple(_told(report) for report in answer.reports if not is_state(report.code))
        self._go_on(replace(request, state=state, outcome=answer.outcome, told=told))

    def _look_at(self, request: FireRequest, age_s: float) -> None:
        """A person's answer comes as a signal of the device."""
        answer = self._duty_answer(request)
        if answer is not None:
            told = FireTold(answer.code, text=answer.text, at=answer.occurred_at)
            self._go_on(replace(request, state=FireRequestState.DONE, told=(told,)))
        elif age_s >= DUTY_TIME.total_seconds():
            log.warning("fire_request.unmanned", panel=request.panel)
            # Told first: a hub that ends between the two tells it once more rather than not at all.
            self._receive([self._missed(self._account_of(request.panel))])
            self._go_on(replace(request, state=FireRequestState.UNMANNED))

    def _duty_answer(self, request: FireRequest) -> Signal | None:
        """By the order of the record; by times only when a hub before this one asked: clocks are set."""
        account, before = self._account_of(request.panel), self._heard_before.get(request.id)

        def signals(view: View) -> list[Signal]:
            if before is None:
                return view.signals_of_account(account, request.asked_at)
            return view.signals_of_account_after(account, before)

        return next((signal for signal in self._database.read(signals) if signal.code == DUTY_ANSWER), None)

    def _go_on(self, request: FireRequest) -> None:
        """`request` as it is from now on; its row_version is that of the reading."""

        def work(tx: Tx) -> None:
            check_move(FIRE_REQUEST_MOVES, tx.fire_requests.get(request.id).state, request.state)
            ended_at = None if request.is_open else self._clock.now()
            saved = tx.fire_requests.save(replace(request, ended_at=ended_at))
            tx.audit(None, f"fire.{request.kind.value}_{request.state.value}", request.panel)
            tx.record(FireRequestChanged(saved, request.state.value))

        self._database.write(work)

    def _missed(self, account: str) -> Signal:
        return Signal(
            source=AlarmSource.GB26875,
            account=account,
            code=DUTY_MISSED,
            zone=0,
            qualifier=Qualifier.NEW,
            received_at=self._clock.now(),
            fingerprint=f"duty:{new_id()}",
        )

    def _account_of(self, panel_no: str) -> str:
        """Empty when the panel has left the site; then nobody is connected."""
        return next((p.account.upper() for p in self._site().panels if p.no == panel_no), "")


def _told(report: FireReport) -> FireTold:
    return FireTold(report.code, report.holds, report.text, report.at, report.point)
