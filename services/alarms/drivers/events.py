"""The events inside a DC-09 data field: ADM-CID (Contact ID) and SIA-DCS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from services.domain.alarms import Qualifier

# Kept as code of what has a right checksum and cannot be read: raised as unknown, never dropped.
UNREADABLE = "?"

_ACCOUNT = re.compile(r"#(?P<account>[0-9A-Za-z]{1,16})(?:\||$)")
_CONTACT_ID = re.compile(
    r"(?P<qualifier>[0-9A-Za-z])(?P<code>[0-9A-Fa-f]{3}) ?(?P<group>[0-9A-Fa-f]{2}) ?(?P<zone>[0-9A-Fa-f]{3})"
)
_QUALIFIERS = {
    "1": Qualifier.NEW,
    "E": Qualifier.NEW,
    "3": Qualifier.RESTORE,
    "R": Qualifier.RESTORE,
    "6": Qualifier.STILL,
}
# A number may be hexadecimal when nothing but a separator follows; "BA003CL005" holds two codes.
_NUMBER = r"(?:[0-9A-F]{1,7}(?=[/^*]|$)|[0-9]{1,8})"
_MODIFIER = re.compile(r"(?P<kind>[a-z]{2})(?P<value>[0-9:.\-]*)(?:\^(?P<text>[^^]*)\^?)?/?")
_CODE = re.compile(rf"(?P<code>[A-Z]{{2}})(?P<zone>{_NUMBER})?(?:\*[^/^]*)?(?:\^(?P<text>[^^]*)\^?)?/?")


@dataclass(frozen=True, slots=True)
class PanelEvent:
    """One event as written; account: as in the data field, empty when only the header names one.

    at: the event's own time of day, when the panel tells one apart from the frame's.
    """

    account: str
    code: str
    qualifier: Qualifier
    zone: int = 0
    partition: int = 0
    text: str = ""
    at: time | None = None


def read_contact_id(data: str) -> tuple[PanelEvent, ...]:
    """The event of an ADM-CID (or HENG-BO) field; what cannot be read comes back as UNREADABLE."""
    account, rest = _split_account(data)
    found = _CONTACT_ID.match(rest)
    if found is None:
        return (PanelEvent(account, UNREADABLE, Qualifier.NEW, text=data),)
    return (
        PanelEvent(
            account=account,
            code=found["code"].upper(),
            qualifier=_QUALIFIERS.get(found["qualifier"].upper(), Qualifier.NEW),
            zone=_number(found["zone"]),
            partition=_number(found["group"]),
            text=rest[found.end() :].strip("| "),
        ),
    )


def read_sia(data: str) -> tuple[PanelEvent, ...]:
    """The events of a SIA-DCS field, in order; what cannot be read comes back as UNREADABLE.

    Whether a two-letter code is an alarm or its restoral is for the code table to say.
    """
    account, rest = _split_account(data)
    texts = [block[1:].strip() for block in rest.split("|") if block[:1] == "A"]
    events: list[PanelEvent] = []
    for block in rest.split("|"):
        if block[:1] in ("N", "O"):
            events += _read_block(account, block)
    if not events:
        return (PanelEvent(account, UNREADABLE, Qualifier.NEW, text=data),)
    if not texts:
        return tuple(events)
    return tuple(_with_text(event, " ".join(texts)) for event in events)


def _read_block(account: str, block: str) -> list[PanelEvent]:
    """One N (new) or O (old) block: modifiers hold for every code that follows them."""
    qualifier = Qualifier.NEW if block[0] == "N" else Qualifier.STILL
    events: list[PanelEvent] = []
    partition, at, position = 0, None, 1
    while position < len(block):
        modifier = _MODIFIER.match(block, position)
        if modifier is not None:
            position = modifier.end()
            if modifier["kind"] == "ti":
                at = _time_of_day(modifier["value"])
            elif modifier["kind"] == "ri" and modifier["value"].isdigit():
                partition = int(modifier["value"][:9])
            continue
        code = _CODE.match(block, position)
        if code is None:
            events.append(PanelEvent(account, UNREADABLE, Qualifier.NEW, text=block[position:]))
            break
        position = code.end()
        zone = _number(code["zone"] or "0")
        events.append(PanelEvent(account, code["code"], qualifier, zone, partition, code["text"] or "", at))
    return events


def _with_text(event: PanelEvent, text: str) -> PanelEvent:
    joined = f"{event.text} {text}".strip()
    return PanelEvent(
        event.account, event.code, event.qualifier, event.zone, event.partition, joined, event.at
    )


def _split_account(data: str) -> tuple[str, str]:
    found = _ACCOUNT.match(data)
    if found is None:
        return "", data.lstrip("|")
    return found["account"].upper(), data[found.end() :]


def _number(digits: str) -> int:
    """Zones are written in decimal; a panel that writes a letter means hexadecimal."""
    return int(digits) if digits.isdigit() else int(digits, 16)


def _time_of_day(value: str) -> time | None:
    """`ti` holds HH:MM or HH:MM:SS."""
    try:
        hour, minute, *rest = (int(part) for part in value.split(":"))
        return time(hour, minute, rest[0] if rest else 0)
    except ValueError:
        return None
