"""What is typed as a log-in can be sent to a camera, whatever was pasted."""

from __future__ import annotations

import pytest

from services.core.secrets import Credential
from services.devices.keeping import Logins
from views.devices.draft import Draft, logins_of


@pytest.mark.parametrize("pasted", ["pass\ud83d", "\udc00", "wo\0rd"])
def test_a_pasted_log_in_is_a_wrong_one_and_no_fault_of_ours(pasted: str) -> None:
    login = logins_of(Draft(username="viewer", password=pasted), Logins()).camera
    assert login is not None
    assert login.password.encode() != b""
    assert "\0" not in login.password
    assert login.password != pasted


def test_a_log_in_that_can_be_sent_is_sent_as_typed() -> None:
    login = logins_of(Draft(username=" viewer ", password=" 密码 👮🏽 "), Logins()).camera
    assert login == Credential("viewer", " 密码 👮🏽 ")
