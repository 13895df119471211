"""Lists of a plan below each other: its people and calls, or its resources, papers and what not to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from services.domain.plans import CallEntry, Line, PlanRole, PlanText, Resource
from services.plans.writing import free_id
from ui.text.incidents import level_name
from ui.text.places import local_name_of
from views.plans.editor_presenter import EditorPresenter
from views.plans.entry_table import CellKind, Column, EntryTable


@dataclass(slots=True)
class _Part:
    field: str
    title: QLabel
    table: EntryTable[Any]


class ListsPage(QWidget):
    """fields: the lists of PlanText that it edits, in order."""

    def __init__(
        self, presenter: EditorPresenter, fields: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._parts = [_Part(field, QLabel(self), EntryTable(_MAKERS[field], self)) for field in fields]
        self._build()
        for part in self._parts:
            part.table.changed.connect(self._take)
        self._retranslate()

    def table(self, field: str) -> EntryTable[Any]:
        return next(part.table for part in self._parts if part.field == field)

    def show_text(self) -> None:
        text = self._presenter.text
        for part in self._parts:
            _offer(part, text)
            entries = getattr(text, part.field)
            if part.table.entries != entries:
                part.table.show_entries(entries)

    def write_english(self, has_english: bool) -> None:
        for part in self._parts:
            part.table.write_english(has_english)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(8, 8, 8, 8)
        for part in self._parts:
            part.title.setProperty("tone", "title")
            box.addWidget(part.title)
            box.addWidget(part.table, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _take(self) -> None:
        found = {part.field: part.table.entries for part in self._parts}
        text: Any = self._presenter.text
        self._presenter.edit(replace(text, **found))

    def _retranslate(self) -> None:
        for part in self._parts:
            title, columns = _ListWords().columns(part.field)
            part.title.setText(title)
            _offer(part, self._presenter.text)
            part.table.name(title, columns)
        self.show_text()


def _offer(part: _Part, text: PlanText) -> None:
    levels = [(level_name(level), level) for level in (1, 2, 3, 4)]
    part.table.offer("level", levels)
    if part.field == "call_tree":
        duty = (_ListWords().duty_officer(), "")
        calls = [(local_name_of(call.who, call.who_en) or call.id, call.id) for call in text.call_tree]
        part.table.offer("after", [duty, *calls])


class _ListWords:
    def tr(self, text: str) -> str:
        return QCoreApplication.translate("_ListWords", text)

    def duty_officer(self) -> str:
        return self.tr("值班员")

    def columns(self, field: str) -> tuple[str, tuple[Column, ...]]:
        """The list's title, and its columns."""
        english = self.tr("英文")
        match field:
            case "roles":
                return self.tr("人员和职责"), (
                    Column("name", self.tr("角色"), width_px=130),
                    Column("name_en", english, is_english=True),
                    Column("holder", self.tr("由谁担任"), width_px=200),
                    Column("holder_en", english, is_english=True),
                    Column("duty", self.tr("职责"), width_px=0),
                    Column("duty_en", english, is_english=True, width_px=260),
                )
            case "call_tree":
                return self.tr("电话"), (
                    Column("who", self.tr("打给谁"), width_px=140),
                    Column("who_en", english, is_english=True),
                    Column("number", self.tr("号码"), width_px=90),
                    Column(
                        "after",
                        self.tr("由谁转告"),
                        CellKind.CHOICE,
                        width_px=164,
                    ),
                    Column("level", self.tr("几级起"), CellKind.CHOICE, width_px=164),
                    Column("within_s", self.tr("时限"), CellKind.SECONDS, width_px=80),
                    Column("script", self.tr("怎么说"), width_px=0),
                    Column("script_en", english, is_english=True, width_px=260),
                )
            case "resources":
                return self.tr("物资和力量"), (
                    Column("level", self.tr("几级起"), CellKind.CHOICE, width_px=164),
                    Column("name", self.tr("名称"), width_px=0),
                    Column("name_en", english, is_english=True),
                    Column("amount", self.tr("数量"), CellKind.NUMBER, width_px=70),
                    Column("unit", self.tr("单位"), width_px=70),
                    Column("unit_en", english, is_english=True, width_px=80),
                    Column("place", self.tr("在哪里"), width_px=200),
                    Column("place_en", english, is_english=True),
                )
            case _:
                titles = {
                    "documents": self.tr("手边资料"),
                    "donts": self.tr("不能做的事"),
                }
                return titles[field], (
                    Column("text", self.tr("内容"), width_px=0),
                    Column("text_en", english, is_english=True, width_px=380),
                )


def _new_role(entries: Sequence[PlanRole]) -> PlanRole:
    return PlanRole(free_id([one.id for one in entries], "r"), "")


def _new_call(entries: Sequence[CallEntry]) -> CallEntry:
    return CallEntry(free_id([one.id for one in entries], "t"), "")


def _new_resource(_entries: Sequence[Resource]) -> Resource:
    return Resource(4, "")


def _new_line(_entries: Sequence[Line]) -> Line:
    return Line("")


_MAKERS: dict[str, Any] = {
    "roles": _new_role,
    "call_tree": _new_call,
    "resources": _new_resource,
    "documents": _new_line,
    "donts": _new_line,
}
