"""The record goes away just when a package is to be registered: afterwards the two agree."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.privatefile import sync_folder
from services.domain.evidence import EvidenceRequest, EvidenceState
from services.evidence import verify, workplace
from services.evidence.desk import EvidenceDesk
from services.evidence.exporting import Bench, Exporter, ExportOrder
from services.evidence.signing import SigningKey
from services.storage import Database
from tests.services.evidence.sealed.conftest import AT, SEED, Record
from tests.services.evidence.sealed.failing_record import FailingRecord
from tests.services.evidence.sealed.test_exporting import SECONDS, TAKES, left_in
from tests.services.evidence.test_desk import LEADER, SUPERVISOR, WANTED

# When the answer is lost: before or after the transaction is written.
MOMENTS = [False, True]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def bench(disk: Path) -> Bench:
    return Bench(lambda segment: disk / segment.path, lambda: SigningKey(SEED), "Shouwang 0.1.0")


@pytest.fixture
def approved(desk: EvidenceDesk, database: Database, record: Record) -> EvidenceRequest:
    pieces = [record(4), record(4, AT + 4 * SECONDS), record(4, camera="C02")]
    database.write(lambda tx: tx.segments.add_all(pieces))
    return desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=TAKES)))


@pytest.fixture
def failing(
    database: Database, clock: ManualClock, out: Path
) -> Iterator[Callable[[Callable[[bool], None]], FailingRecord]]:
    """`failing(fail)`: another seat's door to the same record."""
    opened: list[FailingRecord] = []

    def open_failing(fail: Callable[[bool], None]) -> FailingRecord:
        opened.append(FailingRecord(database.url, clock, out, fail))
        opened[0].open()
        return opened[0]

    yield open_failing
    for one in opened:
        one.close()


def lost_at(moment: bool) -> Callable[[bool], None]:
    def fail(is_written: bool) -> None:
        if is_written is moment:
            raise ServiceError("storage.timeout", reason="no answer", outcome="unknown")

    return fail


