"""What stands in each cell of the health table, as text and as what it is sorted by."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from services.domain.devices import CameraEvent, HealthState
from services.domain.video import StreamState
from ui.icons import state_shape
from ui.sorted_table import Cell
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local, local_name
from ui.text.sentences import reason_text
from ui.theme import tokens
from views.health.presenter import HealthRow

NONE = "–"
_MARK_PX = 12
_URGENCY = (
    HealthState.OFFLINE,
    HealthState.BLACK,
    HealthState.FROZEN,
    HealthState.COVERED,
    HealthState.MOVED,
    HealthState.UNSTABLE,
    HealthState.UNKNOWN,
    HealthState.LIVE,
)
_SHAPES = {HealthState.UNSTABLE: StreamState.RECONNECTING, HealthState.UNKNOWN: StreamState.CONNECTING}


def headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("HealthTable", "状态"),
        translate("HealthTable", "编号"),
        translate("HealthTable", "名称"),
        translate("HealthTable", "位置"),
        translate("HealthTable", "始于"),
        translate("HealthTable", "24 小时完好率"),
        translate("HealthTable", "重连"),
        translate("HealthTable", "码率"),
        translate("HealthTable", "帧率 / 应有"),
        translate("HealthTable", "时钟偏差"),
        translate("HealthTable", "最近故障"),
        translate("HealthTable", "固件"),
    ]


def cells(row: HealthRow) -> list[Cell]:
    health, camera = row.health, row.camera
    name = local_name(camera)
    reason = reason_text(health.error) if health and health.error else ""
    fault = NONE
    if health and health.last_fault:
        fault = f"{name_of(health.last_fault)} {times.date_time(health.last_fault_at)[5:]}"
    fps = health.source_fps if health else None
    firmware = (health.firmware if health else None) or ""
    return [
        Cell(
            name_of(row.state),
            (_URGENCY.index(row.state),),
            reason,
            state_ink(row.state),
            state_icon(row.state),
        ),
        Cell(camera.no),
        Cell(name),
        Cell(local(camera.place), (camera.place,)),
        Cell(times.date_time(health.since_at)[5:] if health else NONE, (_stamp(row),)),
        Cell(NONE if row.uptime is None else f"{100 * row.uptime:.1f} %", (_number(row.uptime),)),
        Cell(str(health.reconnects) if health else NONE, (_number(health.reconnects if health else None),)),
        Cell(_rate(health.bit_rate if health else None), (_number(health.bit_rate if health else None),)),
        Cell(NONE if fps is None else f"{fps:.1f} / {camera.expected_fps:g}", (_number(fps),)),
        Cell(_offset(health.clock_offset_s if health else None), (_offset_key(row),)),
        Cell(fault, (-_stamp(row, of_fault=True),)),
        Cell(firmware or NONE, (firmware,)),
    ]


def state_icon(state: HealthState) -> QIcon:
    """The state's shape, in a colour of the theme's."""
    pixmap = QPixmap(_MARK_PX + 2, _MARK_PX + 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = state_shape(_SHAPES.get(state) or StreamState(state.value), QRectF(1, 1, _MARK_PX, _MARK_PX))
    painter.fillPath(shape, state_ink(state))
    painter.end()
    return QIcon(pixmap)


def state_ink(state: HealthState) -> QColor:
    theme = tokens()
    match state:
        case HealthState.LIVE:
            return QColor(theme.ok)
        case HealthState.UNKNOWN:
            return QColor(theme.text_dim)
        case HealthState.OFFLINE | HealthState.BLACK | HealthState.FROZEN:
            return QColor(theme.bad)
        case HealthState.COVERED | HealthState.MOVED | HealthState.UNSTABLE:
            return QColor(theme.warn)


def event_text(event: CameraEvent) -> str:
    """One line of what happened."""
    words = f"{times.date_time(event.at)}  {name_of(event.was)} → {name_of(event.state)}"
    if event.count > 1:
        folded = QCoreApplication.translate("HealthTable", "{count} 次变化合为一条")
        words += "  " + folded.format(count=event.count)
    if event.error:
        words += f"  {reason_text(event.error)}"
    return words


def _rate(bits_per_s: float | None) -> str:
    if bits_per_s is None:
        return NONE
    return f"{bits_per_s / 1e6:.2f} Mbit/s" if bits_per_s >= 1e6 else f"{bits_per_s / 1e3:.0f} kbit/s"


def _offset(offset_s: float | None) -> str:
    return (
        NONE
        if offset_s is None
        else QCoreApplication.translate("Times", "{seconds} 秒").format(seconds=f"{offset_s:+.1f}")
    )


def _offset_key(row: HealthRow) -> float:
    offset_s = row.health.clock_offset_s if row.health else None
    return -1.0 if offset_s is None else abs(offset_s)


def _number(value: float | None) -> float:
    return -1.0 if value is None else float(value)


def _stamp(row: HealthRow, *, of_fault: bool = False) -> float:
    if row.health is None:
        return 0.0
    at = row.health.last_fault_at if of_fault else row.health.since_at
    return at.timestamp() if at is not None else 0.0
