"""A run of a plan in one column: its head, the step in front, and what comes; or which plan to begin."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QSignalMapper, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.domain.plan_flow import next_steps
from services.domain.plan_runs import PlanRun, PlanRunState
from ui.elided import ElidedLabel
from ui.text.names import name_of
from ui.text.places import local_name, local_name_of
from views.planrun.presenter import PlanRunPresenter
from views.planrun.step_card import StepCard
from views.planrun.step_list import StepList
from views.planrun.words import progress, step_title

_CHOOSE, _RUN = 0, 1
_PLAN = Qt.ItemDataRole.UserRole
MOST_KEYS = 9


class RunPanel(QFrame):
    """is_compact: beside other work; without the list of all steps."""

    def __init__(
        self, presenter: PlanRunPresenter, *, is_compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter = presenter
        self._is_compact = is_compact
        self._title = ElidedLabel(self)
        self._title.setProperty("tone", "title")
        self._drill = QLabel(self)
        self._drill.setProperty("tone", "badge")
        self._state = ElidedLabel(self)
        self._state.setProperty("tone", "small")
        self.pause = QPushButton(self)
        self.abort = QPushButton(self)
        self.another = QPushButton(self)
        self.card = StepCard(presenter, is_compact=is_compact, parent=self)
        self.list = StepList(presenter, self)
        self._next = ElidedLabel(self)
        self._next.setProperty("tone", "small")
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setProperty("tone", "dim")
        self.plans = QListWidget(self)
        self.begin = QPushButton(self)
        self.begin.setProperty("kind", "primary")
        self._pages = QStackedWidget(self)
        self._digits = QSignalMapper(self)
        self._wants_another = False
        self._build()
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        run = self._presenter.run
        is_choosing = run is None or self._wants_another
        focused = QApplication.focusWidget()
        had_keys = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._pages.setCurrentIndex(_CHOOSE if is_choosing else _RUN)
        if had_keys and (focused is None or not focused.isVisibleTo(self)):
            # The list that began the plan is away now; its keys must not become the wall's.
            self.setFocus()
        self._show_plans()
        self._show_head(run)
        if run is not None:
            names = [step_title(step) for step in next_steps(run)] if run.is_open else []
            following = " → ".join(names) or self.tr("没有了")
            self._next.setText(self.tr("接下来：{steps}").format(steps=following))

    def event(self, event: QEvent) -> bool:
        """While the keyboard is in the panel a digit is an answer, no number of a camera or layout."""
        if event.type() is QEvent.Type.ShortcutOverride and _digit(cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer from wherever in the panel nothing is being typed."""
        if number := _digit(event):
            if not event.isAutoRepeat():
                self._press(number)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pages.currentIndex() == _CHOOSE:
            self._begin()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._name_begin()
        return super().eventFilter(watched, event)

    # building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._drill)
        head.addWidget(self._title, 1)
        for button in (self.another, self.pause, self.abort):
            button.setProperty("kind", "chip")
            head.addWidget(button)
        self._pages.addWidget(self._choosing())
        self._pages.addWidget(self._running())
        box = QVBoxLayout(self)
        margin = 0 if self._is_compact else 12
        box.setContentsMargins(margin, margin, margin, margin)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._state)
        box.addWidget(self._pages, 1)

    def _choosing(self) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._hint)
        box.addWidget(self.plans, 1)
        box.addWidget(self.begin)
        return page

    def _running(self) -> QWidget:
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.card, 3)
        box.addWidget(self._next)
        self.list.setVisible(not self._is_compact)
        if not self._is_compact:
            box.addWidget(self.list, 2)
        return page

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.opened.connect(self._on_opened)
        for keys in (self, self.plans):
            keys.installEventFilter(self)
        self.plans.itemActivated.connect(self._begin)
        self.begin.clicked.connect(self._begin)
        self.another.clicked.connect(self._toggle_another)
        self.pause.clicked.connect(self._pause)
        self.abort.clicked.connect(self._abort)
        self.list.step_chosen.connect(presenter.pick)
        self._digits.mappedInt.connect(self._press)
        for number in range(1, MOST_KEYS + 1):
            # Also while something is being typed in the panel.
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)
            self._digits.setMapping(key, number)
            key.activated.connect(self._digits.map)

    # what happened

    def _press(self, number: int) -> None:
        if self._pages.currentIndex() == _RUN:
            self.card.give_answer(number)
        elif number <= self.plans.count():
            self.plans.setCurrentRow(number - 1)

    def _on_opened(self) -> None:
        self._wants_another = False
        self.show_present()

    def _begin(self) -> None:
        has_chosen = self.plans.currentRow() >= 0
        if has_chosen and self._presenter.may_run and not self._presenter.is_busy:
            self._wants_another = False
            self._presenter.start(self.plans.currentItem().data(_PLAN))

    def _toggle_another(self) -> None:
        self._wants_another = not self._wants_another
        if self._wants_another:
            self._presenter.read_choices()
        self.show_present()

    def _pause(self) -> None:
        run = self._presenter.run
        if run is not None and run.state is PlanRunState.PAUSED:
            self._presenter.resume()
        elif self._has_reason() and self.card.is_meant(by_run=True):
            self._presenter.pause(self.card.text.text())

    def _abort(self) -> None:
        if self._has_reason() and self.card.is_meant(by_run=True):
            self._presenter.abort(self.card.text.text())

    def _has_reason(self) -> bool:
        field = self.card.text
        if field.text().strip():
            return True
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.setPlaceholderText(self.tr("写明暂停或终止的原因，再按一次"))
        return False

    # words

    def _show_plans(self) -> None:
        choices = self._presenter.choices
        while self.plans.count() > len(choices):
            self.plans.takeItem(self.plans.count() - 1)
        while self.plans.count() < len(choices):
            self.plans.addItem(QListWidgetItem())
        for row, choice in enumerate(choices):
            name = local_name_of(choice.name, choice.name_en)
            mark = self.tr("★ 建议") if choice.is_suggested else ""
            count = self.tr("{count} 步").format(count=choice.steps)
            item = self.plans.item(row)
            item.setText("  ".join(filter(None, (f"{row + 1}", name, count, mark))))
            item.setData(_PLAN, choice.plan)
        if choices and self.plans.currentRow() < 0:
            self.plans.setCurrentRow(0)
        has_subject = self._presenter.incident is not None or self._presenter.alarm is not None
        self.plans.setAccessibleName(self.tr("可启动的预案，建议的在前"))
        self._name_begin()
        may_begin = bool(choices) and has_subject and self._presenter.may_run
        self.begin.setEnabled(may_begin and not self._presenter.is_busy)
        self._hint.setText(self._hint_words(has_subject=has_subject, has_plans=bool(choices)))

    def _name_begin(self) -> None:
        """Beside other work Enter is the other work's, until the keyboard is on the plans."""
        has_keys = self.hasFocus() or self.plans.hasFocus()
        self.begin.setText(self.tr("启动预案 Enter") if has_keys else self.tr("启动预案"))

    def _hint_words(self, *, has_subject: bool, has_plans: bool) -> str:
        if not has_subject:
            return self.tr("选一条报警或警情，再启动预案。")
        if not has_plans:
            return self.tr("还没有已发布的预案。请保卫处在“预案”页编制并发布。")
        return self.tr("选一份预案启动；建议的在前。")

    def _show_head(self, run: PlanRun | None) -> None:
        incident = self._presenter.incident
        alarm = self._presenter.alarm
        self._drill.setText(self.tr("演练"))
        is_drill = (run and run.is_drill) or (incident and incident.is_drill) or (alarm and alarm.is_drill)
        self._drill.setVisible(bool(is_drill))
        self._title.setText(local_name(run.text) if run else self.tr("预案"))
        is_open = run is not None and run.is_open
        for button in (self.pause, self.abort):
            button.setVisible(is_open and self._presenter.may_run and not self._wants_another)
        self.another.setVisible(run is not None and self._presenter.may_run)
        self.another.setText(self.tr("返回") if self._wants_another else self.tr("另启"))
        is_paused = run is not None and run.state is PlanRunState.PAUSED
        self.pause.setText(self.tr("继续") if is_paused else self.tr("暂停"))
        self.abort.setText(self.tr("终止"))
        self._state.setText(self._state_words(run) if run else "")
        is_running = run is not None and run.state is PlanRunState.RUNNING
        self._state.setVisible(run is not None and not (self._is_compact and is_running))
        if run is not None and self._is_compact:
            over, whole, _ = progress(run)
            self._title.setText(f"{over}/{whole} {local_name(run.text)}")

    def _state_words(self, run: PlanRun) -> str:
        over, whole, late = progress(run)
        incident = self._presenter.incident_of(run)
        words = [
            incident.incident_no if incident else "",
            name_of(run.state),
            self.tr("{over}/{whole} 步").format(over=over, whole=whole),
            self.tr("超时 {late}").format(late=late) if late else "",
            run.reason,
        ]
        return " · ".join(filter(None, words))


def _digit(event: QKeyEvent) -> int:
    """1 to MOST_KEYS; 0 for any other key, and with Alt or Ctrl."""
    number = event.key() - Qt.Key.Key_0
    is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return number if is_plain and 1 <= number <= MOST_KEYS else 0
