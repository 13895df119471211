"""The wall's half of the watch: which camera is where, and which streams are open for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.domain.layouts import LAYOUTS
from services.domain.site import Camera, Site
from services.domain.video import FeedStatus, StreamState
from ui.jobs import UiJobs
from ui.kept import Kept
from ui.preferences import Preferences
from ui.text.places import local_name
from ui.text.sentences import reason_text
from ui.tiles.feed import TileContent
from views.watch.ports import VideoPort
from views.watch.tile_history import TileHistory
from views.watch.wall_plan import FirstPlan, WallPlan, first_plan, plan_from_plain, plan_to_plain
from views.watch.wall_streams import OnShow, WallStreams, is_elsewhere

PREFERENCE = "watch.wall"
WHOLE_WALL = -1
SAVE_AFTER_MS = 400
LOOK_EVERY_MS = 250


class WallPresenter(QObject):
    """One wall; a seat may have several, each kept under its own `preference`.

    Signals: changed() when tiles, layout or feeds are other ones; refused(ServiceError);
    touched(index) when the operator works on a tile, WHOLE_WALL for all; camera_selected(camera_no)
    when one was chosen here, for the hotspots of the seat's other walls; restored() once, when the kept
    layout is there.
    """

    changed = Signal()
    refused = Signal(object)
    touched = Signal(int)
    camera_selected = Signal(str)
    restored = Signal()

    def __init__(
        self,
        site: Site,
        video: VideoPort,
        preferences: Preferences,
        jobs: UiJobs,
        parent: QObject | None = None,
        *,
        preference: str = PREFERENCE,
        first: FirstPlan = first_plan,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(parent)
        self.preference = preference
        self._first = first
        self._cameras: dict[str, Camera] = {camera.no: camera for camera in site.cameras}
        self._streams = WallStreams(video, clock or SystemClock())
        self._plan = self._begun_with = first(list(self._cameras))
        self._stage: tuple[str, ...] = ()
        self._locks: dict[str, str] = {}
        self._ahead: frozenset[str] = frozenset()
        self._beside: frozenset[str] = frozenset()
        self.history = TileHistory()
        self._is_running = self._is_over = False
        self._awaited = ""
        self._kept = Kept(preference, preferences, jobs, self._plain_plan, SAVE_AFTER_MS, self)
        self._kept.loaded.connect(self._restore)
        self._kept.refused.connect(self._start_without_layout)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(LOOK_EVERY_MS)
        self._look_timer.timeout.connect(self._look)

    def knows(self, camera_no: str) -> bool:
        return camera_no in self._cameras

    def title(self, camera_no: str) -> str:
        """Number and name, in the language of the moment."""
        camera = self._cameras.get(camera_no)
        return camera_no if camera is None else f"{camera_no} {local_name(camera)}"

    @property
    def camera_nos(self) -> tuple[str, ...]:
        return tuple(self._cameras)

    @property
    def plan(self) -> WallPlan:
        return self._plan

    def start(self) -> None:
        """Read the kept layout, then open the streams."""
        self._kept.load()

    def stop(self) -> None:
        """Close all streams and end all timers; a layout not yet kept is kept now."""
        self._is_running, self._is_over = False, True
        self._kept.stop()
        self._look_timer.stop()
        self._streams.close()

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now: tiles of cameras that left are empty, replaced ones reopened."""
        was, self._cameras = self._cameras, {camera.no: camera for camera in site.cameras}
        for no, camera in was.items():
            now = self._cameras.get(no)
            if now is None or is_elsewhere(camera, now):
                self._streams.drop(no)
        self._stage = tuple(no for no in self._stage if no in self._cameras)
        if not was:
            self._plan = self._first(list(self._cameras))
        self._renew_streams()

    def show_locks(self, locks: Mapping[str, str]) -> None:
        """Who steers which camera now, in words."""
        if dict(locks) != self._locks:
            self._locks = dict(locks)
            self.changed.emit()

    def reopen(self, camera_no: str) -> None:
        """Connect anew, for instance with another password."""
        self._streams.drop(camera_no)
        self._renew_streams()

    def set_layout(self, key: str) -> None:
        """A key of LAYOUTS; others change nothing."""
        if key in LAYOUTS:
            self.touched.emit(WHOLE_WALL)
            self.become(self._plan.with_layout(key, LAYOUTS[key]))

    def recall_layout(self, number: int) -> None:
        """The n-th layout, from 1, as the digit keys name them; nothing for a number beyond them."""
        if 1 <= number <= len(LAYOUTS):
            self.set_layout(list(LAYOUTS)[number - 1])

    def put_camera(self, index: int, camera_no: str) -> None:
        """On a tile by its index; "" empties it."""
        if camera_no and camera_no not in self._cameras:
            self.refused.emit(ServiceError("video.unknown_camera", camera=camera_no))
            return
        self._note(index, camera_no)
        self.become(self._plan.with_camera(index, camera_no))
        self.select_camera(camera_no)

    def put_cameras(self, index: int, camera_nos: Sequence[str]) -> None:
        """On the tile by its index and on those after it, as far as the layout goes."""
        plan = self._plan
        for at, camera_no in zip(range(index, plan.count), camera_nos, strict=False):
            if camera_no in self._cameras:
                self._note(at, camera_no)
                plan = plan.with_camera(at, camera_no)
        self.become(plan.with_chosen(index))

    def select_camera(self, camera_no: str) -> None:
        """Chosen here, in a list, on the map, by an alarm: every hotspot of the seat shows it."""
        if camera_no in self._cameras:
            self.follow_camera(camera_no)
            self.camera_selected.emit(camera_no)

    def follow_camera(self, camera_no: str) -> None:
        """Chosen on another wall: the hotspot of this one shows it."""
        hotspot = self._plan.hotspot
        if hotspot is not None and camera_no in self._cameras:
            self.become(self._plan.with_shown(hotspot, camera_no))

    def show_camera(self, camera_no: str) -> None:
        """Choose the tile that shows the camera, else put it on the hotspot, else on the chosen tile.

        Before the kept layout is there: as soon as it is, or that would take the camera away again.
        """
        if not self._is_running:
            self._awaited = camera_no
            return
        if self._plan.hotspot in self._plan.visible and not self._plan.is_elsewhere(camera_no, -1):
            self.select_camera(camera_no)
            return
        shown = [index for index in self._plan.visible if self._plan.cameras[index] == camera_no]
        if shown:
            self.choose(shown[0])
        else:
            self.put_camera(self._plan.chosen, camera_no)

    def choose(self, index: int) -> None:
        if index < self._plan.count:
            self.touched.emit(index)
            self.become(self._plan.with_chosen(index))
            if index != self._plan.hotspot:
                self.select_camera(self._plan.cameras[index])

    def toggle_single(self, index: int) -> None:
        self.touched.emit(index)
        self.become(self._plan.toggled_single(index))

    def leave_single(self) -> bool:
        """True when one tile filled the wall until now."""
        if self._plan.single is None:
            return False
        self.become(self._plan.toggled_single(self._plan.chosen))
        return True

    def want_on_stage(self, camera_nos: Iterable[str]) -> None:
        """Cameras that must be open beside those of the wall."""
        stage = tuple(no for no in camera_nos if no in self._cameras)
        if stage != self._stage:
            self._stage = stage
            self._renew_streams()

    def want_ahead(self, camera_nos: Iterable[str]) -> None:
        """Cameras that will be shown in a moment: they are opened, so that they are there at once."""
        ahead = frozenset(no for no in camera_nos if no in self._cameras)
        if ahead != self._ahead:
            self._ahead = ahead
            self._renew_streams()

    def want_beside(self, camera_nos: Iterable[str]) -> None:
        """Cameras that a second place shows, see `open_picture`."""
        beside = frozenset(no for no in camera_nos if no in self._cameras)
        if beside != self._beside:
            self._beside = beside
            self._renew_streams()

    def note_heights(self, heights_px: Sequence[int]) -> None:
        """How tall the picture of each tile is, in device pixels; 0 = hidden behind another."""
        self._streams.note_heights(heights_px)

    def note_seen(self, place: str, camera_nos: frozenset[str]) -> None:
        """What can be seen at one place that shows this wall's streams; what no place sees is not decoded."""
        self._streams.note_seen(place, camera_nos)

    def pin_alarmed(self, camera_nos: Sequence[str]) -> None:
        """The cameras of the alarm in hand, the best first: they come in their main stream."""
        if self._streams.pin_alarmed(camera_nos):
            self._look()

    def tile(self, index: int) -> TileContent | None:
        """What a tile shows; None for an empty one."""
        camera_no = self._plan.cameras[index]
        if camera_no not in self._cameras:
            return None
        content = self._content(camera_no)
        if index == self._plan.hotspot:
            return replace(content, title=self.tr("热点 · {name}").format(name=content.title))
        return content

    def stage_tiles(self) -> list[TileContent]:
        return [self._content(no) for no in self._stage]

    def open_picture(self, camera_no: str) -> TileContent | None:
        """A camera whose stream is open already, for a second place that shows it."""
        if camera_no not in self._cameras:
            return None
        content = self._content(camera_no)
        return content if content.feed is not None else None

    def statuses(self) -> list[FeedStatus]:
        """How every shown stream is, for the count of live cameras."""
        return list(self._streams.statuses().values())

    def seen_statuses(self) -> dict[str, FeedStatus]:
        """By camera number, of the streams whose pictures are looked at now."""
        return self._streams.seen_statuses()

    def states(self) -> dict[str, StreamState]:
        """How the open streams are, by camera number."""
        return self._streams.states()

    def save(self) -> None:
        """Keep the layout for the next start, now."""
        self._kept.save()

    def become(self, plan: WallPlan) -> None:
        """Show another plan, as a tour or the clock does; for the operator `touched` is emitted too."""
        if plan == self._plan:
            return
        self._plan = plan
        self._kept.touch()
        self._renew_streams()

    def _note(self, index: int, camera_no: str) -> None:
        """The operator puts another camera there."""
        if self._plan.cameras[index] != camera_no:
            self.history.note(index, self._plan.cameras[index])
        self.touched.emit(index)

    def _renew_streams(self) -> None:
        if self._is_running:
            for error in self._streams.renew(self._on_show()):
                self.refused.emit(error)
        self.changed.emit()

    def _look(self) -> None:
        if self._is_running and self._streams.look(self._on_show()):
            self.changed.emit()

    def _on_show(self) -> OnShow:
        return OnShow(self._plan, self._stage, self._ahead | self._beside, self._cameras.keys())

    def _content(self, camera_no: str) -> TileContent:
        feed, shown_stream = self._streams.best(camera_no)
        camera = self._cameras[camera_no]
        return TileContent(
            camera_no,
            local_name(camera),
            feed,
            shown_stream,
            reason_text,
            has_lens=camera.has_ptz and bool(camera.onvif_url),
            lock=self._locks.get(camera_no, ""),
        )

    def _plain_plan(self) -> dict[str, object]:
        return plan_to_plain(self._plan)

    def _restore(self, plain: dict[str, object] | None) -> None:
        if self._is_over:
            return
        kept = plan_from_plain(plain, list(self._cameras), self._first)
        if self._is_running:
            # The record was away at the start: what somebody has arranged since then stays.
            if self._plan == self._begun_with:
                self.become(kept)
            return
        self._begin(kept)

    def _begin(self, plan: WallPlan) -> None:
        self._plan = self._begun_with = plan
        self._is_running = True
        self._look_timer.start()
        self._renew_streams()
        self.restored.emit()
        awaited, self._awaited = self._awaited, ""
        if awaited:
            self.show_camera(awaited)

    def _start_without_layout(self, error: ServiceError) -> None:
        """The layout cannot be read, or kept, now."""
        if not self._is_running and not self._is_over:
            self._begin(plan_from_plain(None, list(self._cameras), self._first))
        self.refused.emit(error)
