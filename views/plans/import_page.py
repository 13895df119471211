"""A file that is being read in: each of its lines with what became of it, and the plan that came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.plans.importing import Fate, ReadLine, ReadPlan
from ui.jobs import UiJobs
from ui.reading import DocumentPage
from ui.theme import tokens
from ui.tips import plain_tip
from views.plans.document import Standing, plan_document
from views.plans.words import fate_name

_STEPS = frozenset({Fate.STEP_TEXT, Fate.STEP_ROLE, Fate.STEP_DEADLINE})


class ImportPresenter(QObject):
    """Signals: read() when a file was understood; refused(ServiceError)."""

    read = Signal()
    refused = Signal(object)

    def __init__(
        self, read_file: Callable[[Path], ReadPlan], jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        """read_file: `services.plans.importing_files.read_plan`; it blocks."""
        super().__init__(parent)
        self._read_file = read_file
        self._jobs = jobs
        self.found: ReadPlan | None = None

    def open(self, path: Path) -> None:
        self._jobs.run(partial(self._read_file, path), self._take, self._refuse)

    def _take(self, found: ReadPlan) -> None:
        self.found = found
        self.read.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


class ImportPage(QWidget):
    """Signals: taken() into the editor; left() without it."""

    taken = Signal()
    left = Signal()

    def __init__(self, presenter: ImportPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.title = QLabel(self)
        self.summary = QLabel(self)
        self.only_left_out = QCheckBox(self)
        self.table = QTableWidget(0, 3, self)
        self.page = DocumentPage(self)
        self.cancel = QPushButton(self)
        self.take = QPushButton(self)
        self._build()
        presenter.read.connect(self.show_found)
        self.only_left_out.toggled.connect(self._show_lines)
        self.cancel.clicked.connect(self.left)
        self.take.clicked.connect(self.taken)
        self._retranslate()

    def show_found(self) -> None:
        found = self._presenter.found
        if found is None:
            return
        counts = Counter(line.fate for line in found.lines)
        self.title.setText(self.tr("导入 {file}").format(file=found.file))
        text = self.tr(
            "共 {lines} 行：步骤 {steps} 个，没有理解 {left_out} 行。没有理解的不会进入预案，请在编辑时补上。"
        )
        self.summary.setText(
            text.format(lines=len(found.lines), steps=counts[Fate.STEP], left_out=counts[Fate.LEFT_OUT])
        )
        self._show_lines()
        self.page.show_document(plan_document(found.text, Standing(self.tr("未保存"))))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # inside

    def _build(self) -> None:
        self.title.setProperty("tone", "heading")
        for label in (self.title, self.summary):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.take.setProperty("kind", "primary")
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(self.page)
        split.setSizes([1, 1])
        split.setChildrenCollapsible(False)
        last = QHBoxLayout()
        last.addWidget(self.only_left_out)
        last.addStretch(1)
        last.addWidget(self.cancel)
        last.addWidget(self.take)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.addWidget(self.title)
        outer.addWidget(self.summary)
        outer.addWidget(split, 1)
        outer.addLayout(last)

    def _show_lines(self) -> None:
        found = self._presenter.found
        lines = found.lines if found is not None else ()
        if self.only_left_out.isChecked():
            lines = tuple(line for line in lines if line.fate is Fate.LEFT_OUT)
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            is_out = line.fate is Fate.LEFT_OUT
            for column, text in enumerate((line.line.where, line.line.text, self._fate(line))):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if is_out:
                    item.setForeground(QColor(tokens().warn))
                self.table.setItem(row, column, item)

    def _fate(self, line: ReadLine) -> str:
        """⚠ beside the colour: what was not understood must be seen by everyone."""
        name = fate_name(line.fate)
        if line.fate is Fate.LEFT_OUT:
            return f"⚠ {name}"
        if line.fate is Fate.STEP:
            return self.tr("{fate} {number}").format(fate=name, number=line.at + 1)
        if line.fate in _STEPS:
            return self.tr("步骤 {number}：{fate}").format(fate=name, number=line.at + 1)
        return name

    def _retranslate(self) -> None:
        self.table.setHorizontalHeaderLabels([self.tr("行"), self.tr("文件里的文字"), self.tr("读作")])
        self.table.setAccessibleName(self.tr("文件里的每一行"))
        self.page.setAccessibleName(self.tr("读出的预案"))
        self.only_left_out.setText(self.tr("只看没有理解的行"))
        self.cancel.setText(self.tr("不导入"))
        self.take.setText(self.tr("在编辑器中打开"))
        self.show_found()
