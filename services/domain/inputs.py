"""How a zone names its input on a Modbus module, and what a value read there says about the line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_ADDRESS = 65_535
# What modules with line supervision report where nothing else is written: normal, alarm, cut, short.
USUAL_LINE = (0, 1, 2, 3)
_BIT = re.compile(r"(di|co)(\d{1,5})", re.ASCII)
_REGISTER_BIT = re.compile(r"(ir|hr)(\d{1,5})\.(\d{1,2})", re.ASCII)
_LINE = re.compile(r"(ir|hr)(\d{1,5}):line(?:=(\d{1,5})/(\d{1,5})/(\d{1,5})/(\d{1,5}))?", re.ASCII)


class ModbusTable(StrEnum):
    """The four tables of a Modbus device, addresses from 0 as on the wire."""

    COILS = "co"
    INPUTS = "di"
    HOLDING = "hr"
    REGISTERS = "ir"

    @property
    def is_bits(self) -> bool:
        return self in (ModbusTable.COILS, ModbusTable.INPUTS)


class LineState(StrEnum):
    """What is known of the wire to a detector."""

    NORMAL = "normal"
    ALARM = "alarm"
    CUT = "cut"
    SHORT = "short"


_LINE_STATES = (LineState.NORMAL, LineState.ALARM, LineState.CUT, LineState.SHORT)


@dataclass(frozen=True, slots=True)
class ModbusInput:
    """bit: which bit of a register, None for the whole value. line: the register's values for normal, alarm,
    cut and short, () for an input that only knows on and off."""

    table: ModbusTable
    address: int
    bit: int | None = None
    line: tuple[int, ...] = ()

    def state_of(self, value: int, *, is_normally_closed: bool) -> LineState | None:
        """What `value` says; None when a supervised line reports something it may not."""
        if self.line:
            return _LINE_STATES[self.line.index(value)] if value in self.line else None
        is_on = bool(value >> (self.bit or 0) & 1)
        return LineState.ALARM if is_on is not is_normally_closed else LineState.NORMAL

    @property
    def states(self) -> tuple[LineState, ...]:
        """What can be wrong on this line."""
        return _LINE_STATES[1:] if self.line else (LineState.ALARM,)


def read_input(point: str, number: int) -> ModbusInput | None:
    """The input of a zone: its `point`, or discrete input `number` - 1 when it has none.

    "di3" discrete input, "co3" coil, "ir5.2" bit 2 of an input register ("hr": holding), "ir5:line" register
    with line supervision, "ir5:line=0/1/4/8" with a module's own values for normal/alarm/cut/short.
    None when `point` is nothing of these.
    """
    if not point:
        return ModbusInput(ModbusTable.INPUTS, number - 1) if number >= 1 else None
    if found := _BIT.fullmatch(point):
        return _checked(ModbusInput(ModbusTable(found[1]), int(found[2])))
    if found := _REGISTER_BIT.fullmatch(point):
        return _checked(ModbusInput(ModbusTable(found[1]), int(found[2]), bit=int(found[3])))
    if found := _LINE.fullmatch(point):
        line = tuple(map(int, found.groups()[2:])) if found[3] is not None else USUAL_LINE
        return _checked(ModbusInput(ModbusTable(found[1]), int(found[2]), line=line))
    return None


def _checked(wire: ModbusInput) -> ModbusInput | None:
    is_sound = wire.address <= MOST_ADDRESS and (wire.bit or 0) <= 15
    are_different = len(set(wire.line)) == len(wire.line)
    return wire if is_sound and are_different and all(v <= 0xFFFF for v in wire.line) else None
