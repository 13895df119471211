"""The campus as it is built: plan, cameras, posts, people, panels and zones.

Lengths are metres. A point is (x, y): x grows to the east, y to the north, (0, 0) is the
south-west corner of the plan. Headings are compass bearings: degrees clockwise from north.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import Clocks, SiteClocks, limits_of
from services.domain.recordings import (
    AFTER_ALARM_S,
    AFTER_MOTION_S,
    BEFORE_S,
    RecordedStream,
    RecordingMode,
)

CameraNo = NewType("CameraNo", str)
PostNo = NewType("PostNo", str)
GuardNo = NewType("GuardNo", str)
TeamNo = NewType("TeamNo", str)
PanelNo = NewType("PanelNo", str)
ZoneNo = NewType("ZoneNo", str)

Point = tuple[float, float]

# The place of a camera of which nobody has said where it hangs.
UNPLACED = "未安置"


class AreaKind(StrEnum):
    """What a piece of the plan is; only buildings and dormitories stand up and hide things."""

    BUILDING = "building"
    DORMITORY = "dormitory"
    ROAD = "road"
    SPORTS = "sports"
    GREEN = "green"
    WATER = "water"
    PLAZA = "plaza"


@dataclass(frozen=True, slots=True)
class Area:
    """A closed outline on the plan; `height_m` is 0 for what lies flat."""

    no: str
    name: str
    name_en: str
    kind: AreaKind
    outline: tuple[Point, ...]
    height_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Wall:
    """A perimeter wall or fence along `line`."""

    no: str
    name: str
    name_en: str
    line: tuple[Point, ...]
    height_m: float = 2.5


@dataclass(frozen=True, slots=True)
class Gate:
    """An opening for people or vehicles, `width_m` wide, facing `heading_deg` outwards."""

    no: str
    name: str
    name_en: str
    at: Point
    width_m: float
    heading_deg: float


@dataclass(frozen=True, slots=True)
class Path:
    """A walkable line; paths that share a point are joined there."""

    no: str
    line: tuple[Point, ...]


class StreamTransport(StrEnum):
    """How an RTSP stream travels; AUTO: TCP, and UDP where the camera refuses TCP."""

    AUTO = "auto"
    TCP = "tcp"
    UDP = "udp"


class StreamEngine(StrEnum):
    """Which library reads a camera; AUTO: PyAV."""

    AUTO = "auto"
    LIBVLC = "libvlc"


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera and what it covers: a sector of `fov_deg` around `heading_deg`, `range_m` deep.

    The URLs carry no credentials; `credential` names the entry of the machine's secrets.
    building, floor: groups of the camera list beside `place`. onvif_url: the device service, "" = none.
    has_ptz: it can be steered through ONVIF. is_placed: somebody said where it hangs; until then it is
    on no map and sees no zone. keep_days: how long its recordings are kept; 90 at key targets.
    keep_gb: what they may take of the disks (10^9 bytes), 0 = as much as there is. recording_hours: when a
    scheduled one records, as "mon-fri 22:00-06:00"; recording_outside: what it does in the other hours.
    before_s: of the past in a recording by alarm or motion; after_alarm_s, after_motion_s: how long it goes
    on. recorder_url: of a recorder that records it too, "" = none; recorder_channel: what it is called there;
    recorder_credential: "" = as `credential`.
    """

    no: CameraNo
    name: str
    name_en: str
    place: str
    at: Point
    height_m: float
    heading_deg: float
    fov_deg: float
    range_m: float
    main_url: str
    sub_url: str
    credential: str = ""
    width_px: int = 1920
    building: str = ""
    floor: str = ""
    onvif_url: str = ""
    transport: StreamTransport = StreamTransport.AUTO
    engine: StreamEngine = StreamEngine.AUTO
    has_ptz: bool = False
    expected_fps: float = 25.0
    is_placed: bool = True
    recording: RecordingMode = RecordingMode.CONTINUOUS
    recorded_stream: RecordedStream = RecordedStream.MAIN
    keep_days: int = 30
    keep_gb: int = 0
    recording_hours: tuple[str, ...] = ()
    recording_outside: RecordingMode = RecordingMode.ALARM
    before_s: float = BEFORE_S
    after_alarm_s: float = AFTER_ALARM_S
    after_motion_s: float = AFTER_MOTION_S
    recorder_url: str = ""
    recorder_channel: str = ""
    recorder_credential: str = ""


