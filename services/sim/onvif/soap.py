"""SOAP 1.2 envelopes: a call out of the bytes of a request, answers and faults into bytes."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://www.w3.org/2005/08/addressing"
SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DIGEST_TYPE = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest"
)
DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
PTZ = "http://www.onvif.org/ver20/ptz/wsdl"
SEARCH = "http://www.onvif.org/ver10/search/wsdl"
REPLAY = "http://www.onvif.org/ver10/replay/wsdl"
EVENTS = "http://www.onvif.org/ver10/events/wsdl"
NOTIFICATION = "http://docs.oasis-open.org/wsn/b-2"
SCHEMA = "http://www.onvif.org/ver10/schema"
TOPICS = "http://www.onvif.org/ver10/topics"
CONTENT_TYPE = "application/soap+xml; charset=utf-8"

_PREFIXES = {
    "env": ENVELOPE,
    "wsa": ADDRESSING,
    "tds": DEVICE,
    "trt": MEDIA,
    "tptz": PTZ,
    "tse": SEARCH,
    "trp": REPLAY,
    "tev": EVENTS,
    "wsnt": NOTIFICATION,
    "tt": SCHEMA,
    "tns1": TOPICS,
    "ter": "http://www.onvif.org/ver10/error",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Token:
    """A WS-Security UsernameToken, as sent."""

    username: str
    password: str
    is_digest: bool
    nonce: str
    created: str

    def __repr__(self) -> str:
        return f"Token(username={self.username!r})"


@dataclass(frozen=True, slots=True)
class Call:
    """One operation; `body` is its element. message_id: WS-Addressing, "" without."""

    namespace: str
    operation: str
    body: Element
    token: Token | None
    message_id: str

    def text(self, name: str, default: str = "") -> str:
        """The text of the first element called `name`, whatever its namespace."""
        found = find(self.body, name)
        return default if found is None else (found.text or "").strip()

    def has(self, name: str) -> bool:
        return find(self.body, name) is not None


class Fault(Exception):
    """What the device refuses to do; subcodes from the ONVIF core specification, table of faults."""

    def __init__(self, subcode: str, reason: str, *, detail: str = "", is_own: bool = False) -> None:
        super().__init__(subcode, reason)
        self.subcode = subcode
        self.detail = detail
        self.reason = reason
        self.is_own = is_own  # the device's own inability, not the caller's mistake

    def to_bytes(self) -> bytes:
        code = "Receiver" if self.is_own else "Sender"
        inner = f"<env:Subcode><env:Value>{self.detail}</env:Value></env:Subcode>" if self.detail else ""
        return envelope(
            "<env:Fault>"
            f"<env:Code><env:Value>env:{code}</env:Value>"
            f"<env:Subcode><env:Value>{self.subcode}</env:Value>{inner}</env:Subcode></env:Code>"
            f'<env:Reason><env:Text xml:lang="en">{escape(self.reason)}</env:Text></env:Reason>'
            "</env:Fault>"
        )


def not_authorized() -> Fault:
    return Fault("ter:NotAuthorized", "Sender not authorized")


def bad_argument(detail: str, reason: str) -> Fault:
    return Fault("ter:InvalidArgVal", reason, detail=detail)


def parse_call(data: bytes) -> Call:
    """Raises Fault for anything that is not a SOAP 1.2 request."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Fault("ter:WellFormed", "not well-formed") from error
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise Fault("ter:WellFormed", "not a SOAP 1.2 envelope")
    body = root.find(f"{{{ENVELOPE}}}Body")
    if body is None or len(body) == 0:
        raise Fault("ter:WellFormed", "an empty body")
    header = root.find(f"{{{ENVELOPE}}}Header")
    message_id = "" if header is None else header.findtext(f"{{{ADDRESSING}}}MessageID", "")
    namespace, _, operation = body[0].tag.rpartition("}")
    return Call(
        namespace.removeprefix("{"),
        operation,
        body[0],
        None if header is None else _token(header),
        message_id.strip(),
    )


def envelope(inner: str, *, action: str = "", relates_to: str = "") -> bytes:
    """A whole answer; `inner` is XML that uses the prefixes declared here."""
    head = f"<wsa:Action>{action}</wsa:Action>" if action else ""
    if relates_to:
        head += f"<wsa:RelatesTo>{escape(relates_to)}</wsa:RelatesTo>"
    header = f"<env:Header>{head}</env:Header>" if head else ""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><env:Envelope {_DECLARED}>'
        f"{header}<env:Body>{inner}</env:Body></env:Envelope>"
    )
    return text.encode()


def find(element: Element, name: str) -> Element | None:
    """The first descendant called `name`, whatever its namespace."""
    return next((e for e in element.iter() if e.tag.rpartition("}")[2] == name), None)


def _token(header: Element) -> Token | None:
    found = header.find(f"{{{SECURITY}}}Security/{{{SECURITY}}}UsernameToken")
    if found is None:
        return None
    password = found.find(f"{{{SECURITY}}}Password")
    return Token(
        username=found.findtext(f"{{{SECURITY}}}Username", "").strip(),
        password="" if password is None else (password.text or "").strip(),
        is_digest=password is not None and password.get("Type", "") == DIGEST_TYPE,
        nonce=found.findtext(f"{{{SECURITY}}}Nonce", "").strip(),
        created=found.findtext(f"{{{UTILITY}}}Created", "").strip(),
    )
