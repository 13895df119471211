from __future__ import annotations

import importlib.util
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from services.domain.alarms import AlarmState
from ui.i18n import is_english, language, speak
from ui.text.names import NAMED_KINDS, name_of

ROOT = Path(__file__).resolve().parents[2]
TS_FILE = ROOT / "resources" / "i18n" / "shouwang_en.ts"
FIELD = re.compile(r"{[a-z_]*}")
HAN = re.compile(r"[\u4e00-\u9fff]")
# The button that leads back says where it leads.
MAY_BE_CHINESE = {"English"}


def translate_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate_tool", ROOT / "packaging" / "translate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs() -> list[tuple[str, str, str, str]]:
    """(context, Chinese, English, type) of every entry."""
    root = ElementTree.fromstring(TS_FILE.read_text(encoding="utf-8").split("<!DOCTYPE TS>", 1)[1])
    found = []
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found.append(
                (
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    translation.text or "",
                    translation.get("type", ""),
                )
            )
    return found


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[QApplication]:
    speak("zh")
    yield qapp
    speak("zh")


def test_every_text_of_the_screens_is_in_the_file_and_finished(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    fresh.write_bytes(TS_FILE.read_bytes())
    translate_tool().collect(fresh)
    root = ElementTree.fromstring(fresh.read_text(encoding="utf-8").split("<!DOCTYPE TS>", 1)[1])
    unfinished = [
        message.findtext("source")
        for message in root.iter("message")
        if message.find("translation[@type='unfinished']") is not None
    ]
    assert unfinished == [], "run packaging/translate.py and write the English"
    assert [entry for entry in pairs() if entry[3] or not entry[2]] == []


def test_the_compiled_file_is_that_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    translate_tool().release(TS_FILE, fresh)
    assert fresh.read_bytes() == TS_FILE.with_suffix(".qm").read_bytes(), "run packaging/translate.py"


def test_translations_keep_the_fields_and_leave_no_chinese() -> None:
    entries = pairs()
    assert len(entries) > 300
    assert [e for e in entries if sorted(FIELD.findall(e[1])) != sorted(FIELD.findall(e[2]))] == []
    assert [e for e in entries if HAN.search(e[2]) and e[1] not in MAY_BE_CHINESE] == []


def test_no_text_was_misread_by_the_collector() -> None:
    assert [context for context, *_ in pairs() if not context.isidentifier()] == []


@pytest.mark.usefixtures("speaking")
def test_switching_changes_every_name_and_back() -> None:
    assert name_of(AlarmState.NEW) == "待接警"
    speak("en")
    assert (language(), is_english(), name_of(AlarmState.NEW)) == ("en", True, "Unclaimed")
    chinese = [name_of(member) for kind in NAMED_KINDS for member in kind if HAN.search(name_of(member))]
    assert chinese == []
    speak("zh")
    assert name_of(AlarmState.NEW) == "待接警"


def test_switching_tells_every_widget(speaking: QApplication) -> None:
    class Ear(QLabel):
        heard = 0

        def changeEvent(self, event: QEvent) -> None:
            self.heard += event.type() is QEvent.Type.LanguageChange
            super().changeEvent(event)

    ear = Ear()
    ear.show()
    speak("en")
    speaking.processEvents()
    assert ear.heard >= 1
    ear.close()
    ear.deleteLater()


@pytest.mark.usefixtures("speaking")
def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        speak("fr")
    assert language() == "zh"


@pytest.mark.skipif(sys.platform != "linux", reason="what is mapped is read from /proc")
def test_a_language_file_that_an_upgrade_writes_over_is_not_mapped(qapp: QApplication) -> None:
    assert qapp is QApplication.instance()
    speak("en")
    assert "shouwang_en" not in Path("/proc/self/maps").read_text(encoding="utf-8")
    speak("zh")
    assert "qtbase_zh_CN.qm" not in Path("/proc/self/maps").read_text(encoding="utf-8")
