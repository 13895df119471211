"""What happened, as typed facts; each is one row of the change feed and one event on the bus.

A fact carries the whole entity as it is after the change, so a reader needs no second query
and a reader that was away ends in the same state as one that saw every step.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.domain.alarms import Alarm
from services.domain.arming import ArmState, ZoneState
from services.domain.bookmarks import Bookmark
from services.domain.calls import Call
from services.domain.devices import CameraHealth
from services.domain.drills import Drill
from services.domain.evidence import EvidenceRequest
from services.domain.fire_requests import FireRequest
from services.domain.handovers import Handover, LentItem
from services.domain.incidents import Dispatch, Incident, TimelineEntry
from services.domain.linkage import Rule
from services.domain.linkage_runs import LinkageRun
from services.domain.notices import Notice
from services.domain.outputs import OutputOrder, OutputState
from services.domain.people import GuardState, User
from services.domain.plan_runs import PlanRun
from services.domain.plans import Plan, PlanVersion
from services.domain.ptz import PtzControl
from services.domain.recordings import Protection
from services.domain.reviews import Lesson, Review
from services.domain.roster import Attendance
from services.domain.site import Camera
from services.domain.walls import WallItem


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    alarm: Alarm


@dataclass(frozen=True, slots=True)
class AlarmRepeated:
    """The same zone spoke again while its alarm is open; sounds again."""

    alarm: Alarm


@dataclass(frozen=True, slots=True)
class AlarmChanged:
    """Anything else about an alarm; `change` is the command or cause in one word.

    loser: whose it was, by user name, when it goes to somebody else.
    """

    alarm: Alarm
    change: str
    loser: str = ""


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """Somebody on the duty list was told of an alarm; also when they said that they had read it."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class IncidentOpened:
    incident: Incident


@dataclass(frozen=True, slots=True)
class IncidentChanged:
    incident: Incident
    change: str


@dataclass(frozen=True, slots=True)
class DispatchSent:
    dispatch: Dispatch


@dataclass(frozen=True, slots=True)
class DispatchChanged:
    dispatch: Dispatch
    change: str


@dataclass(frozen=True, slots=True)
class TimelineAdded:
    entry: TimelineEntry


@dataclass(frozen=True, slots=True)
class CallLogged:
    """Somebody wrote down a call; calls are never changed."""

    call: Call


@dataclass(frozen=True, slots=True)
class GuardChanged:
    guard: GuardState


@dataclass(frozen=True, slots=True)
class SiteImported:
    site: str


@dataclass(frozen=True, slots=True)
class CameraChanged:
    """A camera of the site; `change`: added, changed, replaced or removed (then as it was)."""

    camera: Camera
    change: str


@dataclass(frozen=True, slots=True)
class CameraHealthChanged:
    """A camera's state is another one; what only its rates did is in its row, not in the feed."""

    health: CameraHealth


@dataclass(frozen=True, slots=True)
class WallItemSaved:
    """A layout, preset or tour is new or another one; also when it was shared."""

    item: WallItem


@dataclass(frozen=True, slots=True)
class WallItemRemoved:
    item: WallItem


@dataclass(frozen=True, slots=True)
class PtzControlChanged:
    """`change`: taken, taken_over (then `loser` is the user who had it), kept, released or home."""

    control: PtzControl
    change: str
    loser: str = ""


@dataclass(frozen=True, slots=True)
class ZoneChanged:
    """`change`: isolated, isolation_ended, test_begun, test_ended, walk_begun, walk_answered, walk_ended."""

    state: ZoneState
    change: str


@dataclass(frozen=True, slots=True)
class ArmChanged:
    """`change`: armed, disarmed (by hand), scheduled, delayed (an entry runs), quiet (what it waits with
    restored) or raised (it ran out)."""

    state: ArmState
    change: str


@dataclass(frozen=True, slots=True)
class SiteEdited:
    """Panels, zones, arm groups or outputs of the site are others; `subject`: kind and number of one."""

    subject: str
    change: str


@dataclass(frozen=True, slots=True)
class LinkageRunChanged:
    """A rule began to run, or an action of a run is over."""

    run: LinkageRun


@dataclass(frozen=True, slots=True)
class LinkageRuleChanged:
    """`change`: saved, enabled, disabled or removed (then as it was)."""

    rule: Rule
    change: str


@dataclass(frozen=True, slots=True)
class OutputOrderChanged:
    """An order to switch an output was asked or went on; `change`: its state, or confirmed by one person."""

    order: OutputOrder
    change: str


@dataclass(frozen=True, slots=True)
class OutputChanged:
    """An output, or the whole site, has another mode, drill or activity."""

    state: OutputState
    change: str


@dataclass(frozen=True, slots=True)
class FireRequestChanged:
    """A request to a fire transmission device was made or went on; `change`: its state."""

    request: FireRequest
    change: str


@dataclass(frozen=True, slots=True)
class PlanSaved:
    """A plan is new or another one; `change`: made, edited, sent, returned, retired, revived or drilled."""

    plan: Plan
    change: str


@dataclass(frozen=True, slots=True)
class PlanPublished:
    """A version came into force."""

    plan: Plan
    version: PlanVersion


@dataclass(frozen=True, slots=True)
class HandoverChanged:
    """`change`: prepared, noted, note_withdrawn, out_signed, in_signed or left_taken (then `count` alarms and
    incidents of the user `loser` are the taker's)."""

    handover: Handover
    change: str
    loser: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class LentItemChanged:
    """`change`: lent or returned."""

    item: LentItem
    change: str


@dataclass(frozen=True, slots=True)
class ReviewChanged:
    """`change`: opened (by the program), written, submitted, approved or sent_back."""

    review: Review
    change: str


