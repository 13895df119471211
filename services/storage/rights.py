"""What is taken from users and roles, as it lies among the preferences: one row for each holder."""

from __future__ import annotations

import json

from sqlalchemy import Connection, bindparam, select

from services.core.codec import from_plain
from services.domain.people import Limit, Role
from services.storage import schema

SCOPE = "rights"
_ROWS = select(schema.preference.c.key, schema.preference.c.body).where(schema.preference.c.scope == SCOPE)
_OF_TWO = _ROWS.where(schema.preference.c.key.in_([bindparam("user"), bindparam("role")]))


def user_key(name: str) -> str:
    return f"user:{name}"


def role_key(role: Role) -> str:
    return f"role:{role.value}"


def limits_of(connection: Connection, name: str, role: Role) -> tuple[Limit, ...]:
    """Of one user, their own and the role's."""
    rows = connection.execute(_OF_TWO, {"user": user_key(name), "role": role_key(role)})
    return of_user({str(key): _limits(str(body)) for key, body in rows}, name, role)


def all_limits(connection: Connection) -> dict[str, tuple[Limit, ...]]:
    """By `user_key` or `role_key`."""
    return {str(key): _limits(str(body)) for key, body in connection.execute(_ROWS)}


def of_user(held: dict[str, tuple[Limit, ...]], name: str, role: Role) -> tuple[Limit, ...]:
    """The role's first, each once."""
    found = (*held.get(role_key(role), ()), *held.get(user_key(name), ()))
    return tuple(dict.fromkeys(found))


def _limits(body: str) -> tuple[Limit, ...]:
    return tuple(from_plain(Limit, one) for one in json.loads(body)["limits"])
