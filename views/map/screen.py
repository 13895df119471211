"""The plan as a screen: layers on a bar, everything else on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from services.core.clock import Clock
from ui.map.walked import WalkedMap
from ui.no_site import NoSiteNote
from views.map.presenter import MapPresenter


class MapScreen(QWidget):
    """Signals: camera_opened(camera_no) by double click; alarm_chosen(alarm_id); report_asked()."""

    camera_opened = Signal(str)
    alarm_chosen = Signal(str)
    report_asked = Signal()

    def __init__(
        self, presenter: MapPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.canvas = WalkedMap(self, clock=clock)
        self.canvas.set_site(presenter.site)
        self._cones = presenter.cones()
        self.note = NoSiteNote(self)
        self.note.setVisible(not presenter.site.code)
        self._cone_box = QCheckBox(self)
        self._zone_box = QCheckBox(self)
        self._fit = QPushButton(self)
        self.report = QPushButton(self)
        self.report.hide()
        self._arrange()
        self._connect()
        self._retranslate()
        self._show_zones()
        self.show_present()

    def show_present(self) -> None:
        """Everything as the presenter has it now."""
        self.canvas.set_guards(self._presenter.guards)
        self.canvas.set_alarms(self._presenter.alarms)
        self.canvas.set_troubled_cameras(self._presenter.troubled_cameras)
        self.canvas.set_route(self._presenter.route)

    def offer_report(self) -> None:
        """For those who may handle alarms."""
        self.report.show()
        self.canvas.offer_report()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(18)
        for widget in (self._cone_box, self._zone_box):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.report)
        bar.addWidget(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.note)
        column.addWidget(self.canvas, 1)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.zones_changed.connect(self._show_zones)
        self._presenter.site_changed.connect(self._show_site)
        self.canvas.set_explain(self._presenter.explain)
        self._cone_box.toggled.connect(self._show_cones)
        self._zone_box.setChecked(True)
        self._zone_box.toggled.connect(self.canvas.show_zones)
        self._fit.clicked.connect(self.canvas.fit)
        self.report.clicked.connect(self.report_asked)
        self.canvas.camera_opened.connect(self.camera_opened)
        self.canvas.alarm_chosen.connect(self.alarm_chosen)

    def _show_zones(self) -> None:
        self.canvas.set_zones(self._presenter.zones())

    def _show_site(self) -> None:
        self._cones = self._presenter.cones()
        self.canvas.set_site(self._presenter.site)
        self.canvas.set_cones(self._cones, self._cone_box.isChecked())
        self.note.setVisible(not self._presenter.site.code)
        self._show_zones()
        self.show_present()

    def _show_cones(self, shown: bool) -> None:
        self.canvas.set_cones(self._cones, shown)

    def _retranslate(self) -> None:
        self._cone_box.setText(self.tr("摄像机视野"))
        self._zone_box.setText(self.tr("防区"))
        self.report.setText(self.tr("接警登记  F12"))
        self.report.setToolTip(self.tr("或在图上点右键：在此报警"))
        self._fit.setText(self.tr("显示全图"))
