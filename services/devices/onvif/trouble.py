"""What a library or the network says went wrong, as the codes of `OnvifDevice`."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from onveef.exceptions import (
    OnvifAuthError,
    OnvifCapabilityMissingError,
    OnvifError,
    OnvifFaultError,
    OnvifOperationNotSupportedError,
    OnvifTimeoutError,
)

from services.core.errors import ServiceError

REASON_LIMIT = 120  # characters of a device's own words that are shown


@contextmanager
def plain_errors(host: str, what: str) -> Iterator[None]:
    """Turn what goes wrong inside into a ServiceError; nothing of a request is in it."""
    try:
        yield
    except ServiceError:
        raise
    except (OnvifError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise _told(error, host, what) from None
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        # The parsers trust a device more than it deserves.
        raise ServiceError("onvif.bad_answer", host=host) from None


def _told(error: Exception, host: str, what: str) -> ServiceError:
    match error:
        case OnvifAuthError():
            return ServiceError("onvif.unauthorized", host=host)
        case OnvifCapabilityMissingError() | OnvifOperationNotSupportedError():
            return ServiceError("onvif.unsupported", what=what)
        case OnvifFaultError():
            return ServiceError("onvif.rejected", reason=_own_words(str(error)))
        case OnvifTimeoutError() | httpx.TimeoutException():
            return ServiceError("onvif.unreachable", host=host)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return ServiceError("onvif.bad_answer", host=host)
        case _:
            return ServiceError(_network_code(error), host=host)


def _network_code(error: BaseException) -> str:
    """By the operating system's reason at the bottom of the chain."""
    at: BaseException | None = error
    is_connect = False
    while at is not None:
        is_connect = is_connect or isinstance(at, httpx.ConnectError)
        if isinstance(at, OSError) and at.errno is not None:
            return "onvif.refused" if at.errno == errno.ECONNREFUSED else "onvif.unreachable"
        at = at.__cause__ or at.__context__
    # A name that does not resolve has an errno of its own kind; what answered oddly is something else.
    return "onvif.unreachable" if is_connect else "onvif.bad_answer"


def _own_words(text: str) -> str:
    """The device's reason after the library's "ONVIF call 'X' fault: ", cut to a line."""
    reason = text.partition(" fault: ")[2] or text
    return short(reason)


def short(text: str) -> str:
    """A device's own words as one line that a screen can hold."""
    return " ".join(text.split())[:REASON_LIMIT]
