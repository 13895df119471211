"""The menu of monitors: which window stands on which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.monitors.place import Monitor
from ui.monitors.plan import WindowKind


@dataclass(frozen=True, slots=True)
class Offer:
    """main: the monitor with the seat's main window. used: which monitor shows which window now."""

    monitors: Sequence[Monitor]
    main: Monitor | None
    used: Mapping[WindowKind, Monitor | None]


class MonitorMenu(QMenu):
    """Asks anew what there is at every opening; `show_on` and `put_away` do what was chosen."""

    def __init__(
        self,
        offer: Callable[[], Offer],
        show_on: Callable[[WindowKind, Monitor], None],
        put_away: Callable[[WindowKind], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = offer
        self._show_on = show_on
        self._put_away = put_away
        self._meant: dict[QAction, tuple[WindowKind, Monitor | None]] = {}
        self._kinds: list[QMenu] = []
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._do)

    def fill(self) -> None:
        """The kinds of window, each with the monitors it may stand on."""
        self.clear()
        self._meant = {}
        for menu in self._kinds:
            menu.deleteLater()
        self._kinds = []
        offer = self._ask()
        for kind in WindowKind:
            self._add_kind(kind, offer)

    def _add_kind(self, kind: WindowKind, offer: Offer) -> None:
        menu = QMenu(window_title(kind), self)
        self._kinds.append(menu)
        opener = self.addMenu(menu)
        opener.setCheckable(True)
        opener.setChecked(kind in offer.used)
        for number, monitor in enumerate(offer.monitors, 1):
            action = menu.addAction(monitor_title(number, monitor, is_main=monitor == offer.main))
            action.setCheckable(True)
            action.setChecked(offer.used.get(kind) == monitor)
            self._meant[action] = (kind, monitor)
        if kind in offer.used:
            menu.addSeparator()
            away = menu.addAction(QCoreApplication.translate("MonitorMenu", "关闭此窗口"))
            self._meant[away] = (kind, None)

    def _do(self, action: QAction) -> None:
        meant = self._meant.get(action)
        if meant is None:
            return
        kind, monitor = meant
        if monitor is None:
            self._put_away(kind)
        else:
            self._show_on(kind, monitor)


def window_title(kind: WindowKind) -> str:
    """What a window is called in the language of the moment."""
    return {
        WindowKind.WALL_2: QCoreApplication.translate("MonitorMenu", "电视墙 2"),
        WindowKind.WALL_3: QCoreApplication.translate("MonitorMenu", "电视墙 3"),
        WindowKind.WALL_4: QCoreApplication.translate("MonitorMenu", "电视墙 4"),
        WindowKind.SPOT: QCoreApplication.translate("MonitorMenu", "焦点画面"),
        WindowKind.ALARM: QCoreApplication.translate("MonitorMenu", "报警监视"),
    }[kind]


def monitor_title(number: int, monitor: Monitor, *, is_main: bool) -> str:
    """Its number from the left, what it says of itself, its size."""
    mark = monitor.mark
    said = " ".join(part for part in (mark.maker, mark.model) if part) or mark.name
    size = f"{mark.width}×{mark.height}"
    if is_main:
        text = QCoreApplication.translate("MonitorMenu", "显示器 {number}（主窗口所在）  {said}  {size}")
    else:
        text = QCoreApplication.translate("MonitorMenu", "显示器 {number}  {said}  {size}")
    return text.format(number=number, said=said, size=size)
