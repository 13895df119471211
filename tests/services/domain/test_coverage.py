"""What posts have against what they need: counted once, for the screen and for the ranking."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.campus.routes import Routes
from services.dispatch.ranking import rank
from services.domain.coverage import coverage, post_of
from services.domain.people import READY, GuardState, GuardStatus
from services.domain.site import Guard, GuardNo, Path, Post, PostKind, PostNo, Site

AT = datetime(2026, 11, 24, tzinfo=UTC)
HERE = (1.0, 1.0)


def site(minimum: int = 2) -> Site:
    """P01 with three guards who usually stand there, P02 with none, one in the reserve."""
    posts = (
        Post(PostNo("P01"), "东门岗", "East", PostKind.GATE, HERE, minimum),
        Post(PostNo("P02"), "西门岗", "West", PostKind.GATE, (9.0, 1.0), 1),
    )
    guards = tuple(
        Guard(GuardNo(f"G{n}"), f"G{n}", "", "", "", (), PostNo("P01") if n < 4 else None, HERE)
        for n in range(1, 5)
    )
    paths = (Path("W", ((0.0, 1.0), (9.0, 1.0))),)
    return Site("t", "t", "t", 10.0, 10.0, posts=posts, guards=guards, paths=paths)


def state(no: int, status: GuardStatus = GuardStatus.ON_POST, post: str = "") -> GuardState:
    return GuardState(GuardNo(f"G{no}"), status, HERE, "post", AT, post=post)


@pytest.mark.parametrize("status", list(GuardStatus))
def test_only_who_is_ready_counts(status: GuardStatus) -> None:
    covered = coverage(site(), [state(1, status), state(2), state(3)])
    assert covered[PostNo("P01")].have == (3 if status in READY else 2)


@pytest.mark.parametrize(
    ("have", "short", "at_limit", "empty"),
    [(0, True, True, False), (1, True, True, True), (2, False, True, False), (3, False, False, False)],
)
def test_short_is_below_the_minimum_and_at_the_limit_one_more_away(
    have: int, short: bool, at_limit: bool, empty: bool
) -> None:
    one = coverage(site(), [state(n) for n in range(1, have + 1)])[PostNo("P01")]
    assert (one.have, one.is_short, one.is_at_limit, one.would_be_empty) == (have, short, at_limit, empty)


def test_the_post_of_the_shift_counts_and_not_the_usual_one() -> None:
    lent = state(1, post="P02")
    covered = coverage(site(), [lent, state(2), state(3)])
    assert [one.have for one in covered.values()] == [2, 1]
    found = post_of(site(), lent)
    assert found is not None
    assert found.no == "P02"


def test_whoever_is_on_no_list_counts_nowhere() -> None:
    stranger = GuardState(GuardNo("G99"), GuardStatus.ON_POST, HERE, "post", AT, post="P01")
    assert coverage(site(), [stranger])[PostNo("P01")].have == 0


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_ranking_says_of_each_guard_what_the_law_says(count: int) -> None:
    states = [*(state(n) for n in range(1, count + 1)), state(4, GuardStatus.AVAILABLE)]
    covered = coverage(site(), states)
    found = rank(site(), Routes(site()), states, (5.0, 1.0), limit=9)
    assert len(found) == count + 1
    for candidate in found:
        post = post_of(site(), candidate.state)
        short = covered[post.no] if post is not None and covered[post.no].is_at_limit else None
        assert candidate.leaves_post_short == (short is not None)
        assert candidate.leaves_post_empty == (short is not None and short.left == 0)
        if short is not None:
            reason = next(one for one in candidate.reasons if one.code == "leaves_post_short")
            assert reason.params == {"post": "东门岗", "left": str(count - 1), "wanted": "2"}
