"""Every code of the audit that the program writes is said in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ui.text.actions import deed_words, subject_words

ROOT = Path(__file__).parents[3]
AUDITED = re.compile(r'\.audit\(\s*[\w.()]+,\s*f?"([a-z_]+)\.([a-z_]+|\{)')
WRITTEN = sorted(
    {
        found
        for folder in ("services", "app")
        for file in (ROOT / folder).rglob("*.py")
        for found in AUDITED.findall(file.read_text(encoding="utf-8"))
    }
)


def test_many_codes_are_found() -> None:
    assert len(WRITTEN) > 60


@pytest.mark.parametrize("subject", sorted({subject for subject, _deed in WRITTEN}))
def test_what_an_action_is_about_has_a_word(subject: str) -> None:
    assert subject_words(f"{subject}.x") != subject


@pytest.mark.parametrize("deed", sorted({deed for _subject, deed in WRITTEN if deed != "{"}))
def test_what_was_done_has_a_word(deed: str) -> None:
    assert deed_words(f"x.{deed}") != deed


@pytest.mark.parametrize("section", ["panels", "zones", "arm_groups", "outputs", "posts", "teams", "guards"])
def test_entries_of_the_site_have_a_word(section: str) -> None:
    assert subject_words(f"{section}.add") != section
