"""What an administrator changes about users, each inside one transaction with its audit row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.core.errors import ServiceError
from services.domain.facts import UserChanged
from services.domain.people import LIMITABLE, SEAT_ROLES, Limit, Role, Session, User
from services.storage import Lockout, Tx, View, rights

# In place of a hash: the password is the directory's, and no password of ours is right.
ELSEWHERE = "directory"


@dataclass(frozen=True, slots=True)
class Account:
    """A user, and whether log-ins are refused for a while after too many wrong passwords."""

    user: User
    is_locked: bool


def accounts(view: View, now_at: datetime) -> list[Account]:
    lockouts = view.users.lockouts()
    return [Account(user, _is_locked(lockouts[user.name], now_at)) for user in view.users.all()]


def check_seat_role(role: Role) -> None:
    """Guards answer by phone; a user with their role could log in and do nothing."""
    if role not in SEAT_ROLES:
        raise ServiceError("identity.role_invalid", role=role.value)


def set_role(tx: Tx, session: Session, name: str, role: Role, row_version: int | None) -> User:
    check_seat_role(role)
    user = _seen(tx, session, name, row_version)
    if role is user.role:
        return user
    return _save(tx, session, "identity.set_role", user, replace(user, role=role))


def set_limits(tx: Tx, session: Session, holder: str, limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """Every user concerned is told by a fact, so that their seats lock."""
    tx.admit(session)
    for limit in limits:
        if limit.permission not in LIMITABLE:
            raise ServiceError("identity.limit_invalid", permission=limit.permission.value)
    users = _held_by(tx, holder)
    before = tx.users.limits().get(holder, ())
    if before == limits:
        return limits
    tx.put_preference(rights.SCOPE, holder, {"limits": list(limits)})
    tx.audit(session, "identity.set_limits", holder, before=list(before), after=list(limits))
    for user in users:
        tx.record(UserChanged(tx.users.get(user.name)))
    return limits


def _held_by(tx: Tx, holder: str) -> list[User]:
    kind, _, name = holder.partition(":")
    if kind == "user":
        return [tx.users.get(name)]
    if kind != "role" or name not in [role.value for role in SEAT_ROLES]:
        raise ServiceError("storage.not_found", kind="holder", id=holder)
    return [user for user in tx.users.all() if user.role.value == name]


def set_active(tx: Tx, session: Session, name: str, is_active: bool, row_version: int | None) -> User:
    user = _seen(tx, session, name, row_version)
    if is_active == user.is_active:
        return user
    action = "identity.activate" if is_active else "identity.deactivate"
    return _save(tx, session, action, user, replace(user, is_active=is_active))


def take_from_directory(tx: Tx, person: User) -> None:
    """Make the user, or give them the name and role that the directory says now; deactivated they stay.

    Raises identity.last_administrator as any change of a role does.
    """
    if tx.users.password_hash(person.name) is None:
        tx.audit(None, "identity.create_user", person.name, after=person, reason=ELSEWHERE)
        tx.users.add(person, ELSEWHERE)
        return
    user = tx.users.get(person.name)
    now = replace(user, display_name=person.display_name, role=person.role)
    if now != user:
        _save(tx, None, "identity.set_role", user, now)


def set_password(tx: Tx, session: Session, name: str, password_hash: str, row_version: int | None) -> User:
    user = _seen(tx, session, name, row_version)
    if tx.users.password_hash(name) == ELSEWHERE:
        raise ServiceError("identity.password_elsewhere")
    tx.users.set_password_hash(name, password_hash)
    tx.users.put_lockout(name, Lockout())
    tx.audit(session, "identity.set_password", name)
    return tx.users.save(user)


def unlock(tx: Tx, session: Session, name: str) -> User:
    user = _seen(tx, session, name, None)
    tx.users.put_lockout(name, Lockout())
    tx.audit(session, "identity.unlock", name)
    return user


def renew_password(tx: Tx, session: Session, password_hash: str) -> None:
    """The session's own; who may was decided before."""
    tx.users.set_password_hash(session.user, password_hash)
    tx.users.save(tx.users.get(session.user))
    tx.witness(session, "identity.change_own_password", session.user)


def _seen(tx: Tx, session: Session, name: str, row_version: int | None) -> User:
    """The stored user, if it still is the one that the caller saw."""
    tx.admit(session)
    user = tx.users.get(name)
    if row_version is not None and row_version != user.row_version:
        raise ServiceError("storage.conflict", kind="user", id=name)
    return user


def _save(tx: Tx, session: Session | None, action: str, before: User, after: User) -> User:
    saved = tx.users.save(after)
    if _is_administrator(before) and not any(_is_administrator(user) for user in tx.users.all()):
        raise ServiceError("identity.last_administrator", name=before.name)
    tx.audit(session, action, before.name, before=before, after=saved)
    tx.record(UserChanged(saved))
    return saved


def _is_administrator(user: User) -> bool:
    return user.is_active and user.role is Role.ADMINISTRATOR


def _is_locked(lockout: Lockout, now_at: datetime) -> bool:
    return lockout.locked_until is not None and now_at < lockout.locked_until
