"""Which certificate an encrypted connection accepts: a valid one, one known by its fingerprint, or any."""

from __future__ import annotations

import hashlib
import re
import ssl

UNVERIFIED = "unverified"
PINNED = re.compile(r"sha256:[0-9a-f]{64}")


def is_trust(text: str) -> bool:
    """ "" (valid for the host), "sha256:<64 hex digits>" (this very certificate) or "unverified"."""
    return text in ("", UNVERIFIED) or PINNED.fullmatch(text) is not None


def fingerprint_of(certificate: bytes) -> str:
    """Of a DER certificate, as it is pinned."""
    return f"sha256:{hashlib.sha256(certificate).hexdigest()}"


def client_context(trust: str) -> ssl.SSLContext:
    """For sockets and for asyncio. What is not accepted raises ssl.SSLCertVerificationError in the handshake,
    before a word of ours is said. Raises ValueError for a trust that is none.
    """
    if not is_trust(trust):
        raise ValueError("no such trust")
    context = ssl.create_default_context()
    if not trust:
        return context
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if trust != UNVERIFIED:
        _pin(context, trust)
    return context


def _pin(context: ssl.SSLContext, fingerprint: str) -> None:
    class PinnedSocket(ssl.SSLSocket):
        def do_handshake(self, block: bool = False) -> None:
            super().do_handshake(block)
            try:
                _refuse_other(self.getpeercert(binary_form=True), fingerprint)
            except ssl.SSLCertVerificationError:
                # Not every library closes what it could not trust.
                self.close()
                raise

    class PinnedObject(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            _refuse_other(self.getpeercert(binary_form=True), fingerprint)

    context.sslsocket_class = PinnedSocket
    context.sslobject_class = PinnedObject


def _refuse_other(certificate: bytes | None, fingerprint: str) -> None:
    if certificate is None or fingerprint_of(certificate) != fingerprint:
        raise ssl.SSLCertVerificationError("another certificate than the pinned one")
