"""The commands `shouwang secrets …` in processes of their own, on a real secrets file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.core.secrets import Credential, Secrets
from tests.services.video.web_kit import Certificate, Conduct, WebCamera
from tests.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a@b:/c%20 \"电池'"
KEY = "000102030405060708090a0b0c0d0e0f"


def run_secrets(
    data_dir: Path, *arguments: str, typed: str = "", with_data_dir: bool = True
) -> subprocess.CompletedProcess[bytes]:
    folder = ["--data-dir", str(data_dir)] if with_data_dir else []
    return subprocess.run(
        [sys.executable, "-m", "app", "secrets", *arguments, *folder],
        cwd=ROOT,
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=LIMIT_S,
        check=False,
    )


@pytest.fixture
def gate(data_dir: Path) -> Path:
    """A data folder with one log-in and one panel key, both piped in."""
    login = run_secrets(data_dir, "set", "gate", "--username", "viewer", typed=f"{PASSWORD}\n")
    panel = run_secrets(data_dir, "panel", "1002", typed=f"{KEY}\n")
    assert (login.returncode, panel.returncode) == (0, 0), (login.stderr + panel.stderr).decode()
    return data_dir


def test_a_piped_password_is_kept_sealed_and_only_names_are_listed(gate: Path) -> None:
    secrets = Secrets.load(gate / "secrets.toml")
    listed = run_secrets(gate, "list", "--json")

    assert secrets.credential("gate") == Credential("viewer", PASSWORD)
    assert secrets.panel_key("1002") == bytes.fromhex(KEY)
    assert json.loads(listed.stdout) == [
        {"kind": "credential", "name": "gate"},
        {"kind": "panel", "name": "1002"},
    ]
    assert all(PASSWORD.encode() not in file.read_bytes() for file in gate.rglob("*") if file.is_file())


def test_a_new_password_leaves_the_user_name_as_it_was(gate: Path) -> None:
    assert run_secrets(gate, "set", "gate", "--tls", "unverified", typed="new\n").returncode == 0
    assert Secrets.load(gate / "secrets.toml").credential("gate") == Credential("viewer", "new", "unverified")


def test_a_refusal_is_one_sentence_in_both_languages_and_exit_code_2(gate: Path) -> None:
    (gate / "secrets.key").write_bytes(bytes(32))
    before = (gate / "secrets.toml").read_bytes()
    refusals = [
        run_secrets(gate, "set", "gate", typed="new\n"),
        run_secrets(gate, "list"),
    ]

    assert [done.returncode for done in refusals] == [2, 2]
    assert [len(done.stderr.decode().splitlines()) for done in refusals] == [2, 2]
    assert str(gate / "secrets.key") in refusals[0].stderr.decode()
    assert (gate / "secrets.toml").read_bytes() == before


def test_what_is_wrong_with_the_input_is_told(gate: Path) -> None:
    said = [
        run_secrets(gate, "set", "hall", typed="p\n"),
        run_secrets(gate, "panel", "1003", typed="zz\n"),
        run_secrets(gate, "remove", "hall"),
    ]

    assert [done.returncode for done in said] == [2, 2, 2]
    for done, word in zip(said, ("--username", "1003", "hall"), strict=True):
        assert word in done.stderr.decode()


def test_a_removed_log_in_is_gone(gate: Path) -> None:
    assert run_secrets(gate, "remove", "gate").returncode == 0
    assert Secrets.load(gate / "secrets.toml").credential_names == ()


def test_the_fingerprint_of_a_camera_can_be_pinned(gate: Path, tmp_path: Path) -> None:
    certificate = Certificate.new(tmp_path)
    camera = WebCamera(Conduct(), certificate)
    try:
        told = run_secrets(gate, "fingerprint", f"127.0.0.1:{camera.port}", with_data_dir=False)
    finally:
        camera.close()
    nobody = run_secrets(gate, "fingerprint", "127.0.0.1:1", with_data_dir=False)

    assert told.stdout.decode().strip() == f"tls={certificate.fingerprint}"
    assert (nobody.returncode, len(nobody.stderr.decode().splitlines())) == (2, 2)


def test_the_place_of_the_key_is_told(gate: Path) -> None:
    assert run_secrets(gate, "key").stdout.decode().strip() == "key=file"
