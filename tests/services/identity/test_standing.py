"""Whoever lost a right since their log-in gives no more commands, whatever desk they turn to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.alarms.arming_desk import ArmingDesk
from services.alarms.desk import AlarmDesk
from services.alarms.orders import OrdersDesk, StandingOrders
from services.alarms.shelving import Shelving
from services.campus.routes import Routes
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.devices.cameras import CameraDesk
from services.devices.entries import EntryDesk
from services.devices.ptz import PtzDesk
from services.dispatch import DispatchDesk
from services.dispatch.desk import Order, import_site
from services.domain.alarms import Alarm, AlarmState
from services.domain.facts import UserChanged
from services.domain.linkage import Action, ActionKind
from services.domain.outputs import WHOLE_SITE, OutputMode
from services.domain.people import Role, Session, User
from services.domain.site import Site
from services.identity import Accounts
from services.linkage.outputs import Outputs
from services.linkage.rules import RuleDesk
from services.storage import Database, Tx
from services.storage.feed import decode
from tests.campus import read_demo_site
from tests.passwords import QUICK
from tests.records import new_sqlite
from tests.services.domain.test_floods import alarm
from tests.services.linkage.conftest import rule

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
COMMAND_LINE = Session("os:root", "root", Role.ADMINISTRATOR, "desk-1")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "desk-9")
LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "desk-1")
SUPERVISOR = Session("boss", "保卫处长", Role.SUPERVISOR, "desk-2")


@dataclass(frozen=True)
class Desks:
    """Every kind of desk over one record, with an alarm of each state that is needed."""

    database: Database
    clock: ManualClock
    site: Site

    def commands(self) -> dict[str, tuple[Session, Callable[[], object]]]:
        """One of each desk, with who gives it."""
        database, clock, site = self.database, self.clock, self.site
        dispatch = DispatchDesk(database, clock, Routes(site), site)
        outputs = Outputs(database, clock, lambda: site, Accounts(database, clock, passwords=QUICK))
        camera, zone = site.cameras[0], site.zones[0]
        ptz, group = PtzDesk(database, clock), site.arm_groups[0].no
        return {
            "claim": (LEADER, lambda: AlarmDesk(database, clock).claim(LEADER, "a001")),
            "shelve": (LEADER, lambda: Shelving(database, clock).shelve(LEADER, "a001", 5, "检修")),
            "send": (LEADER, lambda: dispatch.send(LEADER, Order("G01", "去看", "a002"))),
            "disarm": (LEADER, lambda: ArmingDesk(database, clock).disarm(LEADER, [group])),
            "outputs": (LEADER, lambda: outputs.set_mode(LEADER, WHOLE_SITE, OutputMode.AUTOMATIC)),
            "steer": (LEADER, lambda: ptz.take(LEADER, camera.no)),
            "keep steering": (LEADER, lambda: (clock.advance(11), ptz.take(LEADER, camera.no))),
            "orders": (
                SUPERVISOR,
                lambda: OrdersDesk(database, clock).lay_down(SUPERVISOR, StandingOrders()),
            ),
            "rules": (
                SUPERVISOR,
                lambda: RuleDesk(database, clock).save(
                    SUPERVISOR, replace(rule(Action(ActionKind.DOOR, "O1")), id="", name="门")
                ),
            ),
            "cameras": (
                ADMINISTRATOR,
                lambda: CameraDesk(database).change(ADMINISTRATOR, camera, replace(camera, name="新名")),
            ),
            "zones": (
                ADMINISTRATOR,
                lambda: EntryDesk(database).change(ADMINISTRATOR, zone, replace(zone, name="新名")),
            ),
            "users": (
                ADMINISTRATOR,
                lambda: Accounts(database, clock, passwords=QUICK).unlock(ADMINISTRATOR, "li"),
            ),
        }

    def put_user(self, session: Session, role: Role, *, is_active: bool = True) -> None:
        """As the record has them now, whatever their session says."""

        def work(tx: Tx) -> None:
            tx.users.save(replace(tx.users.get(session.user), role=role, is_active=is_active))

        self.database.write(work)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    site = read_demo_site()
    url, clock = new_sqlite(tmp_path / "watch.db"), ManualClock(NOON)
    database = Database(url, clock)
    database.open()
    import_site(database, COMMAND_LINE, site, clock)
    zone = site.zones[0]
    mine = alarm(2, owner="li", state=AlarmState.CLAIMED, at=zone.at, received_at=NOON)

    def fill(tx: Tx) -> None:
        for session in (ADMINISTRATOR, LEADER, SUPERVISOR):
            tx.users.add(User(session.user, session.display_name, session.role), "-")
        for one in (alarm(1, received_at=NOON), mine):
            tx.alarms.add(one)

    database.write(fill)
    yield Desks(database, clock, site)
    database.close()


def refusal(work: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as refused:
        work()
    return refused.value


COMMANDS = (
    "claim", "shelve", "send", "disarm", "outputs", "steer", "keep steering", "orders", "rules", "cameras",
    "zones", "users",
)  # fmt: skip


def test_the_table_holds_every_command_that_is_walked(desks: Desks) -> None:
    assert tuple(desks.commands()) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_who_still_holds_their_role_is_heard(desks: Desks, name: str) -> None:
    _session, command = desks.commands()[name]
    command()


@pytest.mark.parametrize("name", COMMANDS)
def test_who_was_deactivated_meanwhile_is_refused_and_nothing_is_written(desks: Desks, name: str) -> None:
    session, command = desks.commands()[name]
    desks.put_user(session, session.role, is_active=False)
    before = written(desks.database)
    assert refusal(command).code == "identity.deactivated"
    assert written(desks.database) == before


@pytest.mark.parametrize("name", COMMANDS)
def test_who_has_a_lower_role_meanwhile_is_refused(desks: Desks, name: str) -> None:
    session, command = desks.commands()[name]
    desks.put_user(session, Role.OPERATOR)
    before = written(desks.database)
    refused = refusal(command)
    assert (refused.code, refused.params) == ("identity.role_changed", {"role": "operator"})
    assert written(desks.database) == before


def test_who_has_more_rights_meanwhile_goes_on_in_the_middle_of_an_alarm(desks: Desks) -> None:
    operator = replace(LEADER, role=Role.OPERATOR)
    assert AlarmDesk(desks.database, desks.clock).claim(operator, "a001").owner == "li"


def test_an_administrator_may_give_up_their_own_role_and_logs_out_in_the_record(
    desks: Desks, tmp_path: Path
) -> None:
    accounts = Accounts(desks.database, desks.clock, passwords=QUICK)
    desks.put_user(SUPERVISOR, Role.ADMINISTRATOR)
    accounts.set_role(ADMINISTRATOR, "admin", Role.OPERATOR)
    assert refusal(lambda: accounts.unlock(ADMINISTRATOR, "li")).code == "identity.role_changed"
    accounts.log_out(ADMINISTRATOR)
    connection = sqlite3.connect(tmp_path / "watch.db")
    last = connection.execute("SELECT actor, action FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    connection.close()
    assert last == ("admin", "identity.log_out")


def test_a_session_that_no_user_stands_behind_is_the_command_lines(desks: Desks) -> None:
    Accounts(desks.database, desks.clock, passwords=QUICK).deactivate(COMMAND_LINE, "li")


def test_every_seat_hears_that_a_user_was_deactivated(desks: Desks) -> None:
    seq = desks.database.read(lambda view: view.seq)
    changed = Accounts(desks.database, desks.clock, passwords=QUICK).deactivate(ADMINISTRATOR, "li")
    rows = desks.database.read(lambda view: view.changes_after(seq, 10))
    assert [decode(row) for row in rows] == [UserChanged(changed)]


def written(database: Database) -> tuple[int, list[Alarm]]:
    return database.read(lambda view: (view.seq, view.alarms.open()))
