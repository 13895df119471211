"""What the columns of a table in a plan mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from services.plans.importing_words import Section


class Meaning(StrEnum):
    STEP = "step"
    TEXT = "text"
    ROLE = "role"
    DEADLINE = "deadline"
    WHO = "who"
    NUMBER = "number"
    DUTY = "duty"
    THING = "thing"
    AMOUNT = "amount"
    PLACE = "place"
    ORDER = "order"


# The first that fits; what stands in brackets behind a heading does not count.
_WORDS: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (Meaning.ORDER, ("序号", "编号", "no.", "no", "#")),
    (Meaning.DEADLINE, ("时限", "时间", "限时", "deadline", "time")),
    (Meaning.NUMBER, ("电话", "号码", "手机", "联系方式", "number", "telephone", "phone")),
    (Meaning.AMOUNT, ("数量", "amount", "quantity")),
    (Meaning.PLACE, ("存放", "地点", "位置", "where", "place", "location")),
    (Meaning.DUTY, ("职责", "分工", "任务", "duty", "duties")),
    (
        Meaning.ROLE,
        ("责任", "负责", "执行人", "岗位", "角色", "由谁", "role", "owner", "responsible"),
    ),
    (Meaning.THING, ("物资", "器材", "装备", "品名", "resource", "equipment", "item")),
    (Meaning.WHO, ("姓名", "单位", "部门", "联系人", "打给谁", "name", "who", "contact")),
    (Meaning.TEXT, ("说明", "备注", "要求", "要点", "注意", "remarks", "note", "details")),
    (
        Meaning.STEP,
        ("步骤", "做什么", "处置", "内容", "措施", "流程", "行动", "step", "action"),
    ),
)
Columns = Mapping[int, Meaning]


def columns_of(cells: Sequence[str]) -> Columns:
    """Of a row that could be the heading of a table; empty when it is none."""
    if sum(bool(cell) for cell in cells) < 2 or any(len(cell) > 20 for cell in cells):
        return {}
    found: dict[int, Meaning] = {}
    for at, cell in enumerate(cells):
        meaning = _meaning(cell)
        if meaning is not None and meaning not in found.values():
            found[at] = meaning
    return found if section_of_columns(found) is not None else {}


def section_of_columns(columns: Columns) -> Section | None:
    """What the rows below are; None when it cannot be told."""
    has = set(columns.values())
    if {Meaning.NUMBER} <= has and has & {Meaning.WHO, Meaning.ROLE}:
        return Section.CALLS
    if {Meaning.THING, Meaning.AMOUNT} <= has:
        return Section.RESOURCES
    if Meaning.STEP in has and has & {Meaning.ROLE, Meaning.DEADLINE, Meaning.ORDER, Meaning.TEXT}:
        return Section.STEPS
    if Meaning.DUTY in has and has & {Meaning.ROLE, Meaning.WHO}:
        return Section.ROLES
    return None


def values_of(cells: Sequence[str], columns: Columns) -> dict[Meaning, str]:
    return {meaning: cells[at].strip() for at, meaning in columns.items() if at < len(cells)}


def _meaning(cell: str) -> Meaning | None:
    bare = cell.split("（")[0].split("(")[0].strip().casefold().replace(" ", "")
    if not bare:
        return None
    return next((meaning for meaning, words in _WORDS if any(_is_said(word, bare) for word in words)), None)


def _is_said(word: str, heading: str) -> bool:
    """A short English word must be the whole heading: "no" is in "notes"."""
    bare = word.replace(" ", "")
    return heading == bare if bare.isascii() and len(bare) <= 3 else bare in heading
