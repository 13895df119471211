"""Lets guards in by phone: gives links out at a seat, opens each once, and takes them back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.core.codec import from_plain
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.guard_links import (
    LASTS_FOR,
    OPENS_FOR,
    GuardLink,
    GuardPage,
    IssuedLink,
    LinkState,
    is_open,
)
from services.domain.incidents import Dispatch
from services.domain.people import Permission, Role, Session, Thing
from services.domain.site import GuardNo
from services.identity import authorize, refuse_barred
from services.storage import Database, Tx, View

SECRET_BYTES = 32
# A phone whose answer was lost on the way asks once more within seconds, with the nonce of the first time.
REPEATS_FOR = timedelta(minutes=2)
LEAST_NONCE = 32
# Of one link that somebody brings again and again.
REPLAY_PAUSE_S = 600.0
MOST_REPLAYED = 1000
PAGE_SCOPE, PAGE_KEY = "hub", "guard_page"
# A guard's number among the actors of the audit is told apart from a user's name by this.
ACTOR_PREFIX = "guard:"
PHONE = "phone"


class GuardLinks:
    """Blocks. Commands raise ServiceError: identity.forbidden, storage.* beside what they name."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._key = secrets.token_bytes(SECRET_BYTES)
        self._replayed: dict[str, float] = {}

    def issue(
        self, session: Session, dispatch_id: str, guard_no: str = "", *, is_for_shift: bool = False
    ) -> IssuedLink:
        """A link for a guard of a running order: for this order, or for every order of their shift.

        guard_no: which of several that go together, "" = the first.
        Raises dispatch.no_guard_page(trouble), dispatch.order_over(dispatch_no), dispatch.not_sent(guard).
        """
        authorize(session, Permission.DISPATCH)
        secret = secrets.token_urlsafe(SECRET_BYTES)

        def work(tx: Tx) -> IssuedLink:
            order = tx.dispatches.get(dispatch_id)
            refuse_barred(session, Permission.DISPATCH, Thing(tx.incidents.get(order.incident).place))
            if not order.is_running:
                raise ServiceError("dispatch.order_over", dispatch_no=order.dispatch_no)
            if order.is_drill:
                # Nobody's real phone rings for what is only played.
                raise ServiceError("dispatch.drill_order", dispatch_no=order.dispatch_no)
            whose = guard_no or next(iter(order.guards), "")
            if whose not in order.guards:
                raise ServiceError("dispatch.not_sent", guard=whose)
            page = _page(tx)
            link = self._add(tx, session, GuardNo(whose), "" if is_for_shift else order.id, secret)
            return IssuedLink(link, f"{page.url}/#{link.id}.{secret}", page.fingerprint)

        return self._database.write(work)

    def take_back(self, session: Session, guard_no: str) -> int:
        """No phone is in for `guard_no` any more, and no link opens; how many that ended."""
        authorize(session, Permission.DISPATCH)

        def work(tx: Tx) -> int:
            ended = [_end(tx, link, self._clock.now()) for link in tx.guard_links.living(guard_no)]
            if ended:
                tx.audit(session, "guard_link.taken_back", guard_no, after={"links": [o.id for o in ended]})
            return len(ended)

        return self._database.write(work)

    def open(self, said: str, nonce: str = "") -> tuple[GuardLink, str]:
        """Let the phone in that brings a link's secret; returns what it must show from now on.

        nonce: at least LEAST_NONCE random letters of the phone's own; with the same one it may ask again for
        REPEATS_FOR and is told the same. A phone that is in already for this guard is out. Raises
        dispatch.link_used, dispatch.link_unknown: also for one that is too old or was taken back.
        """
        number, secret = _parts(said)
        given = self._pass_for(secret, nonce)

        def work(tx: Tx) -> tuple[GuardLink, str] | ServiceError:
            now, link = self._clock.now(), tx.guard_links.find(number)
            if link is None or not hmac.compare_digest(link.link_hash, _hashed(secret)):
                return ServiceError("dispatch.link_unknown")
            if link.state is LinkState.OPENED:
                is_same_phone = hmac.compare_digest(link.pass_hash, _hashed(given))
                if is_same_phone and link.opened_at is not None and now - link.opened_at < REPEATS_FOR:
                    return link, f"{link.id}.{given}"
                return ServiceError("dispatch.link_used")
            if not link.may_open(now):
                return ServiceError("dispatch.link_unknown")
            for other in tx.guard_links.living(link.guard):
                if other.id != link.id:
                    _end(tx, other, now)
            opened = replace(link, state=LinkState.OPENED, pass_hash=_hashed(given), opened_at=now)
            saved = tx.guard_links.save(opened)
            tx.audit(guard_session(tx, saved), "guard_link.opened", saved.guard, after={"link": saved.id})
            return saved, f"{saved.id}.{given}"

        result = self._database.write(work)
        if isinstance(result, ServiceError):
            if result.code == "dispatch.link_used":
                self._note_replay(number)
            raise result
        return result

    def _pass_for(self, secret: str, nonce: str) -> str:
        """The same for the same nonce as long as the hub runs; nobody else can work it out."""
        if len(nonce) < LEAST_NONCE:
            return secrets.token_urlsafe(SECRET_BYTES)
        both = f"{secret}.{nonce}".encode("utf-8", "surrogatepass")
        return base64.urlsafe_b64encode(hmac.digest(self._key, both, "sha256")).decode().rstrip("=")

    def _note_replay(self, number: str) -> None:
        """Two know it, and one of them is not the guard: written down, but not each time."""
        now_s = self._clock.monotonic()
        noted_s = self._replayed.get(number)
        if noted_s is not None and now_s - noted_s < REPLAY_PAUSE_S:
            return
        self._database.write(
            lambda tx: tx.audit(
                None, "guard_link.replayed", tx.guard_links.get(number).guard, after={"link": number}
            )
        )
        self._replayed[number] = now_s
        if len(self._replayed) > MOST_REPLAYED:
            del self._replayed[next(iter(self._replayed))]

    def leave(self, shown: str) -> None:
        """The guard ends it on the phone; nothing happens when it is over already."""

        def work(tx: Tx) -> None:
            try:
                link = entered(tx, shown, self._clock.now())
            except ServiceError:
                return
            tx.audit(guard_session(tx, link), "guard_link.left", link.guard, after={"link": link.id})
            _end(tx, link, self._clock.now())

        self._database.write(work)

    def announce(self, page: GuardPage) -> None:
        """Tell the seats where the hub serves the page; for the hub."""
        told: dict[str, object] = {
            "url": page.url,
            "fingerprint": page.fingerprint,
            "trouble": page.trouble,
        }
        self._database.write(lambda tx: tx.put_preference(PAGE_SCOPE, PAGE_KEY, told))

    def _add(self, tx: Tx, session: Session, guard: GuardNo, dispatch: str, secret: str) -> GuardLink:
        """What was given out before and not opened opens no more."""
        now = self._clock.now()
        for other in tx.guard_links.living(guard):
            if other.state is LinkState.ISSUED:
                _end(tx, other, now)
        link = GuardLink(
            id=new_id(),
            guard=guard,
            link_hash=_hashed(secret),
            issued_at=now,
            issued_by=session.user,
            issued_by_name=session.display_name,
            opens_until=now + OPENS_FOR,
            ends_at=now + LASTS_FOR,
            dispatch=dispatch,
        )
        tx.guard_links.add(link)
        tx.audit(session, "guard_link.issued", guard, after={"link": link.id, "dispatch": dispatch})
        return link


