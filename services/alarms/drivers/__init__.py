"""The alarm protocols this product speaks; a new one is one module and one line in `DRIVERS`."""

from __future__ import annotations

from collections.abc import Callable

from services.alarms.drivers.base import AlarmDriver, PanelKeys
from services.alarms.drivers.dc09 import Dc09

DRIVERS: dict[str, Callable[[PanelKeys], AlarmDriver]] = {
    Dc09.name: Dc09,
}
