"""Who may call: UsernameToken digests judged by the device's own clock, or HTTP digest."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from datetime import UTC, datetime

from services.sim.onvif.soap import Token

WINDOW_S = 5.0  # how far a digest's time may be from the device's
NONCES_LIMIT = 4096


class TokenGuard:
    """Checks UsernameTokens against one user; an empty name lets everybody in."""

    def __init__(self, username: str, password: str) -> None:
        self._username = username
        self._password = password
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def __repr__(self) -> str:
        return f"TokenGuard({self._username!r})"

    @property
    def is_open(self) -> bool:
        return not self._username

    def admits(self, token: Token, device_now: datetime) -> bool:
        """A right digest, of about now, that was not used before. Plain passwords are refused."""
        if self.is_open:
            return True
        if token.username != self._username or not token.is_digest:
            return False
        try:
            nonce = base64.b64decode(token.nonce, validate=True)
            created_at = datetime.fromisoformat(token.created)
        except (ValueError, binascii.Error):
            return False
        if created_at.tzinfo is None:
            created_at = created_at.replace(tzinfo=UTC)
        if not nonce or abs((created_at - device_now).total_seconds()) > WINDOW_S:
            return False
        secret = nonce + token.created.encode() + self._password.encode()
        expected = base64.b64encode(hashlib.sha1(secret, usedforsecurity=False).digest()).decode()
        return hmac.compare_digest(expected.encode(), token.password.encode()) and self._is_new(token)

    def _is_new(self, token: Token) -> bool:
        key = (token.nonce, token.created)
        if key in self._seen:
            return False
        self._seen[key] = None
        while len(self._seen) > NONCES_LIMIT:
            self._seen.popitem(last=False)
        return True
