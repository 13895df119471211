"""Builds dist/shouwang and tries it; run it as `python3 dev.py package`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"


def main() -> int:
    options = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        ROOT / "dist",
        "--workpath",
        ROOT / "build",
    ]
    command = [sys.executable, "-m", "PyInstaller", *options, HERE / "shouwang.spec"]
    built = subprocess.run([*map(str, command)], cwd=ROOT, check=False).returncode
    if built != 0:
        return built
    executable = ROOT / "dist" / "shouwang" / ("shouwang.exe" if sys.platform == "win32" else "shouwang")
    return subprocess.run([sys.executable, HERE / "smoke.py", executable], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
