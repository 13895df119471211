"""What went wrong with a stream, as a code: the library's own words hold the URL and its password."""

from __future__ import annotations

import errno
import ssl

import av.error

UNAUTHORIZED = "video.unauthorized"
NOT_FOUND = "video.not_found"
REFUSED = "video.refused"
TIMEOUT = "video.timeout"
UNREACHABLE = "video.unreachable"
BAD_STREAM = "video.bad_stream"
ENDED = "video.ended"
UNSUPPORTED = "video.unsupported"
BAD_CERTIFICATE = "video.bad_certificate"
NOT_MJPEG = "video.not_mjpeg"
NOT_JPEG = "video.not_jpeg"
NO_DEVICE = "video.no_device"
DEVICE_BUSY = "video.device_busy"
DEVICE_FORBIDDEN = "video.device_forbidden"
BEHIND = "video.behind"
LOGIN_TOO_LONG = "video.login_too_long"
NO_LIBVLC = "video.no_libvlc"
LIBVLC_CANNOT = "video.libvlc_cannot"

# Waiting does not heal these; they are told at once instead of after STALLED_AFTER_S.
DEFINITE = frozenset(
    {
        *(UNAUTHORIZED, NOT_FOUND, REFUSED, BAD_STREAM, ENDED, UNSUPPORTED),
        *(BAD_CERTIFICATE, NOT_MJPEG, NOT_JPEG, NO_LIBVLC, LIBVLC_CANNOT),
        *(NO_DEVICE, DEVICE_BUSY, DEVICE_FORBIDDEN, LOGIN_TOO_LONG),
    }
)

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, BAD_CERTIFICATE),
    (ssl.SSLError, REFUSED),
    (av.error.HTTPUnauthorizedError, UNAUTHORIZED),
    (av.error.HTTPForbiddenError, UNAUTHORIZED),
    (av.error.HTTPNotFoundError, NOT_FOUND),
    (FileNotFoundError, NOT_FOUND),
    (IsADirectoryError, NOT_FOUND),
    (PermissionError, UNAUTHORIZED),
    (ConnectionRefusedError, REFUSED),
    (av.error.ExitError, TIMEOUT),
    (TimeoutError, TIMEOUT),
    (EOFError, ENDED),
    (av.error.ProtocolNotFoundError, UNSUPPORTED),
    (av.error.DecoderNotFoundError, UNSUPPORTED),
    (av.error.HTTPError, REFUSED),
    (av.error.InvalidDataError, BAD_STREAM),
)
_TIMED_OUT = frozenset({errno.ETIMEDOUT, errno.EAGAIN})
_AWAY = frozenset(
    {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EIO, errno.ECONNRESET, errno.EPIPE, errno.ENETDOWN}
)


class StreamTrouble(Exception):
    """A stream could not be opened or went on; `code` is all that may be told or logged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def code_of(error: BaseException) -> str:
    """The `video.*` code for whatever opening, reading or decoding raised."""
    if isinstance(error, StreamTrouble):
        return error.code
    for kind, code in _KINDS:
        if isinstance(error, kind):
            return code
    number = error.errno if isinstance(error, OSError) else None
    if number in _TIMED_OUT:
        return TIMEOUT
    if number in _AWAY or isinstance(error, OSError):
        return UNREACHABLE
    return BAD_STREAM
