"""The people of the watch, for tests: two operators, a shift leader, the security office."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.people import Role, Session, User
from services.storage import Database


def seat(name: str, role: Role = Role.OPERATOR) -> Session:
    return Session(name, f"{name} 值班员", role, f"SEAT-{name}")


WANG, LI = seat("wang"), seat("li")
ZHAO = seat("zhao", Role.SHIFT_LEADER)
CHEN = seat("chen", Role.SUPERVISOR)
ADMIN = seat("admin", Role.ADMINISTRATOR)


def enrol(database: Database) -> None:
    """All of them are users who may log in."""

    def work(tx: object) -> None:
        for person in (WANG, LI, ZHAO, CHEN, ADMIN):
            tx.users.add(User(person.user, person.display_name, person.role), "x")  # type: ignore[attr-defined]

    database.write(work)


def stored(database: Database, alarm: str) -> Alarm:
    return database.read(lambda view: view.alarms.get(alarm))


def refusal(action: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        action()
    return caught.value
