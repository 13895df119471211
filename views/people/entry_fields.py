"""Which fields guards, posts and teams have, in the order a person fills them in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.site import Guard, GuardNo, Post, PostKind, PostNo, Site, SiteEntry, Team, TeamNo
from ui.entries.fields import Field, FieldKind
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local_name
from ui.text.reasons import SKILLS, skill_name

MOST_STAFF = 100


def _posts(site: Site) -> list[tuple[object, str]]:
    none = QCoreApplication.translate("PeopleFields", "机动，不属岗位")
    return [(None, none), *((post.no, f"{post.no} {local_name(post)}") for post in site.posts)]


def _teams(site: Site) -> list[tuple[object, str]]:
    none = QCoreApplication.translate("PeopleFields", "不分班组")
    return [("", none), *((team.no, f"{team.no} {local_name(team)}") for team in site.teams)]


def _leaders(site: Site) -> list[tuple[object, str]]:
    none = QCoreApplication.translate("PeopleFields", "没有指定")
    return [("", none), *((guard.no, f"{guard.no} {local_name(guard)}") for guard in site.guards)]


def _kinds(_site: Site) -> list[tuple[object, str]]:
    return [(kind, name_of(kind)) for kind in PostKind]


def _skills(_site: Site) -> list[tuple[object, str]]:
    return [(skill, skill_name(skill)) for skill in SKILLS]


_NAME = Field("name", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "名称"))
_NAME_EN = Field("name_en", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "英文名称"))
FIELDS: dict[type[object], tuple[Field, ...]] = {
    Guard: (
        Field("name", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "姓名")),
        Field("name_en", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "英文姓名")),
        Field("team", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "班组"), _teams),
        Field("post", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "岗位"), _posts),
        Field("radio_id", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "对讲机")),
        Field("phone", FieldKind.TEXT, QT_TRANSLATE_NOOP("EntryFields", "电话")),
        Field(
            "skills",
            FieldKind.TICKS,
            QT_TRANSLATE_NOOP("EntryFields", "技能"),
            _skills,
            hint=QT_TRANSLATE_NOOP("EntryFields", "其他技能，用空格隔开"),
        ),
    ),
    Post: (
        _NAME,
        _NAME_EN,
        Field("kind", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "种类"), _kinds),
        Field("min_staff", FieldKind.WHOLE, QT_TRANSLATE_NOOP("EntryFields", "最少人数"), most=MOST_STAFF),
    ),
    Team: (
        _NAME,
        _NAME_EN,
        Field("leader", FieldKind.CHOICE, QT_TRANSLATE_NOOP("EntryFields", "带班人"), _leaders),
    ),
}


def blank(kind: type[SiteEntry], site: Site) -> SiteEntry:
    """What an empty form starts from; without a number it gets the next free one."""
    middle = (round(site.width_m / 2, 1), round(site.height_m / 2, 1))
    if kind is Post:
        return Post(PostNo(""), "", "", PostKind.FIXED, middle)
    if kind is Team:
        return Team(TeamNo(""), "", "")
    return Guard(GuardNo(""), "", "", "", "", (), None, middle)
