"""Says in one word why a camera shows no picture, from what was seen while trying."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.devices.rtsp import Answer, Manner, Reach

# Log-ins over ONVIF carry the time; devices refuse those that are off by more than some minutes.
CLOCK_LIMIT_S = 60.0
SHOWN_CODECS = frozenset({"H264", "H265", "HEVC", "JPEG", "MJPEG", "MP4V-ES", "MPEG4"})


class Cause(StrEnum):
    """What is wrong; FINE: a picture came."""

    FINE = "fine"
    BAD_ADDRESS = "bad_address"
    UNKNOWN_NAME = "unknown_name"
    NO_ROUTE = "no_route"
    FILTERED = "filtered"
    REFUSED = "refused"
    SILENT = "silent"
    NOT_A_CAMERA = "not_a_camera"
    HUNG_UP = "hung_up"
    LOGIN_NEEDED = "login_needed"
    WRONG_LOGIN = "wrong_login"
    LOCKED_OUT = "locked_out"
    CLOCK_OFF = "clock_off"
    WRONG_PATH = "wrong_path"
    BUSY = "busy"
    NO_VIDEO = "no_video"
    CODEC = "codec"
    NO_PICTURE = "no_picture"
    DEVICE_ERROR = "device_error"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of one stream, as far as the trial came; None = not tried.

    has_login: a user name was given. clock_ahead_s: the device's clock against ours.
    onvif_error: a `ServiceError` code of the device service, "" when it answered or was not asked.
    video_error: what the picture's way said last, a `video.*` code.
    """

    host: str = ""
    port: int = 0
    has_address: bool = True
    resolves: bool | None = None
    reach: Reach | None = None
    answer: Answer | None = None
    has_login: bool = False
    clock_ahead_s: float | None = None
    onvif_error: str = ""
    has_picture: bool = False
    video_error: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """detail: what belongs into the sentence: a codec, a status, seconds; "" when nothing does."""

    cause: Cause
    host: str = ""
    port: int = 0
    detail: str = ""

    @property
    def is_fine(self) -> bool:
        return self.cause is Cause.FINE


def diagnose(seen: Evidence) -> Diagnosis:
    """The first thing on the way to the picture that did not work."""
    cause, detail = _cause(seen)
    return Diagnosis(cause, seen.host, seen.port, detail)


def _cause(seen: Evidence) -> tuple[Cause, str]:
    if seen.has_picture:
        return Cause.FINE, ""
    if not seen.has_address:
        return _of_onvif(seen) if seen.onvif_error else (Cause.BAD_ADDRESS, "")
    if seen.resolves is False:
        return Cause.UNKNOWN_NAME, ""
    if seen.reach is not None and seen.reach is not Reach.OPEN:
        return _OF_REACH[seen.reach], ""
    if seen.answer is not None:
        found = _of_answer(seen, seen.answer)
        if found is not None:
            return found
    return _of_video(seen)


_OF_REACH = {Reach.REFUSED: Cause.REFUSED, Reach.FILTERED: Cause.FILTERED, Reach.NO_ROUTE: Cause.NO_ROUTE}
_OF_MANNER = {
    Manner.SILENT: Cause.SILENT,
    Manner.GARBAGE: Cause.NOT_A_CAMERA,
    Manner.HUNG_UP: Cause.HUNG_UP,
}
_OF_ONVIF = {
    "onvif.unreachable": Cause.SILENT,
    "onvif.refused": Cause.REFUSED,
    "onvif.bad_answer": Cause.NOT_A_CAMERA,
}
_OF_VIDEO = {
    "video.unsupported": Cause.CODEC,
    "video.unauthorized": Cause.WRONG_LOGIN,
    "video.not_found": Cause.WRONG_PATH,
    "video.refused": Cause.HUNG_UP,
    "video.unreachable": Cause.NO_ROUTE,
}


def _of_answer(seen: Evidence, answer: Answer) -> tuple[Cause, str] | None:
    """None when the device would give the stream."""
    if answer.manner is not Manner.SPEAKS:
        return _OF_MANNER[answer.manner], ""
    match answer.status:
        case 200:
            return _of_description(answer)
        case 401:
            return _of_login(seen)
        case 403 | 423:
            return Cause.LOCKED_OUT, str(answer.status)
        case 400 | 404 | 451 | 454:
            return Cause.WRONG_PATH, str(answer.status)
        case 453 | 503:
            return Cause.BUSY, str(answer.status)
        case _:
            return Cause.DEVICE_ERROR, str(answer.status)


def _of_description(answer: Answer) -> tuple[Cause, str] | None:
    if not answer.has_video:
        return Cause.NO_VIDEO, ""
    if answer.codecs and not SHOWN_CODECS & set(answer.codecs):
        return Cause.CODEC, answer.codecs[0]
    return None


def _of_login(seen: Evidence) -> tuple[Cause, str]:
    if not seen.has_login:
        return Cause.LOGIN_NEEDED, ""
    if seen.clock_ahead_s is not None and abs(seen.clock_ahead_s) > CLOCK_LIMIT_S:
        return Cause.CLOCK_OFF, f"{seen.clock_ahead_s:+.0f}"
    return Cause.WRONG_LOGIN, ""


def _of_onvif(seen: Evidence) -> tuple[Cause, str]:
    if seen.onvif_error == "onvif.clock":
        return Cause.CLOCK_OFF, "" if seen.clock_ahead_s is None else f"{seen.clock_ahead_s:+.0f}"
    if seen.onvif_error == "onvif.unauthorized":
        return _of_login(seen)
    return _OF_ONVIF.get(seen.onvif_error, Cause.DEVICE_ERROR), ""


def _of_video(seen: Evidence) -> tuple[Cause, str]:
    codec = seen.answer.codecs[0] if seen.answer is not None and seen.answer.codecs else ""
    return _OF_VIDEO.get(seen.video_error, Cause.NO_PICTURE), codec
