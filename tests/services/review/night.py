"""An incident worked on a real record through the real desks, at times laid down by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk, Display
from services.campus.routes import Routes
from services.core.clock import ManualClock
from services.core.ids import new_id
from services.dispatch import IncidentDesk
from services.dispatch.desk import DispatchDesk, Order, import_site
from services.domain.alarms import AlarmId, AlarmSource, Qualifier, Signal, Verdict
from services.domain.incidents import Dispatch, DispatchState, Feedback
from services.domain.linkage_runs import Outcome, Result
from services.domain.people import Role, Session
from services.domain.reviews import Review
from services.linkage.desk import LinkageDesk, SeatReport
from services.linkage.starting import LinkageStart
from services.review.desk import ReviewDesk
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_sqlite

START_AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
SUPERVISOR = Session("zhou", "周某", Role.SUPERVISOR, "seat-3")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")


@dataclass(frozen=True, slots=True)
class Night:
    """The desks of one site, with the clock that they share."""

    database: Database
    clock: ManualClock
    center: AlarmCenter
    alarms: AlarmDesk
    dispatch: DispatchDesk
    incidents: IncidentDesk
    linkage: LinkageDesk
    reviews: ReviewDesk

    def signal(self, account: str, zone: int, qualifier: Qualifier = Qualifier.NEW) -> str:
        """The alarm's id."""
        signal = Signal(AlarmSource.DC09, account, "120", zone, qualifier, self.clock.now(), new_id())
        return str(self.center.receive([signal])[0].alarm)


@contextmanager
def open_night(folder: Path, clock: ManualClock) -> Iterator[Night]:
    """The demo campus on a new SQLite record in `folder`."""
    url = new_sqlite(folder / "record.db")
    database = Database(url, clock)
    database.open()
    site = read_demo_site()
    import_site(database, ADMINISTRATOR, site, clock)
    start = LinkageStart(clock)
    yield Night(
        database=database,
        clock=clock,
        center=AlarmCenter(database, clock, site, lambda _: ("C01",), start.raised),
        alarms=AlarmDesk(database, clock),
        dispatch=DispatchDesk(database, clock, Routes(site), site),
        incidents=IncidentDesk(database, clock),
        linkage=LinkageDesk(database),
        reviews=ReviewDesk(database, clock),
    )
    database.close()


def send_guard(night: Night) -> Dispatch:
    """The panic button of the east gate, claimed after 6 s; a guard sent 15 s after the alarm."""
    alarm = night.signal("1001", 1)
    night.alarms.report_displays([Display(AlarmId(alarm), night.clock.now())])
    night.clock.advance(1.5)
    night.alarms.report_displays([Display(AlarmId(alarm), None, night.clock.now())])
    run = night.database.read(lambda view: view.linkage_runs.of_alarm(alarm))[0]
    done = SeatReport(run.id, 0, Outcome(Result.OK, night.clock.now(), by="seat-1"))
    night.linkage.report(OPERATOR, [done])
    night.clock.advance(4.5)
    night.alarms.claim(OPERATOR, alarm)
    night.clock.advance(9)
    return night.dispatch.send(OPERATOR, Order("G34", "前往东门核实", alarm_id=alarm, why="最近"))


def contain(night: Night, sent: Dispatch) -> Review:
    """Signed 12 s and there 200 s after the order, done after 260 s; contained 300 s after it."""
    clock, desk = night.clock, night.dispatch
    for seconds, state in (
        (12, DispatchState.SIGNED),
        (8, DispatchState.EN_ROUTE),
        (180, DispatchState.ON_SCENE),
        (60, DispatchState.DONE),
    ):
        clock.advance(seconds)
        desk.advance(OPERATOR, sent.id, state)
    desk.give_feedback(OPERATOR, Feedback(sent.id, clock.now(), "", "", "两人争执，已劝离", caught=1))
    clock.advance(20)
    alarm = night.database.read(lambda view: view.alarms.of_incident(sent.incident))[0]
    night.alarms.decide(OPERATOR, alarm.id, Verdict.GENUINE, "现场属实")
    clock.advance(20)
    night.incidents.contain_incident(OPERATOR, sent.incident, "人已带离")
    return night.database.read(lambda view: view.reviews.of(sent.incident))[0]
