"""People who may log in, with what only identity may see: password hashes and lock-outs."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from services.core.errors import ServiceError
from services.domain.people import Limit, Role, Session, User
from services.storage import rights, schema
from services.storage.records import Lockout

_SHOWN = (
    schema.users.c.name,
    schema.users.c.display_name,
    schema.users.c.role,
    schema.users.c.is_active,
    schema.users.c.row_version,
)

_BY_NAME = select(*_SHOWN).where(schema.users.c.name == bindparam("name"))


class UserRows:
    """What any reader may ask about users."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> User:
        """Raises ServiceError("storage.not_found", kind, id)."""
        row = self._connection.execute(_BY_NAME, {"name": name}).first()
        if row is None:
            raise ServiceError("storage.not_found", kind="user", id=name)
        return self._user(row)

    def admit(self, session: Session) -> None:
        """Raises ServiceError("identity.deactivated" | "identity.limits_changed" |
        "identity.role_changed", role) for a session that was given at log-in what its user holds no more.

        A session without a user on record is the command line's, whom the machine itself let in.
        """
        row = self._connection.execute(_BY_NAME, {"name": session.user}).first()
        user = None if row is None else self._user(row)
        if user is None or session.is_held_by(user):
            return
        if not user.is_active:
            raise ServiceError("identity.deactivated")
        if not set(user.limits) <= set(session.limits):
            raise ServiceError("identity.limits_changed")
        raise ServiceError("identity.role_changed", role=user.role.value)

    def all(self) -> list[User]:
        """By name."""
        limits = self.limits()
        rows = self._connection.execute(select(*_SHOWN).order_by(schema.users.c.name))
        found = (_user(row) for row in rows)
        return [replace(user, limits=rights.of_user(limits, user.name, user.role)) for user in found]

    def limits(self) -> dict[str, tuple[Limit, ...]]:
        """What is taken, by `rights.user_key` or `rights.role_key`."""
        return rights.all_limits(self._connection)

    def password_hash(self, name: str) -> str | None:
        """None when there is no such user."""
        return self._connection.execute(
            select(schema.users.c.password_hash).where(schema.users.c.name == name)
        ).scalar()

    def lockout(self, name: str) -> Lockout:
        columns = schema.users.c
        row = self._connection.execute(
            select(columns.failures, columns.locked_until).where(columns.name == name)
        ).first()
        return Lockout() if row is None else Lockout(row.failures, row.locked_until)

    def lockouts(self) -> dict[str, Lockout]:
        """Every user's, by name."""
        columns = schema.users.c
        rows = self._connection.execute(select(columns.name, columns.failures, columns.locked_until))
        return {row.name: Lockout(row.failures, row.locked_until) for row in rows}

    def _user(self, row: Row[str, str, str, bool, int]) -> User:
        user = _user(row)
        return replace(user, limits=rights.limits_of(self._connection, user.name, user.role))


class SavedUsers(UserRows):
    """Users inside a transaction."""

    def add(self, user: User, password_hash: str) -> User:
        """Raises ServiceError("storage.conflict") when the name is taken."""
        values = {**_values(user), "password_hash": password_hash, "failures": 0}
        self._connection.execute(insert(schema.users).values(values))
        return user

    def save(self, user: User) -> User:
        """Write a changed user and return it with its row_version one up; raises as `alarms.save`."""
        saved = replace(user, row_version=user.row_version + 1)
        columns = schema.users.c
        statement = update(schema.users).where(
            columns.name == user.name, columns.row_version == user.row_version
        )
        if self._connection.execute(statement.values(_values(saved))).rowcount != 1:
            self.get(user.name)
            raise ServiceError("storage.conflict", kind="user", id=user.name)
        return saved

    def set_password_hash(self, name: str, password_hash: str) -> None:
        self._update(name, {"password_hash": password_hash})

    def put_lockout(self, name: str, lockout: Lockout) -> None:
        self._update(name, {"failures": lockout.failures, "locked_until": lockout.locked_until})

    def _update(self, name: str, values: dict[str, object]) -> None:
        statement = update(schema.users).where(schema.users.c.name == name).values(values)
        if self._connection.execute(statement).rowcount != 1:
            raise ServiceError("storage.not_found", kind="user", id=name)


def _user(row: Row[str, str, str, bool, int]) -> User:
    name, display_name, role, is_active, row_version = row
    return User(name, display_name, Role(role), is_active, row_version)


def _values(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "display_name": schema.fitting(schema.users.c.display_name, user.display_name),
        "role": user.role.value,
        "is_active": user.is_active,
        "row_version": user.row_version,
    }
