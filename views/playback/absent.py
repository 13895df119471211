"""What a tile says of a moment of which there is no picture: why, and where the nearest recording is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.domain.recordings import RecordingMode
from services.domain.site import Camera
from services.playback.footage import NO_RECORDING
from services.playback.lanes import Lane
from ui.text.sentences import reason_text
from ui.text.times import clock_time, date_time


def absent_words(code: str, lane: Lane | None, camera: Camera | None, at: datetime) -> str:
    """code: of the footage's trouble; what is no mere gap is said as it is."""
    if code != NO_RECORDING or lane is None:
        return reason_text(code)
    translate = QCoreApplication.translate
    before, after = lane.nearest(at)
    if before is not None and after is not None:
        text = translate("PlaybackAbsent", "之前的录像到 {before}，之后的从 {after} 起")
    elif before is not None:
        text = translate("PlaybackAbsent", "最近的录像到 {before} 为止")
    elif after is not None:
        text = translate("PlaybackAbsent", "录像从 {after} 才开始")
    elif camera is not None and camera.recording is RecordingMode.OFF:
        text = translate("PlaybackAbsent", "这台摄像机没有设为录像")
    else:
        text = translate("PlaybackAbsent", "这台摄像机还没有录像")
    said = text.format(before=_moment(before, at), after=_moment(after, at))
    if before is None and after is None:
        return said
    return translate("PlaybackAbsent", "{said}（G 键前往）").format(said=said)


def _moment(then: datetime | None, at: datetime) -> str:
    """With its day, where that is another one."""
    if then is None:
        return ""
    is_same_day = then.astimezone().date() == at.astimezone().date()
    return clock_time(then) if is_same_day else date_time(then)
