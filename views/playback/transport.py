"""The keys of a tape deck under the pictures: when, where to, how fast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QDateTimeEdit, QHBoxLayout, QPushButton, QWidget

from services.domain.bookmarks import MarkKind
from services.playback.clock import SPEEDS
from ui.icons import icon
from ui.text.names import name_of
from ui.theme import Size
from views.playback.days import DaysPopup
from views.playback.finding import Finding
from views.playback.presenter import PlaybackPresenter

JUMP = timedelta(seconds=10)
_KIND_PX, _SPEED_PX = 88, 76
# What the sheet leaves free around the digits, with the two arrows.
_FRAME_PX = 44
_WHOLE, _SHORT = "yyyy-MM-dd HH:mm:ss", "MM-dd HH:mm:ss"
_ROOM_FOR_YEAR_PX = 860
_BUTTONS = ("mark_before", "back", "step_back", "play", "step_on", "on", "mark_after", "turn")
_GLYPHS = {
    "days": "calendar",
    "mark_before": "alarm_before",
    "back": "back_10",
    "step_back": "step_back",
    "step_on": "step_on",
    "on": "on_10",
    "mark_after": "alarm_after",
    "turn": "turn",
}


class Transport(QWidget):
    """Shows the moment and the speed, and gives the commands that the screen has keys for too."""

    def __init__(self, presenter: PlaybackPresenter, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._finding = finding
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        # When and how fast, and what is pressed; below each other where the window is narrow.
        self._parts = (QHBoxLayout(), QHBoxLayout())
        self.moment = QDateTimeEdit(self)
        self.days = DaysPopup(self)
        self.kind = QComboBox(self)
        self.speed = QComboBox(self)
        self.buttons = {name: QPushButton(self) for name in ("days", *_BUTTONS)}
        self._arrange()
        self._connect()
        self._retranslate()

    def show_moment(self, at: datetime) -> None:
        if not self.moment.hasFocus():
            self.moment.setDateTime(QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000)))

    def show_present(self) -> None:
        """Speed, direction and whether it plays."""
        presenter = self._presenter
        play = self.buttons["play"]
        play.setIcon(icon("pause" if presenter.is_playing else "play"))
        play.setAccessibleName(self.tr("暂停") if presenter.is_playing else self.tr("播放"))
        speed = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - abs(presenter.speed)))
        self.speed.setCurrentIndex(speed)
        turn = self.tr("倒放") if presenter.speed > 0 else self.tr("正放")
        self.buttons["turn"].setToolTip(f"{turn} R")
        self.buttons["turn"].setAccessibleName(turn)

    def open_days(self) -> None:
        """The calendar, over its button."""
        here = self._presenter.playback.now().astimezone().date()
        over = self.buttons["days"].mapToGlobal(QPoint(0, 0))
        self.days.open(here, self._presenter.now.astimezone().date(), over)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def minimumSizeHint(self) -> QSize:
        """Of its parts below each other."""
        width = max(part.minimumSize().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_moment()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_moment()

    def _fit_moment(self) -> None:
        """As wide as its digits, by the style's font; a narrow window leaves the year to the calendar."""
        wording = _WHOLE if self.width() >= _ROOM_FOR_YEAR_PX else _SHORT
        self.moment.setDisplayFormat(wording)
        self.moment.ensurePolished()
        digits = "".join("0" if letter.isalpha() else letter for letter in wording)
        self.moment.setFixedWidth(self.moment.fontMetrics().horizontalAdvance(digits) + _FRAME_PX)
        wanted_px = sum(part.minimumSize().width() for part in self._parts) + Size.GAP_XS
        is_narrow = self.width() < wanted_px
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._rows.direction() is not way:
            self._rows.setDirection(way)
            self.updateGeometry()

    def _arrange(self) -> None:
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Size.GAP_XS)
        when = (self.moment, self.buttons["days"], self.kind, self.speed)
        for row, widgets in zip(self._parts, (when, [self.buttons[name] for name in _BUTTONS]), strict=True):
            row.setSpacing(Size.GAP_XS)
            for widget in widgets:
                row.addWidget(widget)
            self._rows.addLayout(row)
        self._parts[1].addStretch(1)
        self.kind.setMaximumWidth(_KIND_PX)
        self.speed.setMaximumWidth(_SPEED_PX)
        for button in self.buttons.values():
            button.setProperty("kind", "chip")

    def _connect(self) -> None:
        presenter, finding = self._presenter, self._finding
        pressed = {
            "days": self.open_days,
            "mark_before": lambda: finding.seek(-1),
            "back": lambda: presenter.jump(-JUMP),
            "step_back": lambda: presenter.step(-1),
            "play": presenter.toggle,
            "step_on": lambda: presenter.step(1),
            "on": lambda: presenter.jump(JUMP),
            "mark_after": lambda: finding.seek(1),
            "turn": presenter.turn,
        }
        for name, act in pressed.items():
            self.buttons[name].clicked.connect(act)
        self.moment.editingFinished.connect(self._go_to_moment)
        self.speed.activated.connect(lambda index: presenter.set_speed(SPEEDS[index]))
        self.kind.activated.connect(lambda index: finding.set_kind(list(MarkKind)[index]))
        self.days.month_shown.connect(finding.ask_days)
        self.days.day_chosen.connect(finding.go_to_day)
        finding.days_known.connect(self.days.mark)
        finding.kind_changed.connect(self._show_kind)
        presenter.moved.connect(self.show_present)

    def _go_to_moment(self) -> None:
        chosen = self.moment.dateTime().toUTC().toPython()
        assert isinstance(chosen, datetime)
        wanted = chosen.replace(tzinfo=UTC)
        if abs(wanted - self._presenter.playback.now()) > timedelta(seconds=1):
            self._presenter.seek(wanted)

    def _show_kind(self) -> None:
        self.kind.setCurrentIndex(list(MarkKind).index(self._finding.kind))

    def _retranslate(self) -> None:
        words = {
            "days": (self.tr("日历，有录像的日子加粗"), "D"),
            "mark_before": (self.tr("上一个"), "P"),
            "back": (self.tr("−10 秒"), "Shift+←"),
            "step_back": (self.tr("上一帧"), "←"),
            "play": (self.tr("播放"), "Space"),
            "step_on": (self.tr("下一帧"), "→"),
            "on": (self.tr("+10 秒"), "Shift+→"),
            "mark_after": (self.tr("下一个"), "N"),
            "turn": (self.tr("倒放"), "R"),
        }
        for name, (text, key) in words.items():
            self.buttons[name].setToolTip(f"{text} {key}")
            self.buttons[name].setAccessibleName(text)
            if name in _GLYPHS:
                self.buttons[name].setIcon(icon(_GLYPHS[name]))
        self.moment.setAccessibleName(self.tr("回放时刻"))
        self.speed.setAccessibleName(self.tr("速度"))
        self.speed.clear()
        self.speed.addItems([f"{speed:g}×" for speed in SPEEDS])
        what = self.tr("P 和 N 跳到什么（J 换一类）")
        self.kind.setAccessibleName(what)
        self.kind.setToolTip(what)
        self.kind.clear()
        self.kind.addItems([name_of(kind) for kind in MarkKind])
        self._show_kind()
        self.show_present()
