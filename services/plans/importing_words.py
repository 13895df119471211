"""The words by which plans are written: how they number, what they call their parts, roles and deadlines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from services.domain.plan_steps import LONGEST_TITLE, StepKind
from services.domain.plans import PlanCategory
from services.plans.durations import seconds_of

_CN = "一二三四五六七八九十百"
# In the order tried: 第…步 is an item, 第…章 a chapter.
_ITEM = re.compile(
    rf"(?:第\s*(?:[{_CN}]+|\d+)\s*步|步骤\s*(?:[{_CN}]+|\d+)|step\s*\d+)\s*[：:、.．)）-]*\s*"
    # 1.2 numbers a part, 1.5 米 measures something.
    r"|\d{1,3}(?:\.\d{1,3})+\s*[.．、]?\s+(?!(?:[米吨元倍升秒天]|公里|千米|厘米|小时|分钟|千克|%|[ckm]?m\b|kg))|\d{1,3}\s*[.．、)）]\s*(?!\d)|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*",
    re.IGNORECASE,
)
_CHAPTER = re.compile(rf"(?:第[{_CN}\d]+[章节篇]|[{_CN}]+、)\s*")
_SUB = re.compile(rf"[（(][{_CN}]+[)）]\s*")
_BULLET = re.compile(r"[-–—•·●■◆▪*✕×]\s+|[•·●■◆▪✕]\s*")

_WHO = "责任人员|责任人|负责人|责任部门|责任单位|责任岗位|执行人|执行岗位|responsible|role|owner|by whom"
_WHEN = "完成时限|处置时限|时限要求|时限|限时|deadline|time limit"
_ROLE_LINE = re.compile(rf"(?:{_WHO})\s*[：:]\s*(.+)", re.IGNORECASE)
_DEADLINE_LINE = re.compile(rf"(?:{_WHEN})\s*[：:]\s*(.+)", re.IGNORECASE)
_ROLE_INSIDE = re.compile(
    rf"[（(，,；;。\s]*(?:{_WHO})\s*[：:]\s*([^，,；;。（()）\n]+)[)）]?", re.IGNORECASE
)
_DEADLINE_INSIDE = re.compile(
    rf"[（(，,；;。\s]*(?:{_WHEN})\s*[：:]\s*([^，,；;。（()）\n]+)[)）]?", re.IGNORECASE
)
_SPAN_IN_BRACKETS = re.compile(r"[（(]([^（()）]{1,16})[)）]")


# A sentence so short is a title as it stands.
LONGEST_WHOLE = 16


class Mark(StrEnum):
    """How a line is numbered: 一、, （一）, 1. or 第…步, a bullet, or not at all."""

    CHAPTER = "chapter"
    SUB = "sub"
    ITEM = "item"
    BULLET = "bullet"
    NONE = "none"


def marked(text: str) -> tuple[Mark, str]:
    """How it is numbered, and what follows the number."""
    for mark, pattern in (
        (Mark.ITEM, _ITEM),
        (Mark.CHAPTER, _CHAPTER),
        (Mark.SUB, _SUB),
        (Mark.BULLET, _BULLET),
    ):
        match = pattern.match(text)
        if match and match.end():
            return mark, text[match.end() :].strip()
    return Mark.NONE, text.strip()


class Section(StrEnum):
    PURPOSE = "purpose"
    ROLES = "roles"
    CALLS = "calls"
    RESOURCES = "resources"
    DOCUMENTS = "documents"
    DONTS = "donts"
    STEPS = "steps"
    OTHER = "other"


# The first that fits: 应急处置物资 speaks of things, 注意事项 of what not to do.
_SECTIONS: tuple[tuple[Section, tuple[str, ...]], ...] = (
    (Section.DONTS, ("禁止", "禁忌", "不得", "不能做", "注意事项", "严禁", "never", "do not", "don't")),
    (Section.CALLS, ("电话", "联系方式", "通讯录", "通信录", "联络", "contacts", "call tree", "telephone")),
    (Section.RESOURCES, ("物资", "装备", "器材", "应急保障", "队伍保障", "resources", "equipment")),
    (Section.DOCUMENTS, ("附件", "资料", "documents", "annex")),
    (Section.ROLES, ("职责", "组织机构", "组织体系", "指挥机构", "领导小组", "人员分工", "roles", "duties")),
    (
        Section.STEPS,
        ("步骤", "处置", "程序", "流程", "措施", "响应", "行动", "steps", "procedure", "actions", "response"),
    ),
    (
        Section.PURPOSE,
        ("目的", "原则", "总则", "依据", "适用范围", "启动条件", "purpose", "principle", "scope"),
    ),
)


def section_of(heading: str) -> Section:
    bare = heading.casefold()
    return next((part for part, words in _SECTIONS if any(word in bare for word in words)), Section.OTHER)


def role_line(text: str) -> str:
    """Who does it, of a line that says nothing else; "" for other lines."""
    match = _ROLE_LINE.fullmatch(text.strip())
    return match.group(1).strip(" 。；;") if match else ""


def deadline_line(text: str) -> float | None:
    """Within which time, of a line that says nothing else; None for other lines."""
    match = _DEADLINE_LINE.fullmatch(text.strip())
    return seconds_of(match.group(1)) if match else None


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as one line says it."""

    title: str
    text: str
    role: str = ""
    deadline_s: float = 0.0


