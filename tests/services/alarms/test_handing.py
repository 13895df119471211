"""An alarm goes into other hands only when those agree; the table says all that is possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.handing import Handing, Recipient
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm, AlarmState, Ask, Signal, Verdict
from services.domain.hands import HAND_MOVES, By, Hand, HandMove, hand_of
from services.domain.people import Role, Session
from services.storage import Database
from tests.services.alarms.people import ADMIN, CHEN, LI, WANG, ZHAO, enrol, refusal, seat, stored

MakeSignal = Callable[..., Signal]
TO_LI = Recipient("li", Role.OPERATOR)
TO_LEADER = Recipient("", Role.SHIFT_LEADER)
SUN = seat("sun")


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> AlarmDesk:
    return AlarmDesk(database, clock)


@pytest.fixture
def handing(database: Database, clock: ManualClock) -> Handing:
    enrol(database)
    return Handing(database, clock)


@pytest.fixture
def beam(center: AlarmCenter, signal: MakeSignal) -> str:
    return center.receive([signal("131", 11, account="1002")])[0].alarm


def test_the_other_accepts_and_has_it(
    handing: Handing, desk: AlarmDesk, beam: str, clock: ManualClock
) -> None:
    desk.claim(WANG, beam)
    asked = handing.ask(WANG, beam, TO_LI, "我去接电话")
    assert (asked.owner, asked.state) == ("wang", AlarmState.CLAIMED)
    clock.advance(14.9)
    taken = handing.accept(LI, beam)
    assert (taken.owner, taken.ask, taken.claimed_at) == ("li", None, clock.now())


def test_nobody_else_accepts(handing: Handing, desk: AlarmDesk, beam: str) -> None:
    desk.claim(WANG, beam)
    handing.ask(WANG, beam, TO_LI)
    for person in (ZHAO, SUN, WANG):
        assert refusal(lambda p=person: handing.accept(p, beam)).code == "alarm.not_asked"
    assert refusal(lambda: handing.accept(CHEN, beam)).code == "identity.forbidden"


def test_forwarded_to_a_role_anyone_of_it_accepts(handing: Handing, desk: AlarmDesk, beam: str) -> None:
    desk.claim(WANG, beam)
    handing.ask(WANG, beam, TO_LEADER)
    assert refusal(lambda: handing.accept(LI, beam)).code == "alarm.not_asked"
    assert handing.accept(ZHAO, beam).owner == "zhao"


def test_unaccepted_for_15_s_it_returns_to_the_sender(
    handing: Handing, desk: AlarmDesk, beam: str, database: Database, clock: ManualClock
) -> None:
    desk.claim(WANG, beam)
    handing.ask(WANG, beam, TO_LI)
    clock.advance(15)
    # Also before the hub has written it down.
    assert refusal(lambda: handing.accept(LI, beam)).code == "alarm.hand_refused"
    ResponseClocks(database, clock).tick()
    back = stored(database, beam)
    assert (back.ask, back.owner, back.state) == (None, "wang", AlarmState.CLAIMED)


def test_declined_it_returns_at_once(handing: Handing, desk: AlarmDesk, beam: str) -> None:
    desk.claim(WANG, beam)
    handing.ask(WANG, beam, TO_LI)
    assert handing.decline(LI, beam).owner == "wang"
    assert refusal(lambda: handing.accept(LI, beam)).code == "alarm.hand_refused"


def test_its_owner_goes_on_working_while_the_other_is_asked(
    handing: Handing, desk: AlarmDesk, beam: str
) -> None:
    desk.claim(WANG, beam)
    handing.ask(WANG, beam, TO_LI)
    desk.verify(WANG, beam)
    decided = desk.decide(WANG, beam, Verdict.GENUINE)
    assert decided.ask is None


@pytest.mark.parametrize(
    "to",
    [
        Recipient("wang", Role.OPERATOR),
        Recipient("chen", Role.SUPERVISOR),
        Recipient("", Role.ADMINISTRATOR),
    ],
)
def test_who_may_not_handle_alarms_is_not_asked(
    handing: Handing, desk: AlarmDesk, beam: str, to: Recipient
) -> None:
    desk.claim(WANG, beam)
    assert refusal(lambda: handing.ask(WANG, beam, to)).code == "alarm.bad_recipient"


def test_the_list_of_recipients_leaves_out_oneself_and_who_may_not(handing: Handing) -> None:
    found = [(to.user, to.role) for to in handing.recipients(WANG)]
    assert found == [
        ("", Role.OPERATOR),
        ("", Role.SHIFT_LEADER),
        ("li", Role.OPERATOR),
        ("zhao", Role.SHIFT_LEADER),
    ]


def test_a_closed_alarm_is_not_handed_over(handing: Handing, desk: AlarmDesk, beam: str) -> None:
    desk.claim(WANG, beam)
    desk.decide(WANG, beam, Verdict.FALSE_REPORT)
    desk.reset(WANG, beam)
    assert refusal(lambda: handing.ask(WANG, beam, TO_LI)).code == "alarm.ended"


# Every pair of the table


def put_in(hand: Hand, alarm: Alarm, clock: ManualClock) -> Alarm:
    """`alarm`, owned by WANG, as it is in that hand."""
    ask = Ask("li", Role.OPERATOR, "li", clock.now())
    match hand:
        case Hand.NOBODY:
            return replace(alarm, owner="", owner_name="", state=AlarmState.NEW)
        case Hand.OWNER:
            return alarm
        case Hand.OFFERED:
            return replace(alarm, offered_at=clock.now())
        case Hand.ASKED:
            return replace(alarm, ask=ask)


HANDLES = (Role.OPERATOR, Role.SHIFT_LEADER)
WHO: dict[By, tuple[Session, ...]] = {
    By.ANYONE: (),
    By.OWNER: (WANG,),
    By.ASKED: (LI,),
    By.LEADER: (ZHAO,),
}


# Who signed for a shift takes over in `tests/services/handover`.
BY_PEOPLE = sorted(set(HandMove) - {HandMove.OFFER, HandMove.LAPSE, HandMove.SUCCEED})


@pytest.mark.parametrize(("hand", "move"), list(product(Hand, BY_PEOPLE)))
def test_every_pair_of_hand_and_move_does_what_the_table_says(
    handing: Handing,
    desk: AlarmDesk,
    beam: str,
    database: Database,
    clock: ManualClock,
    hand: Hand,
    move: HandMove,
) -> None:
    does: dict[HandMove, Callable[[Session], Alarm]] = {
        HandMove.CLAIM: lambda person: desk.claim(person, beam),
        HandMove.TAKE_OVER: lambda person: desk.take_over(person, beam),
        HandMove.ASK: lambda person: handing.ask(person, beam, Recipient("", Role.OPERATOR)),
        HandMove.ACCEPT: lambda person: handing.accept(person, beam),
        HandMove.DECLINE: lambda person: handing.decline(person, beam),
        HandMove.WITHDRAW: lambda person: handing.withdraw(person, beam),
    }
    owned = desk.claim(WANG, beam)
    rule = HAND_MOVES.get((hand, move))
    for person in (WANG, LI, SUN, ZHAO, CHEN, ADMIN):
        now_stored = stored(database, beam)
        wanted = replace(put_in(hand, owned, clock), row_version=now_stored.row_version)
        before = database.write(lambda tx, alarm=wanted: tx.alarms.save(alarm))
        assert hand_of(before, clock.now()) is hand
        after, refused = tried(lambda p=person: does[move](p))
        is_free_for_all = rule is not None and rule.by is By.ANYONE and person.role in HANDLES
        if rule is not None and (is_free_for_all or person in WHO[rule.by]):
            assert after is not None, refused
            is_again = move in (HandMove.CLAIM, HandMove.TAKE_OVER) and person.user == before.owner
            assert hand_of(after, clock.now()) is (hand if is_again else rule.to)
            took = move in (HandMove.CLAIM, HandMove.TAKE_OVER, HandMove.ACCEPT)
            assert after.owner == (person.user if took else before.owner)
        else:
            # One's own alarm claimed again is no refusal, and changes nothing.
            assert refused or after == before
            assert stored(database, beam) == before


def tried(command: Callable[[], Alarm]) -> tuple[Alarm | None, str]:
    """The alarm after it, or the code of the refusal."""
    try:
        return command(), ""
    except ServiceError as error:
        return None, error.code


@pytest.mark.parametrize("hand", list(Hand))
@pytest.mark.parametrize("seconds", [14, 15, 299, 300, 100_000])
def test_the_clock_offers_and_lapses_as_the_table_says_and_changes_no_owner(
    desk: AlarmDesk, beam: str, database: Database, clock: ManualClock, hand: Hand, seconds: int
) -> None:
    owned = desk.claim(WANG, beam)
    before = database.write(lambda tx: tx.alarms.save(put_in(hand, owned, clock)))
    clock.advance(seconds)
    ResponseClocks(database, clock).tick()
    after = stored(database, beam)
    assert (after.owner, after.state) == (before.owner, before.state)
    wanted = hand
    if hand is Hand.ASKED and seconds >= 15:
        wanted = HAND_MOVES[(hand, HandMove.LAPSE)].to
    if wanted is Hand.OWNER and seconds >= 300:
        wanted = HAND_MOVES[(wanted, HandMove.OFFER)].to
    assert hand_of(after, clock.now()) is wanted
