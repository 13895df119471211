"""A plan while it is written: its pages, what is wrong with it, and what another seat did meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
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
from services.domain.plans import Plan
from services.domain.site import Site
from ui.i18n import is_english
from ui.text import sentence
from ui.text.places import local_name
from ui.tone import Tone, set_tone
from views.plans.difference_words import difference_lines
from views.plans.editor_presenter import EditorPresenter
from views.plans.head_page import HeadPage
from views.plans.lists_page import ListsPage
from views.plans.steps_page import StepsPage
from views.plans.words import fault_text

FAULTS_PX = 96
_AT = Qt.ItemDataRole.UserRole
_STEPS = 1


class PlanEditor(QWidget):
    """Signals: left() back to the library; saved(Plan)."""

    left = Signal()
    saved = Signal(object)

    def __init__(self, presenter: EditorPresenter, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.back = QPushButton(self)
        self.title = QLabel(self)
        self.with_english = QCheckBox(self)
        self.conflict = QFrame(self)
        self._conflict_text = QLabel(self.conflict)
        self.differences = QListWidget(self.conflict)
        self.mine = QPushButton(self.conflict)
        self.theirs = QPushButton(self.conflict)
        self.tabs = QTabWidget(self)
        self.head = HeadPage(presenter, self)
        self.steps = StepsPage(presenter, site, self)
        self.people = ListsPage(presenter, ("roles", "call_tree"), self)
        self.things = ListsPage(presenter, ("donts", "resources", "documents"), self)
        self.faults = QListWidget(self)
        self.message = QLabel(self)
        self.undo = QPushButton(self)
        self.redo = QPushButton(self)
        self.give_up = QPushButton(self)
        self.save = QPushButton(self)
        self._is_giving_up = False
        self._build()
        self._connect()
        self._retranslate()
        self.with_english.setChecked(is_english())
        self._write_english(is_english())

    def use_site(self, site: Site) -> None:
        self.steps.use_site(site)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def say(self, text: str, tone: Tone) -> None:
        self._is_giving_up = False
        set_tone(self.message, tone)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    # inside: layout

    def _build(self) -> None:
        self.title.setProperty("tone", "heading")
        for label in (self.title, self.message, self._conflict_text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.message, self._conflict_text):
            label.setWordWrap(True)
        self.conflict.setProperty("surface", "banner")
        self.faults.setMaximumHeight(FAULTS_PX)
        self.differences.setMaximumHeight(FAULTS_PX)
        self.save.setProperty("kind", "primary")
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        top.addWidget(self.with_english)
        choices = QHBoxLayout()
        choices.addStretch(1)
        choices.addWidget(self.theirs)
        choices.addWidget(self.mine)
        inside = QVBoxLayout(self.conflict)
        inside.addWidget(self._conflict_text)
        inside.addWidget(self.differences)
        inside.addLayout(choices)
        for page in (self.head, self.steps, self.people, self.things):
            self.tabs.addTab(page, "")
        last = QHBoxLayout()
        for button in (self.undo, self.redo, self.give_up):
            last.addWidget(button)
        last.addStretch(1)
        last.addWidget(self.save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.addLayout(top)
        outer.addWidget(self.conflict)
        outer.addWidget(self.tabs, 1)
        outer.addWidget(self.faults)
        outer.addWidget(self.message)
        outer.addLayout(last)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.opened.connect(self._on_opened)
        presenter.edited.connect(self._on_edited)
        presenter.restored.connect(self._on_restored)
        presenter.conflict_found.connect(self._show_conflict)
        presenter.saved.connect(self._on_saved)
        presenter.refused.connect(self._refuse)
        presenter.busy.connect(self._on_busy)
        self.back.clicked.connect(self.leave)
        self.undo.clicked.connect(presenter.undo)
        self.redo.clicked.connect(presenter.redo)
        self.give_up.clicked.connect(self._give_up)
        self.save.clicked.connect(presenter.save)
        self.mine.clicked.connect(self._keep_mine)
        self.theirs.clicked.connect(presenter.take_theirs)
        self.with_english.toggled.connect(self._write_english)
        self.faults.itemClicked.connect(self._go_to)
        self.faults.itemActivated.connect(self._go_to)
        for key, slot in (
            (QKeySequence.StandardKey.Save, presenter.save),
            (QKeySequence.StandardKey.Undo, presenter.undo),
            (QKeySequence.StandardKey.Redo, presenter.redo),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # inside: what is shown

    def _on_opened(self) -> None:
        self.say("", "ok")
        for page in (self.head, self.steps, self.people, self.things):
            page.show_text()
        self._show_state()

    def _on_edited(self) -> None:
        """The page that is typed on shows it already; the others follow."""
        if self._is_giving_up:
            self.say("", "ok")
        self.steps.show_text()
        for page in (self.head, self.people, self.things):
            page.show_text()
        self._show_state()

    def _show_state(self) -> None:
        presenter = self._presenter
        name = local_name(presenter.text) or self.tr("新预案")
        shown = self.tr("{name}（有未保存的修改）") if presenter.is_edited else "{name}"
        self.title.setText(shown.format(name=name))
        self._show_faults()
        self._show_conflict()
        self.undo.setEnabled(presenter.can_undo)
        self.redo.setEnabled(presenter.can_redo)
        self.give_up.setEnabled(presenter.is_edited)
        self.save.setEnabled(presenter.is_edited and presenter.theirs is None)

    def _show_faults(self) -> None:
        text = self._presenter.text
        self.faults.clear()
        for fault in self._presenter.faults():
            item = QListWidgetItem(fault_text(fault, text), self.faults)
            item.setData(_AT, fault.at)
        self.faults.setVisible(self.faults.count() > 0)

    def _show_conflict(self) -> None:
        theirs = self._presenter.theirs
        self.conflict.setVisible(theirs is not None)
        if theirs is None:
            return
        self._conflict_text.setText(
            self.tr(
                "{name} 在您修改期间保存了这个预案。您的修改没有丢，也还没有保存。"
                "下面是对方与您的不同，请决定以谁的为准。"
            ).format(name=theirs.saved_by_name)
        )
        self.differences.clear()
        self.differences.addItems(difference_lines(theirs.text, self._presenter.text))
        self.save.setEnabled(False)

    def _on_restored(self) -> None:
        self.say(self.tr("已恢复您上次没有保存的修改。不要的话按“放弃修改”。"), "warn")

    def _on_saved(self, plan: Plan) -> None:
        faults = len(self._presenter.faults())
        if faults:
            text = self.tr("已保存草稿。还有 {count} 处要改，才能送审。").format(count=faults)
        else:
            text = self.tr("已保存草稿。可以送审了。")
        self.say(text, "ok")
        self.saved.emit(plan)

    def _refuse(self, error: ServiceError) -> None:
        kept = self.tr("您的修改保存在本机，不会丢失。")
        self.say(f"{sentence(error)} {kept}" if self._presenter.is_edited else sentence(error), "bad")

    def _on_busy(self, is_busy: bool) -> None:
        self.save.setDisabled(is_busy)
        if not is_busy:
            self._show_state()

    # inside: what people do

    def leave(self) -> None:
        """What was typed stays kept on this machine, and comes back with the plan."""
        self._presenter.close()
        self.left.emit()

    def _keep_mine(self) -> None:
        self._presenter.keep_mine()
        self.say(self.tr("以您的为准：再按“保存草稿”写入，对方的版本留在审计记录里。"), "warn")

    def _give_up(self) -> None:
        """Asked once, on the line below; whatever happens in between takes the question back."""
        if not self._is_giving_up:
            self.say(self.tr("没有保存的修改会丢失。再按一次放弃修改。"), "warn")
            self._is_giving_up = True
            return
        self.say("", "ok")
        self._presenter.give_up()
        if not self._presenter.is_open:
            self.left.emit()

    def _go_to(self, item: QListWidgetItem) -> None:
        at = int(item.data(_AT))
        if at >= 0:
            self.tabs.setCurrentIndex(_STEPS)
            self.steps.choose(at)

    def _write_english(self, has_english: bool) -> None:
        for page in (self.head, self.steps, self.people, self.things):
            page.write_english(has_english)

    def _retranslate(self) -> None:
        self.back.setText(self.tr("返回预案库"))
        self.with_english.setText(self.tr("同时写英文"))
        self.mine.setText(self.tr("以我的为准"))
        self.theirs.setText(self.tr("用对方的，放弃我的"))
        self.differences.setAccessibleName(self.tr("对方与您的不同"))
        self.faults.setAccessibleName(self.tr("还要改的地方"))
        for button, text in (
            (self.undo, self.tr("撤销")),
            (self.redo, self.tr("重做")),
            (self.give_up, self.tr("放弃修改")),
            (self.save, self.tr("保存草稿")),
        ):
            button.setText(text)
        titles = (self.tr("基本"), self.tr("步骤"), self.tr("人员和电话"), self.tr("禁忌、物资和资料"))
        for at, text in enumerate(titles):
            self.tabs.setTabText(at, text)
        self._show_state()
