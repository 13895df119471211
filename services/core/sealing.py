"""Text that only this machine's key opens; each piece is bound to its name."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = "v1:"
# Sealed texts of like length: how long a password is tells half of it.
PAD_BYTES = 64


class SealBroken(Exception):
    """A sealed text was changed, belongs to another name, or is of a version not known here."""


class SealKey:
    """An AES-256-GCM key; `id` tells keys apart and tells nothing else."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self.raw = raw
        self.id = hashlib.sha256(b"shouwang secrets key\0" + raw).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"SealKey({self.id})"

    @classmethod
    def new(cls) -> SealKey:
        return cls(os.urandom(KEY_BYTES))

    def seal(self, kind: str, name: str, text: str) -> str:
        """`text` (which must not end in a space) readable only under the same kind and name."""
        plain = text.encode()
        plain += b" " * (-len(plain) % PAD_BYTES)
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.raw).encrypt(nonce, plain, _bound(kind, name))
        return VERSION + base64.b64encode(nonce + sealed).decode("ascii")

    def unseal(self, kind: str, name: str, sealed: str) -> str:
        """Raises SealBroken."""
        if not sealed.startswith(VERSION):
            raise SealBroken
        try:
            packed = base64.b64decode(sealed[len(VERSION) :], validate=True)
            nonce, inside = packed[:NONCE_BYTES], packed[NONCE_BYTES:]
            return AESGCM(self.raw).decrypt(nonce, inside, _bound(kind, name)).decode().rstrip(" ")
        except (InvalidTag, binascii.Error, ValueError):
            raise SealBroken from None


def _bound(kind: str, name: str) -> bytes:
    # As JSON, so that no kind and name run together into another pair.
    return json.dumps([VERSION, kind, name]).encode()
