"""Spans of time are read as people write them, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from services.plans.durations import seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30 秒", 30),
        ("3分钟", 180),
        ("3 分钟内", 180),
        ("不超过5分钟", 300),
        ("1小时", 3600),
        ("1 小时 30 分", 5400),
        ("一分钟", 60),
        ("两分钟以内", 120),
        ("十五分钟", 900),
        ("二十五秒", 25),
        ("一分半", 90),
        ("半小时", 1800),
        ("一个小时", 3600),
        ("1.5 h", 5400),
        ("within 2 min", 120),
        ("90 s", 90),
        ("45", 45),
        ("2 天", 172800),
        ("3 分钟。", 180),
    ],
)
def test_a_span_is_read(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "立即",
        "马上",
        "分钟",
        "三",
        "第 3 分钟后再说",
        "下午 3 时到岗并报告",
        "3 米",
        "1-3 分钟",
        "3 mice",
        "9" * 400,
        "9" * 400 + " 分钟",
    ],
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert seconds_of(text) is None
