"""The column at the right of every screen: queue, keys, reason, small map; the keys live here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.site import Site
from ui.linkage.record import LinkageLine
from ui.map.canvas import MapCanvas
from ui.queue.panel import QueuePanel
from views.watch.action_bar import ActionBar
from views.watch.alarm_keys import AlarmKeys
from views.watch.presenter import WatchPresenter
from views.watch.reason_panel import ReasonPanel

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
        self.action_bar = ActionBar(self)
        self.reason = ReasonPanel(self)
        self.linkage = LinkageLine(self)
        self.map = MapCanvas(self, is_compact=True, clock=clock)
        self.map.set_site(site)
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
        self.map.highlight_cameras(alarm.feeds if alarm else ())
        self._leave_stale_reason()
        self._leave_ended_place()

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self.map.set_site(site)

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
        box.addWidget(self.queue, 1)
        box.addWidget(self.reason)
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
        self.queue.alarm_picked.connect(presenter.pick)
        self.queue.alarm_opened.connect(self._open_alarm)
        self.queue.card_painted.connect(presenter.reports.note_displayed)
        self.action_bar.pressed.connect(presenter.press)
        self.reason.decided.connect(presenter.decide)
        self.reason.reset_given.connect(presenter.reset)
        self.reason.left.connect(self._leave_reason)
        self.map.alarm_chosen.connect(presenter.pick)
        self.map.camera_chosen.connect(self.camera_chosen)
        self._keys.pressed.connect(self.key_pressed)
        self._keys.bind("Ctrl+M", self.centre_map)

    def _open_alarm(self, alarm_id: str) -> None:
        self._presenter.pick(alarm_id)
        self.centre_map()

    def _ask_reason(self, alarm: Alarm, action: str) -> None:
        self.reason.ask(alarm, action)

    def _leave_reason(self) -> None:
        self.queue.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_stale_reason(self) -> None:
        """The alarm it asks about has ended elsewhere."""
        if self.reason.alarm_id and all(a.id != self.reason.alarm_id for a in self._presenter.queue):
            self.reason.leave()

    def _leave_ended_place(self) -> None:
        """The alarm whose place the small map was brought to has ended: the whole plan again."""
        if self._centred_on and all(a.id != self._centred_on for a in self._presenter.queue):
            self._centred_on = ""
            self.map.fit()

    def escape(self) -> None:
        """Leave one thing: the reason, what `set_first_to_leave` names, then what the presenter has."""
        if self.reason.alarm_id:
            self.reason.leave()
        elif not self._leave_first() and not self._presenter.back():
            self.escaped.emit()

    def _leave_first(self) -> bool:
        return any(leave() for leave in self._first_to_leave)
