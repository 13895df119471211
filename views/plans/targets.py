"""What a step may be aimed at: units, people to call, cameras, outputs, roles of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.linkage import ActionKind
from services.domain.people import Role
from services.domain.plan_steps import StepKind
from services.domain.plans import PlanText
from services.domain.site import Output, OutputKind, Site
from ui.text.names import name_of
from ui.text.noop import QT_TRANSLATE_NOOP
from ui.text.places import local_name, local_name_of

Line = tuple[str, str]
_OUTSIDE = ("110", "119", "120")
# What the program can do by itself in a step; everything else needs a rule and an alarm.
ACTIONS = (
    ActionKind.FEEDS,
    ActionKind.MAP,
    ActionKind.PTZ_AIM,
    ActionKind.SNAPSHOT,
    ActionKind.SOUND,
    ActionKind.VOICE,
    ActionKind.NOTIFY,
    ActionKind.DOOR,
    ActionKind.BROADCAST,
    ActionKind.OUTPUT,
)
ACTIONS_WITH_TARGET = frozenset({ActionKind.NOTIFY, ActionKind.DOOR, ActionKind.BROADCAST, ActionKind.OUTPUT})
ACTIONS_WITH_TEXT = frozenset({ActionKind.VOICE, ActionKind.NOTIFY, ActionKind.BROADCAST})
# By the kind of a step: what "" means.
_USUAL: dict[StepKind, str] = {
    StepKind.DISPATCH: QT_TRANSLATE_NOOP("PlanTargets", "程序推荐的人"),
    StepKind.CALL: QT_TRANSLATE_NOOP("PlanTargets", "执行时再定"),
    StepKind.VIEW: QT_TRANSLATE_NOOP("PlanTargets", "看得见现场的摄像机"),
    StepKind.PTZ: QT_TRANSLATE_NOOP("PlanTargets", "能转向现场的云台"),
    StepKind.DOOR: QT_TRANSLATE_NOOP("PlanTargets", "执行时再定"),
    StepKind.LIGHT: QT_TRANSLATE_NOOP("PlanTargets", "执行时再定"),
    StepKind.BROADCAST: QT_TRANSLATE_NOOP("PlanTargets", "执行时再定"),
    StepKind.REPORT: QT_TRANSLATE_NOOP("PlanTargets", "执行时再定"),
    StepKind.NOTIFY: QT_TRANSLATE_NOOP("PlanTargets", "执行时再定"),
}


def has_target(kind: StepKind) -> bool:
    return kind in _USUAL


def targets_of(kind: StepKind, text: PlanText, site: Site) -> list[Line]:
    """Words and value, what is usual first."""
    usual = (QCoreApplication.translate("PlanTargets", _USUAL.get(kind, "")), "")
    match kind:
        case StepKind.DISPATCH:
            outside = [(number, number) for number in _OUTSIDE]
            posts = [(f"{post.no} {local_name(post)}", post.no) for post in site.posts]
            guards = [(f"{guard.no} {local_name(guard)}", guard.no) for guard in site.guards]
            return [usual, *outside, *posts, *guards]
        case StepKind.CALL:
            known = [(local_name_of(call.who, call.who_en), call.id) for call in text.call_tree]
            return [usual, *known, *((number, number) for number in _OUTSIDE)]
        case StepKind.VIEW | StepKind.PTZ:
            cameras = [one for one in site.cameras if kind is StepKind.VIEW or one.has_ptz]
            return [usual, *((f"{camera.no} {local_name(camera)}", camera.no) for camera in cameras)]
        case StepKind.DOOR:
            return [usual, *_outputs(site, OutputKind.DOOR)]
        case StepKind.LIGHT:
            return [usual, *_outputs(site, OutputKind.LIGHT)]
        case StepKind.BROADCAST:
            return [usual, *_outputs(site, OutputKind.BROADCAST)]
        case StepKind.REPORT | StepKind.NOTIFY:
            return [usual, *_roles()]
        case _:
            return [usual]


def targets_of_action(kind: ActionKind, site: Site) -> list[Line]:
    match kind:
        case ActionKind.NOTIFY:
            return [*_roles(), (QCoreApplication.translate("PlanTargets", "所有席位"), "all")]
        case ActionKind.DOOR:
            return _outputs(site, OutputKind.DOOR)
        case ActionKind.BROADCAST:
            return _outputs(site, OutputKind.BROADCAST)
        case ActionKind.OUTPUT:
            return [_output_line(output) for output in site.outputs if not output.is_dangerous]
        case _:
            return []


def _outputs(site: Site, kind: OutputKind) -> list[Line]:
    return [_output_line(output) for output in site.outputs if output.kind is kind]


def _output_line(output: Output) -> Line:
    return f"{output.no} {local_name(output)}", output.no


def _roles() -> list[Line]:
    return [(name_of(role), role.value) for role in Role if role is not Role.ADMINISTRATOR]
