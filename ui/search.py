"""Finds Chinese names by characters, pinyin or initials, as people type them, slips of the key too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from rapidfuzz import fuzz

# Of 100. One wrong, missing or extra letter in a word of four gives 75, in a word of seven 86.
LEAST_LIKENESS = 75
_LEAST_LETTERS = 4
# Only names about as like as the likest: a slip means one thing, not everything that is a little like it.
_BEHIND_BEST = 5


def matches(query: str, text: str) -> bool:
    """True when `text` contains every word of `query`, as written, in pinyin or by initials."""
    return _contains(query.lower().split(), search_keys(text))


@lru_cache(maxsize=16384)
def search_keys(text: str) -> tuple[str, str, str]:
    """(as written, pinyin, initials), lower case without spaces: 东门 -> 东门, dongmen, dm."""
    bare = "".join(text.lower().split())
    full = "".join(lazy_pinyin(bare))
    initials = "".join(lazy_pinyin(bare, style=Style.FIRST_LETTER))
    return bare, full, initials


class SearchIndex:
    """Texts whose keys are made once, so that a thousand are searched between two strokes of a key."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """texts: what each entry is known by; an entry is found by any of its texts."""
        self._keys = [
            tuple(dict.fromkeys(key for text in known for key in search_keys(text))) for known in texts
        ]

    def find(self, query: str) -> list[int]:
        """Positions of the entries that fit, in their order; all for an empty query.

        Slips are forgiven only when nothing fits as typed; a word of Chinese is then also heard, so
        that 图书管 finds 图书馆.
        """
        words = query.lower().split()
        exact = [at for at, keys in enumerate(self._keys) if _contains(words, keys)]
        return exact if exact or not words else self._likest(words)

    def _likest(self, words: Sequence[str]) -> list[int]:
        heard = ["".join(lazy_pinyin(word)) for word in words]
        likeness = {at: _likeness(heard, keys) for at, keys in enumerate(self._keys)}
        best = max(likeness.values(), default=0)
        least = max(LEAST_LIKENESS, best - _BEHIND_BEST)
        return [at for at, value in likeness.items() if value >= least]


def _contains(words: Sequence[str], keys: Sequence[str]) -> bool:
    return all(any(word in key for key in keys) for word in words)


def _likeness(words: Sequence[str], keys: Sequence[str]) -> float:
    """0 to 100 of the word that fits least."""
    return min(max(_word_likeness(word, key) for key in keys) for word in words)


def _word_likeness(word: str, key: str) -> float:
    """A part of the key as like the word as possible; short words and numbers must fit as typed."""
    if word in key:
        return 100
    if len(word) < _LEAST_LETTERS or len(key) < _LEAST_LETTERS - 1 or not word.isalpha():
        return 0
    return fuzz.partial_ratio(word, key, score_cutoff=LEAST_LIKENESS)
