r"""DC-09's outer layer: `\n`, CRC-16, hexadecimal length, body, `\r`; and AES for what is inside."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from fastcrc.crc16 import arc

# 0LLL: three hexadecimal digits of length, so no body can be longer.
MOST_BODY_BYTES = 0xFFF
HEADER_BYTES = 8
BLOCK_BYTES = 16
# The standard demands a zero IV; the random pad at the front of every text stands in for it.
ZERO_IV = bytes(BLOCK_BYTES)
_MARKED = re.compile(rb"([^\n\r]*)([\n\r]?)")
_PAD = bytes(0x7E if byte in b"|[]" else byte for byte in range(256))


def crc16(body: bytes) -> int:
    """CRC-16, reflected polynomial 0xA001, start 0 (SIA DC-07 appendix B)."""
    return arc(body)


def pack(body: bytes) -> bytes:
    """The whole frame round `body`; raises ValueError when it is longer than the length field can say."""
    if len(body) > MOST_BODY_BYTES:
        raise ValueError(f"body of {len(body)} bytes")
    return b"\n%04X%04X%s\r" % (crc16(body), len(body), body)


def unpack(framed: bytes) -> bytes | None:
    r"""The body of what lay between `\n` and `\r`, None unless length and CRC are right."""
    header, body = framed[:HEADER_BYTES], framed[HEADER_BYTES:]
    try:
        crc, length = int(header[:4], 16), int(header[4:], 16)
    except ValueError:
        return None
    if len(header) < HEADER_BYTES or length != len(body) or crc != crc16(body):
        return None
    return body


class Framer:
    r"""Cuts a byte stream into frame bodies, however the reads split or join them.

    A body never holds `\n` or `\r`, so a damaged length cannot swallow the frames behind it.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._inside = False

    @property
    def is_midframe(self) -> bool:
        return self._inside

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies completed by `data`, in order; what is damaged or too long is passed over."""
        bodies = []
        # By marks, not byte by byte: whoever can connect can send noise as fast as the line allows.
        for text, mark in _MARKED.findall(data):
            if self._inside and len(self._held) + len(text) <= HEADER_BYTES + MOST_BODY_BYTES:
                self._held += text
            else:
                self._drop()
            if mark == b"\n":
                self._held.clear()
                self._inside = True
            elif mark and self._inside:
                body = unpack(bytes(self._held))
                if body is not None:
                    bodies.append(body)
                self._drop()
        return bodies

    def _drop(self) -> None:
        self._held.clear()
        self._inside = False


def encrypt(key: bytes, content: bytes) -> bytes:
    """`content` behind a random pad of 16 to 31 bytes, AES-CBC, as upper-case hexadecimal digits.

    key: 16, 24 or 32 bytes. content: what follows the pad, beginning with `|` or `]`.
    """
    pad_bytes = BLOCK_BYTES + -len(content) % BLOCK_BYTES
    encryptor = _cipher(key).encryptor()
    return (encryptor.update(_pad(pad_bytes) + content) + encryptor.finalize()).hex().upper().encode()


def decrypt(key: bytes, digits: bytes) -> bytes | None:
    """The text with its pad, None when `digits` are not whole blocks of hexadecimal digits."""
    try:
        blocks = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return None
    if not blocks or len(blocks) % BLOCK_BYTES:
        return None
    decryptor = _cipher(key).decryptor()
    return decryptor.update(blocks) + decryptor.finalize()


# Of the newest keys; one that is taken out of the secrets stays here until others come or the hub ends.
@lru_cache(maxsize=256)
def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(ZERO_IV))


def _pad(size_bytes: int) -> bytes:
    return os.urandom(size_bytes).translate(_PAD)
