# ruff: noqa: E501 - one sentence per line reads better than a broken one
"""What lies on a recorder, or why that could not be learned, in a few sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.core.errors import ServiceError
from services.devices.recorders.looking import RecorderReport
from services.video import trouble
from ui.local_zone import local_zone
from ui.text import sentence
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.times import date_time

# Less is what two clocks differ by anyway, and what a recorder tells to the second only.
CLOCK_OFF_S = 2.0

# The usual sentences speak of a camera.
# fmt: off
_WHY: dict[str, str] = {
    trouble.UNAUTHORIZED: QT_TRANSLATE_NOOP("Recorder", "录像机不认这个用户名和密码。请核对录像机上的账号；留空则用摄像机的账号。"),
    trouble.NOT_FOUND: QT_TRANSLATE_NOOP("Recorder", "录像机上没有这个地址或通道。请核对地址和通道。"),
    trouble.REFUSED: QT_TRANSLATE_NOOP("Recorder", "录像机拒绝了：端口没有开，或它不能按时间回放。请核对端口，并在录像机上启用回放。"),
    trouble.TIMEOUT: QT_TRANSLATE_NOOP("Recorder", "录像机没有及时回答。请检查网络，或稍后再试。"),
    trouble.UNREACHABLE: QT_TRANSLATE_NOOP("Recorder", "到不了录像机。请检查地址和网络。"),
    trouble.BAD_STREAM: QT_TRANSLATE_NOOP("Recorder", "录像机给的码流读不懂。请在录像机上把编码改为 H.264 或 H.265。"),
    trouble.UNSUPPORTED: QT_TRANSLATE_NOOP("Recorder", "录像机的编码或地址不支持。要 H.264 或 H.265。"),
    trouble.ENDED: QT_TRANSLATE_NOOP("Recorder", "录像机挂断了连接。请看它的回放路数是否已满。"),
    trouble.BAD_CERTIFICATE: QT_TRANSLATE_NOOP("Recorder", "录像机的证书不可信。请核对后记下它的指纹。"),
}
# fmt: on


def why_not(error: ServiceError) -> str:
    text = _WHY.get(error.code)
    return _said(text) if text is not None else sentence(error)


def found(report: RecorderReport) -> str:
    """A sentence a line; plain text."""
    lines = []
    if report.spans:
        lines.append(_there(report))
    elif report.error is None:
        lines.append(_said(QT_TRANSLATE_NOOP("Recorder", "录像机答应了，但这个通道没有录像。")))
    if report.error is not None:
        lines.append(why_not(report.error))
    if report.picture_at is not None:
        text = _said(QT_TRANSLATE_NOOP("Recorder", "取到了 {at} 的画面。"))
        lines.append(text.format(at=date_time(report.picture_at)))
    if report.clock_ahead_s is not None and abs(report.clock_ahead_s) >= CLOCK_OFF_S:
        text = _said(
            QT_TRANSLATE_NOOP("Recorder", "录像机的时钟与本机差 {seconds} 秒，时间轴会跟着错：请给它校时。")
        )
        lines.append(text.format(seconds=f"{report.clock_ahead_s:+.0f}"))
    return "\n".join(lines)


def _there(report: RecorderReport) -> str:
    spans, zone = report.spans, local_zone()
    days = {
        since.astimezone(zone).date().toordinal() + further
        for since, until in spans
        for further in range((until.astimezone(zone).date() - since.astimezone(zone).date()).days + 1)
    }
    text = _said(QT_TRANSLATE_NOOP("Recorder", "有 {days} 天的录像，从 {since} 到 {until}，中断 {gaps} 处。"))
    return text.format(
        days=len(days), since=date_time(spans[0][0]), until=date_time(spans[-1][1]), gaps=len(spans) - 1
    )


def _said(text: str) -> str:
    return QCoreApplication.translate("Recorder", text)
