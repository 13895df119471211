from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.core.errors import ServiceError
from services.domain.people import Role, Session
from services.domain.video import StreamState
from services.storage import Database
from services.wall.snapshots import Shot, Snapshots, file_name, local_moment
from tests.records import new_record

OPERATOR = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")
TAKEN_AT = datetime(2026, 11, 24, 14, 30, 5, 250_000, tzinfo=UTC)


def shot(**more: object) -> Shot:
    """640×360: blue at the left, red at the right."""
    pixels = np.zeros((360, 640, 4), np.uint8)
    pixels[:, :320] = (255, 0, 0, 255)
    pixels[:, 320:] = (0, 0, 255, 255)
    given: dict[str, object] = {
        "camera_no": "C01",
        "camera_name": "东门",
        "site_name": "示范校区",
        "stream": "sub",
        "codec": "h264",
        "pixels": pixels,
        "source_px": (640, 360),
        "taken_at": TAKEN_AT,
        "state": StreamState.LIVE,
        "age_s": 0.1,
        "lines": ("C01 东门  示范校区", "2026-11-24 22:30:05 UTC+08:00  王值班"),
    }
    return Shot(**(given | more))  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "test.db") as made:
        yield made


@pytest.fixture
def snapshots(database: Database, tmp_path: Path) -> Snapshots:
    return Snapshots(database, tmp_path / "pictures" / "shouwang")


def audit(tmp_path: Path) -> list[tuple[str, str, dict[str, object]]]:
    with sqlite3.connect(tmp_path / "test.db") as connection:
        rows = connection.execute("SELECT action, object, after FROM audit").fetchall()
    connection.close()
    return [(action, thing, json.loads(after)) for action, thing, after in rows]


def test_the_file_holds_the_picture_untouched_and_the_strip_below_it(snapshots: Snapshots) -> None:
    saved = snapshots.save(OPERATOR, shot())
    with Image.open(saved.path) as image:
        picture = np.asarray(image)
    assert picture.shape[1] == 640
    assert (picture[:360, :320] == (0, 0, 255)).all()
    assert (picture[:360, 320:] == (255, 0, 0)).all()
    strip = picture[360:]
    assert strip.shape[0] > 30
    assert strip.max() > 200, "there is text"


def test_the_file_says_by_itself_what_it_is(snapshots: Snapshots) -> None:
    saved = snapshots.save(OPERATOR, shot())
    with Image.open(saved.path) as image:
        about = dict(image.text)  # type: ignore[attr-defined]
    assert about["Title"] == "C01 东门"
    assert about["Site"] == "示范校区"
    assert about["Operator"] == "王值班 (wang)"
    assert datetime.fromisoformat(about["Creation Time"]) == TAKEN_AT
    assert about["Stream"] == "sub h264"
    assert about["Source size"] == "640x360"
    assert about["State"] == "live"


def test_the_audit_names_the_file_and_its_hash(snapshots: Snapshots, tmp_path: Path) -> None:
    saved = snapshots.save(OPERATOR, shot())
    assert saved.sha256 == hashlib.sha256(saved.path.read_bytes()).hexdigest()
    action, thing, after = audit(tmp_path)[-1]
    assert (action, thing) == ("camera.snapshot", "C01")
    assert (after["sha256"], after["file"]) == (saved.sha256, str(saved.path))


@pytest.mark.parametrize("state", [StreamState.OFFLINE, StreamState.RECONNECTING, StreamState.CONNECTING])
def test_a_picture_that_is_not_live_cannot_pass_for_one(snapshots: Snapshots, state: StreamState) -> None:
    saved = snapshots.save(OPERATOR, shot(state=state, age_s=42.0, lines=("非实时画面",)))
    assert saved.path.stem.endswith("_NOT-LIVE")
    with Image.open(saved.path) as image:
        about = dict(image.text)  # type: ignore[attr-defined]
        strip = np.asarray(image)[360:].reshape(-1, 3)
    assert about["State"] == f"NOT LIVE: {state.value}"
    assert about["Age of picture"] == "42.0 s"
    brightest = strip[strip.sum(axis=1).argmax()]
    assert int(brightest[0]) > int(brightest[2]) + 80, "the words are in the warning colour"


def test_a_late_picture_is_one_of_the_present() -> None:
    assert shot(state=StreamState.LATE).is_present


def test_a_picture_that_was_enlarged_for_the_screen_is_kept_in_the_camera_s_size(
    snapshots: Snapshots,
) -> None:
    large = np.repeat(np.repeat(shot().pixels, 2, axis=0), 2, axis=1)
    saved = snapshots.save(OPERATOR, shot(pixels=large))
    with Image.open(saved.path) as image:
        assert image.width == 640


def test_two_snapshots_in_one_second_are_two_files(snapshots: Snapshots) -> None:
    first, second = snapshots.save(OPERATOR, shot()), snapshots.save(OPERATOR, shot(camera_name="东门"))
    assert first.path != second.path
    assert {first.path.name, second.path.name} == {file.name for file in snapshots.folder.iterdir()}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "snapshot.disk_full"),
        (errno.EACCES, "snapshot.no_permission"),
        (errno.EROFS, "snapshot.no_permission"),
        (errno.EIO, "snapshot.cannot_write"),
    ],
)
def test_what_cannot_be_written_leaves_nothing_behind(
    snapshots: Snapshots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ServiceError) as refused:
        snapshots.save(OPERATOR, shot())
    assert refused.value.code == code
    assert list(snapshots.folder.iterdir()) == []
    assert audit(tmp_path) == []


def test_a_folder_that_is_a_file_is_refused_in_words(database: Database, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ServiceError) as refused:
        Snapshots(database, tmp_path / "taken" / "shots").save(OPERATOR, shot())
    assert refused.value.code == "snapshot.cannot_write"


def test_a_database_that_is_away_costs_the_audit_not_the_picture(
    database: Database, snapshots: Snapshots
) -> None:
    database.close()
    with pytest.raises(ServiceError) as refused:
        snapshots.save(OPERATOR, shot())
    assert refused.value.code == "snapshot.not_audited"
    assert Path(str(refused.value.params["file"])).exists()


@given(st.text(max_size=200), st.text(max_size=20))
def test_a_file_name_is_safe_on_every_system(name: str, number: str) -> None:
    made = file_name(replace(shot(), camera_name=name, camera_no=number))
    assert not set(made) & set('<>:"/\\|?*')
    assert all(ord(c) >= 32 for c in made)
    assert made[:4].isdigit()
    assert made.endswith(".png")
    assert not made.removesuffix(".png").endswith((" ", "."))
    assert len(made) <= 120
    assert len(made.encode()) <= 255


def test_a_camera_with_a_very_long_chinese_name_can_be_kept(snapshots: Snapshots) -> None:
    kept = snapshots.save(OPERATOR, shot(camera_name="图书馆北侧走廊" * 28, state=StreamState.OFFLINE))
    assert kept.path.exists()


def test_the_moment_names_its_offset_from_utc() -> None:
    text = local_moment(TAKEN_AT)
    assert datetime.strptime(text.replace("UTC", ""), "%Y-%m-%d %H:%M:%S %z") == TAKEN_AT.replace(
        microsecond=0
    )
