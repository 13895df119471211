"""Who comes in by phone, for how long, and what they may do there."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch import DispatchDesk, Order
from services.domain.guard_links import AFTER_ORDER, LASTS_FOR, OPENS_FOR, GuardPage
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import GuardStatus, Limit, Permission, Session
from services.domain.site import Site
from services.people.calls import DuressLine
from services.people.guard_desk import GuardDesk
from services.people.guard_links import LEAST_NONCE, GuardLinks
from services.storage import Database

URL = "https://hub.example:12302"


@pytest.fixture
def links(database: Database, clock: ManualClock) -> GuardLinks:
    links = GuardLinks(database, clock)
    links.announce(GuardPage(URL, "AA:BB"))
    return links


@pytest.fixture
def phones(database: Database, clock: ManualClock, site: Site, duress: DuressLine) -> GuardDesk:
    return GuardDesk(database, clock, lambda: site, duress)


@pytest.fixture
def order(send: Callable[[str], Dispatch]) -> Dispatch:
    return send("G01")


def secret_of(url: str) -> str:
    page, _, secret = url.partition("/#")
    assert page == URL
    return secret


@pytest.fixture
def phone(links: GuardLinks, operator: Session, order: Dispatch) -> str:
    """What the phone of G01 shows, let in for `order`."""
    return links.open(secret_of(links.issue(operator, order.id).url))[1]


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as refused:
        call()
    return refused.value.code


def actions(tmp_path: Path) -> list[tuple[str, str]]:
    """(actor, action) of the audit, oldest first."""
    with contextlib.closing(sqlite3.connect(tmp_path / "record.db")) as connection:
        return connection.execute("SELECT actor, action FROM audit ORDER BY seq").fetchall()


def test_a_link_opens_once_and_the_second_time_is_written_down(
    links: GuardLinks, operator: Session, order: Dispatch, phones: GuardDesk, tmp_path: Path
) -> None:
    secret = secret_of(links.issue(operator, order.id).url)
    _, shown = links.open(secret)

    assert phones.look(shown).order == order
    assert refusal(lambda: links.open(secret)) == "dispatch.link_used"
    assert phones.look(shown).order == order
    assert ("system", "guard_link.replayed") in actions(tmp_path)


def test_who_may_not_send_to_a_place_lets_no_phone_into_an_order_there(
    links: GuardLinks, operator: Session, order: Dispatch, database: Database
) -> None:
    place = database.read(lambda view: view.incidents.get(order.incident)).place
    limited = replace(operator, limits=(Limit(Permission.DISPATCH, (place,)),))
    assert refusal(lambda: links.issue(limited, order.id)) == "identity.barred"
    links.issue(replace(operator, limits=(Limit(Permission.DISPATCH, ("别处",)),)), order.id)


def test_a_link_that_is_brought_again_and_again_is_written_down_each_ten_minutes(
    links: GuardLinks, operator: Session, order: Dispatch, clock: ManualClock, tmp_path: Path
) -> None:
    secret = secret_of(links.issue(operator, order.id).url)
    links.open(secret)
    for _ in range(20):
        assert refusal(lambda: links.open(secret)) == "dispatch.link_used"
        clock.advance(60)
    assert actions(tmp_path).count(("system", "guard_link.replayed")) == 2


def test_only_the_phone_that_opened_a_link_asks_again_and_only_soon(
    links: GuardLinks, operator: Session, order: Dispatch, clock: ManualClock
) -> None:
    secret, nonce = secret_of(links.issue(operator, order.id).url), "n" * LEAST_NONCE
    _, shown = links.open(secret, nonce)
    clock.advance(119)
    assert links.open(secret, nonce)[1] == shown
    assert refusal(lambda: links.open(secret, "m" * LEAST_NONCE)) == "dispatch.link_used"
    clock.advance(1)
    assert refusal(lambda: links.open(secret, nonce)) == "dispatch.link_used"


def test_neither_link_nor_pass_lies_in_the_database(
    links: GuardLinks, operator: Session, order: Dispatch, tmp_path: Path
) -> None:
    secret = secret_of(links.issue(operator, order.id).url)
    _, shown = links.open(secret)

    kept = (tmp_path / "record.db").read_bytes() + (tmp_path / "record.db-wal").read_bytes()
    assert order.id.encode() in kept
    assert secret.partition(".")[2].encode() not in kept
    assert shown.partition(".")[2].encode() not in kept


@pytest.mark.parametrize("said", ["", ".", "nobody.secret", "a" * 500, "\ud800.\ud800", "x.y.z", "'; --.x"])
def test_what_was_never_given_out_opens_nothing(links: GuardLinks, phones: GuardDesk, said: str) -> None:
    assert refusal(lambda: links.open(said)) == "dispatch.link_unknown"
    assert refusal(lambda: phones.look(said)) == "dispatch.phone_out"


def test_number_and_secret_of_two_links_do_not_mix(
    links: GuardLinks,
    operator: Session,
    order: Dispatch,
    dispatches: DispatchDesk,
    phones: GuardDesk,
    phone: str,
) -> None:
    incident = order.incident
    other = dispatches.send(operator, Order("G02", "支援", incident_id=incident))
    number, _, _ = secret_of(links.issue(operator, other.id).url).partition(".")
    _, _, foreign = phone.partition(".")

    assert refusal(lambda: links.open(f"{number}.{foreign}")) == "dispatch.link_unknown"
    assert refusal(lambda: phones.look(f"{number}.{foreign}")) == "dispatch.phone_out"


def test_a_link_that_nobody_opened_in_time_opens_no_more(
    links: GuardLinks, operator: Session, order: Dispatch, clock: ManualClock
) -> None:
    secret = secret_of(links.issue(operator, order.id).url)
    clock.advance(OPENS_FOR.total_seconds())

    assert refusal(lambda: links.open(secret)) == "dispatch.link_unknown"


def test_a_new_code_ends_the_one_before_and_a_new_phone_the_old_phone(
    links: GuardLinks, operator: Session, order: Dispatch, phones: GuardDesk, phone: str
) -> None:
    first = secret_of(links.issue(operator, order.id).url)
    second = secret_of(links.issue(operator, order.id).url)

    assert refusal(lambda: links.open(first)) == "dispatch.link_unknown"
    assert phones.look(phone).order == order  # until the new one is opened
    _, newer = links.open(second)
    assert phones.look(newer).order == order
    assert refusal(lambda: phones.look(phone)) == "dispatch.phone_out"


def test_what_is_taken_back_is_out_at_once(
    links: GuardLinks, operator: Session, order: Dispatch, phones: GuardDesk, phone: str
) -> None:
    waiting = secret_of(links.issue(operator, order.id).url)

    assert links.take_back(operator, "G01") == 2
    assert refusal(lambda: phones.look(phone)) == "dispatch.phone_out"
    assert refusal(lambda: links.open(waiting)) == "dispatch.link_unknown"


def test_the_page_of_one_order_closes_some_minutes_after_it(
    phones: GuardDesk, order: Dispatch, phone: str, clock: ManualClock
) -> None:
    clock.advance(3600)
    phones.return_order(phone, order.id, "距离太远")
    clock.advance(AFTER_ORDER.total_seconds() - 1)
    shown = phones.look(phone).order
    assert shown is not None
    assert shown.state is DispatchState.RETURNED
    clock.advance(1)

    assert refusal(lambda: phones.look(phone)) == "dispatch.phone_out"


def test_a_link_for_the_shift_shows_each_order_and_ends_with_the_shift(
    links: GuardLinks, operator: Session, phones: GuardDesk, dispatches: DispatchDesk,
    send: Callable[[str], Dispatch], clock: ManualClock,
) -> None:  # fmt: skip
    first = send("G01")
    _, shown = links.open(secret_of(links.issue(operator, first.id, is_for_shift=True).url))
    phones.return_order(shown, first.id, "身体不适")
    assert phones.look(shown).order is None

    order = dispatches.send(operator, Order("G01", "再去一次", incident_id=first.incident))
    assert phones.look(shown).order == order
    phones.return_order(shown, order.id, "身体不适")
    clock.advance(LASTS_FOR.total_seconds() - 1)
    assert phones.look(shown).order is None
    clock.advance(1)
    assert refusal(lambda: phones.look(shown)) == "dispatch.phone_out"


def test_the_guard_walks_the_whole_order_and_is_the_actor_of_each_step(
    phones: GuardDesk, order: Dispatch, phone: str, clock: ManualClock, database: Database, tmp_path: Path
) -> None:
    for to in ("delivered", "signed", "en_route", "on_scene", "done"):
        clock.advance(1)
        assert phones.advance(phone, order.id, DispatchState(to)).state.value == to

    done = database.read(lambda view: view.dispatches.get(order.id))
    assert done.done_at == order.sent_at + timedelta(seconds=5)
    by_guard = [action for actor, action in actions(tmp_path) if actor == "guard:G01"]
    assert by_guard == [
        "guard_link.opened", "dispatch.delivered", "dispatch.signed", "dispatch.en_route",
        "dispatch.on_scene", "dispatch.done",
    ]  # fmt: skip
    names = {line.actor_name for line in database.read(lambda view: view.timeline_of(order.incident))[-5:]}
    assert len(names) == 1
    assert names != {""}


def test_another_guards_order_is_none(
    phones: GuardDesk, order: Dispatch, phone: str, dispatches: DispatchDesk, operator: Session
) -> None:
    other = dispatches.send(operator, Order("G02", "支援", incident_id=order.incident))

    for act in (
        lambda: phones.advance(phone, other.id, DispatchState.SIGNED),
        lambda: phones.return_order(phone, other.id, "x"),
        lambda: phones.advance(phone, "nothing", DispatchState.SIGNED),
    ):
        assert refusal(act) == "storage.not_found"


def test_a_link_for_one_order_does_nothing_for_the_guards_next(
    phones: GuardDesk, order: Dispatch, phone: str, dispatches: DispatchDesk, operator: Session
) -> None:
    phones.return_order(phone, order.id, "x")
    following = dispatches.send(operator, Order("G01", "再去", incident_id=order.incident))

    assert refusal(lambda: phones.advance(phone, following.id, DispatchState.SIGNED)) == "storage.not_found"


@pytest.mark.parametrize("to", [s for s in DispatchState if s.value not in ("delivered", "signed")])
def test_a_phone_makes_no_step_that_is_not_the_guards_or_not_next(
    phones: GuardDesk, order: Dispatch, phone: str, to: DispatchState
) -> None:
    assert refusal(lambda: phones.advance(phone, order.id, to)) == "dispatch.illegal_move"


def test_an_order_is_given_back_with_a_reason_only(phones: GuardDesk, order: Dispatch, phone: str) -> None:
    assert refusal(lambda: phones.return_order(phone, order.id, "  ")) == "dispatch.reason_needed"
    returned = phones.return_order(phone, order.id, " 距离太远 ")
    assert (returned.state, returned.end_reason) == (DispatchState.RETURNED, "距离太远")


@pytest.mark.parametrize("status", [s for s in GuardStatus if s is not GuardStatus.DURESS])
def test_a_call_for_help_is_heard_whatever_the_guard_was_doing(
    phones: GuardDesk, phone: str, database: Database, status: GuardStatus, tmp_path: Path
) -> None:
    database.write(lambda tx: tx.guards.save(replace(tx.guards.get("G01"), status=status)))

    assert phones.call_for_help(phone).status is GuardStatus.DURESS
    assert phones.call_for_help(phone).status is GuardStatus.DURESS
    assert [a for a in actions(tmp_path) if a[1] == "guard.duress"] == [("guard:G01", "guard.duress")]


def test_a_place_off_the_campus_holds_no_call_for_help_up(phones: GuardDesk, phone: str, site: Site) -> None:
    before = phones.look(phone).state.at
    state = phones.call_for_help(phone, (-5000.0, 9e9))
    assert (state.status, state.at) == (GuardStatus.DURESS, before)
    assert (
        refusal(lambda: phones.report_position(phone, (site.width_m + 1, 0.0))) == "dispatch.position_outside"
    )


def test_where_the_guard_is_comes_with_the_step(phones: GuardDesk, order: Dispatch, phone: str) -> None:
    phones.advance(phone, order.id, DispatchState.SIGNED, (12.0, 34.0))
    state = phones.look(phone).state
    assert (state.at, state.position_source) == ((12.0, 34.0), "phone")


def test_no_code_is_shown_where_there_is_no_page_or_no_order(
    links: GuardLinks, operator: Session, order: Dispatch, dispatches: DispatchDesk
) -> None:
    links.announce(GuardPage(trouble="hub.port_in_use"))
    assert refusal(lambda: links.issue(operator, order.id)) == "dispatch.no_guard_page"
    links.announce(GuardPage(URL))
    dispatches.cancel(operator, order.id, "已解除")
    assert refusal(lambda: links.issue(operator, order.id)) == "dispatch.order_over"


def test_only_who_may_dispatch_gives_links_out(
    links: GuardLinks, administrator: Session, order: Dispatch
) -> None:
    for act in (
        lambda: links.issue(administrator, order.id),
        lambda: links.take_back(administrator, "G01"),
    ):
        assert refusal(act) == "identity.forbidden"
