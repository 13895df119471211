"""A plan is understood by its headings, numbers and tables, and every line has its fate."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.domain.plan_checks import faults_of_text
from services.domain.plan_steps import StepKind
from services.domain.plans import PlanCategory
from services.plans.importing import Fate, ReadPlan, SourceLine
from services.plans.importing_text import understand

PLAN = """学生宿舍火灾应急预案
一、目的
保证学生生命安全，减少损失。
二、组织机构与职责
值班员：负责接警、报警和记录
现场指挥：由当班班长担任，负责现场处置
三、处置步骤
（一）发现与报警
1. 查看监控画面，确认起火位置（30秒内）
责任人：值班员
2、拨打119报警，说明地址、楼层和被困人数。责任人：值班员，时限：1 分钟
时限：60 秒
第三步：派最近两名巡逻队员到场
要带灭火器和面具。
（二）疏散
4．是否有人被困？
5）清点人数并登记
时限：立即
四、联系电话
消防救援：119
保卫处值班室 0571-8888 0000
五、应急物资
灭火器 4 具（楼层消火栓箱）
六、注意事项
不乘电梯
七、其他
本预案自发布之日起施行。
"""


def lines_of(text: str) -> list[SourceLine]:
    return [SourceLine(str(at), line) for at, line in enumerate(text.splitlines(), 1)]


def fates(read: ReadPlan) -> list[Fate]:
    return [line.fate for line in read.lines]


@pytest.fixture
def read() -> ReadPlan:
    return understand(lines_of(PLAN), "宿舍火灾.docx")


def test_every_line_has_its_fate(read: ReadPlan) -> None:
    assert fates(read) == [
        Fate.NAME,
        Fate.HEADING,
        Fate.PURPOSE,
        Fate.HEADING,
        Fate.ROLE,
        Fate.ROLE,
        Fate.HEADING,
        Fate.HEADING,
        Fate.STEP,
        Fate.STEP_ROLE,
        Fate.STEP,
        Fate.STEP_DEADLINE,
        Fate.STEP,
        Fate.STEP_TEXT,
        Fate.HEADING,
        Fate.STEP,
        Fate.STEP,
        Fate.STEP_TEXT,
        Fate.HEADING,
        Fate.CALL,
        Fate.CALL,
        Fate.HEADING,
        Fate.RESOURCE,
        Fate.HEADING,
        Fate.DONT,
        Fate.HEADING,
        Fate.LEFT_OUT,
    ]
    assert [one.line.text for one in read.left_out] == ["本预案自发布之日起施行。"]


def test_steps_have_title_text_role_deadline_and_kind(read: ReadPlan) -> None:
    roles = {role.id: role.name for role in read.text.roles}
    assert [
        (step.kind, step.title, roles.get(step.role, ""), step.deadline_s) for step in read.text.steps
    ] == [
        (StepKind.VIEW, "查看监控画面，确认起火位置", "值班员", 30.0),
        (StepKind.CALL, "拨打119报警", "值班员", 60.0),
        (StepKind.DISPATCH, "派最近两名巡逻队员到场", "", 0.0),
        (StepKind.YES_NO, "是否有人被困？", "", 0.0),
        (StepKind.FORM, "清点人数并登记", "", 0.0),
    ]
    steps = read.text.steps
    assert steps[0].text == ""
    assert (steps[1].target, steps[1].text) == ("119", "说明地址、楼层和被困人数")
    assert steps[2].text == "要带灭火器和面具。"
    # A time that is no time is not lost.
    assert steps[4].text == "时限：立即"


def test_the_other_parts_are_read_too(read: ReadPlan) -> None:
    text = read.text
    assert (text.name, text.category, text.purpose) == (
        "学生宿舍火灾应急预案",
        PlanCategory.FIRE,
        "保证学生生命安全，减少损失。",
    )
    assert [(role.name, role.duty) for role in text.roles] == [
        ("值班员", "负责接警、报警和记录"),
        ("现场指挥", "由当班班长担任，负责现场处置"),
    ]
    assert [(call.who, call.number) for call in text.call_tree] == [
        ("消防救援", "119"),
        ("保卫处值班室", "0571-8888 0000"),
    ]
    (thing,) = text.resources
    assert (thing.name, thing.amount, thing.unit, thing.place) == ("灭火器", 4, "具", "楼层消火栓箱")
    assert [line.text for line in text.donts] == ["不乘电梯"]


def test_what_was_understood_can_be_written_on(read: ReadPlan) -> None:
    assert faults_of_text(read.text) == ()


def test_without_numbers_the_bracketed_parts_are_the_steps() -> None:
    read = understand(
        lines_of("停电预案\n一、处置程序\n（一）联系电工\n（二）安抚师生\n用扩音器。"), "a.docx"
    )

    assert [step.title for step in read.text.steps] == ["联系电工", "安抚师生"]
    assert read.text.steps[1].text == "用扩音器。"


def test_a_list_without_any_heading_is_a_plan_of_steps() -> None:
    read = understand(lines_of("打架处置\n1. 喝止\n2. 隔离\n3. 报告保卫处"), "a.docx")

    assert [step.title for step in read.text.steps] == ["喝止", "隔离", "报告保卫处"]
    assert read.left_out == ()


def test_an_english_plan_is_read_alike() -> None:
    words = (
        "Fire plan\n1 Purpose\nSave lives.\nSteps\nStep 1: Call 119 (within 1 min)\nResponsible: Duty officer"
    )
    lines = [
        SourceLine(str(at), line, level=1 if line in ("1 Purpose", "Steps") else 0)
        for at, line in enumerate(words.splitlines(), 1)
    ]
    read = understand(lines, "fire.docx")
    (step,) = read.text.steps

    assert (step.title, step.kind, step.target, step.deadline_s) == ("Call 119", StepKind.CALL, "119", 60.0)
    assert [role.name for role in read.text.roles] == ["Duty officer"]
    assert read.text.purpose == "Save lives."


def test_a_sentence_too_long_for_a_title_is_kept_whole() -> None:
    sentence = "立即" + "疏散" * 80
    read = understand(lines_of(f"预案\n处置步骤\n1. {sentence}"), "a.docx")
    step = understand(lines_of(f"预案\n一、处置步骤\n1. {sentence}"), "a.docx").text.steps[0]

    assert read.text.steps
    assert step.text == sentence
    assert step.title.endswith("…")


@pytest.mark.parametrize("text", ["1.5 米以上的围墙", "110 报警电话", "12 点以前", "3.5 吨", "2026 年修订"])
def test_a_number_that_belongs_to_the_words_numbers_nothing(text: str) -> None:
    read = understand(lines_of(f"预案\n一、处置步骤\n1. 第一步做的\n{text}"), "a.docx")

    assert len(read.text.steps) == 1
    assert text in read.text.steps[0].text


# tables


def rows_of(*rows: Iterable[str]) -> list[SourceLine]:
    return [
        SourceLine(f"表1:{at}", " | ".join(row), cells=tuple(row), table=0) for at, row in enumerate(rows, 1)
    ]


def test_a_table_of_steps_is_read_by_its_columns() -> None:
    read = understand(
        rows_of(
            ("火灾预案", "", "", ""),
            ("序号", "处置步骤", "责任人", "完成时限"),
            ("1", "拨打 119", "值班员", "1分钟"),
            ("2", "广播疏散：走楼梯", "值班员", "立即"),
            ("", "", "班长", ""),
        ),
        "fire.xlsx",
    )
    assert fates(read) == [Fate.NAME, Fate.COLUMNS, Fate.STEP, Fate.STEP, Fate.LEFT_OUT]
    first, second = read.text.steps
    assert (first.title, first.target, first.deadline_s) == ("拨打 119", "119", 60.0)
    assert (second.title, second.text, second.deadline_s) == ("广播疏散", "走楼梯\n时限：立即", 0.0)
    assert [role.name for role in read.text.roles] == ["值班员"]


def test_tables_of_calls_people_and_things_are_told_apart() -> None:
    lines = rows_of(("单位", "联系电话"), ("消防", "119"))
    lines += [SourceLine("x", "", cells=cells, table=1) for cells in (("岗位", "职责"), ("门岗", "开门清道"))]
    lines += [
        SourceLine("y", "", cells=cells, table=2)
        for cells in (("物资名称", "数量", "存放地点"), ("手电", "6把", "库房"))
    ]
    lines = [
        SourceLine(line.where, " | ".join(line.cells), cells=line.cells, table=line.table) for line in lines
    ]
    text = understand(lines, "a.docx").text

    assert [(call.who, call.number) for call in text.call_tree] == [("消防", "119")]
    assert [(role.name, role.duty) for role in text.roles] == [("门岗", "开门清道")]
    assert [(one.name, one.amount, one.unit, one.place) for one in text.resources] == [
        ("手电", 6, "把", "库房")
    ]


def test_a_table_that_says_nothing_is_left_out_row_by_row() -> None:
    read = understand(rows_of(("甲", "乙"), ("丙", "丁")), "a.xlsx")

    assert fates(read) == [Fate.LEFT_OUT, Fate.LEFT_OUT]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from([*PLAN.splitlines(), "", "　", "1.", "责任人：", "（三）", "表头"]), max_size=30)
)
def test_no_order_of_lines_loses_one_or_fails(lines: list[str]) -> None:
    read = understand([SourceLine(str(at), line) for at, line in enumerate(lines)], "a.docx")

    assert [one.line.where for one in read.lines] == [
        str(at) for at, line in enumerate(lines) if line.strip()
    ]
    assert all((one.at >= 0) == (one.fate.value.startswith("step")) for one in read.lines)


@pytest.mark.parametrize("words", ["步骤{}：a", "1. {}a", "责任人：{}a", "时限{}a", "（{}"])
def test_a_million_blanks_cost_no_time(words: str) -> None:
    line = SourceLine("1", words.format(" " * 1_000_000), cells=())
    read = understand([SourceLine("0", "一、处置步骤"), *[line] * 20], "a.docx")

    assert len(read.lines) == 21
