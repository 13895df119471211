"""Who is let in."""

from __future__ import annotations

import hashlib
import re

import pytest

from services.sim.rtsp.digest import NONCE_LIFE_S, Doorman, Verdict
from services.sim.rtsp.messages import Request

URL = "rtsp://127.0.0.1:8554/C01/sub"


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def asked(doorman: Doorman, now_s: float, user: str = "u", password: str = "p", **changed: str) -> Request:
    """A request answering the challenge of `now_s` as RFC 2069 says."""
    fields = dict(re.findall(r'(\w+)="([^"]*)"', doorman.challenge(now_s)))
    ha1, ha2 = md5(f"{user}:{fields['realm']}:{password}"), md5(f"DESCRIBE:{URL}")
    fields |= {"username": user, "uri": URL, "response": md5(f"{ha1}:{fields['nonce']}:{ha2}")} | changed
    header = "Digest " + ", ".join(f'{name}="{value}"' for name, value in fields.items())
    return Request("DESCRIBE", URL, {"authorization": header})


def test_the_right_password_is_admitted() -> None:
    doorman = Doorman("u", "p")
    assert doorman.check(asked(doorman, 50.0), 60.0) is Verdict.ADMITTED


@pytest.mark.parametrize("who", [("u", "q"), ("x", "p"), ("u", "")])
def test_a_wrong_name_or_password_is_refused(who: tuple[str, str]) -> None:
    doorman = Doorman("u", "p")
    assert doorman.check(asked(doorman, 50.0, *who), 60.0) is Verdict.REFUSED


def test_an_old_nonce_is_stale_and_not_refused() -> None:
    doorman = Doorman("u", "p")
    assert doorman.check(asked(doorman, 50.0), 51.0 + NONCE_LIFE_S) is Verdict.STALE
    assert "stale=true" in doorman.challenge(400.0, is_stale=True)


def test_a_nonce_of_another_server_is_stale() -> None:
    assert Doorman("u", "p").check(asked(Doorman("u", "p"), 50.0), 51.0) is Verdict.STALE


def test_an_answer_for_another_camera_is_refused() -> None:
    doorman = Doorman("u", "p")
    other = "rtsp://127.0.0.1:8554/C02/sub"
    right = asked(doorman, 50.0)
    assert doorman.check(Request("DESCRIBE", other, right.headers), 51.0) is Verdict.REFUSED


@pytest.mark.parametrize("header", ["", "Basic dTpw", "Digest", 'Digest username="u"', "Digest " + "=" * 500])
def test_a_broken_header_is_refused(header: str) -> None:
    request = Request("DESCRIBE", URL, {"authorization": header})
    assert Doorman("u", "p").check(request, 1.0) is Verdict.REFUSED


def test_without_a_user_everybody_is_admitted() -> None:
    assert Doorman("", "").check(Request("DESCRIBE", URL), 1.0) is Verdict.ADMITTED
