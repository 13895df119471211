"""An export is whole and registered, or everything is as it was before it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.audits import AuditSearch
from services.domain.evidence import EvidenceRequest, EvidenceState, Take
from services.domain.people import Limit, Permission
from services.evidence import steps
from services.evidence.checking import PackageCheck
from services.evidence.desk import EvidenceDesk
from services.evidence.exporting import Bench, Exporter, ExportOrder, ExportProgress
from services.evidence.manifest import OriginKind, read_manifest
from services.evidence.signing import SigningKey
from services.evidence.steps import Pen
from services.evidence.wish import Stage
from services.storage import Database, sqlite_url
from tests.services.evidence.played_tape import PlayedTape, coded
from tests.services.evidence.sealed.conftest import AT, SEED, Record
from tests.services.evidence.test_desk import LEADER, SUPERVISOR, WANTED
from tests.services.review.night import START_AT

SECONDS = timedelta(seconds=1)
TAKES = (Take("C01", AT + 2 * SECONDS, AT + 6 * SECONDS), Take("C02", AT, AT + 4 * SECONDS))


@pytest.fixture
def exporter(database: Database, clock: ManualClock, disk: Path) -> Exporter:
    bench = Bench(lambda segment: disk / segment.path, lambda: SigningKey(SEED), "Shouwang 0.1.0")
    return Exporter(database, clock, bench)


@pytest.fixture
def approved(desk: EvidenceDesk, database: Database, record: Record) -> EvidenceRequest:
    """Of two cameras, recorded in three pieces."""
    pieces = [record(4), record(4, AT + 4 * SECONDS), record(4, camera="C02")]
    database.write(lambda tx: tx.segments.add_all(pieces))
    return desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=TAKES)))


@pytest.fixture
def run(exporter: Exporter, tmp_path: Path) -> Callable[..., EvidenceRequest]:
    """`run(request, tell, stop)` into the folder "out"."""

    def run(
        request: EvidenceRequest,
        tell: Callable[[ExportProgress], None] = lambda _progress: None,
        stop: Event | None = None,
    ) -> EvidenceRequest:
        return exporter.export(SUPERVISOR, request, ExportOrder(tmp_path / "out"), tell, stop or Event())

    return run


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_whole_export_is_in_the_register_with_the_package_s_own_numbers(
    database: Database,
    clock: ManualClock,
    approved: EvidenceRequest,
    run: Callable[..., EvidenceRequest],
) -> None:
    shares: list[float] = []
    made = run(approved, lambda progress: shares.append(progress.share))
    assert made.state is EvidenceState.EXPORTED
    assert made.export is not None
    manifest = Path(made.export.folder) / "manifest.json"
    assert made.export.fingerprint == hashlib.sha256(manifest.read_bytes()).hexdigest()
    assert made.export.key_fingerprint == SigningKey(SEED).fingerprint
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0
    # Counted by hand: C01 lies in one film, C02 in another; verifier and README with them.
    assert len(list(Path(made.export.folder).rglob("*.mp4"))) == 2
    checked = PackageCheck(database, clock).check(SUPERVISOR, made)
    assert (checked.is_unchanged, checked.files) == (True, made.export.files)


def test_one_flipped_bit_is_named_at_the_seat(
    database: Database, clock: ManualClock, approved: EvidenceRequest, run: Callable[..., EvidenceRequest]
) -> None:
    made = run(approved)
    assert made.export is not None
    film = next(Path(made.export.folder).rglob("*C02*.mp4"))
    content = bytearray(film.read_bytes())
    content[len(content) // 2] ^= 1
    film.write_bytes(content)
    checked = PackageCheck(database, clock).check(SUPERVISOR, made)
    assert [fault.where for fault in checked.faults] == [f"video/{film.name}"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_file_whose_name_is_no_text_is_named_and_the_check_is_in_the_audit(
    database: Database, clock: ManualClock, approved: EvidenceRequest, run: Callable[..., EvidenceRequest]
) -> None:
    made = run(approved)
    assert made.export is not None
    (Path(made.export.folder) / os.fsdecode(b"\xff\n.txt")).write_bytes(b"x")
    checked = PackageCheck(database, clock).check(SUPERVISOR, made)
    assert [fault.where for fault in checked.faults] == ["\ufffd\ufffd.txt"]
    search = AuditSearch(START_AT - SECONDS, START_AT.replace(year=2200), action="evidence.checked")
    (row,) = database.read(lambda view: view.audit_rows.page(search, 10))
    assert row.after is not None
    assert "\ufffd\ufffd.txt" in row.after


def test_another_package_of_ours_in_its_place_is_no_package_of_the_request(
    desk: EvidenceDesk,
    database: Database,
    clock: ManualClock,
    approved: EvidenceRequest,
    run: Callable[..., EvidenceRequest],
) -> None:
    made = run(approved)
    clock.advance(60)
    other = run(desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=TAKES[:1]))))
    assert made.export is not None
    assert other.export is not None
    shutil.rmtree(made.export.folder)
    shutil.copytree(other.export.folder, made.export.folder)
    checked = PackageCheck(database, clock).check(SUPERVISOR, made)
    assert [fault.where for fault in checked.faults] == ["manifest.json"]


def test_who_may_not_watch_a_camera_does_not_check_its_package(
    database: Database, clock: ManualClock, approved: EvidenceRequest, run: Callable[..., EvidenceRequest]
) -> None:
    made = run(approved)
    limited = replace(SUPERVISOR, limits=(Limit(Permission.WATCH, cameras=("C02",)),))
    with pytest.raises(ServiceError) as refused:
        PackageCheck(database, clock).check(limited, made)
    assert refused.value.code == "identity.barred"


def test_a_cancelled_export_leaves_no_file_and_the_request_approved(
    desk: EvidenceDesk, approved: EvidenceRequest, run: Callable[..., EvidenceRequest], tmp_path: Path
) -> None:
    stop = Event()
    with pytest.raises(ServiceError) as refused:
        run(approved, lambda _progress: stop.set(), stop)
    assert refused.value.code == "evidence.stopped"
    after = desk.find(SUPERVISOR, approved.id)
    assert (after.state, after.export) == (EvidenceState.APPROVED, None)
    assert left_in(tmp_path / "out") == []


def test_an_export_of_what_was_never_recorded_leaves_the_request_approved(
    desk: EvidenceDesk, run: Callable[..., EvidenceRequest]
) -> None:
    asked = desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=TAKES)))
    with pytest.raises(ServiceError) as refused:
        run(asked)
    assert refused.value.code == "evidence.nothing_recorded"
    after = desk.find(SUPERVISOR, asked.id)
    assert (after.state, after.reason) == (EvidenceState.APPROVED, "evidence.nothing_recorded")


def test_while_an_export_says_that_it_goes_on_no_seat_takes_it(
    desk: EvidenceDesk,
    clock: ManualClock,
    approved: EvidenceRequest,
    run: Callable[..., EvidenceRequest],
) -> None:
    released: list[EvidenceRequest] = []

    def work_slowly(_progress: ExportProgress) -> None:
        clock.advance(100)
        released.extend(desk.tend())

    assert run(approved, work_slowly).state is EvidenceState.EXPORTED
    assert released == []


def test_an_export_that_was_taken_for_dead_stops_and_leaves_nothing(
    desk: EvidenceDesk,
    clock: ManualClock,
    approved: EvidenceRequest,
    run: Callable[..., EvidenceRequest],
    tmp_path: Path,
) -> None:
    def sleep(_progress: ExportProgress) -> None:
        clock.advance(121)
        desk.tend()

    with pytest.raises(ServiceError) as refused:
        run(approved, sleep)
    assert refused.value.code == "evidence.lost_turn"
    assert desk.find(SUPERVISOR, approved.id).state is EvidenceState.APPROVED
    assert left_in(tmp_path / "out") == []


def test_a_package_that_cannot_be_registered_is_destroyed(
    desk: EvidenceDesk,
    database: Database,
    clock: ManualClock,
    approved: EvidenceRequest,
    run: Callable[..., EvidenceRequest],
    tmp_path: Path,
) -> None:
    """Taken from it in its last moment, when it says nothing any more."""

    def take_away(_progress: ExportProgress) -> None:
        if desk.find(SUPERVISOR, approved.id).state is EvidenceState.EXPORTING:
            found = desk.find(SUPERVISOR, approved.id)
            database.write(lambda tx: steps.break_off(Pen(tx, None, clock.now()), found, "stalled"))

    with pytest.raises(ServiceError) as refused:
        run(approved, take_away)
    assert refused.value.code == "evidence.lost_turn"
    assert left_in(tmp_path / "out") == []


def test_no_second_seat_exports_the_same_request_meanwhile(
    desk: EvidenceDesk, approved: EvidenceRequest, exporter: Exporter, tmp_path: Path
) -> None:
    codes: list[str] = []

    def also(_progress: ExportProgress) -> None:
        for request in (approved, desk.find(SUPERVISOR, approved.id)):
            with pytest.raises(ServiceError) as refused:
                exporter.export(LEADER, request, ExportOrder(tmp_path / "b"), lambda _p: None, Event())
            codes.append(refused.value.code)

    exporter.export(SUPERVISOR, approved, ExportOrder(tmp_path / "out"), also, Event())
    assert set(codes) == {"storage.conflict", "evidence.illegal_move"}
    assert left_in(tmp_path / "b") == []


def test_a_locked_package_is_not_begun_without_its_password(
    desk: EvidenceDesk, database: Database, run: Callable[..., EvidenceRequest], approved: EvidenceRequest
) -> None:
    locked = replace(approved, options=replace(approved.options, is_encrypted=True))
    locked = database.write(lambda tx: tx.evidence.save(locked))
    with pytest.raises(ServiceError) as refused:
        run(locked)
    assert refused.value.code == "evidence.password_needed"
    assert desk.find(SUPERVISOR, locked.id).state is EvidenceState.APPROVED


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_seat_killed_while_exporting_leaves_it_approved_and_its_leftovers_are_swept(
    desk: EvidenceDesk,
    clock: ManualClock,
    approved: EvidenceRequest,
    run: Callable[..., EvidenceRequest],
    tmp_path: Path,
    disk: Path,
) -> None:
    program = Path(__file__).with_name("dying_export.py")
    url = sqlite_url(tmp_path / "record.db")
    words = [sys.executable, str(program), url, approved.id, str(disk), str(tmp_path / "out"), "working"]
    root = Path(__file__).parents[4]
    died = subprocess.run(words, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert died.returncode == -9
    assert desk.find(SUPERVISOR, approved.id).state is EvidenceState.EXPORTING
    assert any(name.endswith(".part") for name in left_in(tmp_path / "out"))

    clock.advance(121)
    (again,) = desk.tend()
    assert again.state is EvidenceState.APPROVED
    made = run(again)
    assert made.export is not None
    assert left_in(tmp_path / "out") == [Path(made.export.folder).name]


def test_what_is_still_being_written_is_waited_for_and_not_taken_for_a_gap(
    desk: EvidenceDesk,
    database: Database,
    clock: ManualClock,
    record: Record,
    run: Callable[..., EvidenceRequest],
) -> None:
    """The request goes to a second ago; the piece on the disk ends ten seconds before that."""
    until = clock.now() - SECONDS
    piece = record(4, until - 14 * SECONDS)
    database.write(lambda tx: tx.segments.add_all([piece]))
    takes = (Take("C01", until - 12 * SECONDS, until),)
    asked = desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=takes)))
    with pytest.raises(ServiceError) as refused:
        run(asked)
    assert refused.value.code == "evidence.still_recorded"
    # Two minutes after the end of what is asked for.
    assert refused.value.params["seconds"] == 119
    clock.advance(119)
    assert run(desk.find(SUPERVISOR, asked.id)).state is EvidenceState.EXPORTED


def test_what_only_a_recorder_has_is_exported_with_the_rest(
    database: Database,
    clock: ManualClock,
    desk: EvidenceDesk,
    disk: Path,
    record: Record,
    tmp_path: Path,
) -> None:
    database.write(lambda tx: tx.segments.add_all([record(4), record(4, AT + 4 * SECONDS)]))
    approved = desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=TAKES)))
    # C02 lies on the recorder only; without key pictures later than its first 100 pictures last 4 s.
    words = {"x264-params": "repeat-headers=1:keyint=25:bframes=0:scenecut=0", "tune": "zerolatency"}
    tape = PlayedTape(coded(100, words))
    bench = Bench(
        lambda segment: disk / segment.path,
        lambda: SigningKey(SEED),
        "Shouwang 0.1.0",
        tapes=lambda camera: tape if camera == "C02" else None,
    )
    told: list[ExportProgress] = []
    exporter = Exporter(database, clock, bench)
    made = exporter.export(SUPERVISOR, approved, ExportOrder(tmp_path / "out"), told.append, Event())
    assert made.export is not None
    manifest = read_manifest((Path(made.export.folder) / "manifest.json").read_bytes())
    films = [(one.footage.camera, one.footage.origin.kind) for one in manifest.files if one.footage]
    assert films == [("C01", OriginKind.OWN), ("C02", OriginKind.RECORDER)]
    assert [take.missing for take in manifest.takes] == [(), ()]
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert Stage.FETCHING in {one.stage for one in told}
