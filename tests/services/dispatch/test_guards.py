"""The guard force: set up by an import, kept current by reports, ranked for an alarm."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import DispatchDesk, Order, Position, import_site
from services.dispatch.ranking import SHORT_POST_M
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.people import GuardStatus, Session
from services.domain.site import GuardNo, Site
from services.storage import Database

BOOTH = (483.5, 187.6)


def status_of(database: Database, no: str) -> GuardStatus:
    return database.read(lambda view: view.guards.get(no)).status


def test_an_import_stores_the_site_and_puts_every_guard_on_watch(database: Database, site: Site) -> None:
    assert database.read(lambda view: view.site()) == site
    states = database.read(lambda view: view.guards.all())
    assert [state.no for state in states] == [guard.no for guard in site.guards]
    assert status_of(database, "G01") is GuardStatus.ON_POST  # gate
    assert status_of(database, "G19") is GuardStatus.PATROLLING  # mobile post
    assert status_of(database, "G34") is GuardStatus.AVAILABLE  # reserve
    kinds = [row.kind for row in database.read(lambda view: view.changes_after(0, 100))]
    assert kinds.count("GuardChanged") == 44
    assert kinds[-1] == "SiteImported"


def test_an_operator_may_not_import(empty_database: Database, operator: Session, site: Site) -> None:
    with pytest.raises(ServiceError) as caught:
        import_site(empty_database, operator, site)
    assert caught.value.code == "identity.forbidden"
    assert empty_database.read(lambda view: view.site()) is None


def test_a_second_import_leaves_guards_where_they_are(
    desk: DispatchDesk,
    database: Database,
    administrator: Session,
    operator: Session,
    site: Site,
    alarm: Alarm,
) -> None:
    desk.report_position("G35", (200.0, 180.0), "checkpoint")
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    before = database.read(lambda view: view.guards.all())
    import_site(database, administrator, site)
    assert database.read(lambda view: view.guards.all()) == before
    assert database.read(lambda view: view.dispatches.get(dispatch.id)) == dispatch


def test_a_guard_who_is_no_longer_listed_goes_off_and_a_new_one_comes_on(
    database: Database, administrator: Session, site: Site
) -> None:
    new = replace(site.guards[-1], no=GuardNo("G45"))
    import_site(database, administrator, replace(site, guards=(*site.guards[:-1], new)))
    assert status_of(database, "G44") is GuardStatus.OFF
    assert status_of(database, "G45") is GuardStatus.AVAILABLE


def test_a_position_is_kept_with_its_time_and_source(
    desk: DispatchDesk, database: Database, clock: ManualClock
) -> None:
    clock.advance(5)
    desk.report_position("G34", (300.0, 180.0), "checkpoint")
    state = database.read(lambda view: view.guards.get("G34"))
    assert (state.at, state.position_source, state.position_at) == (
        (300.0, 180.0),
        "checkpoint",
        clock.now(),
    )


@pytest.mark.parametrize("at", [(-1.0, 5.0), (5.0, 351.0), (float("nan"), 5.0), (5.0, float("inf"))])
def test_a_position_outside_the_plan_is_refused_and_nothing_of_its_batch_is_kept(
    desk: DispatchDesk, database: Database, at: tuple[float, float]
) -> None:
    before = database.read(lambda view: view.guards.get("G34"))
    with pytest.raises(ServiceError) as caught:
        desk.report_positions([Position("G34", (300.0, 180.0), "feed"), Position("G35", at, "feed")])
    assert (caught.value.code, caught.value.params) == ("dispatch.position_outside", {"guard": "G35"})
    assert database.read(lambda view: view.guards.get("G34")) == before


def test_a_free_guard_back_at_the_post_is_on_it_again(desk: DispatchDesk, database: Database) -> None:
    away = replace(
        database.read(lambda view: view.guards.get("G01")), status=GuardStatus.AVAILABLE, at=(400.0, 180.0)
    )
    database.write(lambda tx: tx.guards.save(away))
    desk.report_position("G01", (470.0, 180.0), "sim")
    assert status_of(database, "G01") is GuardStatus.AVAILABLE
    desk.report_position("G01", (483.5, 186.0), "sim")
    assert status_of(database, "G01") is GuardStatus.ON_POST


def test_candidates_are_ranked_by_walking_distance(desk: DispatchDesk) -> None:
    found = desk.candidates((250.0, 180.0), limit=44)
    assert len(found) == 44
    costs = [one.distance_m + (SHORT_POST_M if one.leaves_post_short else 0) for one in found]
    assert all(a <= b + 1.0 for a, b in pairwise(costs))
    for one in found:
        assert (one.line[0], one.line[-1]) == (one.state.at, (250.0, 180.0))
        assert one.reasons[0].code == "distance"


def test_the_gate_guards_are_spared_while_a_reserve_is_near(desk: DispatchDesk) -> None:
    found = desk.candidates(BOOTH)
    assert (found[0].guard.no, round(found[0].distance_m)) == ("G34", 55)
    gate = next(one for one in found if one.guard.no == "G01")
    assert gate.leaves_post_short
    reason = next(one for one in gate.reasons if one.code == "leaves_post_short")
    assert reason.params == {"post": "东门岗", "left": "2", "wanted": "3"}


def test_only_guards_who_are_ready_are_offered(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    resting = replace(database.read(lambda view: view.guards.get("G35")), status=GuardStatus.BREAK)
    database.write(lambda tx: tx.guards.save(resting))
    offered = {one.guard.no for one in desk.candidates(BOOTH, limit=44)}
    assert len(offered) == 42
    assert not offered & {"G34", "G35"}


def test_a_fitting_skill_is_a_reason_and_decides_between_equals(desk: DispatchDesk, site: Site) -> None:
    found = desk.candidates((421.0, 198.5), limit=44, alarm_class=AlarmClass.FIRE)
    for one in found:
        assert ("skill" in {reason.code for reason in one.reasons}) == ("fire" in one.guard.skills)
    trained = next(guard.no for guard in site.guards[33:] if "fire" in guard.skills)
    others = [guard.no for guard in site.guards[33:] if "fire" not in guard.skills]
    for no in (trained, *others):
        desk.report_position(no, (150.0, 100.0), "sim")
    first = desk.candidates((150.0, 90.0), alarm_class=AlarmClass.FIRE)[0]
    assert "fire" in first.guard.skills


def test_the_reasons_make_one_line_for_the_record(desk: DispatchDesk) -> None:
    assert desk.candidates(BOOTH)[0].why.startswith("distance metres=55; status status=available")
