"""Fields for what one condition says: ticks, a line, a priority, an area, or how often within how long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.domain.classes import AlarmClass, Priority
from services.domain.site import Point, Site
from services.domain.triggers import Trigger, TriggerKind
from ui.text.names import name_of
from ui.text.places import local, local_name

_TICKED = frozenset({TriggerKind.CLASS, TriggerKind.ZONE, TriggerKind.PLACE, TriggerKind.ARMED})
_WRITTEN = frozenset({TriggerKind.CODE, TriggerKind.SCHEDULE})
_VALUE = Qt.ItemDataRole.UserRole
LIST_PX = 150


class ValueFields(QWidget):
    """Signal: changed(Trigger) when a person changed the condition that is shown."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trigger: Trigger | None = None
        self._site: Site | None = None
        self._is_filling = False
        self.hint = QLabel(self)
        self.hint.setProperty("tone", "small")
        self.hint.setWordWrap(True)
        self.ticks = QListWidget(self)
        self.filter = QLineEdit(self)
        self.line = QLineEdit(self)
        self.priority = QComboBox(self)
        self.corners = QLineEdit(self)
        self.areas = QComboBox(self)
        self.least = QSpinBox(self)
        self.within = QSpinBox(self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_trigger(self, trigger: Trigger | None, site: Site) -> None:
        self._trigger, self._site = trigger, site
        self._is_filling = True
        self._fill()
        self._is_filling = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        ticks = QWidget(self)
        column = QVBoxLayout(ticks)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.ticks)
        self.ticks.setFixedHeight(LIST_PX)
        self.least.setRange(1, 100)
        self.within.setRange(1, 3600)
        area, often = QWidget(self), QWidget(self)
        for host, fields in ((area, (self.corners, self.areas)), (often, (self.least, self.within))):
            row = QHBoxLayout(host)
            row.setContentsMargins(0, 0, 0, 0)
            for field in fields:
                row.addWidget(field, 1)
        self._page_of = {"none": QWidget(self), "ticks": ticks, "line": self.line, "priority": self.priority}
        self._page_of.update(area=area, often=often)
        for page in self._page_of.values():
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.hint)
        box.addWidget(self._pages)

    def _connect(self) -> None:
        self.ticks.itemChanged.connect(self._tell)
        self.filter.textChanged.connect(self._show_matching)
        self.line.textEdited.connect(self._tell)
        self.priority.currentIndexChanged.connect(self._tell)
        self.corners.textEdited.connect(self._tell)
        self.areas.activated.connect(self._take_area)
        self.least.valueChanged.connect(self._tell)
        self.within.valueChanged.connect(self._tell)

    def _fill(self) -> None:
        trigger = self._trigger
        kind = trigger.kind if trigger is not None else None
        self._pages.setCurrentWidget(self._page_of[_page(kind)])
        self.hint.setText(self._hints.get(kind, "") if kind is not None else "")
        self.hint.setVisible(bool(self.hint.text()))
        if trigger is None:
            return
        if kind in _TICKED:
            self._fill_ticks(trigger)
        elif kind in _WRITTEN:
            self.line.setText("; ".join(trigger.values))
        elif kind is TriggerKind.PRIORITY:
            self.priority.setCurrentIndex(self.priority.findData((*trigger.values, "1")[0]))
        elif kind is TriggerKind.AREA:
            self.corners.setText("; ".join(f"{x:g},{y:g}" for x, y in trigger.area))
            self._fill_areas()
        elif kind is TriggerKind.COUNT:
            self.least.setValue(trigger.least)
            self.within.setValue(round(trigger.within_s))

    def _fill_ticks(self, trigger: Trigger) -> None:
        self.filter.clear()
        self.ticks.clear()
        known = self._choices(trigger.kind)
        # What the site no longer has stays visible, or saving would drop it unseen.
        gone = [(value, value) for value in trigger.values if value not in dict(known)]
        for value, text in [*known, *gone]:
            item = QListWidgetItem(text, self.ticks)
            item.setData(_VALUE, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = value in trigger.values
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def _choices(self, kind: TriggerKind) -> list[tuple[str, str]]:
        site = self._site
        if kind is TriggerKind.CLASS:
            return [(one.value, name_of(one)) for one in AlarmClass]
        if site is None:
            return []
        if kind is TriggerKind.ZONE:
            return [(zone.no, f"{zone.no} {local_name(zone)}") for zone in site.zones]
        if kind is TriggerKind.ARMED:
            return [(group.no, f"{group.no} {local_name(group)}") for group in site.arm_groups]
        return [(place, local(place)) for place in sorted({zone.place for zone in site.zones})]

    def _fill_areas(self) -> None:
        self.areas.clear()
        self.areas.addItem(self.tr("取自平面图…"), None)
        for area in self._site.areas if self._site else ():
            self.areas.addItem(local_name(area) or area.no, area.outline)

    def _take_area(self, index: int) -> None:
        outline = self.areas.itemData(index)
        if outline:
            self.corners.setText("; ".join(f"{x:g},{y:g}" for x, y in outline))
            self._tell()

    def _show_matching(self, typed: str) -> None:
        for row in range(self.ticks.count()):
            item = self.ticks.item(row)
            item.setHidden(typed.casefold() not in item.text().casefold())

    def _tell(self, *_: object) -> None:
        if self._trigger is None or self._is_filling:
            return
        self._trigger = self._read(self._trigger)
        self.changed.emit(self._trigger)

    def _read(self, trigger: Trigger) -> Trigger:
        match _page(trigger.kind):
            case "ticks":
                items = [self.ticks.item(row) for row in range(self.ticks.count())]
                ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
                return replace(trigger, values=tuple(str(item.data(_VALUE)) for item in ticked))
            case "line":
                return replace(trigger, values=_parts(self.line.text()))
            case "priority":
                return replace(trigger, values=(str(self.priority.currentData()),))
            case "area":
                return replace(trigger, area=_corners(self.corners.text()))
            case "often":
                return replace(trigger, least=self.least.value(), within_s=float(self.within.value()))
            case _:
                return trigger

    def _retranslate(self) -> None:
        self._hints = {
            TriggerKind.CODE: self.tr("设备发来的代码，多个用分号隔开，例如 130; BA"),
            TriggerKind.SCHEDULE: self.tr("例如 mon-fri 22:00-06:00; sat,sun 00:00-24:00"),
            TriggerKind.AREA: self.tr("角点的米数，例如 470,170; 500,170; 500,200"),
            TriggerKind.COUNT: self.tr("次数（或点数），和多少秒之内"),
            TriggerKind.ARMED: self.tr("勾选的布防组都已布防"),
        }
        names = {
            self.ticks: self.tr("条件的取值"),
            self.filter: self.tr("查找"),
            self.line: self.tr("条件的取值"),
            self.priority: self.tr("级别"),
            self.corners: self.tr("角点"),
            self.areas: self.tr("取自平面图"),
            self.least: self.tr("次数"),
            self.within: self.tr("秒数"),
        }
        for field, name in names.items():
            field.setAccessibleName(name)
        self.filter.setPlaceholderText(self.tr("查找"))
        self.within.setSuffix(self.tr(" 秒内"))
        self.least.setSuffix(self.tr(" 次"))
        self._is_filling = True
        self.priority.clear()
        for priority in Priority:
            self.priority.addItem(f"P{priority:d} {name_of(priority)}", str(priority.value))
        self._fill()
        self._is_filling = False


def _page(kind: TriggerKind | None) -> str:
    if kind in _TICKED:
        return "ticks"
    if kind in _WRITTEN:
        return "line"
    pages = {TriggerKind.PRIORITY: "priority", TriggerKind.AREA: "area", TriggerKind.COUNT: "often"}
    return pages.get(kind, "none") if kind is not None else "none"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;；]", text) if part.strip())


def _corners(text: str) -> tuple[Point, ...]:
    """What cannot be read is left out; the preview says how many corners there are."""
    corners: list[Point] = []
    for part in _parts(text):
        numbers: Sequence[str] = re.split(r"[,，\s]+", part)
        try:
            x, y = map(float, numbers)
        except ValueError:
            continue
        corners.append((x, y))
    return tuple(corners)
