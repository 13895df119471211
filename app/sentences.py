"""An error as the command line says it: Chinese and English, one line each."""

from __future__ import annotations

from collections.abc import Callable

from services.core.errors import ServiceError


def both_languages(error: ServiceError) -> str:
    """The sentence for `error` in Chinese, a line break, and in English."""
    from PySide6.QtCore import QCoreApplication

    from ui.text import sentence

    # Translators live in the application object, so one is kept until both sentences are made.
    application = QCoreApplication.instance() or QCoreApplication([])
    sentences = in_both_languages(lambda: sentence(error))
    del application
    return "\n".join(sentences)


def in_both_languages(words: Callable[[], str]) -> tuple[str, str]:
    """What `words` are in Chinese and in English; there must be an application object."""
    from ui.i18n import speak

    said = []
    for language in ("zh", "en"):
        speak(language)
        said.append(words())
    return said[0], said[1]
