"""What is different between two versions, said in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QCoreApplication

from services.domain.linkage import Action
from services.domain.plan_steps import NO, YES, Choice, FormField, Step
from services.domain.plans import CallEntry, Line, PlanRole, PlanText, PlanTrigger, Resource
from services.plans.comparing import Difference, DifferenceKind, FieldChange, differences
from ui.text.lists import in_turn, listed
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local_name_of
from views.plans.words import choice_label, duration, field_label, numbered_title

_CONTEXT = "PlanDifferences"
_PARTS: dict[str, str] = {
    "steps": QT_TRANSLATE_NOOP("PlanDifferences", "步骤"),
    "roles": QT_TRANSLATE_NOOP("PlanDifferences", "角色"),
    "call_tree": QT_TRANSLATE_NOOP("PlanDifferences", "电话"),
    "resources": QT_TRANSLATE_NOOP("PlanDifferences", "物资"),
    "documents": QT_TRANSLATE_NOOP("PlanDifferences", "资料"),
    "donts": QT_TRANSLATE_NOOP("PlanDifferences", "不能做的事"),
}
FIELDS: dict[str, str] = {
    "name": QT_TRANSLATE_NOOP("PlanDifferences", "名称"),
    "name_en": QT_TRANSLATE_NOOP("PlanDifferences", "英文名称"),
    "category": QT_TRANSLATE_NOOP("PlanDifferences", "类别"),
    "level": QT_TRANSLATE_NOOP("PlanDifferences", "级别"),
    "purpose": QT_TRANSLATE_NOOP("PlanDifferences", "目的"),
    "purpose_en": QT_TRANSLATE_NOOP("PlanDifferences", "英文目的"),
    "trigger": QT_TRANSLATE_NOOP("PlanDifferences", "什么时候用"),
    "drill_every_days": QT_TRANSLATE_NOOP("PlanDifferences", "演练间隔（天）"),
    "id": QT_TRANSLATE_NOOP("PlanDifferences", "代号"),
    "kind": QT_TRANSLATE_NOOP("PlanDifferences", "类型"),
    "title": QT_TRANSLATE_NOOP("PlanDifferences", "标题"),
    "title_en": QT_TRANSLATE_NOOP("PlanDifferences", "英文标题"),
    "role": QT_TRANSLATE_NOOP("PlanDifferences", "由谁做"),
    "deadline_s": QT_TRANSLATE_NOOP("PlanDifferences", "时限"),
    "is_mandatory": QT_TRANSLATE_NOOP("PlanDifferences", "必须做"),
    "text": QT_TRANSLATE_NOOP("PlanDifferences", "说明"),
    "text_en": QT_TRANSLATE_NOOP("PlanDifferences", "英文说明"),
    "next": QT_TRANSLATE_NOOP("PlanDifferences", "下一步"),
    "choices": QT_TRANSLATE_NOOP("PlanDifferences", "选项"),
    "fields": QT_TRANSLATE_NOOP("PlanDifferences", "栏目"),
    "action": QT_TRANSLATE_NOOP("PlanDifferences", "自动动作"),
    "target": QT_TRANSLATE_NOOP("PlanDifferences", "对象"),
    "units": QT_TRANSLATE_NOOP("PlanDifferences", "派几人"),
    "wait_s": QT_TRANSLATE_NOOP("PlanDifferences", "等待时间"),
    "needs_evidence": QT_TRANSLATE_NOOP("PlanDifferences", "要有证据"),
    "holder": QT_TRANSLATE_NOOP("PlanDifferences", "由谁担任"),
    "holder_en": QT_TRANSLATE_NOOP("PlanDifferences", "由谁担任（英文）"),
    "duty": QT_TRANSLATE_NOOP("PlanDifferences", "职责"),
    "duty_en": QT_TRANSLATE_NOOP("PlanDifferences", "英文职责"),
    "who": QT_TRANSLATE_NOOP("PlanDifferences", "打给谁"),
    "who_en": QT_TRANSLATE_NOOP("PlanDifferences", "打给谁（英文）"),
    "number": QT_TRANSLATE_NOOP("PlanDifferences", "号码"),
    "after": QT_TRANSLATE_NOOP("PlanDifferences", "由谁转告"),
    "within_s": QT_TRANSLATE_NOOP("PlanDifferences", "多久之内"),
    "script": QT_TRANSLATE_NOOP("PlanDifferences", "怎么说"),
    "script_en": QT_TRANSLATE_NOOP("PlanDifferences", "怎么说（英文）"),
    "amount": QT_TRANSLATE_NOOP("PlanDifferences", "数量"),
    "unit": QT_TRANSLATE_NOOP("PlanDifferences", "单位"),
    "unit_en": QT_TRANSLATE_NOOP("PlanDifferences", "英文单位"),
    "place": QT_TRANSLATE_NOOP("PlanDifferences", "在哪里"),
    "place_en": QT_TRANSLATE_NOOP("PlanDifferences", "在哪里（英文）"),
}
_ADDED = QT_TRANSLATE_NOOP("PlanDifferences", "新增{part}：{name}")
_REMOVED = QT_TRANSLATE_NOOP("PlanDifferences", "删除{part}：{name}")
_MOVED = QT_TRANSLATE_NOOP("PlanDifferences", "{part}换了位置：{name}，从第 {before} 移到第 {after}")
_CHANGED = QT_TRANSLATE_NOOP("PlanDifferences", "{part}有改动：{name}")
_FIELD = QT_TRANSLATE_NOOP("PlanDifferences", "{field}：“{before}” → “{after}”")
_SECONDS = frozenset({"deadline_s", "wait_s", "within_s"})
_FLAGS = frozenset({"is_mandatory", "needs_evidence"})
_LONGEST = 160


def difference_lines(before: PlanText, after: PlanText) -> list[str]:
    """One sentence each, what changed inside an entry below it; a single line when nothing is different."""
    lines: list[str] = []
    for one in differences(before, after):
        if one.kind is DifferenceKind.HEAD:
            lines += [_field(change) for change in one.changes]
        else:
            lines.append(_sentence(one, before, after))
            lines += [f"　　{_field(change)}" for change in one.changes]
    return lines or [QCoreApplication.translate("PlanDifferences", "没有不同。")]


def _sentence(one: Difference, before: PlanText, after: PlanText) -> str:
    sentence = {
        DifferenceKind.ADDED: _ADDED,
        DifferenceKind.REMOVED: _REMOVED,
        DifferenceKind.MOVED: _MOVED,
    }.get(one.kind, _CHANGED)
    is_there = one.after is not None
    entry, at, text = (one.after, one.after_at, after) if is_there else (one.before, one.before_at, before)
    return QCoreApplication.translate(_CONTEXT, sentence).format(
        part=QCoreApplication.translate(_CONTEXT, _PARTS[one.part]),
        name=_entry_name(entry, at, text),
        before=one.before_at + 1,
        after=one.after_at + 1,
    )


def _entry_name(entry: object, at: int, text: PlanText) -> str:
    match entry:
        case Step():
            return numbered_title(text, at)
        case PlanRole() | Resource():
            return local_name_of(entry.name, entry.name_en)
        case CallEntry():
            return local_name_of(entry.who, entry.who_en)
        case Line():
            return _short(local_name_of(entry.text, entry.text_en))
        case _:
            return ""


def _field(change: FieldChange) -> str:
    name = QCoreApplication.translate(_CONTEXT, FIELDS.get(change.field, change.field))
    before, after = _value(change.field, change.before), _value(change.field, change.after)
    return QCoreApplication.translate(_CONTEXT, _FIELD).format(field=name, before=before, after=after)


def _value(field: str, value: object) -> str:
    if field in _SECONDS and isinstance(value, float):
        return duration(value)
    if field in _FLAGS:
        return choice_label(Choice(YES if value else NO))
    match value:
        case None | "" | ():
            return "–"
        case Enum():
            return name_of(value)
        case PlanTrigger():
            return _trigger(value)
        case Action():
            return name_of(value.kind)
        case tuple():
            return _short(listed(_item(one) for one in value))
        case _:
            return _short(str(value))


def _item(value: object) -> str:
    match value:
        case Choice():
            return choice_label(value)
        case FormField():
            return field_label(value)
        case Enum():
            return name_of(value)
        case _:
            return str(value)


def _trigger(trigger: PlanTrigger) -> str:
    parts: Sequence[Sequence[object]] = (trigger.classes, trigger.codes, trigger.place_kinds, trigger.words)
    return _short(in_turn(listed(_item(one) for one in part) for part in parts if part)) or "–"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
