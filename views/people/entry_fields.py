"""Which fields guards, posts and teams have, in the order a person fills them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from services.devices.entries import SiteEntry
from services.domain.site import Guard, GuardNo, Post, PostKind, PostNo, Site, Team, TeamNo
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local_name

MOST_STAFF = 100
LONGEST = 100

Choices = Callable[[Site], Sequence[tuple[object, str]]]


@dataclass(frozen=True, slots=True)
class Field:
    """name: of the entry's attribute. choices: of a closed set. is_list: several words, by spaces."""

    name: str
    label: str
    choices: Choices | None = None
    is_number: bool = False
    is_list: bool = False
    hint: str = ""

    @property
    def label_text(self) -> str:
        return QCoreApplication.translate("PeopleFields", self.label)

    @property
    def hint_text(self) -> str:
        return QCoreApplication.translate("PeopleFields", self.hint) if self.hint else ""


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


_NAME = Field("name", QT_TRANSLATE_NOOP("PeopleFields", "名称"))
_NAME_EN = Field("name_en", QT_TRANSLATE_NOOP("PeopleFields", "英文名称"))
FIELDS: dict[type[object], tuple[Field, ...]] = {
    Guard: (
        Field("name", QT_TRANSLATE_NOOP("PeopleFields", "姓名")),
        Field("name_en", QT_TRANSLATE_NOOP("PeopleFields", "英文姓名")),
        Field("team", QT_TRANSLATE_NOOP("PeopleFields", "班组"), _teams),
        Field("post", QT_TRANSLATE_NOOP("PeopleFields", "岗位"), _posts),
        Field("radio_id", QT_TRANSLATE_NOOP("PeopleFields", "对讲机")),
        Field("phone", QT_TRANSLATE_NOOP("PeopleFields", "电话")),
        Field(
            "skills",
            QT_TRANSLATE_NOOP("PeopleFields", "技能"),
            is_list=True,
            hint=QT_TRANSLATE_NOOP(
                "PeopleFields",
                "用空格隔开：fire 消防、first_aid 急救、driving 驾驶、riot 防暴，或自己的词",
            ),
        ),
    ),
    Post: (
        _NAME,
        _NAME_EN,
        Field("kind", QT_TRANSLATE_NOOP("PeopleFields", "种类"), _kinds),
        Field("min_staff", QT_TRANSLATE_NOOP("PeopleFields", "最少人数"), is_number=True),
    ),
    Team: (
        _NAME,
        _NAME_EN,
        Field("leader", QT_TRANSLATE_NOOP("PeopleFields", "带班人"), _leaders),
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


class ChoiceBox(QComboBox):
    """A combo box that gives back the very value it was given; Qt turns enums into bare texts."""

    def __init__(self, choices: Sequence[tuple[object, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = [value for value, _text in choices]
        self.addItems([text for _value, text in choices])

    @property
    def value(self) -> object:
        return self._values[self.currentIndex()] if self._values else ""

    @value.setter
    def value(self, value: object) -> None:
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)


def widget_of(field: Field, site: Site, value: object, parent: QWidget) -> QWidget:
    if field.choices is not None:
        box = ChoiceBox(field.choices(site), parent)
        box.value = value
        return box
    if field.is_number:
        number = QSpinBox(parent)
        number.setRange(0, MOST_STAFF)
        number.setValue(int(str(value)))
        return number
    line = QLineEdit(parent)
    line.setMaxLength(LONGEST)
    line.setText(" ".join(value) if isinstance(value, tuple) else str(value))
    return line


def value_of(widget: QWidget, field: Field) -> object:
    match widget:
        case ChoiceBox():
            return widget.value
        case QSpinBox():
            return widget.value()
        case QLineEdit() if field.is_list:
            return tuple(dict.fromkeys(widget.text().replace(",", " ").replace("，", " ").split()))
        case QLineEdit():
            return widget.text().strip()
    raise TypeError(type(widget).__name__)
