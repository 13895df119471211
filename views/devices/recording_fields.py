"""What is recorded of a camera, when, and how long it is kept; folded away."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from services.domain.recording_hours import OUTSIDE_HOURS
from services.domain.recordings import RecordedStream, RecordingMode
from ui.duration_box import DurationBox
from ui.named_box import name_box
from ui.text.names import name_of
from ui.tips import plain_tip
from views.devices.draft import Draft, RecordingWish
from views.devices.folded import FoldedFields

LONGEST_HOURS = 400
# Least and most, as the site file takes them.
DAYS, GIGABYTES, BEFORE_S, ALARM_S, MOTION_S = (1, 3650), (0, 1_000_000), (0, 120), (5, 3600), (5, 600)


class RecordingFields(FoldedFields):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = _choices(self.panel, tuple(RecordingMode))
        self.hours = QLineEdit(self.panel)
        self.hours.setMaxLength(LONGEST_HOURS)
        self.outside = _choices(self.panel, OUTSIDE_HOURS)
        self.stream = _choices(self.panel, tuple(RecordedStream))
        self.keep_days = _number(self.panel, DAYS)
        self.keep_gb = _number(self.panel, GIGABYTES)
        self.before_s = _duration(self.panel, BEFORE_S)
        self.after_alarm_s = _duration(self.panel, ALARM_S)
        self.after_motion_s = _duration(self.panel, MOTION_S)
        self._build()
        self._retranslate()

    def show_draft(self, draft: Draft) -> None:
        """Tells nobody of an edit."""
        wish = draft.recording
        for box, value in ((self.mode, wish.mode), (self.outside, wish.outside), (self.stream, wish.stream)):
            box.setCurrentIndex(box.findData(value))
        if self.hours.text() != wish.hours:
            self.hours.setText(wish.hours)
        amounts = (wish.keep_days, wish.keep_gb, wish.before_s, wish.after_alarm_s, wish.after_motion_s)
        for number, amount in zip(self._numbers(), amounts, strict=True):
            number.blockSignals(True)
            number.setValue(round(amount))
            number.blockSignals(False)
        self._offer()

    def wish(self) -> RecordingWish:
        """What stands here."""
        return RecordingWish(
            mode=RecordingMode(self.mode.currentData()),
            stream=RecordedStream(self.stream.currentData()),
            hours=self.hours.text(),
            outside=RecordingMode(self.outside.currentData()),
            keep_days=self.keep_days.value(),
            keep_gb=self.keep_gb.value(),
            before_s=float(self.before_s.value()),
            after_alarm_s=float(self.after_alarm_s.value()),
            after_motion_s=float(self.after_motion_s.value()),
        )

    def _build(self) -> None:
        self._lay_out((self.mode, self.hours, self.outside, self.stream, *self._numbers()))
        self.hours.textEdited.connect(self.edited)
        self.mode.activated.connect(self._offer)
        for chooser in (self.mode, self.outside, self.stream):
            chooser.activated.connect(self.edited)
        for number in self._numbers():
            number.valueChanged.connect(self.edited)

    def _offer(self) -> None:
        """Hours belong to a schedule."""
        is_scheduled = self.mode.currentData() == RecordingMode.SCHEDULED
        self.hours.setEnabled(is_scheduled)
        self.outside.setEnabled(is_scheduled)

    def _numbers(self) -> tuple[QSpinBox, ...]:
        return (self.keep_days, self.keep_gb, self.before_s, self.after_alarm_s, self.after_motion_s)

    def _retranslate(self) -> None:
        self.fold.setText(self.tr("录像  ▴") if self.fold.isChecked() else self.tr("录像  ▾"))
        self.fold.setAccessibleName(self.tr("录像：方式、时间表、码流、保管天数、配额"))
        names = (
            self.tr("录像方式"),
            self.tr("时间表"),
            self.tr("时间表之外"),
            self.tr("录哪路"),
            self.tr("保管"),
            self.tr("最多占用"),
            self.tr("报警前"),
            self.tr("报警后"),
            self.tr("移动后"),
        )
        self._name_fields(names)
        for box in (self.mode, self.outside, self.stream):
            name_box(box, box.accessibleName())
        for box, kind in (
            (self.mode, RecordingMode),
            (self.outside, RecordingMode),
            (self.stream, RecordedStream),
        ):
            for index in range(box.count()):
                # Qt keeps the value of such an enum and forgets its kind.
                box.setItemText(index, name_of(kind(box.itemData(index))))
        self.hours.setPlaceholderText("mon-fri 06:30-22:00; sat,sun 08:00-18:00")
        self.hours.setToolTip(plain_tip(self.tr("一周的时间段，分号隔开，mon 到 sun 为周一到周日")))
        self.keep_days.setSuffix(self.tr(" 天"))
        self.keep_gb.setSuffix(" GB")
        self.keep_gb.setSpecialValueText(self.tr("不限"))


def _choices(parent: QWidget, values: tuple[RecordingMode, ...] | tuple[RecordedStream, ...]) -> QComboBox:
    box = QComboBox(parent)
    for value in values:
        box.addItem("", value)
    return box


def _number(parent: QWidget, span: tuple[int, int]) -> QSpinBox:
    number = QSpinBox(parent)
    number.setRange(*span)
    return number


def _duration(parent: QWidget, span: tuple[int, int]) -> DurationBox:
    number = DurationBox(parent)
    number.setRange(*span)
    return number
