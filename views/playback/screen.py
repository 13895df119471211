"""The playback's page: cameras and bookmarks at the left, pictures, tools, transport and the line of time."""

from __future__ import annotations

import math
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.domain.bookmarks import Bookmark
from services.domain.recordings import Protection
from services.domain.video import StreamState
from ui.dropped_file import dropped_file
from ui.own_escape import OwnEscape
from ui.theme import Size
from ui.tiles.wall import WallSurface
from ui.timeline import Timeline
from views.playback.kit import PlaybackKit
from views.playback.left import BOOKMARKS, MOTION, LeftPages
from views.playback.motion_panel import WIDTH_PX
from views.playback.tools import Tool, ToolRow
from views.playback.transport import JUMP, Transport

TICK_MS = 40
_LEFT_PX = 230


class PlaybackScreen(QWidget):
    """Keys: Space plays and pauses, ← → one picture, Shift+← → ten seconds, - + the speed, R the other
    way, P N the mark before and after, J another kind of mark, D the calendar, ↑ ↓ a shorter or a longer line
    of time, G the nearest recording where there is none, Esc back to these keys from a list or a field; those
    of the tools stand on their buttons.
    Signals: file_wanted() when somebody wants to open a film of another maker; file_dropped(Path).
    """

    file_wanted = Signal()
    file_dropped = Signal(object)

    def __init__(self, kit: PlaybackKit, *, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._presenter = kit.playback
        self.left = LeftPages(kit, self)
        self.surface = WallSurface(self, clock=clock)
        self.surface.setAcceptDrops(False)
        self.setAcceptDrops(True)
        self.timeline = Timeline(self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.transport = Transport(kit.playback, kit.finding, self)
        self.tools = ToolRow(self)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("tone", "dim")
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._add_tools()
        # From a list or a field back to the keys of the player.
        OwnEscape(self, self.setFocus, wanted=lambda: not self.hasFocus())
        self._arrange()
        self._connect()
        self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._presenter.start()
        self._kit.bookmarks.show(self.left.currentIndex() == BOOKMARKS)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._presenter.rest()
        self._kit.listening.stop()
        self._kit.bookmarks.show(is_shown=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        presenter, finding = self._presenter, self._kit.finding
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Space:
                presenter.toggle()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                way = 1 if event.key() == Qt.Key.Key_Right else -1
                if is_far:
                    presenter.jump(way * JUMP)
                else:
                    presenter.step(way)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                presenter.faster(1)
            case Qt.Key.Key_Minus:
                presenter.faster(-1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.timeline.zoom(0.5 if event.key() == Qt.Key.Key_Up else 2.0)
            case Qt.Key.Key_G if not self._has_recording():
                finding.seek_recording(self.chosen_camera)
            case Qt.Key.Key_R:
                presenter.turn()
            case Qt.Key.Key_N | Qt.Key.Key_P:
                finding.seek(1 if event.key() == Qt.Key.Key_N else -1)
            case Qt.Key.Key_J:
                finding.next_kind()
            case Qt.Key.Key_D:
                self.transport.open_days()
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _add_tools(self) -> None:
        for tool in (*self._picture_tools(), *self._finding_tools(), *self._span_tools()):
            self.tools.add(tool)

    def _picture_tools(self) -> tuple[Tool, ...]:
        """What is done with the pictures that are shown."""
        return (
            Tool(
                lambda: self.tr("邻近"),
                lambda: self.tr("加上看得到同一处或旁边的摄像机"),
                "L",
                "neighbours",
                self._kit.finding.add_neighbours,
            ),
            Tool(
                lambda: self.tr("抓图"),
                lambda: self.tr("把选中画面按原大小存成图片"),
                "Ctrl+S",
                "snapshot",
                self._take_shot,
            ),
            Tool(
                lambda: self.tr("声音"),
                lambda: self.tr("听或不听选中画面的声音，只在原速正放时有"),
                "A",
                "listen",
                self._toggle_sound,
            ),
            Tool(
                lambda: self.tr("打开文件"),
                lambda: self.tr("打开录像文件，也可以把文件拖到这里"),
                "Ctrl+O",
                "open_file",
                self.file_wanted.emit,
            ),
        )

    def _finding_tools(self) -> tuple[Tool, ...]:
        """What notes a moment, or finds one again."""
        return (
            Tool(
                lambda: self.tr("书签"),
                lambda: self.tr("在此刻加书签"),
                "B",
                "bookmark",
                self.left.begin_bookmark,
            ),
            Tool(
                lambda: self.tr("到此刻"),
                lambda: self.tr("正在写的书签到此刻为止"),
                "Shift+B",
                "bookmark_end",
                self.left.bookmarks.end_span,
            ),
            Tool(
                lambda: self.tr("找书签"),
                lambda: self.tr("书签列表"),
                "Ctrl+B",
                "search",
                self.left.find_bookmark,
            ),
            Tool(
                lambda: self.tr("找移动"),
                lambda: self.tr("在选中画面的一处找什么时候有移动"),
                "M",
                "motion",
                self._find_motion,
            ),
        )

    def _span_tools(self) -> tuple[Tool, ...]:
        """What is done with all that lies between two moments."""
        marks = self._kit.marks
        tools = (
            Tool(lambda: self.tr("起点"), lambda: self.tr("从此刻起"), "I", "mark_in", marks.mark_in),
            Tool(lambda: self.tr("止点"), lambda: self.tr("到此刻止"), "O", "mark_out", marks.mark_out),
        )
        if not self._kit.keeping.may_protect:
            return tools
        keep = Tool(
            lambda: self.tr("保护"),
            lambda: self.tr("保护这些摄像机的这段录像，到期或解除之前谁也删不了"),
            "K",
            "protect",
            self.left.begin_keeping,
        )
        return (*tools, keep)

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_XS)
        column.addWidget(self._empty, 1)
        column.addWidget(self.surface, 1)
        column.addWidget(self.tools)
        column.addWidget(self.transport)
        column.addWidget(self.timeline)
        split = self.split
        split.addWidget(self.left)
        split.addWidget(right)
        split.setSizes([_LEFT_PX, 1000])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_S, Size.GAP_S, Size.GAP_S, Size.GAP_S)
        box.addWidget(split)

    def _connect(self) -> None:
        presenter = self._presenter
        self.timeline.sought.connect(self._seek)
        self.timeline.span_changed.connect(presenter.look_at)
        self.timeline.pointed.connect(self._ask_preview)
        presenter.previews.came.connect(self.timeline.show_picture)
        self.left.cameras.replace_asked.connect(self._replace)
        self.left.bookmarks.chosen.connect(self._go_to_bookmark)
        self.left.keeping.chosen.connect(self._go_to_kept)
        self.left.left.connect(self.setFocus)
        self._kit.marks.changed.connect(self._show_marks)
        self.left.currentChanged.connect(self._on_page)
        self._kit.listening.changed.connect(self.surface.show_heard)
        self.surface.cameras_seen.connect(self._kit.listening.keep_only)
        presenter.chosen_changed.connect(self._show_tiles)
        presenter.cameras_changed.connect(self._show_tiles)
        presenter.span_changed.connect(self._show_span)
        presenter.framed.connect(self._show_frame)
        presenter.moved.connect(self._show_place)
        self._timer.timeout.connect(self._tick)

    @property
    def chosen_camera(self) -> str:
        """Of the chosen tile, the first where none is; "" when nothing is shown."""
        index = self.surface.chosen or 0
        content = self.surface.content(index) if index < self.surface.tile_count else None
        cameras = self._presenter.cameras
        if content is not None and content.camera_no in cameras:
            return content.camera_no
        return cameras[0] if cameras else ""

    def _has_recording(self) -> bool:
        """Of the chosen tile, at this moment."""
        tiles = [tile for tile in self._presenter.tiles() if tile.camera_no == self.chosen_camera]
        return not any(tile.feed is None or tile.feed.status().state is StreamState.MISSING for tile in tiles)

    def _replace(self, camera: str) -> None:
        chosen = self.chosen_camera if self.surface.chosen is not None else ""
        self._presenter.replace(chosen, camera)

    def _take_shot(self) -> None:
        camera = self.chosen_camera
        if camera:
            self._kit.shots.take(camera, self._presenter.shown_at(camera))

    def _toggle_sound(self) -> None:
        self._kit.listening.toggle(self.chosen_camera)

    def _find_motion(self) -> None:
        """There is drawn on a picture: the page at the left is made wide enough."""
        sizes = self.split.sizes()
        if sizes[0] < WIDTH_PX:
            self.split.setSizes([WIDTH_PX, sum(sizes) - WIDTH_PX])
        self.left.find_motion(self.chosen_camera)

    def _on_page(self, page: int) -> None:
        """A search that nobody began by its key begins as if by it: with the chosen picture."""
        if page == MOTION and self.isVisible() and not self._kit.motion.camera:
            self._find_motion()
        self._kit.bookmarks.show(self.isVisible() and page == BOOKMARKS)

    def _go_to_bookmark(self, bookmark: Bookmark) -> None:
        """Its cameras are shown too: a note about what nobody sees helps nobody."""
        self._presenter.show_at(bookmark.cameras, bookmark.since)

    def _go_to_kept(self, protection: Protection) -> None:
        self._presenter.show_at([protection.camera], protection.since)

    def _show_marks(self) -> None:
        self.timeline.show_marked(self._kit.marks.since, self._kit.marks.until)

    def _seek(self, at: datetime, is_over: bool) -> None:
        self._presenter.seek(at)
        if is_over:
            self._show_place()

    def _ask_preview(self, lane: int, at: datetime) -> None:
        scale, cameras = self.timeline.scale, self._presenter.cameras
        if scale is not None and lane < len(cameras):
            self._presenter.previews.ask(cameras[lane], at, scale.since, scale.until)

    def _show_tiles(self) -> None:
        tiles = self._presenter.tiles()
        self._empty.setVisible(not tiles)
        self.surface.setVisible(bool(tiles))
        if tiles:
            columns = math.ceil(math.sqrt(len(tiles)))
            rows = math.ceil(len(tiles) / columns)
            self.surface.set_layout(columns, rows)
            for index in range(columns * rows):
                self.surface.set_tile(index, tiles[index] if index < len(tiles) else None)

    def _show_span(self) -> None:
        if self.timeline.scale is None:
            self._show_frame()
        self.timeline.show_lanes(self._presenter.lanes(), self._presenter.marks())

    def _show_frame(self) -> None:
        self.timeline.show_span(self._presenter.since, self._presenter.until)

    def _show_place(self) -> None:
        self.timeline.show_moment(self._presenter.playback.now(), is_jump=True)
        self._tick()

    def _tick(self) -> None:
        at = self._presenter.playback.now()
        self.timeline.show_moment(at)
        self.transport.show_moment(at)
        if self._presenter.is_playing and at >= self._presenter.now:
            self._presenter.pause()

    def _retranslate(self) -> None:
        self.timeline.setAccessibleName(
            self.tr("时间轴：滚轮缩放，左键拖动定位，右键拖动平移；← → Home End PageUp PageDown")
        )
        self._empty.setText(
            self.tr("在左边勾选 1 到 9 台摄像机。没有录像时，请在设置中指定录像硬盘（recording_dirs）。")
        )
        self._show_tiles()
        self._show_span()
