from __future__ import annotations

import re
from pathlib import Path

DECISIONS = Path(__file__).resolve().parents[2] / "DECISIONS.md"
NUMBERED = re.compile(r"^## (\d+)\. ", re.MULTILINE)


def test_decisions_are_numbered_in_their_order() -> None:
    numbers = [int(number) for number in NUMBERED.findall(DECISIONS.read_text(encoding="utf-8"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers
