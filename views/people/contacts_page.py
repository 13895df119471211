"""通讯录: guards, posts and teams as lists, edited by those who may."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.devices.entries import entries_of
from services.domain.people import Permission
from services.domain.site import Guard, Post, Site, SiteEntry, Team
from services.people.contacts import GuardRow
from ui.entries.form import EntryForm
from ui.file_asking import TABLE_KINDS, ask_file_to_open, ask_file_to_save
from ui.line_table import show_as_lines
from ui.search import matches
from ui.text import sentence
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.reasons import skill_name
from ui.theme import Size
from ui.tips import plain_tip
from ui.tone import Tone, set_tone
from views.people.entry_fields import FIELDS, blank
from views.people.presenter import PeoplePresenter
from views.people.table_preview import TablePreview

KINDS: tuple[type[SiteEntry], ...] = (Guard, Post, Team)
_NO = Qt.ItemDataRole.UserRole


class ContactsPage(QWidget):
    """A list of one kind, or the form of one entry. Keys: Enter opens, Insert begins a new one."""

    def __init__(
        self, presenter: PeoplePresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._kind: type[SiteEntry] = Guard
        self._asks_removal = ""
        self.kinds = [QPushButton(self) for _ in KINDS]
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        self.new = QPushButton(self)
        self.edit = QPushButton(self)
        self.remove = QPushButton(self)
        self.bring_in = QPushButton(self)
        self.export = QPushButton(self)
        self.preview = TablePreview(self)
        self.table = QTableWidget(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.form = EntryForm(presenter.site, FIELDS, clock=clock, parent=self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        rows = [row for row in self._rows() if self._passes(row)]
        table, chosen = self.table, self._chosen_no()
        table.blockSignals(True)
        table.setRowCount(len(rows))
        for index, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(_NO, cells[0])
                item.setToolTip(plain_tip(text))
                table.setItem(index, column, item)
            if cells[0] == chosen:
                table.selectRow(index)
        table.blockSignals(False)
        self._show_actions()

    def use_site(self) -> None:
        self.form.use_site(self._presenter.site)

    def refuse(self, error: ServiceError) -> None:
        if self.stack.currentWidget() is self.form:
            self.form.refuse(error)
        else:
            self._say(sentence(error), "bad")

    def accept(self, what: str) -> None:
        self._show_list()
        words = {
            "saved": self.tr("已保存。"),
            "removed": self.tr("已删除。"),
            "imported": self.tr("已导入。"),
        }
        self._say(words.get(what, ""), "ok")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self._group = QButtonGroup(self)
        top = QHBoxLayout()
        for place, button in enumerate(self.kinds):
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            self._group.addButton(button, place)
            top.addWidget(button)
        self.kinds[0].setChecked(True)
        top.addWidget(self.search)
        top.addStretch(1)
        for button in (self.new, self.edit, self.remove, self.bring_in, self.export):
            top.addWidget(button)
        show_as_lines(self.table)
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        box.addWidget(self.message)
        self._list = inside
        self.stack.addWidget(inside)
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.preview)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _connect(self) -> None:
        self._group.idClicked.connect(self._choose_kind)
        self.search.textChanged.connect(self.show_present)
        self.new.clicked.connect(self._open_new)
        self.edit.clicked.connect(self._open_chosen)
        self.remove.clicked.connect(self._remove)
        self.table.itemSelectionChanged.connect(self._choose)
        self.table.itemDoubleClicked.connect(self._open_chosen)
        self.form.saved.connect(self._presenter.save)
        self.form.left.connect(self._show_list)
        self.bring_in.clicked.connect(self._ask_table)
        self.export.clicked.connect(self._ask_export)
        self.preview.left.connect(self._show_list)
        self.preview.accepted.connect(self._presenter.take_in)
        self._presenter.read.connect(self._show_preview)
        self._presenter.written.connect(self._tell_written)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            ("Return", self._open_chosen),
            ("Enter", self._open_chosen),
            ("Insert", self._open_new),
            ("Delete", self._remove),
        ):
            QShortcut(QKeySequence(keys), self.table, context=within).activated.connect(slot)

    def _choose_kind(self, place: int) -> None:
        self._kind = KINDS[place]
        self._asks_removal = ""
        self._say("", "dim")
        self.table.clearSelection()
        self._show_heads()
        self.show_present()

    def _choose(self) -> None:
        self._asks_removal = ""
        self._show_actions()

    def _open_new(self) -> None:
        if self._presenter.may(Permission.EDIT_PEOPLE):
            self._open(blank(self._kind, self._presenter.site), None)

    def _open_chosen(self) -> None:
        entry = self._entry(self._chosen_no())
        if entry is not None and self._presenter.may(Permission.EDIT_PEOPLE):
            self._open(entry, entry)

    def _open(self, entry: SiteEntry, seen: SiteEntry | None) -> None:
        self._say("", "dim")
        self.stack.setCurrentWidget(self.form)
        self.form.open(entry, seen=seen)

    def _remove(self) -> None:
        """Asked once: what is on record stays, but nobody gets the number again."""
        entry = self._entry(self._chosen_no())
        if entry is None or not self._presenter.may(Permission.EDIT_PEOPLE):
            return
        if self._asks_removal != entry.no:
            self._asks_removal = str(entry.no)
            self._say(self.tr("再按一次删除 {name}。").format(name=f"{entry.no} {local_name(entry)}"), "warn")
            return
        self._asks_removal = ""
        self._presenter.remove(entry)

    def _ask_export(self) -> None:
        ask_file_to_save(self, self.tr("导出通讯录"), TABLE_KINDS, "guards.xlsx", self._export)

    def _ask_table(self) -> None:
        ask_file_to_open(self, self.tr("导入通讯录"), TABLE_KINDS, self._read)

    def _export(self, path: str) -> None:
        self._presenter.export(Path(path))

    def _read(self, path: str) -> None:
        self._presenter.read_table(Path(path))

    def _show_preview(self, rows: tuple[GuardRow, ...]) -> None:
        self.preview.show_rows(rows)
        self.stack.setCurrentWidget(self.preview)

    def _tell_written(self, name: str) -> None:
        self._say(self.tr("已写入 {file}").format(file=name), "ok")

    def _show_list(self) -> None:
        self.stack.setCurrentWidget(self._list)
        self.show_present()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_actions(self) -> None:
        may = self._presenter.may(Permission.EDIT_PEOPLE)
        has_one = bool(self.table.selectedItems())
        for button in (self.new, self.edit, self.remove):
            button.setVisible(may)
        self.bring_in.setVisible(may and self._kind is Guard)
        self.export.setVisible(self._kind is Guard)
        self.edit.setEnabled(has_one)
        self.remove.setEnabled(has_one)

    def _chosen_no(self) -> str:
        items = self.table.selectedItems()
        return str(items[0].data(_NO)) if items else ""

    def _entry(self, no: str) -> SiteEntry | None:
        found: Sequence[SiteEntry] = entries_of(self._presenter.site, self._kind)
        return next((entry for entry in found if entry.no == no), None)

    def _rows(self) -> list[tuple[str, ...]]:
        site = self._presenter.site
        if self._kind is Post:
            return [_post_cells(post, site) for post in site.posts]
        if self._kind is Team:
            return [_team_cells(team, site) for team in site.teams]
        return [self._guard_cells(guard) for guard in site.guards]

    def _guard_cells(self, guard: Guard) -> tuple[str, ...]:
        site, card = self._presenter.site, self._presenter.card(guard.no)
        post, team = site.post(guard.post) if guard.post else None, site.team(guard.team)
        return (
            guard.no,
            local_name(guard),
            local_name(team) if team else "–",
            local_name(post) if post else self.tr("机动"),
            guard.radio_id or "–",
            guard.phone or "–",
            listed(skill_name(skill) for skill in guard.skills) or "–",
            name_of(card.state.status) if card else "–",
        )

    def _passes(self, row: Sequence[str]) -> bool:
        query = self.search.text()
        return not query.strip() or matches(query, " ".join(row))

    def _say(self, text: str, tone: Tone) -> None:
        set_tone(self.message, tone)
        self.message.setText(text)

    def _show_heads(self) -> None:
        heads = {
            Guard: (
                self.tr("编号"),
                self.tr("姓名"),
                self.tr("班组"),
                self.tr("岗位"),
                self.tr("对讲机"),
                self.tr("电话"),
                self.tr("技能"),
                self.tr("状态"),
            ),
            Post: (
                self.tr("编号"),
                self.tr("岗位"),
                self.tr("种类"),
                self.tr("最少人数"),
                self.tr("常驻人员"),
            ),
            Team: (self.tr("编号"), self.tr("班组"), self.tr("带班人"), self.tr("人数"), self.tr("人员")),
        }[self._kind]
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(list(heads))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        wide = len(heads) - 1 if self._kind is not Guard else 6
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def _retranslate(self) -> None:
        for button, name in zip(self.kinds, (self.tr("人员"), self.tr("岗位"), self.tr("班组")), strict=True):
            button.setText(name)
        self.search.setPlaceholderText(self.tr("在表中找"))
        self.search.setAccessibleName(self.tr("在表中找"))
        self.new.setText(self.tr("新建 Ins"))
        self.edit.setText(self.tr("修改 Enter"))
        self.remove.setText(self.tr("删除 Del"))
        self.bring_in.setText(self.tr("导入…"))
        self.export.setText(self.tr("导出…"))
        self.table.setAccessibleName(self.tr("通讯录"))
        self._show_heads()
        self._say("", "dim")
        self.show_present()


def _post_cells(post: Post, site: Site) -> tuple[str, ...]:
    staff = [local_name(guard) for guard in site.guards if guard.post == post.no]
    return post.no, local_name(post), name_of(post.kind), str(post.min_staff), listed(staff) or "–"


def _team_cells(team: Team, site: Site) -> tuple[str, ...]:
    leader = site.guard(team.leader) if team.leader else None
    crew = [local_name(guard) for guard in site.guards if guard.team == team.no]
    named = local_name(leader) if leader else "–"
    return team.no, local_name(team), named, str(len(crew)), listed(crew) or "–"
