"""The demo campus, read once a process: what a site holds is frozen, so all tests may have the same one."""

from __future__ import annotations

from functools import cache

from services.campus.sitefile import parse_site
from services.core.paths import resource
from services.domain.site import Site


@cache
def read_demo_site() -> Site:
    return parse_site(resource("sites", "demo.toml").read_text(encoding="utf-8"), "demo.toml")
