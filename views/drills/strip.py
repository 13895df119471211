"""Over every screen while a drill is being played: that it is one, and how to stop it at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from services.domain.drills import DrillState
from ui.banner_strip import BannerStrip
from views.drills.presenter import DrillsPresenter
from views.drills.words import drill_name


class DrillStrip(BannerStrip):
    """Hidden while nothing is played; not to be dismissed."""

    def __init__(self, presenter: DrillsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.resume, self.stop = self._chip(presenter.resume), self._chip(self._stop)
        presenter.changed.connect(self.show_present)
        self.show_present()

    def show_present(self) -> None:
        drill = self._presenter.running
        self.setVisible(drill is not None)
        if drill is None:
            return
        is_paused = drill.state is DrillState.PAUSED
        if is_paused:
            text = self.tr("【演练暂停】{name}：有真实报警 {reason}，先处置真实报警。")
        else:
            text = self.tr("【演练】{name}：带“演练”字样的报警、警情和派警都不是真的，真实报警排在前面。")
        self._say(text.format(name=drill_name(drill), reason=drill.reason))
        self.resume.setText(self.tr("继续演练"))
        self.stop.setText(self.tr("停止演练"))
        self.resume.setVisible(is_paused and self._presenter.may_run)
        self.stop.setVisible(self._presenter.may_run)
        for button in (self.resume, self.stop):
            button.setEnabled(not self._presenter.is_busy)

    def _stop(self) -> None:
        self._presenter.stop()
