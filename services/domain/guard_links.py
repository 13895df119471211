"""A guard's way in by phone: a link that opens once, and what it opens until its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.domain.incidents import Dispatch
from services.domain.site import GuardNo

# Scanned in the control room or sent by message: long enough for both, too short to be found in a pocket.
OPENS_FOR = timedelta(minutes=30)
LASTS_FOR = timedelta(hours=12)
# So long the page of one order still shows how it ended.
AFTER_ORDER = timedelta(minutes=15)


class LinkState(StrEnum):
    """ISSUED: nobody has opened it yet. OPENED: one phone is in. ENDED: it opens nothing any more."""

    ISSUED = "issued"
    OPENED = "opened"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class GuardLink:
    """One link 手机链接 of one guard; its secrets are kept as SHA-256 in hexadecimal only.

    link_hash: of what the link carries, also after it was used, to know it again. pass_hash: of what the
    phone holds since, "" before. dispatch: the one order it is for, "" = every order of the shift.
    """

    id: str
    guard: GuardNo
    link_hash: str
    issued_at: datetime
    issued_by: str
    issued_by_name: str
    opens_until: datetime
    ends_at: datetime
    dispatch: str = ""
    state: LinkState = LinkState.ISSUED
    pass_hash: str = ""
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    row_version: int = 1

    def may_open(self, now: datetime) -> bool:
        return self.state is LinkState.ISSUED and now < self.opens_until


def is_open(link: GuardLink, order: Dispatch | None, now: datetime) -> bool:
    """Whether the phone is still in; order: the one that the link is for, None when it is for a shift."""
    if link.state is not LinkState.OPENED or now >= link.ends_at:
        return False
    over_at = order.over_at if order is not None else None
    return over_at is None or now < over_at + AFTER_ORDER


@dataclass(frozen=True, slots=True)
class GuardPage:
    """Where the hub serves the page; url without a slash at its end, "" = nowhere.

    fingerprint: SHA-256 of its certificate as browsers show it. trouble: why it is not served.
    """

    url: str = ""
    fingerprint: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """url: for the guard's eyes only; nobody can read it again."""

    link: GuardLink
    url: str
    fingerprint: str
