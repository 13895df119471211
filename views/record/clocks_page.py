"""The response limits of each priority, for those who answer for them to change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.classes import Priority
from services.domain.clocks import (
    CLAIM_MOST_S,
    DEFAULT_CLOCKS,
    FIRST_TOLD_MOST_S,
    LEAST_S,
    MOST_S,
    OPTIONAL_FIELDS,
    ClockField,
    Clocks,
)
from services.domain.notices import Rung
from ui.duration_box import DurationBox
from ui.text import sentence
from ui.text.names import name_of
from views.record.clocks_presenter import ClocksPresenter
from views.record.ports import Limits

# What has a limit, in the order of the response; a rung has the time when it is told.
_MATTERS: tuple[ClockField | Rung, ...] = (ClockField.CLAIM, *Rung, *OPTIONAL_FIELDS)
# Never without a limit: see `services.domain.clocks`.
_ALWAYS = (ClockField.CLAIM, min(Rung))


class ClocksPage(QWidget):
    """A column for each priority; what a person has typed is theirs until saved."""

    def __init__(self, presenter: ClocksPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._is_typed = False
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setProperty("tone", "small")
        self.names = {matter: QLabel(self) for matter in _MATTERS}
        self.heads = {priority: QLabel(self) for priority in Priority}
        self.boxes = {
            (priority, matter): self._box(priority, matter) for priority in Priority for matter in _MATTERS
        }
        self.save_button = QPushButton(self)
        self.save_button.setProperty("kind", "primary")
        self.default_button = QPushButton(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self._build()
        self._connect()
        self._retranslate()
        self.show_present()

    def show_present(self) -> None:
        if not self._is_typed:
            self._fill(self._presenter.limits)

    def save(self) -> None:
        self.message.clear()
        self._presenter.lay_down({priority: self._clocks(priority) for priority in Priority})

    def fill_defaults(self) -> None:
        """Into the boxes only; nothing holds before it is saved."""
        self._fill(DEFAULT_CLOCKS)
        self._is_typed = True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _box(self, priority: Priority, matter: ClockField | Rung) -> DurationBox:
        box = DurationBox(self)
        most_s = MOST_S
        if matter is ClockField.CLAIM:
            most_s = CLAIM_MOST_S[priority]
        elif matter is min(Rung):
            most_s = FIRST_TOLD_MOST_S[priority]
        box.setRange(int(LEAST_S) if matter in _ALWAYS else 0, int(most_s))
        box.setEnabled(self._presenter.may_lay_down)
        return box

    def _build(self) -> None:
        grid = QGridLayout()
        for column, priority in enumerate(Priority, start=1):
            grid.addWidget(self.heads[priority], 0, column)
            grid.setColumnStretch(column, 1)
        for row, matter in enumerate(_MATTERS, start=1):
            grid.addWidget(self.names[matter], row, 0)
            for column, priority in enumerate(Priority, start=1):
                grid.addWidget(self.boxes[priority, matter], row, column)
        buttons = QHBoxLayout()
        buttons.addWidget(self.message, 1)
        buttons.addWidget(self.default_button)
        buttons.addWidget(self.save_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.addWidget(self._hint)
        outer.addLayout(grid)
        outer.addLayout(buttons)
        outer.addStretch(1)
        for button in (self.save_button, self.default_button):
            button.setVisible(self._presenter.may_lay_down)

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.valueChanged.connect(self._note_typed)
        self._presenter.changed.connect(self.show_present)
        self._presenter.saved.connect(self._tell_saved)
        self._presenter.refused.connect(self._tell_refused)
        self.save_button.clicked.connect(self.save)
        self.default_button.clicked.connect(self.fill_defaults)

    def _note_typed(self) -> None:
        self._is_typed = True
        for priority in Priority:
            self._allow_last_level(priority)

    def _allow_last_level(self, priority: Priority) -> None:
        """Nobody is told third where nobody is told second."""
        second, third = (self.boxes[priority, rung] for rung in sorted(Rung)[1:])
        third.setEnabled(self._presenter.may_lay_down and second.value() > 0)

    def _fill(self, limits: Limits) -> None:
        for (priority, matter), box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(_seconds(limits[priority], matter))
            box.blockSignals(False)
        for priority in Priority:
            self._allow_last_level(priority)

    def _clocks(self, priority: Priority) -> Clocks:
        levels: list[float] = []
        for rung in sorted(Rung):
            box = self.boxes[priority, rung]
            if not box.value():
                break
            levels.append(float(box.value()))
        return Clocks(
            claim_s=float(self.boxes[priority, ClockField.CLAIM].value()),
            escalate_s=tuple(levels),
            **{field.value: self._limit(priority, field) for field in OPTIONAL_FIELDS},
        )

    def _limit(self, priority: Priority, field: ClockField) -> float | None:
        return float(self.boxes[priority, field].value()) or None

    def _tell_saved(self) -> None:
        self._is_typed = False
        self.show_present()
        self.message.setText(self.tr("已保存。等待中的报警从下一秒起按新时限计；已发出的派警单仍按原时限。"))

    def _tell_refused(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        self._hint.setText(
            self.tr("从收到报警（签收、到场从派警）起算。接警和第一级通知不能取消：没有报警可以无人过问。")
        )
        for matter, name in self.names.items():
            name.setText(self._name(matter))
        for priority, head in self.heads.items():
            head.setText(f"P{priority:d} {name_of(priority)}")
        for (priority, matter), box in self.boxes.items():
            box.setAccessibleName(f"P{priority:d} {self._name(matter)}")
            if matter not in _ALWAYS:
                none = self.tr("不通知") if isinstance(matter, Rung) else self.tr("不限")
                box.setSpecialValueText(none)
        self.save_button.setText(self.tr("保存"))
        self.default_button.setText(self.tr("填入默认时限"))

    def _name(self, matter: ClockField | Rung) -> str:
        if isinstance(matter, Rung):
            return self.tr("通知{rung}").format(rung=name_of(matter))
        return name_of(matter)


def _seconds(clocks: Clocks, matter: ClockField | Rung) -> int:
    """0: no limit."""
    if isinstance(matter, Rung):
        place = sorted(Rung).index(matter)
        return round(clocks.escalate_s[place]) if place < len(clocks.escalate_s) else 0
    return round(getattr(clocks, matter.value) or 0)
