"""From playback to a request for what is shown: its cameras, from one marked moment to another."""

from __future__ import annotations

from PySide6.QtCore import QObject

from views.evidence.presenter import EvidencePresenter, Prefill
from views.playback.kit import PlaybackKit
from views.playback.tools import Tool


class FootageAsking(QObject):
    """A tool of the playback's row, for who may ask."""

    def __init__(self, kit: PlaybackKit, evidence: EvidencePresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._evidence = evidence

    def tool(self) -> Tool:
        return Tool(
            lambda: self.tr("申请导出"),
            lambda: self.tr("申请调取这些摄像机的这段录像"),
            "E",
            "evidence",
            self.ask,
        )

    def ask(self) -> None:
        since, until = self._kit.marks.span()
        self._kit.marks.clear()
        self._evidence.begin_form(Prefill(tuple(self._kit.playback.cameras), since, until))
