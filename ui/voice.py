"""Says a sentence aloud, where the machine has a voice."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject
from PySide6.QtTextToSpeech import QTextToSpeech

from ui.i18n import is_english

# It says nothing; it is there for tests of the toolkit.
_SILENT_ENGINE = "mock"


class Voice(QObject):
    """The engine is made with the first sentence: asking for one takes time, and most seats never speak."""

    def __init__(self, parent: QObject | None = None, engine: str = "") -> None:
        """engine: the toolkit's name of it; "" = the first that can be heard."""
        super().__init__(parent)
        self._engine_name = engine
        self._speech: QTextToSpeech | None = None

    def say(self, text: str) -> bool:
        """False when nothing here can speak, or not the language of this seat."""
        speech = self._engine()
        if speech is None or speech.state() is QTextToSpeech.State.Error:
            return False
        if not _speaks(speech, QLocale.Language.English if is_english() else QLocale.Language.Chinese):
            return False
        speech.say(text)
        return speech.state() is not QTextToSpeech.State.Error

    def stop(self) -> None:
        if self._speech is not None:
            self._speech.stop()

    def _engine(self) -> QTextToSpeech | None:
        if self._speech is None:
            heard = (name for name in QTextToSpeech.availableEngines() if name != _SILENT_ENGINE)
            name = self._engine_name or next(heard, "")
            if name:
                self._speech = QTextToSpeech(name, self)
        return self._speech


def _speaks(speech: QTextToSpeech, wanted: QLocale.Language) -> bool:
    """An engine that lacks a language keeps its own without a word: an English voice reads Chinese as
    nothing."""
    if speech.locale().language() is not wanted:
        speech.setLocale(QLocale(wanted))
    return speech.locale().language() is wanted
