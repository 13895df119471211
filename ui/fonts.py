"""Finds a typeface that has Chinese, and makes it the program's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from services.core.paths import resource
from ui.theme import Size

# Bundled first, then what Debian, Windows and macOS bring.
_CHINESE = (
    "Shouwang Sans SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
)


def install_fonts(app: QApplication) -> str:
    """Load the bundled fonts and set the application font; returns the family, "" if none has Chinese."""
    load_fonts()
    family = chinese_family()
    font = QFont(family) if family else QFont(app.font())
    font.setPixelSize(Size.TEXT_M)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)
    return family


def chinese_family() -> str:
    """The first typeface with Chinese that is known to Qt, "" if there is none; any thread."""
    present = set(QFontDatabase.families())
    return next((name for name in _CHINESE if name in present), "")


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; needs a QGuiApplication."""
    for path in _bundled():
        QFontDatabase.addApplicationFont(str(path))


def _bundled() -> list[Path]:
    try:
        folder = resource("fonts")
    except FileNotFoundError:
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in {".otf", ".ttf", ".ttc"})