@dataclass(frozen=True, slots=True)
class LessonChanged:
    """`change`: made (by an approval), done or reopened."""

    lesson: Lesson
    change: str


@dataclass(frozen=True, slots=True)
class EvidenceChanged:
    """A request for recordings was made or went on; `change`: its new state, progress (of an export),
    broken_off (an export) or redone (the package has to be made again)."""

    request: EvidenceRequest
    change: str


@dataclass(frozen=True, slots=True)
class UserChanged:
    """A user has another role, was deactivated or activated."""

    user: User


@dataclass(frozen=True, slots=True)
class PlanRunChanged:
    """A plan is carried out or went on; `change`: started, paused, resumed, completed, aborted, or moved to
    another incident; or of a step done, skipped, failed, late, tried_again, carried_out, answered, proved,
    seen or dated; `step`: its place in the run, -1 when it is about none.
    """

    run: PlanRun
    change: str
    step: int = -1


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Shifts of the week that begins on `monday` are planned otherwise; "": a pattern is another one.

    `change`: filled, swapped, put, removed or pattern.
    """

    monday: str
    change: str


@dataclass(frozen=True, slots=True)
class AttendanceChanged:
    """A guard signed in or out."""

    attendance: Attendance


@dataclass(frozen=True, slots=True)
class BookmarkChanged:
    """`change`: made, edited or ended."""

    bookmark: Bookmark
    change: str


@dataclass(frozen=True, slots=True)
class DrillChanged:
    """`change`: started, played (an alarm of it was raised), paused, resumed, done or stopped."""

    drill: Drill
    change: str


@dataclass(frozen=True, slots=True)
class ProtectionChanged:
    """`change`: protected, extended, released or expired."""

    protection: Protection
    change: str


Fact = (
    AlarmRaised
    | FireRequestChanged
    | AlarmRepeated
    | AlarmChanged
    | NoticeGiven
    | IncidentOpened
    | IncidentChanged
    | DispatchSent
    | DispatchChanged
    | TimelineAdded
    | CallLogged
    | GuardChanged
    | RosterChanged
    | AttendanceChanged
    | SiteImported
    | CameraChanged
    | CameraHealthChanged
    | WallItemSaved
    | WallItemRemoved
    | PtzControlChanged
    | ZoneChanged
    | ArmChanged
    | SiteEdited
    | LinkageRunChanged
    | LinkageRuleChanged
    | OutputOrderChanged
    | OutputChanged
    | PlanSaved
    | PlanPublished
    | PlanRunChanged
    | DrillChanged
    | HandoverChanged
    | LentItemChanged
    | ReviewChanged
    | EvidenceChanged
    | LessonChanged
    | UserChanged
    | BookmarkChanged
    | ProtectionChanged
)

FACTS: dict[str, type[Fact]] = {
    fact.__name__: fact
    for fact in (
        FireRequestChanged,
        AlarmRaised,
        AlarmRepeated,
        AlarmChanged,
        NoticeGiven,
        IncidentOpened,
        IncidentChanged,
        DispatchSent,
        DispatchChanged,
        TimelineAdded,
        CallLogged,
        GuardChanged,
        RosterChanged,
        AttendanceChanged,
        SiteImported,
        CameraChanged,
        CameraHealthChanged,
        WallItemSaved,
        WallItemRemoved,
        PtzControlChanged,
        ZoneChanged,
        ArmChanged,
        SiteEdited,
        LinkageRunChanged,
        LinkageRuleChanged,
        OutputOrderChanged,
        OutputChanged,
        PlanSaved,
        PlanPublished,
        PlanRunChanged,
        DrillChanged,
        HandoverChanged,
        LentItemChanged,
        ReviewChanged,
        EvidenceChanged,
        LessonChanged,
        UserChanged,
        BookmarkChanged,
        ProtectionChanged,
    )
}


def subject_of(fact: Fact) -> str:
    """The id of the entity a fact is about, for the change row."""
    match fact:
        case AlarmRaised() | AlarmRepeated() | AlarmChanged():
            return fact.alarm.id
        case NoticeGiven():
            return fact.notice.alarm
        case IncidentOpened() | IncidentChanged():
            return fact.incident.id
        case DispatchSent() | DispatchChanged():
            return fact.dispatch.id
        case FireRequestChanged():
            return fact.request.id
        case TimelineAdded():
            return fact.entry.incident
        case CallLogged():
            return fact.call.id
        case GuardChanged():
            return fact.guard.no
        case RosterChanged():
            return fact.monday
        case AttendanceChanged():
            return fact.attendance.guard
        case SiteImported():
            return fact.site
        case CameraChanged():
            return fact.camera.no
        case CameraHealthChanged():
            return fact.health.camera
        case WallItemSaved() | WallItemRemoved():
            return fact.item.id
        case PtzControlChanged():
            return fact.control.camera
        case ZoneChanged():
            return fact.state.zone
        case ArmChanged():
            return fact.state.group
        case SiteEdited():
            return fact.subject
        case LinkageRunChanged():
            return fact.run.alarm
        case LinkageRuleChanged():
            return fact.rule.id
        case OutputOrderChanged():
            return fact.order.id
        case UserChanged():
            return fact.user.name
        case ProtectionChanged():
            return fact.protection.camera
        case OutputChanged():
            return fact.state.output
        case PlanSaved() | PlanPublished():
            return fact.plan.id
        case PlanRunChanged():
            return fact.run.id
        case DrillChanged():
            return fact.drill.id
        case HandoverChanged():
            return fact.handover.id
        case LentItemChanged():
            return fact.item.id
        case EvidenceChanged():
            return fact.request.id
        case ReviewChanged():
            return fact.review.incident
        case LessonChanged():
            return fact.lesson.incident
        case BookmarkChanged():
            return fact.bookmark.id
