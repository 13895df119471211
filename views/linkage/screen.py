"""The linkage screen: the rules at the left, the chosen one's form, trial and versions at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.linkage import Rule
from ui.file_asking import ask_file_to_open, ask_file_to_save
from ui.text import sentence
from ui.text.places import local_name
from ui.tips import plain_tip
from ui.tone import Tone, set_tone
from views.linkage.form import RuleForm
from views.linkage.past import DryRunPage, VersionsPage
from views.linkage.presenter import LinkagePresenter

LIST_PX = 232
_ID = Qt.ItemDataRole.UserRole
_KINDS = ("JSON (*.json)",)


class LinkageScreen(QWidget):
    """Reads the rules while it is in front."""

    def __init__(self, presenter: LinkagePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self.list = QListWidget(self)
        self.new = QPushButton(self)
        self.copy = QPushButton(self)
        self.starter = QPushButton(self)
        self.take_in = QPushButton(self)
        self.give_out = QPushButton(self)
        self.form = RuleForm(presenter, self)
        self.trial = DryRunPage(self)
        self.versions = VersionsPage(self)
        self.tabs = QTabWidget(self)
        self.save = QPushButton(self)
        self.enable = QPushButton(self)
        self.remove = QPushButton(self)
        self.message = QLabel(self)
        self._asked = ""
        self._build()
        self._connect()
        self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def show_rules(self) -> None:
        chosen = self._presenter.draft
        self.list.blockSignals(True)
        self.list.clear()
        for rule in self._presenter.rules:
            item = QListWidgetItem(self._line(rule), self.list)
            item.setData(_ID, rule.id)
            item.setToolTip(plain_tip(self._line(rule)))
            if chosen is not None and rule.id == chosen.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.starter.setVisible(not self._presenter.rules)
        self._enable()

    def _line(self, rule: Rule) -> str:
        name = local_name(rule)
        text = self.tr("{name}（第 {version} 版）") if rule.is_enabled else self.tr("{name}（已停用）")
        return text.format(name=name, version=rule.version)

    def _build(self) -> None:
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        left = QWidget(self)
        left.setFixedWidth(LIST_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(14, 10, 6, 10)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        column.addWidget(self.starter)
        buttons = QGridLayout()
        for at, button in enumerate((self.new, self.copy, self.take_in, self.give_out)):
            buttons.addWidget(button, *divmod(at, 2))
        column.addLayout(buttons)
        for page in (self.form, self.trial, self.versions):
            self.tabs.addTab(page, "")
        self.save.setProperty("kind", "primary")
        last = QHBoxLayout()
        last.addWidget(self.remove)
        last.addWidget(self.enable)
        last.addStretch(1)
        last.addWidget(self.save)
        right = QVBoxLayout()
        right.setContentsMargins(6, 10, 14, 10)
        right.addWidget(self.tabs, 1)
        right.addWidget(self.message)
        right.addLayout(last)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(left)
        outer.addLayout(right, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_rules)
        presenter.drafted.connect(self._on_draft)
        presenter.edited.connect(self._on_edited)
        presenter.said.connect(self._say_done)
        presenter.refused.connect(self._refuse)
        presenter.busy.connect(self._on_busy)
        presenter.tried.connect(self.trial.show_found)
        presenter.versions_read.connect(self._show_versions)
        self.list.currentItemChanged.connect(self._choose)
        self.new.clicked.connect(self._begin)
        self.copy.clicked.connect(self._copy)
        self.starter.clicked.connect(self._take_starter)
        self.take_in.clicked.connect(self._import)
        self.give_out.clicked.connect(self._export)
        self.save.clicked.connect(presenter.save)
        self.enable.clicked.connect(self._switch)
        self.remove.clicked.connect(self._remove)
        self.trial.asked.connect(presenter.try_on_past)
        self.versions.restore_asked.connect(presenter.restore)
        self.tabs.currentChanged.connect(self._on_tab)

    def _on_draft(self) -> None:
        self.trial.show_found(None)
        self._on_tab()
        self._enable()

    def _on_edited(self) -> None:
        """What was found was found for another rule."""
        self.trial.show_found(None)
        self._wipe()
        self._enable()

    def _on_tab(self, *_: object) -> None:
        if self.tabs.currentWidget() is self.versions:
            self._presenter.read_versions()

    def _show_versions(self, versions: list[tuple[object, Rule]]) -> None:
        self.versions.show_versions(versions, self._presenter.site)  # type: ignore[arg-type]

    def _enable(self) -> None:
        draft = self._presenter.draft
        is_saved = draft is not None and any(rule.id == draft.id for rule in self._presenter.rules)
        self.save.setEnabled(self._presenter.is_edited)
        self.copy.setEnabled(draft is not None)
        self.remove.setEnabled(is_saved)
        # Only what is saved can be switched: it would take along what was typed.
        self.enable.setEnabled(is_saved and not self._presenter.is_edited)
        self.enable.setText(
            self.tr("启用") if draft is not None and not draft.is_enabled else self.tr("停用")
        )
        self.tabs.setEnabled(draft is not None)
        self.give_out.setEnabled(bool(self._presenter.rules))

    def _on_busy(self, is_busy: bool) -> None:
        for button in (self.save, self.enable, self.remove, self.trial.run):
            button.setDisabled(is_busy)
        if not is_busy:
            self.trial.run.setEnabled(True)
            self._enable()

    def _choose(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None and self._may_leave(str(item.data(_ID))):
            self._wipe()
            self._presenter.choose(str(item.data(_ID)))
        elif item is not None:
            self.show_rules()

    def _may_leave(self, leaving: str) -> bool:
        """What was typed is not lost by one click; leaving: for what."""
        if not self._presenter.is_edited:
            return True
        return self._is_pressed_again(leaving, self.tr("改动还没有保存。再按一次放弃改动。"))

    def _begin(self) -> None:
        if self._may_leave("new"):
            self._wipe()
            self.tabs.setCurrentWidget(self.form)
            self._presenter.begin(self.tr("新规则"))

    def _copy(self) -> None:
        draft = self._presenter.draft
        if draft is not None:
            self._presenter.copy(self.tr("{name} 副本").format(name=draft.name)[:40])

    def _switch(self) -> None:
        draft = self._presenter.draft
        if draft is not None:
            self._presenter.set_enabled(not draft.is_enabled)

    def _remove(self) -> None:
        draft = self._presenter.draft
        question = self.tr("再按一次删除这条规则。它的版本和运行记录会保留。")
        if draft is not None and self._is_pressed_again(f"remove:{draft.id}", question):
            self._wipe()
            self._presenter.remove()

    def _is_pressed_again(self, what: str, question: str) -> bool:
        """Asked once, on the line below; anything else that happens takes the question back."""
        if self._asked == what:
            return True
        self._show_message(question, "warn")
        self._asked = what
        return False

    def _take_starter(self) -> None:
        self._presenter.import_from(Path(str(resource("linkage", "starter.json"))))

    def _import(self) -> None:
        ask_file_to_open(self, self.tr("导入规则"), _KINDS, self._import_from)

    def _import_from(self, path: str) -> None:
        self._presenter.import_from(Path(path))

    def _export(self) -> None:
        ask_file_to_save(self, self.tr("导出规则"), _KINDS, "linkage.json", self._export_to)

    def _export_to(self, path: str) -> None:
        self._presenter.export_to(Path(path))

    def _say_done(self, action: str, name: str) -> None:
        texts = {
            "saved": self.tr("已保存 {name}，一秒内生效。"),
            "enabled": self.tr("已启用 {name}。"),
            "disabled": self.tr("已停用 {name}。"),
            "removed": self.tr("已删除。"),
            "restored": self.tr("已恢复为 {name} 的新版本。"),
            "imported": self.tr("已导入 {name} 条规则。"),
            "exported": self.tr("已导出到 {name}。"),
        }
        self._show_message(texts[action].format(name=name), "ok")

    def _refuse(self, error: ServiceError) -> None:
        self._show_message(sentence(error), "bad")

    def _wipe(self) -> None:
        self._show_message("", "ok")

    def _show_message(self, text: str, tone: Tone) -> None:
        self._asked = ""
        set_tone(self.message, tone)
        self.message.setText(text)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("联动规则"))
        self.list.setAccessibleName(self.tr("联动规则"))
        self.new.setText(self.tr("新建"))
        self.copy.setText(self.tr("复制"))
        self.starter.setText(self.tr("载入常用规则"))
        self.take_in.setText(self.tr("导入…"))
        self.give_out.setText(self.tr("导出…"))
        self.save.setText(self.tr("保存"))
        self.remove.setText(self.tr("删除"))
        for at, text in enumerate((self.tr("规则"), self.tr("试运行"), self.tr("版本"))):
            self.tabs.setTabText(at, text)
        self._wipe()
        self.show_rules()
