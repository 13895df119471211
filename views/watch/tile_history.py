"""What each tile showed before, to go back to and forward again; pure."""

from __future__ import annotations

MOST_STEPS = 20


class TileHistory:
    """Per tile index; a new camera ends the way forward."""

    def __init__(self) -> None:
        self._before: dict[int, list[str]] = {}
        self._after: dict[int, list[str]] = {}

    def note(self, index: int, was: str) -> None:
        """The tile is about to show another camera than `was`."""
        self._after.pop(index, None)
        if was:
            self._push(self._before, index, was)

    def back(self, index: int, now: str) -> str:
        """The camera before `now`; "" when there is none."""
        return self._step(self._before, self._after, index, now)

    def forward(self, index: int, now: str) -> str:
        return self._step(self._after, self._before, index, now)

    def can_go_back(self, index: int) -> bool:
        return bool(self._before.get(index))

    def can_go_forward(self, index: int) -> bool:
        return bool(self._after.get(index))

    def _step(self, source: dict[int, list[str]], target: dict[int, list[str]], index: int, now: str) -> str:
        steps = source.get(index)
        if not steps:
            return ""
        if now:
            self._push(target, index, now)
        return steps.pop()

    def _push(self, steps: dict[int, list[str]], index: int, camera_no: str) -> None:
        kept = steps.setdefault(index, [])
        kept.append(camera_no)
        del kept[:-MOST_STEPS]
