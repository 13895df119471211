"""How many guards each post has now, against what it needs, and what it would lose if one were sent away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from services.domain.people import READY, GuardState
from services.domain.site import Post, PostNo, Site


@dataclass(frozen=True, slots=True)
class Coverage:
    """One post 岗位 now; have: guards of the post who are ready."""

    post: Post
    have: int

    @property
    def is_short(self) -> bool:
        return self.have < self.post.min_staff

    @property
    def is_at_limit(self) -> bool:
        """Whoever is sent from here leaves it short."""
        return self.have - 1 < self.post.min_staff

    @property
    def would_be_empty(self) -> bool:
        """Whoever is sent from here leaves nobody."""
        return self.have == 1 and self.post.min_staff > 0

    @property
    def left(self) -> int:
        """When one of its guards is sent."""
        return max(0, self.have - 1)


def post_of(site: Site, state: GuardState) -> Post | None:
    """Where a guard stands this shift, else where they usually stand; None: the reserve."""
    guard = site.guard(state.no)
    no = state.post or (guard.post if guard else None)
    return site.post(no) if no else None


def coverage(site: Site, states: Iterable[GuardState]) -> dict[PostNo, Coverage]:
    """Every post of the site, in its order. Who is on a dispatch, on a break or off does not count."""
    listed = {guard.no for guard in site.guards}
    posts = (post_of(site, state) for state in states if state.status in READY and state.no in listed)
    staff = Counter(post.no for post in posts if post is not None)
    return {post.no: Coverage(post, staff[post.no]) for post in site.posts}
