"""What a stream may claim: only a fresh picture over a standing connection is live."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.video import StreamState
from services.video.state import state_of


@pytest.mark.parametrize(
    ("age_s", "open_for_s", "is_connected", "error", "expected"),
    [
        (None, 0.1, False, "", StreamState.CONNECTING),
        (None, 0.1, True, "", StreamState.CONNECTING),
        (None, 5.0, False, "video.timeout", StreamState.CONNECTING),
        (None, 10.1, False, "video.timeout", StreamState.OFFLINE),
        (None, 0.1, False, "video.unauthorized", StreamState.OFFLINE),
        (0.04, 60, True, "", StreamState.LIVE),
        (1.5, 60, True, "", StreamState.LIVE),
        (1.51, 60, True, "", StreamState.LATE),
        (0.04, 60, False, "video.ended", StreamState.RECONNECTING),
        (9.9, 60, False, "video.timeout", StreamState.RECONNECTING),
        (10.1, 60, False, "video.timeout", StreamState.OFFLINE),
        (10.1, 60, True, "", StreamState.OFFLINE),
    ],
)
def test_state_follows_age_and_connection(
    age_s: float | None, open_for_s: float, is_connected: bool, error: str, expected: StreamState
) -> None:
    state = state_of(age_s=age_s, open_for_s=open_for_s, is_connected=is_connected, error=error)

    assert state is expected


@given(
    age_s=st.none() | st.floats(0, 1e6),
    open_for_s=st.floats(0, 1e6),
    is_connected=st.booleans(),
    error=st.sampled_from(["", "video.timeout", "video.ended", "video.unauthorized"]),
)
def test_live_is_never_said_of_an_old_picture_or_a_broken_connection(
    age_s: float | None, open_for_s: float, is_connected: bool, error: str
) -> None:
    state = state_of(age_s=age_s, open_for_s=open_for_s, is_connected=is_connected, error=error)

    if state is StreamState.LIVE:
        assert age_s is not None
        assert age_s <= 1.5
        assert is_connected


SEEN = (StreamState.FROZEN, StreamState.BLACK, StreamState.COVERED, StreamState.MOVED)


@pytest.mark.parametrize("seen", SEEN)
def test_what_the_watch_saw_counts_only_for_a_picture_of_the_present(seen: StreamState) -> None:
    def state(age_s: float | None, *, is_connected: bool = True) -> StreamState:
        return state_of(age_s=age_s, open_for_s=60, is_connected=is_connected, error="", seen=seen)

    assert state(0.04) is seen
    assert state(1.6) is StreamState.LATE
    assert state(0.04, is_connected=False) is StreamState.RECONNECTING
    assert state(11.0) is StreamState.OFFLINE


@given(age_s=st.none() | st.floats(0, 60), is_connected=st.booleans(), seen=st.none() | st.sampled_from(SEEN))
def test_a_recorded_picture_is_never_live(
    age_s: float | None, is_connected: bool, seen: StreamState | None
) -> None:
    state = state_of(
        age_s=age_s, open_for_s=5, is_connected=is_connected, error="", seen=seen, is_recorded=True
    )

    assert state not in (StreamState.LIVE, StreamState.LATE, *SEEN)
