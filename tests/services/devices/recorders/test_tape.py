"""What of a recorder's address may stand on a paper that leaves the house."""

from __future__ import annotations

import pytest

from services.devices.recorders.tape import bare_address


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("rtsp://192.168.1.8:554/rec/3?token=s3cret#begins=2026", "rtsp://192.168.1.8:554/rec/3"),
        ("http://viewer:s3cret@[fe80::1]:80/onvif", "http://[fe80::1]:80/onvif"),
        (
            "rtsp://192.168.1.8:554/user=admin&password=s3cret&channel=1&stream=0.sdp",
            "rtsp://192.168.1.8:554/user=admin&password=***",
        ),
    ],
)
def test_an_address_is_told_without_what_could_be_a_secret(address: str, said: str) -> None:
    assert bare_address(address) == said
