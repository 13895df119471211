"""The monitors of this machine, as Qt sees them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from ui.monitors.place import Monitor, MonitorMark


class Screens(QObject):
    """Signals: changed() when a monitor came, went, moved or has another size."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_added)
        application.screenRemoved.connect(self._on_removed)
        for screen in QGuiApplication.screens():
            self._follow(screen)

    def present(self) -> list[Monitor]:
        """From the left, then from the top, as they stand on the desk."""
        found = [monitor_of(screen) for screen in QGuiApplication.screens()]
        return sorted(found, key=lambda monitor: (monitor.area.x(), monitor.area.y(), monitor.mark.name))

    def _on_added(self, screen: QScreen) -> None:
        self._follow(screen)
        self.changed.emit()

    def _on_removed(self, _screen: QScreen) -> None:
        self.changed.emit()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.changed)


def monitor_of(screen: QScreen) -> Monitor:
    area = screen.geometry()
    mark = MonitorMark(
        screen.manufacturer(),
        screen.model(),
        screen.serialNumber(),
        screen.name(),
        *(area.x(), area.y(), area.width(), area.height()),
    )
    return Monitor(mark, area, screen.availableGeometry())


def screen_named(name: str) -> QScreen | None:
    return next((screen for screen in QGuiApplication.screens() if screen.name() == name), None)
