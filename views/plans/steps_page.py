"""The steps in their order at the left, the chosen one's fields at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from services.domain.plan_steps import MOST_STEPS, Step, StepKind
from services.domain.plans import PlanText
from services.domain.site import Site
from services.plans.writing import (
    with_copied_step,
    with_moved_step,
    with_new_step,
    with_step,
    without_step,
)
from ui.menu_button import MenuButton, MenuLine
from ui.text.names import name_of
from ui.theme import tokens
from ui.tips import plain_tip
from views.plans.editor_presenter import EditorPresenter
from views.plans.step_form import StepForm
from views.plans.words import duration, fault_text, role_name, step_title

LIST_PX = 330


class StepsPage(QWidget):
    """Alt+Up and Alt+Down move a step, so does dragging it; Ctrl+Enter adds one below."""

    def __init__(self, presenter: EditorPresenter, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._site = site
        self._is_filling = False
        self.list = QListWidget(self)
        self.add = MenuButton(self)
        self.copy = QPushButton(self)
        self.remove = QPushButton(self)
        self.up = QPushButton(self)
        self.down = QPushButton(self)
        self.form = StepForm(self)
        self._build()
        self._connect()
        self._retranslate()

    def use_site(self, site: Site) -> None:
        self._site = site
        self.show_text()

    def show_text(self) -> None:
        """The list as it is now; the chosen place stays."""
        text = self._presenter.text
        wrong = {fault.at: fault_text(fault, text) for fault in reversed(self._presenter.faults())}
        row = self.list.currentRow()
        self._is_filling = True
        self.list.clear()
        for at, step in enumerate(text.steps):
            item = QListWidgetItem(self._line(text, at, step), self.list)
            if at in wrong:
                item.setForeground(QColor(tokens().bad))
                item.setToolTip(plain_tip(wrong[at]))
        self.list.setCurrentRow(max(0, min(row, len(text.steps) - 1)))
        self._is_filling = False
        self._show_chosen()

    def choose(self, at: int) -> None:
        self.list.setCurrentRow(at)
        self.form.title.setFocus()

    def write_english(self, has_english: bool) -> None:
        self.form.write_english(has_english)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # inside

    def _line(self, text: PlanText, at: int, step: Step) -> str:
        title = step_title(step) or self.tr("（没有标题）")
        facts = [name_of(step.kind), role_name(text, step.role)]
        facts += [duration(step.deadline_s)] if step.deadline_s else []
        return f"{at + 1}. {title}\n　 {' · '.join(fact for fact in facts if fact)}"

    def _build(self) -> None:
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        left = QWidget(self)
        left.setMinimumWidth(LIST_PX)
        box = QVBoxLayout(left)
        box.setContentsMargins(8, 8, 4, 0)
        box.addWidget(self.list, 1)
        buttons = QGridLayout()
        for at, button in enumerate((self.add, self.copy, self.remove, self.up, self.down)):
            button.setProperty("kind", "chip")
            buttons.addWidget(button, 0, at)
        box.addLayout(buttons)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        inside = QWidget(scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        scroll.setWidget(inside)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(scroll)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.list.model().rowsMoved.connect(self._on_dragged)
        self.add.chosen.connect(self._add)
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.form.changed.connect(self._take)
        for key, slot in (
            ("Alt+Up", self._up),
            ("Alt+Down", self._down),
            ("Ctrl+Return", self._add_below),
            ("Ctrl+Delete", self._remove),
        ):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _on_row(self, _row: int) -> None:
        if not self._is_filling:
            self._show_chosen()

    def _show_chosen(self) -> None:
        row, steps = self.list.currentRow(), self._presenter.text.steps
        has_one = 0 <= row < len(steps)
        self.form.show_step(steps[row] if has_one else None, self._presenter.text, self._site)
        self.copy.setEnabled(has_one and len(steps) < MOST_STEPS)
        self.remove.setEnabled(has_one)
        self.up.setEnabled(has_one and row > 0)
        self.down.setEnabled(has_one and row < len(steps) - 1)
        self.add.setEnabled(len(steps) < MOST_STEPS)

    def _take(self, step: Step, field: str) -> None:
        row = self.list.currentRow()
        what = f"{step.id}.{field}" if field else ""
        self._presenter.edit(with_step(self._presenter.text, row, step), what)

    def _on_dragged(self, _parent: QModelIndex, was: int, _last: int, _to: QModelIndex, before: int) -> None:
        """Qt names the row above which it was let go, counted before it was taken out."""
        to = before - 1 if before > was else before
        if not self._is_filling:
            self._become(with_moved_step(self._presenter.text, was, to), to)

    def _add(self, kind: str) -> None:
        self._add_kind(StepKind(kind))

    def _add_below(self) -> None:
        self._add_kind(StepKind.CONFIRM)

    def _add_kind(self, kind: StepKind) -> None:
        steps = self._presenter.text.steps
        at = self.list.currentRow() + 1 if steps else 0
        if len(steps) < MOST_STEPS:
            self._become(with_new_step(self._presenter.text, at, kind), at)
            self.form.title.setFocus()

    def _copy(self) -> None:
        row = self.list.currentRow()
        self._become(with_copied_step(self._presenter.text, row), row + 1)

    def _remove(self) -> None:
        """Ctrl+Z brings it back."""
        row = self.list.currentRow()
        if 0 <= row < len(self._presenter.text.steps):
            self._become(without_step(self._presenter.text, row), row)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._become(with_moved_step(self._presenter.text, row, row + by), row + by)

    def _become(self, text: PlanText, row: int) -> None:
        self._presenter.edit(text)
        self.show_text()
        self.list.setCurrentRow(max(0, min(row, len(text.steps) - 1)))

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("步骤，Alt+上下键移动"))
        self.list.setToolTip(self.tr("拖动或按 Alt+上下键移动，Ctrl+回车在下面添加，Ctrl+Delete 删除"))
        self.add.setText(self.tr("添加"))
        self.add.show_lines([MenuLine(kind.value, name_of(kind)) for kind in StepKind])
        for button, text in (
            (self.copy, self.tr("复制")),
            (self.remove, self.tr("删除")),
            (self.up, self.tr("上移")),
            (self.down, self.tr("下移")),
        ):
            button.setText(text)
        self.show_text()
