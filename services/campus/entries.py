"""What each kind of entry in a site file holds, with units and limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from services.campus.entry import MOST_METRES, MOST_TEXT, RECORDER_SCHEMES, WEB_SCHEMES, Entry
from services.domain.arm_hours import parse_hours
from services.domain.classes import NEVER_DISARMED, PRIORITY_OF_CLASS, AlarmClass, Priority
from services.domain.clocks import LEAST_S, MOST_S, OPTIONAL_FIELDS, SiteClocks
from services.domain.recording_hours import OUTSIDE_HOURS
from services.domain.recordings import (
    AFTER_ALARM_S,
    AFTER_MOTION_S,
    BEFORE_S,
    RecordedStream,
    RecordingMode,
)
from services.domain.site import (
    Area,
    AreaKind,
    ArmGroup,
    Camera,
    CameraNo,
    Gate,
    Guard,
    GuardNo,
    Interlock,
    InterlockKind,
    Output,
    OutputKind,
    Panel,
    PanelNo,
    PanelProtocol,
    Path,
    Place,
    Point,
    Post,
    PostKind,
    PostNo,
    StreamEngine,
    StreamTransport,
    Team,
    TeamNo,
    Wall,
    Zone,
    ZoneKind,
    ZoneNo,
)

CLOCK_NUMBERS = tuple(f"P{priority:d}" for priority in Priority)
STANDING = frozenset({AreaKind.BUILDING, AreaKind.DORMITORY})

# Words with which someone may try to except a zone from being armed.
ARMING_WORDS = frozenset(
    {
        "arm_group",
        "entry_delay_s",
        "arming",
        "armed",
        "arm_hours",
        "arm_schedule",
        "disarm",
        "disarmed",
        "disarmable",
        "bypass",
    }
    | {"bypassed", "can_bypass", "can_disarm", "auto_reset", "enabled", "disabled", "shelved", "schedule"}
)

# What may be said of what hangs on the wire: a button declared as "test" would be a disarmed button.
CLASSES_OF_KIND: dict[ZoneKind, tuple[AlarmClass, ...]] = {
    ZoneKind.PANIC_BUTTON: (AlarmClass.PANIC, AlarmClass.MEDICAL),
    ZoneKind.INFRARED_BEAM: (AlarmClass.INTRUSION,),
    ZoneKind.SMOKE_DETECTOR: (AlarmClass.FIRE,),
    ZoneKind.MANUAL_CALL_POINT: (AlarmClass.FIRE,),
    ZoneKind.HEAT_DETECTOR: (AlarmClass.FIRE,),
    ZoneKind.FIRE_DEVICE: (AlarmClass.FIRE, AlarmClass.DEVICE),
    ZoneKind.CAMERA_RULE: (AlarmClass.INTRUSION, AlarmClass.VIDEO, AlarmClass.ACCESS),
    ZoneKind.DIGITAL_INPUT: (AlarmClass.DEVICE, AlarmClass.INTRUSION, AlarmClass.ACCESS),
    ZoneKind.DOOR_CONTACT: (AlarmClass.INTRUSION, AlarmClass.ACCESS),
    ZoneKind.TAMPER: (AlarmClass.TAMPER,),
}


def read_area(entry: Entry) -> Area:
    kind = entry.choice("kind", AreaKind)
    stands = kind in STANDING
    if not stands and entry.has("height_m") and entry.number("height_m", 0, 0) != 0:
        raise entry.refuse("height_m", "must be 0 for what lies flat")
    return Area(
        no=entry.no,
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        kind=kind,
        outline=entry.line("outline", 3),
        height_m=entry.number("height_m", 1.0, 500.0) if stands else 0.0,
    )


def read_wall(entry: Entry) -> Wall:
    return Wall(
        no=entry.no,
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        line=entry.line("line", 2),
        height_m=entry.number("height_m", 0.3, 20.0, 2.5),
    )


def read_gate(entry: Entry) -> Gate:
    return Gate(
        no=entry.no,
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        at=entry.point("at"),
        width_m=entry.number("width_m", 0.5, 100.0),
        heading_deg=_heading(entry),
    )


def read_path(entry: Entry) -> Path:
    return Path(no=entry.no, line=entry.line("line", 2))


def read_camera(entry: Entry) -> Camera:
    return Camera(
        no=CameraNo(entry.no),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        place=entry.text("place"),
        at=entry.point("at"),
        height_m=entry.number("height_m", 0.5, 100.0),
        heading_deg=_heading(entry),
        fov_deg=entry.number("fov_deg", 1.0, 170.0),
        range_m=entry.number("range_m", 1.0, 5000.0),
        main_url=entry.url("main_url"),
        sub_url=entry.url("sub_url"),
        credential=entry.text("credential", ""),
        width_px=entry.whole("width_px", 160, 16384, 1920),
        building=entry.text("building", ""),
        floor=entry.text("floor", ""),
        onvif_url=entry.url("onvif_url", WEB_SCHEMES, ""),
        transport=entry.choice("transport", StreamTransport, StreamTransport.AUTO),
        engine=entry.choice("engine", StreamEngine, StreamEngine.AUTO),
        has_ptz=entry.flag("has_ptz", False),
        expected_fps=entry.number("expected_fps", 0.1, 240.0, 25.0),
        is_placed=entry.flag("is_placed", True),
        recording=entry.choice("recording", RecordingMode, RecordingMode.CONTINUOUS),
        recorded_stream=entry.choice("recorded_stream", RecordedStream, RecordedStream.MAIN),
        keep_days=entry.whole("keep_days", 1, 3650, 30),
        keep_gb=entry.whole("keep_gb", 0, 1_000_000, 0),
        recording_hours=_hours(entry, "recording_hours"),
        recording_outside=_outside(entry),
        before_s=entry.number("before_s", 0.0, 120.0, BEFORE_S),
        after_alarm_s=entry.number("after_alarm_s", 5.0, 3600.0, AFTER_ALARM_S),
        after_motion_s=entry.number("after_motion_s", 5.0, 600.0, AFTER_MOTION_S),
        recorder_url=entry.url("recorder_url", RECORDER_SCHEMES, ""),
        recorder_channel=entry.text("recorder_channel", ""),
        recorder_credential=entry.text("recorder_credential", ""),
    )


def read_post(entry: Entry) -> Post:
    return Post(
        no=PostNo(entry.no),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        kind=entry.choice("kind", PostKind),
        at=entry.point("at"),
        min_staff=entry.whole("min_staff", 0, 100, 1),
    )


def read_team(entry: Entry) -> Team:
    return Team(
        no=TeamNo(entry.no),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        leader=entry.text("leader", ""),
    )


def read_guard(entry: Entry) -> Guard:
    post = entry.text("post", "")
    return Guard(
        no=GuardNo(entry.no),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        phone=entry.text("phone", ""),
        radio_id=entry.text("radio_id", ""),
        skills=entry.texts("skills"),
        post=PostNo(post) if post else None,
        at=entry.point("at"),
        team=entry.text("team", ""),
    )


def read_panel(entry: Entry) -> Panel:
    return Panel(
        no=PanelNo(entry.no),
        account=_account(entry),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        at=entry.point("at"),
        supervision_s=entry.number("supervision_s", 0.0, 86_400.0, 90.0),
        is_encrypted=entry.flag("is_encrypted", False),
        protocol=entry.choice("protocol", PanelProtocol, PanelProtocol.DC09),
        address=entry.text("address", ""),
        unit=entry.whole("unit", 0, 255, 1),
        credential=entry.text("credential", ""),
    )


def read_zone(entry: Entry) -> Zone:
    kind = entry.choice("kind", ZoneKind)
    alarm_class = entry.choice("alarm_class", AlarmClass, CLASSES_OF_KIND[kind][0])
    if alarm_class not in CLASSES_OF_KIND[kind]:
        known = ", ".join(CLASSES_OF_KIND[kind])
        raise entry.refuse("alarm_class", f"of a {kind.value} must be one of {known}")
    _check_always_armed(entry, alarm_class)
    return Zone(
        no=ZoneNo(entry.no),
        panel=PanelNo(entry.text("panel")),
        number=entry.whole("number", 1, 9999),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        kind=kind,
        alarm_class=alarm_class,
        place=entry.text("place"),
        at=entry.point("at"),
        priority=_priority(entry, alarm_class),
        beam=_beam(entry, kind),
        pinned=cast("tuple[CameraNo, ...]", entry.texts("pinned")),
        added=cast("tuple[CameraNo, ...]", entry.texts("added")),
        arm_group=entry.text("arm_group", ""),
        entry_delay_s=entry.number("entry_delay_s", 0.0, 300.0, 0.0),
        point=entry.text("point", ""),
        is_normally_closed=entry.flag("is_normally_closed", False),
        debounce_ms=entry.whole("debounce_ms", 0, 10_000, 0),
    )


def read_arm_group(entry: Entry) -> ArmGroup:
    return ArmGroup(
        no=entry.no,
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        schedule=_hours(entry, "schedule"),
    )


def read_output(entry: Entry) -> Output:
    return Output(
        no=entry.no,
        panel=PanelNo(entry.text("panel")),
        number=entry.whole("number", 0, 65_535, 0),
        name=entry.text("name"),
        name_en=entry.text("name_en", ""),
        kind=entry.choice("kind", OutputKind),
        place=entry.text("place"),
        at=entry.point("at"),
        point=entry.text("point", ""),
        feedback=entry.text("feedback", ""),
        feedback_s=entry.number("feedback_s", 0.5, 600.0, 5.0),
    )


def read_interlock(entry: Entry) -> Interlock:
    return Interlock(
        no=entry.no,
        output=entry.text("output"),
        other=entry.text("other"),
        kind=entry.choice("kind", InterlockKind),
        reason=entry.text("reason"),
        reason_en=entry.text("reason_en", ""),
    )


def read_place(table: Entry, name: str) -> Place:
    """One line `"东围墙" = "East Wall"` of the section [places], which is `table`."""
    if not name.strip() or len(name) > MOST_TEXT or not name.isprintable():
        raise table.refuse("", f"a place is printable text of at most {MOST_TEXT} characters")
    return Place(name, table.text(name))


def read_clocks(entry: Entry) -> SiteClocks:
    """What may be in each field is asked by `sitecheck`, where a form asks it too."""
    if entry.no not in CLOCK_NUMBERS:
        raise entry.refuse("", f"must be one of {', '.join(CLOCK_NUMBERS)}")
    return SiteClocks(
        no=entry.no,
        claim_s=entry.number("claim_s", LEAST_S, MOST_S),
        escalate_s=entry.numbers("escalate_s", LEAST_S, MOST_S),
        **{field.value: _limit(entry, field.value) for field in OPTIONAL_FIELDS},
    )


READERS: dict[str, Callable[[Entry], object]] = {
    "areas": read_area,
    "walls": read_wall,
    "gates": read_gate,
    "paths": read_path,
    "cameras": read_camera,
    "posts": read_post,
    "teams": read_team,
    "guards": read_guard,
    "panels": read_panel,
    "zones": read_zone,
    "arm_groups": read_arm_group,
    "outputs": read_output,
    "interlocks": read_interlock,
    "clocks": read_clocks,
}


def plan_size(entry: Entry, field: str) -> float:
    return entry.number(field, 1.0, MOST_METRES)


def _hours(entry: Entry, field: str) -> tuple[str, ...]:
    schedule = entry.texts(field)
    for hours in schedule:
        try:
            parse_hours(hours)
        except ValueError as error:
            raise entry.refuse(field, str(error)) from None
    return schedule


def _outside(entry: Entry) -> RecordingMode:
    """What a scheduled camera does in the other hours; it must say its hours."""
    mode = entry.choice("recording_outside", RecordingMode, RecordingMode.ALARM)
    if mode not in OUTSIDE_HOURS:
        raise entry.refuse("recording_outside", f"must be one of {', '.join(OUTSIDE_HOURS)}")
    is_scheduled = entry.choice("recording", RecordingMode, RecordingMode.CONTINUOUS)
    if is_scheduled is RecordingMode.SCHEDULED and not entry.texts("recording_hours"):
        raise entry.refuse("recording_hours", "is missing: scheduled from when to when")
    return mode


def _limit(entry: Entry, field: str) -> float | None:
    """None when left out: no limit."""
    return entry.number(field, LEAST_S, MOST_S) if entry.has(field) else None


def _heading(entry: Entry) -> float:
    heading_deg = entry.number("heading_deg", 0.0, 360.0)
    return 0.0 if heading_deg == 360.0 else heading_deg


def _account(entry: Entry) -> str:
    account = entry.text("account").upper()
    if not 3 <= len(account) <= 16 or not all(digit in "0123456789ABCDEF" for digit in account):
        raise entry.refuse("account", "must be 3 to 16 hexadecimal digits")
    return account


def _check_always_armed(entry: Entry, alarm_class: AlarmClass) -> None:
    for word in sorted(ARMING_WORDS):
        if entry.has(word) and alarm_class in NEVER_DISARMED:
            raise entry.refuse(word, f"a {alarm_class.value} zone is always armed: no exception is possible")


def _priority(entry: Entry, alarm_class: AlarmClass) -> Priority | None:
    if not entry.has("priority"):
        return None
    priority = Priority(entry.whole("priority", 1, 4))
    if alarm_class in NEVER_DISARMED and priority > PRIORITY_OF_CLASS[alarm_class]:
        raise entry.refuse("priority", f"of a {alarm_class.value} zone must not be lowered")
    return priority


def _beam(entry: Entry, kind: ZoneKind) -> tuple[Point, Point] | None:
    if not entry.has("beam"):
        return None
    if kind is not ZoneKind.INFRARED_BEAM:
        raise entry.refuse("beam", "belongs to an infrared_beam only")
    ends = entry.line("beam", 2)
    if len(ends) != 2 or ends[0] == ends[1]:
        raise entry.refuse("beam", "must be the two ends [[x, y], [x, y]]")
    return (ends[0], ends[1])
