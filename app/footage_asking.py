"""From playback to a request for what is shown: its cameras, from one marked moment to another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from ui.text.times import clock_time
from views.evidence.presenter import EvidencePresenter, Prefill
from views.playback.presenter import PlaybackPresenter
from views.playback.tools import Tool

# Without marks: what the line of time shows, or what lies around the moment where it shows more than that.
LONGEST_SHOWN = timedelta(minutes=15)
AROUND = timedelta(minutes=1)


class FootageAsking(QObject):
    """Three tools of the playback's row, for who may ask. say: tells a sentence; "" takes it away."""

    def __init__(
        self,
        playback: PlaybackPresenter,
        evidence: EvidencePresenter,
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._evidence = evidence
        self._say = say
        self._since: datetime | None = None
        self._until: datetime | None = None

    def table(self) -> tuple[Tool, ...]:
        return (
            Tool(
                lambda: self.tr("起点"),
                lambda: self.tr("导出从此刻起"),
                "I",
                "mark_in",
                self.mark_in,
            ),
            Tool(
                lambda: self.tr("止点"),
                lambda: self.tr("导出到此刻止"),
                "O",
                "mark_out",
                self.mark_out,
            ),
            Tool(
                lambda: self.tr("申请导出"),
                lambda: self.tr("申请调取这些摄像机的这段录像"),
                "E",
                "evidence",
                self.ask,
            ),
        )

    def mark_in(self) -> None:
        self._since = self._playback.playback.now()
        if self._until is not None and self._until <= self._since:
            self._until = None
        self._say(self.tr("导出从 {at} 起").format(at=clock_time(self._since)))

    def mark_out(self) -> None:
        self._until = self._playback.playback.now()
        if self._since is not None and self._since >= self._until:
            self._since = None
        self._say(self.tr("导出到 {at} 止").format(at=clock_time(self._until)))

    def ask(self) -> None:
        """The marks are used up by it: the next request is about something else."""
        playback = self._playback
        shown = span_shown(playback.since, playback.until, playback.playback.now())
        since, until = self._since or shown[0], self._until or shown[1]
        if since >= until:
            since, until = (since, since + 2 * AROUND) if self._since else (until - 2 * AROUND, until)
        self._since = self._until = None
        self._say("")
        self._evidence.begin_form(Prefill(tuple(playback.cameras), since, until))


def span_shown(since: datetime, until: datetime, at: datetime) -> tuple[datetime, datetime]:
    """What the line of time shows, or what lies around `at` where it shows more than one would copy."""
    if until - since <= LONGEST_SHOWN:
        return since, until
    return at - AROUND, at + AROUND
