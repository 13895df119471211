"""An error as the command line says it: Chinese and English, one line each."""

from __future__ import annotations

import os

from services.core.errors import ServiceError


def both_languages(error: ServiceError) -> str:
    """The sentence for `error` in Chinese, a line break, and in English."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QCoreApplication

    from ui.i18n import speak
    from ui.text import sentence

    # Translators live in the application object, so one is kept until both sentences are made.
    application = QCoreApplication.instance() or QCoreApplication([])
    sentences = []
    for language in ("zh", "en"):
        speak(language)
        sentences.append(sentence(error))
    del application
    return "\n".join(sentences)
