"""What a rule would have done, and what it was before: the page of the past."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.linkage import Rule
from services.domain.site import Site
from services.linkage.dryrun import MOST_DAYS, DryRun
from ui.linkage.sentence import rule_sentence
from ui.queue.words import card_words
from ui.text.times import date_time

MOST_LINES = 500
_VERSION = Qt.ItemDataRole.UserRole


class DryRunPage(QWidget):
    """Signal: asked(days)."""

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: DryRun | None = None
        self.days = QSpinBox(self)
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(7)
        self.run = QPushButton(self)
        self.sum = QLabel(self)
        self.sum.setTextFormat(Qt.TextFormat.PlainText)
        self.sum.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.addWidget(self.days)
        row.addWidget(self.run)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.addLayout(row)
        box.addWidget(self.sum)
        box.addWidget(self.list, 1)
        self.run.clicked.connect(self._ask)
        self._retranslate()

    def show_found(self, found: DryRun | None) -> None:
        """None: nothing was tried since the rule changed."""
        self._found = found
        self.list.clear()
        if found is None:
            self.sum.setText(self.tr("看这条规则在过去的报警里会触发几次；什么都不会执行。"))
            return
        text = self.tr("看了 {count} 条报警，会触发 {hits} 次；什么都没有执行。")
        self.sum.setText(text.format(count=found.looked_at, hits=len(found.hits)))
        for alarm in found.hits[:MOST_LINES]:
            said = card_words(alarm)
            line = f"{date_time(alarm.received_at)}  {alarm.event_no}  {said.title}  {said.place}"
            self.list.addItem(line)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _ask(self) -> None:
        self.asked.emit(self.days.value())

    def _retranslate(self) -> None:
        self.run.setText(self.tr("试运行"))
        self.days.setPrefix(self.tr("过去 "))
        self.days.setSuffix(self.tr(" 天"))
        self.days.setAccessibleName(self.tr("过去多少天"))
        self.list.setAccessibleName(self.tr("会触发的报警"))
        self.show_found(self._found)


class VersionsPage(QWidget):
    """Signal: restore_asked(version)."""

    restore_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._versions: list[tuple[datetime, Rule]] = []
        self._site: Site | None = None
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.restore = QPushButton(self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.restore)
        box = QVBoxLayout(self)
        box.addWidget(self.list, 1)
        box.addLayout(row)
        self.restore.clicked.connect(self._ask)
        self.list.currentRowChanged.connect(self._enable)
        self._retranslate()

    def show_versions(self, versions: list[tuple[datetime, Rule]], site: Site) -> None:
        """The newest first; it is the one in force. Who had chosen one keeps it."""
        self._versions, self._site = versions, site
        chosen = self._chosen()
        self.list.clear()
        for at, rule in versions:
            text = self.tr("第 {version} 版  {at}  {name}")
            head = text.format(version=rule.version, at=date_time(at), name=rule.name)
            item = QListWidgetItem(f"{head}\n{rule_sentence(rule, site)}", self.list)
            item.setData(_VERSION, rule.version)
            if rule.version == chosen:
                self.list.setCurrentItem(item)
        self._enable()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _enable(self, *_: object) -> None:
        self.restore.setEnabled(self.list.currentRow() > 0)

    def _chosen(self) -> int | None:
        row = self.list.currentRow()
        return int(self.list.item(row).data(_VERSION)) if row >= 0 else None

    def _ask(self) -> None:
        version = self._chosen()
        if version is not None:
            self.restore_asked.emit(version)

    def _retranslate(self) -> None:
        self.restore.setText(self.tr("恢复这一版"))
        self.list.setAccessibleName(self.tr("版本，最新在前"))
        if self._site is not None:
            self.show_versions(self._versions, self._site)
