"""A month of days, those with video marked: where a person goes when they know the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from ui.i18n import is_english
from ui.theme import tokens

# A page shows six weeks at most.
_DAYS_SHOWN = 49
_DAYS_BEFORE = 7


def local_day(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight here, also when the clocks change in between."""
    begins = datetime(day.year, day.month, day.day).astimezone()
    after = day + timedelta(days=1)
    return begins, datetime(after.year, after.month, after.day).astimezone()


class DaysPopup(QWidget):
    """Opens beside its button; arrows choose, Enter goes there, Esc leaves.

    Signals: month_shown(list of dates) when other days are seen; day_chosen(date).
    """

    month_shown = Signal(object)
    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.calendar = QCalendarWidget(self)
        self.calendar.setGridVisible(False)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Red is for alarms.
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
        self._marked: frozenset[date] = frozenset()
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.addWidget(self.calendar)
        self.calendar.currentPageChanged.connect(self._tell_page)
        self.calendar.activated.connect(self._choose)
        self.calendar.clicked.connect(self._choose)
        self._retranslate()

    def open(self, day: date, latest: date, at: QPoint) -> None:
        """at: global, the popup's lower left corner."""
        self.calendar.setMaximumDate(_qdate(latest))
        self.calendar.setSelectedDate(_qdate(day))
        self._tell_page(day.year, day.month)
        self.adjustSize()
        self.move(at.x(), at.y() - self.sizeHint().height())
        self.show()
        self.calendar.setFocus()

    def mark(self, days: Iterable[date]) -> None:
        """These have video: bold and underlined, so that colour is not the only sign."""
        has_video = QTextCharFormat()
        has_video.setFontWeight(700)
        has_video.setFontUnderline(True)
        has_video.setForeground(QColor(tokens().accent))
        for day in self._marked:
            self.calendar.setDateTextFormat(_qdate(day), QTextCharFormat())
        self._marked = frozenset(days)
        for day in self._marked:
            self.calendar.setDateTextFormat(_qdate(day), has_video)

    @property
    def marked(self) -> frozenset[date]:
        return self._marked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _tell_page(self, year: int, month: int) -> None:
        first = date(year, month, 1) - timedelta(days=_DAYS_BEFORE)
        self.month_shown.emit([first + timedelta(days=number) for number in range(_DAYS_SHOWN)])

    def _choose(self, day: QDate) -> None:
        self.close()
        self.day_chosen.emit(date(day.year(), day.month(), day.day()))

    def _retranslate(self) -> None:
        language = QLocale.Language.English if is_english() else QLocale.Language.Chinese
        self.calendar.setLocale(QLocale(language))
        self.calendar.setAccessibleName(self.tr("有录像的日子加粗"))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
