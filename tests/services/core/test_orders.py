"""A process that lives by orders: what it obeys, when it speaks and when it ends."""

from __future__ import annotations

import multiprocessing

import pytest

from services.core.orders import Quit, serve_orders


def test_orders_are_obeyed_in_their_order_until_quit() -> None:
    program, orders = multiprocessing.Pipe()
    obeyed: list[str] = []
    with program, orders:
        for order in ("first", "second", Quit(), "never"):
            program.send(order)
        serve_orders(orders, obey=obeyed.append, report=lambda: "well", say=lambda _: None, report_every_s=60)
    assert obeyed == ["first", "second"]


def test_a_report_is_said_at_once_and_again_without_any_order() -> None:
    program, orders = multiprocessing.Pipe()
    said: list[object] = []
    with program, orders:
        reports = iter(("first", "second", None))
        serve_orders(
            orders, obey=_nothing_to_obey, report=lambda: next(reports), say=said.append, report_every_s=0.01
        )
    # And it ends when there is nothing to report any more.
    assert said == ["first", "second"]


def test_the_end_of_the_program_is_told() -> None:
    program, orders = multiprocessing.Pipe()
    program.close()
    with orders, pytest.raises(EOFError):
        serve_orders(
            orders, obey=_nothing_to_obey, report=lambda: "well", say=lambda _: None, report_every_s=60
        )


def _nothing_to_obey(order: object) -> None:
    raise AssertionError(order)
