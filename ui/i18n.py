"""The language of the screens, switched while the program runs."""

from __future__ import annotations

from pathlib import Path

import structlog
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from services.core.paths import resource

LANGUAGES = ("zh", "en")
_QT_FILES = {"zh": "qtbase_zh_CN.qm", "en": ""}
# Source texts are Chinese, so only English needs a file of ours.
_OWN_FILES = {"zh": "", "en": "shouwang_en.qm"}

log = structlog.get_logger(__name__)

# With what it was loaded from: Qt reads the bytes for as long as the translator lives.
_installed: list[tuple[QTranslator, bytes]] = []
_language = "zh"


def language() -> str:
    """`zh` or `en`."""
    return _language


def is_english() -> bool:
    return _language == "en"


def speak(code: str) -> None:
    """Switch to `zh` or `en`; Qt sends LanguageChange to every widget. ValueError for another code."""
    global _language
    if code not in LANGUAGES:
        raise ValueError(code)
    _language = code
    QLocale.setDefault(QLocale(QLocale.Language.Chinese if code == "zh" else QLocale.Language.English))
    fall_silent()
    for path in _files(code):
        _install(path)


def fall_silent() -> None:
    """Take every translator out again, as before an application ends that another one follows."""
    for translator, _ in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()


def _files(code: str) -> list[Path]:
    """Qt's own texts first; ours are looked up before them because Qt asks the newest first."""
    paths = []
    if _QT_FILES[code]:
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        paths.append(Path(folder) / _QT_FILES[code])
    if _OWN_FILES[code]:
        paths.append(resource("i18n", _OWN_FILES[code]))
    return paths


def _install(path: Path) -> None:
    """By its bytes: a mapped file that an upgrade writes over would end a running program."""
    translator = QTranslator()
    content = path.read_bytes() if path.exists() else b""
    if not translator.load(content):
        log.warning("language.file_unreadable", file=path.name)
        return
    QCoreApplication.installTranslator(translator)
    _installed.append((translator, content))
