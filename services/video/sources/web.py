"""One conversation with a camera's web server: who may be believed, who we are, how much we read."""

from __future__ import annotations

import ssl
from collections.abc import Generator
from urllib.parse import urlsplit, urlunsplit

import httpx

from services.core.trust import client_context
from services.video import trouble
from services.video.address import StreamAddress
from services.video.deadline import Deadline, DeadlineTransport

# A blocked read cannot be interrupted, only timed out: this bounds how long a stop takes.
READ_TIMEOUT_S = 2.5
# A picture that takes longer shows nothing of now.
PICTURE_LIMIT_S = 6.0
# The largest camera's JPEG at the best quality.
MOST_PICTURE_BYTES = 24 * 2**20
JPEG_BEGINS = b"\xff\xd8\xff"

_BY_STATUS = {401: trouble.UNAUTHORIZED, 403: trouble.UNAUTHORIZED, 404: trouble.NOT_FOUND}


class Web:
    """Asks one address, again and again over the same connection; raises StreamTrouble.

    A redirect is refused: it would take the log-in to where nobody sent it.
    """

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._url = web_url(address.url)
        self._auth = LogIn(address.username, address.password) if address.username else None
        self._deadline = Deadline()
        # A turn of the gate is held meanwhile: whoever drips a byte now and then must not keep it.
        self._opening_s = patience_s + READ_TIMEOUT_S
        is_encrypted = self._url.startswith("https:")
        context = client_context(address.tls) if is_encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client = httpx.Client(
            transport=DeadlineTransport(self._deadline, context),
            # Neither a proxy nor a .netrc of this machine is meant for cameras.
            trust_env=False,
            timeout=httpx.Timeout(READ_TIMEOUT_S, connect=patience_s),
            headers={"Accept-Encoding": "identity", "User-Agent": "shouwang"},
        )

    def get(self, headers: dict[str, str] | None = None) -> httpx.Response:
        """An answer of status 200 or 304 whose body is still to be read; close it."""
        try:
            with self._deadline.within(self._opening_s):
                response = self._answered(headers or {})
        except httpx.HTTPError as error:
            code = code_of_web(error)
        else:
            if response.status_code in (200, 304):
                return response
            response.close()
            code = _BY_STATUS.get(response.status_code, trouble.REFUSED)
        # Outside the handler: the request, with its headers, must not hang on this exception.
        raise trouble.StreamTrouble(code)

    def picture(self, response: httpx.Response) -> bytes:
        """The whole body. Raises httpx's errors, and StreamTrouble for one larger than any picture."""
        body = bytearray()
        with self._deadline.within(PICTURE_LIMIT_S):
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > MOST_PICTURE_BYTES:
                    raise trouble.StreamTrouble(trouble.BAD_STREAM)
        return bytes(body)

    def close(self) -> None:
        self._client.close()

    def _answered(self, headers: dict[str, str]) -> httpx.Response:
        """Walks through the log-in itself: httpx would read a refusal's body to its end, if it has one."""
        request = self._client.build_request("GET", self._url, headers=headers)
        speak_utf8(request)
        if self._auth is None:
            return self._client.send(request, stream=True)
        steps = self._auth.auth_flow(request)
        request = next(steps)
        while True:
            response = self._client.send(request, stream=True)
            try:
                request = steps.send(response)
            except StopIteration:
                return response
            except httpx.HTTPError:
                response.close()
                raise
            response.close()


class LogIn(httpx.Auth):
    """Digest where the camera offers it, else Basic; nothing is said before it asks."""

    def __init__(self, username: str, password: str) -> None:
        self._username = username
        self._password = password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            self._chosen = self._choose(response.headers.get_list("www-authenticate"))
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)

    def _choose(self, offers: list[str]) -> httpx.Auth | None:
        kinds = {offer.split(" ", 1)[0].lower() for offer in offers}
        if "digest" in kinds:
            return httpx.DigestAuth(self._username, self._password)
        return httpx.BasicAuth(self._username, self._password) if "basic" in kinds else None


def speak_utf8(request: httpx.Request) -> None:
    """httpx writes a log-in that is added later as the heads before it are written, and those are ASCII."""
    request.headers.encoding = "utf-8"


def web_url(url: str) -> str:
    """Without what is meant for us: `http+snapshot://cam/1.jpg#period=2` asks http://cam/1.jpg."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme=parts.scheme.partition("+")[0], fragment=""))


def code_of_web(error: Exception) -> str:
    """httpx tells most of what happened by what caused its own exception."""
    if isinstance(error, httpx.TimeoutException):
        return trouble.TIMEOUT
    if isinstance(error, (httpx.RemoteProtocolError, httpx.UnsupportedProtocol)):
        return trouble.REFUSED
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (ssl.SSLError, ConnectionRefusedError)):
            return trouble.code_of(cause)
        cause = cause.__cause__ or cause.__context__
    return trouble.UNREACHABLE
