"""How people know those who act and what they act on, where the audit has a user name, a number or an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from services.domain.audits import AuditEntry, Known
from services.domain.site import Site
from services.storage.view import View


class _Numbered(Protocol):
    @property
    def no(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def named(view: View, entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    """Each with the names of its actor and its object."""
    people = {user.name: user.display_name for user in view.users.all()}
    known = {
        **_known_by_number(view.site()),
        **{("identity", user): Known(name=name) for user, name in people.items()},
        **view.audit_rows.known((entry.subject, entry.object) for entry in entries),
    }
    return [
        replace(
            entry,
            actor_name=people.get(entry.actor, ""),
            known=known.get((entry.subject, entry.object)),
        )
        for entry in entries
    ]


def users_called(view: View, words: str) -> list[str]:
    """Whose display name has these words."""
    return [
        user.name for user in view.users.all() if words and words.casefold() in user.display_name.casefold()
    ]


def things_called(view: View, words: str) -> list[str]:
    """Numbers of what the site calls by these words, in either language, and users of that name."""
    site = view.site()
    if not words or site is None:
        return users_called(view, words)
    things = (thing for things in _things(site).values() for thing in things)
    called = {thing.no for thing in things if words.casefold() in f"{thing.name}\n{thing.name_en}".casefold()}
    return [*sorted(called), *users_called(view, words)]


def _known_by_number(site: Site | None) -> dict[tuple[str, str], Known]:
    if site is None:
        return {}
    return {
        (subject, str(thing.no)): Known(str(thing.no), thing.name)
        for subject, things in _things(site).items()
        for thing in things
    }


def _things(site: Site) -> Mapping[str, Iterable[_Numbered]]:
    """Whatever has a number at the site, by the subjects of its actions."""
    return {
        **dict.fromkeys(("camera", "ptz", "recording", "talk"), site.cameras),
        **dict.fromkeys(("guard", "guard_link", "guards"), site.guards),
        **dict.fromkeys(("zone", "zones"), site.zones),
        **dict.fromkeys(("fire", "panels"), site.panels),
        **dict.fromkeys(("output", "outputs"), site.outputs),
        **dict.fromkeys(("arming", "arm_groups"), site.arm_groups),
        "posts": site.posts,
        "teams": site.teams,
    }
