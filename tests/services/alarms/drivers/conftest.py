"""Refusing a peer is logged; here it is done on purpose all the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture(autouse=True)
def _refusals_are_expected(expected_log: Callable[..., None]) -> None:
    expected_log("dc09.refused", "dc09.clock_refused", "dc09.syntax", "dc09.id_not_understood")
