"""The standing orders: who is told when nobody answers, when silence ends; and who was told."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.alarms.orders import LONGEST_WORDS, MOST_SECONDS
from services.domain.notices import ROLE_OF_RUNG, DutyRung, Rung, StandingOrders
from ui.line_table import LineTable
from ui.text.names import name_of
from ui.text.times import clock_time, date_time
from views.record.presenter import RecordPresenter


class OrdersPage(QWidget):
    def __init__(self, presenter: RecordPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setProperty("tone", "small")
        self.labels = {rung: QLabel(self) for rung in Rung}
        self.users = {rung: QLineEdit(self) for rung in Rung}
        self.calls = {rung: QLineEdit(self) for rung in Rung}
        self.again = QSpinBox(self)
        self.again.setRange(0, MOST_SECONDS)
        self._again_label = QLabel(self)
        self.until_reset = QCheckBox(self)
        self.save_button = QPushButton(self)
        self.save_button.setProperty("kind", "primary")
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self._told = QLabel(self)
        self._told.setProperty("tone", "title")
        self.table = LineTable(self)
        self._build()
        presenter.orders_changed.connect(self.show_present)
        presenter.saved.connect(self._tell_saved)
        self.save_button.clicked.connect(self.save)
        self._retranslate()

    def show_present(self) -> None:
        """What is laid down now, into the fields; what a person has typed there is theirs until saved."""
        orders = self._presenter.orders
        if not self._is_typed():
            for rung in Rung:
                listed = orders.rung(rung)
                self.users[rung].setText(", ".join(listed.users))
                self.calls[rung].setText(listed.call)
            self.again.setValue(round(orders.sound_again_s))
            self.until_reset.setChecked(orders.sounds_until_reset)
        self._show_notices()

    def save(self) -> None:
        duty = tuple(
            DutyRung(rung, _names(self.users[rung].text()), self.calls[rung].text().strip()) for rung in Rung
        )
        orders = StandingOrders(duty, float(self.again.value()), self.until_reset.isChecked())
        self._presenter.lay_down(orders)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _is_typed(self) -> bool:
        edits = (*self.users.values(), *self.calls.values())
        return any(edit.isModified() for edit in edits)

    def _build(self) -> None:
        form = QFormLayout()
        for rung in Rung:
            row = QHBoxLayout()
            self.calls[rung].setMaxLength(LONGEST_WORDS)
            row.addWidget(self.users[rung], 1)
            row.addWidget(self.calls[rung], 1)
            form.addRow(self.labels[rung], row)
        sound = QHBoxLayout()
        sound.addWidget(self.again)
        sound.addWidget(self.until_reset, 1)
        sound.addWidget(self.save_button)
        form.addRow(self._again_label, sound)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.addWidget(self._hint)
        outer.addLayout(form)
        outer.addWidget(self.message)
        outer.addWidget(self._told)
        outer.addWidget(self.table, 1)
        may = self._presenter.may_lay_down
        for part in (*self.users.values(), *self.calls.values(), self.again, self.until_reset):
            part.setEnabled(may)
        self.save_button.setVisible(may)

    def _show_notices(self) -> None:
        lines = [
            [
                self.tr("时间"),
                self.tr("报警"),
                self.tr("级"),
                self.tr("通知谁"),
                self.tr("电话通知"),
                self.tr("已阅"),
            ]
        ]
        for notice in self._presenter.notices:
            seen = f"{notice.seen_by_name} {clock_time(notice.seen_at)}" if notice.seen_at else "–"
            who = ", ".join(notice.users) or name_of(notice.role)
            at, level = date_time(notice.at), str(notice.level)
            lines.append([at, notice.event_no, level, who, notice.call, seen])
        self.table.show_lines(lines)

    def _tell_saved(self) -> None:
        for edit in (*self.users.values(), *self.calls.values()):
            edit.setModified(False)
        self.message.setText(self.tr("已保存，接收机一秒内照此执行。"))

    def _retranslate(self) -> None:
        self._hint.setText(
            self.tr("报警超过时限没有处置时，依次通知下列人员，每级一次。不写用户名就通知该角色的所有人。")
        )
        for rung in Rung:
            self.labels[rung].setText(name_of(rung))
            role = name_of(ROLE_OF_RUNG[rung])
            self.users[rung].setPlaceholderText(self.tr("空 = 每位{role}；多人用逗号分开").format(role=role))
            self.users[rung].setAccessibleName(self.tr("{rung}的用户名").format(rung=name_of(rung)))
            self.calls[rung].setPlaceholderText(self.tr("需电话通知的人和号码"))
            self.calls[rung].setAccessibleName(self.tr("{rung}的电话").format(rung=name_of(rung)))
        self._again_label.setText(self.tr("特急报警消音后再响（秒）"))
        self.again.setAccessibleName(self.tr("特急报警消音后再响（秒）"))
        self.again.setSpecialValueText(self.tr("不再响"))
        self.until_reset.setText(self.tr("有结论或已派警后也再响，直到复位"))
        self.save_button.setText(self.tr("保存"))
        self._told.setText(self.tr("最近的升级通知"))
        self.table.setAccessibleName(self.tr("最近的升级通知"))
        self._show_notices()


def _names(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