class PostKind(StrEnum):
    FIXED = "fixed"
    MOBILE = "mobile"
    GATE = "gate"
    CONTROL_ROOM = "control_room"
    VIDEO_PATROL = "video_patrol"


@dataclass(frozen=True, slots=True)
class Post:
    """A place that must be staffed by at least `min_staff` guards."""

    no: PostNo
    name: str
    name_en: str
    kind: PostKind
    at: Point
    min_staff: int = 1


@dataclass(frozen=True, slots=True)
class Team:
    """Guards who work the same shifts 班组; leader: the guard who leads it, "" = nobody named."""

    no: TeamNo
    name: str
    name_en: str
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A member of the guard force as listed; the state of the moment is `people.GuardState`.

    post: where they usually stand, None = the reserve. team: whose shifts they work, "" = none.
    """

    no: GuardNo
    name: str
    name_en: str
    phone: str
    radio_id: str
    skills: tuple[str, ...]
    post: PostNo | None
    at: Point
    team: str = ""


class PanelProtocol(StrEnum):
    """What a panel speaks. DC-09, GB/T 26875.3 and HTTP call us; the others are asked or subscribed to."""

    DC09 = "dc09"
    GB26875 = "gb26875"
    MODBUS = "modbus"
    ONVIF = "onvif"
    MQTT = "mqtt"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Panel:
    """Whatever reports alarm points, known by its account: an alarm panel, a fire transmission device
    (its six address bytes as a hexadecimal number), an I/O module, a camera's events, a topic, a sender.

    address: where it is asked: host:port of a Modbus module, the camera's number for ONVIF, broker and root
    of the topics for MQTT ("mqtts://host/root"); "" for those that call us. unit: Modbus unit.
    credential: entry of the machine's secrets.
    supervision_s: how long it may be silent before a communications alarm; 0 = not supervised.
    is_encrypted: plain frames are refused; the key lies in the machine's secrets file under `account`.
    """

    no: PanelNo
    account: str
    name: str
    name_en: str
    at: Point
    supervision_s: float = 90.0
    is_encrypted: bool = False
    protocol: PanelProtocol = PanelProtocol.DC09
    address: str = ""
    unit: int = 1
    credential: str = ""


class ZoneKind(StrEnum):
    """What is at the end of the wire."""

    PANIC_BUTTON = "panic_button"
    INFRARED_BEAM = "infrared_beam"
    SMOKE_DETECTOR = "smoke_detector"
    MANUAL_CALL_POINT = "manual_call_point"
    HEAT_DETECTOR = "heat_detector"
    FIRE_DEVICE = "fire_device"
    DOOR_CONTACT = "door_contact"
    CAMERA_RULE = "camera_rule"
    DIGITAL_INPUT = "digital_input"
    TAMPER = "tamper"


@dataclass(frozen=True, slots=True)
class Zone:
    """One alarm point 防区: zone `number` of `panel` on the wire, or `point` where the protocol has names.

    beam: the two ends of an infrared beam. pinned: cameras a rule puts first.
    added: cameras a rule adds after those that geometry finds. arm_group: the group it is armed with,
    "" = always armed. entry_delay_s: so long the group may still be disarmed after the first signal.
    point: as the source names it, e.g. an ONVIF topic with its source, a subtopic, "system.zone.position" of
    a fire device. is_normally_closed: an input that reads 1 at rest. debounce_ms: shorter changes of an input
    are noise.
    """

    no: ZoneNo
    panel: PanelNo
    number: int
    name: str
    name_en: str
    kind: ZoneKind
    alarm_class: AlarmClass
    place: str
    at: Point
    priority: Priority | None = None
    beam: tuple[Point, Point] | None = None
    pinned: tuple[CameraNo, ...] = ()
    added: tuple[CameraNo, ...] = ()
    arm_group: str = ""
    entry_delay_s: float = 0.0
    point: str = ""
    is_normally_closed: bool = False
    debounce_ms: int = 0


@dataclass(frozen=True, slots=True)
class ArmGroup:
    """Zones that are armed and disarmed together 布防组.

    schedule: when it is armed by itself, as "mon-fri 22:00-06:00"; () = by hand only.
    """

    no: str
    name: str
    name_en: str
    schedule: tuple[str, ...] = ()


class OutputKind(StrEnum):
    """What a relay or a fire controller's output moves."""

    SOUNDER = "sounder"
    LIGHT = "light"
    DOOR = "door"
    LIFT = "lift"
    SMOKE_FAN = "smoke_fan"
    SHUTTER = "shutter"
    BROADCAST = "broadcast"
    PUMP = "pump"
    GAS_RELEASE = "gas_release"


