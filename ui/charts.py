"""Bars as people in a control room read them; colours and font are the theme's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Size, font, tokens

# Up to here every whole number has its line.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """label: under it, "" for most of many; part: of its height in another colour."""

    value: float
    label: str = ""
    part: float = 0.0


@dataclass(frozen=True, slots=True)
class Limit:
    """A line across at `value`; tone: "warn" or "bad"."""

    value: float
    tone: str


class BarChart(QWidget):
    """Bars from left to right; nothing in it moves by mouse, for there is nothing to find by moving."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = pyqtgraph.PlotWidget(self, enableMenu=False)
        self._adopt_menus()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)
        self._bars: tuple[Bar, ...] = ()
        self._limits: tuple[Limit, ...] = ()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """As they are drawn."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], limits: Sequence[Limit] = ()) -> None:
        self._bars, self._limits = tuple(bars), tuple(limits)
        self._draw()

    def _adopt_menus(self) -> None:
        """The plot makes menus though it may show none; without a parent they would outlive the screen."""
        menu = self._plot.getPlotItem().ctrlMenu
        for one in (menu, *(action.menu() for action in menu.actions())):
            if one is not None:
                one.setParent(self, one.windowFlags())

    def _draw(self) -> None:
        theme, plot = tokens(), self._plot
        plot.clear()
        plot.setBackground(theme.panel)
        places = list(range(len(self._bars)))
        whole = [bar.value - bar.part for bar in self._bars]
        parts = [bar.part for bar in self._bars]
        plot.addItem(
            pyqtgraph.BarGraphItem(
                x=places, height=whole, width=0.8, brush=theme.accent_fill, pen=theme.accent
            )
        )
        if any(parts):
            plot.addItem(
                pyqtgraph.BarGraphItem(
                    x=places, y0=whole, height=parts, width=0.8, brush=theme.warn, pen=theme.warn
                )
            )
        for limit in self._limits:
            ink = theme.bad if limit.tone == "bad" else theme.warn
            plot.addItem(pyqtgraph.InfiniteLine(limit.value, angle=0, pen=pyqtgraph.mkPen(ink, style=_DASH)))
        self._label_axes()
        highest = self._highest
        plot.setXRange(-0.6, max(0.6, len(places) - 0.4), padding=0)
        plot.setYRange(0, highest * 1.05, padding=0)

    @property
    def _highest(self) -> float:
        return max([1.0, *(bar.value for bar in self._bars), *(limit.value for limit in self._limits)])

    def _label_axes(self) -> None:
        theme = tokens()
        labels = [(number, bar.label) for number, bar in enumerate(self._bars) if bar.label]
        for side in ("bottom", "left"):
            axis = self._plot.getAxis(side)
            axis.setPen(theme.line_strong)
            axis.setTextPen(theme.text_dim)
            axis.setStyle(tickFont=font(Size.TEXT_S))
        self._plot.getAxis("bottom").setTicks([labels])
        # Half an alarm is none.
        whole = 1.0 if self._highest <= _FEW else None
        self._plot.getAxis("left").setTickSpacing(whole, whole)


_DASH = pyqtgraph.QtCore.Qt.PenStyle.DashLine
