"""The people screen: 现在 / 排班 / 通讯录."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.core.errors import ServiceError
from ui.front_screen import FrontScreen
from ui.no_site import NoSiteNote
from ui.theme import Size
from views.people.contacts_page import ContactsPage
from views.people.now_page import NowPage
from views.people.presenter import PeoplePresenter
from views.people.roster_page import RosterPage
from views.people.roster_presenter import RosterPresenter

# Ages of positions go on by themselves; who is planned and has come is read again with them.
REFRESH_MS = 5_000
# Facts of a flood are shown together.
GATHER_MS = 120


class PeopleScreen(FrontScreen):
    """Only the page in front is kept current."""

    def __init__(
        self,
        presenter: PeoplePresenter,
        roster: RosterPresenter,
        *,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(presenter, parent, beat_ms=REFRESH_MS)
        self._presenter = presenter
        self._roster = roster
        self.title = QLabel(self)
        self.title.setProperty("tone", "heading")
        self.note = NoSiteNote(self)
        self.tabs = QTabWidget(self)
        self.now = NowPage(presenter, self)
        self.roster = RosterPage(roster, self)
        self.contacts = ContactsPage(presenter, clock=clock, parent=self)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        self.note.setVisible(not self._presenter.site.code)
        page = self.tabs.currentWidget()
        if isinstance(page, (NowPage, RosterPage, ContactsPage)):
            page.show_present()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_roster()
        self.show_present()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._roster.show(False)
        self._gather.stop()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        for page in (self.now, self.roster, self.contacts):
            self.tabs.addTab(page, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(Size.GAP_S)
        box.addLayout(top)
        box.addWidget(self.note)
        box.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self._gather.start)
        presenter.site_changed.connect(self.contacts.use_site)
        presenter.refused.connect(self._refuse)
        presenter.accepted.connect(self._accept)
        self._gather.timeout.connect(self.show_present)
        self._beat.timeout.connect(presenter.refresh)
        self.tabs.currentChanged.connect(self._show_roster)
        self.tabs.currentChanged.connect(self.show_present)
        self._roster.changed.connect(self._gather.start)
        self._roster.refused.connect(self.roster.refuse)
        self._roster.accepted.connect(self.roster.accept)

    def _show_roster(self) -> None:
        """The week is read while its page is in front."""
        self._roster.show(self.isVisible() and self.tabs.currentWidget() is self.roster)

    def _refuse(self, error: ServiceError) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, (NowPage, ContactsPage)):
            page.refuse(error)

    def _accept(self, what: str, guard: str) -> None:
        if what in ("saved", "removed", "imported"):
            self.contacts.accept(what)
        else:
            self.now.accept(what, guard)

    def _retranslate(self) -> None:
        self.title.setText(self.tr("人员"))
        for index, name in enumerate((self.tr("现在"), self.tr("排班"), self.tr("通讯录"))):
            self.tabs.setTabText(index, name)
        self.tabs.tabBar().setAccessibleName(self.tr("人员各页"))
        self.show_present()
