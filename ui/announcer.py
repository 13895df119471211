"""Says the class and place of a new urgent alarm aloud, on seats where somebody has asked for it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.facts import AlarmRaised, Fact
from ui.board import LiveBoard
from ui.queue.words import card_words
from ui.voice import Voice

# Speech is slow: in a flood the loop of the alarm says enough.
LEAST_GAP_S = 4.0


class Announcer(QObject):
    """Off until `set_on`. Nothing waits for the voice: `Voice.say` returns at once."""

    def __init__(
        self, live: LiveBoard, clock: Clock, voice: Voice | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._voice = voice or Voice(self)
        self._spoke_s = float("-inf")
        self.is_on = False
        live.applied.connect(self._apply)

    def set_on(self, is_on: bool, *, tries: bool = False) -> bool:
        """tries: say a word aloud; returns False when this machine cannot speak, and stays off."""
        self.is_on = is_on
        if is_on and tries and not self._voice.say(QCoreApplication.translate("Announcer", "语音播报已打开")):
            self.is_on = False
        if not is_on:
            self._voice.stop()
        return self.is_on is is_on

    def stop(self) -> None:
        self._voice.stop()

    def _apply(self, facts: list[Fact]) -> None:
        if not self.is_on:
            return
        raised = [fact.alarm for fact in facts if isinstance(fact, AlarmRaised)]
        urgent = [alarm for alarm in raised if alarm.priority <= Priority.P2]
        now_s = self._clock.monotonic()
        if urgent and now_s - self._spoke_s >= LEAST_GAP_S:
            self._spoke_s = now_s
            self._voice.say(
                spoken(min(urgent, key=lambda alarm: (alarm.is_drill, alarm.priority, alarm.received_at)))
            )


def spoken(alarm: Alarm) -> str:
    """As a person would call it out."""
    said = card_words(alarm)
    text = QCoreApplication.translate("Announcer", "{title}，{place}")
    return text.format(title=said.title, place=said.place)
