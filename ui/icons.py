"""Marks that carry meaning by their shape, and the icons of rails and buttons."""

from __future__ import annotations

import math

import qtawesome
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QIcon, QPainterPath, QPolygonF

from services.domain.classes import Priority
from services.domain.video import StreamState
from ui.theme import tokens

# Material Design Icons (qtawesome, mdi6) by the name that screens use.
_GLYPHS: dict[str, str] = {
    "watch": "mdi6.monitor-eye",
    "map": "mdi6.map-outline",
    "incidents": "mdi6.clipboard-alert-outline",
    "dispatch": "mdi6.send-outline",
    "playback": "mdi6.play-box-multiple-outline",
    "people": "mdi6.account-group-outline",
    "plans": "mdi6.clipboard-list-outline",
    "planrun": "mdi6.clipboard-play-outline",
    "drills": "mdi6.clipboard-clock-outline",
    "more": "mdi6.dots-horizontal",
    "devices": "mdi6.cctv",
    "linkage": "mdi6.transit-connection-variant",
    "handover": "mdi6.account-switch-outline",
    "custody": "mdi6.archive-lock-outline",
    "health": "mdi6.heart-pulse",
    "protect": "mdi6.lock-clock",
    "evidence": "mdi6.briefcase-check-outline",
    "mark_in": "mdi6.arrow-expand-right",
    "mark_out": "mdi6.arrow-collapse-right",
    "review": "mdi6.clipboard-check-outline",
    "zones": "mdi6.shield-home-outline",
    "fire": "mdi6.fire-hydrant",
    "firedevices": "mdi6.smoke-detector-variant",
    "record": "mdi6.bell-outline",
    "reports": "mdi6.chart-box-outline",
    "audit": "mdi6.shield-search",
    "lock": "mdi6.lock-outline",
    "search": "mdi6.magnify",
    "close": "mdi6.close",
    "camera": "mdi6.cctv",
    "guard": "mdi6.shield-account-outline",
    "previous": "mdi6.chevron-left",
    "next": "mdi6.chevron-right",
    "sound": "mdi6.volume-high",
    "user": "mdi6.account-circle-outline",
    "plus": "mdi6.plus",
    "up": "mdi6.chevron-up",
    "down": "mdi6.chevron-down",
    "play": "mdi6.play",
    "pause": "mdi6.pause",
    "back_10": "mdi6.rewind-10",
    "on_10": "mdi6.fast-forward-10",
    "alarm_before": "mdi6.skip-backward-outline",
    "alarm_after": "mdi6.skip-forward-outline",
    "turn": "mdi6.swap-horizontal",
    "step_back": "mdi6.skip-previous",
    "step_on": "mdi6.skip-next",
    "calendar": "mdi6.calendar-month-outline",
    "neighbours": "mdi6.camera-marker-outline",
    "snapshot": "mdi6.camera-outline",
    "listen": "mdi6.volume-high",
    "open_file": "mdi6.file-video-outline",
    "bookmark": "mdi6.bookmark-plus-outline",
    "motion": "mdi6.motion-sensor",
    "bookmark_end": "mdi6.bookmark-check-outline",
    "stop": "mdi6.stop",
    "tour": "mdi6.rotate-3d-variant",
    "undo": "mdi6.undo",
    "star": "mdi6.star-outline",
    "starred": "mdi6.star",
    "fold": "mdi6.unfold-more-horizontal",
    "monitors": "mdi6.monitor-multiple",
}


def icon(name: str) -> QIcon:
    """The icon that screens call `name`, in the theme's text colour; KeyError for an unknown name."""
    theme = tokens()
    made: QIcon = qtawesome.icon(
        _GLYPHS[name], color=theme.text_dim, color_active=theme.text, color_on=theme.on_accent
    )
    return made


def priority_shape(priority: Priority, area: QRectF) -> QPainterPath:
    """Octagon, triangle, diamond, circle for P1 to P4: readable without colour."""
    path = QPainterPath()
    match priority:
        case Priority.P1:
            path.addPolygon(_regular(area, corners=8, turn_deg=22.5))
        case Priority.P2:
            path.addPolygon(
                QPolygonF([QPointF(area.center().x(), area.top()), area.bottomRight(), area.bottomLeft()])
            )
        case Priority.P3:
            path.addPolygon(_regular(area, corners=4, turn_deg=0))
        case Priority.P4:
            path.addEllipse(area)
    path.closeSubpath()
    return path


