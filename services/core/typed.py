"""What people type or paste, as the record can keep it."""

from __future__ import annotations

from services.core.cells import writable_text


def typed_text(text: str) -> str:
    """Without blanks around it and without what no database or paper can hold; "" when there is nothing to
    be seen in it, for a reason that nobody can read is none."""
    kept = writable_text(text).strip()
    return kept if any(sign.isprintable() and not sign.isspace() for sign in kept) else ""
