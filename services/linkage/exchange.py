"""Rules as a JSON file that people can read, mail and edit; what comes in is checked first."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NoReturn

from services.core.codec import from_plain, to_plain
from services.core.errors import ServiceError
from services.domain.linkage import FEEDS_RULE, Rule, fault_of_rule

FORMAT = "shouwang_linkage"
FORMAT_VERSION = 1
MOST_BYTES = 1_000_000
MOST_RULES = 200
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
# Given anew on the way in: they belong to a database, not to a rule.
_OWN = ("version", "row_version")


def rules_to_text(rules: Sequence[Rule]) -> str:
    """As a file; the order of the rules stays."""
    plain = []
    for rule in rules:
        one = to_plain(rule)
        assert isinstance(one, dict)
        plain.append({key: value for key, value in one.items() if key not in _OWN})
    whole = {FORMAT: FORMAT_VERSION, "rules": plain}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def rules_from_text(text: str) -> list[Rule]:
    """Raises ServiceError: linkage.file_too_large(most_kb); for the first thing that is wrong
    linkage.file_invalid(where, reason) or linkage.rule_invalid(where, name, fault)."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise ServiceError("linkage.file_too_large", most_kb=MOST_BYTES // 1000)
    whole = _parsed(text)
    if not isinstance(whole, dict) or whole.get(FORMAT) != FORMAT_VERSION:
        _refuse("1", f"{FORMAT}: {FORMAT_VERSION}")
    rules = whole.get("rules")
    if not isinstance(rules, list) or not 1 <= len(rules) <= MOST_RULES:
        _refuse("rules", f"1..{MOST_RULES}")
    made = [_rule(plain, f"rules[{at}]") for at, plain in enumerate(rules)]
    for what in ("id", "name"):
        seen: set[str] = set()
        for at, rule in enumerate(made):
            value = str(getattr(rule, what)).casefold()
            if value and value in seen:
                _refuse(f"rules[{at}].{what}", f"{what} {value!r} ×2")
            seen.add(value)
    return made


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        _refuse(f"{error.lineno}:{error.colno}", error.msg)
    except (ValueError, RecursionError) as error:
        _refuse("1", str(error))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _rule(plain: object, where: str) -> Rule:
    if not isinstance(plain, dict):
        _refuse(where, "{…}")
    plain = {**plain, "version": 1, "row_version": 1}
    plain.setdefault("id", "")
    plain.setdefault("name_en", "")
    try:
        rule = from_plain(Rule, plain)
        unknown = _unknown(plain, to_plain(rule), where)
    except (ValueError, RecursionError) as error:
        reason, _, inside = str(error).partition(" - at `$")
        _refuse(where + inside.rstrip("`"), f"{type(error).__name__}: {reason}"[:200])
    if unknown:
        # A misspelt word that is left out silently would be a rule that does less than it says.
        _refuse(unknown, "?")
    if rule.id and (not _ID.fullmatch(rule.id) or rule.id == FEEDS_RULE):
        _refuse(f"{where}.id", rule.id[:40])
    fault = fault_of_rule(rule)
    if fault:
        raise ServiceError("linkage.rule_invalid", where=where, name=rule.name[:40], fault=fault)
    return rule


def _unknown(given: object, known: object, where: str) -> str:
    """Where something stands that no rule has; "" when there is nothing."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            found = f"{where}.{key}" if key not in known else _unknown(value, known[key], f"{where}.{key}")
            if found:
                return found
    if isinstance(given, list) and isinstance(known, list):
        pairs = enumerate(zip(given, known, strict=False))
        return next(filter(None, (_unknown(one, other, f"{where}[{at}]") for at, (one, other) in pairs)), "")
    return ""


def _refuse(where: str, reason: str) -> NoReturn:
    raise ServiceError("linkage.file_invalid", where=where, reason=reason)
