"""Hashes that cost nothing, for tests of something else than their strength."""

from __future__ import annotations

from services.identity.passwords import Passwords

QUICK = Passwords(passes=1, memory_kib=8, lanes=1)
