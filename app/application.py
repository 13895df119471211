"""The Qt application and its first window; imports little, for nothing is seen until it has run."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.display import require_display
from services.core.settings import Settings
from ui.fonts import install_fonts
from ui.i18n import speak
from ui.splash import Splash
from ui.theme import NIGHT, wear


def start_application(settings: Settings) -> QApplication:
    """The Qt application in our fonts, colours and language. Raises ServiceError("app.no_display")."""
    require_display()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("shouwang")
    application.setApplicationDisplayName("守望")
    install_fonts(application)
    wear(application, NIGHT)
    speak(settings.language)
    return application


def show_splash(settings: Settings) -> Splash:
    """On the screen when it returns. Raises as `start_application`."""
    start_application(settings)
    splash = Splash()
    splash.say(QCoreApplication.translate("Splash", "正在打开…"))
    splash.show_now()
    return splash
