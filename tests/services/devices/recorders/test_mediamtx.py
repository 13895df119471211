"""A MediaMTX server's recordings, by its documented HTTP interface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from services.core.clock import ManualClock
from services.devices.recorders.footage import RecorderFootage
from services.devices.recorders.mediamtx import MediaMtx
from services.devices.recorders.shelf import RecorderShelf
from services.video import trouble
from services.video.address import StreamAddress
from tests.services.devices.recorders.mediamtx_fake import KEPT, PATH, MediaMtxFake
from tests.services.devices.recorders.recorder_kit import CREDENTIAL, EPOCH, FRAME, at, number_in
from tests.services.devices.recorders.site_kit import Logins, camera, site


@pytest.fixture(scope="module")
def server() -> Iterator[MediaMtxFake]:
    server = MediaMtxFake()
    yield server
    server.stop()


def way(server: MediaMtxFake, path: str = PATH, password: str = CREDENTIAL.password) -> MediaMtx:
    return MediaMtx(StreamAddress(server.url, CREDENTIAL.username, password), path)


def test_what_was_recorded_is_listed_with_its_gaps(server: MediaMtxFake) -> None:
    assert way(server).spans(at(-10), at(60)) == KEPT
    assert way(server).spans(at(5), at(25)) == ((at(5), at(12)), (at(20), at(25)))
    assert way(server).spans(at(13), at(19)) == ()


@pytest.mark.parametrize("moment", [5.013, 0.0, 21.5])
def test_each_picture_is_the_one_of_its_moment(server: MediaMtxFake, moment: float) -> None:
    with closing(RecorderFootage(way(server).stream())) as footage:
        footage.begin(at(moment))
        pictures = [footage.next() for _ in range(80)]
    first = int(moment // 2) * 50
    shown = [one for one in pictures if one is not None]
    assert [number_in(one.frame) for one in shown] == list(range(first, first + 80))
    # A picture in front of the moment has no time of its own in the answer; it is counted backwards.
    assert all(abs(one.at - (EPOCH + number * FRAME)) < FRAME / 4 for number, one in enumerate(shown, first))


def test_at_the_end_and_where_nothing_is_comes_nothing(server: MediaMtxFake) -> None:
    with closing(RecorderFootage(way(server).stream())) as footage:
        footage.begin(at(29))
        assert len([one for one in (footage.next() for _ in range(100)) if one is not None]) == 50
        footage.begin(at(15))
        assert footage.next() is None
        assert footage.trouble_at(at(15)) == ""


def test_a_wrong_password_and_an_unknown_path_are_told_apart(server: MediaMtxFake) -> None:
    for refused, code in (
        (way(server, password="wrong"), trouble.UNAUTHORIZED),
        (way(server, path="campus/west"), trouble.REFUSED),
    ):
        with pytest.raises(trouble.StreamTrouble) as told:
            refused.spans(at(0), at(60))
        assert told.value.code == code


def test_it_is_one_more_recorder_of_the_site(server: MediaMtxFake) -> None:
    clock = ManualClock(at(3600))
    shelf = RecorderShelf(lambda: site(camera("C01", server.url, PATH)), Logins(), clock)
    footage = shelf.footage("C01")
    assert footage is not None
    with closing(footage):
        footage.begin(at(4))
        shown = footage.next()
        assert shown is not None
        assert number_in(shown.frame) == 100
    shelf.stop()