@dataclass(frozen=True, slots=True)
class Output:
    """Something that can be switched: relay `number` of a Modbus panel, or a fire device's `point`.

    feedback: the zone whose signal proves that it moved, "" = none. feedback_s: how long that may take.
    """

    no: str
    panel: PanelNo
    number: int
    name: str
    name_en: str
    kind: OutputKind
    place: str
    at: Point
    point: str = ""
    feedback: str = ""
    feedback_s: float = 5.0

    @property
    def is_dangerous(self) -> bool:
        """Two persons must ask for it."""
        return self.kind in (OutputKind.PUMP, OutputKind.GAS_RELEASE)


class InterlockKind(StrEnum):
    """EXCLUDES: never both moved. REQUIRES: `output` only while `other` is proved to be moved."""

    EXCLUDES = "excludes"
    REQUIRES = "requires"


@dataclass(frozen=True, slots=True)
class Interlock:
    """One line of the interlock table 联锁: what `output` may not do beside or without `other`."""

    no: str
    output: str
    other: str
    kind: InterlockKind
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Place:
    """The English of a place that cameras and zones name in Chinese only; records keep the Chinese."""

    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class GeoReference:
    """Where the plan lies on the earth: WGS 84 of its corner (0, 0), in degrees.

    turned_deg: how far the plan's y axis points clockwise of true north.
    """

    latitude: float
    longitude: float
    turned_deg: float = 0.0


# What an administrator adds and changes one by one while all seats run.
SiteEntry = Panel | Zone | ArmGroup | Output | Post | Team | Guard


@dataclass(frozen=True, slots=True)
class Site:
    """A whole campus, as one readable site file holds it; geo None: nobody has said where on earth."""

    code: str
    name: str
    name_en: str
    width_m: float
    height_m: float
    areas: tuple[Area, ...] = ()
    walls: tuple[Wall, ...] = ()
    gates: tuple[Gate, ...] = ()
    paths: tuple[Path, ...] = ()
    cameras: tuple[Camera, ...] = ()
    posts: tuple[Post, ...] = ()
    teams: tuple[Team, ...] = ()
    guards: tuple[Guard, ...] = ()
    panels: tuple[Panel, ...] = ()
    zones: tuple[Zone, ...] = ()
    arm_groups: tuple[ArmGroup, ...] = ()
    outputs: tuple[Output, ...] = ()
    interlocks: tuple[Interlock, ...] = ()
    places: tuple[Place, ...] = ()
    clocks: tuple[SiteClocks, ...] = ()
    geo: GeoReference | None = None

    @property
    def limits(self) -> Mapping[Priority, Clocks]:
        """The response limits of every priority."""
        return limits_of(self.clocks)

    def output(self, no: str) -> Output | None:
        return next((output for output in self.outputs if output.no == no), None)

    def camera(self, no: str) -> Camera | None:
        return next((camera for camera in self.cameras if camera.no == no), None)

    def guard(self, no: str) -> Guard | None:
        return next((guard for guard in self.guards if guard.no == no), None)

    def team(self, no: str) -> Team | None:
        return next((team for team in self.teams if team.no == no), None)

    def post(self, no: str) -> Post | None:
        return next((post for post in self.posts if post.no == no), None)

    def zone(self, no: str) -> Zone | None:
        return next((zone for zone in self.zones if zone.no == no), None)

    def zone_on_wire(self, panel: str, number: int) -> Zone | None:
        return next((z for z in self.zones if z.panel == panel and z.number == number), None)
