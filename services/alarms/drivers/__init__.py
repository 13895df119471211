"""The alarm protocols this product speaks; a new one is one module and one line in its table."""

from __future__ import annotations

from collections.abc import Callable

from services.alarms.drivers.base import AlarmDriver, Listener, PanelKeys, Source
from services.alarms.drivers.dc09 import Dc09
from services.alarms.drivers.gb26875 import Gb26875
from services.alarms.drivers.modbus import ModbusListener
from services.alarms.drivers.mqtt import MqttListener
from services.core.clock import Clock
from services.domain.site import PanelProtocol

# Those that call us.
DRIVERS: dict[str, Callable[[PanelKeys], AlarmDriver]] = {
    Dc09.name: Dc09,
    Gb26875.name: Gb26875,
}
# Those that we ask or subscribe to.
LISTENERS: dict[PanelProtocol, Callable[[Source, Clock], Listener]] = {
    PanelProtocol.MODBUS: ModbusListener,
    PanelProtocol.MQTT: MqttListener,
}
