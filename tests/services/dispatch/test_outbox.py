"""Orders while the record is away: kept on the seat's disk, shown, delivered once and in order."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.campus.routes import Routes
from services.core.clock import SystemClock
from services.core.codec import to_plain
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import DispatchDesk, IncidentDesk, IncidentSheet, Order, import_site
from services.dispatch.outbox import Delivery, OrderOutbox, QueuedOrder
from services.domain.incidents import Dispatch
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database
from services.storage.outbox import KeptText, Outbox
from tests.services.storage.breakable import BreakableServer

OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def server() -> Iterator[BreakableServer]:
    made = BreakableServer()
    made.start()
    yield made
    made.thaw()
    made.remove()


class Seat:
    """A dispatch desk with its outbox on a real PostgreSQL."""

    def __init__(self, url: str, site: Site, file: Path) -> None:
        self.clock = SystemClock()
        self.database = Database(url, self.clock)
        self.database.open()
        self.desk = DispatchDesk(self.database, self.clock, Routes(site), site)
        self.file = file
        self.outbox = OrderOutbox(self.desk, Outbox(file), self.clock)

    def has_record(self) -> bool:
        try:
            self.database.write(lambda tx: tx)
        except ServiceError:
            return False
        return True

    def outbox_of(self, desk: DispatchDesk) -> OrderOutbox:
        """In place of the ordinary one, on the same disk."""
        self.outbox.close()
        self.outbox = OrderOutbox(desk, Outbox(self.file), self.clock)
        return self.outbox

    def restart(self) -> None:
        """As after a crash: nothing but the disk is left."""
        self.outbox.close()
        self.outbox = OrderOutbox(self.desk, Outbox(self.file), self.clock)

    def deliver(self, wait_until: Callable[..., object]) -> list[Dispatch]:
        """Until nothing waits; what was sent, in order."""
        sent: list[Dispatch] = []

        def is_done() -> bool:
            delivery = self.outbox.deliver()
            sent.extend(delivery.sent)
            return not delivery.waiting

        wait_until(is_done, 20.0)
        return sent

    def of(self, incident: str) -> list[Dispatch]:
        return self.database.read(lambda view: view.dispatches.of_incident(incident))

    def close(self) -> None:
        self.outbox.close()
        self.database.close()


@pytest.fixture
def seat(server: BreakableServer, site: Site, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(server.new_record_url(), site, tmp_path / "orders.db")
    import_site(made.database, ADMINISTRATOR, site)
    yield made
    made.close()


@pytest.fixture
def incident(seat: Seat) -> str:
    desk = IncidentDesk(seat.database, seat.clock)
    return desk.open(OPERATOR, new_id(), IncidentSheet("打架", "fight", "二食堂", at=(250.0, 180.0))).id


class FailingDesk(DispatchDesk):
    """Fails for one guard."""

    def __init__(self, seat: Seat, site: Site, guard: str, error: Exception) -> None:
        super().__init__(seat.database, seat.clock, Routes(site), site)
        self._bad = (guard, error)

    def send(self, session: Session, order: Order, *, deadline_s: float = 5.0) -> Dispatch:
        guard, error = self._bad
        if order.guard == guard:
            raise error
        return super().send(session, order, deadline_s=deadline_s)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as caught:
        act()
    return caught.value.code


def order(guard: str, incident: str) -> Order:
    return Order(guard, "去", incident_id=incident)


def test_with_the_record_there_an_order_is_sent_at_once_and_leaves_no_trace(
    seat: Seat, incident: str
) -> None:
    sent = seat.outbox.send(OPERATOR, order("G34", incident))
    assert isinstance(sent, Dispatch)
    assert (sent.queued_at, seat.outbox.waiting(), seat.outbox.refused()) == (None, [], [])


def test_a_refusal_is_told_at_once_and_leaves_nothing_waiting(seat: Seat, incident: str) -> None:
    seat.outbox.send(OPERATOR, order("G34", incident))
    with pytest.raises(ServiceError) as caught:
        seat.outbox.send(OPERATOR, order("G34", incident))
    assert caught.value.code == "dispatch.guard_busy"
    assert seat.outbox.waiting() == seat.outbox.refused() == []


@pytest.mark.parametrize("how", ["frozen", "killed"])
def test_what_is_sent_while_the_server_is_away_arrives_once_and_in_order(
    seat: Seat,
    incident: str,
    server: BreakableServer,
    wait_until: Callable[..., object],
    how: str,
) -> None:
    orders = [order(guard, incident) for guard in ("G36", "G34", "G35")]
    server.freeze() if how == "frozen" else server.kill()
    try:
        answers = [seat.outbox.send(OPERATOR, one) for one in orders]
        assert all(isinstance(answer, QueuedOrder) for answer in answers)
        assert [queued.order.id for queued in seat.outbox.waiting()] == [one.id for one in orders]
        assert seat.outbox.deliver() == Delivery(waiting=3)
        seat.restart()
        assert [queued.order for queued in seat.outbox.waiting()] == orders
    finally:
        server.thaw() if how == "frozen" else server.serve()
    sent = seat.deliver(wait_until)
    assert [one.id for one in sent] == [one.id for one in orders]
    assert all(one.queued_at is not None for one in sent)
    kept = seat.of(incident)
    assert [one.id for one in kept] == [one.id for one in orders]
    assert [one.dispatch_no[-4:] for one in kept] == ["0001", "0002", "0003"]
    assert seat.outbox.waiting() == []


def test_an_order_never_overtakes_one_that_waits(
    seat: Seat, incident: str, server: BreakableServer, wait_until: Callable[..., object]
) -> None:
    first, second = order("G34", incident), order("G35", incident)
    server.freeze()
    try:
        seat.outbox.send(OPERATOR, first)
    finally:
        server.thaw()
    assert isinstance(seat.outbox.send(OPERATOR, second), QueuedOrder)
    assert [one.id for one in seat.deliver(wait_until)] == [first.id, second.id]


def test_an_order_whose_answer_was_lost_is_not_sent_again(
    seat: Seat, incident: str, wait_until: Callable[..., object]
) -> None:
    """Killed between the record's commit and the disk's: the order is in both."""
    one = order("G34", incident)
    first = seat.desk.send(OPERATOR, one)
    disk = Outbox(seat.file)
    disk.keep(KeptText(one.id, json.dumps(to_plain(QueuedOrder(one, OPERATOR, seat.clock.now())))))
    disk.close()
    assert [one.id for one in seat.deliver(wait_until)] == [first.id]
    assert seat.of(incident) == [first]


def test_what_the_record_refuses_later_is_set_aside_with_its_reason_and_holds_up_nobody(
    seat: Seat, incident: str, server: BreakableServer, wait_until: Callable[..., object]
) -> None:
    twice, other = order("G34", incident), order("G35", incident)
    server.freeze()
    try:
        for one in (order("G34", incident), twice, other):
            seat.outbox.send(OPERATOR, one)
    finally:
        server.thaw()
    assert [one.guard for one in seat.deliver(wait_until)] == ["G34", "G35"]
    seat.restart()
    (refused,) = seat.outbox.refused()
    assert (refused.order.id, refused.why) == (twice.id, "dispatch.guard_busy")
    assert refused.params is not None
    assert refused.params["by"] == "王某"
    assert seat.outbox.withdraw(twice.id)
    assert seat.outbox.refused() == []


def test_an_order_that_waits_can_be_taken_back(
    seat: Seat, incident: str, server: BreakableServer, wait_until: Callable[..., object]
) -> None:
    one = order("G34", incident)
    server.freeze()
    try:
        seat.outbox.send(OPERATOR, one)
    finally:
        server.thaw()
    wait_until(seat.has_record)
    assert seat.outbox.withdraw(one.id)
    assert seat.deliver(wait_until) == []
    assert seat.of(incident) == []
    assert not seat.outbox.withdraw(one.id)


def test_taken_back_while_the_record_is_away_is_called_unsure_and_never_tried_again(
    seat: Seat, incident: str, server: BreakableServer, wait_until: Callable[..., object]
) -> None:
    one = order("G34", incident)
    server.freeze()
    try:
        seat.outbox.send(OPERATOR, one)
        assert refusal(lambda: seat.outbox.withdraw(one.id)) == "dispatch.withdrawn_unsure"
        assert seat.outbox.waiting() == []
    finally:
        server.thaw()
    assert seat.deliver(wait_until) == []


def test_an_order_that_went_out_with_its_answer_lost_is_not_called_taken_back(
    seat: Seat, site: Site, incident: str
) -> None:
    class AnswersLost(DispatchDesk):
        def send(self, session: Session, order: Order, *, deadline_s: float = 5.0) -> Dispatch:
            super().send(session, order, deadline_s=deadline_s)
            raise ServiceError("storage.timeout", outcome="unknown")

    one = order("G34", incident)
    outbox = seat.outbox_of(AnswersLost(seat.database, seat.clock, Routes(site), site))
    assert isinstance(outbox.send(OPERATOR, one), QueuedOrder)
    assert refusal(lambda: outbox.withdraw(one.id)) == "dispatch.sent_already"
    assert [sent.id for sent in seat.of(incident)] == [one.id]
    assert outbox.waiting() == []


def test_the_program_s_end_during_an_outage_takes_no_order_out_of_the_queue(
    seat: Seat, incident: str, server: BreakableServer
) -> None:
    first, second = order("G34", incident), order("G35", incident)
    server.freeze()
    try:
        seat.outbox.send(OPERATOR, first)
        seat.database.close()
        assert isinstance(seat.outbox.send(OPERATOR, second), QueuedOrder)
        assert seat.outbox.deliver() == Delivery(waiting=2)
    finally:
        server.thaw()
    assert [queued.order for queued in seat.outbox.waiting()] == [first, second]
    seat.database.open()
    assert [sent.id for sent in seat.outbox.deliver().sent] == [first.id, second.id]


def test_an_order_sent_into_a_record_that_is_just_closed_waits(seat: Seat, incident: str) -> None:
    one = order("G34", incident)
    seat.database.close()
    assert isinstance(seat.outbox.send(OPERATOR, one), QueuedOrder)
    assert [queued.order for queued in seat.outbox.waiting()] == [one]


@pytest.mark.parametrize("code", ["storage.damaged", "storage.schema_newer", "storage.closed"])
def test_what_the_record_says_of_itself_takes_no_order_out_of_the_queue(
    seat: Seat, site: Site, incident: str, code: str
) -> None:
    outbox = seat.outbox_of(FailingDesk(seat, site, "G34", ServiceError(code)))
    assert isinstance(outbox.send(OPERATOR, order("G34", incident)), QueuedOrder)
    assert outbox.deliver() == Delivery(waiting=1)
    assert outbox.refused() == []


def test_a_mistake_of_ours_sets_the_order_aside_to_be_seen_and_holds_up_nobody(
    seat: Seat, site: Site, incident: str, expected_log: Callable[..., None]
) -> None:
    expected_log("order.fault")
    bad, late, good = order("G34", incident), order("G34", incident), order("G35", incident)
    outbox = seat.outbox_of(FailingDesk(seat, site, "G34", ZeroDivisionError()))
    assert refusal(lambda: outbox.send(OPERATOR, bad)) == "dispatch.order_fault"
    assert [(queued.order, queued.why) for queued in outbox.refused()] == [(bad, "dispatch.order_fault")]
    disk = Outbox(seat.file)
    for one in (late, good):
        disk.keep(KeptText(one.id, json.dumps(to_plain(QueuedOrder(one, OPERATOR, seat.clock.now())))))
    disk.close()
    delivery = outbox.deliver()
    assert [sent.id for sent in delivery.sent] == [good.id]
    assert (delivery.waiting, [queued.order for queued in outbox.refused()]) == (0, [bad, late])


def test_a_seat_killed_while_the_server_stands_still_loses_and_doubles_nothing(
    seat: Seat,
    incident: str,
    server: BreakableServer,
    tmp_path: Path,
    wait_until: Callable[..., object],
) -> None:
    orders = [(guard, new_id(), incident) for guard in ("G34", "G35", "G36")]
    script = Path(__file__).with_name("sending_seat.py")
    arguments = [seat.database.url, str(tmp_path / "orders.db"), json.dumps(orders)]
    with subprocess.Popen(
        [sys.executable, str(script), *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        server.freeze()
        try:
            process.stdin.write("go\n")
            process.stdin.flush()
            kept = [process.stdout.readline().strip() for _ in orders]
            process.kill()
        finally:
            server.thaw()
    assert kept == [order_id for _, order_id, _ in orders]
    assert [one.id for one in seat.deliver(wait_until)] == kept
    assert [one.id for one in seat.of(incident)] == kept


def test_one_that_cannot_be_read_stays_on_the_disk_and_holds_up_nobody(seat: Seat, incident: str) -> None:
    disk = Outbox(seat.file)
    disk.keep(KeptText("x", '{"order": "of a newer version"}'))
    one = order("G34", incident)
    assert isinstance(seat.outbox.send(OPERATOR, one), QueuedOrder)
    assert [sent.id for sent in seat.outbox.deliver().sent] == [one.id]
    assert [text.id for text in disk.waiting()] == ["x"]
    disk.close()


def spoil(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal"):
        file.with_name(name).write_bytes(b"no database" * 3000)


def take_away(file: Path) -> None:
    """The folder is gone, as of a disk that was unplugged."""
    shutil.rmtree(file.parent)


@pytest.mark.parametrize("ill", [spoil, take_away])
def test_an_ill_disk_of_the_seat_keeps_no_guard_from_being_sent(
    seat: Seat, incident: str, ill: Callable[[Path], None], tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("order.not_kept")
    seat.outbox.close()
    seat.file = tmp_path / "seat" / "orders.db"
    seat.file.parent.mkdir()
    ill(seat.file)
    box = seat.outbox_of(seat.desk)
    sent = box.send(OPERATOR, Order("G01", "去二食堂", incident_id=incident))
    assert isinstance(sent, Dispatch)
    assert [one.id for one in seat.of(incident)] == [sent.id]


def test_what_neither_disk_nor_record_takes_is_said_not_to_be_sent(
    seat: Seat, incident: str, server: BreakableServer, expected_log: Callable[..., None]
) -> None:
    expected_log("order.not_kept")
    seat.outbox.close()
    spoil(seat.file)
    box = seat.outbox_of(seat.desk)
    server.freeze()
    try:
        with pytest.raises(ServiceError, match=r"storage\."):
            box.send(OPERATOR, Order("G01", "去二食堂", incident_id=incident))
    finally:
        server.thaw()


class FullOutbox(Outbox):
    """Its disk has become full: nothing can be struck out."""

    def forget(self, id_: str) -> bool:
        raise ServiceError("storage.full", reason=id_)


def test_an_order_that_was_sent_is_said_to_be_sent_though_the_disk_cannot_strike_it_out(
    seat: Seat, incident: str, expected_log: Callable[..., None]
) -> None:
    expected_log("order.not_kept")
    seat.outbox.close()
    box = seat.outbox = OrderOutbox(seat.desk, FullOutbox(seat.file), seat.clock)
    sent = box.send(OPERATOR, Order("G01", "去二食堂", incident_id=incident))
    assert isinstance(sent, Dispatch)
    # With room again it is delivered once more, which changes nothing.
    seat.restart()
    assert [one.id for one in seat.outbox.deliver().sent] == [sent.id]
    assert [one.id for one in seat.of(incident)] == [sent.id]
