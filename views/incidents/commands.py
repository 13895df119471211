"""The command line of the board: `派 12 3`, `退 12 3 对讲机故障`, `结 12 已劝离`; read and checked, pure.

12 is the incident's short number (that within its day, as on its card), 3 a guard's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from services.domain.board import Board
from services.domain.incidents import Dispatch, DispatchState, Incident
from services.domain.site import Guard, Site

Words = dict[str, str]


class Verb(Enum):
    SEND = "send"
    AGAIN = "again"
    RETURN = "return"
    CANCEL = "cancel"
    SIGNED = "signed"
    LEFT = "left"
    ARRIVED = "arrived"
    DONE = "done"
    BACKUP = "backup"
    CONTAIN = "contain"
    CLOSE = "close"
    NOTE = "note"
    OPEN = "open"
    HELP = "help"


# Chinese first, English last; all are understood in either language.
SPELLINGS: dict[Verb, tuple[str, ...]] = {
    Verb.SEND: ("派", "pai", "send"),
    Verb.AGAIN: ("再派", "zaipai", "again"),
    Verb.RETURN: ("退", "tui", "return"),
    Verb.CANCEL: ("撤", "取消", "che", "cancel"),
    Verb.SIGNED: ("签", "签收", "qian", "signed"),
    Verb.LEFT: ("出", "出警", "chu", "left"),
    Verb.ARRIVED: ("到", "到场", "dao", "arrived"),
    Verb.DONE: ("完", "完毕", "wan", "done"),
    Verb.BACKUP: ("增援", "zengyuan", "backup"),
    Verb.CONTAIN: ("控", "已控制", "kong", "contain"),
    Verb.CLOSE: ("结", "办结", "jie", "close"),
    Verb.NOTE: ("记", "备注", "ji", "note"),
    Verb.OPEN: ("看", "kan", "open"),
    Verb.HELP: ("帮助", "?", "？", "help"),
}
STEPS = {
    Verb.SIGNED: DispatchState.SIGNED,
    Verb.LEFT: DispatchState.EN_ROUTE,
    Verb.ARRIVED: DispatchState.ON_SCENE,
    Verb.DONE: DispatchState.DONE,
}
_OF_ORDERS = frozenset({Verb.AGAIN, Verb.RETURN, Verb.CANCEL, *STEPS})
_WITH_GUARDS = _OF_ORDERS | {Verb.SEND}
_NEEDS_TEXT = frozenset({Verb.RETURN, Verb.CANCEL, Verb.CLOSE, Verb.NOTE, Verb.BACKUP})
_LONGEST_FIRST = sorted(
    ((word, verb) for verb, words in SPELLINGS.items() for word in words), key=lambda one: -len(one[0])
)


class CommandError(Exception):
    """What is wrong with a line; `code` names a sentence."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params: Words = params


@dataclass(frozen=True, slots=True)
class Command:
    """A line that means something. orders: those it is about; guards: whom to send; units: of backup."""

    verb: Verb
    incident: Incident | None = None
    guards: tuple[Guard, ...] = ()
    orders: tuple[Dispatch, ...] = ()
    units: int = 1
    text: str = ""


def read(line: str, board: Board, site: Site) -> Command:
    """Raises CommandError."""
    verb, rest = _verb(line.strip())
    if verb is Verb.HELP:
        return Command(verb)
    number, rest = _number(rest)
    if not number:
        raise CommandError("incident_needed", verb=verb.value)
    incident = _incident(board, number)
    numbers: list[str] = []
    while verb in _WITH_GUARDS or (verb is Verb.BACKUP and not numbers):
        digits, after = _number(rest)
        if not digits:
            break
        numbers.append(digits)
        rest = after
    if verb in _NEEDS_TEXT and not rest:
        raise CommandError("text_needed", verb=verb.value)
    if verb is Verb.BACKUP:
        return Command(verb, incident, units=int(numbers[0]) if numbers else 1, text=rest)
    if verb is Verb.SEND:
        if not numbers:
            raise CommandError("guard_needed", verb=verb.value)
        return Command(verb, incident, guards=tuple(_guard(site, one) for one in numbers), text=rest)
    if verb in _OF_ORDERS:
        guards = tuple(_guard(site, one) for one in numbers)
        return Command(verb, incident, guards, _orders(board, verb, incident, guards), text=rest)
    return Command(verb, incident, text=rest)


