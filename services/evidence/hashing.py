"""The hashes of a file: of the whole, and of each of its blocks, so that a changed part can be named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from services.evidence.manifest import Derivation, FileKind, Footage, PackedFile

BLOCK_BYTES = 2**20


def packed_file(
    root: Path,
    path: str,
    kind: FileKind,
    watch: Callable[[int], None],
    *,
    footage: Footage | None = None,
    derivation: Derivation | None = None,
) -> PackedFile:
    """The manifest's entry of `root / path`. watch: told the bytes of each block. Raises OSError."""
    whole, blocks, size_bytes = hashlib.sha256(), [], 0
    with (root / path).open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            whole.update(block)
            blocks.append(hashlib.sha256(block).hexdigest())
            size_bytes += len(block)
            watch(len(block))
    return PackedFile(
        path, kind, size_bytes, whole.hexdigest(), BLOCK_BYTES, tuple(blocks), footage, derivation
    )
