"""A table of one kind of entry, and the form that changes one: panels, groups, outputs, and zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.devices.entries import entries_of
from services.domain.people import Permission
from services.domain.site import SiteEntry
from ui.sorted_table import Line, SortedTable
from ui.theme import Size
from ui.tone import Tone, set_tone
from views.zones.entry_form import AlarmEntryForm
from views.zones.fields import blank
from views.zones.presenter import ZonesPresenter
from views.zones.words import refusal


class EntryPage(QWidget):
    """Signals: left() when the form was closed, saved or not."""

    left = Signal()

    def __init__(
        self,
        presenter: ZonesPresenter,
        kind: type[SiteEntry],
        headings: Callable[[], list[str]],
        lines: Callable[[], Sequence[Line]],
        *,
        takes_many: bool = False,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._kind = kind
        self._headings = headings
        self._lines = lines
        self._is_sure_asked = False
        self._is_waiting = False
        self.table = SortedTable(len(headings()), takes_many=takes_many, parent=self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.form = AlarmEntryForm(presenter.site, clock=clock, parent=self)
        self.form.hide()
        self.add = QPushButton(self)
        self.edit = QPushButton(self)
        self.remove = QPushButton(self)
        self.sure = QPushButton(self)
        self.sure.setProperty("kind", "danger")
        self.keep = QPushButton(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.head = QHBoxLayout()
        self.below = QHBoxLayout()
        self.beside = QVBoxLayout()
        self._build()
        self._connect()
        self.retranslate()

    @property
    def chosen(self) -> SiteEntry | None:
        """None when none or several are selected."""
        numbers = self.table.chosen
        if len(numbers) != 1:
            return None
        return next((e for e in entries_of(self.presenter.site, self._kind) if e.no == numbers[0]), None)

    def show_present(self) -> None:
        lines = self._lines()
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.show_buttons()

    def show_buttons(self) -> None:
        may_edit = self.presenter.may(Permission.EDIT_SITE) and bool(self.presenter.site.code)
        for button in (self.add, self.edit, self.remove):
            button.setVisible(may_edit)
        self.edit.setEnabled(self.chosen is not None)
        self.remove.setEnabled(self.chosen is not None)
        self.sure.setVisible(self._is_sure_asked)
        self.keep.setVisible(self._is_sure_asked)

    def use_site(self) -> None:
        self.form.use_site(self.presenter.site)

    def begin_new(self) -> None:
        if self.presenter.may(Permission.EDIT_SITE):
            self._open(blank(self._kind, self.presenter.site), None)

    def begin_edit(self) -> None:
        entry = self.chosen
        if entry is not None and self.presenter.may(Permission.EDIT_SITE):
            self._open(entry, entry)

    def say(self, text: str, tone: Tone = "dim") -> None:
        set_tone(self.message, tone)
        self.message.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.add.setText(self.tr("新建  Ctrl+N"))
        self.edit.setText(self.tr("修改"))
        self.remove.setText(self.tr("删除"))
        self.sure.setText(self.tr("确定删除"))
        self.keep.setText(self.tr("不删"))
        self.table.setHorizontalHeaderLabels(self._headings())
        self.empty.setText(self.tr("这里还没有内容。管理员按 Ctrl+N 新建，防区也可以从表格导入。"))
        self.message.setText("")
        self.show_present()

    def _build(self) -> None:
        self.below.addWidget(self.message, 1)
        for button in (self.sure, self.keep, self.edit, self.remove, self.add):
            self.below.addWidget(button)
        self.list = QWidget(self)
        left = QVBoxLayout(self.list)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(Size.GAP_S)
        left.addLayout(self.head)
        left.addWidget(self.table, 1)
        left.addWidget(self.empty, 1)
        left.addLayout(self.beside)
        left.addLayout(self.below)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.addWidget(self.list, 1)
        box.addWidget(self.form, 1)

    def _connect(self) -> None:
        self.add.clicked.connect(self.begin_new)
        self.edit.clicked.connect(self.begin_edit)
        self.table.doubleClicked.connect(self.begin_edit)
        self.table.itemSelectionChanged.connect(self._on_choice)
        self.remove.clicked.connect(self._ask_remove)
        self.sure.clicked.connect(self._remove)
        self.keep.clicked.connect(self._forget_question)
        self.form.saved.connect(self._save)
        self.form.left.connect(self._close_form)
        self.presenter.accepted.connect(self._on_accepted)
        self.presenter.refused.connect(self._on_refused)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+N"), self, context=within).activated.connect(self.begin_new)
        for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(enter), self.table, context=within).activated.connect(self.begin_edit)

    def _open(self, entry: SiteEntry, seen: SiteEntry | None) -> None:
        self._forget_question()
        self.list.hide()
        self.form.show()
        self.form.open(entry, seen=seen)

    def _close_form(self) -> None:
        self.form.hide()
        self.list.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def _save(self, seen: SiteEntry | None, entry: SiteEntry) -> None:
        self._is_waiting = True
        self.presenter.save(seen, entry)

    def _ask_remove(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        self._is_sure_asked = True
        self.say(self.tr("确定删除 {no}？它的记录会保留，编号不再使用。").format(no=entry.no), "warn")
        self.show_buttons()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        entry = self.chosen
        self._forget_question()
        if entry is not None:
            self._is_waiting = True
            self.presenter.remove(entry)

    def _forget_question(self) -> None:
        self._is_sure_asked = False
        self.say("")
        self.show_buttons()

    def _on_choice(self) -> None:
        self._forget_question()

    def _on_accepted(self, what: str) -> None:
        if self._is_waiting and what in ("saved", "removed"):
            self._is_waiting = False
            self.say(self.tr("已保存") if what == "saved" else self.tr("已删除"), "ok")
            if what == "saved":
                self._close_form()

    def _on_refused(self, error: ServiceError) -> None:
        if not self._is_waiting:
            return
        self._is_waiting = False
        if self.form.isVisible():
            self.form.refuse(error)
        else:
            self.say(refusal(error), "bad")
