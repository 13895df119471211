"""What a screen remembers for its user; where it lies is the caller's matter."""

from __future__ import annotations

from typing import Protocol


class Preferences(Protocol):
    """Small dicts by key; both calls block and belong in a job. Raise ServiceError("storage.…")."""

    def load(self, key: str) -> dict[str, object] | None: ...

    def save(self, key: str, value: dict[str, object]) -> None: ...