def completions(line: str, board: Board, site: Site, *, in_english: bool = False) -> list[str]:
    """Whole lines that `line` may become: verbs, open incidents, then guards."""
    parts = line.split(" ")
    if len(parts) == 1:
        return [f"{spelling(verb, in_english=in_english)} " for verb in Verb if verb is not Verb.HELP]
    start = " ".join(parts[:-1])
    if len(parts) == 2:
        shown = sorted(_open(board), key=lambda one: one.received_at, reverse=True)
        return [f"{start} {one.short_no} " for one in shown]
    if parts[0].lower() in SPELLINGS[Verb.SEND]:
        return [f"{start} {number}" for guard in site.guards if (number := guard_number(guard.no))]
    return []


def spelling(verb: Verb, *, in_english: bool) -> str:
    """The word to show."""
    return SPELLINGS[verb][-1 if in_english else 0]


def guard_number(no: str) -> str:
    """3 for "G03"; "" for one without digits."""
    digits = re.sub(r"\D", "", no)
    return str(int(digits)) if digits else ""


def _verb(line: str) -> tuple[Verb, str]:
    low = line.lower()
    for word, verb in _LONGEST_FIRST:
        if not low.startswith(word):
            continue
        rest = line[len(word) :]
        # "jie12" is a verb and a number, "jieguo" is neither.
        if word.isascii() and word.isalpha() and rest[:1].isalpha():
            continue
        return verb, rest.strip()
    raise CommandError("unknown_verb", word=line.split(" ")[0])


def _number(text: str) -> tuple[str, str]:
    """The number that `text` begins with, and what follows; a full one may have letters and a dash."""
    found = re.match(r"#?((?:[A-Za-z]+\d{8}-)?\d+)(?=\s|$)\s*", text)
    return (found.group(1), text[found.end() :].strip()) if found else ("", text.strip())


def _open(board: Board) -> Iterable[Incident]:
    return (incident for incident in board.incidents.values() if incident.is_open)


def _incident(board: Board, number: str) -> Incident:
    if "-" in number:
        found = [one for one in _open(board) if one.incident_no.upper() == number.upper()]
    else:
        found = [one for one in _open(board) if one.short_no == int(number)]
    if not found:
        raise CommandError("no_incident", number=number)
    if len(found) > 1:
        raise CommandError("two_incidents", number=number, numbers=" ".join(one.incident_no for one in found))
    return found[0]


def _guard(site: Site, number: str) -> Guard:
    found = [guard for guard in site.guards if guard_number(guard.no) == str(int(number))]
    if not found:
        raise CommandError("no_guard", number=number)
    if len(found) > 1:
        raise CommandError("two_guards", number=number, numbers=" ".join(guard.no for guard in found))
    return found[0]


def _orders(board: Board, verb: Verb, incident: Incident, guards: tuple[Guard, ...]) -> tuple[Dispatch, ...]:
    """Of the guards named; without any, the only order there is."""
    wanted = {DispatchState.RETURNED} if verb is Verb.AGAIN else None
    held = [
        order
        for order in board.dispatches_of(incident.id)
        if (order.state in wanted if wanted else order.is_running or order.state is DispatchState.RETURNED)
    ]
    if not guards:
        if len(held) != 1:
            raise CommandError("guard_needed", verb=verb.value)
        return tuple(held)
    found = []
    for guard in guards:
        of_guard = [order for order in held if guard.no in order.guards]
        if not of_guard:
            raise CommandError("no_order", guard=guard.name, number=str(incident.short_no))
        found.append(of_guard[-1])
    return tuple(found)
