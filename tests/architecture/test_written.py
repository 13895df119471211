"""What README and manual say of the code is so: the floors, the words, and who may do what."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from services.domain.people import PERMISSIONS, SEAT_ROLES, Permission
from ui.text.names import name_of

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = ROOT / "resources" / "manual"


def packages_of(folder: Path) -> set[str]:
    return {file.parent.name for file in folder.glob("*/__init__.py")}


def test_the_readme_lists_every_package_of_services_and_no_other() -> None:
    block = README.split("## 架构")[1].split("```")[1]
    named = re.findall(r"^  (\w[\w, |]*?)  ", block, re.MULTILINE)
    listed = {name for line in named for name in re.split(r"[,| ]+", line)}

    assert listed == packages_of(ROOT / "services")


def test_no_folder_that_is_there_is_said_to_come_later() -> None:
    later = set(re.findall(r"\((\w+)\)", (ROOT / "pyproject.toml").read_text("utf-8")))

    assert not later & packages_of(ROOT / "services")


def test_the_glossary_has_every_word_once() -> None:
    rows = README.split("## 词汇")[1].split("\n## ")[0].splitlines()
    words = Counter(row.split("|")[1].strip() for row in rows if row.startswith("|"))

    assert [word for word, count in words.items() if count > 1] == []
    assert {"回放", "点位"} <= set(words)


def in_chinese(source: str) -> str:
    return source


def in_english(source: str) -> str:
    contexts = ET.parse(ROOT / "resources" / "i18n" / "shouwang_en.ts").iter("context")
    told = (one for one in contexts if one.findtext("name") in ("Permission", "Role"))
    words = {m.findtext("source"): m.findtext("translation") for one in told for m in one.iter("message")}
    said = words[source] or ""
    return said[:1].upper() + said[1:]  # in a table each cell begins large


@pytest.mark.parametrize(("language", "word"), [("zh", in_chinese), ("en", in_english)])
def test_the_manual_says_of_each_role_what_it_may(language: str, word: Callable[[str], str]) -> None:
    text = (MANUAL / language / "index.md").read_text("utf-8")
    heads = [word(name_of(role)) for role in SEAT_ROLES]
    tables = [part.splitlines() for part in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]
    (table,) = [rows for rows in tables if cells(rows[0])[1:] == heads]
    held = {permission for role in SEAT_ROLES for permission in PERMISSIONS[role]}

    assert [cells(row) for row in table[2:]] == [
        [word(name_of(one)), *("✓" if one in PERMISSIONS[role] else "" for role in SEAT_ROLES)]
        for one in Permission
        if one in held
    ]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
