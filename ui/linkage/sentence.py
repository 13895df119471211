"""A rule in plain words, so that whoever writes it reads what it says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from services.domain.classes import AlarmClass
from services.domain.linkage import Action, ActionKind, OnFail, Rule
from services.domain.people import Role
from services.domain.site import Site
from services.domain.triggers import Trigger, TriggerKind
from ui.linkage.plan_names import plan_name
from ui.text.lists import listed
from ui.text.names import name_of, name_of_value
from ui.text.places import local, local_name, local_name_of

# More than this in one condition says less than the number of the others.
MOST_NAMED = 4


def rule_sentence(rule: Rule, site: Site) -> str:
    """When what happens, and what is then done, in the language of the moment."""
    when = trigger_words(rule.trigger, site)
    done = [action_words(action, site) for action in rule.actions]
    if not done:
        text = QCoreApplication.translate("LinkageSentence", "当{when}时：还没有动作。")
        return text.format(when=when)
    if rule.in_order:
        then = QCoreApplication.translate("LinkageSentence", "，然后").join(done)
    else:
        then = listed(done)
    text = QCoreApplication.translate(
        "LinkageSentence", "当{when}时，则{then}。同一报警点 {seconds} 秒内不重复。"
    )
    return text.format(when=when, then=then, seconds=round(rule.cool_down_s))


def trigger_words(trigger: Trigger, site: Site) -> str:
    """One condition with all below it."""
    translate = QCoreApplication.translate
    values = _values(trigger, site)
    match trigger.kind:
        case TriggerKind.CLASS:
            return translate("LinkageSentence", "发生{values}").format(values=values)
        case TriggerKind.CODE:
            return translate("LinkageSentence", "事件代码是 {values}").format(values=values)
        case TriggerKind.ZONE:
            return translate("LinkageSentence", "来自防区 {values}").format(values=values)
        case TriggerKind.PLACE:
            return translate("LinkageSentence", "地点是{values}").format(values=values)
        case TriggerKind.AREA:
            text = translate("LinkageSentence", "在地图上画出的 {corners} 角区域内")
            return text.format(corners=len(trigger.area))
        case TriggerKind.SCHEDULE:
            return translate("LinkageSentence", "时间在 {values}").format(values=values)
        case TriggerKind.ARMED:
            return translate("LinkageSentence", "{values}已布防").format(values=values)
        case TriggerKind.PRIORITY:
            return translate("LinkageSentence", "级别不低于 P{values}").format(values=values)
        case _:
            return _combined(trigger, site)


def action_words(action: Action, site: Site) -> str:
    """What is done, with what, and what a failure means when it is more than usual."""
    name = name_of(action.kind)
    text = _said(local_name_of(action.text, action.text_en))
    about = [part for part in (_target(action, site), _option(action), text) if part]
    translate = QCoreApplication.translate
    words = name
    if about:
        words = translate("LinkageSentence", "{action}（{about}）").format(
            action=name, about=translate("LinkageSentence", "，").join(about)
        )
    if action.on_fail is OnFail.GO_ON:
        return words
    text = translate("LinkageSentence", "{words}[失败则{on_fail}]")
    return text.format(words=words, on_fail=name_of(action.on_fail))


def _combined(trigger: Trigger, site: Site) -> str:
    translate = QCoreApplication.translate
    parts = [trigger_words(part, site) for part in trigger.parts]
    if not parts:
        return translate("LinkageSentence", "（还没有条件）")
    if trigger.kind is TriggerKind.NOT:
        return translate("LinkageSentence", "不是（{part}）").format(part=parts[0])
    if trigger.kind is TriggerKind.COUNT:
        return _counted(trigger, parts)
    if len(parts) == 1:
        return parts[0]
    is_all = trigger.kind is TriggerKind.ALL
    between = translate("LinkageSentence", " 且 ") if is_all else translate("LinkageSentence", " 或 ")
    return translate("LinkageSentence", "（{parts}）").format(parts=between.join(parts))


def _counted(trigger: Trigger, parts: Sequence[str]) -> str:
    translate = QCoreApplication.translate
    if len(parts) == 1:
        text = translate("LinkageSentence", "{seconds} 秒内 {least} 次{part}")
        return text.format(seconds=round(trigger.within_s), least=trigger.least, part=parts[0])
    text = translate("LinkageSentence", "{seconds} 秒内以下 {count} 项中有 {least} 项：{parts}")
    return text.format(
        seconds=round(trigger.within_s),
        count=len(parts),
        least=trigger.least,
        parts=translate("LinkageSentence", "；").join(parts),
    )


def _values(trigger: Trigger, site: Site) -> str:
    names = [_value(trigger.kind, value, site) for value in trigger.values]
    between = QCoreApplication.translate("LinkageSentence", "或")
    if trigger.kind is TriggerKind.ARMED:
        between = QCoreApplication.translate("LinkageSentence", "和")
    said = between.join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        text = QCoreApplication.translate("LinkageSentence", "{names}等 {count} 个")
        return text.format(names=said, count=len(names))
    return said or "…"


def _value(kind: TriggerKind, value: str, site: Site) -> str:
    match kind:
        case TriggerKind.CLASS:
            return name_of_value(AlarmClass, value)
        case TriggerKind.ZONE:
            zone = site.zone(value)
            return f"{value} {local_name(zone)}" if zone else value
        case TriggerKind.PLACE:
            return local(value)
        case TriggerKind.ARMED:
            group = next((group for group in site.arm_groups if group.no == value), None)
            return local_name(group) if group else value
        case _:
            return value


def _target(action: Action, site: Site) -> str:
    target = action.target
    if not target:
        return ""
    if action.kind is ActionKind.NOTIFY:
        return notified(target)
    if action.kind is ActionKind.PLAN:
        return plan_name(target)
    camera, output = site.camera(target), site.output(target)
    if camera is not None:
        return f"{target} {local_name(camera)}"
    return f"{target} {local_name(output)}" if output is not None else target


def _said(text: str) -> str:
    """With words where a text has marks for what its alarm will bring."""
    translate = QCoreApplication.translate
    words = {
        "{name}": translate("LinkageSentence", "〔报警名称〕"),
        "{place}": translate("LinkageSentence", "〔地点〕"),
        "{class}": translate("LinkageSentence", "〔类别〕"),
        "{event_no}": translate("LinkageSentence", "〔报警号〕"),
    }
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def _option(action: Action) -> str:
    translate = QCoreApplication.translate
    if action.kind is ActionKind.PTZ_AIM and action.option:
        return translate("LinkageSentence", "左右各能转 {degrees} 度").format(degrees=action.option)
    words = {
        "on": translate("LinkageSentence", "接通"),
        "off": translate("LinkageSentence", "断开"),
        "pulse": translate("LinkageSentence", "点动"),
        "tiles": translate("LinkageSentence", "放到电视墙"),
        "monitor": translate("LinkageSentence", "放到报警监视窗"),
    }
    return words.get(action.option, action.option)


def notified(target: str) -> str:
    """Whom a notice goes to, in words."""
    everybody = QCoreApplication.translate("LinkageSentence", "所有席位")
    return everybody if target == "all" else name_of_value(Role, target)
