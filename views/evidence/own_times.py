"""Times of their own for single cameras of a request; the others are asked for over the form's span."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QVBoxLayout, QWidget

Span = tuple[datetime, datetime]
MOMENT = "yyyy-MM-dd HH:mm:ss"


class OwnTimes(QWidget):
    """A box to tick, and two fields while it is: of the camera shown. Signals: edited()."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = ""
        self._common: Span = (datetime.now(UTC), datetime.now(UTC))
        self._spans: dict[str, Span] = {}
        self.has_own = QCheckBox(self)
        self.since, self.until = moment_field(self), moment_field(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.has_own)
        # One below the other: side by side they would make the form wider than its place.
        box.addWidget(self.since)
        box.addWidget(self.until)
        self.has_own.toggled.connect(self._toggle)
        for field in (self.since, self.until):
            field.dateTimeChanged.connect(self._edit)
        self._retranslate()
        self._show()

    def span_of(self, camera: str) -> Span | None:
        """None: the form's."""
        return self._spans.get(camera)

    def show_camera(self, camera: str, common: Span) -> None:
        """camera: "" = none that is asked for is chosen. common: what its own times begin with."""
        self._camera, self._common = camera, common
        self._show()

    def clear(self) -> None:
        self._spans.clear()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _toggle(self, is_ticked: bool) -> None:
        if is_ticked:
            self._spans.setdefault(self._camera, self._common)
        else:
            self._spans.pop(self._camera, None)
        self._show()
        self.edited.emit()

    def _edit(self) -> None:
        if self._camera in self._spans:
            self._spans[self._camera] = moment_of(self.since), moment_of(self.until)
            self.edited.emit()

    def _show(self) -> None:
        """Tells nobody of an edit."""
        span = self._spans.get(self._camera)
        for widget in (self.has_own, self.since, self.until):
            widget.blockSignals(True)
        self.has_own.setEnabled(bool(self._camera))
        self.has_own.setChecked(span is not None)
        for field, at in zip((self.since, self.until), span or self._common, strict=True):
            field.setVisible(span is not None)
            if moment_of(field) != at:  # a cursor stays where it is
                set_moment(field, at)
        for widget in (self.has_own, self.since, self.until):
            widget.blockSignals(False)
        self._retranslate()

    def _retranslate(self) -> None:
        text = self.tr("{camera} 另定起止时间").format(camera=self._camera)
        self.has_own.setText(text if self._camera else self.tr("选中的摄像机另定起止时间"))
        self.has_own.setToolTip(self.tr("在上面选中一台已勾选的摄像机"))
        self.since.setAccessibleName(self.tr("这台摄像机的录像起"))
        self.until.setAccessibleName(self.tr("这台摄像机的录像止"))


def moment_field(parent: QWidget) -> QDateTimeEdit:
    field = QDateTimeEdit(parent)
    field.setDisplayFormat(MOMENT)
    field.setCalendarPopup(True)
    return field


def set_moment(field: QDateTimeEdit, at: datetime) -> None:
    field.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp())))


def moment_of(field: QDateTimeEdit) -> datetime:
    return datetime.fromtimestamp(field.dateTime().toSecsSinceEpoch(), UTC)
