"""The command line in processes of its own: what it prints, refuses, and never tells."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from app.processes import Child
from app.sentences import both_languages
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.sim.panels import Dialler, Line, Report
from services.storage import Database
from tests.app.command_line import ROOT, run
from tests.postgres import Cluster
from ui.i18n import speak

HAN = re.compile(r"[一-鿿]")
SITE = ROOT / "resources" / "sites" / "demo.toml"
PASSWORD = "Zx9-not-to-be-told"


def test_an_exported_site_imports_again_and_exports_the_same(data_dir: Path, tmp_path: Path) -> None:
    done = run("site", "import", SITE)
    assert done.returncode == 0, done.stderr
    assert "cameras=24" in done.stdout
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    assert run("site", "export", first).returncode == 0
    other = str(tmp_path / "elsewhere")
    assert run("site", "import", first, SHOUWANG_DATA_DIR=other).returncode == 0
    assert run("site", "export", second, SHOUWANG_DATA_DIR=other).returncode == 0
    assert second.read_text("utf-8") == first.read_text("utf-8")
    assert (data_dir / "shouwang.db").exists()


def test_a_record_that_nobody_has_begun_is_named_and_not_made(data_dir: Path) -> None:
    for asked in (("alarms",), ("users", "list"), ("audit", "verify"), ("db", "check")):
        refused = run(*asked)
        assert refused.returncode == 2
        assert "no database yet" in refused.stderr
        assert str(data_dir) in refused.stderr
    assert not (data_dir / "shouwang.db").exists()


@pytest.mark.usefixtures("data_dir")
def test_a_wrong_site_file_is_refused_with_its_place_and_changes_nothing(tmp_path: Path) -> None:
    assert run("site", "import", SITE).returncode == 0
    before = run("site", "export").stdout
    text = SITE.read_text("utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace("fov_deg = 66.0", 'fov_deg = "wide"', 1), "utf-8")
    line = text[: text.index("fov_deg = 66.0")].count("\n") + 1
    refused = run("site", "import", wrong)
    assert (refused.returncode, refused.stdout) == (2, "")
    chinese, english = refused.stderr.strip().splitlines()[-2:]
    assert HAN.search(chinese)
    assert not HAN.search(english)
    for sentence in (chinese, english):
        assert "wrong.toml" in sentence
        assert re.search(rf"\b{line}\b", sentence.replace("第", " ").replace("行", " "))
        assert "fov_deg" in sentence
    assert run("site", "export").stdout == before


@pytest.mark.usefixtures("data_dir")
def test_a_site_file_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    assert run("site", "import", SITE).returncode == 0
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "none" / "site.toml", tmp_path / "folder", Path("/")):
        refused = run("site", "export", place)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "Traceback" not in refused.stderr
        assert "site.cannot_write" in refused.stderr or str(place) in refused.stderr
    assert not (tmp_path / "none").exists()
    assert not list(tmp_path.rglob("*.unfinished"))


@pytest.mark.usefixtures("data_dir")
def test_a_backup_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert run("db", "upgrade").returncode == 0
    refused = run("db", "backup", tmp_path / "none" / "copy.db")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert HAN.search(refused.stderr)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("arguments", [("db", "check"), ("audit", "verify"), ("db", "backup", "copy.db")])
def test_an_empty_database_file_is_refused_in_a_sentence(
    data_dir: Path, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    data_dir.mkdir(exist_ok=True)
    (data_dir / "shouwang.db").touch()
    *command, last = arguments
    refused = run(*command, tmp_path / last if last == "copy.db" else last)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Traceback" not in refused.stderr
    assert "shouwang db upgrade" in refused.stderr
    assert not (tmp_path / "copy.db").exists()


def test_an_alarm_from_the_wire_is_listed_and_a_second_hub_is_refused(data_dir: Path) -> None:
    assert run("site", "import", SITE).returncode == 0
    hub = Child("hub", ["hub", "--dc09", "127.0.0.1:0"], {"SHOUWANG_DATA_DIR": str(data_dir)})
    try:
        port = hub.wait_ready(40)["dc09_port"]
        assert isinstance(port, int)
        dialler = Dialler(Line("1001", "127.0.0.1", port), SystemClock())
        assert dialler.send(Report("120", 1))
        dialler.close()
        second = run("hub", "--dc09", "127.0.0.1:0")
        assert second.returncode == 2
        assert HAN.search(second.stderr)
        assert hub.is_alive
    finally:
        hub.stop()
    listed = run("alarms", "--json")
    assert listed.returncode == 0, listed.stderr
    (alarm,) = json.loads(listed.stdout)
    assert (alarm["zone"], alarm["alarm_class"], alarm["state"]) == ("Z01", "panic", "new")
    assert alarm["feeds"][0] == "C01"


def test_a_database_is_made_checked_and_backed_up(data_dir: Path, tmp_path: Path) -> None:
    assert run("db", "upgrade").returncode == 0
    assert (data_dir / "shouwang.db").exists()
    checked = run("db", "check", "--json")
    assert checked.returncode == 0, checked.stderr
    (health,) = json.loads(checked.stdout)
    assert health["ok"] is True
    copy = tmp_path / "copy.db"
    assert run("db", "backup", copy).returncode == 0
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_changed_row_of_the_audit_is_named(data_dir: Path) -> None:
    for _ in range(2):
        assert run("site", "import", SITE).returncode == 0
    assert run("audit", "verify").returncode == 0
    connection = sqlite3.connect(data_dir / "shouwang.db")
    connection.execute("DROP TRIGGER audit_refuses_update")
    connection.execute("UPDATE audit SET actor = 'somebody else' WHERE seq = 2")
    connection.commit()
    connection.close()
    verified = run("audit", "verify", "--json")
    assert verified.returncode == 1
    (report,) = json.loads(verified.stdout)
    assert (report["ok"], report["first_broken"], report["fault"]) == (False, 2, "edited")


def test_the_selftest_says_in_json_what_it_found() -> None:
    done = run("selftest", "--json")
    checks = json.loads(done.stdout)
    bad = [check for check in checks if not check["ok"] and not check["optional"]]
    assert (done.returncode, bad) == (0, [])
    tried = {check["check"] for check in checks}
    assert {"decode a frame", "open a database", "open a window"} <= tried
    # What a package is easily built without.
    assert {"late modules", "own resources", "calendar", "paper as DOCX", "paper as XLSX"} <= tried
    assert {"paper as PDF", "QR code"} <= tried


def test_a_hub_starts_with_a_secrets_file_that_cannot_be_read(data_dir: Path) -> None:
    (data_dir / "secrets.toml").write_text("[panel", encoding="utf-8")
    hub = Child("hub", ["hub", "--dc09", "127.0.0.1:0"], {"SHOUWANG_DATA_DIR": str(data_dir)})
    try:
        assert hub.wait_ready(40)["dc09_port"]
    finally:
        hub.stop()
    logs = "".join(path.read_text("utf-8") for path in (data_dir / "logs").glob("*"))
    assert logs.count("secrets.not_read") == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:port", ":99999", "127.0.0.1:²"])
def test_an_address_that_is_none_is_refused(data_dir: Path, address: str) -> None:
    refused = run("hub", "--dc09", address)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert HAN.search(refused.stderr)
    assert not (data_dir / "shouwang.db").exists()


def test_a_data_folder_that_cannot_be_written_is_refused_in_one_line(data_dir: Path) -> None:
    (data_dir / "logs").write_text("a file where the folder should be", encoding="utf-8")
    refused = run("hub", "--dc09", "127.0.0.1:0")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert HAN.search(refused.stderr)


UNREACHABLE = f"postgresql://guard:{PASSWORD}@127.0.0.1:1/shouwang"
BAD_PORT = f"postgresql://guard:{PASSWORD}@127.0.0.1:port/shouwang"
BAD_OPTION = f"postgresql://guard:{PASSWORD}@127.0.0.1/shouwang?bogus_option=1"
BARE_AT = f"postgresql://guard:half@{PASSWORD}@127.0.0.1:1/shouwang"


@pytest.mark.parametrize("url", [UNREACHABLE, BAD_PORT, BAD_OPTION, BARE_AT])
@pytest.mark.parametrize("arguments", [("alarms",), ("hub", "--dc09", "127.0.0.1:0")])
def test_a_wrong_database_address_is_refused_without_telling_its_password(
    data_dir: Path, url: str, arguments: tuple[str, ...]
) -> None:
    refused = run(*arguments, SHOUWANG_DATABASE=url)
    assert refused.returncode == 2, refused.stderr
    logs = "".join(path.read_text("utf-8") for path in (data_dir / "logs").glob("*"))
    for said in (refused.stdout, refused.stderr, logs):
        assert PASSWORD not in said
        assert "Traceback" not in said
    assert HAN.search(refused.stderr)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "url",
    [
        BAD_PORT,
        BAD_OPTION,
        BARE_AT,
        f"oracle://guard:{PASSWORD}@db/x",
        f"guard:{PASSWORD}@db",
        f"{PASSWORD}@db",
        PASSWORD,
    ],
)
def test_what_is_no_database_address_is_refused_in_two_languages_and_never_quoted(url: str) -> None:
    with pytest.raises(ServiceError) as refused:
        Database(url)
    said = both_languages(refused.value)
    speak("zh")
    chinese, english = said.splitlines()
    assert HAN.search(chinese)
    assert not HAN.search(english)
    assert PASSWORD not in said


@pytest.mark.parametrize(("language", "title"), [("zh", "值班日报"), ("en", "Daily duty report")])
@pytest.mark.usefixtures("data_dir")
def test_a_duty_report_is_written_without_a_display(tmp_path: Path, language: str, title: str) -> None:
    run("site", "import", SITE)
    file = tmp_path / "report.docx"

    done = run("report", "day", file, "--day", "2026-11-28", "--json", SHOUWANG_LANGUAGE=language)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["first_on"] == "2026-11-28"
    assert docx.Document(str(file)).paragraphs[0].text == title


@pytest.mark.usefixtures("data_dir")
def test_a_report_into_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    run("db", "upgrade")

    done = run("report", "week", tmp_path / "report.odt")

    assert done.returncode == 2
    assert "report.odt" in done.stderr
    assert list(tmp_path.glob("*.odt")) == []


def test_the_hub_writes_duty_reports_into_its_folder_by_itself(
    data_dir: Path, tmp_path: Path, wait_until: Callable[..., object]
) -> None:
    folder = tmp_path / "reports"
    run("site", "import", SITE)
    ports = ("--dc09", "127.0.0.1:0")
    settings = {"SHOUWANG_DUTY_REPORT_DIR": str(folder), "SHOUWANG_DUTY_REPORT_AT": "00:00"}
    hub = Child("hub", ["hub", *ports, "--data-dir", str(data_dir)], settings)
    try:
        hub.wait_ready(60)
        wait_until(lambda: list(folder.glob("day-*.pdf")), 90.0)
    finally:
        hub.stop(30)
    assert next(folder.glob("day-*.pdf")).read_bytes()[:5] == b"%PDF-"


def test_a_hub_that_has_served_waits_for_its_database_server_after_a_power_cut(data_dir: Path) -> None:
    """It ended, and no panel was heard until somebody started it again."""
    server = Cluster()
    server.start()
    try:
        environment = {
            "SHOUWANG_DATA_DIR": str(data_dir),
            "SHOUWANG_DATABASE": server.create_database("power"),
        }
        ends_for_good = Child("hub", ["hub", "--dc09", "127.0.0.1:0"], environment)
        ends_for_good.wait_ready(60)
        ends_for_good.stop()
        server.kill()
        waiting = Child("hub", ["hub", "--dc09", "127.0.0.1:0"], environment)
        try:
            wait_for_line(data_dir, "hub.waits_for_record")
            assert waiting.is_alive
            server.serve()
            assert isinstance(waiting.wait_ready(60)["dc09_port"], int)
        finally:
            waiting.stop()
    finally:
        server.remove()


def wait_for_line(data_dir: Path, event: str) -> None:
    """In any log of the data folder."""
    ends_at = time.monotonic() + 60
    while not any(event in path.read_text("utf-8") for path in (data_dir / "logs").glob("*")):
        assert time.monotonic() < ends_at, f"no {event} in the logs"
        time.sleep(0.05)
