"""What is to be played: a plan from an alarm at some place on, or a past incident."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.text.places import local, local_name, local_name_of
from views.drills.presenter import DrillsPresenter


class BeginBox(QFrame):
    def __init__(self, presenter: DrillsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._wanted = ""
        self._plan_label, self._past_label = QLabel(self), QLabel(self)
        for label in (self._plan_label, self._past_label):
            label.setProperty("tone", "title")
        self.plan, self.zone, self.past = QComboBox(self), QComboBox(self), QComboBox(self)
        for box in (self.plan, self.zone, self.past):
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.begin, self.replay = QPushButton(self), QPushButton(self)
        self.begin.setProperty("kind", "primary")
        self.people, self.outputs = QCheckBox(self), QCheckBox(self)
        self.people.setChecked(True)
        self.outputs.setChecked(True)
        self._hint = QLabel(self)
        self._hint.setProperty("tone", "small")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (
            self._plan_label,
            self.plan,
            self.zone,
            self.begin,
            self._past_label,
            self.past,
            self.replay,
            self.people,
            self.outputs,
            self._hint,
        ):
            column.addWidget(part)
        self.begin.clicked.connect(self._begin)
        self.replay.clicked.connect(self._replay)
        presenter.changed.connect(self.show_present)
        self.show_present()

    def pick_plan(self, plan_id: str) -> None:
        """Chosen as soon as it is known; nothing begins."""
        self._wanted = plan_id
        self._presenter.refresh()
        self.show_present()
        self.zone.setFocus()

    def show_present(self) -> None:
        presenter = self._presenter
        overdue = self.tr("（该演练了）")
        plans = [
            (local_name_of(one.name, one.name_en) + (overdue if one.is_overdue else ""), one.plan)
            for one in presenter.plans
        ]
        zones = [(f"{zone.no} {local_name(zone)}", str(zone.no)) for zone in presenter.zones]
        past = [(f"{one.incident_no} {local(one.title)}", one.incident) for one in presenter.past]
        for box, entries in ((self.plan, plans), (self.zone, zones), (self.past, past)):
            _fill(box, entries)
        if self.plan.findData(self._wanted) >= 0:
            self.plan.setCurrentIndex(self.plan.findData(self._wanted))
            self._wanted = ""
        is_free = presenter.may_run and presenter.running is None and not presenter.is_busy
        self.begin.setEnabled(is_free and bool(plans) and bool(zones))
        self.replay.setEnabled(is_free and bool(past))
        self._show_words(has_plans=bool(plans))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _show_words(self, *, has_plans: bool) -> None:
        self._plan_label.setText(self.tr("按预案演练"))
        self._past_label.setText(self.tr("重放过去的警情"))
        self.begin.setText(self.tr("开始演练"))
        self.replay.setText(self.tr("开始重放"))
        self.plan.setAccessibleName(self.tr("预案"))
        self.zone.setAccessibleName(self.tr("从哪个防区报警"))
        self.past.setAccessibleName(self.tr("要重放的警情"))
        self.people.setText(self.tr("由程序模拟保安"))
        self.outputs.setText(self.tr("演练期间联动输出只演不动"))
        hint = self.tr("报警 5 秒后响起。真实的特急和紧急报警一来，演练自动暂停，输出恢复真动。")
        self._hint.setText(hint if has_plans else self.tr("还没有已发布的预案，先在“预案”页发布一份。"))

    def _begin(self) -> None:
        self._presenter.try_plan(
            str(self.plan.currentData()),
            str(self.zone.currentData()),
            has_people=self.people.isChecked(),
            holds_outputs=self.outputs.isChecked(),
        )

    def _replay(self) -> None:
        self._presenter.replay(
            str(self.past.currentData()),
            has_people=self.people.isChecked(),
            holds_outputs=self.outputs.isChecked(),
        )


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    """What was chosen stays chosen."""
    shown = [(box.itemText(at), box.itemData(at)) for at in range(box.count())]
    if shown == entries:
        return
    kept = box.currentData()
    box.clear()
    for text, value in entries:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(kept)) if entries else -1)
