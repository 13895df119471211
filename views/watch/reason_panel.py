"""Asks for the reason of a dismissal, a reset or a take-over, in the side column; it blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.domain.alarms import Alarm, Verdict
from services.domain.classes import VIEW_BEFORE_FALSE
from ui.queue.words import card_words
from ui.text.names import name_of
from views.watch.side_panel import SidePanel, chip

VERDICTS = (
    Verdict.FALSE_REPORT,
    Verdict.ACCIDENTAL,
    Verdict.TEST,
    Verdict.DEVICE_FAULT,
    Verdict.DUPLICATE,
)


class ReasonPanel(SidePanel):
    """Signals: decided(alarm_id, Verdict, reason), group_decided(list of alarm ids, Verdict, reason),
    reset_given(alarm_id, reason), take_over_given(alarm_id, reason), left()."""

    decided = Signal(str, object, str)
    group_decided = Signal(list, object, str)
    reset_given = Signal(str, str)
    take_over_given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group: tuple[str, ...] = ()
        self._build()
        self._retranslate()

    def ask(self, alarm: Alarm, action: str) -> None:
        """action: "false" asks for a verdict and a reason, "reset" for how the source was dealt with,
        "transfer" for why an alarm is taken over."""
        self._open(alarm, (), action)

    def ask_group(self, alarms: Sequence[Alarm]) -> None:
        """One verdict and reason for alarms of one cause."""
        self._open(alarms[0], tuple(alarm.id for alarm in alarms), "group")

    def _open(self, alarm: Alarm, group: tuple[str, ...], action: str) -> None:
        self._group = group
        for button in self.chips.buttons():
            button.setVisible(action in ("false", "group"))
        self._ask(alarm, action, 0)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        box = self._begin()
        rows = [QHBoxLayout(), QHBoxLayout()]
        for number, _verdict in enumerate(VERDICTS):
            rows[number // 3].addWidget(chip(self, self.chips, number))
        for row in rows:
            row.addStretch(1)
            box.addLayout(row)
        box.addWidget(self.words)
        self._end(box, *self.chips.buttons())

    def _give(self) -> None:
        if self._alarm is None:
            return
        alarm_id, reason = self._alarm.id, self.words.text().strip()
        if not reason and self._is_reason_needed(self._alarm):
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        verdict = VERDICTS[max(0, self.chips.checkedId())]
        if self._action == "reset":
            self.reset_given.emit(alarm_id, reason)
        elif self._action == "transfer":
            self.take_over_given.emit(alarm_id, reason)
        elif self._action == "group":
            self.group_decided.emit(list(self._group), verdict, reason)
        else:
            self.decided.emit(alarm_id, verdict, reason)
        self.leave()

    def _is_reason_needed(self, alarm: Alarm) -> bool:
        """What the record would refuse without one."""
        is_grave = self._action == "false" and alarm.alarm_class in VIEW_BEFORE_FALSE
        return is_grave or self._action in ("reset", "group")

    def _retranslate(self) -> None:
        for number, verdict in enumerate(VERDICTS):
            self.chips.button(number).setText(name_of(verdict))
        self._cancel.setText(self.tr("返回 Esc"))
        self.words.setAccessibleName(self.tr("原因"))
        if self._action == "reset":
            self._title.setText(self.tr("复位：{place}").format(place=self._place))
            self.words.setPlaceholderText(self.tr("报警器尚未恢复，请写明如何处理"))
            self._hint.setText(self.tr("例如：已到现场，按钮需钥匙复原，已通知维修。"))
            self._confirm.setText(self.tr("复位 Enter"))
        elif self._action == "transfer":
            owner = self._alarm.owner_name if self._alarm else ""
            self._title.setText(
                self.tr("接管 {owner} 的报警：{place}").format(owner=owner, place=self._place)
            )
            self.words.setPlaceholderText(self.tr("原因（可不填）"))
            self._hint.setText(self.tr("报警立即归您；对方会收到提示，记录留痕。"))
            self._confirm.setText(self.tr("接管 Enter"))
        elif self._action == "group":
            title = card_words(self._alarm).title if self._alarm else ""
            said = self.tr("整组排除：{title} {count} 条").format(title=title, count=len(self._group))
            self._title.setText(said)
            self.words.setPlaceholderText(self.tr("原因（必填）"))
            self._hint.setText(self.tr("只含同一主机、同一类的报警；特急报警不在其中，每条各自留痕。"))
            self._confirm.setText(self.tr("全部排除 Enter"))
        else:
            self._title.setText(self.tr("排除：{place}").format(place=self._place))
            self.words.setPlaceholderText(self.tr("原因"))
            self._hint.setText(self.tr("一键报警和火灾报警须先看过画面，并写明原因。"))
            self._confirm.setText(self.tr("确认 Enter"))
