"""What the command line says: what was understood, what is wrong, how it is used; pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.i18n import is_english
from ui.text.lists import listed
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from ui.text.titles import incident_title
from views.incidents.commands import Command, CommandError, Verb, spelling

_ERRORS: dict[str, str] = {
    "unknown_verb": QT_TRANSLATE_NOOP("CommandLine", "不认识“{word}”。输入 ? 看全部命令。"),
    "incident_needed": QT_TRANSLATE_NOOP("CommandLine", "“{verb}”后面要写警情号，例如 {verb} 12。"),
    "guard_needed": QT_TRANSLATE_NOOP("CommandLine", "“{verb}”要写警情号和保安号，例如 {verb} 12 3。"),
    "text_needed": QT_TRANSLATE_NOOP("CommandLine", "“{verb}”最后要写文字，例如原因或结果。"),
    "no_incident": QT_TRANSLATE_NOOP("CommandLine", "没有未结束的警情 {number}。"),
    "two_incidents": QT_TRANSLATE_NOOP("CommandLine", "有几起警情是 {number} 号，请写全号：{numbers}"),
    "no_guard": QT_TRANSLATE_NOOP("CommandLine", "没有保安 {number}。"),
    "two_guards": QT_TRANSLATE_NOOP("CommandLine", "有几名保安是 {number} 号：{numbers}。请在名单里选。"),
    "no_order": QT_TRANSLATE_NOOP("CommandLine", "{guard} 在警情 {number} 没有可以这样处理的派警单。"),
}
_DONE: dict[Verb, str] = {
    Verb.SEND: QT_TRANSLATE_NOOP("CommandLine", "派 {who} 到 {number} {title}"),
    Verb.AGAIN: QT_TRANSLATE_NOOP("CommandLine", "再派 {who} 到 {number} {title}"),
    Verb.RETURN: QT_TRANSLATE_NOOP("CommandLine", "{who} 退单：{text}"),
    Verb.CANCEL: QT_TRANSLATE_NOOP("CommandLine", "取消派 {who}：{text}"),
    Verb.SIGNED: QT_TRANSLATE_NOOP("CommandLine", "{who} 签收"),
    Verb.LEFT: QT_TRANSLATE_NOOP("CommandLine", "{who} 出警"),
    Verb.ARRIVED: QT_TRANSLATE_NOOP("CommandLine", "{who} 到场"),
    Verb.DONE: QT_TRANSLATE_NOOP("CommandLine", "{who} 处置完毕"),
    Verb.BACKUP: QT_TRANSLATE_NOOP("CommandLine", "{number} {title} 请求增援 {units} 个单位"),
    Verb.CONTAIN: QT_TRANSLATE_NOOP("CommandLine", "{number} {title} 已控制"),
    Verb.CLOSE: QT_TRANSLATE_NOOP("CommandLine", "{number} {title} 办结"),
    Verb.NOTE: QT_TRANSLATE_NOOP("CommandLine", "已记入 {number} {title}"),
    Verb.OPEN: QT_TRANSLATE_NOOP("CommandLine", "{number} {title}"),
}
_HELP = QT_TRANSLATE_NOOP(
    "CommandLine",
    "派 警情 保安… [指令] · 再派/退/撤 警情 保安 原因 · 签/出/到/完 警情 保安 · "
    "增援 警情 数量 要什么 · 控 警情 [情况] · 结 警情 结果 · 记 警情 内容 · 看 警情",
)


def error_words(error: CommandError) -> str:
    params = dict(error.params)
    if "verb" in params:
        params["verb"] = spelling(Verb(params["verb"]), in_english=is_english())
    return _say(_ERRORS[error.code]).format(**params)


def done_words(command: Command) -> str:
    """What a line did, with the names behind its numbers."""
    if command.verb is Verb.HELP or command.incident is None:
        return _say(_HELP)
    people = [local_name(guard) for guard in command.guards]
    people = people or [local(order.guard_name) for order in command.orders]
    return _say(_DONE[command.verb]).format(
        who=listed(people),
        number=command.incident.short_no,
        title=incident_title(command.incident),
        text=command.text,
        units=command.units,
    )


def _say(source: str) -> str:
    return QCoreApplication.translate("CommandLine", source)
