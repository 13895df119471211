"""The plans as a table, with what narrows them down above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.domain.people import Permission
from services.domain.plans import Plan, PlanCategory, PlanState
from ui.sorted_table import Cell, SortedItem
from ui.text.incidents import level_name
from ui.text.names import name_of
from ui.text.places import local_name
from ui.theme import tokens
from views.plans.presenter import Filter, PlansPresenter
from views.plans.words import state_text

LEAST_PX = 400
ROMAN = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}
_NAME, _LEVEL, _STATE, _DRILL = range(4)


class PlanList(QWidget):
    """Chooses in the presenter; everything else about a plan is at its right. Signals: new_wanted(),
    import_wanted()."""

    new_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, presenter: PlansPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._is_filling = False
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self.summary = QLabel(self)
        self.summary.setProperty("tone", "small")
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.category = QComboBox(self)
        self.level = QComboBox(self)
        self.state = QComboBox(self)
        self.only_overdue = QCheckBox(self)
        self.table = QTableWidget(0, 4, self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.samples = QPushButton(self)
        self.new = QPushButton(self)
        self.take_in = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        """The list as it is now; what is chosen stays."""
        plans = self._presenter.shown()
        self._is_filling = True
        self.table.setSortingEnabled(False)
        self.table.setRowCount(len(plans))
        for row, plan in enumerate(plans):
            self._fill(row, plan)
        self.table.setSortingEnabled(self.table.horizontalHeader().sortIndicatorSection() < 4)
        self._choose_again()
        self._is_filling = False
        self._show_summary()
        self._show_empty(bool(plans))
        if plans and not self._presenter.has_choice:
            self._presenter.choose(plans[0].id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # inside

    def _build(self) -> None:
        self.setMinimumWidth(LEAST_PX)
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        # No column: as the presenter orders them, until a person clicks a heading.
        header.setSortIndicator(4, Qt.SortOrder.AscendingOrder)
        filters = QGridLayout()
        filters.addWidget(self.search, 0, 0, 1, 2)
        filters.addWidget(self.only_overdue, 0, 2)
        for column, box in enumerate((self.category, self.level, self.state)):
            filters.addWidget(box, 1, column)
            filters.setColumnStretch(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 6, 10)
        for widget in (self._title, self.summary):
            outer.addWidget(widget)
        outer.addLayout(filters)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.empty, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.new)
        buttons.addWidget(self.take_in)
        buttons.addWidget(self.samples)
        buttons.addStretch(1)
        outer.addLayout(buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        self.search.textChanged.connect(self._narrow)
        for box in (self.category, self.level, self.state):
            box.currentIndexChanged.connect(self._narrow)
        self.only_overdue.toggled.connect(self._narrow)
        self.table.currentItemChanged.connect(self._choose)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.samples.clicked.connect(presenter.take_samples)
        self.new.clicked.connect(self.new_wanted)
        self.take_in.clicked.connect(self.import_wanted)
        for button in (self.new, self.take_in):
            button.setVisible(presenter.may(Permission.EDIT_PLANS))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def _fill(self, row: int, plan: Plan) -> None:
        is_overdue = plan.is_drill_overdue(self._presenter.now())
        due_at = plan.drill_due_at if plan.is_runnable else None
        due = due_at.astimezone().strftime("%Y-%m-%d") if due_at else "–"
        if is_overdue:
            due = self.tr("{date} 已过期").format(date=due)
        is_plain = plan.state is PlanState.PUBLISHED
        state = state_text(plan) if is_plain else name_of(plan.state)
        texts = (local_name(plan), ROMAN.get(plan.text.level, "–"), state, due)
        keys = (texts[_NAME], plan.text.level, list(PlanState).index(plan.state), due)
        hints = (
            f"{texts[_NAME]} · {name_of(plan.text.category)}",
            level_name(plan.text.level),
            state_text(plan),
            due,
        )
        for column, (text, key, hint) in enumerate(zip(texts, keys, hints, strict=True)):
            ink = _ink(plan, column, is_overdue=is_overdue)
            self.table.setItem(row, column, SortedItem(plan.id, Cell(text, (key,), hint, ink)))

    def _choose_again(self) -> None:
        chosen = self._presenter.chosen
        self.table.setCurrentCell(-1, -1)
        for row in range(self.table.rowCount()):
            item = self.table.item(row, _NAME)
            if chosen is not None and isinstance(item, SortedItem) and item.no == chosen.id:
                self.table.setCurrentCell(row, _NAME)

    def _choose(self, item: QTableWidgetItem | None) -> None:
        if isinstance(item, SortedItem) and not self._is_filling:
            self._presenter.choose(item.no)

    def _sort(self) -> None:
        self.table.setSortingEnabled(True)

    def _narrow(self, *_: object) -> None:
        if not self._is_filling:
            category, state = self.category.currentData(), self.state.currentData()
            self._presenter.set_filter(
                Filter(
                    self.search.text(),
                    # A box of Qt gives back the bare word of an enum.
                    PlanCategory(category) if category else None,
                    self.level.currentData(),
                    PlanState(state) if state else None,
                    self.only_overdue.isChecked(),
                )
            )

    def _show_summary(self) -> None:
        in_force, in_review, overdue = self._presenter.counts()
        text = self.tr("生效 {in_force}，待审核 {in_review}，演练过期 {overdue}")
        self.summary.setText(text.format(in_force=in_force, in_review=in_review, overdue=overdue))

    def _show_empty(self, has_any: bool) -> None:
        presenter = self._presenter
        may_take = presenter.is_read and not presenter.plans and presenter.may(Permission.EDIT_PLANS)
        self.table.setVisible(has_any)
        self.empty.setVisible(not has_any)
        self.samples.setVisible(may_take)
        if not presenter.is_read:
            self.empty.setText(self.tr("正在读取预案…"))
        elif presenter.plans:
            self.empty.setText(self.tr("没有符合条件的预案。请清空搜索和筛选。"))
        elif may_take:
            self.empty.setText(
                self.tr("还没有预案。可以载入十个高校范本审核后使用，也可以新建，或从 DOCX、XLSX 导入。")
            )
        else:
            self.empty.setText(self.tr("还没有预案。请保卫处编写或载入范本。"))

    def _retranslate(self) -> None:
        self._is_filling = True
        self._title.setText(self.tr("预案库"))
        self.search.setPlaceholderText(self.tr("名称、拼音或关键词（Ctrl+F）"))
        self.search.setAccessibleName(self.tr("搜索预案"))
        self.only_overdue.setText(self.tr("演练过期"))
        self.samples.setText(self.tr("载入范本"))
        self.new.setText(self.tr("新建"))
        self.take_in.setText(self.tr("导入…"))
        self.table.setAccessibleName(self.tr("预案库"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("预案"), self.tr("级别"), self.tr("版本"), self.tr("演练期限")]
        )
        categories = [(self.tr("全部类别"), None), *((name_of(one), one) for one in PlanCategory)]
        levels = [(self.tr("全部级别"), None), *((level_name(one), one) for one in ROMAN)]
        states = [(self.tr("在用的"), None), *((name_of(one), one) for one in PlanState)]
        for box, name, lines in (
            (self.category, self.tr("类别"), categories),
            (self.level, self.tr("级别"), levels),
            (self.state, self.tr("状态"), states),
        ):
            chosen = max(0, box.currentIndex())
            box.clear()
            for text, value in lines:
                box.addItem(text, value)
            box.setCurrentIndex(chosen)
            box.setAccessibleName(name)
        self._is_filling = False
        self.show_present()


def _ink(plan: Plan, column: int, *, is_overdue: bool) -> QColor | None:
    """Colour beside the word, never instead of it."""
    if column == _DRILL and is_overdue:
        return QColor(tokens().bad)
    if plan.state is PlanState.RETIRED:
        return QColor(tokens().text_dim)
    if column == _STATE and plan.state is PlanState.REVIEW:
        return QColor(tokens().warn)
    return None
