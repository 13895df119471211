"""Puts a package into one encrypted file that common archive programs open: ZIP with WinZip's AES-256."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyzipper

from services.core.errors import ServiceError

LEAST_CHARACTERS, MOST_CHARACTERS = 8, 99
_AT_ONCE_BYTES = 2**20
# Above that a file needs the longer fields of ZIP64.
_LARGE_BYTES = 2**31


def check_password(password: str) -> None:
    """Archive programs agree on no encoding but ASCII's. Raises ServiceError("evidence.bad_password")."""
    is_plain = password.isascii() and password.isprintable()
    if not is_plain or not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise ServiceError("evidence.bad_password", least=LEAST_CHARACTERS, most=MOST_CHARACTERS)


def pack(root: Path, target: Path, password: str, watch: Callable[[int], None]) -> None:
    """All files of `root`, under its name; video is not compressed again. Names are not encrypted.

    watch: told the bytes done; raises to end the work. Raises OSError.
    """
    with pyzipper.AESZipFile(target, "x", compression=pyzipper.ZIP_STORED) as archive:
        archive.setpassword(password.encode("ascii"))
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        for path in sorted(one for one in root.rglob("*") if one.is_file()):
            name = path.relative_to(root.parent).as_posix()
            is_large = path.stat().st_size >= _LARGE_BYTES
            with path.open("rb") as file, archive.open(name, "w", force_zip64=is_large) as packed:
                while block := file.read(_AT_ONCE_BYTES):
                    packed.write(block)
                    watch(len(block))
