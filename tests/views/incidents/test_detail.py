"""What a person does on the incident page, on a real seat with a real record."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from services.core.ids import new_id
from services.dispatch.orders import Order
from services.dispatch.sheet import IncidentSheet
from services.domain.calls import CallOutcome, ReadBackItem
from services.domain.incidents import DispatchState, IncidentState, Peril, TargetKind
from services.domain.linkage import Action, ActionKind
from services.domain.linkage_runs import ActionRun, LinkageRun
from services.domain.people import Role, Session
from tests.views.seat import OPERATOR, Campus, Seat
from views.incidents.acts import Act, acts_of
from views.incidents.detail import IncidentDetail

Wait = Callable[..., object]
S = IncidentState
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "SEAT-1")


@pytest.fixture
def incident_id(campus: Campus) -> str:
    sheet = IncidentSheet("食堂打架", "fight", "二食堂", at=(250.0, 180.0), content="十几人")
    return campus.incidents.open(OPERATOR, new_id(), sheet).id


@pytest.fixture
def seat(open_seat: Callable[..., Seat], incident_id: str, wait_until: Wait) -> Seat:
    made = open_seat(LEADER)
    made.shell.show_screen("incidents")
    made.incidents.choose(incident_id)
    wait_until(lambda: made.jobs.is_idle)
    return made


@pytest.fixture
def detail(seat: Seat) -> IncidentDetail:
    return seat.board.detail


def state(seat: Seat, incident_id: str) -> IncidentState:
    return seat.live.board.incidents[incident_id].state


def test_the_form_is_filled_in_and_saved(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    detail.buttons[Act.EDIT].click()
    form = detail.sheet
    assert form.isVisible()
    assert form.lines["title"].text() == "食堂打架"
    form.level.setCurrentIndex(1)
    form.caller.setText("张同学")
    form.phone.setText("13800000000")
    form.perils[Peril.WEAPON].setChecked(True)
    form.lines["commander"].setText("李某")
    form.save.click()
    wait_until(lambda: seat.live.board.incidents[incident_id].level == 2)
    kept = seat.live.board.incidents[incident_id]
    assert (kept.caller.name, kept.caller.phone) == ("张同学", "13800000000")
    assert (kept.perils, kept.commander) == ((Peril.WEAPON,), "李某")
    wait_until(lambda: not form.isVisible())


def test_opening_and_saving_the_form_unchanged_changes_nothing(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    before = seat.live.board.incidents[incident_id]
    detail.begin(Act.EDIT)
    assert detail.sheet.sheet() == detail.sheet._before
    detail.sheet.save.click()
    wait_until(lambda: not detail.sheet.isVisible())
    assert seat.live.board.incidents[incident_id] == before


def test_a_refused_form_stays_open_with_what_was_typed(
    seat: Seat, detail: IncidentDetail, wait_until: Wait
) -> None:
    detail.begin(Act.EDIT)
    detail.sheet.lines["title"].setText("  ")
    detail.sheet.texts["content"].setPlainText("很多字")
    detail.sheet.save.click()
    wait_until(lambda: seat.refusals)
    assert seat.refusals[0].code == "dispatch.title_needed"
    assert detail.sheet.isVisible()
    assert detail.sheet.texts["content"].toPlainText() == "很多字"


def test_the_form_asks_why_only_where_the_level_is_lowered(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    detail.begin(Act.EDIT)
    assert not detail.sheet.why_lower.isVisible()
    detail.sheet.level.setCurrentIndex(1)
    detail.sheet.save.click()
    wait_until(lambda: seat.live.board.incidents[incident_id].level == 2)
    wait_until(lambda: not detail.sheet.isVisible())
    detail.begin(Act.EDIT)
    detail.sheet.level.setCurrentIndex(3)
    assert detail.sheet.why_lower.isVisible()
    detail.sheet.save.click()
    wait_until(lambda: seat.refusals)
    assert seat.refusals[0].code == "dispatch.reason_needed"
    detail.sheet.why_lower.setText("只是冒烟")
    detail.sheet.save.click()
    wait_until(lambda: seat.live.board.incidents[incident_id].level == 4)
    wait_until(lambda: any("只是冒烟" in entry.params.values() for entry in seat.incidents.timeline))


def test_the_form_of_a_new_incident_does_not_stand_under_the_name_of_another(
    detail: IncidentDetail, seat: Seat, incident_id: str
) -> None:
    chosen = seat.incidents.chosen
    assert chosen is not None
    assert chosen.id == incident_id
    assert chosen.incident_no in detail._title.text()
    detail.begin_new()
    assert detail._title.text() == "新警情"
    detail.show_present()
    assert detail._title.text() == "新警情"
    detail.leave_form()
    assert chosen.incident_no in detail._title.text()


def test_an_incident_without_an_alarm_is_entered_and_chosen(
    seat: Seat, detail: IncidentDetail, wait_until: Wait
) -> None:
    detail.begin_new()
    detail.sheet.lines["title"].setText("学生走失")
    known = seat.campus.site.gates[0]
    detail.sheet.lines["place"].setText(known.name)
    detail.sheet.save.click()
    wait_until(lambda: seat.incidents.chosen is not None and seat.incidents.chosen.title == "学生走失")
    wait_until(lambda: not detail.sheet.isVisible())
    assert seat.incidents.chosen is not None
    assert seat.incidents.chosen.at == known.at


def test_the_110_card_is_read_out_ticked_and_logged(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    detail.buttons[Act.POLICE].click()
    card = detail.card
    assert card.isVisible()
    assert "二食堂" in card.script.text()
    assert card.items[ReadBackItem.MEETING].text()
    card.items[ReadBackItem.CALLBACK].setText("0531-88888888")
    assert "0531-88888888" in card.script.text()
    assert card.warning.text()
    for tick in card.ticks.values():
        tick.setChecked(True)
    assert not card.warning.text()
    card.said.setPlainText("马上派人")
    card.ref.setText("110-77")
    card.log.click()
    wait_until(lambda: seat.live.board.calls_of(incident_id))
    (call,) = seat.live.board.calls_of(incident_id)
    assert (call.outcome, call.unconfirmed, call.by_name) == (CallOutcome.ACCEPTED, (), "李某")
    assert call.script.startswith("您好")
    wait_until(lambda: seat.live.board.incidents[incident_id].police_ref == "110-77")
    (order,) = seat.live.board.dispatches_of(incident_id)
    assert order.target is TargetKind.POLICE
    wait_until(lambda: not card.isVisible())


def test_a_call_by_hand_names_whoever_was_called(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    detail.begin(Act.CALL)
    detail.card.party.setText("后勤处")
    detail.card.number.setText("8123")
    detail.card.said.setPlainText("电工十分钟到")
    detail.card.log.click()
    wait_until(lambda: seat.live.board.calls_of(incident_id))
    assert seat.live.board.calls_of(incident_id)[0].party == "后勤处"
    assert seat.live.board.dispatches_of(incident_id) == []


def test_merging_is_done_from_a_list_of_open_incidents(
    campus: Campus, seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    other = campus.incidents.open(OPERATOR, new_id(), IncidentSheet("二食堂吵架", "dispute", "二食堂")).id
    wait_until(lambda: other in seat.live.board.incidents)
    detail.begin(Act.MERGE)
    assert [detail.form.other.itemData(n) for n in range(detail.form.other.count())] == [other]
    assert not detail.form.do.isEnabled()
    detail.form.text.setText("同一起")
    detail.form.do.click()
    wait_until(lambda: state(seat, incident_id) is S.MERGED)
    assert seat.live.board.incidents[incident_id].merged_into == other


def test_a_post_and_a_department_are_sent_as_units(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    post = next(p for p in seat.campus.site.posts if sum(g.post == p.no for g in seat.campus.site.guards) > 1)
    detail.begin(Act.UNIT)
    form = detail.form
    form.other.setCurrentIndex(
        next(n for n in range(form.other.count()) if str(form.other.itemData(n)).endswith(f":{post.no}"))
    )
    form.text.setText("全组支援")
    assert not form.to.isEnabled()
    form.do.click()
    wait_until(lambda: seat.live.board.dispatches_of(incident_id))
    (order,) = seat.live.board.dispatches_of(incident_id)
    assert (order.guard_name, len(order.guards) > 1) == (post.name, True)
    detail.begin(Act.UNIT)
    form.other.setCurrentIndex(form.other.count() - 1)
    form.text.setText("拉闸")
    assert not form.do.isEnabled()
    form.to.setText("后勤处")
    form.do.click()
    wait_until(lambda: len(seat.live.board.dispatches_of(incident_id)) == 2)
    assert seat.live.board.dispatches_of(incident_id)[1].target is TargetKind.DEPARTMENT


def test_an_order_is_split_off(
    campus: Campus, seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    sent = campus.dispatches.send(OPERATOR, Order("G34", "去", incident_id=incident_id))
    wait_until(lambda: sent.id in seat.live.board.dispatches)
    detail.begin(Act.SPLIT)
    detail.form.text.setText("另一处")
    assert not detail.form.do.isEnabled()
    detail.form.parts.item(0).setCheckState(Qt.CheckState.Checked)
    detail.form.do.click()
    wait_until(lambda: seat.live.board.dispatches[sent.id].incident != incident_id)


def test_an_order_is_given_back_sent_again_and_called_off_on_its_card(
    campus: Campus, seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    sent = campus.dispatches.send(OPERATOR, Order("G34", "去", incident_id=incident_id))
    wait_until(lambda: sent.id in seat.live.board.dispatches)

    def now() -> DispatchState:
        return seat.live.board.dispatches[sent.id].state

    card = detail.orders.card(sent.id)
    card.end_button.click()
    assert not card.end.give_back.isEnabled()
    card.end.reason.setText("对讲机故障")
    card.end.give_back.click()
    wait_until(lambda: now() is DispatchState.RETURNED)
    card.again_button.click()
    wait_until(lambda: now() is DispatchState.SENT)
    card.end_button.click()
    card.end.reason.setText("不用了")
    card.end.call_off.click()
    wait_until(lambda: now() is DispatchState.CANCELLED)


def test_in_a_low_window_the_steps_of_the_first_order_are_whole_beside_what_rules_did(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    alarm = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm)
    sent = campus.dispatches.send(OPERATOR, Order("G34", "去东门", alarm_id=alarm))
    actions = tuple(ActionRun(Action(ActionKind.SOUND)) for _ in range(9))
    run = LinkageRun("l1", alarm, "r1", 1, "规则", "Rule", campus.clock.now(), actions)
    campus.database.write(lambda tx: tx.linkage_runs.add(run))
    seat = open_seat(LEADER)
    seat.shell.resize(1366, 660)
    seat.shell.show_screen("incidents")
    seat.incidents.choose(sent.incident)
    detail = seat.board.detail
    wait_until(lambda: seat.incidents.runs and sent.id in seat.live.board.dispatches and seat.jobs.is_idle)
    QApplication.processEvents()
    assert detail.linkage.isVisible()
    card = detail.orders.card(sent.id)
    assert card.visibleRegion().boundingRect().height() == card.height()


def test_the_110_paper_holds_the_polices_names_and_our_values(
    seat: Seat, detail: IncidentDetail, incident_id: str, tmp_path: Path, wait_until: Wait
) -> None:
    for name in ("form.pdf", "form.docx"):
        detail.print_to(incident_id, str(tmp_path / name))
        wait_until(lambda name=name: (tmp_path / name).exists() and seat.jobs.is_idle, 20.0)
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    text = zipfile.ZipFile(tmp_path / "form.docx").read("word/document.xml").decode()
    number = seat.live.board.incidents[incident_id].incident_no
    assert all(word in text for word in ("接警单编号 JJDBH", number, "报警内容 BJNR", "十几人"))


def test_each_role_and_state_has_the_acts_of_the_table(seat: Seat, incident_id: str) -> None:
    incident = seat.live.board.incidents[incident_id]
    always = {Act.PRINT, Act.EVIDENCE}
    calls = {Act.POLICE, Act.FIRE_BRIGADE, Act.AMBULANCE, Act.CALL, Act.POLICE_REF}
    open_ = {Act.EDIT, Act.BACKUP, Act.UNIT, Act.LINK, Act.SPLIT}
    ends = {Act.MERGE, Act.DISMISS, Act.TRANSFER}
    assert acts_of(incident, Role.OPERATOR) == always | calls | open_ | ends
    assert acts_of(incident, Role.SUPERVISOR) == always | {Act.PLAYBACK}
    assert acts_of(incident, Role.ADMINISTRATOR) == {Act.PRINT}
    closed = replace(incident, state=S.CLOSED)
    assert acts_of(closed, Role.OPERATOR) == always | calls
    assert acts_of(closed, Role.SHIFT_LEADER) == always | calls | {Act.REOPEN, Act.PLAYBACK}
    assert acts_of(closed, Role.SUPERVISOR) == always | {Act.REOPEN, Act.PLAYBACK}
    assert acts_of(None, Role.OPERATOR) == frozenset()
    contained = replace(incident, state=S.CONTAINED, contained_at=incident.received_at)
    assert acts_of(contained, Role.SUPERVISOR) == always | {Act.REVIEW, Act.PLAYBACK}


def test_an_incident_that_is_contained_leads_to_its_review(
    seat: Seat, detail: IncidentDetail, incident_id: str, wait_until: Wait
) -> None:
    asked: list[str] = []
    seat.incidents.review_wanted.connect(asked.append)
    detail.begin(Act.REVIEW)
    assert asked == []
    seat.incidents.contain(incident_id, "已控制")
    wait_until(lambda: seat.live.board.incidents[incident_id].state is S.CONTAINED)
    detail.begin(Act.REVIEW)
    assert asked == [incident_id]


def test_choosing_another_incident_leaves_the_form(
    campus: Campus, seat: Seat, detail: IncidentDetail, wait_until: Wait
) -> None:
    other = campus.incidents.open(OPERATOR, new_id(), IncidentSheet("另一起", "other", "")).id
    wait_until(lambda: other in seat.live.board.incidents)
    detail.begin(Act.DISMISS)
    assert detail.form.isVisible()
    seat.incidents.choose(other)
    assert not detail.form.isVisible()
