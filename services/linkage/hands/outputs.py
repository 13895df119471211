"""Relays, doors and broadcasts, through whoever switches outputs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.outputs import OrderState, OutputAction, OutputOrder
from services.domain.site import OutputKind, Site
from services.linkage.engine import Task
from services.linkage.refusals import Unavailable
from services.storage import Database

LOOK_EVERY_S = 0.1
MOST_REASON = 200


class Outputs(Protocol):
    """Switches outputs of the site by number."""

    def switch(self, output_no: str, action: str, reason: str, run: str, within_s: float) -> None:
        """action: on, off or pulse. Blocks until it is done, at most so long; run: the linkage run that asks.

        Raises ServiceError when it was not done, Unavailable when rules may not do it now.
        """
        ...


class Ordering(Protocol):
    """`services.linkage.outputs.Outputs`, as far as a rule asks it."""

    def switch(self, output_no: str, action: OutputAction, reason: str, run: str) -> OutputOrder: ...


class OrderedOutputs:
    """Orders of rules, waited for until the output was seen to move, or took the command where nothing
    says that it moved."""

    def __init__(
        self,
        ordering: Ordering,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ordering = ordering
        self._database = database
        self._clock = clock
        self._site = site
        self._pause = pause

    def switch(self, output_no: str, action: str, reason: str, run: str, within_s: float) -> None:
        """Raises linkage.awaits_person in manual mode, linkage.output_fault(output, cause), and what
        ordering raises."""
        until_s = self._clock.monotonic() + within_s
        order = self._ordering.switch(output_no, OutputAction(action), reason[:MOST_REASON], run)
        output = self._site().output(output_no)
        enough = (
            {OrderState.FEEDBACK} if output and output.feedback else {OrderState.STARTED, OrderState.FEEDBACK}
        )
        while order.state not in enough:
            if order.state is OrderState.ASKED:
                raise Unavailable("linkage.awaits_person")
            if order.state in (OrderState.FAULT, OrderState.CANCELLED):
                raise ServiceError("linkage.output_fault", output=output_no, cause=str(order.cause or ""))
            if self._clock.monotonic() >= until_s:
                raise ServiceError("linkage.timeout")
            self._pause(LOOK_EVERY_S)
            order = self._read(order.id)

    def _read(self, order_id: str) -> OutputOrder:
        return self._database.read(lambda view: view.output_orders.get(order_id))


class OutputHands:
    def __init__(self, outputs: Outputs, site: Callable[[], Site]) -> None:
        self._outputs = outputs
        self._site = site

    def switch(self, task: Task) -> None:
        """Any output, as the rule says."""
        self._switch(task, task.action.option)

    def release_door(self, task: Task) -> None:
        """A pulse opens it once; never another kind of output by mistake."""
        self._require(task.action.target, OutputKind.DOOR)
        self._switch(task, task.action.option or "pulse")

    def broadcast(self, task: Task) -> None:
        """What is said lies in the broadcast system; the rule's text goes along as the reason."""
        self._require(task.action.target, OutputKind.BROADCAST)
        self._switch(task, task.action.option or "on")

    def _switch(self, task: Task, action: str) -> None:
        no = task.action.target
        if self._site().output(no) is None:
            raise Unavailable("linkage.no_output", no=no)
        reason = " ".join(filter(None, (task.run.rule_name, task.alarm.event_no, task.action.text)))
        self._outputs.switch(no, action, reason, task.run.id, task.within_s)

    def _require(self, no: str, kind: OutputKind) -> None:
        output = self._site().output(no)
        if output is None or output.kind is not kind:
            raise Unavailable("linkage.no_output", no=no)