def state_shape(state: StreamState, area: QRectF) -> QPainterPath:
    """Disc live, triangle late, ring connecting, two bars reconnecting, cross offline.

    Star frozen, square black, half disc covered, arrow moved, two triangles to the left recorded, a bar
    that lies missing.
    """
    path = QPainterPath()
    inner = area.adjusted(2, 2, -2, -2)
    match state:
        case StreamState.LIVE:
            path.addEllipse(area)
        case StreamState.LATE:
            path.addPolygon(
                QPolygonF([QPointF(area.center().x(), area.top()), area.bottomRight(), area.bottomLeft()])
            )
            path.closeSubpath()
        case StreamState.CONNECTING:
            path.addEllipse(area)
            path.addEllipse(inner)
        case StreamState.RECONNECTING:
            path.addRect(QRectF(area.left(), area.top(), area.width() * 0.36, area.height()))
            path.addRect(
                QRectF(area.right() - area.width() * 0.36, area.top(), area.width() * 0.36, area.height())
            )
        case StreamState.OFFLINE:
            path.addPolygon(_cross(area))
            path.closeSubpath()
        case StreamState.FROZEN:
            path.addPolygon(_star(area))
            path.closeSubpath()
        case StreamState.BLACK:
            path.addRect(area)
        case StreamState.COVERED:
            path.moveTo(area.left(), area.center().y())
            path.arcTo(area, 180, -180)
            path.closeSubpath()
        case StreamState.MOVED:
            path.addPolygon(_arrow(area))
            path.closeSubpath()
        case StreamState.RECORDED:
            for left in (area.left(), area.center().x()):
                path.addPolygon(_leftwards(QRectF(left, area.top(), area.width() / 2, area.height())))
                path.closeSubpath()
        case StreamState.MISSING:
            height = area.height() * 0.36
            path.addRect(QRectF(area.left(), area.center().y() - height / 2, area.width(), height))
    return path


def _regular(area: QRectF, corners: int, turn_deg: float) -> QPolygonF:
    centre, radius = area.center(), area.width() / 2
    angles = [math.radians(turn_deg + 360 * index / corners) for index in range(corners)]
    return QPolygonF(
        [QPointF(centre.x() + radius * math.cos(a), centre.y() + radius * math.sin(a)) for a in angles]
    )


def _star(area: QRectF) -> QPolygonF:
    centre, radius = area.center(), area.width() / 2
    points = []
    for index in range(12):
        reach = radius * (1.1 if index % 2 == 0 else 0.42)
        angle = math.radians(30 * index - 90)
        points.append(QPointF(centre.x() + reach * math.cos(angle), centre.y() + reach * math.sin(angle)))
    return QPolygonF(points)


def _arrow(area: QRectF) -> QPolygonF:
    left, right, middle, up, down = (
        area.left(), area.right(), area.center().x(), area.top(), area.bottom(),
    )  # fmt: skip
    shaft = area.height() * 0.16
    y = area.center().y()
    points = [
        (left, y - shaft), (middle, y - shaft), (middle, up), (right, y),
        (middle, down), (middle, y + shaft), (left, y + shaft),
    ]  # fmt: skip
    return QPolygonF([QPointF(x, y) for x, y in points])


def _leftwards(area: QRectF) -> QPolygonF:
    return QPolygonF([QPointF(area.left(), area.center().y()), area.topRight(), area.bottomRight()])


def _cross(area: QRectF) -> QPolygonF:
    arm = area.width() * 0.3
    left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
    centre_x, centre_y, half = area.center().x(), area.center().y(), arm / 1.4
    points = [
        (left, top + arm / 2), (left + arm / 2, top), (centre_x, centre_y - half), (right - arm / 2, top),
        (right, top + arm / 2), (centre_x + half, centre_y), (right, bottom - arm / 2),
        (right - arm / 2, bottom), (centre_x, centre_y + half), (left + arm / 2, bottom),
        (left, bottom - arm / 2), (centre_x - half, centre_y),
    ]  # fmt: skip
    return QPolygonF([QPointF(x, y) for x, y in points])
