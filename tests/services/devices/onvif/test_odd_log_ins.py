"""Whatever signs a log-in has, an ONVIF device lets us in, by SOAP and for its picture."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.core.secrets import Credential
from services.devices.onvif import open_device
from tests.services.sim.onvif.onvif_kit import JPEG, DeviceKit

SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
USERS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None)
@given(user=USERS, password=st.text(SIGNS, min_size=1, max_size=12))
@example("watch", "p@ss/w:rd %41?#é\"'\\<&>; 空格 中文")
@example("值班员", " 密码/一二三@东门:80/%2f ")
def test_any_log_in_opens_a_device_and_fetches_its_picture(user: str, password: str) -> None:
    log_in = Credential(user, password)
    kit = DeviceKit(log_in)
    device = open_device(kit.url("C01"), log_in)
    try:
        assert device.information().maker == "Shouwang"
        assert device.snapshot() == JPEG
    finally:
        device.close()
        kit.stop()
