"""How a zone names its Modbus input; addresses count from 0, as on the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.inputs import LineState, ModbusInput, ModbusTable, read_input


@pytest.mark.parametrize(
    ("point", "meant"),
    [
        ("di3", ModbusInput(ModbusTable.INPUTS, 3)),
        ("co0", ModbusInput(ModbusTable.COILS, 0)),
        ("ir5.2", ModbusInput(ModbusTable.REGISTERS, 5, bit=2)),
        ("hr5:line", ModbusInput(ModbusTable.HOLDING, 5, line=(0, 1, 2, 3))),
        ("ir7:line=0/1/4/8", ModbusInput(ModbusTable.REGISTERS, 7, line=(0, 1, 4, 8))),
        ("", ModbusInput(ModbusTable.INPUTS, 8)),
    ],
)
def test_a_point_names_one_input(point: str, meant: ModbusInput) -> None:
    assert read_input(point, number=9) == meant


@pytest.mark.parametrize(
    "point",
    ["di", "di-1", "di65536", "ir5", "ir5.16", "ir5:line=0/1/1/3", "ir5:line=0/1/2", "DI3", "di３"],
)
def test_what_names_no_input_is_refused(point: str) -> None:
    assert read_input(point, number=1) is None


@given(st.text(max_size=20), st.integers(0, 9999))
def test_no_text_breaks_the_reader(point: str, number: int) -> None:
    wire = read_input(point, number)
    assert wire is None or 0 <= wire.address <= 65_535


@pytest.mark.parametrize(
    ("value", "is_normally_closed", "state"),
    [
        (0, False, LineState.NORMAL),
        (1, False, LineState.ALARM),
        (1, True, LineState.NORMAL),
        (0, True, LineState.ALARM),
    ],
)
def test_an_input_that_is_closed_at_rest_alarms_when_it_opens(
    value: int, is_normally_closed: bool, state: LineState
) -> None:
    wire = ModbusInput(ModbusTable.INPUTS, 0)
    assert wire.state_of(value, is_normally_closed=is_normally_closed) is state


def test_one_bit_of_a_register_is_read_alone() -> None:
    wire = ModbusInput(ModbusTable.REGISTERS, 0, bit=2)
    assert wire.state_of(0b0100, is_normally_closed=False) is LineState.ALARM
    assert wire.state_of(0b1011, is_normally_closed=False) is LineState.NORMAL


def test_a_line_may_report_only_the_four_states_of_its_module() -> None:
    wire = ModbusInput(ModbusTable.REGISTERS, 0, line=(0, 1, 4, 8))
    states = [wire.state_of(value, is_normally_closed=False) for value in (0, 1, 4, 8, 2)]
    assert states == [LineState.NORMAL, LineState.ALARM, LineState.CUT, LineState.SHORT, None]
