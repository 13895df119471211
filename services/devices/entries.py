"""Takes panels, zones, posts, guards and other entries into the stored site, changes and removes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any, TypeVar, cast

from services.campus.entries import READERS
from services.campus.entry import Entry, SiteFileError
from services.campus.sitecheck import first_complaint
from services.campus.stored import stored_site
from services.campus.wherefile import Lines
from services.core.errors import ServiceError
from services.domain.facts import SiteEdited
from services.domain.people import Permission, Session
from services.domain.site import ArmGroup, Guard, Output, Panel, Post, Site, SiteEntry, Team, Zone
from services.identity import authorize
from services.storage import Database, Tx

One = TypeVar("One", bound=SiteEntry)

# Section of the site file, and how its numbers begin.
SECTIONS: dict[type[object], tuple[str, str]] = {
    Panel: ("panels", "A"),
    Zone: ("zones", "Z"),
    ArmGroup: ("arm_groups", "G"),
    Output: ("outputs", "Y"),
    Post: ("posts", "P"),
    Team: ("teams", "T"),
    Guard: ("guards", "G"),
}
# People are the supervisor's too; whatever can raise an alarm is the administrator's alone.
_NEEDS: dict[type[object], Permission] = {
    Post: Permission.EDIT_PEOPLE,
    Team: Permission.EDIT_PEOPLE,
    Guard: Permission.EDIT_PEOPLE,
}


class EntryDesk:
    """Commands on the site's entries; they block, and need EDIT_SITE, or EDIT_PEOPLE for posts and people.

    follow: what else a new site changes, in the same transaction. `seen` is the entry as the caller saw it:
    one changed elsewhere since is refused with storage.conflict.
    All raise ServiceError: identity.forbidden, entry.invalid(no, field, reason), camera.no_site, storage.*.
    """

    def __init__(self, database: Database, follow: Callable[[Tx, Site], None] | None = None) -> None:
        self._database = database
        self._follow = follow

    def add(self, session: Session, entry: One) -> One:
        """Its number is the next free one when it has none. Raises entry.number_taken(no)."""
        return self.add_all(session, (entry,))[0]

    def add_all(self, session: Session, entries: Sequence[One]) -> tuple[One, ...]:
        """All of one kind, all of them or none."""
        for entry in entries:
            _authorize(session, type(entry))

        def work(tx: Tx) -> tuple[One, ...]:
            site = stored_site(tx)
            added = _numbered(tx, site, entries)
            self._keep(tx, with_entries(site, added))
            for entry in added:
                _tell(tx, session, "add", None, entry)
            return added

        return self._database.write(work)

    def put_all(
        self, session: Session, changes: Sequence[tuple[One, One]], new: Sequence[One]
    ) -> tuple[One, ...]:
        """What a table brings: every (seen, wanted) changed and every new one added, all of them or none."""
        for entry in (*(seen for seen, _ in changes), *new):
            _authorize(session, type(entry))

        def work(tx: Tx) -> tuple[One, ...]:
            site = stored_site(tx)
            for seen, _ in changes:
                _check_seen(site, seen)
            changed = tuple(check_entry(_numbered_as(wanted, seen.no)) for seen, wanted in changes)
            added = _numbered(tx, site, new)
            self._keep(tx, with_entries(site, (*changed, *added)))
            for (seen, _), entry in zip(changes, changed, strict=True):
                _tell(tx, session, "change", seen, entry)
            for entry in added:
                _tell(tx, session, "add", None, entry)
            return (*changed, *added)

        return self._database.write(work)

    def change(self, session: Session, seen: One, entry: One) -> One:
        """Anything but the number."""
        _authorize(session, type(seen))

        def work(tx: Tx) -> One:
            site = stored_site(tx)
            _check_seen(site, seen)
            new = check_entry(_numbered_as(entry, seen.no))
            self._keep(tx, with_entries(site, (new,)))
            _tell(tx, session, "change", seen, new)
            return new

        return self._database.write(work)

    def remove(self, session: Session, seen: SiteEntry) -> SiteEntry:
        """What is on record about it stays. Raises entry.in_use(no, users)."""
        _authorize(session, type(seen))

        def work(tx: Tx) -> SiteEntry:
            site = stored_site(tx)
            _check_seen(site, seen)
            users = list(_users(site, seen))
            if users:
                raise ServiceError("entry.in_use", no=seen.no, users=", ".join(users))
            rest = tuple(entry for entry in entries_of(site, type(seen)) if entry.no != seen.no)
            self._keep(tx, _with_section(site, type(seen), rest))
            _tell(tx, session, "remove", seen, None)
            return seen

        return self._database.write(work)

    def _keep(self, tx: Tx, site: Site) -> None:
        tx.replace_site(_held_together(site))
        if self._follow is not None:
            self._follow(tx, site)


def _authorize(session: Session, kind: type[object]) -> None:
    authorize(session, _NEEDS.get(kind, Permission.EDIT_SITE))


def entries_of(site: Site, kind: type[One]) -> tuple[One, ...]:
    return cast("tuple[One, ...]", getattr(site, SECTIONS[kind][0]))


def with_entries(site: Site, entries: Sequence[SiteEntry]) -> Site:
    """`site` with these in the place of those of the same number, new ones at the end."""
    for entry in entries:
        held = entries_of(site, type(entry))
        is_known = any(one.no == entry.no for one in held)
        put = tuple(entry if one.no == entry.no else one for one in held)
        site = _with_section(site, type(entry), put if is_known else (*held, entry))
    return site


def _with_section(site: Site, kind: type[SiteEntry], entries: tuple[SiteEntry, ...]) -> Site:
    sections: dict[str, Any] = {SECTIONS[kind][0]: entries}
    return replace(site, **sections)


def _numbered_as(entry: One, no: str) -> One:
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return type(entry)(**{**values, "no": no})


def check_entry(entry: One, site: Site | None = None) -> One:
    """`entry` by the rules of the site file; raises entry.invalid(no, field, reason).

    site: which it must fit, with what it names; None = any.
    """
    section = SECTIONS[type(entry)][0]
    read = Entry("", Lines(""), section, entry.no, _fields(entry))
    try:
        read.check_no()
        checked = cast(One, READERS[section](read))
    except SiteFileError as error:
        field = str(error.params["field"]).rpartition(".")[2]
        raise ServiceError("entry.invalid", no=entry.no, field=field, reason=error.params["reason"]) from None
    if site is not None:
        _held_together(with_entries(site, (checked,)))
    return checked


def _fields(entry: SiteEntry) -> dict[str, object]:
    """As the site file would hold them; what may be missing and is empty is left out."""
    plain: dict[str, object] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name != "no" and value is not None and value != field.default:
            plain[field.name] = _plain(value)
    return plain


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _held_together(site: Site) -> Site:
    complaint = first_complaint(site)
    if complaint is not None:
        _section, no, field, reason = complaint
        raise ServiceError("entry.invalid", no=no, field=field, reason=reason)
    return site


def _check_seen(site: Site, seen: SiteEntry) -> None:
    section = SECTIONS[type(seen)][0]
    stored = next((one for one in entries_of(site, type(seen)) if one.no == seen.no), None)
    if stored is None:
        raise ServiceError("storage.not_found", kind=section, id=seen.no)
    if stored != seen:
        raise ServiceError("storage.conflict", kind=section, id=seen.no)


def _numbered(tx: Tx, site: Site, entries: Sequence[One]) -> tuple[One, ...]:
    """Each with its number. A number that was ever given is not given again: its record would be mixed."""
    if not entries:
        return ()
    section, letter = SECTIONS[type(entries[0])]
    taken = {str(entry.no) for entry in entries_of(site, type(entries[0]))}
    kept = (tx.preference("site", f"{section}.numbers") or {}).get("highest")
    numbers = [_number_of(no, letter) for no in [*taken, *(str(entry.no) for entry in entries)]]
    highest = max([kept if isinstance(kept, int) else 0, *numbers])
    added: list[One] = []
    for entry in entries:
        if entry.no in taken:
            raise ServiceError("entry.number_taken", no=entry.no)
        if not entry.no:
            highest += 1
        no = entry.no or f"{letter}{highest:02d}"
        taken.add(no)
        added.append(check_entry(_numbered_as(entry, no)))
    tx.put_preference("site", f"{section}.numbers", {"highest": highest})
    return tuple(added)


def _number_of(no: str, letter: str) -> int:
    """25 of Z25, 0 of other styles."""
    digits = no.removeprefix(letter)
    is_ours = digits != no and digits.isascii() and digits.isdigit()
    return int(digits) if is_ours else 0


def _users(site: Site, entry: SiteEntry) -> Iterator[str]:
    """The numbers of the entries that name `entry`."""
    match entry:
        case Panel():
            yield from (zone.no for zone in site.zones if zone.panel == entry.no)
            yield from (output.no for output in site.outputs if output.panel == entry.no)
        case ArmGroup():
            yield from (zone.no for zone in site.zones if zone.arm_group == entry.no)
        case Zone():
            yield from (output.no for output in site.outputs if output.feedback == entry.no)
        case Post():
            yield from (guard.no for guard in site.guards if guard.post == entry.no)
        case Team():
            yield from (guard.no for guard in site.guards if guard.team == entry.no)
        case Guard():
            yield from (team.no for team in site.teams if team.leader == entry.no)
        case Output():
            yield from (lock.no for lock in site.interlocks if entry.no in (lock.output, lock.other))


def _tell(tx: Tx, session: Session, action: str, before: SiteEntry | None, after: SiteEntry | None) -> None:
    entry = after or before
    assert entry is not None
    kind = SECTIONS[type(entry)][0]
    tx.audit(session, f"{kind}.{action}", entry.no, before=before, after=after)
    tx.record(SiteEdited(f"{kind}.{entry.no}", _CHANGES[action]))


_CHANGES = {"add": "added", "change": "changed", "remove": "removed"}
