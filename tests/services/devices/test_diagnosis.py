"""Every way a camera can fail has its own word."""

from __future__ import annotations

import pytest

from services.devices.diagnosis import Cause, Evidence, diagnose
from services.devices.rtsp import Answer, Manner, Reach


def says(status: int, *codecs: str, has_video: bool = True) -> Answer:
    return Answer(Manner.SPEAKS, status, codecs=codecs, has_video=has_video)


OPEN = Reach.OPEN

CASES = [
    (Evidence(has_address=False), Cause.BAD_ADDRESS, ""),
    (Evidence(has_address=False, onvif_error="onvif.unauthorized", has_login=True), Cause.WRONG_LOGIN, ""),
    (Evidence(has_address=False, onvif_error="onvif.unauthorized"), Cause.LOGIN_NEEDED, ""),
    (Evidence(has_address=False, onvif_error="onvif.clock", clock_ahead_s=-7200.2), Cause.CLOCK_OFF, "-7200"),
    (Evidence(has_address=False, onvif_error="onvif.refused"), Cause.REFUSED, ""),
    (Evidence(has_address=False, onvif_error="onvif.bad_answer"), Cause.NOT_A_CAMERA, ""),
    (Evidence(resolves=False), Cause.UNKNOWN_NAME, ""),
    (Evidence(resolves=True, reach=Reach.REFUSED), Cause.REFUSED, ""),
    (Evidence(resolves=True, reach=Reach.FILTERED), Cause.FILTERED, ""),
    (Evidence(resolves=True, reach=Reach.NO_ROUTE), Cause.NO_ROUTE, ""),
    (Evidence(reach=OPEN, answer=Answer(Manner.SILENT)), Cause.SILENT, ""),
    (Evidence(reach=OPEN, answer=Answer(Manner.GARBAGE)), Cause.NOT_A_CAMERA, ""),
    (Evidence(reach=OPEN, answer=Answer(Manner.HUNG_UP)), Cause.HUNG_UP, ""),
    (Evidence(reach=OPEN, answer=says(401)), Cause.LOGIN_NEEDED, ""),
    (Evidence(reach=OPEN, answer=says(401), has_login=True), Cause.WRONG_LOGIN, ""),
    (Evidence(reach=OPEN, answer=says(401), has_login=True, clock_ahead_s=59.0), Cause.WRONG_LOGIN, ""),
    (Evidence(reach=OPEN, answer=says(401), has_login=True, clock_ahead_s=3600.4), Cause.CLOCK_OFF, "+3600"),
    (Evidence(reach=OPEN, answer=says(403), has_login=True), Cause.LOCKED_OUT, "403"),
    (Evidence(reach=OPEN, answer=says(404)), Cause.WRONG_PATH, "404"),
    (Evidence(reach=OPEN, answer=says(454)), Cause.WRONG_PATH, "454"),
    (Evidence(reach=OPEN, answer=says(453)), Cause.BUSY, "453"),
    (Evidence(reach=OPEN, answer=says(500)), Cause.DEVICE_ERROR, "500"),
    (Evidence(reach=OPEN, answer=says(200, has_video=False)), Cause.NO_VIDEO, ""),
    (Evidence(reach=OPEN, answer=says(200, "X-SVAC")), Cause.CODEC, "X-SVAC"),
    (
        Evidence(reach=OPEN, answer=says(200, "H264"), video_error="video.unsupported"),
        Cause.CODEC,
        "H264",
    ),
    (Evidence(reach=OPEN, answer=says(200, "H264"), video_error="video.timeout"), Cause.NO_PICTURE, "H264"),
    (Evidence(reach=OPEN, answer=says(200, "H264")), Cause.NO_PICTURE, "H264"),
    (Evidence(video_error="video.unauthorized"), Cause.WRONG_LOGIN, ""),
    (Evidence(reach=OPEN, answer=says(401), has_picture=True), Cause.FINE, ""),
]


@pytest.mark.parametrize(("seen", "cause", "detail"), CASES)
def test_each_sign_leads_to_its_cause(seen: Evidence, cause: Cause, detail: str) -> None:
    found = diagnose(seen)
    assert (found.cause, found.detail) == (cause, detail)


def test_every_cause_can_be_found() -> None:
    assert {cause for _, cause, _ in CASES} == set(Cause)
