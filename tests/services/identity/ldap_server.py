"""A small LDAP server over real sockets and real TLS: bind, search, StartTLS, as RFC 4511 has them.

Its messages are read and written with pyasn1 by the ASN.1 of RFC 4511 that comes with ldap3: the encoding on
the wire is the standard's, what it answers is ours.
"""

from __future__ import annotations

import socket
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path

from ldap3.protocol.rfc4511 import (
    LDAPDN,
    URI,
    AttributeDescription,
    AttributeValue,
    BindResponse,
    ExtendedResponse,
    LDAPMessage,
    LDAPString,
    MessageID,
    PartialAttribute,
    PartialAttributeList,
    ProtocolOp,
    ResultCode,
    SearchResultDone,
    SearchResultEntry,
    Vals,
)
from pyasn1.codec.ber import decoder, encoder

START_TLS = "1.3.6.1.4.1.1466.20037"
SUCCESS, REFERRAL, BUSY, INVALID = 0, 10, 51, 49


@dataclass(frozen=True)
class Entry:
    """password None: a bind without a password works too, as the standard has it."""

    bind: str
    password: str
    attributes: dict[str, tuple[str, ...]]


@dataclass
class LdapServer:
    """certificate: PEM of key and certificate. refers_to: the URL of another server, to which what refers_at
    names is sent on. says_instead: of every answer, whatever it is. heard: (what, over TLS or
    not) in the order they came."""

    certificate: Path
    entries: tuple[Entry, ...]
    speaks_tls_first: bool = True
    knows_start_tls: bool = True
    bind_result: int | None = None
    refers_to: str = ""
    refers_at: str = "searchRequest"
    says_instead: bytes = b""
    heard: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(self.certificate)
        self._thread = threading.Thread(target=self._serve, name="ldap-server")
        self._thread.start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            line.settimeout(5)
            try:
                self._speak(line)
            except (OSError, ssl.SSLError):
                line.close()

    def _speak(self, line: socket.socket) -> None:
        if self.speaks_tls_first:
            line = self._tls.wrap_socket(line, server_side=True)
        who: Entry | None = None
        try:
            while True:
                raw = _read(line)
                if not raw:
                    return
                number, kind = _head(raw)
                self.heard.append((kind, isinstance(line, ssl.SSLSocket)))
                if self.refers_to and kind == self.refers_at:
                    _send(line, number, *_referred(kind, self.refers_to))
                elif self.says_instead:
                    line.sendall(self.says_instead)
                    return
                elif kind == "bindRequest":
                    who, code = self._bind(
                        decoder.decode(raw, asn1Spec=LDAPMessage())[0]["protocolOp"]["bindRequest"]
                    )
                    _send(line, number, "bindResponse", _result(BindResponse(), code))
                elif kind == "extendedReq":
                    code = SUCCESS if self.knows_start_tls else 2
                    _send(line, number, "extendedResp", _result(ExtendedResponse(), code))
                    if self.knows_start_tls:
                        line = self._tls.wrap_socket(line, server_side=True)
                elif kind == "searchRequest":
                    # The person's own name is in the filter, whatever its shape.
                    if who is not None and who.bind.partition("@")[0].encode() in raw:
                        _send(line, number, "searchResEntry", _entry(who))
                    _send(line, number, "searchResDone", _result(SearchResultDone(), SUCCESS))
                else:
                    return
        finally:
            line.close()  # the one in TLS, where it has turned to it

    def _bind(self, request: object) -> tuple[Entry | None, int]:
        name = str(request["name"])  # type: ignore[index]
        password = str(request["authentication"]["simple"])  # type: ignore[index]
        if self.bind_result is not None:
            return None, self.bind_result
        found = next((entry for entry in self.entries if entry.bind == name), None)
        if found is None or password not in ("", found.password):
            return None, INVALID
        return found, SUCCESS


def _read(line: socket.socket) -> bytes:
    """One whole message; empty at the end."""
    head = line.recv(2)
    if len(head) < 2:
        return b""
    length = head[1]
    if length & 0x80:
        more = line.recv(length & 0x7F)
        head, length = head + more, int.from_bytes(more, "big")
    body = b""
    while len(body) < length:
        part = line.recv(length - len(body))
        if not part:
            return b""
        body += part
    return head + body


def _head(raw: bytes) -> tuple[int, str]:
    """Number and kind: the tags of RFC 4511 4.2, 4.3, 4.5 and 4.12. pyasn1 cannot read filters of filters."""
    start = 2 + (raw[1] & 0x7F if raw[1] & 0x80 else 0)
    length = raw[start + 1]
    number = int.from_bytes(raw[start + 2 : start + 2 + length], "big")
    kinds = {0x60: "bindRequest", 0x42: "unbindRequest", 0x63: "searchRequest", 0x77: "extendedReq"}
    return number, kinds.get(raw[start + 2 + length], "other")


def _send(line: socket.socket, number: int, kind: str, op: object) -> None:
    message = LDAPMessage()
    message["messageID"] = MessageID(number)
    message["protocolOp"] = ProtocolOp().setComponentByName(kind, op)
    line.sendall(encoder.encode(message))


def _result(response: object, code: int) -> object:
    response["resultCode"] = ResultCode(code)  # type: ignore[index]
    response["matchedDN"] = LDAPDN("")  # type: ignore[index]
    response["diagnosticMessage"] = LDAPString("")  # type: ignore[index]
    return response


def _referred(kind: str, url: str) -> tuple[str, object]:
    """The answer to `kind` that names another server."""
    name, response = {
        "bindRequest": ("bindResponse", BindResponse()),
        "extendedReq": ("extendedResp", ExtendedResponse()),
        "searchRequest": ("searchResDone", SearchResultDone()),
    }[kind]
    referred = _result(response, REFERRAL)
    referred["referral"][0] = URI(url)  # type: ignore[index]
    return name, referred


def _entry(entry: Entry) -> object:
    found = SearchResultEntry()
    found["object"] = LDAPDN(entry.bind)
    attributes = PartialAttributeList()
    for number, (name, values) in enumerate(entry.attributes.items()):
        attribute = PartialAttribute()
        attribute["type"] = AttributeDescription(name)
        held = Vals()
        for index, value in enumerate(values):
            held.setComponentByPosition(index, AttributeValue(value.encode()))
        attribute["vals"] = held
        attributes.setComponentByPosition(number, attribute)
    found["attributes"] = attributes
    return found
