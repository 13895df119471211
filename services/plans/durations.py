"""Spans of time as people write them in plans."""

from __future__ import annotations

import math
import re

# Seconds by every word for a unit that plans use.
_UNITS = {
    "秒钟": 1,
    "秒": 1,
    "s": 1,
    "sec": 1,
    "secs": 1,
    "second": 1,
    "seconds": 1,
    "分钟": 60,
    "分": 60,
    "min": 60,
    "mins": 60,
    "minute": 60,
    "minutes": 60,
    "小时": 3600,
    "个小时": 3600,
    "时": 3600,
    "h": 3600,
    "hour": 3600,
    "hours": 3600,
    "天": 86400,
    "日": 86400,
    "d": 86400,
    "day": 86400,
    "days": 86400,
}
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十]+|半"
_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = re.compile(rf"({_NUMBER})\s*({_WORD})(半)?(?![a-z])", re.IGNORECASE)
_FILLERS = re.compile(
    r"^(?:不超过|小于|少于|约|within|in|≤|<|至多|最长)?\s*|\s*(?:以内|之内|内|钟)?[。.；;]?$",
    re.IGNORECASE,
)


def seconds_of(text: str) -> float | None:
    """As in 3 分钟, 1 小时 30 分, 一分半, 30秒内, 90 s; a bare number is seconds.

    None: it says no span of time, or something beside it.
    """
    bare = _FILLERS.sub("", text.strip())
    if re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return _finite(float(bare))
    total, at = 0.0, 0
    for match in _PART.finditer(bare):
        if bare[at : match.start()].strip(" 零又"):
            return None
        unit = _UNITS[match.group(2).lower()]
        total += number_of(match.group(1)) * unit + (unit / 2 if match.group(3) else 0)
        at = match.end()
    return _finite(total) if at and not bare[at:].strip() else None


def _finite(seconds: float) -> float | None:
    """Of hundreds of digits a float makes infinity."""
    return seconds if math.isfinite(seconds) else None


def number_of(text: str) -> float:
    """Of digits, or of a Chinese number up to 99; 半 is a half. Raises ValueError for anything else."""
    if text == "半":
        return 0.5
    if not any(one in text for one in "一二两三四五六七八九十"):
        return float(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return float(_digit(text))
    return float((_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0))


def _digit(text: str) -> int:
    if text not in _DIGITS:
        raise ValueError(text)
    return _DIGITS[text]