def entered(view: View, shown: str, now: datetime) -> GuardLink:
    """The link of the phone that shows this; raises ServiceError("dispatch.phone_out") when it is not in."""
    number, secret = _parts(shown)
    link = view.guard_links.find(number)
    if link is None or not link.pass_hash or not hmac.compare_digest(link.pass_hash, _hashed(secret)):
        raise ServiceError("dispatch.phone_out")
    if not is_open(link, _order(view, link), now):
        raise ServiceError("dispatch.phone_out")
    return link


def guard_session(view: View, link: GuardLink) -> Session:
    """The guard as an actor: no user of the seats has this role."""
    site = view.site()
    guard = site.guard(link.guard) if site is not None else None
    name = guard.name if guard is not None else link.guard
    return Session(f"{ACTOR_PREFIX}{link.guard}", name, Role.GUARD, PHONE)


def _order(view: View, link: GuardLink) -> Dispatch | None:
    return view.dispatches.get(link.dispatch) if link.dispatch else None


def _page(tx: Tx) -> GuardPage:
    told = tx.preference(PAGE_SCOPE, PAGE_KEY)
    page = from_plain(GuardPage, told) if told is not None else GuardPage()
    if not page.url:
        raise ServiceError("dispatch.no_guard_page", trouble=page.trouble)
    return page


def _end(tx: Tx, link: GuardLink, now: datetime) -> GuardLink:
    return tx.guard_links.save(replace(link, state=LinkState.ENDED, ended_at=now))


def _parts(said: str) -> tuple[str, str]:
    """Number and secret; a number that cannot be one finds nothing."""
    number, _, secret = said.partition(".")
    return (number if number.isascii() and number.isalnum() else "", secret)


def _hashed(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
