"""Where each guard stands now, and what a person may do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.dispatch.guards import status_at
from services.domain.coverage import Coverage, coverage, post_of
from services.domain.facts import AttendanceChanged, DispatchChanged, Fact, GuardChanged, RosterChanged
from services.domain.lanes import LANE_OF, Hindrance, Lane, Wish, hindrance, status_in
from services.domain.people import GuardState, GuardStatus, Permission, Session
from services.domain.positions import is_stale
from services.domain.roster import Attendance, RosterSlot
from services.domain.site import Guard, Post, Site, SiteEntry
from services.people.attendance import OnWatch
from services.people.contacts import GuardRow, intake_of, read_guards, write_guards
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from ui.search import matches
from ui.text.positions import position_text
from views.people.ports import AttendanceCommands, EntryCommands, StatusCommands

_TOUCHING = (GuardChanged, DispatchChanged, AttendanceChanged, RosterChanged)


@dataclass(frozen=True, slots=True)
class GuardCard:
    """A guard as a lane shows them. position: source and age in words. came: while signed in. missed: a shift
    that runs and for which they have not come."""

    guard: Guard
    state: GuardState
    post: Post | None
    dispatch_no: str
    position: str
    is_stale: bool
    came: Attendance | None
    missed: RosterSlot | None

    @property
    def lane(self) -> Lane:
        return LANE_OF[self.state.status]


class PeoplePresenter(QObject):
    """Signals: changed(); site_changed(); refused(ServiceError); accepted(what was done, guard's number);
    reason_wanted(guard's number, Lane): the move needs one; read(rows of a table); written(file name).
    """

    changed = Signal()
    site_changed = Signal()
    refused = Signal(object)
    accepted = Signal(str, str)
    reason_wanted = Signal(str, object)
    read = Signal(object)
    written = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        statuses: StatusCommands,
        attendance: AttendanceCommands,
        entries: EntryCommands,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self.site = site
        self._statuses = statuses
        self._attendance = attendance
        self._entries = entries
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._watch = OnWatch((), (), ())
        self._is_shown = False
        self._is_reading = False
        self.query = ""
        self.chosen = ""
        live.applied.connect(self._follow)

    # what is shown

    def use_site(self, site: Site) -> None:
        self.site = site
        self.site_changed.emit()
        self.changed.emit()

    def may(self, permission: Permission) -> bool:
        return self._session.may(permission)

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def show(self, is_shown: bool) -> None:
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Read who is planned and who has come; statuses come by the feed."""
        if not self._is_reading:
            self._is_reading = True
            self._jobs.run(partial(self._attendance.now, self._session), self._take, self._miss)

    def search(self, query: str) -> None:
        self.query = query
        self.changed.emit()

    def choose(self, guard_no: str) -> None:
        if guard_no != self.chosen:
            self.chosen = guard_no
            self.changed.emit()

    def cards(self) -> list[GuardCard]:
        """Those that the search lets through, in the site's order."""
        return [card for guard in self.site.guards if (card := self.card(guard.no)) and self._passes(card)]

    def card(self, guard_no: str) -> GuardCard | None:
        guard, state = self.site.guard(guard_no), self._live.board.guards.get(guard_no)
        if guard is None or state is None:
            return None
        now = self.now
        dispatch = self._live.board.dispatches.get(state.dispatch)
        return GuardCard(
            guard=guard,
            state=state,
            post=post_of(self.site, state),
            dispatch_no=dispatch.dispatch_no if dispatch else "",
            position=position_text(state, now),
            is_stale=is_stale(state, now),
            came=self._came(guard_no),
            missed=next((slot for slot in self._watch.absent if slot.guard == guard_no), None),
        )

    def coverage(self) -> list[Coverage]:
        return list(coverage(self.site, self._live.board.guards.values()).values())

    def planned(self, post: str) -> int:
        """How many the roster has at a post now."""
        return sum(slot.post == post for slot in self._watch.slots)

    def missed(self) -> int:
        return len(self._watch.absent)

    def hindrance(self, guard_no: str, lane: Lane) -> ServiceError | None:
        """Why a guard cannot be put into a lane now; None: they can, or only a reason is missing."""
        card = self.card(guard_no)
        if card is None:
            return ServiceError("people.unknown_guard", guard=guard_no)
        if not self.may(Permission.DISPATCH):
            role = self._session.role.value
            return ServiceError("identity.forbidden", permission=Permission.DISPATCH.value, role=role)
        wanted = self._wanted(card, lane)
        if wanted is card.state.status or wanted is GuardStatus.DURESS:
            return None
        found = hindrance(card.state, Wish(wanted, "-"))
        return None if found is None else _refusal(card, wanted, found)

    # what people do

    def move(self, guard_no: str, lane: Lane, reason: str = "") -> None:
        card, refusal = self.card(guard_no), self.hindrance(guard_no, lane)
        if refusal is not None or card is None:
            self.refused.emit(refusal)
            return
        wanted = self._wanted(card, lane)
        if wanted is card.state.status:
            return
        if hindrance(card.state, Wish(wanted, reason)) is Hindrance.REASON_NEEDED:
            self.reason_wanted.emit(guard_no, lane)
            return
        self._do(
            "status", guard_no, partial(self._statuses.set_status, self._session, guard_no, wanted, reason)
        )

    def check_in(self, guard_no: str) -> None:
        self._do("check_in", guard_no, partial(self._statuses.check_in, self._session, guard_no))

    def sign(self, guard_no: str) -> None:
        """In when they are not, out when they are."""
        if self._came(guard_no) is None:
            self._do("sign_in", guard_no, partial(self._attendance.sign_in, self._session, guard_no))
        else:
            self._do("sign_out", guard_no, partial(self._attendance.sign_out, self._session, guard_no))

    def save(self, seen: SiteEntry | None, entry: SiteEntry) -> None:
        """seen None: a new one."""
        if seen is None:
            self._do("saved", "", partial(self._entries.add, self._session, entry))
        else:
            self._do("saved", seen.no, partial(self._entries.change, self._session, seen, entry))

    def remove(self, seen: SiteEntry) -> None:
        self._do("removed", seen.no, partial(self._entries.remove, self._session, seen))

    def export(self, file: Path) -> None:
        self._jobs.run(partial(_written, self.site, file), self._on_written, self._on_refused)

    def read_table(self, file: Path) -> None:
        """A dry run: nothing is stored."""
        self._jobs.run(partial(read_guards, file, self.site), self._on_read, self._on_refused)

    def take_in(self, rows: Sequence[GuardRow]) -> None:
        """All of them or none; a table with a bad row is not taken in."""
        if rows and all(row.error is None for row in rows):
            wanted = intake_of(rows, self.site)
            work = partial(self._entries.put_all, self._session, wanted.changes, wanted.new)
            self._do("imported", "", work)

    # inside

    def _on_written(self, name: str) -> None:
        self.written.emit(name)

    def _on_read(self, rows: tuple[GuardRow, ...]) -> None:
        self.read.emit(rows)

    def _wanted(self, card: GuardCard, lane: Lane) -> GuardStatus:
        return status_in(lane, card.state, status_at(card.post))

    def _came(self, guard_no: str) -> Attendance | None:
        return next((a for a in self._watch.attendance if a.guard == guard_no and a.out_at is None), None)

    def _passes(self, card: GuardCard) -> bool:
        guard, post = card.guard, card.post
        team = self.site.team(guard.team)
        words = (guard.no, guard.name, guard.name_en, guard.radio_id, guard.phone, *guard.skills)
        named = [one.name for one in (post, team) if one is not None]
        return not self.query.strip() or matches(self.query, " ".join((*words, *named)))

    def _do(self, what: str, guard_no: str, work: Callable[[], object]) -> None:
        self._jobs.run(partial(answering, (what, guard_no), work), self._on_done, self._on_refused)

    def _on_done(self, done: tuple[str, str]) -> None:
        self.accepted.emit(*done)
        self.refresh()

    def _on_refused(self, error: ServiceError) -> None:
        self.refused.emit(error)
        self.changed.emit()

    def _follow(self, facts: list[Fact]) -> None:
        if not self._is_shown:
            return
        if any(isinstance(fact, (AttendanceChanged, RosterChanged)) for fact in facts):
            self.refresh()
        if any(isinstance(fact, _TOUCHING) for fact in facts):
            self.changed.emit()

    def _take(self, watch: OnWatch) -> None:
        self._is_reading = False
        self._watch = watch
        self.changed.emit()

    def _miss(self, error: ServiceError) -> None:
        self._is_reading = False
        self.refused.emit(error)


def _written(site: Site, file: Path) -> str:
    """In a job thread; the file's name."""
    write_guards(site.guards, file)
    return file.name


def _refusal(card: GuardCard, wanted: GuardStatus, found: Hindrance) -> ServiceError:
    params: dict[str, object] = {"guard": card.guard.name}
    if found is Hindrance.ILLEGAL_MOVE:
        params |= {"was": card.state.status.value, "wanted": wanted.value}
    if found is Hindrance.ON_DISPATCH:
        params["dispatch_no"] = card.dispatch_no
    return ServiceError(f"people.{found.value}", **params)
