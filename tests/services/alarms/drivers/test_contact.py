"""One wire, read again and again: noise, changes and what is told of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.alarms.drivers.contact import UNREADABLE, Change, Contact
from services.domain.alarms import Qualifier
from services.domain.inputs import LineState

N, A, C, S = LineState.NORMAL, LineState.ALARM, LineState.CUT, LineState.SHORT
NEW, RESTORE, STILL = Qualifier.NEW, Qualifier.RESTORE, Qualifier.STILL


def told(contact: Contact, *readings: tuple[float, LineState | None]) -> list[tuple[str, Qualifier]]:
    changes: list[Change] = []
    for at_s, state in readings:
        changes += contact.see(state, at_s)
    return [(change.what, change.qualifier) for change in changes]


def settled(debounce_s: float = 0.0) -> Contact:
    """A line that was learned to be quiet."""
    contact = Contact((A, C, S), debounce_s)
    told(contact, (0.0, N), (debounce_s, N))
    return contact


def test_a_quiet_line_restores_what_an_earlier_program_may_have_left() -> None:
    assert told(Contact((A,), 0.0), (0.0, N)) == [(UNREADABLE, RESTORE), (A, RESTORE)]


def test_an_input_that_is_active_at_the_start_is_an_alarm() -> None:
    assert told(Contact((A,), 0.0), (0.0, A))[-1] == (A, STILL)


def test_a_press_is_one_alarm_and_one_restore() -> None:
    assert told(settled(), (1.0, A), (1.1, A), (1.2, N), (1.3, N)) == [(A, NEW), (A, RESTORE)]


def test_a_line_that_is_cut_during_an_alarm_tells_both_in_order() -> None:
    assert told(settled(), (1.0, A), (1.1, C)) == [(A, NEW), (A, RESTORE), (C, NEW)]


def test_what_is_shorter_than_the_debounce_is_noise() -> None:
    contact = settled(debounce_s=0.2)
    assert told(contact, (1.0, A), (1.1, A), (1.19, N), (1.3, A), (1.4, N)) == []
    assert told(contact, (2.0, A), (2.1, A), (2.2, A)) == [(A, NEW)]


def test_a_line_that_cannot_be_read_keeps_its_alarm() -> None:
    contact = settled()
    readings = ((1.0, A), (1.1, None), (1.2, None), (1.3, A))
    assert told(contact, *readings) == [(A, NEW), (UNREADABLE, NEW), (UNREADABLE, RESTORE)]


def test_a_change_while_the_module_was_away_is_a_new_alarm() -> None:
    assert told(settled(), (1.0, A), (1.1, N), (900.0, A)) == [(A, NEW), (A, RESTORE), (A, NEW)]


def test_what_did_not_get_through_is_told_again() -> None:
    contact = settled()
    told(contact, (1.0, A))
    contact.forget()
    assert (A, STILL) in told(contact, (1.1, A))


readings = st.lists(st.sampled_from([N, A, C, S, None]), max_size=60)


@given(readings)
def test_each_trouble_ends_before_the_next_of_its_kind_begins(states: list[LineState | None]) -> None:
    """Told backwards and forwards the line's story is whole: never two alarms without a restore between."""
    active: set[str] = set()
    contact = settled()
    for step, state in enumerate(states):
        for change in contact.see(state, 1.0 + step):
            assert (change.what in active) is (change.qualifier is RESTORE)
            (active.discard if change.qualifier is RESTORE else active.add)(change.what)
    last = next((state for state in reversed(states) if state is not None), N)
    assert active - {UNREADABLE} == ({last} - {N})
