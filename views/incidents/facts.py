"""What is said of an incident beside the board, and what may be chosen in its forms; pure."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from services.domain.board import Board
from services.domain.coverage import post_of
from services.domain.incidents import Incident, TargetKind
from services.domain.people import READY, GuardState
from services.domain.site import PostKind, Site
from ui.text.incidents import level_name
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local, local_name
from ui.text.times import date_time
from views.incidents.acts import Act

_ACTS: dict[Act, str] = {
    Act.EDIT: QT_TRANSLATE_NOOP("IncidentAct", "接警单"),
    Act.POLICE: "110",
    Act.FIRE_BRIGADE: "119",
    Act.AMBULANCE: "120",
    Act.BACKUP: QT_TRANSLATE_NOOP("IncidentAct", "增援"),
    Act.UNIT: QT_TRANSLATE_NOOP("IncidentAct", "派岗位、队伍、部门"),
    Act.CALL: QT_TRANSLATE_NOOP("IncidentAct", "记录通话"),
    Act.LINK: QT_TRANSLATE_NOOP("IncidentAct", "关联"),
    Act.MERGE: QT_TRANSLATE_NOOP("IncidentAct", "合并"),
    Act.SPLIT: QT_TRANSLATE_NOOP("IncidentAct", "拆分"),
    Act.DISMISS: QT_TRANSLATE_NOOP("IncidentAct", "不属实"),
    Act.TRANSFER: QT_TRANSLATE_NOOP("IncidentAct", "移交"),
    Act.REOPEN: QT_TRANSLATE_NOOP("IncidentAct", "重新打开"),
    Act.POLICE_REF: QT_TRANSLATE_NOOP("IncidentAct", "填 110 警情编号"),
    Act.PRINT: QT_TRANSLATE_NOOP("IncidentAct", "打印 110 移交单"),
    Act.PLAYBACK: QT_TRANSLATE_NOOP("IncidentAct", "看录像"),
    Act.REVIEW: QT_TRANSLATE_NOOP("IncidentAct", "看复盘"),
    Act.EVIDENCE: QT_TRANSLATE_NOOP("IncidentAct", "申请调取录像"),
}
_STATE = QT_TRANSLATE_NOOP("IncidentFacts", "{state} · {place} · 接报 {received} · 负责人 {owner}")
_CALLER = QT_TRANSLATE_NOOP("IncidentFacts", "报警人 {caller}")
_COMMANDER = QT_TRANSLATE_NOOP("IncidentFacts", "指挥员 {name}")
_POLICE = QT_TRANSLATE_NOOP("IncidentFacts", "110 编号 {number}")
_BACKUP = QT_TRANSLATE_NOOP("IncidentFacts", "还差增援 {count}")
_MERGED = QT_TRANSLATE_NOOP("IncidentFacts", "已并入 {number}")
_LINKED = QT_TRANSLATE_NOOP("IncidentFacts", "关联 {numbers}")
_UNIT = QT_TRANSLATE_NOOP("IncidentFacts", "{kind} {name}  可派 {count}")
_GIVEN = QT_TRANSLATE_NOOP("IncidentFacts", "已移交 {to}")


def act_names() -> dict[Act, str]:
    return {act: QCoreApplication.translate("IncidentAct", source) for act, source in _ACTS.items()}


def fact_lines(incident: Incident, incidents: Mapping[str, Incident]) -> list[str]:
    """Where it stands; then how grave it is and who has to do with it."""
    state = _say(
        _STATE,
        state=name_of(incident.state),
        place=local(incident.place) or "–",
        received=date_time(incident.received_at),
        owner=incident.owner_name or "–",
    )
    caller = " ".join(filter(None, (incident.caller.name, incident.caller.phone)))
    more = [
        level_name(incident.level),
        listed(name_of(peril) for peril in incident.perils),
        _say(_CALLER, caller=caller) if caller else "",
        _say(_COMMANDER, name=incident.commander) if incident.commander else "",
        _say(_POLICE, number=incident.police_ref) if incident.police_ref else "",
        _say(_BACKUP, count=incident.backup_wanted) if incident.backup_wanted else "",
        _say(_GIVEN, to=incident.transferred_to) if incident.transferred_to else "",
        *_joined(incident, incidents),
    ]
    return [state, " · ".join(filter(None, more))]


def other_incidents(board: Board, incident: Incident) -> list[tuple[str, str]]:
    """Open ones that it may be joined with, newest first: id and words."""
    others = (one for one in board.incidents.values() if one.is_open and one.id != incident.id)
    ordered = sorted(others, key=lambda one: one.received_at, reverse=True)
    return [(one.id, f"{one.short_no}  {local(one.title)}  {local(one.place)}") for one in ordered]


def parts_of(board: Board, incident: Incident) -> list[tuple[str, str]]:
    """Its alarms and orders, which may be split off: id and words."""
    parts: list[tuple[str, str]] = [
        (alarm.id, f"{alarm.event_no}  {local(alarm.name)}")
        for alarm in board.queue()
        if alarm.incident == incident.id
    ]
    for order in board.dispatches_of(incident.id):
        said = f"{order.dispatch_no}  {local(order.guard_name)}  {name_of(order.state)}"
        parts.append((order.id, said))
    return parts


def units_of(board: Board, site: Site) -> list[tuple[str, str]]:
    """What an order may go to beside single guards: id "kind:number" and words with who is free."""
    units: list[tuple[str, str]] = []
    for post in site.posts:
        kind = TargetKind.PATROL if post.kind is PostKind.MOBILE else TargetKind.POST
        free = sum(post_of(site, state) == post for state in _free(board))
        units.append((f"{kind.value}:{post.no}", _unit(kind, local_name(post), free)))
    for team in site.teams:
        kind = TargetKind.TEAM
        units.append(
            (
                f"{kind.value}:{team.no}",
                _unit(kind, local_name(team), len(free_of_team(board, site, team.no))),
            )
        )
    department = TargetKind.DEPARTMENT
    units.append((f"{department.value}:", name_of(department)))
    return units


def free_of_team(board: Board, site: Site, team: str) -> tuple[str, ...]:
    """The numbers of its guards who can be sent."""
    members = {guard.no for guard in site.guards if guard.team == team}
    return tuple(state.no for state in _free(board) if state.no in members)


def _free(board: Board) -> list[GuardState]:
    return [state for state in board.guards.values() if state.status in READY and not state.dispatch]


def _unit(kind: TargetKind, name: str, free: int) -> str:
    return _say(_UNIT, kind=name_of(kind), name=name, count=free)


def _joined(incident: Incident, incidents: Mapping[str, Incident]) -> list[str]:
    parts = []
    if incident.merged_into in incidents:
        parts.append(_say(_MERGED, number=incidents[incident.merged_into].incident_no))
    linked = [incidents[one].incident_no for one in incident.links if one in incidents]
    if linked:
        parts.append(_say(_LINKED, numbers=listed(linked)))
    return parts


def _say(source: str, **params: object) -> str:
    return QCoreApplication.translate("IncidentFacts", source).format(**params)
