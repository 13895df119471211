"""What racing seats asked and were answered, as each wrote it down before it went on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

OK, REFUSED, UNKNOWN = "ok", "refused", "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """One command of one seat. Times are of the machine's monotonic clock, shared by all processes.

    outcome: "" while it is not answered. kind, id, version, state, owner: the entity that the desk gave back.
    order: the id that an order was given, known before it was sent. code: why it was refused, and whom the
    refusal names as owner.
    """

    seat: str
    number: int
    command: str
    target: str
    asked_s: float
    answered_s: float | None = None
    outcome: str = ""
    kind: str = ""
    id: str = ""
    version: int = 0
    state: str = ""
    owner: str = ""
    order: str = ""
    code: str = ""


class Notebook:
    """One seat's file; a line is on the disk before `write` returns, so a killed seat loses none."""

    def __init__(self, path: Path) -> None:
        is_torn = path.exists() and not path.read_bytes().endswith(b"\n")
        self._file: IO[str] = path.open("a", encoding="utf-8")
        if is_torn:
            self._file.write("\n")

    def write(self, call: Call) -> None:
        self._file.write(json.dumps(asdict(call), ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def read(paths: Iterable[Path]) -> list[Call]:
    """All calls, by seat and number; one that was asked and never answered has an unknown outcome."""
    found: dict[tuple[str, int], Call] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            # A kill in the middle of a write leaves half a line: nobody was answered then.
            if line.endswith("}"):
                call = Call(**json.loads(line))
                found[(call.seat, call.number)] = call
    return [
        call if call.outcome else Call(**{**asdict(call), "outcome": UNKNOWN})
        for _, call in sorted(found.items())
    ]


def last_number(path: Path) -> int:
    """Of the last call that a seat wrote down; -1 for none."""
    return max((call.number for call in read([path])), default=-1) if path.exists() else -1
