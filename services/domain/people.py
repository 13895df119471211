"""Guards as they are now, and the people who sit at the desks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.domain.site import GuardNo, Point

# Of a password; shorter ones are found by trying.
LEAST_CHARACTERS = 8
# As records keep it: who acts for guards that are simulated.
SIMULATED_GUARDS = "模拟保安"


class GuardStatus(StrEnum):
    OFF = "off"
    AVAILABLE = "available"
    ON_POST = "on_post"
    PATROLLING = "patrolling"
    DISPATCHED = "dispatched"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    BREAK = "break"
    OUT_OF_SERVICE = "out_of_service"
    DURESS = "duress"


READY = frozenset({GuardStatus.AVAILABLE, GuardStatus.ON_POST, GuardStatus.PATROLLING})
WORKING = frozenset({GuardStatus.DISPATCHED, GuardStatus.EN_ROUTE, GuardStatus.ON_SCENE})
_AWAY = frozenset({GuardStatus.OFF, GuardStatus.BREAK, GuardStatus.OUT_OF_SERVICE})

# Whoever calls for help is in distress, off duty too: no call is ever refused.
GUARD_MOVES: dict[GuardStatus, frozenset[GuardStatus]] = {
    # Whoever calls for help is heard, on duty or not.
    GuardStatus.OFF: READY | {GuardStatus.DURESS},
    **{ready: (READY - {ready}) | {GuardStatus.DISPATCHED, GuardStatus.DURESS} | _AWAY for ready in READY},
    GuardStatus.DISPATCHED: READY | {GuardStatus.EN_ROUTE, GuardStatus.DURESS, GuardStatus.OUT_OF_SERVICE},
    GuardStatus.EN_ROUTE: READY | {GuardStatus.ON_SCENE, GuardStatus.DURESS, GuardStatus.OUT_OF_SERVICE},
    GuardStatus.ON_SCENE: READY | {GuardStatus.DURESS, GuardStatus.OUT_OF_SERVICE},
    GuardStatus.BREAK: READY | {GuardStatus.OFF, GuardStatus.DURESS, GuardStatus.OUT_OF_SERVICE},
    GuardStatus.OUT_OF_SERVICE: frozenset({GuardStatus.AVAILABLE, GuardStatus.OFF, GuardStatus.DURESS}),
    GuardStatus.DURESS: READY | {GuardStatus.OUT_OF_SERVICE},
}


@dataclass(frozen=True, slots=True)
class GuardState:
    """Where a guard is and what they are doing; position_source: post, checkpoint, feed or sim.

    post: where they stand this shift, "" = their usual post. checkin_at: the last sign of them that counts
    while they are sent. overdue: 0 in time, 1 warned, 2 critical. duress_alarm: raised when they called.
    """

    no: GuardNo
    status: GuardStatus
    at: Point
    position_source: str
    position_at: datetime
    dispatch: str = ""
    row_version: int = 1
    post: str = ""
    checkin_at: datetime | None = None
    overdue: int = 0
    duress_alarm: str = ""


class Role(StrEnum):
    """GUARD: on the phone's page only; nobody logs in at a seat with it."""

    OPERATOR = "operator"
    SHIFT_LEADER = "shift_leader"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    GUARD = "guard"


SEAT_ROLES = tuple(role for role in Role if role is not Role.GUARD)


class Permission(StrEnum):
    WATCH = "watch"
    HANDLE_ALARM = "handle_alarm"
    RESET_ALARM = "reset_alarm"
    DISPATCH = "dispatch"
    ARM = "arm"
    TEST_ZONES = "test_zones"
    ISOLATE = "isolate"
    CONTROL_OUTPUTS = "control_outputs"
    SET_OUTPUT_MODE = "set_output_mode"
    # The last minutes of a camera, from its live picture.
    LOOK_BACK = "look_back"
    REVIEW = "review"
    WRITE_REVIEW = "write_review"
    REQUEST_EVIDENCE = "request_evidence"
    APPROVE_EVIDENCE = "approve_evidence"
    EXPORT_EVIDENCE = "export_evidence"
    SHARE_WALL = "share_wall"
    EDIT_SITE = "edit_site"
    EDIT_USERS = "edit_users"
    EDIT_LINKAGE = "edit_linkage"
    SET_CLOCKS = "set_clocks"
    EDIT_PEOPLE = "edit_people"
    EDIT_ROSTER = "edit_roster"
    HAND_OVER = "hand_over"
    RUN_PLANS = "run_plans"
    RUN_DRILLS = "run_drills"
    EDIT_PLANS = "edit_plans"
    ANSWER_ORDER = "answer_order"
    READ_AUDIT = "read_audit"
    PROTECT = "protect"
    RELEASE = "release"


