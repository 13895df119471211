"""From where to where: what is then protected, or asked for as evidence."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from ui.text.times import clock_time
from views.playback.presenter import PlaybackPresenter

# Without marks: what the line of time shows, or what lies around the moment where it shows more than that.
LONGEST_SHOWN = timedelta(minutes=15)
AROUND = timedelta(minutes=1)


class SpanMarks(QObject):
    """Signals: changed(); said(sentence), "" = no longer."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, playback: PlaybackPresenter) -> None:
        super().__init__(playback)
        self._playback = playback
        self.since: datetime | None = None
        self.until: datetime | None = None

    def mark_in(self) -> None:
        self.since = self._playback.playback.now()
        if self.until is not None and self.until <= self.since:
            self.until = None
        self.said.emit(self.tr("起点 {at}").format(at=clock_time(self.since)))
        self.changed.emit()

    def mark_out(self) -> None:
        self.until = self._playback.playback.now()
        if self.since is not None and self.since >= self.until:
            self.since = None
        self.said.emit(self.tr("止点 {at}").format(at=clock_time(self.until)))
        self.changed.emit()

    def span(self) -> tuple[datetime, datetime]:
        """What is marked; an end that is not, is that of what is shown."""
        playback = self._playback
        shown = span_shown(playback.since, playback.until, playback.playback.now())
        since, until = self.since or shown[0], self.until or shown[1]
        if since >= until:
            return (since, since + 2 * AROUND) if self.since else (until - 2 * AROUND, until)
        return since, until

    def clear(self) -> None:
        """They have been used: the next span is about something else."""
        self.since = self.until = None
        self.said.emit("")
        self.changed.emit()


def span_shown(since: datetime, until: datetime, at: datetime) -> tuple[datetime, datetime]:
    """What the line of time shows, or what lies around `at` where it shows more than one would copy."""
    if until - since <= LONGEST_SHOWN:
        return since, until
    return at - AROUND, at + AROUND
