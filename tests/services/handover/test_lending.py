from __future__ import annotations

from datetime import timedelta

import pytest

from services.domain.handovers import LentState
from services.domain.people import Role, Session
from tests.services.handover.conftest import START, WANG, Night, code_of

LI = Session("li", "李值班", Role.OPERATOR, "SEAT-2")


def test_what_is_lent_is_out_until_somebody_takes_it_back(night: Night) -> None:
    item = night.lent.lend(WANG, "三号楼钥匙", "刘保安", contact="电台 12", due_at=START + timedelta(hours=2))
    night.pass_time(hours=1)

    assert [one.name for one in night.lent.out()] == ["三号楼钥匙"]
    back = night.lent.take_back(LI, item.id, "完好")

    assert (back.state, back.returned_to_name, back.note) == (LentState.RETURNED, "李值班", "完好")
    assert night.lent.out() == []
    assert [one.id for one in night.lent.newest(9)] == [item.id]


def test_an_item_comes_back_once(night: Night) -> None:
    item = night.lent.lend(WANG, "手电", "陈保安")
    night.lent.take_back(WANG, item.id)

    assert code_of(lambda: night.lent.take_back(LI, item.id)) == "lent.already_back"


def test_overdue_is_reckoned_also_for_what_came_back_late(night: Night) -> None:
    item = night.lent.lend(WANG, "手电", "陈保安", due_at=START + timedelta(hours=1))
    assert not item.is_overdue(START + timedelta(hours=1))
    assert item.is_overdue(START + timedelta(hours=1, seconds=1))
    night.pass_time(hours=2)
    assert night.lent.take_back(WANG, item.id).is_overdue(START)


@pytest.mark.parametrize(
    ("name", "borrower", "count"), [("", "陈", 1), ("手电", " ", 1), ("手电", "陈", 0), ("长" * 61, "陈", 1)]
)
def test_an_entry_that_says_too_little_is_refused(night: Night, name: str, borrower: str, count: int) -> None:
    assert code_of(lambda: night.lent.lend(WANG, name, borrower, count=count)) == "lent.incomplete"


def test_only_who_stands_the_watch_lends(night: Night) -> None:
    supervisor = Session("zhao", "赵处长", Role.SUPERVISOR, "SEAT-1")

    assert code_of(lambda: night.lent.lend(supervisor, "手电", "陈")) == "identity.forbidden"
