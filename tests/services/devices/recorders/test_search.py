"""What a recorder has is found by ONVIF Profile G, with its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif import open_device
from services.devices.onvif.recordings import RecordingSearch
from tests.services.devices.recorders.recorder_kit import CREDENTIAL, RecorderKit, at


@pytest.fixture
def search(kit: RecorderKit) -> Iterator[RecordingSearch]:
    with closing(open_device(kit.onvif_url, CREDENTIAL)) as device:
        yield device.recordings()


def test_a_recording_says_whose_it_is_and_how_far_it_reaches(search: RecordingSearch) -> None:
    (found,) = search.recordings()
    assert (found.source, found.since, found.until) == ("东门", at(0), at(30))
    assert search.replay_url(found.token).endswith("/C01/replay")


def test_gaps_are_found(search: RecordingSearch) -> None:
    (found,) = search.recordings()
    assert search.spans(found, at(-100), at(100)) == ((at(0), at(12)), (at(20), at(30)))
    assert search.spans(found, at(5), at(25)) == ((at(5), at(12)), (at(20), at(25)))
    assert search.spans(found, at(13), at(19)) == ()
    assert search.spans(found, at(31), at(40)) == ()


def test_more_results_than_come_at_once_are_fetched_to_the_last(kit: RecorderKit) -> None:
    spans = tuple((at(10 * number), at(10 * number + 5)) for number in range(120))
    kept, kit.spans = kit.spans, spans
    try:
        with closing(open_device(kit.onvif_url, CREDENTIAL)) as device:
            search = device.recordings()
            (found,) = search.recordings()
            assert search.spans(found, at(0), at(2000)) == spans
    finally:
        kit.spans = kept


def test_a_recording_that_nobody_has_is_refused(search: RecordingSearch) -> None:
    with pytest.raises(ServiceError) as refused:
        search.replay_url("recording7")
    assert refused.value.code == "onvif.rejected"


def test_a_device_without_recordings_says_so(kit: RecorderKit) -> None:
    kept, kit.spans = kit.spans, ()
    try:
        with closing(open_device(kit.onvif_url, CREDENTIAL)) as device:
            assert device.recordings().recordings() == ()
    finally:
        kit.spans = kept


def test_a_wrong_password_is_said_as_such(kit: RecorderKit) -> None:
    device = open_device(kit.onvif_url, Credential("viewer", "wrong"))
    with closing(device), pytest.raises(ServiceError) as refused:
        device.recordings()
    assert refused.value.code == "onvif.unauthorized"
