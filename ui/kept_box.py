"""A box for how long a protected recording is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.named_box import name_box

# Days; 0 = until somebody releases it.
KEPT_DAYS = (30, 90, 365, 0)


class KeptBox(QComboBox):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for days in KEPT_DAYS:
            self.addItem("", days)
        self._retranslate()

    def expires_at(self, now: datetime) -> datetime | None:
        """None: until somebody releases it."""
        days = int(self.currentData())
        return now + timedelta(days=days) if days else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        name_box(self, self.tr("保留多久"))
        for index, days in enumerate(KEPT_DAYS):
            text = self.tr("保留 {days} 天").format(days=days) if days else self.tr("直到解除")
            self.setItemText(index, text)
