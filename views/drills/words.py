"""What a score sheet says, in the language of the moment; on the screen and on paper alike."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Document, Facts, Paragraph, SignatureLine, Table
from services.domain.drill_scores import Mark, ScoreLine, ScoreSheet
from services.domain.drills import Drill, DrillState
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local, local_name_of
from ui.text.times import date_time


def drill_name(drill: Drill) -> str:
    return local(drill.name)


def columns() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("DrillWords", "环节"),
        translate("DrillWords", "内容"),
        translate("DrillWords", "目标"),
        translate("DrillWords", "实际"),
        translate("DrillWords", "当时"),
        translate("DrillWords", "结果"),
        translate("DrillWords", "说明"),
    )


def cells(line: ScoreLine) -> tuple[str, ...]:
    return (
        name_of(line.kind),
        local_name_of(local(line.name), line.name_en),
        _seconds(line.target_s),
        _seconds(line.took_s),
        _seconds(line.past_s),
        name_of(line.mark),
        line.reason,
    )


def verdict(sheet: ScoreSheet) -> str:
    """Points and counts in one line."""
    text = QCoreApplication.translate(
        "DrillWords", "{points} 分 · 达标 {met} · 超时 {late} · 未做 {missed} · 跳过 {skipped} · 用时 {time}"
    )
    return text.format(
        points=sheet.points,
        met=sheet.count(Mark.MET),
        late=sheet.count(Mark.LATE),
        missed=sheet.count(Mark.MISSED),
        skipped=sheet.count(Mark.SKIPPED),
        time=times.age(max(0.0, sheet.played_s)),
    )


def state_line(drill: Drill) -> str:
    parts = (name_of(drill.state), date_time(drill.started_at), drill.started_by_name, drill.reason)
    return " · ".join(filter(None, parts))


def report_of(sheet: ScoreSheet) -> Document:
    """The paper of a drill that is over."""
    translate, drill = QCoreApplication.translate, sheet.drill
    ended = drill.state is DrillState.DONE
    facts = (
        (translate("DrillWords", "演练"), drill_name(drill)),
        (translate("DrillWords", "方式"), _kind(drill)),
        (translate("DrillWords", "开始"), date_time(drill.started_at)),
        (translate("DrillWords", "结束"), date_time(drill.ended_at)),
        (translate("DrillWords", "组织"), drill.started_by_name),
        (translate("DrillWords", "结束情况"), name_of(drill.state) if ended else state_line(drill)),
        (translate("DrillWords", "成绩"), verdict(sheet)),
    )
    note = translate("DrillWords", "得分：达标计 1，超时计 0.5，未做和跳过计 0。演练不计入正式统计。")
    return Document(
        title=translate("DrillWords", "应急演练评估表"),
        blocks=(
            Facts(facts),
            Table(columns(), tuple(cells(line) for line in sheet.lines), translate("DrillWords", "评估")),
            Paragraph(note, is_note=True),
            SignatureLine(translate("DrillWords", "组织人")),
            SignatureLine(translate("DrillWords", "评估人")),
        ),
    )


def _kind(drill: Drill) -> str:
    if drill.replays:
        return QCoreApplication.translate("DrillWords", "重放过去的警情")
    return QCoreApplication.translate("DrillWords", "按预案")


def _seconds(value: float | None) -> str:
    return "–" if value is None else times.age(value)
