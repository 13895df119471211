"""import-linter's contracts hold here, and break on a tree that goes against them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports" + Path(sys.executable).suffix)


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--no-cache"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Empty packages for every layer that is not optional, under the project's contracts."""
    pyproject = ROOT / "pyproject.toml"
    contracts = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("containers") == ["services"])
    services = [name for layer in layers for name in re.split(r"[ |]+", layer) if not name.startswith("(")]
    floors = ["app", "views", "views/watch", "views/dispatch", "ui", "services"]
    for folder in [*floors, *(f"services/{name}" for name in services)]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_bytes(pyproject.read_bytes())
    return tmp_path


def test_the_contracts_hold_in_the_source() -> None:
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_hold_in_an_empty_tree(tree: Path) -> None:
    done = lint(tree)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "text", "contract"),
    [
        ("services/core/a.py", "import ui", "floors"),
        ("ui/a.py", "import app", "floors"),
        ("services/domain/a.py", "import services.storage", "the order inside services"),
        ("services/alarms/a.py", "import services.dispatch", "the order inside services"),
        ("services/gadgets/__init__.py", "", "the order inside services"),
        ("views/watch/a.py", "import views.dispatch", "screens do not know each other"),
        ("services/hub/a.py", "import PySide6.QtCore", "no Qt in services"),
    ],
)
def test_an_import_against_a_contract_breaks_it(tree: Path, file: str, text: str, contract: str) -> None:
    (tree / file).parent.mkdir(exist_ok=True)
    (tree / file).write_text(text + "\n")

    done = lint(tree)

    assert done.returncode == 1
    assert re.search(rf"{contract}.*BROKEN", done.stdout) or "not listed as layers" in done.stdout, (
        done.stdout
    )
