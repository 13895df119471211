"""How the trial went: the first picture and what the camera is, or what is wrong and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from services.devices.trial import StreamReport, TrialReport
from services.video.picture import Picture
from ui.theme import ALIGN_CENTRE, ON_VIDEO, Size, font
from ui.tone import set_tone
from views.devices.form_presenter import Step
from views.devices.words import heading, what_next

PICTURE_PX = QSize(256, 144)


class PictureBox(QWidget):
    """The first picture, whole, on the dark of the wall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._words = ""
        self.setMinimumSize(PICTURE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        return self._picture is not None

    def show_picture(self, picture: Picture | None, words: str) -> None:
        """words: said where there is no picture."""
        self._picture, self._words = picture, words
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ON_VIDEO.video))
        if self._picture is None:
            painter.setPen(QColor(ON_VIDEO.video_dim))
            painter.setFont(font(Size.TEXT_M))
            flags = ALIGN_CENTRE | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 8, -12, -8), flags, self._words)
        else:
            picture = self._picture
            image = QImage(
                picture.pixels.data,
                picture.width_px,
                picture.height_px,
                4 * picture.width_px,
                QImage.Format.Format_RGB32,
            )
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._whole(picture.width_px, picture.height_px), image)
        painter.end()

    def _whole(self, width_px: int, height_px: int) -> QRectF:
        scale = min(self.width() / width_px, self.height() / height_px)
        width, height = width_px * scale, height_px * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)


class TrialView(QFrame):
    """The picture with a verdict and its facts below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = Step.NO_ADDRESS
        self._report: TrialReport | None = None
        self.picture = PictureBox(self)
        self.verdict = QLabel(self)
        self.next = QLabel(self)
        self.facts = QLabel(self)
        self.facts.setProperty("tone", "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.picture, 1)
        for label in (self.verdict, self.next, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(label)

    def show_trial(self, step: Step, report: TrialReport | None) -> None:
        self._step, self._report = step, report
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        report = self._report
        self.picture.setAccessibleName(self.tr("第一幅画面"))
        self.picture.show_picture(self._newest(), self._waiting())
        if report is None:
            for label in (self.verdict, self.next, self.facts):
                label.clear()
            return
        set_tone(self.verdict, "ok" if report.is_fine else "bad")
        self.verdict.setText(self._verdict(report))
        self.next.setText(what_next(report.worst))
        self.facts.setText("\n".join(self._facts(report)))

    def _newest(self) -> Picture | None:
        report = self._report
        return (report.main.picture or report.sub.picture) if report is not None else None

    def _waiting(self) -> str:
        if self._step is Step.TRYING:
            return self.tr("正在连接……")
        if self._report is not None:
            return self.tr("没有画面")
        return self.tr("测试后这里是第一幅画面")

    def _verdict(self, report: TrialReport) -> str:
        worst = heading(report.worst)
        if report.main.diagnosis.is_fine and not report.is_fine:
            return self.tr("子码流不行。{why}").format(why=worst)
        return worst

    def _facts(self, report: TrialReport) -> list[str]:
        lines = []
        for name, stream in ((self.tr("主"), report.main), (self.tr("子"), report.sub)):
            if stream.width_px:
                lines.append(f"{name}  {_stream_facts(stream)}")
        device = report.device
        made = " ".join(part for part in (device.maker, device.model) if part) or report.server
        if made:
            lines.append(made)
        if device.clock_ahead_s is not None:
            lines.append(self.tr("时钟差 {seconds} 秒").format(seconds=f"{device.clock_ahead_s:+.1f}"))
        return lines


def _stream_facts(stream: StreamReport) -> str:
    codec = {"h264": "H.264", "hevc": "H.265", "mjpeg": "MJPEG"}.get(stream.codec, stream.codec)
    rate = f"  {stream.fps:.0f} fps" if stream.fps else ""
    return f"{codec}  {stream.width_px}×{stream.height_px}{rate}"
