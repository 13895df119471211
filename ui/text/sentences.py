"""One sentence for every error code: what happened, what it means, what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QCoreApplication

from services.core.errors import ServiceError
from services.domain.alarms import AlarmState
from services.domain.clocks import ClockField
from services.domain.drills import DrillState
from services.domain.evidence import EvidenceState
from services.domain.handovers import HandoverState
from services.domain.hands import Hand
from services.domain.incidents import DispatchState, IncidentState
from services.domain.names import TwoNames
from services.domain.outputs import OrderState
from services.domain.people import GuardStatus, Permission, Role
from services.domain.plan_runs import PlanRunState, StepState
from services.domain.plans import PlanState
from services.domain.reviews import LessonState, ReviewState
from ui.text.incidents import field_name
from ui.text.lists import listed
from ui.text.names import name_of_value
from ui.text.places import local, local_name
from ui.text.sentence_table import SENTENCES
from ui.text.times import clock_time

# Parameters that carry a stored enum value: which kinds it may be of, by code prefix and name.
_ENUMS: dict[tuple[str, str], tuple[type[Enum], ...]] = {
    ("alarm", "was"): (AlarmState,),
    ("alarm", "wanted"): (AlarmState,),
    ("alarm", "hand"): (Hand,),
    ("dispatch", "was"): (DispatchState, IncidentState, GuardStatus),
    ("dispatch", "wanted"): (DispatchState, IncidentState, GuardStatus),
    ("dispatch", "status"): (GuardStatus,),
    ("dispatch", "state"): (AlarmState,),
    ("output", "was"): (OrderState,),
    ("output", "wanted"): (OrderState,),
    ("people", "was"): (GuardStatus,),
    ("people", "wanted"): (GuardStatus,),
    ("review", "was"): (ReviewState, LessonState, IncidentState),
    ("review", "wanted"): (ReviewState, LessonState, IncidentState),
    ("review", "state"): (ReviewState,),
    ("evidence", "was"): (EvidenceState,),
    ("evidence", "wanted"): (EvidenceState,),
    ("handover", "was"): (HandoverState,),
    ("handover", "wanted"): (HandoverState,),
    ("identity", "permission"): (Permission,),
    ("plan_run", "was"): (PlanRunState, StepState),
    ("plan_run", "wanted"): (PlanRunState, StepState),
    ("drill", "was"): (DrillState,),
    ("drill", "wanted"): (DrillState,),
    ("plans", "was"): (PlanState,),
    ("plans", "wanted"): (PlanState,),
    ("identity", "role"): (Role,),
    ("clocks", "field"): (ClockField,),
}


def sentence(error: ServiceError) -> str:
    """The sentence for `error` in the language of the moment; plain text, not to be read as markup.

    A code without a sentence gives one that names the code, so that nothing is silent.
    """
    source = SENTENCES.get(error.code)
    if source is None:
        text = QCoreApplication.translate(
            "Errors", "操作没有完成（{code}）。请重试；若仍不行，请把这个代号告诉管理员。"
        )
        return text.format(code=error)
    shown = defaultdict(lambda: "–", _shown_params(error))
    return QCoreApplication.translate("Errors", source).format_map(shown)


def reason_text(code: str) -> str:
    """The sentence for a bare code, as `FeedStatus.error` holds it; empty for an empty one."""
    return sentence(ServiceError(code)) if code else ""


def _shown_params(error: ServiceError) -> Mapping[str, str]:
    area = error.code.partition(".")[0]
    return {key: _shown(area, key, value) for key, value in error.params.items()}


def _shown(area: str, key: str, value: object) -> str:
    if isinstance(value, datetime):
        return clock_time(value)
    if isinstance(value, TwoNames):
        return local_name(value)
    if isinstance(value, tuple):
        return listed(_shown(area, key, one) for one in value)
    if (area, key) == ("dispatch", "fields"):
        return listed(field_name(name) for name in str(value).split())
    if (area, key) == ("evidence", "trouble"):
        return reason_text(str(value)).rstrip("。.")
    for kind in _ENUMS.get((area, key), ()):
        if str(value) in {str(member.value) for member in kind}:
            return name_of_value(kind, value)
    return "–" if value is None or value == "" else local(str(value))
