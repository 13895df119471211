"""The record of signals for people: found by time, account and outcome, each with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from services.domain.alarms import Alarm
from services.domain.linkage_runs import LinkageRun
from services.domain.notices import Notice
from services.domain.people import Permission, Session
from services.domain.signals import KeptSignal, SignalSearch
from services.identity import authorize
from services.storage import Database, View

PAGE = 100


@dataclass(frozen=True, slots=True)
class SignalStory:
    """A signal from its driver to what it set off; alarm None when it led to none."""

    kept: KeptSignal
    alarm: Alarm | None
    runs: tuple[LinkageRun, ...]
    notices: tuple[Notice, ...]


class SignalRecord:
    """Both calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, session: Session, search: SignalSearch, before: int | None = None) -> list[KeptSignal]:
        """At most PAGE, newest first; `before`: the number of the last one shown."""
        authorize(session, Permission.WATCH)
        return self._database.read(lambda view: view.signals.page(search, PAGE, before), deadline_s=20.0)

    def story(self, session: Session, number: int) -> SignalStory:
        """Raises storage.not_found."""
        authorize(session, Permission.WATCH)

        def read(view: View) -> SignalStory:
            kept = view.signals.get(number)
            if not kept.alarm:
                return SignalStory(kept, None, (), ())
            runs = tuple(view.linkage_runs.of_alarm(kept.alarm))
            return SignalStory(kept, view.alarms.get(kept.alarm), runs, tuple(view.notices.of(kept.alarm)))

        return self._database.read(read)
