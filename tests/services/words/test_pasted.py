"""Whatever is pasted into any desk's fields is kept as far as it can be, on both databases, and a reason that
nobody can read is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.alarms.arming_desk import ArmingDesk
from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.handing import Handing, Recipient
from services.alarms.reporting import Report, ReportDesk, ReportKind
from services.alarms.shelving import Shelving
from services.campus.routes import Routes
from services.campus.sitefile import parse_site
from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.paths import resource
from services.dispatch import CallDesk, IncidentDesk
from services.dispatch.desk import DispatchDesk, import_site
from services.dispatch.orders import Order
from services.dispatch.outbox import OrderOutbox, QueuedOrder
from services.dispatch.sheet import IncidentSheet
from services.domain.alarms import AlarmSource, Qualifier, Signal, Verdict
from services.domain.audits import AuditSearch
from services.domain.calls import Call, CallDirection, CallKind, CallOutcome
from services.domain.incidents import Caller, DispatchState, Feedback
from services.domain.people import GuardStatus, Role, Session, User
from services.domain.plans import PlanText
from services.domain.site import Site, Zone, ZoneKind
from services.handover.desk import HandoverDesk
from services.handover.lending import LentLedger
from services.identity import Accounts
from services.people.statuses import StatusDesk
from services.plans.drafts import KeptDraft, PlanDrafts
from services.plans.editing import PlanDesk
from services.playback.bookmarks import BookmarkDesk
from services.recording.custody import CustodyDesk, Wanted
from services.storage import Database, care, sqlite_url, verify_audit
from services.storage.outbox import Outbox
from tests.postgres import Cluster

# A NUL, half of a pair of signs, a control sign and a non-character, in what can be read.
PASTED = " 东\0门\ud83d\x07岗\ufffe亭 "
SEEN = "东门岗亭"
# Nothing that anybody could read.
UNSEEN = "\0\u200b\ud800 \x07"
PASSWORD = "quiet night 平安"
WANG = Session("wang", "王", Role.OPERATOR, "S1")
CHEN = Session("chen", "陈", Role.SUPERVISOR, "S2")
ADMIN = Session("admin", "管理员", Role.ADMINISTRATOR, "S3")


@dataclass(frozen=True)
class Room:
    """A control room with its record; `ring` raises an alarm of the next zone and claims it."""

    url: str
    database: Database
    clock: ManualClock
    site: Site
    zones: Iterator[Zone]

    def ring(self) -> str:
        found = next(self.zones)
        panel = next(one for one in self.site.panels if one.no == found.panel)
        signal = Signal(
            AlarmSource.DC09,
            panel.account,
            "130",
            found.number,
            Qualifier.NEW,
            self.clock.now(),
            new_id(),
        )
        (outcome,) = AlarmCenter(self.database, self.clock, self.site, lambda _zone: ()).receive([signal])
        AlarmDesk(self.database, self.clock).claim(WANG, outcome.alarm)
        return outcome.alarm

    def open_incident(self) -> str:
        incident = new_id()
        IncidentDesk(self.database, self.clock).open(WANG, incident, IncidentSheet("打架", "", "东门"))
        return incident

    def said(self) -> list[str]:
        """All that feed and audit have been told so far, in no order."""
        search = AuditSearch(self.clock.now() - timedelta(days=1), self.clock.now() + timedelta(days=1))
        told = self.database.read(lambda view: view.changes_after(0, 1000))
        rows = self.database.read(lambda view: view.audit_rows.page(search, 1000))
        return [*(row.payload for row in told), *(f"{row.after} {row.reason}" for row in rows)]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Cluster
) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("pasted")
    is_sqlite = request.param == "sqlite"
    url = sqlite_url(folder / "watch.db") if is_sqlite else postgres_cluster.create_database("pasted")
    care.upgrade(url)
    clock = ManualClock(SystemClock().now())
    site = parse_site(resource("sites", "demo.toml").read_text(encoding="utf-8"), "demo.toml")
    database = Database(url, clock)
    database.open()
    for person in (WANG, CHEN, ADMIN):
        database.write(lambda tx, one=person: tx.users.add(User(one.user, one.display_name, one.role), "x"))
    import_site(database, ADMIN, site, clock)
    beams = (zone for zone in site.zones if zone.kind is ZoneKind.INFRARED_BEAM)
    yield Room(url, database, clock, site, beams)
    database.close()


def decide(room: Room, text: str) -> None:
    AlarmDesk(room.database, room.clock).decide(WANG, room.ring(), Verdict.FALSE_REPORT, text)


def decide_group(room: Room, text: str) -> None:
    AlarmDesk(room.database, room.clock).decide_group(WANG, [room.ring()], Verdict.FALSE_REPORT, text)


def shelve(room: Room, text: str) -> None:
    Shelving(room.database, room.clock).shelve(WANG, room.ring(), 5, text)


def hand_over_alarm(room: Room, text: str) -> None:
    Handing(room.database, room.clock).ask(WANG, room.ring(), Recipient("", Role.SHIFT_LEADER), text)


def report(room: Room, text: str) -> None:
    desk = ReportDesk(room.database, room.clock, room.site, lambda _zone: ())
    desk.report(WANG, Report(new_id(), ReportKind.PANIC, text, None, text, text, text))


def isolate(room: Room, text: str) -> None:
    until = room.clock.now() + timedelta(hours=1)
    desk = ArmingDesk(room.database, room.clock)
    desk.isolate(CHEN, next(room.zones).no, text, until)


def open_incident(room: Room, text: str) -> None:
    sheet = IncidentSheet(
        text, text, text, content=text, kind=text, caller=Caller(text, text), commander=text, police_ref=text
    )
    IncidentDesk(room.database, room.clock).open(WANG, new_id(), sheet)


def note_incident(room: Room, text: str) -> None:
    IncidentDesk(room.database, room.clock).add_note(WANG, room.open_incident(), text)


def order(room: Room, text: str) -> None:
    desk = DispatchDesk(room.database, room.clock, Routes(room.site), room.site)
    sent = desk.send(WANG, Order(room.site.guards[0].no, text, incident_id=room.open_incident()))
    for state in (
        DispatchState.DELIVERED,
        DispatchState.SIGNED,
        DispatchState.EN_ROUTE,
        DispatchState.ON_SCENE,
        DispatchState.DONE,
    ):
        desk.advance(WANG, sent.id, state)
    now = room.clock.now()
    desk.give_feedback(WANG, Feedback(sent.id, now, "", "", text, handed_over_to=text, loss=text))


def call(room: Room, text: str) -> None:
    now = room.clock.now()
    desk = CallDesk(room.database, room.clock, Routes(room.site), room.site)
    made = Call(
        new_id(), "", CallKind.OTHER, CallDirection.IN, text, text, now, now, CallOutcome.ADVISED, "", "", ""
    )
    desk.log(WANG, replace(made, script=text, said=text, ref=text))


def hand_over(room: Room, text: str) -> None:
    desk = HandoverDesk(room.database, room.clock, Accounts(room.database, room.clock))
    if desk.present().handover is None:
        desk.prepare(WANG)
    desk.add_note(WANG, text)


def lend(room: Room, text: str) -> None:
    ledger = LentLedger(room.database, room.clock)
    item = ledger.lend(WANG, text, text, contact=text)
    ledger.take_back(WANG, item.id, text)


def distress(room: Room, text: str) -> None:
    desk = StatusDesk(room.database, room.clock, lambda: room.site, lambda _zone: ())
    desk.set_status(WANG, room.site.guards[0].no, GuardStatus.BREAK, text)


def plan(room: Room, text: str) -> None:
    PlanDesk(room.database, room.clock).make(CHEN, PlanText(text, text, purpose=text))


def bookmark(room: Room, text: str) -> None:
    BookmarkDesk(room.database, room.clock).make(CHEN, ["C01"], room.clock.now(), text)


def protect(room: Room, text: str) -> None:
    until = room.clock.now()
    CustodyDesk(room.database, room.clock).protect(
        CHEN, Wanted(("C01",), until - timedelta(hours=1), until, text)
    )


def user(room: Room, text: str) -> None:
    Accounts(room.database, room.clock).create(ADMIN, "zhou", text, Role.OPERATOR, PASSWORD)


DESKS: tuple[tuple[Callable[[Room, str], None], str], ...] = (
    (decide, ""),
    (decide_group, "alarm.batch_reason"),
    (shelve, "alarm.shelf_reason"),
    (hand_over_alarm, ""),
    (report, "report.place_needed"),
    (isolate, "arming.reason_needed"),
    (open_incident, "dispatch.title_needed"),
    (note_incident, "dispatch.text_needed"),
    (order, "dispatch.text_needed"),
    (call, "call.party_needed"),
    (hand_over, "handover.note_invalid"),
    (lend, "lent.incomplete"),
    (distress, ""),
    (plan, ""),
    (bookmark, "bookmark.no_text"),
    (protect, "custody.reason_needed"),
    (user, ""),
)


@pytest.mark.parametrize("desk", [desk for desk, _ in DESKS], ids=lambda desk: desk.__name__)
def test_what_was_pasted_is_kept_without_what_cannot_be(
    room: Room, desk: Callable[[Room, str], None]
) -> None:
    before = set(room.said())
    desk(room, PASTED)
    told = "".join(set(room.said()) - before)
    assert SEEN in told
    assert not [sign for sign in told if sign in "\0\ud83d"]
    assert "\\u0000" not in told
    assert verify_audit(room.url).fault == ""


@pytest.mark.parametrize(
    ("desk", "refusal"),
    [(desk, code) for desk, code in DESKS if code],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_reason_that_nobody_can_read_is_none(
    room: Room, desk: Callable[[Room, str], None], refusal: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        desk(room, UNSEEN)
    assert caught.value.code == refusal


def test_an_order_kept_on_the_seats_disk_comes_through(room: Room, tmp_path: Path) -> None:
    """Halves of pairs stopped it from being kept at all."""
    desk = DispatchDesk(room.database, room.clock, Routes(room.site), room.site)
    outbox = Outbox(tmp_path / "orders.db")
    guard = room.site.guards[1].no
    orders = OrderOutbox(desk, outbox, room.clock)
    sent = orders.send(WANG, Order(guard, PASTED, incident_id=room.open_incident()))
    outbox.close()
    assert not isinstance(sent, QueuedOrder)
    kept = room.database.read(lambda view: view.dispatches.get(sent.id)).order_text
    assert kept.startswith("东门")
    assert kept.endswith("亭")


def test_a_draft_of_a_plan_is_kept_on_the_disk(tmp_path: Path) -> None:
    drafts = PlanDrafts(tmp_path)
    drafts.keep("wang", "p1", KeptDraft(1, PlanText("东\ud800门")))
    kept = drafts.find("wang", "p1")
    assert kept is not None
    assert kept.text.name == "东\ufffd门"


def test_half_a_sign_in_a_password_is_a_wrong_password(room: Room) -> None:
    accounts = Accounts(room.database, room.clock)
    accounts.create(ADMIN, "sun", "孙", Role.OPERATOR, PASSWORD)
    with pytest.raises(ServiceError) as caught:
        accounts.log_in("sun", f"{PASSWORD}\ud83d", "S1")
    assert caught.value.code == "identity.wrong_password"
    assert accounts.log_in("sun", PASSWORD, "S1").user == "sun"
