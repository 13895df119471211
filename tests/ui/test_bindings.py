from __future__ import annotations

import sys

from PySide6.QtCore import QObject

CALLS = 200


def test_a_call_that_returns_nothing_gives_none_back_whole() -> None:
    """PySide6 6.12.0 drops a reference to None per call; before Python 3.12 that ends the process."""
    subject = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        subject.setObjectName("x")
    assert sys.getrefcount(None) > before - CALLS // 2
