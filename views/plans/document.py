"""A plan as a paper: what a person reads on the screen, prints and hands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Block, Document, Facts, Heading, Paragraph, SignatureLine, Table
from services.domain.plan_steps import ASKING, Step
from services.domain.plans import PlanText
from ui.i18n import is_english
from ui.text.incidents import level_name
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local_name, local_name_of
from views.plans.words import choice_label, duration, field_label, next_text, role_name, step_title


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of a text beside itself. state: draft or version; facts: by whom, reviewed, drill."""

    state: str
    facts: tuple[tuple[str, str], ...] = ()


def plan_document(text: PlanText, standing: Standing) -> Document:
    """In the language of the moment."""
    return _PlanPaper(text, standing).document()


class _PlanPaper:
    def __init__(self, text: PlanText, standing: Standing) -> None:
        self._text = text
        self._standing = standing

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("_PlanPaper", text)

    def document(self) -> Document:
        text, standing = self._text, self._standing
        facts = (
            (self.tr("类别"), name_of(text.category)),
            (self.tr("最高级别"), level_name(text.level)),
            (self.tr("版本"), standing.state),
            *standing.facts,
        )
        parts: list[Block] = []
        if text.purpose or text.purpose_en:
            parts.append(Paragraph(local_name_of(text.purpose, text.purpose_en)))
        parts += self._trigger() + self._donts() + self._steps() + self._people() + self._calls()
        parts += self._resources() + self._documents()
        parts += [SignatureLine(self.tr("编制")), SignatureLine(self.tr("审核"))]
        name = local_name(text)
        return Document(name, facts=facts, blocks=tuple(parts), footer=f"{name}  {standing.state}")

    def _trigger(self) -> list[Block]:
        trigger = self._text.trigger
        facts = (
            (self.tr("报警类型"), self._joined(name_of(one) for one in trigger.classes)),
            (self.tr("报警代码"), self._joined(trigger.codes)),
            (self.tr("地点"), self._joined(name_of(one) for one in trigger.place_kinds)),
            (self.tr("出现的词"), self._joined(trigger.words)),
        )
        told = tuple(fact for fact in facts if fact[1])
        return [Heading(self.tr("什么时候用")), Facts(told)] if told else []

    def _donts(self) -> list[Block]:
        donts = self._text.donts
        lines = [Paragraph(f"✕ {local_name_of(line.text, line.text_en)}") for line in donts]
        return [Heading(self.tr("不能做的事")), *lines] if lines else []

    def _steps(self) -> list[Block]:
        text = self._text
        columns = (self.tr("步"), self.tr("做什么"), self.tr("谁"), self.tr("时限"))
        rows = tuple(
            (str(at), self._step(step), role_name(text, step.role) or "–", duration(step.deadline_s))
            for at, step in enumerate(text.steps, 1)
        )
        empty = self.tr("还没有步骤。")
        return [Heading(self.tr("步骤")), Table(columns, rows, empty=empty, widths=(6, 62, 18, 14))]

    def _step(self, step: Step) -> str:
        marks = [] if step.is_mandatory else [self.tr("可以略过")]
        marks += [self.tr("自动")] if step.is_automatic else []
        marks += [self.tr("要有证据")] if step.needs_evidence else []
        head = f"[{name_of(step.kind)}] {step_title(step)}"
        lines = [f"{head}（{self._joined(marks)}）" if marks else head]
        said = local_name_of(step.text, step.text_en)
        lines += [said] if said else []
        lines += [f"□ {field_label(one)}{' *' if one.is_required else ''}" for one in step.fields]
        if step.kind in ASKING:
            after = [(choice_label(one), one.next or step.next) for one in step.choices]
            lines += [f"· {label} → {next_text(self._text, name)}" for label, name in after]
        elif step.next:
            lines.append(f"→ {next_text(self._text, step.next)}")
        return "\n".join(lines)

    def _people(self) -> list[Block]:
        columns = (self.tr("角色"), self.tr("由谁担任"), self.tr("职责"))
        rows = tuple(
            (
                local_name(role),
                local_name_of(role.holder, role.holder_en),
                local_name_of(role.duty, role.duty_en),
            )
            for role in self._text.roles
        )
        return [Heading(self.tr("人员和职责")), Table(columns, rows, widths=(20, 30, 50))] if rows else []

    def _calls(self) -> list[Block]:
        calls = self._text.call_tree
        names = {call.id: local_name_of(call.who, call.who_en) for call in calls}
        columns = (
            self.tr("打给谁"),
            self.tr("号码"),
            self.tr("由谁转告"),
            self.tr("几级起"),
            self.tr("时限"),
            self.tr("怎么说"),
        )
        rows = tuple(
            (
                names[call.id],
                call.number or "–",
                names.get(call.after, self.tr("值班员")),
                level_name(call.level),
                duration(call.within_s),
                local_name_of(call.script, call.script_en),
            )
            for call in calls
        )
        widths = (18.0, 9.0, 13.0, 11.0, 9.0, 40.0)
        return [Heading(self.tr("电话")), Table(columns, rows, widths=widths)] if rows else []

    def _resources(self) -> list[Block]:
        columns = (self.tr("几级起"), self.tr("物资和力量"), self.tr("数量"), self.tr("在哪里"))
        rows = tuple(
            (
                level_name(one.level),
                local_name(one),
                f"{one.amount} {one.unit_en if is_english() else one.unit}".strip(),
                local_name_of(one.place, one.place_en),
            )
            for one in sorted(self._text.resources, key=lambda one: -one.level)
        )
        table = Table(columns, rows, widths=(14, 40, 16, 30))
        return [Heading(self.tr("物资和力量")), table] if rows else []

    def _documents(self) -> list[Block]:
        documents = self._text.documents
        lines = [Paragraph(f"· {local_name_of(line.text, line.text_en)}") for line in documents]
        return [Heading(self.tr("手边资料")), *lines] if lines else []

    def _joined(self, words: Iterable[str]) -> str:
        return listed(words)
