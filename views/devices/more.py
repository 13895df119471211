"""What few cameras need said: how the stream comes, the English name, what the camera covers; folded away."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QWidget,
)

from services.domain.site import StreamEngine, StreamTransport
from views.devices.draft import Draft
from views.devices.folded import FoldedFields

LONGEST = 200
# Least and most, as the site file takes them.
FOV_DEG, RANGE_M, HEIGHT_M = (1.0, 170.0), (1.0, 5000.0), (0.5, 100.0)


class MoreFields(FoldedFields):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_en = QLineEdit(self.panel)
        self.name_en.setMaxLength(LONGEST)
        self.transport = QComboBox(self.panel)
        self.engine = QComboBox(self.panel)
        for transport in StreamTransport:
            self.transport.addItem("", transport)
        for engine in StreamEngine:
            self.engine.addItem("", engine)
        self.fov_deg = _number(self.panel, FOV_DEG, "°")
        self.range_m = _number(self.panel, RANGE_M, " m")
        self.height_m = _number(self.panel, HEIGHT_M, " m")
        self._build()
        self._retranslate()

    def show_draft(self, draft: Draft) -> None:
        """Tells nobody of an edit."""
        if self.name_en.text() != draft.name_en:
            self.name_en.setText(draft.name_en)
        for box, value in ((self.transport, draft.transport), (self.engine, draft.engine)):
            box.setCurrentIndex(box.findData(value))
        for number, amount in zip(
            self._numbers(), (draft.fov_deg, draft.range_m, draft.height_m), strict=True
        ):
            number.blockSignals(True)
            number.setValue(amount)
            number.blockSignals(False)

    def into(self, draft: Draft) -> Draft:
        """`draft` with what stands here."""
        return replace(
            draft,
            name_en=self.name_en.text(),
            transport=StreamTransport(self.transport.currentData()),
            engine=StreamEngine(self.engine.currentData()),
            fov_deg=self.fov_deg.value(),
            range_m=self.range_m.value(),
            height_m=self.height_m.value(),
        )

    def show_stream_only(self, is_only: bool) -> None:
        """A replaced camera keeps its name, and covers what the old one did."""
        for field in (self.name_en, *self._numbers()):
            field.setEnabled(not is_only)

    def _build(self) -> None:
        self._lay_out((self.name_en, self.transport, self.engine, *self._numbers()))
        self.name_en.textEdited.connect(self.edited)
        for chooser in (self.transport, self.engine):
            chooser.activated.connect(self.edited)
        for number in self._numbers():
            number.valueChanged.connect(self.edited)

    def _numbers(self) -> tuple[QDoubleSpinBox, ...]:
        return (self.fov_deg, self.range_m, self.height_m)

    def _retranslate(self) -> None:
        self.fold.setText(self.tr("收起  ▴") if self.fold.isChecked() else self.tr("更多  ▾"))
        self.fold.setAccessibleName(self.tr("更多：英文名、传输、解码引擎、视场"))
        names = (
            self.tr("英文名"),
            self.tr("传输"),
            self.tr("引擎"),
            self.tr("视场角"),
            self.tr("可视距离"),
            self.tr("安装高度"),
        )
        self._name_fields(names)
        automatic = self.tr("自动")
        transports = {StreamTransport.AUTO: automatic, StreamTransport.TCP: "TCP", StreamTransport.UDP: "UDP"}
        engines = {StreamEngine.AUTO: automatic, StreamEngine.LIBVLC: "libVLC"}
        for index, transport in enumerate(StreamTransport):
            self.transport.setItemText(index, transports[transport])
        for index, engine in enumerate(StreamEngine):
            self.engine.setItemText(index, engines[engine])


def _number(parent: QWidget, span: tuple[float, float], unit: str) -> QDoubleSpinBox:
    number = QDoubleSpinBox(parent)
    number.setDecimals(2)
    number.setRange(*span)
    number.setSuffix(unit)
    return number
