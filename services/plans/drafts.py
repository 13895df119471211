"""What somebody has typed into a plan and not saved yet, in files of this machine: also while the database
is away, and after a crash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import structlog

from services.core.codec import from_plain, to_plain
from services.core.typed import storable_text
from services.core.wholefile import write_whole
from services.domain.plans import PlanText

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """row_version: of the plan that the text was begun from, 0 = a new plan."""

    row_version: int
    text: PlanText


class PlanDrafts:
    """One draft for each person and plan; every call blocks. plan_id "" = a new plan."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, user: str, plan_id: str, draft: KeptDraft) -> None:
        """Raises ServiceError("file.cannot_write", file, reason)."""
        self._folder.mkdir(parents=True, exist_ok=True)
        content = json.dumps(to_plain(draft), ensure_ascii=False)
        write_whole(self._file(user, plan_id), storable_text(content).encode())

    def find(self, user: str, plan_id: str) -> KeptDraft | None:
        """None also for what cannot be read any more."""
        file = self._file(user, plan_id)
        try:
            return from_plain(KeptDraft, json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            log.info("plans.draft_unreadable", error=type(error).__name__)
            return None

    def forget(self, user: str, plan_id: str) -> None:
        self._file(user, plan_id).unlink(missing_ok=True)

    def _file(self, user: str, plan_id: str) -> Path:
        # Names of people are no names of files.
        name = hashlib.sha256(f"{user}\0{plan_id}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"
