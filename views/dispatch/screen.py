"""The dispatch panel below the wall: facts, map with ranked guards, order; it blocks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.domain.site import Site
from ui.enter_key import focused_button, is_enter
from ui.map.canvas import MapCanvas
from ui.map.marks import MapAlarm
from ui.progress import ProgressList
from ui.text import times
from ui.text.places import local_name
from ui.tiles.feed import TileContent
from ui.tiles.surface import TileSurface
from ui.waiting_orders import WaitingOrders
from views.dispatch.candidate_list import CandidateList
from views.dispatch.facts import FactList
from views.dispatch.order_form import OrderForm
from views.dispatch.presenter import DispatchPresenter, Subject
from views.dispatch.waiting import waiting_lines
from views.dispatch.words import deadlines_text

_CHOOSE, _PROGRESS, _PLAN = 0, 1, 2
_ROOMY_PX = 1250
_NEAR_PX_PER_M = 1.3
LEAST_HEIGHT_PX = 250
Picture = Callable[[str], TileContent | None]


class DispatchPanel(QFrame):
    """Hidden until the presenter opens. picture: gives an open stream by camera number.

    Signals: cameras_seen(frozenset of numbers) as the wall's; cameras_wanted(tuple of numbers) that must be
    open for it, () when it closes.
    """

    cameras_seen = Signal(frozenset)
    cameras_wanted = Signal(tuple)

    def __init__(
        self,
        presenter: DispatchPresenter,
        site: Site,
        picture: Picture,
        *,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._presenter = presenter
        self._picture = picture
        self._feeds: tuple[str, ...] = ()
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QPushButton(self)
        self._close.setProperty("kind", "quiet")
        self._facts = FactList(self)
        self._tile = TileSurface(self, clock=clock)
        self._tile.set_layout(1, 1)
        self._tile.cameras_seen.connect(self.cameras_seen)
        self.map = MapCanvas(self, is_compact=True, clock=clock)
        self.map.set_site(site)
        self._limits = site.limits
        self._site = site
        self.list = CandidateList(self)
        self.order = OrderForm(self)
        self._pages = QStackedWidget(self)
        self.progress = ProgressList(self)
        self.waiting = WaitingOrders(self)
        self._tabs = QButtonGroup(self)
        self._choose_tab = QPushButton(self)
        self._plan_tab = QPushButton(self)
        self._plan: QWidget | None = None
        self._is_plan_wanted = True
        # Not within a resizing: what gets a new parent while Qt holds painting back, to grab a picture of
        # the window, is never painted.
        self._placing = QTimer(self)
        self._placing.setSingleShot(True)
        self._placing.setInterval(0)
        self._placing.timeout.connect(self._place_plan)
        self._row = QHBoxLayout()
        self._progress_tab = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()
        self.hide()

    def leave(self) -> bool:
        """Close and keep the draft; False when it was not open. For Esc."""
        return self._presenter.leave()

    def renew_picture(self) -> None:
        """Show the stream that the wall has open now: it changes to another, closes one and opens it anew."""
        if self.isVisible():
            contents = (self._picture(camera_no) for camera_no in self._feeds)
            self._tile.set_tile(0, next((content for content in contents if content is not None), None))

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self._site = site
        self.map.set_site(site)
        self._limits = site.limits
        self._show_words()

    def host_plan(self, plan: QWidget) -> None:
        """The plan's steps: at the right where there is room, else a page of their own."""
        self._plan = plan
        self._place_plan()

    def keep_plan_beside(self, is_wanted: bool) -> None:
        """Whether the plan has something to show beside the order; its page is there either way."""
        if is_wanted is not self._is_plan_wanted:
            self._is_plan_wanted = is_wanted
            self._place_plan()

    def show_plan(self) -> None:
        """The plan in front, with the keyboard on it."""
        if self._plan is not None:
            if self._pages.indexOf(self._plan) == _PLAN:
                self._show_page(_PLAN)
            self._plan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_present(self) -> None:
        subject = self._presenter.subject
        if subject is None:
            return
        self._facts.show_subject(subject)
        chosen = self._presenter.chosen
        self.list.show_candidates(self._presenter.candidates, chosen)
        self._show_map(subject)
        self._show_order()
        dispatches = self._presenter.dispatches
        self.progress.show_dispatches(dispatches)
        self.waiting.show_orders(waiting_lines(self._site, self._presenter.waiting))
        self._progress_tab.setEnabled(bool(dispatches))
        self._show_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends from wherever in the panel the keyboard is but the plan; a button it presses."""
        button = focused_button()
        if not is_enter(event) or self._is_on_plan():
            super().keyPressEvent(event)
        elif button is not None:
            button.click()
        elif self._pages.currentIndex() == _CHOOSE:
            self._presenter.send()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placing.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(12)
        for number, tab in enumerate((self._choose_tab, self._progress_tab, self._plan_tab)):
            tab.setCheckable(True)
            tab.setProperty("kind", "chip")
            self._tabs.addButton(tab, number)
            head.addWidget(tab)
        head.addStretch(1)
        head.addWidget(self._close)
        row = self._row
        row.setSpacing(8)
        row.addLayout(self._left(), 3)
        row.addWidget(self.map, 3)
        self._pages.addWidget(self._choosing())
        self._pages.addWidget(self._progressing())
        row.addWidget(self._pages, 8)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 8)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.waiting)
        box.addLayout(row, 1)
        self.setMinimumHeight(LEAST_HEIGHT_PX)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.addWidget(self._facts)
        left.addWidget(self._tile, 1)
        return left

    def _choosing(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list, 4)
        row.addWidget(self.order, 3)
        return page

    def _progressing(self) -> QWidget:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.progress)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.opened.connect(self._open)
        presenter.left.connect(self._leave)
        presenter.changed.connect(self.show_present)
        presenter.sent.connect(self._show_progress)
        self._close.clicked.connect(self._close_clicked)
        self.order.send_asked.connect(presenter.send)
        self.order.written.connect(self._write)
        self.order.channel_chosen.connect(presenter.set_channel)
        self.list.guard_chosen.connect(presenter.choose)
        self.map.guard_chosen.connect(presenter.choose)
        self._tabs.idClicked.connect(self._show_page)
        self.progress.advance_asked.connect(presenter.advance)
        self.progress.feedback_given.connect(presenter.give_feedback)
        self.progress.return_asked.connect(presenter.return_order)
        self.progress.cancel_asked.connect(presenter.cancel)
        self.progress.send_again_asked.connect(presenter.send_again)
        self.waiting.withdraw_asked.connect(presenter.queue.withdraw)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_moved)

    def _place_plan(self) -> None:
        plan = self._plan
        if plan is None:
            self._plan_tab.hide()
            return
        is_roomy = self.width() >= _ROOMY_PX and self._is_plan_wanted
        is_beside = self._row.indexOf(plan) >= 0
        if is_roomy and not is_beside:
            page = self._pages.currentIndex()
            self._pages.removeWidget(plan)
            self._row.addWidget(plan, 5)
            plan.show()
            self._show_page(_CHOOSE if page == _PLAN else page)
        elif not is_roomy and self._pages.indexOf(plan) < 0:
            self._row.removeWidget(plan)
            self._pages.addWidget(plan)
        self._plan_tab.setVisible(not is_roomy)

    # what happened

    def _open(self) -> None:
        subject = self._presenter.subject
        has_running = any(dispatch.is_running for dispatch in self._presenter.dispatches)
        self._show_page(_PROGRESS if has_running else _CHOOSE)
        if subject is not None:
            self._feeds = subject.alarm.feeds if subject.alarm else ()
            self.cameras_wanted.emit(self._feeds[:1])
            if subject.at is not None:
                self.map.centre_on(subject.at, _NEAR_PX_PER_M)
        self.show()
        self.renew_picture()
        self.show_present()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave(self) -> None:
        self._tile.set_tile(0, None)
        self.hide()
        self.cameras_wanted.emit(())

    def _close_clicked(self) -> None:
        self._presenter.leave()

    def _is_on_plan(self) -> bool:
        """A note typed for a step and finished with Enter must not send somebody."""
        focused, plan = QApplication.focusWidget(), self._plan
        return plan is not None and focused is not None and (focused is plan or plan.isAncestorOf(focused))

    def _enter_sends(self) -> bool:
        return not self._is_on_plan() and focused_button() in (None, self.order.send_button)

    def _on_focus_moved(self, _was: QWidget | None, _now: QWidget | None) -> None:
        if self.isVisible():
            self._show_words()

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._tabs.button(page).setChecked(True)

    def _show_progress(self, _dispatch: object) -> None:
        self._show_page(_PROGRESS)

    def _write(self, text: str) -> None:
        if text != self._presenter.order_text:
            self._presenter.write(text)

    def _show_map(self, subject: Subject) -> None:
        alarm = subject.alarm
        mark = alarm and alarm.at and MapAlarm(alarm.id, alarm.priority, alarm.at, is_claimed=True)
        self.map.set_alarms([mark] if mark else [])
        routes = self._presenter.routes
        self.map.set_route(routes[-1] if routes else ())
        self.map.set_guards(self._presenter.guards)

    def _show_order(self) -> None:
        presenter = self._presenter
        self.order.show_order(presenter.order_text, presenter.draft.channel)
        self.order.allow_send(presenter.chosen is not None or presenter.is_ranking)

    def _show_words(self) -> None:
        subject = self._presenter.subject
        alarm = subject.alarm if subject else None
        self.order.show_send(
            self._send_words(), deadlines_text(self._limits[alarm.priority] if alarm else None)
        )
        count = len(self._presenter.dispatches)
        self._progress_tab.setText(self.tr("处置进展 {count}").format(count=count))

    def _send_words(self) -> str:
        chosen = self._presenter.chosen
        if self._presenter.is_sending:
            return self.tr("正在派出…")
        if chosen is None:
            return self.tr("正在排序保安…") if self._presenter.is_ranking else self.tr("没有可派的保安")
        words = (
            self.tr("派 {guard}（{distance}） Enter")
            if self._enter_sends()
            else self.tr("派 {guard}（{distance}）")
        )
        far = times.distance(chosen.distance_m)
        return words.format(guard=local_name(chosen.guard), distance=far)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("派警"))
        self._choose_tab.setText(self.tr("选派"))
        self._plan_tab.setText(self.tr("预案"))
        self._close.setText(self.tr("收起 Esc"))
        self.list.setAccessibleName(self.tr("可派保安，最合适的在前"))
        self._show_words()
        self.show_present()
