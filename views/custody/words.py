"""What stands in the tables of kept recordings, and the paper made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Document, Paragraph, Table
from services.domain.recording_days import SHORT, CameraDays, DaysState, DiskState
from services.domain.recording_troubles import ExplainedGap
from services.domain.recordings import Protection
from services.domain.site import Camera
from ui.text.keeping import kept_by, kept_until
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.sentences import reason_text
from ui.text.times import date_time

NONE = "–"
_GB, _TB = 10**9, 10**12


def camera_headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("Custody", "状态"),
        translate("Custody", "摄像机"),
        translate("Custody", "现有 / 应有（天）"),
        # Before the figures: on a small screen the last columns are scrolled to.
        translate("Custody", "预计"),
        translate("Custody", "有录像"),
        translate("Custody", "最早"),
        translate("Custody", "每天"),
        translate("Custody", "占用"),
    ]


def camera_line(one: CameraDays, camera: Camera | None) -> list[str]:
    name = f"{one.camera} {local_name(camera)}" if camera is not None else one.camera
    return [
        name_of(one.state),
        name,
        f"{one.days:.1f} / {one.wanted_days}",
        outlook(one),
        _share(one),
        date_time(one.oldest_at)[:16] if one.oldest_at else NONE,
        size(one.bytes_per_day),
        size(one.size_bytes),
    ]


def outlook(one: CameraDays) -> str:
    """What will be, in one sentence; nothing where all is well."""
    translate = QCoreApplication.translate
    reach = f"{one.days if one.reachable_days is None else one.reachable_days:.0f}"
    match one.state:
        case DaysState.MISSED:
            return translate("Custody", "硬盘不够，已提前删除，最多到 {days} 天").format(days=reach)
        case DaysState.WILL_MISS:
            day = date_time(one.misses_at)[:10]
            return translate("Custody", "{day} 起不足，最多到 {days} 天").format(day=day, days=reach)
        case DaysState.NOTHING:
            return translate("Custody", "应该录，但没有录像")
        case DaysState.GROWING:
            goal = one.wanted_days if one.reachable_days is None else one.reachable_days
            left = max(1, round(goal - one.days))
            return translate("Custody", "还差 {days} 天，够放").format(days=left)
        case DaysState.WELL if one.reachable_days is not None:
            return translate("Custody", "按配额最多到 {days} 天").format(days=reach)
        case DaysState.WELL | DaysState.OFF:
            return ""


def summary(cameras: Sequence[CameraDays]) -> str:
    translate = QCoreApplication.translate
    counted = [one for one in cameras if one.state is not DaysState.OFF]
    short = sum(one.state in SHORT for one in counted)
    nothing = sum(one.state is DaysState.NOTHING for one in counted)
    if not short and not nothing:
        return translate("Custody", "{count} 台，保管天数都够").format(count=len(counted))
    return translate("Custody", "{count} 台，{short} 台天数不足或将不足，{nothing} 台没有录像").format(
        count=len(counted), short=short, nothing=nothing
    )


def gap_headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("Custody", "从"),
        translate("Custody", "到"),
        translate("Custody", "时长"),
        translate("Custody", "原因"),
        translate("Custody", "说明"),
    ]


def gap_line(gap: ExplainedGap) -> list[str]:
    return [
        date_time(gap.gap.since),
        date_time(gap.gap.until),
        length(gap.gap.until - gap.gap.since),
        name_of(gap.cause),
        _explained(gap),
    ]


def protection_headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("Custody", "摄像机"),
        translate("Custody", "从"),
        translate("Custody", "到"),
        translate("Custody", "原因"),
        translate("Custody", "何人"),
        translate("Custody", "到期"),
    ]


def protection_line(one: Protection) -> list[str]:
    translate = QCoreApplication.translate
    return [
        one.camera,
        date_time(one.since),
        date_time(one.until) if one.until else translate("Custody", "继续"),
        one.reason,
        kept_by(one),
        kept_until(one),
    ]


def disk_headings() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("Custody", "目录"),
        translate("Custody", "状态"),
        translate("Custody", "还能写"),
        translate("Custody", "总共"),
        translate("Custody", "正在写"),
        translate("Custody", "硬盘编号"),
    ]


def disk_line(disk: DiskState) -> list[str]:
    return [
        disk.folder,
        name_of(disk.condition),
        size(disk.free_bytes) if disk.total_bytes else NONE,
        size(disk.total_bytes) if disk.total_bytes else NONE,
        "✓" if disk.is_written else "",
        disk.disk or NONE,
    ]


def paper(
    cameras: Sequence[tuple[CameraDays, Camera | None]],
    gaps: Sequence[ExplainedGap],
    gaps_of: str,
    protections: Sequence[Protection],
    disks: Sequence[DiskState],
    by: str,
    at: datetime,
) -> Document:
    """All that the screen shows; the gaps of the chosen camera only."""
    translate = QCoreApplication.translate
    blocks = [
        _table(translate("Custody", "保管天数"), camera_headings(), [camera_line(*one) for one in cameras]),
        _table(
            translate("Custody", "录像保护"), protection_headings(), [protection_line(p) for p in protections]
        ),
        _table(translate("Custody", "录像硬盘"), disk_headings(), [disk_line(disk) for disk in disks]),
    ]
    if gaps_of:
        title = translate("Custody", "{camera} 的缺口").format(camera=gaps_of)
        blocks.insert(1, _table(title, gap_headings(), [gap_line(gap) for gap in gaps]))
    note = translate("Custody", "预计按最近七天的码流推算；原因不明的缺口就写“不明”。")
    return Document(
        title=translate("Custody", "录像保管情况"),
        facts=(
            (translate("Custody", "导出人"), by),
            (translate("Custody", "导出时间"), date_time(at)),
            (translate("Custody", "概况"), summary([one for one, _ in cameras])),
        ),
        blocks=(*blocks, Paragraph(note, is_note=True)),
        is_landscape=True,
    )


def size(size_bytes: float | None) -> str:
    """In decimal units, as disks are sold; an en dash for what is not known."""
    if size_bytes is None:
        return NONE
    if size_bytes >= _TB:
        return f"{size_bytes / _TB:.2f} TB"
    return f"{size_bytes / _GB:.1f} GB" if size_bytes >= _GB else f"{size_bytes / 10**6:.0f} MB"


def length(span: timedelta) -> str:
    """1 d 02:03:04; whole seconds."""
    days, rest = divmod(max(0, round(span.total_seconds())), 86_400)
    clock = f"{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}"
    if not days:
        return clock
    return QCoreApplication.translate("Custody", "{days} 天 {clock}").format(days=days, clock=clock)


def _share(one: CameraDays) -> str:
    """How much of the days that are there has pictures."""
    return f"{min(100.0, 100.0 * one.recorded_days / one.days):.1f} %" if one.days > 0 else NONE


def _explained(gap: ExplainedGap) -> str:
    translate = QCoreApplication.translate
    # What the recorder says of a disk is the cause itself.
    parts = [reason_text(gap.detail)] if gap.detail.startswith("video.") else []
    if 0.0 < gap.explained < 0.9:
        parts.append(
            translate("Custody", "记录只说明其中 {share} %").format(share=round(100 * gap.explained))
        )
    return translate("Custody", "，").join(parts)


def _table(title: str, headings: list[str], lines: list[list[str]]) -> Table:
    return Table(
        tuple(headings),
        tuple(tuple(line) for line in lines),
        title=title,
        empty=QCoreApplication.translate("Custody", "没有"),
    )
