"""The key that signs packages: made on first use, kept with this machine's secrets, changed now and then."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class SigningKey:
    """An Ed25519 key (RFC 8032). seed: its 32 secret bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_bytes = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def __repr__(self) -> str:
        return f"SigningKey({self.fingerprint})"

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.public_bytes)

    @property
    def public_pem(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(content)


def fingerprint_of(public_bytes: bytes) -> str:
    """SHA-256 of the 32 public bytes, in groups of four that can be read out over a telephone."""
    digits = hashlib.sha256(public_bytes).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
