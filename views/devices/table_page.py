"""Cameras from a table: choose a file, look at what it would bring, then take all of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from services.devices.sheet import SheetRow
from ui.file_asking import TABLE_KINDS, ask_file_to_open, ask_file_to_save
from ui.text import sentence
from ui.theme import Size
from views.devices.table_presenter import TablePresenter


class TablePage(QWidget):
    """Rows that are wrong say why and keep the whole table out."""

    def __init__(self, presenter: TablePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._said = ""
        self.open = QPushButton(self)
        self.template = QPushButton(self)
        self.take_all = QPushButton(self)
        self.take_all.setProperty("kind", "primary")
        self.state = QLabel(self)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self._build()
        self._connect()
        self._retranslate()

    def go(self) -> None:
        """What Enter does here: choose a file, or take what was read."""
        if self._presenter.may_import:
            self._presenter.import_all()
        elif not self._presenter.is_busy:
            self._ask_file()

    def show_present(self) -> None:
        presenter = self._presenter
        self.open.setEnabled(not presenter.is_busy)
        self.template.setEnabled(not presenter.is_busy)
        self.take_all.setEnabled(presenter.may_import)
        self.take_all.setText(self.tr("全部导入（{count}）").format(count=len(presenter.rows)))
        self.list.clear()
        for row in presenter.rows:
            self.list.addItem(self._row(row))
        self.state.setText(self._state())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        files = QHBoxLayout()
        files.addWidget(self.open, 1)
        files.addWidget(self.template)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addLayout(files)
        box.addWidget(self.state)
        box.addWidget(self.list, 1)
        box.addWidget(self.take_all)

    def _connect(self) -> None:
        self.open.clicked.connect(self._ask_file)
        self.template.clicked.connect(self._ask_template)
        self.take_all.clicked.connect(self._presenter.import_all)
        self._presenter.changed.connect(self.show_present)
        self._presenter.imported.connect(self._on_imported)
        self._presenter.written.connect(self._on_written)

    def _ask_file(self) -> None:
        self._said = ""
        kinds = ("XLSX, CSV (*.xlsx *.csv)",)
        ask_file_to_open(self, self.tr("选择摄像机表格"), kinds, self._read)

    def _read(self, path: str) -> None:
        self._presenter.read(Path(path))

    def _ask_template(self) -> None:
        ask_file_to_save(self, self.tr("模板存到"), TABLE_KINDS, "cameras.xlsx", self._save_template)

    def _save_template(self, path: str) -> None:
        self._presenter.save_template(Path(path))

    def _on_imported(self, count: int) -> None:
        self._said = self.tr("已导入 {count} 台摄像机。").format(count=count)
        self.show_present()

    def _on_written(self, name: str) -> None:
        self._said = self.tr("已写入 {file}。").format(file=name)
        self.show_present()

    def _state(self) -> str:
        presenter = self._presenter
        if presenter.wrong:
            text = self.tr("{wrong} 行有误，没有导入。请在表格里改正后再选一次。")
            return text.format(wrong=presenter.wrong)
        if presenter.rows:
            return self.tr("{count} 行都对。按回车全部导入。").format(count=len(presenter.rows))
        return self._said or self.tr("先存模板，填好后选择文件。密码列可空，只存本机，不会导出。")

    def _row(self, row: SheetRow) -> str:
        name = " ".join(part for part in (row.camera.no, row.camera.name) if part) or "–"
        second = sentence(row.error) if row.error is not None else row.camera.main_url
        return self.tr("第 {line} 行  {name}").format(line=row.line, name=name) + f"\n{second}"

    def _retranslate(self) -> None:
        self.open.setText(self.tr("选择文件"))
        self.template.setText(self.tr("存模板"))
        self.list.setAccessibleName(self.tr("表格里的摄像机"))
        self.show_present()
