"""Makes users, lets them in and out, and writes down every try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import structlog

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.people import Limit, Permission, Role, Session, User
from services.identity import changes
from services.identity.authority import authorize
from services.identity.changes import Account
from services.identity.directory import Directory
from services.identity.names import directory_name, namesake
from services.identity.passwords import Passwords, check_password
from services.identity.tries import UnknownNames, one_more, refusal_of
from services.storage import Database, Lockout, Tx, View

log = structlog.get_logger(__name__)

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on record about the name that someone typed."""

    user: User
    password_hash: str


class Accounts:
    """The users of one site. Every method blocks on the database; hashing takes about 0.1 s more."""

    def __init__(
        self,
        database: Database,
        clock: Clock | None = None,
        directory: Directory | None = None,
        *,
        passwords: Passwords | None = None,
    ) -> None:
        self._database = database
        self._clock: Clock = clock or SystemClock()
        self._directory = directory
        self._passwords = passwords or Passwords()
        self._unknown = UnknownNames(self._clock)

    def has_administrator(self) -> bool:
        return self._database.read(_has_administrator)

    def create_first_administrator(self, name: str, display_name: str, password: str) -> User:
        """Raises ServiceError("identity.administrator_exists") when someone was first."""
        user = _new_user(name, display_name, Role.ADMINISTRATOR)
        check_password(password, user.name)
        password_hash = self._passwords.hash(password)

        def work(tx: Tx) -> User:
            if _has_administrator(tx):
                raise ServiceError("identity.administrator_exists")
            return _add(tx, None, user, password_hash)

        return self._database.write(work)

    def create(self, session: Session, name: str, display_name: str, role: Role, password: str) -> User:
        """Raises ServiceError("identity.forbidden" | "identity.name_taken" | "identity.name_invalid" |
        "identity.password_too_short")."""
        authorize(session, Permission.EDIT_USERS)
        user = _new_user(name, display_name, role)
        check_password(password, user.name)
        password_hash = self._passwords.hash(password)

        def work(tx: Tx) -> User:
            tx.admit(session)
            return _add(tx, session, user, password_hash)

        return self._database.write(work)

    def all(self, session: Session) -> list[Account]:
        """Every user by name, those who left too; raises ServiceError("identity.forbidden")."""
        authorize(session, Permission.EDIT_USERS)
        return self._database.read(lambda view: changes.accounts(view, self._clock.now()))

    def set_role(self, session: Session, name: str, role: Role, *, row_version: int | None = None) -> User:
        """Give `name` another role: what it lacks is refused at once, what it adds waits for a log-in.

        row_version: of the user that the caller saw; None = whatever is there now.
        Raises ServiceError("identity.forbidden" | "identity.last_administrator" | "storage.not_found" |
        "storage.conflict"); so do the others that change a user.
        """
        authorize(session, Permission.EDIT_USERS)
        return self._database.write(lambda tx: changes.set_role(tx, session, name, role, row_version))

    def deactivate(self, session: Session, name: str, *, row_version: int | None = None) -> User:
        """Let `name` log in no more; the user stays on record."""
        authorize(session, Permission.EDIT_USERS)
        return self._database.write(lambda tx: changes.set_active(tx, session, name, False, row_version))

    def activate(self, session: Session, name: str, *, row_version: int | None = None) -> User:
        authorize(session, Permission.EDIT_USERS)
        return self._database.write(lambda tx: changes.set_active(tx, session, name, True, row_version))

    def set_password(
        self, session: Session, name: str, password: str, *, row_version: int | None = None
    ) -> User:
        """A new password by an administrator; also ends a lock. Raises as `check_password`."""
        authorize(session, Permission.EDIT_USERS)
        check_password(password, name)
        password_hash = self._passwords.hash(password)
        return self._database.write(
            lambda tx: changes.set_password(tx, session, name, password_hash, row_version)
        )

    def unlock(self, session: Session, name: str) -> User:
        """Forget the wrong tries of `name`, so that the next one counts as the first."""
        authorize(session, Permission.EDIT_USERS)
        return self._database.write(lambda tx: changes.unlock(tx, session, name))

    def limits(self, session: Session) -> dict[str, tuple[Limit, ...]]:
        """What is taken, by holder: "user:NAME" or "role:ROLE"."""
        authorize(session, Permission.EDIT_USERS)
        return self._database.read(lambda view: view.users.limits())

    def set_limits(self, session: Session, holder: str, limits: Sequence[Limit]) -> tuple[Limit, ...]:
        """Take from a holder exactly these; what is new is refused at once, seats concerned lock.

        Raises identity.limit_invalid(permission), storage.not_found for a holder nobody knows.
        """
        authorize(session, Permission.EDIT_USERS)
        return self._database.write(lambda tx: changes.set_limits(tx, session, holder, tuple(limits)))

    def change_own_password(self, session: Session, old: str, new: str) -> None:
        """Everyone may; `old` is asked again, and wrong ones count as at log-in.

        Raises ServiceError("identity.old_password_wrong" | "identity.password_same" |
        "identity.password_too_short" | "identity.password_too_easy" |
        "identity.locked" | "identity.deactivated" | "identity.no_account").
        """
        check_password(new, session.user)
        if new == old:
            raise ServiceError("identity.password_same")
        new_hash = self._passwords.hash(new)
        known = self._database.read(lambda view: _known(view, session.user))
        if known is None:
            raise ServiceError("identity.no_account")
        if known.password_hash == changes.ELSEWHERE:
            raise ServiceError("identity.password_elsewhere")
        is_right = self._passwords.is_right(old, known.password_hash)
        refusal = self._database.write(lambda tx: self._renew(tx, session, known, is_right, new_hash))
        if refusal is not None:
            raise refusal

    def vouch(self, name: str, password: str, workstation: str, purpose: str) -> Session:
        """Who stands for something at somebody else's seat, by their password; nobody is logged in.

        purpose: what for, as the audit keeps it. Raises as `log_in` does, and wrong ones count the same.
        """
        return self._enter(name, password, workstation, "identity.vouched", purpose)

    def log_in(self, name: str, password: str, workstation: str) -> Session:
        """Raises ServiceError("identity.wrong_password") whichever of the two was wrong,
        "identity.locked" (seconds) after `tries.TRIES_BEFORE_LOCK` wrong passwords in a row, and
        "identity.deactivated" to who knows the password of a user that may come in no more."""
        return self._enter(name, password, workstation, "identity.log_in", "")

    def _enter(self, name: str, password: str, workstation: str, action: str, purpose: str) -> Session:
        try:
            return self._check(name.strip(), password, workstation, action, purpose)
        except ServiceError as error:
            if error.code != "storage.conflict":
                raise
        # The user was changed while the password was being checked: check what is on record now.
        return self._check(name.strip(), password, workstation, action, purpose)

    def _check(self, name: str, password: str, workstation: str, action: str, purpose: str) -> Session:
        known = self._database.read(lambda view: _known(view, name))
        if self._directory is not None and (known is None or known.password_hash == changes.ELSEWHERE):
            whose = self._database.read(lambda view: directory_name(view, name))
            if whose is not None:
                return self._check_elsewhere(self._directory, whose, password, workstation, action, purpose)
        # A name that does not exist costs the same time as one that does.
        is_right = self._passwords.is_right(password, known.password_hash if known else self._nobody_hash)
        if known is None:
            self._database.write(lambda tx: _note_failure(tx, "unknown user", "unknown user", workstation))
            raise ServiceError("identity.wrong_password")
        new_hash = self._passwords.renewed(password, known.password_hash) if is_right else None
        user = known.user
        session = Session(user.name, user.display_name, user.role, workstation, user.limits)

        def settle(tx: Tx) -> ServiceError | None:
            refusal = self._settle(tx, session, known, is_right, new_hash)
            if refusal is None:
                tx.audit(session, action, session.user, reason=purpose)
            return refusal

        refusal = self._database.write(settle)
        if refusal is not None:
            log.info("identity.refused", user=name, workstation=workstation, code=refusal.code)
            raise refusal
        return session

    def _check_elsewhere(
        self, directory: Directory, name: str, password: str, workstation: str, action: str, purpose: str
    ) -> Session:
        """By the directory, which also says the role; a user of the record's own never comes here, so that
        one of them can log in when the directory is away."""
        is_new, locked = self._database.read(lambda view: self._standing(view, name))
        person = None if locked is not None else directory.look_up(name, password)
        refusal = self._unknown.count(name, person is not None) if is_new else None

        def settle(tx: Tx) -> Session | ServiceError:
            if directory_name(tx, name) != name:
                raise ServiceError("storage.conflict", kind="user", id=name)
            if refusal is not None:
                _note_failure(tx, "unknown user", "unknown user", workstation)
                return refusal
            if person is not None and person.role is None:
                _note_failure(tx, name, "no group", workstation)
                return ServiceError("identity.no_group")
            if person is not None and person.role is not None:
                changes.take_from_directory(tx, User(name, person.display_name, person.role))
            user = tx.users.get(name)
            session = Session(user.name, user.display_name, user.role, workstation, user.limits)
            wrong = ServiceError("identity.wrong_password")
            refused = self._count(tx, session, person is not None, wrong)
            if refused is None:
                tx.audit(session, action, name, reason=purpose)
            return refused or session

        settled = self._database.write(settle)
        if isinstance(settled, ServiceError):
            who = "unknown user" if is_new else name
            log.info("identity.refused", user=who, workstation=workstation, code=settled.code)
            raise settled
        return settled

    def _standing(self, view: View, name: str) -> tuple[bool, ServiceError | None]:
        """Whether the record does not know `name` yet, and why it may not even be asked for."""
        is_new = view.users.password_hash(name) is None
        if is_new:
            return is_new, self._unknown.refusal(name)
        return is_new, refusal_of(view.users.lockout(name), self._clock.now())

    def log_out(self, session: Session) -> None:
        self._database.write(lambda tx: tx.witness(session, "identity.log_out", session.user))

    def note_start(self, session: Session | None, program: str = "workstation") -> None:
        """Audit that a program began; session None = nobody has logged in yet."""
        self._database.write(lambda tx: tx.witness(session, "program.start", program))

    def note_exit(self, session: Session | None, program: str = "workstation") -> None:
        self._database.write(lambda tx: tx.witness(session, "program.exit", program))

    @cached_property
    def _nobody_hash(self) -> str:
        return self._passwords.hash("a password that nobody has")

    def _settle(
        self, tx: Tx, session: Session, known: _Known, is_right: bool, new_hash: str | None
    ) -> ServiceError | None:
        """Decide inside the transaction, where no parallel try can slip past the count.

        Raises ServiceError("storage.conflict") when `known` is on record no more: a password that was
        replaced meanwhile must not open the door, nor be written back as a newer hash of itself.
        """
        if _known(tx, session.user) != known:
            raise ServiceError("storage.conflict", kind="user", id=session.user)
        refusal = self._count(tx, session, is_right, ServiceError("identity.wrong_password"))
        if refusal is not None:
            return refusal
        if new_hash is not None:
            tx.users.set_password_hash(session.user, new_hash)
        return None

    def _renew(
        self, tx: Tx, session: Session, known: _Known, is_right: bool, new_hash: str
    ) -> ServiceError | None:
        refusal = self._count(tx, session, is_right, ServiceError("identity.old_password_wrong"))
        if refusal is not None:
            return refusal
        if tx.users.password_hash(session.user) != known.password_hash:
            raise ServiceError("storage.conflict", kind="user", id=session.user)
        changes.renew_password(tx, session, new_hash)
        return None

    def _count(self, tx: Tx, session: Session, is_right: bool, wrong: ServiceError) -> ServiceError | None:
        """Count a try and write a failed one down; None = right and allowed, `wrong` = wrong password."""
        now_at, name = self._clock.now(), session.user
        lockout = tx.users.lockout(name)
        refusal = refusal_of(lockout, now_at)
        if refusal is not None:
            _note_failure(tx, name, "locked", session.workstation)
            return refusal
        if not is_right:
            _note_failure(tx, name, "wrong password", session.workstation)
            tx.users.put_lockout(name, one_more(lockout, now_at))
            return wrong
        tx.users.put_lockout(name, Lockout())
        if not tx.users.get(name).is_active:
            _note_failure(tx, name, "inactive", session.workstation)
            return ServiceError("identity.deactivated")
        return None


def _known(view: View, name: str) -> _Known | None:
    password_hash = view.users.password_hash(name)
    return None if password_hash is None else _Known(view.users.get(name), password_hash)


def _has_administrator(view: View) -> bool:
    return any(user.role is Role.ADMINISTRATOR and user.is_active for user in view.users.all())


def _new_user(name: str, display_name: str, role: Role) -> User:
    changes.check_seat_role(role)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or any(not c.isprintable() for c in name):
        raise ServiceError("identity.name_invalid", longest=LONGEST_NAME)
    return User(name, typed_text(display_name) or name, role)


def _add(tx: Tx, session: Session | None, user: User, password_hash: str) -> User:
    # Also one that differs by case only: where a directory is asked, both would be one person.
    known = namesake(tx, user.name)
    if known is not None:
        raise ServiceError("identity.name_taken", name=known.name)
    tx.audit(session, "identity.create_user", user.name, after=user)
    return tx.users.add(user, password_hash)


def _note_failure(tx: Tx, name: str, reason: str, workstation: str) -> None:
    """What was typed as an unknown name is not kept: people type passwords into the wrong field."""
    tx.audit(None, "identity.log_in_failed", name, after={"workstation": workstation}, reason=reason)
