"""A night of three incidents, worked by one person at one seat, can be told again from the record alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from app.night import NIGHT, ApprovingHand, NightHand, Relief
from app.papers import save_paper
from app.sim import SimPorts, line_to
from services.campus.routes import Routes
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.core.paths import resource
from services.core.secrets import Secrets
from services.dispatch.desk import DispatchDesk
from services.domain.handovers import HandoverState
from services.domain.incidents import DispatchState, Incident, IncidentState
from services.domain.people import Role, Session
from services.domain.reviews import ReviewState
from services.identity import Accounts
from services.plans.editing import PlanDesk
from services.plans.samples import sample_plans
from services.review.desk import ReviewDesk
from services.sim.day import Day
from services.sim.people import GuardForce
from services.sim.story import Story
from services.storage import ChangeFeed, Database, verify_audit
from tests.end_to_end.conftest import Cameras
from tests.end_to_end.watch_kit import PASSWORD, Watch, Workplace
from tests.passwords import QUICK
from views.review.document import review_document

Wait = Callable[..., Any]
# Guards who run, a hand that reads fast, and a story that does not let anybody wait.
PACE, READING, STORY_SPEED = 60.0, 40.0, 30.0
LIMIT_S = 240.0
PEOPLE = {
    "ma": ("马班长", Role.SHIFT_LEADER),
    "sun": ("孙班长", Role.SHIFT_LEADER),
    "zhou": ("周处长", Role.SUPERVISOR),
}
# The beam of the shipped story hangs on a module; this one on an alarm panel.
BEAM = {"Z11": "Z12"}


# What a reader must find, in this order, and how it reads.
TOLD = {
    "alarm": "^报警: BJ.* 报警（",
    "claimed": "^处警: 接警 BJ",
    "opened": "^警情: 立警情 JQ",
    "sent": "^派警: 派 ",
    "signed": "^派警: .* 签收$",
    "en route": "^派警: .* 出发$",
    "on scene": "^派警: .* 到场$",
    "done": "^派警: .* 处置完毕$",
    "feedback": "^派警: .* 反馈：",
    "contained": "^警情: 现场已控制",
    "review opened": "^复盘: 自动开始复盘",
    "review": "^复盘: 提交复盘",
    "approved": "^复盘: 批准复盘",
    "closed": "^警情: 警情办结",
}


@pytest.fixture
def night(make_watch: Callable[..., Watch]) -> Iterator[Watch]:
    """A watch with a hub process, the shipped plans in force, guards who walk and people for the shift."""
    keys = Secrets(panel_keys={"1002": bytes(range(16))})
    watch = make_watch("", Cameras(1, keys))
    accounts = Accounts(watch.database, passwords=QUICK)
    administrator = watch.log_in("admin", "OFFICE")
    for name, (display_name, role) in PEOPLE.items():
        accounts.create(administrator, name, display_name, role, PASSWORD)
    office = watch.log_in("zhou", "OFFICE")
    PlanDesk(watch.database, SystemClock()).take_samples(office, sample_plans(), in_force=True)
    watch.start_hub()
    clock, bus, routes = SystemClock(), Bus(), Routes(watch.site)
    database = Database(watch.url, clock)
    database.open()
    force = GuardForce(
        database, bus, DispatchDesk(database, clock, routes, watch.site), routes, clock, pace=PACE
    )
    feed = ChangeFeed(database, bus)
    force.start()
    feed.start(database.read(lambda view: view.board()).seq)
    day = _day(watch, keys)
    day.start()
    yield watch
    day.stop()
    feed.stop()
    force.stop()
    database.close()


def _day(watch: Watch, keys: Secrets) -> Day:
    shipped = Story.load(resource("sites", "demo_night.toml"), watch.site)
    moments = tuple(
        replace(moment, at_s=moment.at_s / STORY_SPEED, zone=BEAM.get(moment.zone, moment.zone))
        for moment in shipped.moments
    )
    clock = SystemClock()
    ports = SimPorts(rtsp=0, dc09=watch.dc09_port)
    story = replace(shipped, moments=moments)
    return Day(watch.site, story, line_to(ports, keys, None), clock, clock.monotonic() + 2.0)


def test_one_person_works_the_night_and_another_can_tell_it_from_the_record_alone(
    night: Watch,
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    tmp_path: Path,
    expected_log: Callable[..., None],
) -> None:
    expected_log("listener.lost", "video.refused")  # neither modules nor cameras are simulated here
    desk, office = sit_down(night, "ma", "SEAT-1"), sit_down(night, "zhou", "SEAT-2", "review")
    hand = NightHand(desk.desk, Relief(PASSWORD, "sun", PASSWORD), papers=tmp_path, pace=READING)
    approving = ApprovingHand(office.desk, pace=READING)
    stations: list[str] = []
    hand.arrived.connect(stations.append)
    approving.start()
    hand.start()
    wait_until(lambda: not hand.is_working, timeout_s=LIMIT_S)
    approving.stop()

    incidents = {one.category: one for one in night.database.read(lambda view: view.incidents.page(10))}
    assert set(incidents) == {"intrusion", "panic", "fire"}
    reader = night.log_in("li", "SEAT-3")
    for case in NIGHT:
        _check_record(night.database, incidents[case.alarm_class.value])
        paper = _paper(night.database, incidents[case.alarm_class.value], reader, tmp_path)
        _check_told(paper, case.alarm_class.value)
    (handover,) = night.database.read(lambda view: view.handovers.newest(5))
    assert handover.state is HandoverState.IN_SIGNED
    lessons = ReviewDesk(night.database, SystemClock()).overview(reader)[1]
    # Measures of one evening fall due together, so their order says nothing.
    assert sorted(lesson.owner for lesson in lessons) == sorted(case.action[1] for case in NIGHT)
    assert verify_audit(night.url).first_broken is None
    assert stations[-1] == "night-closed"
    assert (tmp_path / "duty-report.pdf").read_bytes().startswith(b"%PDF")
    duty = desk.desk.presenters.reports.duty
    assert duty is not None
    assert {one.category for one in duty.incidents} == {"intrusion", "panic", "fire"}


def _check_record(database: Database, incident: Incident) -> None:
    def work(view: Any) -> None:
        assert incident.state is IncidentState.CLOSED
        sent = view.dispatches.of_incident(incident.id)
        assert sent
        for dispatch in sent:
            assert dispatch.state is DispatchState.CLOSED
            assert view.feedback_of(dispatch.id)
        review = view.reviews.last_of(incident.id)
        assert (review.state, review.written_by_name, review.reviewer_name) == (
            ReviewState.APPROVED,
            "马班长",
            "周处长",
        )

    database.read(work)


def _paper(database: Database, incident: Incident, reader: Session, folder: Path) -> list[list[str]]:
    """The course of the incident as it stands in the exported file: a person who was not there reads it."""
    desk = ReviewDesk(database, SystemClock())
    review = database.read(lambda view: view.reviews.last_of(incident.id))
    assert review is not None
    file = folder / f"{incident.incident_no}.docx"
    save_paper(review_document(desk.story(reader, review.id), "示范校区", SystemClock().now()), file)
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(file)).tables
    ]
    return next(table for table in tables if table[0][1] == "距报警")[1:]


def _check_told(course: list[list[str]], category: str) -> None:
    """Each moment stands there, in the order in which it happened, with whoever did it."""
    lines = [f"{row[2]}: {row[3]}" for row in course]
    places = {part: _place(lines, pattern) for part, pattern in TOLD.items()}
    assert -1 not in places.values(), places
    assert list(places.values()) == sorted(places.values()), places
    times = [row[0] for row in course]
    assert times == sorted(times)
    by = {part: course[place][4] for part, place in places.items()}
    assert (by["claimed"], by["feedback"], by["approved"]) == ("马班长", "马班长", "周处长")
    if category == "fire":
        began, ended = _place(lines, "^预案: 启动预案"), _place(lines, "^预案: .*执行完毕$")
        assert places["sent"] < began < ended < places["contained"]


def _place(lines: list[str], pattern: str) -> int:
    """Of the first line that is so; -1 when there is none."""
    return next((at for at, line in enumerate(lines) if re.search(pattern, line)), -1)
