"""The commands `shouwang evidence …` in processes of their own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from services.core.clock import SystemClock
from services.domain.audits import AuditSearch
from services.storage import Database
from tests.app.command_line import run
from tests.records import new_sqlite
from tests.services.evidence.sealed.conftest import AT, Record, disk, exported, record, seconds, wish

__all__ = ["disk", "record"]


def run_evidence(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run("evidence", *arguments)


def keys_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def test_verify_says_unchanged_and_then_names_the_changed_file(
    tmp_path: Path, disk: Path, record: Record
) -> None:
    package = exported(tmp_path, wish(AT, AT + seconds(2)), [record(2)], disk)
    well = run_evidence("verify", str(package.path))
    assert (well.returncode, "UNCHANGED" in well.stdout) == (0, True)
    stranger = run_evidence("verify", str(package.path), "--fingerprint", "ab" * 32)
    assert stranger.returncode == 1

    with (package.path / "README.txt").open("ab") as file:
        file.write(b"!")
    changed = run_evidence("verify", str(package.path), "--json")
    assert changed.returncode == 1
    finding, summary = json.loads(changed.stdout)
    assert (finding["kind"], finding["where"], summary["ok"]) == ("file_changed", "README.txt", False)
    assert run_evidence("verify", str(tmp_path)).returncode == 2


def test_the_key_is_shown_by_its_fingerprint_and_a_new_one_is_in_the_audit(data_dir: Path) -> None:
    (first,) = keys_of(run_evidence("key", "--json"))
    refused = run_evidence("key", "--new")
    assert refused.returncode == 2, "no database: what cannot be noted is not done"
    assert keys_of(run_evidence("key", "--json")) == [first]

    url = new_sqlite(data_dir / "shouwang.db")
    old, new = keys_of(run_evidence("key", "--new", "--json"))
    assert (old["fingerprint"], old["until"] is None, new["until"]) == (first["fingerprint"], False, None)
    assert keys_of(run_evidence("key", "--json")) == [old, new]
    database = Database(url, SystemClock())
    database.open()
    search = AuditSearch(AT, AT.replace(year=2200), action="evidence.key")
    changed, announced = database.read(lambda view: view.audit_rows.page(search, 10))
    database.close()
    assert (announced.action, changed.action) == ("evidence.key_announced", "evidence.key_changed")
    for row in (announced, changed):
        assert old["fingerprint"] in (row.before or "")
        assert new["fingerprint"] in (row.after or "")
