"""Tries a packaged build where no source is near: self-test, a new database, the demo campus.

Usage: python3 packaging/smoke.py PATH_OF_SHOUWANG; exits with 1 when something does not work.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

LIMIT_S = 120


def main(executable: str) -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="shouwang-smoke-") as folder:
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("PYTHON", "VIRTUAL"))
            },
            "QT_QPA_PLATFORM": "offscreen",
            "SHOUWANG_DATA_DIR": str(Path(folder) / "data"),
        }
        for arguments, is_right in STEPS:
            done = subprocess.run(
                [Path(executable).resolve(), *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=LIMIT_S,
                check=False,
            )
            ok = done.returncode == 0 and is_right(done.stdout)
            failed += not ok
            print(f"{'ok    ' if ok else 'FAILED'} shouwang {' '.join(arguments)}")
            if not ok:
                print(done.stdout, done.stderr, sep="\n")
    return 1 if failed else 0


# Each of them lost its files once in a package, or would without a line in the build.
MUST_BE_TRIED = {
    "late modules",
    "own resources",
    "calendar",
    "paper as DOCX",
    "paper as XLSX",
    "paper as PDF",
    "QR code",
}


def nothing_is_missing(output: str) -> bool:
    rows = json.loads(output)
    tried = {row["check"] for row in rows}
    return tried >= MUST_BE_TRIED and all(row["ok"] or row["optional"] for row in rows)


def is_json_list(output: str) -> bool:
    return isinstance(json.loads(output), list)


STEPS: list[tuple[list[str], Callable[[str], bool]]] = [
    (["--help"], lambda output: "demo" in output),
    (["selftest", "--json"], nothing_is_missing),
    (["db", "upgrade"], lambda _: True),
    (["db", "check"], lambda _: True),
    (["alarms", "--json"], is_json_list),
    (["audit", "verify"], lambda _: True),
]

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
