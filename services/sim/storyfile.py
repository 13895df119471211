"""Reads and checks a story file (TOML): a wrong one is refused with the place and the reason."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from services.core.errors import ServiceError
from services.domain.site import Point, Site
from services.sim.actors import Actor, Look, Mark, Moment, Pose

QUALIFIERS = ("new", "restore")
CROWD_LIMIT = 400

K = TypeVar("K", bound=StrEnum)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class StoryFile:
    """What a story file says, checked. is_repeated: its signals come again in every round."""

    name: str
    starts_at: datetime
    crowd_people: int
    crowd_seed: int
    actors: tuple[Actor, ...]
    moments: tuple[Moment, ...]
    is_repeated: bool = True


def read_story(document: dict[str, object], site: Site, period_s: float, file: str = "") -> StoryFile:
    """Check parsed TOML against `site`; raises ServiceError("sim.story_invalid", file, where, reason)."""
    reader = _Reader(file, site, period_s)
    story = reader.table(document, "story")
    crowd = reader.table(document, "crowd") if "crowd" in document else {}
    return StoryFile(
        name=reader.field(story, "story", "name", str),
        starts_at=reader.field(story, "story", "starts_at", datetime),
        crowd_people=reader.whole(crowd, "crowd", "people", 0, CROWD_LIMIT),
        crowd_seed=reader.whole(crowd, "crowd", "seed", 0, 2**31),
        actors=reader.each(document, "actor", reader.actor),
        moments=reader.each(document, "moment", reader.moment),
        is_repeated=reader.truth(story, "story", "repeats", True),
    )


class _Reader:
    """Checks one document; every refusal says where."""

    def __init__(self, file: str, site: Site, period_s: float) -> None:
        self._file = file
        self._site = site
        self._period_s = period_s

    def refuse(self, where: str, reason: str) -> ServiceError:
        return ServiceError("sim.story_invalid", file=self._file, where=where, reason=reason)

    def table(self, document: dict[str, object], name: str) -> dict[str, object]:
        found = document.get(name)
        if not isinstance(found, dict):
            raise self.refuse(name, "a table is missing")
        return found

    def each(
        self, document: dict[str, object], name: str, read: Callable[[dict[str, object], str], V]
    ) -> tuple[V, ...]:
        entries = document.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.refuse(name, "must be a list of tables")
        return tuple(read(entry, f"{name}[{i + 1}]") for i, entry in enumerate(entries))

    def field(self, table: dict[str, object], where: str, name: str, kind: type[V]) -> V:
        value = table.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.refuse(f"{where}.{name}", f"must be a {kind.__name__}")
        return value

    def number(
        self, table: dict[str, object], where: str, name: str, low: float, high: float, default: float
    ) -> float:
        value = table.get(name, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise self.refuse(f"{where}.{name}", f"must be a number from {low:g} to {high:g}")
        return float(value)

    def whole(self, table: dict[str, object], where: str, name: str, low: int, high: int) -> int:
        value = self.number(table, where, name, low, high, low)
        if value != int(value):
            raise self.refuse(f"{where}.{name}", "must be a whole number")
        return int(value)

    def truth(self, table: dict[str, object], where: str, name: str, default: bool) -> bool:
        value = table.get(name, default)
        if not isinstance(value, bool):
            raise self.refuse(f"{where}.{name}", "must be true or false")
        return value

    def choice(self, table: dict[str, object], where: str, name: str, kinds: type[K], default: K) -> K:
        value = table.get(name, default.value)
        known = {kind.value: kind for kind in kinds}
        if not isinstance(value, str) or value not in known:
            raise self.refuse(f"{where}.{name}", f"must be one of {', '.join(known)}")
        return known[value]

    def time(self, table: dict[str, object], where: str, name: str) -> float:
        if name not in table:
            raise self.refuse(f"{where}.{name}", "is missing")
        return self.number(table, where, name, 0.0, self._period_s, 0.0)

    def point(self, value: object, where: str) -> Point:
        is_pair = isinstance(value, list) and len(value) == 2
        if not is_pair or not all(isinstance(v, int | float) and not isinstance(v, bool) for v in value):  # type: ignore[attr-defined]
            raise self.refuse(where, "must be a pair of metres [x, y]")
        assert isinstance(value, list)
        return (float(value[0]), float(value[1]))

    def colour(self, table: dict[str, object], where: str) -> tuple[int, int, int]:
        text = table.get("colour", "#5a5a5a")
        digits = text[1:] if isinstance(text, str) and text.startswith("#") else ""
        if len(digits) != 6 or any(c not in "0123456789abcdefABCDEF" for c in digits):
            raise self.refuse(f"{where}.colour", "must be #rrggbb")
        return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))

    def actor(self, table: dict[str, object], where: str) -> Actor:
        return Actor(
            no=self.field(table, where, "no", str),
            look=self.choice(table, where, "look", Look, Look.PERSON),
            marks=self._marks(table, where),
            colour=self.colour(table, where),
            height_m=self.number(table, where, "height_m", 0.5, 4.0, 1.72),
        )

    def _marks(self, table: dict[str, object], where: str) -> tuple[Mark, ...]:
        marks = self.each(table, "track", lambda entry, inner: self.mark(entry, f"{where}.{inner}"))
        if len(marks) < 2:
            raise self.refuse(f"{where}.track", "needs at least two marks")
        if any(b.at_s <= a.at_s for a, b in itertools.pairwise(marks)):
            raise self.refuse(f"{where}.track", "times must grow")
        return marks

    def mark(self, table: dict[str, object], where: str) -> Mark:
        return Mark(
            at_s=self.time(table, where, "t"),
            point=self.point(table.get("at"), f"{where}.at"),
            lift_m=self.number(table, where, "lift", 0.0, 20.0, 0.0),
            pose=self.choice(table, where, "pose", Pose, Pose.WALK),
        )

    def moment(self, table: dict[str, object], where: str) -> Moment:
        zone = self.field(table, where, "zone", str)
        if self._site.zone(zone) is None:
            raise self.refuse(f"{where}.zone", f"the site has no zone {zone}")
        qualifier = self.field(table, where, "qualifier", str)
        if qualifier not in QUALIFIERS:
            raise self.refuse(f"{where}.qualifier", f"must be one of {', '.join(QUALIFIERS)}")
        return Moment(self.time(table, where, "t"), zone, qualifier)