def check_that_they_agree(desk: EvidenceDesk, request: EvidenceRequest, out: Path) -> EvidenceRequest:
    """Registered with a package that is whole, or approved without a trace."""
    found = desk.find(SUPERVISOR, request.id)
    if found.state is EvidenceState.APPROVED:
        assert (found.export, left_in(out)) == (None, [])
        return found
    assert found.state is EvidenceState.EXPORTED
    assert found.export is not None
    assert left_in(out) == [Path(found.export.folder).name]
    report = verify.check(found.export.folder)
    assert report.findings == []
    assert (
        verify.sha256((Path(found.export.folder) / "manifest.json").read_bytes()) == found.export.fingerprint
    )
    return found


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_lost_answer_is_asked_for_again_and_record_and_disk_agree_at_once(
    desk: EvidenceDesk,
    clock: ManualClock,
    approved: EvidenceRequest,
    failing: Callable[..., FailingRecord],
    bench: Bench,
    out: Path,
    moment: bool,
) -> None:
    exporter = Exporter(failing(lost_at(moment)), clock, bench)
    code = ""
    try:
        exporter.export(SUPERVISOR, approved, ExportOrder(out), lambda _p: None, Event())
    except ServiceError as error:
        code = error.code
    found = check_that_they_agree(desk, approved, out)
    expected = ("", EvidenceState.EXPORTED) if moment else ("storage.timeout", EvidenceState.APPROVED)
    assert (code, found.state) == expected


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("has_password", [False, True])
def test_a_record_that_stays_away_is_asked_when_it_is_back_and_until_then_nothing_counts(
    desk: EvidenceDesk,
    database: Database,
    clock: ManualClock,
    approved: EvidenceRequest,
    failing: Callable[..., FailingRecord],
    bench: Bench,
    out: Path,
    moment: bool,
    has_password: bool,
) -> None:
    def fail(is_written: bool) -> None:
        record.is_away = is_written is moment
        lost_at(moment)(is_written)

    record = failing(fail)
    exporter = Exporter(record, clock, bench)
    if has_password:
        locked = replace(approved, options=replace(approved.options, is_encrypted=True))
        approved = database.write(lambda tx: tx.evidence.save(locked))
    order = ExportOrder(out, password="correct horse" if has_password else "")
    with pytest.raises(ServiceError, match=r"evidence\.not_settled"):
        exporter.export(SUPERVISOR, approved, order, lambda _p: None, Event())
    assert [name for name in left_in(out) if ".part" not in name] == []

    record.is_away = False
    clock.advance(121)
    desk.tend()
    exporter.settle(SUPERVISOR.workstation, out)
    found = desk.find(SUPERVISOR, approved.id)
    assert found.state is (EvidenceState.EXPORTED if moment else EvidenceState.APPROVED)
    if moment and has_password:
        assert found.export is not None
        assert left_in(out) == [Path(found.export.folder).name]
        return
    check_that_they_agree(desk, approved, out)


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_seat_killed_around_the_registration_is_settled_at_its_next_start(
    desk: EvidenceDesk,
    database: Database,
    clock: ManualClock,
    approved: EvidenceRequest,
    bench: Bench,
    tmp_path: Path,
    disk: Path,
    out: Path,
    moment: bool,
) -> None:
    program = Path(__file__).with_name("dying_export.py")
    when = "registered" if moment else "promised"
    words = [sys.executable, str(program), database.url, approved.id, str(disk), str(out), when]
    root = Path(__file__).parents[4]
    died = subprocess.run(words, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert died.returncode == -9
    assert [name for name in left_in(out) if ".part" not in name] == []

    clock.advance(121)
    desk.tend()
    # Its usual folder is another: the record says where else to look, for what it has.
    Exporter(database, clock, bench).settle(LEADER.workstation, out if not moment else tmp_path / "usual")
    found = check_that_they_agree(desk, approved, out)
    assert found.state is (EvidenceState.EXPORTED if moment else EvidenceState.APPROVED)


def test_the_next_export_into_the_folder_settles_it_too(
    desk: EvidenceDesk,
    clock: ManualClock,
    approved: EvidenceRequest,
    failing: Callable[..., FailingRecord],
    bench: Bench,
    out: Path,
) -> None:
    def fail(is_written: bool) -> None:
        record.is_away = is_written
        lost_at(True)(is_written)

    record = failing(fail)
    exporter = Exporter(record, clock, bench)
    with pytest.raises(ServiceError, match=r"evidence\.not_settled"):
        exporter.export(SUPERVISOR, approved, ExportOrder(out), lambda _p: None, Event())
    record.is_away = False
    clock.advance(60)
    second = desk.approve(LEADER, desk.request(SUPERVISOR, replace(WANTED, takes=TAKES[:1])))
    made = exporter.export(SUPERVISOR, second, ExportOrder(out), lambda _p: None, Event())
    first = desk.find(SUPERVISOR, approved.id)
    assert first.export is not None
    assert made.export is not None
    assert left_in(out) == sorted(Path(one.folder).name for one in (first.export, made.export))
    assert verify.check(first.export.folder, first.export.key_fingerprint).findings == []


def test_a_disk_that_refuses_the_name_of_a_registered_package_takes_the_registration_back(
    desk: EvidenceDesk,
    clock: ManualClock,
    approved: EvidenceRequest,
    failing: Callable[..., FailingRecord],
    bench: Bench,
    out: Path,
) -> None:
    """Something of that name appears after it was registered: nothing is written over."""

    def fail(is_written: bool) -> None:
        if is_written:
            found = desk.find(SUPERVISOR, approved.id)
            assert found.export is not None
            Path(found.export.folder).mkdir()

    exporter = Exporter(failing(fail), clock, bench)
    with pytest.raises(ServiceError, match=r"evidence\.cannot_write"):
        exporter.export(SUPERVISOR, approved, ExportOrder(out), lambda _p: None, Event())
    found = desk.find(SUPERVISOR, approved.id)
    assert (found.state, found.export) == (EvidenceState.APPROVED, None)
    exporter.settle(SUPERVISOR.workstation, out)
    (others,) = out.iterdir()
    assert list(others.iterdir()) == []


def test_a_disk_that_cannot_say_whether_a_name_is_durable_keeps_package_and_registration(
    desk: EvidenceDesk,
    database: Database,
    clock: ManualClock,
    approved: EvidenceRequest,
    bench: Bench,
    out: Path,
    expected_log: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It had its name, and was approved anew beside it."""
    expected_log("evidence.name_not_synced")
    is_ill = True

    def sync(folder: Path) -> None:
        if folder == out and is_ill:
            raise OSError(errno.EIO, "ill")
        sync_folder(folder)

    monkeypatch.setattr(workplace, "sync_folder", sync)
    exporter = Exporter(database, clock, bench)
    exporter.export(SUPERVISOR, approved, ExportOrder(out), lambda _p: None, Event())
    found = desk.find(SUPERVISOR, approved.id)
    assert found.state is EvidenceState.EXPORTED
    assert found.export is not None
    assert verify.check(found.export.folder, found.export.key_fingerprint).findings == []
    exporter.settle(SUPERVISOR.workstation, out)
    # The promise stands while the name may yet be lost.
    assert len(list(out.glob("*.part"))) == 1
    is_ill = False
    exporter.settle(SUPERVISOR.workstation, out)
    assert left_in(out) == [Path(found.export.folder).name]
    assert desk.find(SUPERVISOR, approved.id).state is EvidenceState.EXPORTED


def test_a_package_whose_promise_cannot_be_read_is_not_removed(
    database: Database,
    clock: ManualClock,
    bench: Bench,
    out: Path,
    expected_log: Callable[..., None],
) -> None:
    """The record may have it, and the disk only stumbles."""
    part = out / "DQ-1-20261124-110000.part"
    (part / "promised.json").mkdir(parents=True)
    part.with_name(f"{part.name}.lock").touch()
    (part / "film").write_bytes(b"x")
    expected_log("evidence.promise_unreadable")
    Exporter(database, clock, bench).settle("seat-1", out)
    assert (part / "film").read_bytes() == b"x"


def test_a_promise_that_leads_out_of_its_folder_is_none(
    database: Database, clock: ManualClock, bench: Bench, out: Path, tmp_path: Path
) -> None:
    part = out / "DQ-1-20261124-110000.part"
    part.mkdir(parents=True)
    part.with_name(f"{part.name}.lock").touch()
    (tmp_path / "mine").write_bytes(b"x")
    (part / "promised.json").write_text('{"made": "../../mine", "fingerprint": ""}')
    Exporter(database, clock, bench).settle("seat-1", out)
    assert left_in(out) == []
    assert (tmp_path / "mine").read_bytes() == b"x"
