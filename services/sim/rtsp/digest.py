"""Digest authentication as cameras do it (RFC 2069 form, MD5), with nonces that expire."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from enum import Enum

from services.sim.rtsp.messages import Request

REALM = "shouwang-sim"
NONCE_LIFE_S = 300.0
_FIELD = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


class Verdict(Enum):
    ADMITTED = "admitted"
    REFUSED = "refused"
    STALE = "stale"


class Doorman:
    """Checks requests against one user name and password; an empty name lets everybody in."""

    def __init__(self, username: str, password: str) -> None:
        self._username = username
        self._secret = secrets.token_bytes(16)
        self._ha1 = _md5(f"{username}:{REALM}:{password}")

    def check(self, request: Request, now_s: float) -> Verdict:
        """`now_s`: monotonic seconds."""
        if not self._username:
            return Verdict.ADMITTED
        fields = _fields(request.headers.get("authorization", ""))
        if not fields or not _same(fields.get("username", ""), self._username):
            return Verdict.REFUSED
        ha2 = _md5(f"{request.method}:{fields.get('uri', '')}")
        expected = _md5(f"{self._ha1}:{fields.get('nonce', '')}:{ha2}")
        is_right = _same(fields.get("response", ""), expected) and fields.get("realm") == REALM
        if not is_right or not _is_same_place(fields.get("uri", ""), request.url):
            return Verdict.REFUSED
        return self._age(fields["nonce"], now_s)

    def challenge(self, now_s: float, *, is_stale: bool = False) -> str:
        """The value of WWW-Authenticate."""
        stale = ", stale=true" if is_stale else ""
        return f'Digest realm="{REALM}", nonce="{self._nonce(int(now_s))}", algorithm=MD5{stale}'

    def _nonce(self, second: int) -> str:
        stamp = f"{second:x}"
        return f"{stamp}-{hmac.new(self._secret, stamp.encode(), 'sha256').hexdigest()[:24]}"

    def _age(self, nonce: str, now_s: float) -> Verdict:
        stamp = nonce.partition("-")[0]
        try:
            second = int(stamp, 16)
        except ValueError:
            return Verdict.REFUSED
        if not _same(nonce, self._nonce(second)):
            return Verdict.STALE  # from before a restart: the client shall try again with a new one
        return Verdict.ADMITTED if now_s - second <= NONCE_LIFE_S else Verdict.STALE


def _fields(header: str) -> dict[str, str]:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest":
        return {}
    return {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _FIELD.finditer(rest)}


def _is_same_place(uri: str, url: str) -> bool:
    """Clients sign the whole URL, the URL without the track, or the path alone."""
    return url.startswith(uri) or uri.startswith(url) or url.endswith(uri) if uri else False


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
