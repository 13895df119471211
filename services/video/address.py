"""Where a stream is, with the password kept apart until the moment of connecting."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

from services.core.trust import UNVERIFIED
from services.domain.site import StreamEngine, StreamTransport

# Of `rtsp.c`: a longer one is cut off and refused by the camera as a wrong one.
MOST_LOGIN_BYTES = 127


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """A stream's URL without credentials; those written inside `url` are moved into the fields.

    url: of a scheme in `sources.SOURCES` (a bare path means file). repr and `str` show no password.
    tls: which certificate is accepted (`core.trust`). A fragment (`#period=2`) is for us, not for the camera.
    """

    url: str
    username: str = ""
    password: str = field(default="", repr=False)
    transport: StreamTransport = StreamTransport.AUTO
    engine: StreamEngine = StreamEngine.AUTO
    tls: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if "@" not in parts.netloc:
            return
        inside, _, host = parts.netloc.rpartition("@")
        name, _, word = inside.partition(":")
        object.__setattr__(self, "url", urlunsplit(parts._replace(netloc=host)))
        if not self.username:
            object.__setattr__(self, "username", unquote(name))
            object.__setattr__(self, "password", unquote(word))

    def __str__(self) -> str:
        return self.url

    @property
    def scheme(self) -> str:
        return urlsplit(self.url).scheme.lower() or "file"

    @property
    def is_recorded(self) -> bool:
        """A picture of the past: files, and whatever says `recorded` in its query."""
        return self.scheme == "file" or self.has_option("recorded")

    @property
    def is_unverified(self) -> bool:
        """Encrypted, with whatever certificate."""
        return self.tls == UNVERIFIED and self.scheme.startswith(("rtsps", "https"))

    @property
    def kind(self) -> str:
        """The name under which `sources.SOURCES` knows what opens it."""
        return self.engine.value if self.engine is not StreamEngine.AUTO else self.scheme

    @property
    def path(self) -> str:
        """The file's path of a file or replay address, percent-decoded."""
        return unquote(urlsplit(self.url).path)

    def option(self, name: str) -> str:
        """A query parameter of a file or replay address; "" when absent."""
        return parse_qs(urlsplit(self.url).query, keep_blank_values=True).get(name, [""])[0]

    def has_option(self, name: str) -> bool:
        return name in parse_qs(urlsplit(self.url).query, keep_blank_values=True)

    def setting(self, name: str) -> str:
        """A parameter of the fragment; "" when absent."""
        return parse_qs(urlsplit(self.url).fragment, keep_blank_values=True).get(name, [""])[0]

    def joined(self) -> str:
        """The URL with percent-encoded credentials: for the connection only, never to be kept."""
        if not self.username:
            return self.url
        return self._with(f"{quote(self.username, safe='')}:{quote(self.password, safe='')}")

    def joined_short(self) -> str:
        """As `joined`, but no letter encoded: FFmpeg has little room for a log-in.

        Raises ValueError when it has too little.
        """
        if not self.username:
            return self.url
        credentials = f"{_encoded(self.username)}:{_encoded(self.password)}"
        if len(credentials.encode()) > MOST_LOGIN_BYTES:
            raise ValueError("the log-in is too long")
        return self._with(credentials)

    def _with(self, credentials: str) -> str:
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(netloc=f"{credentials}@{parts.netloc}"))


def _encoded(text: str) -> str:
    return "".join(sign if sign.isalnum() else quote(sign, safe="") for sign in text)
