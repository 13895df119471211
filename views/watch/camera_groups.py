"""How the camera list is grouped and searched; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.domain.site import Camera
from ui.search import SearchIndex
from ui.text.places import english, local_name


class Grouping(StrEnum):
    """By what the list is grouped."""

    PLACE = "place"
    BUILDING = "building"
    FLOOR = "floor"


# A group's key: what the site calls it. FAVOURITES: the user's own group; "" of building: outdoors.
GroupKey = tuple[str, ...]
FAVOURITES: GroupKey = ("*",)


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the list with the cameras under it."""

    key: GroupKey
    cameras: tuple[Camera, ...]


def grouped(
    cameras: Sequence[Camera], grouping: Grouping, favourites: Collection[str] = frozenset()
) -> list[Group]:
    """The favourites first, then groups in the order of their first camera, the outdoors last."""
    found: dict[GroupKey, list[Camera]] = {}
    for camera in cameras:
        found.setdefault(_KEYS[grouping](camera), []).append(camera)
    groups = [Group(key, tuple(inside)) for key, inside in found.items()]
    groups.sort(key=lambda group: not any(group.key))
    starred = tuple(camera for camera in cameras if camera.no in favourites)
    return [Group(FAVOURITES, starred), *groups] if starred else groups


def search_index(cameras: Sequence[Camera]) -> SearchIndex:
    """By number, both names and where it is, in both languages."""
    return SearchIndex([_known_by(camera) for camera in cameras])


def camera_title(camera: Camera) -> str:
    return f"{camera.no} {local_name(camera)}"


def _known_by(camera: Camera) -> tuple[str, ...]:
    return (
        f"{camera.no} {camera.name}",
        f"{camera.no} {camera.name_en}",
        camera.place,
        english(camera.place),
        f"{camera.building} {camera.floor}",
        english(camera.building),
    )


_KEYS: dict[Grouping, Callable[[Camera], GroupKey]] = {
    Grouping.PLACE: lambda camera: (camera.place,),
    Grouping.BUILDING: lambda camera: (camera.building,),
    Grouping.FLOOR: lambda camera: (camera.building, camera.floor),
}
