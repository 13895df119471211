"""How plans, their steps, faults and differences are said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.plan_steps import END, NO, YES, Choice, FormField, Step, StepFault
from services.domain.plans import Plan, PlanState, PlanText
from services.plans.editing import PROGRAM
from services.plans.importing import Fate
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local_name_of

_CONTEXT = "PlanWords"

FAULTS: dict[str, str] = {
    "name_invalid": QT_TRANSLATE_NOOP("PlanWords", "预案要有名称，最多 60 个字，写在一行里。"),
    "too_large": QT_TRANSLATE_NOOP("PlanWords", "预案太大：最多 120 步，角色、电话、物资、资料各 80 条。"),
    "text_too_long": QT_TRANSLATE_NOOP("PlanWords", "有一段文字超过 4000 个字。"),
    "level_invalid": QT_TRANSLATE_NOOP("PlanWords", "级别只能是Ⅰ至Ⅳ级。"),
    "drill_invalid": QT_TRANSLATE_NOOP("PlanWords", "演练间隔要在 0 到 3650 天之间。"),
    "role_id_invalid": QT_TRANSLATE_NOOP("PlanWords", "角色“{what}”没有名称，或与另一个角色重复。"),
    "resource_invalid": QT_TRANSLATE_NOOP("PlanWords", "物资“{what}”没有名称，或级别、数量不对。"),
    "call_invalid": QT_TRANSLATE_NOOP("PlanWords", "电话“{what}”没有写给谁，或级别、时限不对，或重复。"),
    "call_after_unknown": QT_TRANSLATE_NOOP("PlanWords", "电话“{what}”要由一个不存在的人转告。"),
    "call_circle": QT_TRANSLATE_NOOP("PlanWords", "电话“{what}”绕回到自己，没有人先打。"),
    "call_unknown": QT_TRANSLATE_NOOP(
        "PlanWords", "{step}：打给“{what}”，电话表里没有，也不是号码。请从电话表中选，或写号码。"
    ),
    "no_steps": QT_TRANSLATE_NOOP("PlanWords", "还没有步骤。请至少写一步。"),
    "too_many_steps": QT_TRANSLATE_NOOP("PlanWords", "步骤太多，最多 {what} 步。请拆成几个预案。"),
    "step_id_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：代号“{what}”不能用。请删除这一步后重新添加。"),
    "step_id_twice": QT_TRANSLATE_NOOP("PlanWords", "{step}：代号“{what}”重复。请删除这一步后重新添加。"),
    "step_title_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：没有标题，或标题超过 120 个字。"),
    "step_text_too_long": QT_TRANSLATE_NOOP("PlanWords", "{step}：说明超过 {what} 个字。"),
    "deadline_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：时限要在 0 秒到 24 小时之间。"),
    "role_unknown": QT_TRANSLATE_NOOP("PlanWords", "{step}：角色“{what}”不在人员表里。"),
    "next_unknown": QT_TRANSLATE_NOOP("PlanWords", "{step}：下一步“{what}”已经没有了。请重新选择。"),
    "answers_not_yes_no": QT_TRANSLATE_NOOP("PlanWords", "{step}：判断只能回答“是”或“否”。"),
    "choices_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：选择要有 2 到 {what} 个不同的选项。"),
    "choice_without_label": QT_TRANSLATE_NOOP("PlanWords", "{step}：有一个选项没有文字。"),
    "choices_not_asked": QT_TRANSLATE_NOOP("PlanWords", "{step}：写了选项，但这一步不是判断或选择。"),
    "fields_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：表单要有 1 到 {what} 个不同的栏目。"),
    "field_without_label": QT_TRANSLATE_NOOP("PlanWords", "{step}：有一个栏目没有名称。"),
    "field_without_options": QT_TRANSLATE_NOOP("PlanWords", "{step}：栏目“{what}”要有两个以上选项。"),
    "fields_without_form": QT_TRANSLATE_NOOP("PlanWords", "{step}：写了栏目，但这一步不是填写。"),
    "wait_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：等待时间要在 1 秒到 24 小时之间。"),
    "units_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：派警要派 1 到 {what} 人。"),
    "action_invalid": QT_TRANSLATE_NOOP("PlanWords", "{step}：自动动作没有填全。请补全，或改为由人来做。"),
    "never_reached": QT_TRANSLATE_NOOP(
        "PlanWords", "{step}：没有任何一步通到这里。请改上面的“下一步”，或删除它。"
    ),
    "no_way_out": QT_TRANSLATE_NOOP("PlanWords", "{step}：从这里走不到结束，会一直绕圈。请给它一条出路。"),
}

_FATES: dict[Fate, str] = {
    Fate.NAME: QT_TRANSLATE_NOOP("PlanFate", "预案名称"),
    Fate.HEADING: QT_TRANSLATE_NOOP("PlanFate", "标题"),
    Fate.PURPOSE: QT_TRANSLATE_NOOP("PlanFate", "目的"),
    Fate.ROLE: QT_TRANSLATE_NOOP("PlanFate", "角色"),
    Fate.CALL: QT_TRANSLATE_NOOP("PlanFate", "电话"),
    Fate.RESOURCE: QT_TRANSLATE_NOOP("PlanFate", "物资"),
    Fate.DOCUMENT: QT_TRANSLATE_NOOP("PlanFate", "资料"),
    Fate.DONT: QT_TRANSLATE_NOOP("PlanFate", "不能做的事"),
    Fate.STEP: QT_TRANSLATE_NOOP("PlanFate", "步骤"),
    Fate.STEP_TEXT: QT_TRANSLATE_NOOP("PlanFate", "说明"),
    Fate.STEP_ROLE: QT_TRANSLATE_NOOP("PlanFate", "由谁做"),
    Fate.STEP_DEADLINE: QT_TRANSLATE_NOOP("PlanFate", "时限"),
    Fate.COLUMNS: QT_TRANSLATE_NOOP("PlanFate", "表头"),
    Fate.LEFT_OUT: QT_TRANSLATE_NOOP("PlanFate", "没有理解"),
}


def fault_text(fault: StepFault, text: PlanText) -> str:
    """A sentence that names the step."""
    sentence = QCoreApplication.translate(_CONTEXT, FAULTS[fault.code])
    return sentence.format(step=numbered_title(text, fault.at), what=fault.what)


def numbered_title(text: PlanText, at: int) -> str:
    """第 3 步“拨打 119”; a step without a title has its number alone."""
    if not 0 <= at < len(text.steps):
        return ""
    title = step_title(text.steps[at])
    if not title:
        return QCoreApplication.translate("PlanWords", "第 {number} 步").format(number=at + 1)
    return QCoreApplication.translate("PlanWords", "第 {number} 步“{title}”").format(
        number=at + 1, title=title
    )


def step_title(step: Step) -> str:
    return local_name_of(step.title, step.title_en).strip()


def role_name(text: PlanText, role_id: str) -> str:
    role = text.role(role_id)
    return role_id if role is None else local_name_of(role.name, role.name_en)


def choice_label(choice: Choice) -> str:
    if choice.label or choice.label_en:
        return local_name_of(choice.label, choice.label_en)
    if choice.id == YES:
        return QCoreApplication.translate("PlanWords", "是")
    return QCoreApplication.translate("PlanWords", "否") if choice.id == NO else choice.id


def field_label(field: FormField) -> str:
    return local_name_of(field.label, field.label_en)


def next_text(text: PlanText, name: str) -> str:
    """Where an answer leads."""
    if name == END:
        return QCoreApplication.translate("PlanWords", "结束")
    if not name:
        return QCoreApplication.translate("PlanWords", "接着下一步")
    at = next((at for at, step in enumerate(text.steps) if step.id == name), -1)
    return numbered_title(text, at) or name


def duration(seconds: float) -> str:
    """30 秒, 3 分钟, 1.5 小时, 2 天; an en dash for none."""
    if seconds <= 0:
        return "–"
    for size, name in (
        (86_400, QT_TRANSLATE_NOOP("PlanWords", "{count} 天")),
        (3_600, QT_TRANSLATE_NOOP("PlanWords", "{count} 小时")),
        (60, QT_TRANSLATE_NOOP("PlanWords", "{count} 分钟")),
    ):
        # Only where nothing is lost: 90 s stays 90 s.
        if seconds >= size and (seconds / size * 2).is_integer():
            return QCoreApplication.translate(_CONTEXT, name).format(count=f"{seconds / size:g}")
    return QCoreApplication.translate("PlanWords", "{count} 秒").format(count=f"{seconds:g}")


def writer_name(user: str, name: str) -> str:
    """Who wrote a text; the samples came with the program."""
    return QCoreApplication.translate("PlanWords", "随程序范本") if user == PROGRAM else name


def state_text(plan: Plan) -> str:
    """已发布 第 3 版; a draft beside a version says both."""
    if not plan.version:
        return name_of(plan.state)
    if plan.state is PlanState.PUBLISHED:
        shown = QCoreApplication.translate("PlanWords", "第 {version} 版")
        return shown.format(version=plan.version)
    shown = QCoreApplication.translate("PlanWords", "{state}（第 {version} 版有效）")
    if plan.state is PlanState.RETIRED:
        shown = QCoreApplication.translate("PlanWords", "{state}（到第 {version} 版）")
    return shown.format(state=name_of(plan.state), version=plan.version)


def fate_name(fate: Fate) -> str:
    """What became of a line of a file."""
    return QCoreApplication.translate("PlanFate", _FATES[fate])
