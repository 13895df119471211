"""Which of an entity's two names to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from services.domain.drills import DRILL_OVER, DRILL_PLAYER
from services.domain.people import SIMULATED_GUARDS
from services.domain.plan_steps import YES_NO_CHOICES
from services.domain.site import UNPLACED, Site
from ui.i18n import is_english
from ui.text.component_names import COMPONENT_NAMES

# English by Chinese name of everything the site names; records keep the Chinese name only.
UNPLACED_EN = "Not placed"

_english: dict[str, str] = {}
# Of what records name that is no part of the site: plans, their steps and answers, drills.
_more: dict[str, str] = {
    **{choice.label: choice.label_en for choice in YES_NO_CHOICES},
    DRILL_OVER: "The drill is over",
    DRILL_PLAYER: "Drill player",
    SIMULATED_GUARDS: "Simulated guard",
    **COMPONENT_NAMES,
}


class TwoNamed(Protocol):
    """Anything with a Chinese and an English name."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def local_name(entity: TwoNamed) -> str:
    """The name in the language of the moment; the other one when it is empty."""
    if is_english():
        return entity.name_en or entity.name
    return entity.name or entity.name_en


def local_name_of(name: str, name_en: str) -> str:
    """Like `local_name`, for two names that are no entity's."""
    return (name_en or name) if is_english() else (name or name_en)


def learn_names(site: Site) -> None:
    """Take the site's English names, so that records can be read in English too; call it at log-in."""
    _english.clear()
    _english[UNPLACED] = UNPLACED_EN
    named = (
        site.areas,
        site.walls,
        site.gates,
        site.posts,
        site.panels,
        site.cameras,
        site.guards,
        site.zones,
    )
    for entities in named:
        _english.update({entity.name: entity.name_en for entity in entities if entity.name_en})
    _english.update({output.name: output.name_en for output in site.outputs if output.name_en})
    _english.update({line.reason: line.reason_en for line in site.interlocks if line.reason_en})
    # Last: the site says of these words outright what they are as places.
    _english.update({place.name: place.name_en for place in site.places})


def learn_more(names: Mapping[str, str]) -> None:
    """English by Chinese of more words that records hold; those without English are left out."""
    _more.update({name: english for name, english in names.items() if name and english})


def local(name: str) -> str:
    """A name out of a record (place, guard, title) in the language of the moment, if it is known."""
    return english(name) if is_english() else name


def local_lines(note: str) -> list[str]:
    """What a device said, line by line; a known word at a line's start in the language of the moment."""
    heads = (line.partition(" ") for line in note.splitlines())
    return [f"{local(head)}{gap}{rest}" for head, gap, rest in heads]


def english(name: str) -> str:
    """The English of a name out of a record, or of all parts of one that says what is the matter, as
    "东门主机：通信中断"; the name itself when one is not known."""
    parts, rest = list[str](), name
    # A loop: what a device says may be a thousand colons, deeper than calls may go.
    while not _known(rest):
        head, _, rest = rest.partition("：")
        if not _known(head):
            return name
        parts.append(_known(head))
    return ": ".join([*parts, _known(rest)])


def _known(name: str) -> str:
    """ "" when none is known."""
    return _english.get(name) or _more.get(name) or ""