_OPERATOR = frozenset(
    {
        Permission.WATCH,
        Permission.LOOK_BACK,
        Permission.HANDLE_ALARM,
        Permission.RESET_ALARM,
        Permission.DISPATCH,
        Permission.ARM,
        Permission.TEST_ZONES,
        Permission.CONTROL_OUTPUTS,
        Permission.HAND_OVER,
        Permission.RUN_PLANS,
        Permission.WRITE_REVIEW,
        Permission.REQUEST_EVIDENCE,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: _OPERATOR,
    Role.SHIFT_LEADER: _OPERATOR
    | {
        Permission.ISOLATE,
        Permission.SET_OUTPUT_MODE,
        Permission.REVIEW,
        Permission.SHARE_WALL,
        Permission.RUN_DRILLS,
        # The police come at night too.
        Permission.APPROVE_EVIDENCE,
        Permission.EXPORT_EVIDENCE,
        Permission.PROTECT,
    },
    Role.SUPERVISOR: frozenset(
        {
            Permission.WATCH,
            Permission.LOOK_BACK,
            Permission.READ_AUDIT,
            Permission.ISOLATE,
            Permission.SET_OUTPUT_MODE,
            Permission.REVIEW,
            Permission.WRITE_REVIEW,
            Permission.REQUEST_EVIDENCE,
            Permission.APPROVE_EVIDENCE,
            Permission.EXPORT_EVIDENCE,
            Permission.SHARE_WALL,
            Permission.EDIT_LINKAGE,
            Permission.SET_CLOCKS,
            Permission.EDIT_PEOPLE,
            Permission.EDIT_ROSTER,
            Permission.EDIT_PLANS,
            Permission.RUN_DRILLS,
            Permission.PROTECT,
            Permission.RELEASE,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.WATCH,
            Permission.READ_AUDIT,
            Permission.TEST_ZONES,
            Permission.SHARE_WALL,
            Permission.EDIT_SITE,
            Permission.EDIT_USERS,
            Permission.EDIT_LINKAGE,
            Permission.SET_CLOCKS,
            Permission.EDIT_PEOPLE,
            Permission.EDIT_ROSTER,
        }
    ),
    Role.GUARD: frozenset({Permission.ANSWER_ORDER}),
}


# What can be taken from a user or a role. Not the watch over users and site: who took it from everybody
# could never give it back.
LIMITABLE = (
    Permission.WATCH,
    Permission.LOOK_BACK,
    Permission.HANDLE_ALARM,
    Permission.RESET_ALARM,
    Permission.DISPATCH,
    Permission.ARM,
    Permission.ISOLATE,
    Permission.TEST_ZONES,
    Permission.CONTROL_OUTPUTS,
    Permission.PROTECT,
    Permission.RELEASE,
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a command is about: a place as people call it, a camera by its number, or a camera at a place."""

    place: str = ""
    camera: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A permission taken away 限制: at `places` and on `cameras`, and everywhere when both are empty."""

    permission: Permission
    places: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()

    @property
    def is_everywhere(self) -> bool:
        return not self.places and not self.cameras

    def bars(self, permission: Permission, thing: Thing) -> bool:
        if permission is not self.permission:
            return False
        return self.is_everywhere or thing.place in self.places or thing.camera in self.cameras


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in; the password hash never leaves storage and identity.

    limits: the user's own and those of the role.
    """

    name: str
    display_name: str
    role: Role
    is_active: bool = True
    row_version: int = 1
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """Who acts, at which workstation; every command takes one."""

    user: str
    display_name: str
    role: Role
    workstation: str
    limits: tuple[Limit, ...] = ()

    def is_held_by(self, user: User) -> bool:
        """Whether `user`, as the record has them now, still holds all that this session was given."""
        is_in_role = PERMISSIONS[self.role] <= PERMISSIONS[user.role]
        return user.is_active and is_in_role and set(user.limits) <= set(self.limits)

    def may(self, permission: Permission) -> bool:
        """Whether the role gives it; a limit may still take it away for some things."""
        return permission in PERMISSIONS[self.role]

    def is_barred(self, permission: Permission, thing: Thing) -> bool:
        """Whether a limit takes away what the role gives, for this thing."""
        return any(limit.bars(permission, thing) for limit in self.limits)
