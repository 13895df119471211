"""Zones from a table: choose a file, look at what it would bring, then take all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.devices.zone_sheet import Effect, ZoneRow
from ui.file_asking import TABLE_KINDS, ask_file_to_open, ask_file_to_save
from ui.i18n import is_english
from ui.sorted_table import Cell, Line, SortedTable
from ui.text.names import name_of
from ui.theme import Size, Tokens, tokens
from ui.tone import Tone, set_tone
from views.zones.import_presenter import ImportPresenter
from views.zones.words import refusal

# What somebody must look at stands first.
_ORDER = (Effect.WRONG, Effect.CHANGE, Effect.ADD, Effect.LEAVE)
_INKS: dict[Effect, Callable[[Tokens], str]] = {
    Effect.WRONG: lambda theme: theme.bad,
    Effect.CHANGE: lambda theme: theme.warn,
    Effect.ADD: lambda theme: theme.ok,
    Effect.LEAVE: lambda theme: theme.text_dim,
}


class ImportPage(QWidget):
    """Rows that are wrong stand first, say why, and keep the whole table out; a changed zone says what is
    other."""

    def __init__(self, presenter: ImportPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._said: tuple[str, Tone] = ("", "dim")
        self.open = QPushButton(self)
        self.template = QPushButton(self)
        self.take_all = QPushButton(self)
        self.take_all.setProperty("kind", "primary")
        self.state = QLabel(self)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.table = SortedTable(len(self._headings()), parent=self)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        presenter = self._presenter
        self.open.setEnabled(not presenter.is_busy)
        self.template.setEnabled(not presenter.is_busy)
        self.take_all.setEnabled(presenter.may_import)
        added, changed = presenter.count(Effect.ADD), presenter.count(Effect.CHANGE)
        text = self.tr("写入（新增 {added}，更改 {changed}）")
        self.take_all.setText(text.format(added=added, changed=changed))
        self.table.show_lines([self._line(row) for row in presenter.rows])
        said, tone = self._state()
        set_tone(self.state, tone)
        self.state.setText(said)

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
        ask_file_to_open(self, self.tr("选择防区表格"), ("XLSX, CSV (*.xlsx *.csv)",), self._read)

    def _ask_template(self) -> None:
        ask_file_to_save(self, self.tr("模板存到"), TABLE_KINDS, "zones-template.xlsx", self._save_template)

    def _read(self, path: str) -> None:
        self._said = ("", "dim")
        self._presenter.read(Path(path))

    def _save_template(self, path: str) -> None:
        self._presenter.save_template(Path(path))

    def _on_imported(self, added: int, changed: int) -> None:
        text = self.tr("已新增 {added} 个防区，更改 {changed} 个。")
        self._said = (text.format(added=added, changed=changed), "ok")

    def _on_written(self, name: str) -> None:
        self._said = (self.tr("已写入 {file}。").format(file=name), "ok")

    def _on_refused(self, error: ServiceError) -> None:
        self._said = (refusal(error), "bad")

    def _state(self) -> tuple[str, Tone]:
        presenter = self._presenter
        wrong = presenter.count(Effect.WRONG)
        if wrong:
            text = self.tr("{wrong} 行有误，什么都没有导入。请在表格里改正后再选一次。")
            return text.format(wrong=wrong), "bad"
        if presenter.rows and self._said[1] != "bad":
            text = self.tr(
                "还没有写入：新增 {added}，更改 {changed}，不变 {same}。"
                "表格里没有的 {rest} 个防区保持原样，不会删除。"
            )
            counts = {"added": Effect.ADD, "changed": Effect.CHANGE, "same": Effect.LEAVE}
            found = {name: presenter.count(effect) for name, effect in counts.items()}
            return text.format(**found, rest=presenter.untouched), "ok"
        if self._said[0]:
            return self._said
        return self.tr(
            "先存模板，或导出现有防区改好，再选择文件。这里先逐行检查并列出差别，按“写入”才写入；"
            "有一行不对就一行也不写，从不删除。"
        ), "dim"

    def _line(self, row: ZoneRow) -> Line:
        zone, theme = row.zone, tokens()
        is_good = row.error is None
        order = _ORDER.index(row.effect)
        return (
            str(row.line),
            [
                Cell(str(row.line), (order, row.line), ink=QColor(_INKS[row.effect](theme))),
                Cell(zone.no or "–"),
                Cell(zone.name or "–"),
                Cell(f"{zone.panel} / {zone.number}"),
                Cell(name_of(zone.kind) if is_good else "–"),
                Cell(name_of(zone.alarm_class) if is_good else "–"),
                Cell(self._check(row), ink=QColor(_INKS[row.effect](theme))),
            ],
        )

    def _check(self, row: ZoneRow) -> str:
        match row.effect:
            case Effect.WRONG:
                assert row.error is not None
                return refusal(row.error)
            case Effect.ADD:
                return self.tr("新增")
            case Effect.LEAVE:
                return self.tr("不变")
            case Effect.CHANGE:
                return self.tr("更改：{differences}").format(differences=_differences(row))

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


def _differences(row: ZoneRow) -> str:
    """As "Name North beam → North beam 2; Place …", in the table's own words."""
    parts = [f"{head} {old or '–'} → {new or '–'}" for head, old, new in row.differences(int(is_english()))]
    return "; ".join(parts) if is_english() else "；".join(parts)
