"""What a killed demo left behind goes at the next start; what another one uses stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from app.demo import LOCK_NAME, sweep_old_demos

LONG_AGO_S = 3600


def folder(parent: Path, name: str, *, age_s: float) -> Path:
    made = parent / f"shouwang-demo-{name}"
    made.mkdir()
    (made / "secrets.toml").write_text("")
    when = time.time() - age_s
    os.utime(made, (when, when))
    return made


def test_only_old_folders_that_nobody_holds_are_removed(tmp_path: Path) -> None:
    left, young, used = (
        folder(tmp_path, "left", age_s=LONG_AGO_S),
        folder(tmp_path, "young", age_s=0),
        folder(tmp_path, "used", age_s=LONG_AGO_S),
    )
    holder = QLockFile(str(used / LOCK_NAME))
    assert holder.tryLock(0)
    os.utime(used, (time.time() - LONG_AGO_S,) * 2)

    sweep_old_demos(tmp_path)

    assert [path.exists() for path in (left, young, used)] == [False, True, True]
    holder.unlock()
