"""Which user a typed name means where names ignore case: in the college's directory."""

from __future__ import annotations

from services.domain.people import User
from services.identity.changes import ELSEWHERE
from services.storage import View


def namesake(view: View, name: str) -> User | None:
    """Who is on record under `name`, or under one that differs by case only."""
    same = [user for user in view.users.all() if user.name.casefold() == name.casefold()]
    return next((user for user in same if user.name == name), next(iter(same), None))


def directory_name(view: View, typed: str) -> str | None:
    """The one name under which the directory's user is asked for, counted and kept, however it was typed.

    None when it differs by case only from a user of the record's own, who is never asked for there.
    """
    known = namesake(view, typed.casefold())
    if known is None:
        return typed.casefold()
    return known.name if view.users.password_hash(known.name) == ELSEWHERE else None
