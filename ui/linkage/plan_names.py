"""The names of plans, for rules and records that keep their ids only."""

from __future__ import annotations

from collections.abc import Mapping

from ui.text.places import local_name_of

# By id: Chinese, English.
_known: dict[str, tuple[str, str]] = {}


def learn_plans(names: Mapping[str, tuple[str, str]]) -> None:
    _known.clear()
    _known.update(names)


def plan_name(plan_id: str) -> str:
    """In the language of the moment; the id itself for a plan that nobody knows any more."""
    names = _known.get(plan_id)
    return local_name_of(*names) if names else plan_id


def known_plans() -> list[tuple[str, str]]:
    """Id and name, by name."""
    return sorted(((plan_id, plan_name(plan_id)) for plan_id in _known), key=lambda one: one[1])
