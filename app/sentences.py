"""An error as the command line says it: Chinese and English, one line each."""

from __future__ import annotations

from collections.abc import Callable

from services.core.errors import ServiceError


def both_languages(error: ServiceError) -> str:
    """The sentence for `error` in Chinese, a line break, and in English."""
    from PySide6.QtCore import QCoreApplication

    from ui.i18n import fall_silent
    from ui.text import sentence

    # Translators live in the application object, so one is kept until both sentences are made.
    passing = None if QCoreApplication.instance() else QCoreApplication([])
    sentences = in_both_languages(lambda: sentence(error))
    if passing is not None:
        # Qt keeps it until it is told to let go, and the window of a refusal needs one of another kind.
        fall_silent()
        passing.shutdown()
    return "\n".join(sentences)


def in_both_languages(words: Callable[[], str]) -> tuple[str, str]:
    """What `words` are in Chinese and in English; there must be an application object."""
    from ui.i18n import speak

    said = []
    for language in ("zh", "en"):
        speak(language)
        said.append(words())
    return said[0], said[1]
