"""The source keeps the project's rules, and every rule is shown a tree that breaks it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).resolve().parents[2]
Rule = Callable[[Path], list[str]]

# Rule, and files of a small tree that break it in each of the given places.
BREAKERS: list[tuple[Rule, dict[str, str]]] = [
    (rules.against_the_floors, {"services/core/a.py": "import ui.theme"}),
    (rules.against_the_floors, {"services/core/a.py": "def f():\n    from app import cli"}),
    (rules.against_the_floors, {"ui/a.py": "from views.watch import SPEC"}),
    (rules.against_the_floors, {"views/watch/a.py": "import app.cli"}),
    (rules.against_the_floors, {"app/a.py": "from tests import guards"}),
    (rules.ui_that_knows_a_service, {"ui/a.py": "from services.storage import Database"}),
    (rules.ui_that_knows_a_service, {"ui/tiles/a.py": "from services import video"}),
    (rules.qt_in_services, {"services/video/a.py": "from PySide6.QtCore import QTimer"}),
    (rules.qt_in_services, {"services/hub/a.py": "if True:\n    import PySide6"}),
    (rules.widgets_in_a_presenter, {"views/watch/presenter.py": "from PySide6.QtWidgets import QLabel"}),
    (rules.widgets_in_a_presenter, {"views/watch/wall_presenter.py": "from PySide6 import QtWidgets"}),
    (rules.widgets_in_a_presenter, {"views/watch/presenter.py": "import PySide6.QtWidgets as w"}),
    (rules.sql_outside_storage, {"services/alarms/a.py": "from sqlalchemy import select"}),
    (rules.sql_outside_storage, {"app/a.py": "import sqlite3"}),
    (rules.foreign_code_on_the_ground, {"services/domain/a.py": "import structlog"}),
    (rules.foreign_code_on_the_ground, {"services/domain/a.py": "from services.core import clock"}),
    (rules.foreign_code_on_the_ground, {"services/core/a.py": "import numpy"}),
    (rules.foreign_code_on_the_ground, {"services/core/a.py": "from services.domain import site"}),
    (rules.undeclared_services, {"services/gadgets/a.py": ""}),
    (rules.threads_started_elsewhere, {"services/alarms/a.py": "import threading\nthreading.Thread()"}),
    (rules.threads_started_elsewhere, {"ui/a.py": "from subprocess import Popen\nPopen([])"}),
    (rules.windows_that_hold_up_the_seat, {"views/watch/a.py": "from PySide6.QtWidgets import QFileDialog"}),
    (rules.windows_that_hold_up_the_seat, {"ui/a.py": "from PySide6.QtWidgets import QMessageBox"}),
    (rules.windows_that_hold_up_the_seat, {"views/watch/a.py": "menu.exec()"}),
    (rules.windows_that_hold_up_the_seat, {"views/watch/a.py": "self.dialog.open()"}),
    (rules.windows_that_hold_up_the_seat, {"app/a.py": "dialog.setModal(True)"}),
    (rules.windows_that_hold_up_the_seat, {"ui/a.py": "self.setWindowModality(modality)"}),
    (rules.packages_that_must_not_be, {"tests/services/__init__.py": ""}),
    (rules.packages_that_must_not_be, {"packaging/__init__.py": ""}),
    (rules.folders_without_init, {"services/video/sources/a.py": ""}),
    (rules.vague_names, {"services/video/a.py": "class StreamManager: ..."}),
    (rules.lists_put_into_words, {"services/video/a.py": 'named = "、".join(names)'}),
    (rules.addresses_in_requirements, {"requirements.txt": "--index-url x"}),
    (rules.addresses_in_requirements, {"requirements-dev.txt": "a @ https://example.org/a.whl"}),
]
RULES = list(dict.fromkeys(rule for rule, _ in BREAKERS))


def named(rule: object) -> str:
    return getattr(rule, "__name__", "files")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small source tree that keeps every rule."""
    for folder in (
        "services/core",
        "services/storage",
        "ui/tiles",
        "views/watch",
        "app",
        "tests",
        "packaging",
    ):
        path = tmp_path / folder
        while path != tmp_path:
            path.mkdir(parents=True, exist_ok=True)
            if path.name not in ("tests", "packaging"):
                (path / "__init__.py").touch()
            path = path.parent
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "services/storage/tables.py").write_text("from sqlalchemy import Table\n")
    (tmp_path / "ui/tiles/tile.py").write_text("import PySide6.QtWidgets\nfrom services.domain import site\n")
    (tmp_path / "requirements.txt").write_text("numpy==2.0 \\\n    --hash=sha256:00\n")
    return tmp_path


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_good_tree_breaks_no_rule(rule: Rule, tree: Path) -> None:
    assert rule(tree) == []


@pytest.mark.parametrize(("rule", "files"), BREAKERS, ids=named)
def test_a_tree_that_breaks_the_rule_is_found_out(rule: Rule, files: dict[str, str], tree: Path) -> None:
    for name, text in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text + "\n", encoding="utf-8")

    first = next(iter(files))
    assert any(line.startswith(first.rpartition("/")[0] or first) for line in rule(tree))


def tracked_files() -> list[Path]:
    """What git tracks; without git, all but what tools leave behind."""
    if not (ROOT / ".git").exists():
        left = {".venv", "build", "dist", "shots", "__pycache__"}
        return [f for f in ROOT.rglob("*") if not left.intersection(f.parts) and ".egg-info" not in str(f)]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_no_file_holds_a_word_that_must_not_appear() -> None:
    assert rules.unwanted_words(ROOT, tracked_files()) == []


@pytest.mark.parametrize(
    "line", ["# TO" + "DO: later", "open('/wo" + "rk/x')", "see issue" + " #12", "FIX" + "ME"]
)
def test_a_word_that_must_not_appear_is_found(line: str, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(f"first\n{line}\n")

    assert rules.unwanted_words(tmp_path, [file])[0].startswith("a.py:2 ")