def step_words(line: str) -> StepWords:
    """Role and deadline are taken out of the words; what cannot be read as a time stays in them."""
    role, deadline_s, rest = "", 0.0, line.strip()
    match = _ROLE_INSIDE.search(rest)
    if match:
        role, rest = match.group(1).strip(), rest[: match.start()] + rest[match.end() :]
    match = _DEADLINE_INSIDE.search(rest)
    span = seconds_of(match.group(1)) if match else None
    if match and span is not None:
        deadline_s, rest = span, rest[: match.start()] + rest[match.end() :]
    else:
        for bracket in _SPAN_IN_BRACKETS.finditer(rest):
            span = seconds_of(bracket.group(1)) if not bracket.group(1).isdecimal() else None
            if span is not None:
                deadline_s, rest = span, rest[: bracket.start()] + rest[bracket.end() :]
                break
    title, text = title_and_text(rest.strip(" ，,；;。"))
    return StepWords(title, text, role, deadline_s)


def title_and_text(words: str) -> tuple[str, str]:
    """A title that fits on a line, and the rest; nothing is lost."""
    head, _, rest = words.partition("\n")
    for sign in ("：", ":", "。", "；", "，", ","):
        first, found, after = head.partition(sign)
        if found and 2 <= len(first) <= 40 and after.strip():
            return first.strip(), f"{after.strip()}\n{rest}".strip()
        if sign in "。；" and len(head) <= LONGEST_WHOLE:
            break
    if len(head) <= LONGEST_TITLE:
        return head.strip(), rest.strip()
    return f"{head[: LONGEST_TITLE - 1]}…", words


# The first that fits; a broadcast that reports is a broadcast.
_KINDS: tuple[tuple[StepKind, tuple[str, ...]], ...] = (
    (StepKind.BROADCAST, ("广播", "喊话", "announce", "broadcast")),
    (StepKind.CALL, ("拨打", "打电话", "致电", "电话联系", "报警110", "call 1", "telephone", "phone ")),
    (
        StepKind.DISPATCH,
        ("派出", "派人", "派最近", "调派", "增派", "增援", "dispatch", "send "),
    ),
    (
        StepKind.VIEW,
        ("调取画面", "查看画面", "查看监控", "视频监控", "看画面", "cameras"),
    ),
    (StepKind.EVIDENCE, ("取证", "拍照", "保护现场", "留存录像", "evidence", "photograph")),
    (StepKind.REPORT, ("上报", "汇报", "报告", "report to")),
    (StepKind.NOTIFY, ("通知", "notify", "inform")),
    (StepKind.DOOR, ("开门", "门禁", "打开通道", "release door", "unlock")),
    (StepKind.LIGHT, ("照明", "开灯", "lights")),
    (StepKind.FORM, ("登记", "填写", "清点", "fill in", "register", "count ")),
)
_ASKS = re.compile(r"(?:是否|有没有|吗)|[?？]\s*$")
_OUTSIDE = re.compile(r"(?<!\d)(110|119|120)(?!\d)")


def kind_of(title: str, text: str) -> StepKind:
    """By what the title says, then by its text; a thing to do and confirm when neither says more."""
    if _ASKS.search(title):
        return StepKind.YES_NO
    for said in (title.casefold(), text.casefold()):
        found = next((kind for kind, words in _KINDS if any(word in said for word in words)), None)
        if found is not None:
            return found
    return StepKind.CONFIRM


def number_in(words: str) -> str:
    """110, 119 or 120 when they are named; "" otherwise."""
    match = _OUTSIDE.search(words)
    return match.group(1) if match else ""


_CATEGORIES: tuple[tuple[PlanCategory, tuple[str, ...]], ...] = (
    (
        PlanCategory.DANGEROUS_GOODS,
        ("危险化学品", "危化", "化学品", "燃气", "泄漏", "dangerous", "chemical"),
    ),
    (PlanCategory.BOMB_THREAT, ("爆炸", "可疑物", "bomb", "explosive")),
    (PlanCategory.FIRE, ("火灾", "消防", "火警", "fire")),
    (PlanCategory.INTRUSION, ("侵入", "入侵", "闯入", "盗窃", "intrusion", "burglary")),
    (PlanCategory.FIGHT, ("斗殴", "打架", "暴力", "伤害", "fight", "violence")),
    (PlanCategory.MISSING_PERSON, ("走失", "失联", "失踪", "missing")),
    (PlanCategory.MEDICAL, ("伤病", "急救", "中毒", "疫情", "传染", "medical", "poisoning")),
    (PlanCategory.FLOOD, ("内涝", "暴雨", "防汛", "洪", "flood")),
    (PlanCategory.POWER_CUT, ("停电", "断电", "电梯", "power")),
    (PlanCategory.CROWD, ("拥挤", "踩踏", "聚集", "大型活动", "群体", "crowd", "gathering")),
    (PlanCategory.TRAFFIC, ("交通", "车辆", "traffic")),
    (
        PlanCategory.WEATHER,
        ("冰雪", "大风", "高温", "台风", "地震", "天气", "weather", "earthquake"),
    ),
)


def category_of(name: str) -> PlanCategory:
    said = name.casefold()
    found = (kind for kind, words in _CATEGORIES if any(word in said for word in words))
    return next(found, PlanCategory.OTHER)
