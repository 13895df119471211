"""The review as a paper: what happened in order, how long it took, why, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.domain.documents import (
    Block,
    Document,
    Fact,
    Heading,
    Paragraph,
    SignatureLine,
    StampPlace,
    Table,
)
from services.domain.incidents import Incident
from services.domain.reviews import Review
from services.review.desk import Story
from services.review.moments import History
from ui.text.names import name_of
from ui.text.places import local
from ui.text.times import clock_time, date_time
from ui.text.titles import incident_title
from views.review.words import clock_name, level_name, moment_words, since, took

NONE = "–"
translate = QCoreApplication.translate


def review_document(story: Story, issuer: str, now: datetime) -> Document:
    """Everything that another person needs to tell it again; in the language of the moment.

    issuer: who stamps it, as the paper's foot names them.
    """
    incident, review = story.history.incident, story.review
    title = translate("ReviewPaper", "复盘报告")
    if incident.is_drill:
        title = translate("ReviewPaper", "复盘报告（演练）")
    return Document(
        title=title,
        subtitle=f"{incident.incident_no}  {incident_title(incident)}",
        facts=_facts(incident, review, now),
        blocks=(
            *_conclusion(review),
            _course(story.history),
            _times(story),
            _actions(story),
            *_hands(review),
            StampPlace(issuer, date_time(review.decided_at)[:10] if review.decided_at else ""),
        ),
        footer=incident.incident_no,
    )


def _facts(incident: Incident, review: Review, now: datetime) -> tuple[Fact, ...]:
    return (
        (translate("ReviewPaper", "警情编号"), incident.incident_no),
        (translate("ReviewPaper", "级别"), level_name(incident.level)),
        (translate("ReviewPaper", "地点"), local(incident.place) or NONE),
        (translate("ReviewPaper", "负责人"), incident.owner_name or NONE),
        (translate("ReviewPaper", "指挥员"), incident.commander or NONE),
        (translate("ReviewPaper", "接报"), date_time(incident.received_at)),
        (translate("ReviewPaper", "受理"), date_time(incident.accepted_at)),
        (translate("ReviewPaper", "控制"), date_time(incident.contained_at)),
        (translate("ReviewPaper", "办结"), date_time(incident.closed_at)),
        (translate("ReviewPaper", "处置结果"), incident.result or NONE),
        (translate("ReviewPaper", "复盘状态"), name_of(review.state)),
        (translate("ReviewPaper", "制表时间"), date_time(now)),
    )


def _conclusion(review: Review) -> tuple[Block, ...]:
    rows = tuple((name_of(cause.kind), cause.text) for cause in review.causes)
    columns = (translate("ReviewPaper", "类别"), translate("ReviewPaper", "原因"))
    return (
        Heading(translate("ReviewPaper", "概述")),
        Paragraph(review.summary or NONE),
        Table(columns, rows, translate("ReviewPaper", "原因分析"), widths=(1, 6)),
    )


def _course(history: History) -> Table:
    start_at = min((alarm.received_at for alarm in history.alarms), default=history.incident.received_at)
    rows = []
    for moment in history.moments:
        said = moment_words(moment)
        rows.append((clock_time(moment.at), since(start_at, moment.at), said.source, said.text, said.who))
    return Table(course_headings(), tuple(rows), translate("ReviewPaper", "经过"), widths=(9, 8, 9, 42, 11))


def course_headings() -> tuple[str, ...]:
    """Of the history, on paper and on the screen."""
    return (
        translate("ReviewPaper", "时间"),
        translate("ReviewPaper", "距报警"),
        translate("ReviewPaper", "来源"),
        translate("ReviewPaper", "内容"),
        translate("ReviewPaper", "人员"),
    )


def times_headings() -> tuple[str, ...]:
    return (
        translate("ReviewPaper", "环节"),
        translate("ReviewPaper", "对象"),
        translate("ReviewPaper", "实际"),
        translate("ReviewPaper", "目标"),
        translate("ReviewPaper", "评定"),
    )


def times_rows(story: Story) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            clock_name(timing.clock),
            f"{timing.no} {local(timing.name)}".strip(),
            took(timing.actual_s),
            took(timing.target_s),
            judged(is_late=timing.is_late, has_target=timing.target_s is not None),
        )
        for timing in story.timings
    )


def judged(*, is_late: bool, has_target: bool) -> str:
    if not has_target:
        return NONE
    return translate("ReviewPaper", "超时") if is_late else translate("ReviewPaper", "达标")


def _times(story: Story) -> Table:
    return Table(times_headings(), times_rows(story), translate("ReviewPaper", "用时与目标"))


def _actions(story: Story) -> Table:
    """As they stand now; before the approval as they are proposed."""
    columns = (
        translate("ReviewPaper", "措施"),
        translate("ReviewPaper", "责任人"),
        translate("ReviewPaper", "期限"),
        translate("ReviewPaper", "状态"),
    )
    proposed = translate("ReviewPaper", "拟定")
    rows = tuple(
        (lesson.text, lesson.owner, date_time(lesson.due_at)[:10], name_of(lesson.state))
        for lesson in story.lessons
    ) or tuple((one.text, one.owner, date_time(one.due_at)[:10], proposed) for one in story.review.proposals)
    return Table(columns, rows, translate("ReviewPaper", "改进措施"), widths=(5, 2, 2, 1.4))


def _hands(review: Review) -> tuple[Block, ...]:
    is_judged = review.decided_at is not None and not review.is_open
    return (
        SignatureLine(
            translate("ReviewPaper", "复盘人"), review.written_by_name, date_time(review.submitted_at)
        ),
        SignatureLine(
            translate("ReviewPaper", "批准人"),
            review.reviewer_name if is_judged else "",
            date_time(review.decided_at) if is_judged else "",
        ),
    )
