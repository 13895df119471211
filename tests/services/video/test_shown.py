"""Which streams are asked to give way when the machine cannot decode everything."""

from __future__ import annotations

from datetime import UTC, datetime

from services.core.clock import ManualClock
from services.domain.video import Economy, Importance
from services.video import StreamAddress
from services.video.shown import ShownStream


def stream() -> ShownStream:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    return ShownStream(1, StreamAddress("rtsp://10.0.0.1/main"), clock, lambda _stream: None)


def test_only_what_everybody_could_see_in_its_sub_stream_is_asked_to_give_way() -> None:
    shown = stream()
    shown.demand(1, importance=Importance.REPLACEABLE)
    shown.economise(Economy.NONE, asks_relief=True)
    assert shown.status(25.0).is_too_much

    shown.demand(2, importance=Importance.ORDINARY)
    shown.economise(Economy.NONE, asks_relief=True)
    assert not shown.status(25.0).is_too_much

    shown.forget(2)
    shown.economise(Economy.NONE, asks_relief=True)
    assert shown.status(25.0).is_too_much
    shown.economise(Economy.NONE)
    assert not shown.status(25.0).is_too_much


def test_what_can_give_way_is_not_important() -> None:
    shown = stream()
    shown.demand(1, importance=Importance.REPLACEABLE)
    assert not shown.wish.is_important
    shown.demand(2, importance=Importance.IMPORTANT)
    assert shown.wish.is_important
