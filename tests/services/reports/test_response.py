"""Dispatch figures, against hand arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.domain.incidents import (
    Channel,
    Dispatch,
    DispatchId,
    DispatchState,
    Incident,
    IncidentId,
    TargetKind,
)
from services.reports.alarms import Spread
from services.reports.response import Leg, Ring, RingFigures, dispatch_figures
from services.storage import DispatchRecord

SENT = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
INCIDENT = Incident(IncidentId("i1"), "JQ1", "打架", "fight", "食堂", None, "", "wang", "王值班", SENT)


def after(seconds: float) -> datetime:
    return SENT + timedelta(seconds=seconds)


def order(
    number: int, due_s: float | None, there_s: float | None, sign_s: float | None = None, **more: object
) -> DispatchRecord:
    """due_s, there_s, sign_s: seconds after sending."""
    made = Dispatch(
        id=DispatchId(f"d{number}"),
        dispatch_no=f"PJ{number}",
        incident=INCIDENT.id,
        guard=f"G{number % 2}",
        guard_name=f"保安{number % 2}",
        order_text="",
        channel=Channel.RADIO,
        why="",
        distance_m=0.0,
        sent_by="wang",
        sent_by_name="王值班",
        sent_at=SENT,
        arrive_due_at=None if due_s is None else after(due_s),
        on_scene_at=None if there_s is None else after(there_s),
        signed_at=None if sign_s is None else after(sign_s),
    )
    return DispatchRecord(replace(made, **more), INCIDENT)  # type: ignore[arg-type]


def test_1_3_5_is_counted_by_the_time_that_each_was_given() -> None:
    figures = dispatch_figures(
        [
            order(1, 60, 60),  # a post, on the second
            order(2, 60, 61),  # a post, a second late
            order(3, 180, 100),  # a patrol in time
            order(4, 180, None, late=("arrive",)),  # a patrol that never came
            order(5, 300, 299, is_backup=True),
            order(6, 180, 200, is_backup=True),  # called-up help that was given three minutes
            order(7, None, 400),  # nobody gave it a time
            order(8, 180, None),  # still on its way, in time
        ]
    )

    assert figures.rings == (
        RingFigures(Ring.POST, 2, 1, 1),
        RingFigures(Ring.PATROL, 2, 1, 0),
        RingFigures(Ring.BACKUP, 2, 1, 1),
    )
    assert [ring.never for ring in figures.rings] == [0, 1, 0]
    assert [ring.rate for ring in figures.rings] == [0.5, 0.5, 0.5]


def test_what_was_taken_back_in_time_is_no_failure_and_what_was_late_stays_one() -> None:
    figures = dispatch_figures(
        [
            order(1, 60, None, state=DispatchState.CANCELLED),
            order(2, 60, None, state=DispatchState.CANCELLED, late=("arrive",)),
            order(3, 60, None, state=DispatchState.RETURNED),
        ]
    )

    assert figures.rings[0] == RingFigures(Ring.POST, 1, 0, 0)
    assert (figures.cancelled, figures.returned) == (2, 1)


def test_times_count_from_sending_and_those_outside_have_none_of_ours() -> None:
    figures = dispatch_figures(
        [
            order(1, 60, 40, 10),
            order(2, 60, 50, 20),
            order(3, 60, 90, 30, done_at=after(600)),
            order(4, None, 500, 400, target=TargetKind.POLICE),
        ]
    )

    # Nearest rank of 10, 20, 30: the second; of 40, 50, 90: the second.
    assert dict(figures.legs) == {
        Leg.SIGN: Spread(3, 20, 30, 30),
        Leg.ARRIVE: Spread(3, 50, 90, 90),
        Leg.DONE: Spread(1, 600, 600, 600),
    }
    assert (figures.total, figures.outside) == (4, 1)


def test_each_unit_is_judged_by_its_own_orders() -> None:
    figures = dispatch_figures([order(1, 60, 40, 10), order(3, 60, 90, 30), order(2, 60, 50, 20)])

    odd, even = figures.guards
    assert (odd.guard, odd.orders, odd.sign, odd.arrive, odd.in_time, odd.late) == ("G1", 2, 10, 40, 1, 1)
    assert (even.guard, even.orders, even.in_time, even.late) == ("G0", 1, 1, 0)


def test_drills_are_in_no_figure() -> None:
    played = DispatchRecord(order(1, 60, 40, 10).dispatch, replace(INCIDENT, is_drill=True))

    figures = dispatch_figures([played])

    assert (figures.total, figures.guards, figures.rings[0].sent) == (0, (), 0)


def test_without_orders_there_are_no_rates() -> None:
    assert [ring.rate for ring in dispatch_figures([]).rings] == [None, None, None]
