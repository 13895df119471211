"""The drills screen: what may be played, what was, and the score sheet of the chosen one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.domain.documents import Document
from services.domain.drill_scores import Mark, ScoreSheet
from ui.elided import ElidedLabel
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.theme import tokens
from views.drills.begin_box import BeginBox
from views.drills.presenter import DrillsPresenter
from views.drills.words import cells, columns, drill_name, report_of, state_line, verdict

_DRILL = Qt.ItemDataRole.UserRole
_MARK_COLUMN = 5


class DrillsScreen(QWidget):
    def __init__(self, presenter: DrillsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.begin = BeginBox(presenter, self)
        self._past_title = QLabel(self)
        self._past_title.setProperty("tone", "title")
        self.drills = QListWidget(self)
        self._title = ElidedLabel(self)
        self._title.setProperty("tone", "heading")
        self._state = ElidedLabel(self)
        self._state.setProperty("tone", "dim")
        self._verdict = QLabel(self)
        self._verdict.setProperty("tone", "title")
        self._verdict.setWordWrap(True)
        self.table = QTableWidget(0, len(columns()), self)
        self.finish, self.stop, self.export = QPushButton(self), QPushButton(self), QPushButton(self)
        self._build()
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        self._show_list()
        drill, sheet = self._presenter.chosen, self._presenter.sheet
        self._title.setText(drill_name(drill) if drill else self.tr("还没有演练过"))
        self._state.setText(state_line(drill) if drill else self.tr("在左边选一份预案和地点，按“开始演练”。"))
        self._verdict.setText(verdict(sheet) if sheet else "")
        self._show_sheet(sheet)
        is_played = drill is not None and drill.is_open and self._presenter.may_run
        for button in (self.finish, self.stop):
            button.setVisible(is_played)
            button.setEnabled(not self._presenter.is_busy)
        self.export.setEnabled(sheet is not None)
        self._show_words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _build(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 6, 12)
        column.addWidget(self.begin)
        column.addWidget(self._past_title)
        column.addWidget(self.drills, 1)
        left.setMinimumWidth(280)
        self.drills.setWordWrap(True)
        self.drills.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right = QWidget(self)
        box = QVBoxLayout(right)
        box.setContentsMargins(12, 12, 12, 12)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        self.stop.setProperty("kind", "danger")
        for button in (self.export, self.finish, self.stop):
            head.addWidget(button)
        box.addLayout(head)
        box.addWidget(self._state)
        box.addWidget(self._verdict)
        box.addWidget(self.table, 1)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().setVisible(False)
        self.table.setWordWrap(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([320, 800])
        split.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self.drills.itemClicked.connect(self._choose)
        self.drills.itemActivated.connect(self._choose)
        self.finish.clicked.connect(self._presenter.finish)
        self.stop.clicked.connect(self._stop)
        self.export.clicked.connect(self._export)

    def _stop(self) -> None:
        self._presenter.stop()

    def _choose(self, item: QListWidgetItem) -> None:
        self._presenter.choose(item.data(_DRILL))

    def _export(self) -> None:
        sheet = self._presenter.sheet
        if sheet is None:
            return
        name = f"{self.tr('演练评估')}-{sheet.drill.started_at.astimezone():%Y%m%d-%H%M}.pdf"
        ask_file_to_save(
            self, self.tr("导出演练评估表"), PAPER_KINDS, name, partial(self._save, report_of(sheet))
        )

    def _save(self, report: Document, path: str) -> None:
        self._presenter.save_document(report, Path(path))

    def _show_list(self) -> None:
        drills, chosen = self._presenter.drills, self._presenter.chosen
        while self.drills.count() > len(drills):
            self.drills.takeItem(self.drills.count() - 1)
        while self.drills.count() < len(drills):
            self.drills.addItem(QListWidgetItem())
        for row, drill in enumerate(drills):
            item = self.drills.item(row)
            item.setText(f"{drill_name(drill)}\n{state_line(drill)}")
            item.setData(_DRILL, drill.id)
            item.setSelected(chosen is not None and drill.id == chosen.id)

    def _show_sheet(self, sheet: ScoreSheet | None) -> None:
        lines = sheet.lines if sheet else ()
        self.table.setRowCount(len(lines))
        theme = tokens()
        inks = {Mark.MET: theme.ok, Mark.LATE: theme.warn, Mark.MISSED: theme.bad, Mark.SKIPPED: theme.warn}
        for row, line in enumerate(lines):
            for column, text in enumerate(cells(line)):
                item = QTableWidgetItem(text)
                if column == _MARK_COLUMN:
                    item.setForeground(QBrush(QColor(inks.get(line.mark, theme.text_dim))))
                self.table.setItem(row, column, item)

    def _show_words(self) -> None:
        self._past_title.setText(self.tr("演练记录"))
        self.drills.setAccessibleName(self.tr("演练记录，最新在前"))
        self.table.setAccessibleName(self.tr("评估表"))
        self.table.setHorizontalHeaderLabels(columns())
        self.finish.setText(self.tr("结束演练"))
        self.stop.setText(self.tr("立即停止"))
        self.export.setText(self.tr("导出评估表…"))
