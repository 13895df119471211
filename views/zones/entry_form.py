"""A zone, panel, arm group or output to fill in; what depends on the kind of a zone follows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from services.campus.entries import CLASSES_OF_KIND
from services.core.clock import Clock
from services.domain.classes import DISARMABLE
from services.domain.site import Site, SiteEntry, Zone, ZoneKind
from ui.entries.fields import ChoiceBox
from ui.entries.form import EntryForm
from views.zones.fields import FIELDS
from views.zones.words import refusal

# Where Qt's own item model keeps whether an item can be chosen.
_ITEM_FLAGS = Qt.ItemDataRole.UserRole - 1
# What a zone that always counts cannot have.
_ARMING = ("arm_group", "entry_delay_s")


class AlarmEntryForm(EntryForm):
    """Signals: those of EntryForm."""

    def __init__(self, site: Site, *, clock: Clock | None = None, parent: QWidget | None = None) -> None:
        super().__init__(site, FIELDS, refusal=refusal, clock=clock, parent=parent)

    def _values(self) -> dict[str, Any]:
        values = super()._values()
        if isinstance(self._entry, Zone) and values["alarm_class"] not in DISARMABLE:
            values |= {"arm_group": "", "entry_delay_s": 0.0}
        return values

    def _make_fields(self, entry: SiteEntry) -> None:
        super()._make_fields(entry)
        if isinstance(entry, Zone):
            self._follow_kind()
            for name in ("kind", "alarm_class"):
                widget = self.widget(name)
                assert isinstance(widget, ChoiceBox)
                widget.currentIndexChanged.connect(self._follow_kind)

    def _follow_kind(self) -> None:
        """Only classes that such a detector can have; what always counts is in no group."""
        kind, alarm_class = self.widget("kind"), self.widget("alarm_class")
        assert isinstance(kind, ChoiceBox)
        assert isinstance(alarm_class, ChoiceBox)
        allowed = CLASSES_OF_KIND[ZoneKind(str(kind.value))]
        if alarm_class.value not in allowed:
            alarm_class.value = allowed[0]
        for index, value in enumerate(alarm_class.values):
            alarm_class.setItemData(index, None if value in allowed else 0, _ITEM_FLAGS)
        may_hold = alarm_class.value in DISARMABLE
        for name in _ARMING:
            widget = self.widget(name)
            widget.setEnabled(may_hold)
            widget.setToolTip("" if may_hold else self.tr("始终有效的防区不能分组，也没有延时"))
