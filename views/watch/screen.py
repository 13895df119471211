"""The watch screen: cameras, wall, stage, and room below for the dispatch panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.domain.site import Site
from ui.no_site import NoSiteNote
from ui.stage import AlarmStage, StageScene
from ui.stage_column import WallColumn
from ui.tiles.feed import TileContent
from ui.tiles.menu import TileMenu
from ui.tiles.wall import WallSurface
from views.watch.camera_tree import CameraTree
from views.watch.layout_bar import LayoutBar
from views.watch.look_tools import LookTools
from views.watch.looking_back import LookingBack
from views.watch.number_keys import NumberKeys
from views.watch.presenter import WatchPresenter
from views.watch.tile_actions import WallActions
from views.watch.wall_hand import WallHand
from views.watch.wall_kit import WallKit
from views.watch.wall_presenter import WallPresenter
from views.watch.wall_tools import WallTools
from views.watch.zoom_keys import ZoomKeys

# A list whose names need more takes more, until the wall would be too small beside it.
_LIST_PX, _LIST_MOST_PX = 240, 340
_PANEL_SHARE = 0.4
# Narrower than this, the camera list opens closed: the wall needs the room.
_ROOMY_PX = 1150


class WatchScreen(QWidget):
    """Shows what the presenter holds; `WatchSide` is its column, put beside every screen."""

    def __init__(
        self,
        presenter: WatchPresenter,
        site: Site,
        *,
        wall: WallPresenter | None = None,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """wall: another one than the seat's own, for a window beside it; that has no stage."""
        super().__init__(parent)
        self._presenter = presenter
        self._wall_presenter = wall or presenter.wall
        self._is_main = self._hosts_stage = wall is None
        self._scene: StageScene | None = None
        self._is_list_decided = self._is_list_sized = False
        # The queue has told of an alarm by then, and keys have been taken: in a storm wall and queue together
        # would keep the window for too long.
        self._next_turn = QTimer(self)
        self._next_turn.setSingleShot(True)
        self._next_turn.setInterval(0)
        self._next_turn.timeout.connect(self._show_alarms)
        self.wall = WallSurface(self, clock=clock)
        self.stage = AlarmStage(self, clock=clock)
        self.column = WallColumn(self.wall, self.stage, self)
        self.tree = CameraTree(site.cameras, self)
        self.bar = LayoutBar(self)
        self.note = NoSiteNote(self)
        self.note.setVisible(not site.code)
        self._upper = QSplitter(Qt.Orientation.Horizontal, self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._box = QVBoxLayout()
        self._beside = QHBoxLayout()
        self._panel: QWidget | None = None
        self.numbers = NumberKeys(self._wall_presenter, site.cameras, self.bar, self)
        self.tools: WallTools | None = None
        self._looking: LookingBack | None = None
        self.look_tools: LookTools | None = None
        self._hand = WallHand(self._wall_presenter, self)
        self._zoom_keys = ZoomKeys(self.wall, self, self.numbers.take_zero)
        self._wall_actions = WallActions(self.wall, self._wall_presenter, self._hand, self)
        self.tile_menu = TileMenu(self.wall, self._wall_actions.table())
        self._build()
        self._connect()
        self._bind_keys()
        self.show_present()

    def host_panel(self, panel: QWidget) -> None:
        """Give the dispatch panel its place below the wall, where it covers nothing."""
        self._panel = panel
        self._split.addWidget(panel)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setCollapsible(1, False)
        panel.installEventFilter(self)

    def host_tools(self, kit: WallKit) -> None:
        """Menus and editors for presets, tours and own layouts, where they cover nothing."""
        self.tools = WallTools(kit, self.bar, self, self.tree.group_numbers)
        self._box.insertWidget(self._box.indexOf(self.bar) + 1, self.tools.strip)
        self._beside.insertWidget(0, self.tools.drawer)

    def host_looking_back(self, looking: LookingBack) -> None:
        """Let a tile show what was to be seen just now."""
        self._looking = looking
        self.look_tools = LookTools(self.wall, looking, self)
        self.tile_menu.add(self.look_tools.table())
        looking.changed.connect(self._show_tiles)

    def host_talk(self, bar: QWidget) -> None:
        """The line that says who is talked to, below the bar, where it covers nothing."""
        self._box.insertWidget(self._box.indexOf(self.bar) + 1, bar)

    @property
    def staged_camera(self) -> str:
        """The best camera of the alarm on the stage, "" when none is staged."""
        tiles = self._presenter.wall.stage_tiles() if self._presenter.staged else []
        return tiles[0].camera_no if tiles else ""

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self.tree.set_cameras(site.cameras)
        self.numbers.set_cameras(site.cameras)
        self.note.setVisible(not site.code)

    def show_present(self) -> None:
        """Everything as the presenter has it now; plates and stage in the window's next turn."""
        self._show_tiles()
        self._next_turn.start()

    def host_stage(self, hosts_stage: bool) -> None:
        """False while the stage is on a monitor of its own."""
        self._hosts_stage = hosts_stage
        self._show_stage()

    def show_chrome(self, shown: bool) -> None:
        """The bar above the wall; a full screen has none. Alarms are not chrome and always stay."""
        self.bar.setVisible(shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_list_decided:
            self._is_list_decided = True
            self.bar.show_list(self._is_main and self.width() >= _ROOMY_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def eventFilter(self, _panel: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._share_height()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._scene = None
            self.show_present()

    def _build(self) -> None:
        self.tree.hide()
        self._upper.addWidget(self.tree)
        self._upper.addWidget(self.column)
        self._upper.setStretchFactor(1, 1)
        self._upper.setSizes([_LIST_PX, 2000])
        self._upper.setCollapsible(1, False)
        top = QWidget(self)
        top.setLayout(self._box)
        box = self._box
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(self.note)
        self._beside.setSpacing(0)
        self._beside.addWidget(self._upper, 1)
        box.addLayout(self._beside, 1)
        self._split.addWidget(top)
        self._split.setCollapsible(0, False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)

    def _show_list(self, shown: bool) -> None:
        self.tree.setVisible(shown)
        if shown and not self._is_list_sized:
            list_px = min(max(_LIST_PX, self.tree.whole_px()), _LIST_MOST_PX)
            self._upper.setSizes([list_px, max(1, self._upper.width() - list_px)])

    def _note_list_width(self) -> None:
        """From now on it is as wide as somebody made it."""
        self._is_list_sized = True

    def _connect(self) -> None:
        presenter, wall = self._presenter, self._wall_presenter
        presenter.changed.connect(self.show_present)
        if wall is not presenter.wall:
            wall.changed.connect(self.show_present)
        self.bar.layout_chosen.connect(wall.set_layout)
        self.bar.list_toggled.connect(self._show_list)
        self._upper.splitterMoved.connect(self._note_list_width)
        self.bar.details_toggled.connect(self.wall.show_details)
        self.tree.camera_chosen.connect(wall.show_camera)
        self.tree.cameras_chosen.connect(self._put_cameras)
        self.tree.left.connect(self.wall.setFocus)
        self.wall.tile_chosen.connect(wall.choose)
        self.wall.tile_opened.connect(wall.toggle_single)
        self.wall.tiles_swapped.connect(self._hand.swap)
        self._zoom_keys.back_asked.connect(self._hand.back)
        self._zoom_keys.forward_asked.connect(self._hand.forward)
        self.tree.camera_selected.connect(wall.select_camera)
        self.wall.camera_dropped.connect(wall.put_camera)
        self.wall.cameras_dropped.connect(wall.put_cameras)
        self.wall.tiles_placed.connect(self._note_heights)
        self.wall.cameras_seen.connect(self._note_wall_seen)
        self.stage.cameras_seen.connect(self._note_stage_seen)
        for surface in (self.wall, self.stage):
            surface.alarm_action.connect(presenter.act_on)
            surface.plate_painted.connect(presenter.reports.note_displayed)
            surface.picture_painted_under_alarm.connect(presenter.reports.note_filmed)
        self.tile_menu.key_passed.connect(presenter.press)
        self.stage.plate_painted.connect(self.tile_menu.close)
        self.stage.tile_opened.connect(wall.show_camera)
        self.stage.next_asked.connect(presenter.next_on_stage)
        self.stage.previous_asked.connect(presenter.previous_on_stage)
        self.stage.put_away_asked.connect(presenter.put_away)

    def _bind_keys(self) -> None:
        QShortcut(QKeySequence("Ctrl+Shift+D"), self).activated.connect(self.bar.open_monitors)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._toggle_list)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self).activated.connect(self._clear_tile)

    def _share_height(self) -> None:
        """The wall keeps the greater part: who sends somebody still watches."""
        if self._panel is not None:
            most_px = round(self.height() * _PANEL_SHARE)
            panel_px = max(self._panel.minimumHeight(), min(self._panel.sizeHint().height(), most_px))
            self._split.setSizes([self.height() - panel_px, panel_px])

    def _show_alarms(self) -> None:
        plates = self._presenter.plates
        if self._looking is not None:
            self._looking.follow(plates)
        self.wall.set_alarms(plates)
        self._show_stage()

    def _show_tiles(self) -> None:
        plan = self._wall_presenter.plan
        self.wall.arrange(plan.cells, [self._content(index) for index in range(plan.count)])
        if self.wall.single != plan.single:
            self.wall.show_single(plan.single)
        if self.wall.chosen != plan.chosen:
            self.wall.choose(plan.chosen)
        self.bar.show_layout(plan.layout)
        self.bar.show_single(plan.single is not None)

    def _content(self, index: int) -> TileContent | None:
        live = self._wall_presenter.tile(index)
        return live if self._looking is None else self._looking.content(live)

    def _note_heights(self) -> None:
        self._wall_presenter.note_heights(self.wall.tile_heights_px())

    def _note_wall_seen(self, camera_nos: frozenset[str]) -> None:
        self._wall_presenter.note_seen("wall", camera_nos)

    def _note_stage_seen(self, camera_nos: frozenset[str]) -> None:
        self._presenter.note_stage_seen("stage", camera_nos)

    def _show_stage(self) -> None:
        waiting = self._presenter.staged if self._hosts_stage else []
        scene = None
        plate = self._presenter.stage_plate if self._hosts_stage else None
        if plate is not None:
            scene = StageScene(plate, tuple(self._presenter.stage_contents))
        if scene != self._scene or (scene is not None) != self.column.is_staged:
            self._scene = scene
            self.column.stage(scene, self._presenter.stage_position, len(waiting))
        elif waiting:
            self.stage.set_count(self._presenter.stage_position, len(waiting))

    def _toggle_list(self) -> None:
        shown = not self.tree.isVisible()
        self.bar.show_list(shown)
        if shown:
            self.tree.focus_filter()

    def _put_cameras(self, numbers: list[str]) -> None:
        self._wall_presenter.put_cameras(self._wall_presenter.plan.chosen, numbers)

    def _clear_tile(self) -> None:
        self._wall_presenter.put_camera(self._wall_presenter.plan.chosen, "")
