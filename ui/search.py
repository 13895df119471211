"""Finds Chinese names by characters, pinyin or initials, as people type them."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


def matches(query: str, text: str) -> bool:
    """True when `text` contains every word of `query`, as written, in pinyin or by initials."""
    keys = search_keys(text)
    return all(any(word in key for key in keys) for word in query.lower().split())


@lru_cache(maxsize=4096)
def search_keys(text: str) -> tuple[str, str, str]:
    """(as written, pinyin, initials), lower case without spaces: 东门 -> 东门, dongmen, dm."""
    bare = "".join(text.lower().split())
    full = "".join(lazy_pinyin(bare))
    initials = "".join(lazy_pinyin(bare, style=Style.FIRST_LETTER))
    return bare, full, initials
