"""The box of a mask is set picture by picture; what nobody could mask by is refused when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.errors import ServiceError
from services.domain.evidence import CopyOptions, Mask, MaskKey
from services.evidence.desk import EvidenceDesk
from services.evidence.mask_keys import key_at, key_of, with_key, without_key
from tests.services.evidence.test_desk import SUPERVISOR, WANTED
from tests.services.review.night import START_AT as AT

SECOND = timedelta(seconds=1)


def key(at_s: float, left: float) -> MaskKey:
    return MaskKey(AT + at_s * SECOND, left, 0.25, 0.125, 0.25)


def test_keys_stand_by_their_time_in_whatever_order_they_are_set() -> None:
    mask = Mask("C01", (key(2, 0.5),))
    for more in (key(4, 0.75), key(0, 0.0)):
        mask = with_key(mask, more)
    assert [one.at for one in mask.keys] == [AT, AT + 2 * SECOND, AT + 4 * SECOND]
    # Half way from 0.5 to 0.75.
    assert key_at(mask, AT + 3 * SECOND).left == 0.625


def test_a_key_set_again_for_the_same_picture_gives_way() -> None:
    mask = with_key(Mask("C01", (key(0, 0.0), key(2, 0.5))), key(2.0004, 0.25))
    assert [one.left for one in mask.keys] == [0.0, 0.25]


def test_the_last_key_takes_its_box_along() -> None:
    mask = Mask("C01", (key(0, 0.0), key(2, 0.5)))
    left = without_key(mask, AT)
    assert left == Mask("C01", (key(2, 0.5),))
    assert without_key(left, AT + 2 * SECOND) is None
    assert without_key(left, AT + SECOND) == left


def test_between_keys_there_is_none() -> None:
    mask = Mask("C01", (key(0, 0.0), key(2, 0.5)))
    assert key_of(mask, AT + 2 * SECOND) == key(2, 0.5)
    assert key_of(mask, AT + SECOND) is None


@pytest.mark.parametrize("mask", [Mask("C05", (key(0, 0.0),)), Mask("C01", ()), Mask("C01", (key(0, 0.9),))])
def test_a_request_with_a_mask_that_would_hide_nothing_is_refused_at_once(
    desk: EvidenceDesk, mask: Mask
) -> None:
    """Of a camera that is not asked for, without a moment, out of the picture."""
    with pytest.raises(ServiceError, match=r"evidence\.bad_mask"):
        desk.request(SUPERVISOR, replace(WANTED, options=CopyOptions(masks=(mask,))))
