"""Zones from a table: choose a file, look at what it would bring, then take all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.devices.zone_sheet import ZoneRow
from ui.text.names import name_of
from ui.theme import Size, tokens
from views.zones.cells import Cell
from views.zones.entry_table import EntryTable, Line
from views.zones.import_presenter import ImportPresenter
from views.zones.words import refusal


class ImportPage(QWidget):
    """Rows that are wrong stand first, say why, and keep the whole table out."""

    def __init__(self, presenter: ImportPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._said: tuple[str, str] = ("", "dim")
        self.open = QPushButton(self)
        self.template = QPushButton(self)
        self.take_all = QPushButton(self)
        self.take_all.setProperty("kind", "primary")
        self.state = QLabel(self)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.table = EntryTable(len(self._headings()), parent=self)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        presenter = self._presenter
        self.open.setEnabled(not presenter.is_busy)
        self.template.setEnabled(not presenter.is_busy)
        self.take_all.setEnabled(presenter.may_import)
        self.take_all.setText(self.tr("全部导入（{count}）").format(count=len(presenter.rows)))
        self.table.show_lines([self._line(row) for row in presenter.rows])
        text, tone = self._state()
        self.state.setProperty("tone", tone)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.state.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        files = QHBoxLayout()
        for button in (self.open, self.template):
            files.addWidget(button)
        files.addStretch(1)
        files.addWidget(self.take_all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addLayout(files)
        box.addWidget(self.state)
        box.addWidget(self.table, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        self.open.clicked.connect(self.ask_file)
        self.template.clicked.connect(self._ask_template)
        self.take_all.clicked.connect(presenter.import_all)
        presenter.changed.connect(self.show_present)
        presenter.imported.connect(self._on_imported)
        presenter.written.connect(self._on_written)
        presenter.refused.connect(self._on_refused)

    def ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("选择防区表格"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter("XLSX, CSV (*.xlsx *.csv)")
        dialog.fileSelected.connect(self._read)
        dialog.setModal(False)
        dialog.show()

    def _ask_template(self) -> None:
        dialog = QFileDialog(self, self.tr("模板存到"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)"])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile("zones-template.xlsx")
        dialog.fileSelected.connect(self._save_template)
        dialog.setModal(False)
        dialog.show()

    def _read(self, path: str) -> None:
        self._said = ("", "dim")
        self._presenter.read(Path(path))

    def _save_template(self, path: str) -> None:
        self._presenter.save_template(Path(path))

    def _on_imported(self, count: int) -> None:
        self._said = (self.tr("已导入 {count} 个防区。").format(count=count), "ok")

    def _on_written(self, name: str) -> None:
        self._said = (self.tr("已写入 {file}。").format(file=name), "ok")

    def _on_refused(self, error: ServiceError) -> None:
        self._said = (refusal(error), "bad")

    def _state(self) -> tuple[str, str]:
        presenter = self._presenter
        if presenter.wrong:
            text = self.tr("{wrong} 行有误，什么都没有导入。请在表格里改正后再选一次。")
            return text.format(wrong=presenter.wrong), "bad"
        if presenter.rows and self._said[1] != "bad":
            return self.tr("{count} 行都对，还没有导入。").format(count=len(presenter.rows)), "ok"
        if self._said[0]:
            return self._said
        return self.tr(
            "先存模板，填好后选择文件。这里先逐行检查，按“全部导入”才写入；有一行不对就一行也不写。"
        ), "dim"

    def _line(self, row: ZoneRow) -> Line:
        zone, theme = row.zone, tokens()
        is_good = row.error is None
        check = self.tr("可导入") if row.error is None else refusal(row.error)
        return (
            str(row.line),
            [
                Cell(str(row.line), (is_good, row.line), ink=QColor(theme.ok if is_good else theme.bad)),
                Cell(zone.no or "–"),
                Cell(zone.name or "–"),
                Cell(f"{zone.panel} / {zone.number}"),
                Cell(name_of(zone.kind) if is_good else "–"),
                Cell(name_of(zone.alarm_class) if is_good else "–"),
                Cell(check, ink=QColor(theme.ok if is_good else theme.bad)),
            ],
        )

    def _headings(self) -> list[str]:
        return [
            self.tr("行"),
            self.tr("编号"),
            self.tr("名称"),
            self.tr("主机/防区号"),
            self.tr("探测器"),
            self.tr("类别"),
            self.tr("检查"),
        ]

    def _retranslate(self) -> None:
        self.open.setText(self.tr("选择文件…"))
        self.template.setText(self.tr("存模板…"))
        self.table.setAccessibleName(self.tr("表格里的防区"))
        self.table.setHorizontalHeaderLabels(self._headings())
        self.show_present()
