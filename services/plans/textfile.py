"""A plan as one readable TOML file: what comes with the program, and what sites hand to each other."""

from __future__ import annotations

import tomllib
from typing import NoReturn

from services.core.codec import from_plain, to_plain
from services.core.errors import ServiceError
from services.domain.plan_checks import fault_of_size
from services.domain.plans import PlanText

MOST_BYTES = 500_000
# As a person writes [[step]]: one table is one of them.
_LISTS = {
    "role": "roles",
    "call": "call_tree",
    "resource": "resources",
    "document": "documents",
    "dont": "donts",
    "step": "steps",
}


def plan_from_toml(text: str, file: str) -> PlanText:
    """Steps are not judged.

    Raises ServiceError("plans.file_invalid", file, where, reason) for the first thing that is wrong; a word
    that no plan has is wrong too.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        _refuse(file, "1", f"> {MOST_BYTES // 1000} kB")
    try:
        whole = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _refuse(file, "1", str(error))
    plain = {_LISTS.get(key, key): value for key, value in whole.items()}
    try:
        plan = from_plain(PlanText, plain)
    except (ValueError, RecursionError) as error:
        _refuse(file, "1", f"{type(error).__name__}: {error}"[:200])
    unknown = _unknown(plain, to_plain(plan), "")
    if unknown:
        _refuse(file, unknown, "?")
    fault = fault_of_size(plan)
    if fault:
        _refuse(file, "name", fault)
    return plan


def _unknown(given: object, known: object, where: str) -> str:
    """Where a word stands that no plan has: left out silently, a plan would say less than its file."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            found = f"{where}.{key}" if key not in known else _unknown(value, known[key], f"{where}.{key}")
            if found:
                return found.lstrip(".")
    if isinstance(given, list) and isinstance(known, list):
        for at, (one, other) in enumerate(zip(given, known, strict=True)):
            found = _unknown(one, other, f"{where}[{at}]")
            if found:
                return found.lstrip(".")
    return ""


def _refuse(file: str, where: str, reason: str) -> NoReturn:
    raise ServiceError("plans.file_invalid", file=file, where=where, reason=reason)
