"""Collects the screens' texts into the translation file and compiles it: `python packaging/translate.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TS_FILE = ROOT / "resources" / "i18n" / "shouwang_en.ts"
QM_FILE = TS_FILE.with_suffix(".qm")
FOLDERS = ("app", "ui", "views")


def sources() -> list[Path]:
    """Every file that may hold texts for people, in a stable order."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def collect(target: Path = TS_FILE) -> None:
    """Bring `target` up to the sources: new texts unfinished, gone ones dropped, no line numbers."""
    listed = target.with_suffix(".files")
    listed.write_text("\n".join(str(path) for path in sources()), encoding="utf-8")
    options = ["-source-language", "zh_CN", "-target-language", "en", "-no-obsolete", "-locations", "none"]
    _run("pyside6-lupdate", f"@{listed}", *options, "-ts", str(target))
    listed.unlink()


def release(source: Path = TS_FILE, target: Path = QM_FILE) -> None:
    """Compile the translation file; a pure function of `source`."""
    _run("pyside6-lrelease", "-silent", str(source), "-qm", str(target))


def _run(tool: str, *arguments: str) -> None:
    command = Path(sys.executable).parent / tool
    subprocess.run([str(command), *arguments], check=True)


if __name__ == "__main__":
    collect()
    release()
