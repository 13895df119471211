"""A real SQLite record, a clock that a test moves, and the people of a guard room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.domain.people import Role, Session
from services.domain.plan_steps import END, NO, YES, Choice, Step, StepKind
from services.domain.plans import PlanCategory, PlanRole, PlanText
from services.plans.editing import PlanDesk
from services.plans.library import PlanLibrary
from services.storage import Database
from tests.records import new_record

START_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CHEN = Session("chen", "陈处长", Role.SUPERVISOR, "seat-1")
LIN = Session("lin", "林科长", Role.SUPERVISOR, "seat-2")
WANG = Session("wang", "王某", Role.OPERATOR, "seat-3")
LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "seat-3")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")

FIRE = PlanText(
    "宿舍火灾",
    "Dormitory fire",
    PlanCategory.FIRE,
    level=1,
    roles=(PlanRole("duty", "值班员", "Duty officer"),),
    steps=(
        Step(
            "look",
            StepKind.YES_NO,
            "画面上看得见烟或火吗",
            role="duty",
            deadline_s=30.0,
            choices=(Choice(YES, next="call"), Choice(NO, next=END)),
        ),
        Step("call", StepKind.CALL, "拨打 119", role="duty", deadline_s=60.0, target="119"),
    ),
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "record.db", clock) as database:
        yield database


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> PlanDesk:
    return PlanDesk(database, clock)


@pytest.fixture
def library(database: Database) -> PlanLibrary:
    return PlanLibrary(database)
