"""What is taken from a user or a role is refused there and nowhere else, from the moment it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.alarms.arming_desk import ArmingDesk
from services.alarms.desk import AlarmDesk
from services.alarms.shelving import Shelving
from services.campus.routes import Routes
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.devices.ptz import PtzDesk
from services.dispatch import DispatchDesk
from services.dispatch.desk import Order, import_site
from services.domain.alarms import AlarmState, Verdict
from services.domain.facts import UserChanged
from services.domain.outputs import OutputAction
from services.domain.people import LIMITABLE, PERMISSIONS, Limit, Permission, Role, Session, Thing
from services.domain.site import Site, Zone
from services.identity import Accounts, authorize, visible_site
from services.linkage.outputs import Outputs
from services.playback.desk import PlaybackDesk
from services.storage import Database
from services.storage.feed import decode
from services.wall.snapshots import Snapshots
from tests.campus import read_demo_site
from tests.passwords import QUICK
from tests.records import new_sqlite
from tests.services.domain.test_floods import alarm
from tests.services.wall.test_snapshots import shot

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
PASSWORD = "绿色 Campus 2026"
ADMINISTRATOR = Session("os:root", "root", Role.ADMINISTRATOR, "desk-1")
HERE, THERE = "东门岗亭", "第一食堂"


@dataclass(frozen=True)
class Watch:
    """A record with an alarm at two places, one owned by Li; two shift leaders who may log in."""

    database: Database
    clock: ManualClock
    site: Site
    accounts: Accounts
    folder: Path

    def log_in(self, name: str = "li") -> Session:
        return self.accounts.log_in(name, PASSWORD, "desk-2")

    def take(self, permission: Permission, holder: str = "user:li", **thing: tuple[str, ...]) -> None:
        self.accounts.set_limits(ADMINISTRATOR, holder, (Limit(permission, **thing),))


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    site = read_demo_site()
    url, clock = new_sqlite(tmp_path / "watch.db"), ManualClock(NOON)
    database = Database(url, clock)
    database.open()
    import_site(database, ADMINISTRATOR, site, clock)
    accounts = Accounts(database, clock, passwords=QUICK)
    for name in ("li", "zhao"):
        accounts.create(ADMINISTRATOR, name, name, Role.SHIFT_LEADER, PASSWORD)
    at = site.zones[0].at
    mine = replace(alarm(2, at=at), owner="li", state=AlarmState.CLAIMED, place=HERE)
    done = replace(mine, id="a003", event_no="x3", zone_number=3, state=AlarmState.FALSE)  # type: ignore[arg-type]
    database.write(
        lambda tx: [tx.alarms.add(replace(alarm(1), place=THERE)), tx.alarms.add(mine), tx.alarms.add(done)]
    )
    yield Watch(database, clock, site, accounts, tmp_path / "shots")
    database.close()


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as refused:
        work()
    return refused.value.code


def barred_commands(
    watch: Watch, session: Session
) -> dict[str, tuple[Permission, Thing, Callable[[], object]]]:
    """One of each kind of desk, with what must be taken to refuse it."""
    database, clock, site = watch.database, watch.clock, watch.site
    zone = next(zone for zone in site.zones if zone.arm_group)
    output = next(output for output in site.outputs if not output.is_dangerous)
    danger = next(output for output in site.outputs if output.is_dangerous)
    outputs = Outputs(database, clock, lambda: site, watch.accounts)
    camera = next(camera for camera in site.cameras if camera.no == "C05")
    alarms, arming = AlarmDesk(database, clock), ArmingDesk(database, clock)
    later = clock.now() + timedelta(minutes=30)
    here = Thing(HERE)
    return {
        "verify": (Permission.HANDLE_ALARM, here, lambda: alarms.verify(session, "a002")),
        "decide": (Permission.HANDLE_ALARM, here, lambda: alarms.decide(session, "a002", Verdict.GENUINE)),
        "silence": (Permission.HANDLE_ALARM, here, lambda: alarms.silence(session, "a002")),
        "shelve": (
            Permission.HANDLE_ALARM, here,
            lambda: Shelving(database, clock).shelve(session, "a002", 5, "检修"),
        ),
        "reset": (Permission.RESET_ALARM, here, lambda: alarms.reset(session, "a003", "ok")),
        "send": (
            Permission.DISPATCH, here,
            lambda: DispatchDesk(database, clock, Routes(site), site).send(
                session, Order("G01", "去", "a002")
            ),
        ),
        "arm": (Permission.ARM, Thing(zone.place), lambda: arming.disarm(session, [zone.arm_group])),
        "isolate": (
            Permission.ISOLATE, Thing(zone.place), lambda: arming.isolate(session, zone.no, "检修", later),
        ),
        "test": (Permission.TEST_ZONES, Thing(zone.place), lambda: arming.test(session, [zone.no], later)),
        "begin a walk": (
            Permission.TEST_ZONES, Thing(zone.place), lambda: arming.begin_walk(session, [zone.no], later),
        ),
        "end a walk": (
            Permission.TEST_ZONES, Thing(zone.place),
            lambda: arming.end_walk(session, walk_through(arming, zone, later)),
        ),
        "switch": (
            Permission.CONTROL_OUTPUTS, Thing(output.place),
            lambda: outputs.order(session, output.no, OutputAction.ON, "试"),
        ),
        "cancel": (
            Permission.CONTROL_OUTPUTS, Thing(danger.place),
            lambda: outputs.cancel(session, outputs.switch(danger.no, OutputAction.ON, "", "run").id),
        ),
        "steer": (
            Permission.WATCH, Thing(camera="C05"), lambda: PtzDesk(database, clock).take(session, "C05"),
        ),
        "steer at a place": (
            Permission.WATCH, Thing(camera.place), lambda: PtzDesk(database, clock).take(session, "C05"),
        ),
        "take a picture": (
            Permission.WATCH, Thing(camera.place),
            lambda: Snapshots(database, watch.folder).save(session, shot(camera_no="C05")),
        ),
        "look back": (
            Permission.LOOK_BACK, Thing(camera.place),
            lambda: PlaybackDesk(database, clock, []).look_back(session, "C05", clock.now(), clock.now()),
        ),
    }  # fmt: skip


def walk_through(arming: ArmingDesk, zone: Zone, until_at: datetime) -> str:
    """The walk that the administrator is on."""
    walks = [state.walk for state in arming.states()[0] if state.walk is not None]
    return walks[0].id if walks else arming.begin_walk(ADMINISTRATOR, [zone.no], until_at)


KINDS = (
    "verify", "decide", "silence", "shelve", "reset", "send", "arm", "isolate", "test", "begin a walk",
    "end a walk", "switch", "cancel", "steer", "steer at a place", "take a picture", "look back",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_desk_refuses_what_is_taken_there_and_does_it_elsewhere(watch: Watch, kind: str) -> None:
    permission, thing, _ = barred_commands(watch, watch.log_in())[kind]
    elsewhere = {"cameras": ("C01",)} if thing.camera else {"places": ("别处",)}
    here = {"cameras": (thing.camera,)} if thing.camera else {"places": (thing.place,)}

    watch.take(permission, **here)
    assert refusal(barred_commands(watch, watch.log_in())[kind][2]) == "identity.barred"
    watch.take(permission, **elsewhere)
    barred_commands(watch, watch.log_in())[kind][2]()


def test_the_table_above_names_every_kind(watch: Watch) -> None:
    assert set(KINDS) == set(barred_commands(watch, watch.log_in()))


def test_what_is_taken_everywhere_is_refused_before_anything_is_looked_at(watch: Watch) -> None:
    watch.take(Permission.HANDLE_ALARM)
    assert (
        refusal(lambda: AlarmDesk(watch.database, watch.clock).claim(watch.log_in(), "a001"))
        == "identity.barred"
    )


def test_what_is_taken_from_a_role_is_taken_from_each_of_them(watch: Watch) -> None:
    watch.take(Permission.HANDLE_ALARM, "role:shift_leader", places=(THERE,))
    for name in ("li", "zhao"):
        session = watch.log_in(name)
        assert (
            refusal(lambda s=session: AlarmDesk(watch.database, watch.clock).claim(s, "a001"))
            == "identity.barred"
        )


def test_who_sits_at_a_seat_is_refused_at_once_and_the_seat_is_told(watch: Watch) -> None:
    session, seq = watch.log_in(), watch.database.read(lambda view: view.seq)
    watch.take(Permission.ARM, places=(HERE,))

    assert (
        refusal(lambda: AlarmDesk(watch.database, watch.clock).claim(session, "a001"))
        == "identity.limits_changed"
    )
    rows = watch.database.read(lambda view: view.changes_after(seq, 10))
    told = [fact.user for row in rows if isinstance(fact := decode(row), UserChanged)]
    assert [user.name for user in told] == ["li"]
    assert not session.is_held_by(told[0])
    AlarmDesk(watch.database, watch.clock).claim(watch.log_in(), "a001")


def test_what_is_given_back_is_there_without_a_new_log_in(watch: Watch) -> None:
    watch.take(Permission.ARM, places=(HERE,))
    session = watch.log_in()
    watch.accounts.set_limits(ADMINISTRATOR, "user:li", ())
    AlarmDesk(watch.database, watch.clock).claim(session, "a001")


def test_a_camera_that_is_taken_is_nowhere_on_the_seat(watch: Watch) -> None:
    camera = watch.site.cameras[3]
    watch.take(Permission.WATCH, cameras=(camera.no,))
    seen = visible_site(watch.log_in(), watch.site)

    assert len(seen.cameras) == len(watch.site.cameras) - 1
    assert seen.camera(camera.no) is None
    watch.take(Permission.WATCH, places=(camera.place,))
    left = visible_site(watch.log_in(), watch.site)
    assert camera.place not in {one.place for one in left.cameras}


@pytest.mark.parametrize("permission", [p for p in Permission if p not in LIMITABLE])
def test_what_would_leave_nobody_to_give_it_back_is_not_taken(watch: Watch, permission: Permission) -> None:
    assert refusal(lambda: watch.take(permission)) == "identity.limit_invalid"


@pytest.mark.parametrize("holder", ["user:nobody", "role:guard", "role:", "li", ""])
def test_nobody_else_holds_a_limit(watch: Watch, holder: str) -> None:
    assert refusal(lambda: watch.take(Permission.ARM, holder)) == "storage.not_found"


def test_only_who_edits_users_takes_and_it_is_in_the_audit(watch: Watch) -> None:
    leader = watch.log_in()
    assert refusal(lambda: watch.accounts.set_limits(leader, "user:zhao", ())) == "identity.forbidden"
    assert refusal(lambda: watch.accounts.limits(leader)) == "identity.forbidden"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_limit_never_gives_what_the_role_does_not(role: Role, permission: Permission) -> None:
    limited = Session("x", "x", role, "s", (Limit(Permission.ARM, (HERE,)), Limit(Permission.WATCH)))
    holds = permission in PERMISSIONS[role] and permission is not Permission.WATCH
    if holds:
        authorize(limited, permission)
    else:
        with pytest.raises(ServiceError):
            authorize(limited, permission)
