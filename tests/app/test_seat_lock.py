"""A workstation's name and data folder are used by one workstation at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.seat_lock import held_seat
from services.core.errors import ServiceError
from services.core.settings import load_settings
from tests.app.command_line import ROOT, environment, run

HOLDER = """
import sys, time
from pathlib import Path
from app.seat_lock import held_seat
from services.core.settings import load_settings
with held_seat(load_settings(data_dir=Path(sys.argv[1]), workstation="DESK")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_workstation_of_the_same_name_is_refused_in_both_languages(data_dir: Path) -> None:
    with held_seat(load_settings(data_dir=data_dir, workstation="DESK")):
        refused = run("--data-dir", data_dir, SHOUWANG_WORKSTATION="DESK")
    assert refused.returncode == 2
    chinese, english = refused.stderr.strip().splitlines()
    assert "DESK" in chinese
    assert "已经打开" in chinese
    assert "DESK is already open" in english
    assert str(data_dir) in english


def test_another_name_on_the_same_folder_is_another_seat(data_dir: Path) -> None:
    with (
        held_seat(load_settings(data_dir=data_dir, workstation="SEAT-1")),
        held_seat(load_settings(data_dir=data_dir, workstation="SEAT-2")),
    ):
        pass


def test_a_killed_workstation_leaves_its_seat_free(data_dir: Path) -> None:
    settings = load_settings(data_dir=data_dir, workstation="DESK")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data_dir)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ServiceError, match="seat_taken"), held_seat(settings):
            pass
        holder.kill()
        holder.wait()
    with held_seat(settings):
        pass
