"""The campus plan as a widget: zoom, pan, point, and drag a camera out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QHelpEvent,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from services.core.clock import Clock, SystemClock
from services.domain.arming import ZoneCondition
from services.domain.people import GuardState, GuardStatus
from services.domain.positions import is_stale
from services.domain.site import Point, Site
from ui.i18n import is_english
from ui.map.framing import Framing
from ui.map.live_paint import ALARM_REACH_PX, apart_alarms, paint_alarm, paint_compass, paint_live
from ui.map.look import PlanLook
from ui.map.marks import LiveMarks, MapAlarm, Spot, Thing
from ui.map.plan_paint import paint_plan
from ui.map.spots import describe, spot_at, spots_of
from ui.map.view import PlanView
from ui.theme import ALIGN_CENTRE, Size, font, tokens
from ui.tiles.wall import camera_mime
from ui.tips import plain_tip

_FLASH_MS = 60
_AGING_MS = 10_000
_STEP = 1.2
# Around the whole plan.
_MARGIN_PX, _COMPACT_MARGIN_PX = 34, 16


class MapCanvas(QWidget):
    """Signals carry numbers: camera_chosen, zone_chosen, guard_chosen, post_chosen, alarm_chosen;
    point_chosen(x m, y m) for a click on bare ground. alarm_painted(alarm_id, monotonic s): once per alarm.
    report_wanted(x m, y m) from the menu of a right click, where it is offered.
    """

    camera_chosen = Signal(str)
    camera_opened = Signal(str)
    zone_chosen = Signal(str)
    guard_chosen = Signal(str)
    post_chosen = Signal(str)
    alarm_chosen = Signal(str)
    point_chosen = Signal(float, float)
    alarm_painted = Signal(str, float)
    report_wanted = Signal(float, float)

    def __init__(
        self, parent: QWidget | None = None, *, is_compact: bool = False, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self._clock: Clock = clock or SystemClock()
        self._site: Site | None = None
        self._framing = Framing(_COMPACT_MARGIN_PX if is_compact else _MARGIN_PX)
        self._look = PlanLook(is_compact=is_compact)
        self._marks = LiveMarks()
        self._painted: set[str] = set()
        self._static: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._pressed_spot: Spot | None = None
        self._is_panning = False
        self._explain_more: Callable[[Spot], str] = _nothing_more
        self._offers_report = False
        self._report_at: Point = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(_FLASH_MS)
        self._timer.timeout.connect(self._flash)
        # Nothing tells that a position has become old.
        self._aging = QTimer(self)
        self._aging.setInterval(_AGING_MS)
        self._aging.timeout.connect(self.update)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 110)
        self._retranslate()

    # what to show

    def set_site(self, site: Site | None) -> None:
        """Another plan is shown whole; the same plan with other things on it stays as it is looked at."""
        was, self._site = self._site, _placed(site)
        self._framing.use_extent((site.width_m, site.height_m) if site is not None else None)
        self._marks.hovered = None
        if was is not None and site is not None and _extent(was) == _extent(site):
            self._redraw()
        else:
            self.fit()

    @property
    def site(self) -> Site | None:
        """What is shown, without cameras that have no place."""
        return self._site

    def set_cones(self, cones: Mapping[str, tuple[Point, ...]], shown: bool = True) -> None:
        """Outlines of what each camera covers, by camera number; a missing one is its bare sector."""
        self._look = replace(self._look, cones=dict(cones), shows_cones=shown)
        self._redraw()

    def show_zones(self, shown: bool) -> None:
        self._look = replace(self._look, shows_zones=shown)
        self._redraw()

    def set_zones(self, conditions: Mapping[str, ZoneCondition]) -> None:
        """How zones stand, by number."""
        if dict(conditions) != self._look.zones:
            self._look = replace(self._look, zones=dict(conditions))
            self._redraw()

    def set_guards(self, guards: Iterable[GuardState]) -> None:
        known: dict[str, GuardState] = {guard.no: guard for guard in guards}
        if known != self._marks.guards:
            self._marks.guards = known
            self.update()

    def set_alarms(self, alarms: Iterable[MapAlarm]) -> None:
        """All open alarms; they flash until claimed."""
        marks = tuple(sorted(alarms, key=lambda a: a.priority, reverse=True))
        if marks == self._marks.alarms:
            return
        self._marks.alarms = marks
        self._painted &= {alarm.alarm_id for alarm in self._marks.alarms}
        self._run_timer()
        self.update()

    def set_route(self, line: Sequence[Point]) -> None:
        """The way of a guard, from where they are to the place; empty for none."""
        self._marks.route = tuple(line)
        self.update()

    def highlight_cameras(self, camera_nos: Iterable[str]) -> None:
        lit = frozenset(camera_nos)
        if lit != self._marks.cameras_lit:
            self._marks.cameras_lit = lit
            self.update()

    def set_troubled_cameras(self, camera_nos: Iterable[str]) -> None:
        """Crossed out: whoever looks there sees nothing, or nothing of the present."""
        troubled = frozenset(camera_nos)
        if troubled != self._marks.cameras_troubled:
            self._marks.cameras_troubled = troubled
            self.update()

    def set_explain(self, explain: Callable[[Spot], str]) -> None:
        """Who says more about a spot in the tool tip; "" adds nothing to its number and name."""
        self._explain_more = explain

    def offer_report(self) -> None:
        """Let an alarm be reported from the menu of a right click."""
        self._offers_report = True

    def fit(self) -> None:
        """Show the whole plan, now and after each resize until somebody zooms or pans."""
        self._framing.resize(self.width(), self.height())
        self._framing.show_whole()
        self._redraw()

    @property
    def plan_view(self) -> PlanView:
        """Which part of the plan is seen now."""
        return self._framing.view

    @property
    def px_per_m(self) -> float:
        """How near the plan is shown."""
        return self.plan_view.px_per_m

    def centre_on(self, point: Point, least_px_per_m: float = 0.0) -> None:
        """Bring `point` near the middle, at least as near as `least_px_per_m`.

        Near the plan's edge it stays off the middle: what lies outside the plan says nothing.
        """
        self._framing.centre_on(point, least_px_per_m)
        self._redraw()

    def zoom_in(self) -> None:
        self._zoom(_STEP**2, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        self._zoom(_STEP**-2, QPointF(self.width() / 2, self.height() / 2))

    def pan(self, dx_px: float, dy_px: float) -> None:
        """The plan follows by so many pixels."""
        self._framing.pan(dx_px, dy_px)
        self._redraw()

    def said_of(self, spot: Spot) -> str:
        """What a tool tip says about it; some lines."""
        if self._site is None:
            return ""
        known = describe(spot, self._site, self._marks, english=self._look.english)
        return "\n".join(line for line in (known, self._explain_more(spot)) if line)

    def pixel_of(self, point: Point) -> QPointF:
        """Where `point` lies in the widget now."""
        return self.plan_view.to_px(point)

    def sizeHint(self) -> QSize:
        return QSize(320, 220) if self._look.is_compact else QSize(900, 630)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        if self._site is None:
            self._paint_no_site(painter)
            return
        painter.drawPixmap(0, 0, self._static_layer(self._site))
        paint_compass(painter, self.plan_view, self._look.is_compact)
        now = self._clock.now()
        self._marks.stale = frozenset(no for no, one in self._marks.guards.items() if is_stale(one, now))
        paint_live(painter, self._site, self.plan_view, self._look, self._marks)
        for alarm in apart_alarms(self._marks.alarms, self.plan_view):
            paint_alarm(painter, alarm, self.plan_view, self._clock.monotonic())
        painter.end()
        self._tell_painted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._framing.resize(self.width(), self.height())
        self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_timer()
        self._aging.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._aging.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._redraw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self._zoom(_STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._pressed_spot = self._spot_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._hover(self._spot_at(event.position()))
            return
        way = event.position() - self._pressed
        if not self._is_panning and way.manhattanLength() < QApplication.startDragDistance():
            return
        if self._pressed_spot is not None and self._pressed_spot.thing is Thing.CAMERA:
            self._drag_camera(self._pressed_spot.no)
            return
        self._is_panning = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pressed = event.position()
        self.pan(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._pressed is not None and not self._is_panning
        spot, self._pressed, self._pressed_spot, self._is_panning = self._pressed_spot, None, None, False
        self.unsetCursor()
        if was_click:
            self._tell(spot, self.plan_view.to_plan(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if spot is not None and spot.thing is Thing.CAMERA:
            self.camera_opened.emit(spot.no)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._offers_report or self._site is None:
            event.ignore()
            return
        self._report_at = self.plan_view.to_plan(QPointF(event.pos()))
        x, y = self._report_at
        if 0 <= x <= self._site.width_m and 0 <= y <= self._site.height_m:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.tr("在此报警…")).triggered.connect(self._want_report)
            menu.popup(event.globalPos())

    def _want_report(self) -> None:
        self.report_wanted.emit(*self._report_at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._explain(event)
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    # inside

    def _tell_painted(self) -> None:
        for alarm in self._marks.alarms:
            if alarm.alarm_id not in self._painted:
                self._painted.add(alarm.alarm_id)
                self.alarm_painted.emit(alarm.alarm_id, self._clock.monotonic())

    def _spot_at(self, pixel: QPointF) -> Spot | None:
        return spot_at(spots_of(self._site, self._marks), self.plan_view, pixel) if self._site else None

    def _tell(self, spot: Spot | None, point: Point) -> None:
        if spot is None:
            self.point_chosen.emit(*point)
            return
        signals = {
            Thing.CAMERA: self.camera_chosen,
            Thing.ZONE: self.zone_chosen,
            Thing.GUARD: self.guard_chosen,
            Thing.POST: self.post_chosen,
            Thing.ALARM: self.alarm_chosen,
        }
        signals[spot.thing].emit(spot.no)

    def _explain(self, event: QHelpEvent) -> None:
        spot = self._spot_at(QPointF(event.pos()))
        if self._site is None or spot is None:
            QToolTip.hideText()
            return
        box = QRect(event.pos().x() - 8, event.pos().y() - 8, 16, 16)
        QToolTip.showText(event.globalPos(), plain_tip(self.said_of(spot)), self, box)

    def _hover(self, spot: Spot | None) -> None:
        if spot != self._marks.hovered:
            self._marks.hovered = spot
            self.setCursor(Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor)
            self.update()

    def _drag_camera(self, camera_no: str) -> None:
        self._pressed = self._pressed_spot = None
        drag = QDrag(self)
        drag.setMimeData(camera_mime(camera_no))
        drag.exec(Qt.DropAction.CopyAction)

    def _zoom(self, factor: float, about_px: QPointF) -> None:
        self._framing.zoom(factor, about_px)
        self._redraw()

    def _redraw(self) -> None:
        self._static = None
        self.update()

    def _static_layer(self, site: Site) -> QPixmap:
        """What is built, drawn once per view: a flash then costs one copy and a few marks."""
        if self._static is None:
            ratio = self.devicePixelRatioF()
            self._static = QPixmap(self.size() * ratio)
            self._static.setDevicePixelRatio(ratio)
            self._static.fill(QColor(tokens().ground))
            inner = QPainter(self._static)
            paint_plan(inner, site, self.plan_view, self._look)
            inner.end()
        return self._static

    def _paint_no_site(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(tokens().panel))
        painter.setPen(QColor(tokens().text_dim))
        painter.setFont(font(Size.TEXT_M))
        flags = ALIGN_CENTRE | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 8, -12, -8), flags, self.tr("还没有导入校园平面图"))

    def _flash(self) -> None:
        for alarm in apart_alarms(self._marks.alarms, self.plan_view):
            if not alarm.is_claimed:
                at, reach = self.plan_view.to_px(alarm.at).toPoint(), ALARM_REACH_PX
                self.update(QRect(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach))

    def _run_timer(self) -> None:
        flashing = sum(not alarm.is_claimed for alarm in apart_alarms(self._marks.alarms, self.plan_view))
        if flashing and self.isVisible():
            # Of many marks each needs not be smooth; the window has more to do then.
            self._timer.start(_FLASH_MS * max(1, min(flashing // 3, 5)))
        else:
            self._timer.stop()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("校园平面图"))
        self.setAccessibleDescription(self.tr("滚轮缩放，拖动平移；可以把摄像机拖到画面上"))
        letters = {
            GuardStatus.AVAILABLE: self.tr("备"),
            GuardStatus.ON_POST: self.tr("岗"),
            GuardStatus.PATROLLING: self.tr("巡"),
            GuardStatus.DISPATCHED: self.tr("派"),
            GuardStatus.EN_ROUTE: self.tr("途"),
            GuardStatus.ON_SCENE: self.tr("场"),
            GuardStatus.BREAK: self.tr("休"),
            GuardStatus.OUT_OF_SERVICE: self.tr("停"),
            GuardStatus.DURESS: self.tr("急"),
        }
        self._look = replace(self._look, english=is_english(), letters=letters)
        self._redraw()


def _nothing_more(_spot: Spot) -> str:
    return ""


def _placed(site: Site | None) -> Site | None:
    """Without cameras of which nobody has said where they hang."""
    if site is None or all(camera.is_placed for camera in site.cameras):
        return site
    return replace(site, cameras=tuple(camera for camera in site.cameras if camera.is_placed))


def _extent(site: Site) -> tuple[str, float, float]:
    return site.code, site.width_m, site.height_m
