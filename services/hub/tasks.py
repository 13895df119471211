"""Ends tasks for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

CANCEL_AGAIN_S = 1.0


async def end_tasks(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel them until all have ended, whatever their end was.

    Once is not enough: `asyncio.wait_for` of Python 3.11, which libraries use for each answer, drops a
    cancellation that comes in the same moment as the answer.
    """
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=CANCEL_AGAIN_S)
