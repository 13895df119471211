"""The demo campus as it ships, and a small campus for arithmetic by hand."""

from __future__ import annotations

import pytest

from services.campus.sitefile import parse_site
from services.core.paths import resource
from services.domain.site import Site


@pytest.fixture(scope="session")
def demo_text() -> str:
    return resource("sites", "demo.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo(demo_text: str) -> Site:
    return parse_site(demo_text, "demo.toml")
