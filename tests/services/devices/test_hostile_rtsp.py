"""RTSP answers that no honest camera gives."""

from __future__ import annotations

import asyncio

import pytest

from services.core.secrets import Credential
from services.devices.rtsp import Manner, describe
from tests.services.devices.plain_servers import answers, listening


@pytest.mark.parametrize(
    "header",
    ["Content-Length: " + "9" * 5000, "Content-Length: -1", "Date: Fri, 31 Dec 9999 23:59:59 -2300"],
)
def test_a_header_that_fits_no_machine_ends_the_question_and_raises_nothing(header: str) -> None:
    reply = f"RTSP/1.0 404 x\r\nCSeq: 1\r\n{header}\r\n\r\n"
    with listening(answers(reply)) as port:
        url, login = f"rtsp://127.0.0.1:{port}/live", Credential("admin", "planted-password")
        seen = asyncio.run(describe(url, "127.0.0.1", login, sends_basic=True, limit_s=0.5))
    assert seen.manner in (Manner.SPEAKS, Manner.SILENT)
    assert seen.date is None
