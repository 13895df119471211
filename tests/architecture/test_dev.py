"""dev.py before anything is installed: what it installs, what it only says, and the display it brings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]
NEEDS_APT = pytest.mark.skipif(sys.platform != "linux", reason="system packages are a matter of Debian")

# Stand-ins for Debian's programs: libgl1 is installed, two packages are known, one only after an update.
PROGRAMS = {
    "dpkg-query": "echo 'ii  libgl1'; echo 'rc  xvfb'",
    "apt-cache": 'case "$2" in xvfb|libglib2.0-0t64) echo "Package: $2";; '
    'postgresql) cat "$LOG.updated" || exit 100;; *) exit 100;; esac',
    "apt-get": 'echo "apt-get $*" >> "$LOG"; '
    'case "$*" in *update*) echo "Package: postgresql" > "$LOG.updated";; esac',
    "sudo": 'echo "a password is required" >&2; exit 1',
}


def install(wanted: list[str], folder: Path, *, as_user: bool = False) -> tuple[int, str, list[str]]:
    """The exit code, what a person reads, and the calls of apt-get."""
    (folder / "bin").mkdir()
    folder.chmod(0o777)
    for name, body in PROGRAMS.items():
        program = folder / "bin" / name
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
    log = folder / "apt.log"
    code = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); import dev\n"
        f"os.geteuid = lambda: {1000 if as_user else 0}  # whoever runs the tests\n"
        f"dev.install_system_packages({wanted!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PATH": f"{folder / 'bin'}:/usr/bin:/bin", "LOG": str(log)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, log.read_text().splitlines() if log.exists() else []


@NEEDS_APT
def test_nothing_is_installed_where_nothing_is_missing(tmp_path: Path) -> None:
    assert install(["libgl1", "absent|libgl1"], tmp_path) == (0, "", [])


@NEEDS_APT
def test_root_installs_what_is_missing_under_the_name_of_this_release(tmp_path: Path) -> None:
    code, _, calls = install(["libgl1", "xvfb", "libglib2.0-0|libglib2.0-0t64"], tmp_path)

    assert code == 0
    assert calls == ["apt-get -qq install -y --no-install-recommends xvfb libglib2.0-0t64"]


@NEEDS_APT
def test_the_package_lists_are_fetched_first_when_they_lack_a_name(tmp_path: Path) -> None:
    code, _, calls = install(["postgresql"], tmp_path)

    assert code == 0
    assert calls == ["apt-get -qq update", "apt-get -qq install -y --no-install-recommends postgresql"]


@NEEDS_APT
def test_a_user_without_rights_reads_the_exact_line_and_nothing_is_tried(tmp_path: Path) -> None:
    code, said, calls = install(["libgl1", "xvfb", "libglib2.0-0|libglib2.0-0t64"], tmp_path, as_user=True)

    assert (code, calls) == (3, [])
    assert "\nsudo apt-get install -y xvfb libglib2.0-0t64\n" in said


def test_an_old_python_is_told_plainly() -> None:
    code = (
        "import sys; sys.version_info = (3, 9, 2)\n"
        f"exec(open({str(ROOT / 'dev.py')!r}, encoding='utf-8').read())"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 1
    assert "3.9" in done.stderr
    assert "Python 3.11 or newer" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_shows_what_there_is() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "dev.py", "dance"], capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 2
    assert "dev.py demo" in done.stdout


@pytest.mark.parametrize("wrong", [["--nigth"], ["--seconds", "soon"], ["--seconds", "0"], ["now"]], ids=str)
def test_wrong_options_of_the_demo_are_told_before_anything_is_installed(wrong: list[str]) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import dev\n"
        "dev.prepare = dev.film = lambda: print('installing')\n"
        "dev.call = lambda *_, **__: 0\n"
        "sys.exit(dev.main(['demo', *sys.argv[1:]]))"
    )
    command = [sys.executable, "-c", code]

    refused = subprocess.run([*command, *wrong], capture_output=True, encoding="utf-8", check=False)
    taken = subprocess.run(
        [*command, "--seconds", "1", "--help"], capture_output=True, encoding="utf-8", check=False
    )

    assert (refused.returncode, refused.stdout) == (2, "")
    assert wrong[-1] in refused.stderr or wrong[0] in refused.stderr
    assert taken.stdout.splitlines()[:1] == ["installing"]


@NEEDS_APT
def test_two_virtual_displays_at_once_do_not_collide() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import dev, os\n"
        "with dev.virtual_display() as one, dev.virtual_display() as two:\n"
        "    print(one != two, all(os.path.exists(f'/tmp/.X11-unix/X{d[1:]}') for d in (one, two)))\n"
        "print(os.path.exists(f'/tmp/.X11-unix/X{one[1:]}'))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT_S, check=False
    )

    assert done.stdout.split() == ["True", "True", "False"], done.stderr
