"""Figures stand on the terminal and, as they are, in the file that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bench.telling import tell

FIGURES = {"cameras": 24, "write_ms_p99": 0.6, "scrub_fps": [12.0, 11.5], "cpu_cores": None}


def test_figures_are_lines_and_a_file_in_a_folder_that_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "not" / "there" / "figures.json"
    tell(FIGURES, file)
    assert json.loads(file.read_text(encoding="utf-8")) == FIGURES
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(FIGURES)


def test_without_a_file_only_the_terminal_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell({"lost": 0}, None)
    assert capsys.readouterr().out == "lost 0\n"
    assert list(tmp_path.iterdir()) == []
