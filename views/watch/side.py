"""The column at the right of every screen: queue, keys, reason, small map; the keys live here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from services.alarms.handing import Recipient
from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.site import Site
from ui.linkage.record import LinkageChips
from ui.map.canvas import MapCanvas
from ui.queue.panel import QueuePanel
from views.watch.action_bar import ActionBar
from views.watch.alarm_keys import AlarmKeys
from views.watch.hands import HandsPresenter
from views.watch.notice_strip import NoticeStrip
from views.watch.presenter import WatchPresenter
from views.watch.reason_panel import ReasonPanel
from views.watch.shelf_panel import ShelfPanel
from views.watch.side_panel import SidePanel
from views.watch.transfer_panel import TransferPanel

_NEAR_PX_PER_M = 3.0


class WatchSide(QWidget):
    """Visible beside every screen, so an alarm can be answered from anywhere.

    Signals: camera_chosen(camera_no) on the map; key_pressed(action) by an alarm key; menu_asked() by the
    menu key; escaped() when Esc found nothing to leave here.
    """

    camera_chosen = Signal(str)
    key_pressed = Signal(str)
    menu_asked = Signal()
    escaped = Signal()

    def __init__(
        self,
        presenter: WatchPresenter,
        site: Site,
        *,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.queue = QueuePanel(self, clock=clock)
        self.queue.set_user(presenter.session.user)
        self.action_bar = ActionBar(presenter.session, self)
        self.reason = ReasonPanel(self)
        self.shelf = ShelfPanel(self)
        self.transfer = TransferPanel(self)
        self._panels: tuple[SidePanel, ...] = (self.reason, self.shelf, self.transfer)
        self.strip = NoticeStrip(self)
        self.linkage = LinkageChips(self)
        self.map = MapCanvas(self, is_compact=True, clock=clock)
        self.use_site(site)
        self._keys = AlarmKeys(presenter, self, self.escape)
        self._first_to_leave: tuple[Callable[[], bool], ...] = ()
        self._centred_on = ""
        self._build()
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        """Everything as the presenter has it now."""
        alarm = self._presenter.highlighted
        self.queue.highlight(alarm.id if alarm else "")
        self.queue.set_alarms(self._presenter.queue)
        self.linkage.show_runs(self._presenter.highlighted_runs)
        self.action_bar.show_alarm(alarm, self._presenter.actions)
        self.map.set_alarms(self._presenter.map_alarms)
        self.map.set_guards(self._presenter.guards_on_call)
        self.map.set_troubled_cameras(self._presenter.troubled_cameras)
        self.map.highlight_cameras(alarm.feeds if alarm else ())
        self._leave_stale_reason()
        self._leave_ended_place()

    def follow(self, hands: HandsPresenter) -> None:
        """Where alarms are laid aside, handed over and decided in groups."""
        self.strip.follow(hands)
        self.strip.alarm_wanted.connect(self._presenter.pick)
        self._presenter.aside_wanted.connect(hands.begin)
        self._presenter.set_accept(hands.accept_first)
        hands.shelf_wanted.connect(self._ask_shelf)
        hands.recipients_found.connect(self._ask_transfer)
        hands.group_wanted.connect(self._ask_group)
        hands.take_over_wanted.connect(self._ask_take_over)
        hands.accepted.connect(self._forget_reason)
        self.shelf.given.connect(hands.shelve)
        self.transfer.given.connect(hands.ask)
        self.reason.group_decided.connect(hands.decide_group)
        self.reason.take_over_given.connect(hands.take_over)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self.map.set_site(site)
        self.queue.use_limits(site.limits)

    def set_first_to_leave(self, *leave: Callable[[], bool]) -> None:
        """What Esc leaves before tile, stage and selection; each returns False when it was not open."""
        self._first_to_leave = leave

    def centre_map(self) -> None:
        """Bring the highlighted alarm's place to the middle of the small map."""
        alarm, place = self._presenter.highlighted, self._presenter.place
        if alarm is not None and place is not None:
            self._centred_on = alarm.id
            self.map.centre_on(place, _NEAR_PX_PER_M)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The keyboard is usually on the queue, where the menu key means the chosen tile."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_asked.emit()

    def _build(self) -> None:
        upper = QWidget(self)
        box = QVBoxLayout(upper)
        box.setContentsMargins(4, 4, 4, 0)
        box.setSpacing(4)
        box.addWidget(self.strip)
        box.addWidget(self.queue, 1)
        for panel in self._panels:
            box.addWidget(panel)
        box.addWidget(self.linkage)
        box.addWidget(self.action_bar)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(upper)
        split.addWidget(self.map)
        split.setStretchFactor(0, 1)
        split.setSizes([600, 230])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.reason_wanted.connect(self._ask_reason)
        presenter.accepted.connect(self._forget_reason)
        self.queue.alarm_picked.connect(presenter.pick)
        self.queue.alarm_opened.connect(self._open_alarm)
        self.queue.card_painted.connect(presenter.reports.note_displayed)
        self.action_bar.pressed.connect(presenter.press)
        self.reason.decided.connect(presenter.decide)
        self.reason.reset_given.connect(presenter.reset)
        for panel in self._panels:
            panel.left.connect(self._leave_reason)
        self.map.alarm_chosen.connect(presenter.pick)
        self.map.camera_chosen.connect(self.camera_chosen)
        self._keys.pressed.connect(self.key_pressed)
        self._keys.bind("Ctrl+M", self.centre_map)

    def _open_alarm(self, alarm_id: str) -> None:
        self._presenter.pick(alarm_id)
        self.centre_map()

    def _ask_reason(self, alarm: Alarm, action: str) -> None:
        self._leave_panels()
        self.reason.ask(alarm, action)
        self._make_room()

    def _ask_take_over(self, alarm: Alarm) -> None:
        self._ask_reason(alarm, "transfer")

    def _ask_shelf(self, alarm: Alarm) -> None:
        self._leave_panels()
        self.shelf.ask(alarm)
        self._make_room()

    def _ask_transfer(self, alarm_id: str, recipients: list[Recipient]) -> None:
        alarm = next((found for found in self._presenter.queue if found.id == alarm_id), None)
        if alarm is not None:
            self._leave_panels()
            self.transfer.ask(alarm, recipients)
            self._make_room()

    def _ask_group(self, alarms: list[Alarm]) -> None:
        if alarms:
            self._leave_panels()
            self.reason.ask_group(alarms)
            self._make_room()

    def _make_room(self) -> None:
        """While a question is open, its answer is what there is to press."""
        self.action_bar.setVisible(not any(panel.alarm_id for panel in self._panels))

    def _leave_panels(self) -> bool:
        """One question at a time; True when one was open."""
        opened = [panel for panel in self._panels if panel.alarm_id]
        for panel in opened:
            panel.leave()
        return bool(opened)

    def _leave_reason(self) -> None:
        self._make_room()
        self.queue.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_reason(self, alarm_id: str, action: str) -> None:
        for panel in self._panels:
            panel.forget(alarm_id, action)

    def _leave_stale_reason(self) -> None:
        """The alarm it asks about has ended elsewhere."""
        here = {alarm.id for alarm in self._presenter.queue}
        for panel in self._panels:
            panel.keep_only(here)

    def _leave_ended_place(self) -> None:
        """The alarm whose place the small map was brought to has ended: the whole plan again."""
        if self._centred_on and all(a.id != self._centred_on for a in self._presenter.queue):
            self._centred_on = ""
            self.map.fit()

    def escape(self) -> None:
        """Leave one thing: the reason, what `set_first_to_leave` names, then what the presenter has."""
        if self._leave_panels():
            return
        if not self._leave_first() and not self._presenter.back():
            self.escaped.emit()

    def _leave_first(self) -> bool:
        return any(leave() for leave in self._first_to_leave)
