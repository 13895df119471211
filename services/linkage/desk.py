"""What workstations tell of linkage: which actions they did, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.domain.facts import LinkageRunChanged
from services.domain.linkage_runs import LinkageRun, Outcome, with_outcome
from services.domain.people import Permission, Session
from services.identity import authorize
from services.storage import Database, Tx

# One transaction must not keep an alarm from being stored.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class SeatReport:
    """One action of a run, by its place in it, as a workstation did it."""

    run: str
    index: int
    outcome: Outcome


class LinkageDesk:
    """Commands of workstations; all block and raise ServiceError: identity.forbidden, storage.*."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def report(self, session: Session, reports: Sequence[SeatReport]) -> None:
        """The first word about an action stands; what is about no run, or about an action of the hub, is
        left out."""
        authorize(session, Permission.WATCH)
        for start in range(0, len(reports), MOST_AT_ONCE):
            part = reports[start : start + MOST_AT_ONCE]
            self._database.write(lambda tx, part=part: _write(tx, part))  # type: ignore[misc]

    def runs_of_incident(self, incident: str) -> dict[str, list[LinkageRun]]:
        """By alarm."""
        return self._database.read(lambda view: view.linkage_runs.of_incident(incident))


def _write(tx: Tx, reports: Sequence[SeatReport]) -> None:
    by_run: dict[str, list[SeatReport]] = {}
    for report in reports:
        by_run.setdefault(report.run, []).append(report)
    changed: list[LinkageRun] = []
    for stored in tx.linkage_runs.some(by_run):
        run = stored
        for report in by_run[run.id]:
            if _is_of_seat(stored, report.index):
                run = with_outcome(run, report.index, report.outcome)
        if run is not stored:
            changed.append(run)
    for saved in tx.linkage_runs.save_all(changed):
        tx.record(LinkageRunChanged(saved))


def _is_of_seat(run: LinkageRun, index: int) -> bool:
    """No workstation may say that a door was opened."""
    return 0 <= index < len(run.actions) and run.actions[index].action.is_of_seat
