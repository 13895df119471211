"""Fonts and sounds are the ones their README names, and they can do their work."""

from __future__ import annotations

import hashlib
import re
import wave
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
SOUNDS = ROOT / "resources" / "sounds"
SUM_LINE = re.compile(r"^\| ([0-9a-f]{64}) \| (\S+) \|$", re.MULTILINE)
LARGEST_FONT_BYTES = 3 * 1024 * 1024
SHOWN = ("app", "ui", "views", "resources/sites", "resources/manual")


@pytest.mark.parametrize(("folder", "suffix"), [(FONTS, ".otf"), (SOUNDS, ".wav")])
def test_every_binary_file_is_the_one_whose_sum_is_written_down(folder: Path, suffix: str) -> None:
    written = {name: digest for digest, name in SUM_LINE.findall((folder / "README.md").read_text("utf-8"))}
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.suffix == suffix
    }

    assert found == written
    assert found


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    assert all(font.stat().st_size <= LARGEST_FONT_BYTES for font in FONTS.glob("*.otf"))
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.otf")), ids=lambda font: font.stem)
def test_the_fonts_have_every_chinese_character_that_the_product_shows(
    font: Path, qapp: QApplication
) -> None:
    assert qapp
    texts = (
        file.read_text("utf-8")
        for folder in SHOWN
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".toml", ".html", ".md"}
    )
    shown = {letter for text in texts for letter in text if "\u3000" <= letter <= "\uffef"}
    raw = QRawFont(str(font), 16.0)

    assert len(shown) > 300
    assert {letter for letter in shown if not raw.supportsCharacter(ord(letter))} == set()


def test_the_sounds_are_short_mono_loops_that_differ() -> None:
    lengths_s, contents = [], []
    for file in sorted(SOUNDS.glob("*.wav")):
        with wave.open(str(file)) as sound:
            assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
            lengths_s.append(sound.getnframes() / sound.getframerate())
            contents.append(sound.readframes(sound.getnframes()))

    assert len(set(contents)) == len(contents) == 9
    assert max(lengths_s) <= 4.0
