"""What moves outputs: relays of Modbus modules, and components of fire transmission devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from services.alarms.drivers.gb26875_units import UnitType
from services.alarms.drivers.gb26875_words import FEEDBACK, STARTED
from services.alarms.drivers.modbus import RelayOrder
from services.core.errors import ServiceError
from services.domain.fire_requests import FireOutcome
from services.domain.outputs import OutputAction
from services.domain.site import Output, Site
from services.hub.firelink import FireLink
from services.hub.relays import ModbusRelays

_RELAY_ORDERS = {
    OutputAction.ON: RelayOrder.ON,
    OutputAction.OFF: RelayOrder.OFF,
    OutputAction.PULSE: RelayOrder.PULSE,
}


class RelayWire:
    """Output.number is the coil; what the module says of its coil is the read-back."""

    def __init__(self, relays: ModbusRelays) -> None:
        self._relays = relays

    def switch(self, output: Output, action: OutputAction) -> None:
        if not self._relays.is_connected(output.panel):
            raise ServiceError("output.unreachable", address=output.panel)
        try:
            self._relays.switch(output.panel, output.number, _RELAY_ORDERS[action])
        except ServiceError as error:
            raise _of_output(error) from error

    def is_active(self, output: Output) -> bool | None:
        try:
            return self._relays.is_on(output.panel, output.number)
        except ServiceError as error:
            raise _of_output(error) from error


class FireWire:
    """Output.point names the component; a pulse is a start, for the panel ends its own pulses.

    The link repeats an unanswered command under the same serial, which a device carries out once; one to a
    pump or a gas release is not repeated at all.
    """

    def __init__(self, link: FireLink, site: Callable[[], Site]) -> None:
        self._link = link
        self._site = site

    def switch(self, output: Output, action: OutputAction) -> None:
        word = "stop" if action is OutputAction.OFF else "start"
        once = output.is_dangerous
        answer = self._link.send_control(self._account(output), output.point, word, is_once=once)
        if not answer.is_accepted:
            _refuse(answer.outcome, output)

    def is_active(self, output: Output) -> bool | None:
        """By the component's own state: 启动 or 反馈."""
        answer = self._link.read(self._account(output), UnitType.READ_COMPONENT_STATE, output.point)
        if not answer.is_accepted:
            _refuse(answer.outcome, output)
        states = [report.holds for report in answer.reports if report.point == output.point]
        if not states:
            return None
        return any(word in holds for holds in states for word in (STARTED, FEEDBACK))

    def _account(self, output: Output) -> str:
        panel = next((panel for panel in self._site().panels if panel.no == output.panel), None)
        if panel is None:
            raise ServiceError("output.unreachable", address=output.panel)
        return panel.account.upper()


def _of_output(error: ServiceError) -> ServiceError:
    if error.code == "source.refused":
        return ServiceError("output.refused", reason=error.code)
    if error.code == "source.not_listened":
        return ServiceError("output.unreachable", address=error.params.get("panel"))
    return ServiceError("output.silent", reason=error.code)


def _refuse(outcome: FireOutcome, output: Output) -> NoReturn:
    if outcome is FireOutcome.DENIED:
        raise ServiceError("output.refused", reason=outcome.value)
    if outcome is FireOutcome.NOT_CONNECTED:
        raise ServiceError("output.unreachable", address=output.panel)
    raise ServiceError("output.silent", reason=outcome.value)
