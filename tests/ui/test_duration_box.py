"""A length of time is shown and read as people say it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QApplication

from ui.duration_box import DurationBox, seconds_of


@pytest.fixture
def box(qapp: QApplication) -> Iterator[DurationBox]:
    made = DurationBox()
    made.setRange(0, 7 * 86_400)
    made.setSpecialValueText("不限")
    yield made
    made.deleteLater()
    qapp.processEvents()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20", 20), ("20 秒", 20), ("3分", 180), ("3 分钟", 180), ("8 时", 28_800), ("2 h", 7_200),
        ("90 s", 90), ("", None), ("分", None), ("3 天", None), ("-5", None), ("1.5 分", None),
    ],
)  # fmt: skip
def test_what_is_a_length_of_time_and_what_is_none(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


def test_what_is_shown_reads_back_as_the_same(box: DurationBox) -> None:
    for seconds in (0, 5, 59, 60, 90, 120, 121, 600, 3600, 5400, 7200, 7260, 28_800, 604_800):
        box.setValue(seconds)
        assert box.valueFromText(box.text()) == seconds


def test_half_typed_text_is_left_to_the_hand(box: DurationBox) -> None:
    for text in ("", "3 分钟后", "99999999"):
        assert box.validate(text, 0)[0] is QValidator.State.Intermediate
    assert box.validate("3 分", 0)[0] is QValidator.State.Acceptable


def test_steps_are_as_large_as_the_eye_expects(box: DurationBox) -> None:
    for start, after in ((10, 15), (60, 90), (600, 900), (7_200, 10_800)):
        box.setValue(start)
        box.stepUp()
        assert box.value() == after
    box.setValue(5)
    box.stepDown()
    assert box.text() == "不限"
