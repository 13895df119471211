"""What may be read, all of it from one snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from services.core.codec import from_json, from_plain
from services.domain.alarms import Signal
from services.domain.board import ENDED_ON_BOARD, Board
from services.domain.bookmarks import Bookmark
from services.domain.incidents import Feedback, TimelineEntry
from services.domain.recording_days import RecordingDisks
from services.domain.recordings import RecordingState
from services.domain.site import Site
from services.storage import schema
from services.storage.arming import ArmStateRows, ZoneStateRows
from services.storage.audit_rows import AuditRows
from services.storage.bookmarks import BOOKMARK
from services.storage.calls import CallRows
from services.storage.devices import CameraHealthRows
from services.storage.drills import DrillRows
from services.storage.evidence import EvidenceRows
from services.storage.figures import FigureRows
from services.storage.fire import FireRequestRows
from services.storage.guard_links import GuardLinkRows
from services.storage.handovers import HandoverRows, LentItemRows
from services.storage.linkage import LinkageRunRows, RuleRows
from services.storage.motion import MotionRows
from services.storage.notices import NoticeRows
from services.storage.outputs import OutputOrderRows, OutputStateRows
from services.storage.papers import PaperRows
from services.storage.plan_runs import PlanRunRows
from services.storage.plans import PlanRows, PlanVersionRows
from services.storage.protections import ProtectionRows, TroubleRows
from services.storage.recordings import SegmentRows
from services.storage.records import ChangeRow, HubBeat, SeenFrame
from services.storage.reviews import LessonRows, ReviewRows
from services.storage.rosters import AttendanceRows, PatternRows, SlotRows
from services.storage.rows import AlarmRows, DispatchRows, GuardRows, IncidentRows
from services.storage.signals import SignalRows
from services.storage.steering import SteeringRows
from services.storage.trail import TrailRows
from services.storage.users import UserRows
from services.storage.walls import WallItemRows

# Where the hub says how its recording is.
RECORDING_STATE = ("hub", "recording")
RECORDING_FOLDERS = ("hub", "recording_folders")
RECORDING_DISKS = ("hub", "recording_disks")
RECORDING_ALIVE = ("hub", "recording_alive")


MOST_SEEN = 20
# Made once: each signal asks them, and each look of a feed.
_SEEN = (
    select(schema.signal.c.alarm, schema.signal.c.received_at)
    .where(
        schema.signal.c.fingerprint == bindparam("fingerprint"),
        schema.signal.c.received_at >= bindparam("since"),
    )
    .order_by(schema.signal.c.number.desc())
    .limit(MOST_SEEN)
)
_CHANGES_AFTER = (
    select(schema.change.c.seq, schema.change.c.kind, schema.change.c.subject, schema.change.c.payload)
    .where(schema.change.c.seq > bindparam("seq"))
    .order_by(schema.change.c.seq)
    .limit(bindparam("most"))
)
_SEEN_OF = (
    select(schema.signal.c.fingerprint, schema.signal.c.alarm, schema.signal.c.received_at)
    .where(
        schema.signal.c.fingerprint.in_(bindparam("fingerprints", expanding=True)),
        schema.signal.c.received_at >= bindparam("since"),
    )
    .order_by(schema.signal.c.number.desc())
)


class View:
    """One consistent snapshot of the record; valid only inside `Database.read`.

    seq: the last change that this snapshot holds.
    """

    alarms: AlarmRows
    incidents: IncidentRows
    dispatches: DispatchRows
    guards: GuardRows
    users: UserRows
    wall_items: WallItemRows
    camera_health: CameraHealthRows
    steering: SteeringRows
    zone_states: ZoneStateRows
    arm_states: ArmStateRows
    linkage_runs: LinkageRunRows
    rules: RuleRows
    notices: NoticeRows
    signals: SignalRows
    figures: FigureRows
    output_states: OutputStateRows
    output_orders: OutputOrderRows
    fire_requests: FireRequestRows
    slots: SlotRows
    shift_patterns: PatternRows
    attendance: AttendanceRows
    plans: PlanRows
    plan_versions: PlanVersionRows
    plan_runs: PlanRunRows
    drills: DrillRows
    handovers: HandoverRows
    lent_items: LentItemRows
    reviews: ReviewRows
    lessons: LessonRows
    trail: TrailRows
    calls: CallRows
    guard_links: GuardLinkRows
    audit_rows: AuditRows
    segments: SegmentRows
    motion: MotionRows
    protections: ProtectionRows
    evidence: EvidenceRows
    bookmarks: PaperRows[Bookmark]
    recording_troubles: TroubleRows

    def __init__(self, connection: Connection, seq: int) -> None:
        self._connection = connection
        self.seq = seq
        self.alarms = AlarmRows(connection)
        self.incidents = IncidentRows(connection)
        self.dispatches = DispatchRows(connection)
        self.guards = GuardRows(connection)
        self.users = UserRows(connection)
        self.wall_items = WallItemRows(connection)
        self.camera_health = CameraHealthRows(connection)
        self.steering = SteeringRows(connection)
        self.zone_states = ZoneStateRows(connection)
        self.arm_states = ArmStateRows(connection)
        self.linkage_runs = LinkageRunRows(connection)
        self.rules = RuleRows(connection)
        self.notices = NoticeRows(connection)
        self.signals = SignalRows(connection)
        self.figures = FigureRows(connection)
        self.output_states = OutputStateRows(connection)
        self.output_orders = OutputOrderRows(connection)
        self.fire_requests = FireRequestRows(connection)
        self.slots = SlotRows(connection)
        self.shift_patterns = PatternRows(connection)
        self.attendance = AttendanceRows(connection)
        self.segments = SegmentRows(connection)
        self.motion = MotionRows(connection)
        self.protections = ProtectionRows(connection)
        self.evidence = EvidenceRows(connection)
        self.bookmarks = PaperRows(connection, BOOKMARK)
        self.recording_troubles = TroubleRows(connection)
        self.plans = PlanRows(connection)
        self.plan_versions = PlanVersionRows(connection)
        self.plan_runs = PlanRunRows(connection)
        self.drills = DrillRows(connection)
        self.handovers = HandoverRows(connection)
        self.lent_items = LentItemRows(connection)
        self.reviews = ReviewRows(connection)
        self.lessons = LessonRows(connection)
        self.trail = TrailRows(connection)
        self.calls = CallRows(connection)
        self.guard_links = GuardLinkRows(connection)
        self.audit_rows = AuditRows(connection)

    def feedback_of(self, dispatch: str) -> list[Feedback]:
        """In the order given; empty when there is none."""
        table = schema.feedback
        query = select(table.c.body).where(table.c.dispatch == dispatch).order_by(table.c.number)
        return [from_json(Feedback, body) for body in self._connection.execute(query).scalars()]

    def timeline_of(self, incident: str) -> list[TimelineEntry]:
        """In the order written."""
        return self._timeline([incident]).get(incident, [])

    def frames_seen(self, fingerprint: str, since: datetime) -> list[SeenFrame]:
        """Equal frames received since then, the newest first; at most `MOST_SEEN`."""
        found = self._connection.execute(_SEEN, {"fingerprint": fingerprint, "since": since})
        return [SeenFrame(*row) for row in found]

    def frames_seen_of(self, fingerprints: Iterable[str], since: datetime) -> dict[str, list[SeenFrame]]:
        """As `frames_seen`, of many at once; a fingerprint never seen has no entry."""
        asked = {"fingerprints": list(fingerprints), "since": since}
        seen: dict[str, list[SeenFrame]] = {}
        for fingerprint, alarm, received_at in self._connection.execute(_SEEN_OF, asked):
            seen.setdefault(fingerprint, []).append(SeenFrame(alarm, received_at))
        return seen

    def signals_of(self, alarm: str) -> list[Signal]:
        """Every frame that led to or was folded into an alarm, in the order stored."""
        columns = schema.signal.c
        query = select(columns.body).where(columns.alarm == alarm).order_by(columns.number)
        return [from_json(Signal, body) for body in self._connection.execute(query).scalars()]

    def signals_of_account(self, account: str, since_at: datetime, most: int = 200) -> list[Signal]:
        """What an account has sent since, oldest first, of that the newest `most`; records too."""
        columns = schema.signal.c
        query = (
            select(columns.body)
            .where(columns.account == account, columns.received_at >= since_at)
            .order_by(columns.received_at.desc(), columns.number.desc())
            .limit(most)
        )
        bodies = list(self._connection.execute(query).scalars())
        return [from_json(Signal, body) for body in reversed(bodies)]

    def newest_signal(self) -> int:
        """The number of the signal that was stored last; 0 when there is none."""
        return self._connection.execute(select(func.max(schema.signal.c.number))).scalar() or 0

    def signals_of_account_after(self, account: str, number: int, most: int = 200) -> list[Signal]:
        """What was stored of an account after the signal of that number, oldest first, the newest `most`."""
        columns = schema.signal.c
        query = (
            select(columns.body)
            .where(columns.account == account, columns.number > number)
            .order_by(columns.number.desc())
            .limit(most)
        )
        bodies = list(self._connection.execute(query).scalars())
        return [from_json(Signal, body) for body in reversed(bodies)]

    def site(self) -> Site | None:
        body = self._connection.execute(select(schema.site.c.body)).scalar()
        return None if body is None else from_json(Site, body)

    def site_hash(self) -> str | None:
        """SHA-256 of the stored site, to see cheaply whether a file says anything new."""
        return self._connection.execute(select(schema.site.c.hash)).scalar()

    def preference(self, scope: str, key: str) -> dict[str, object] | None:
        columns = schema.preference.c
        query = select(columns.body).where(columns.scope == scope, columns.key == key)
        body = self._connection.execute(query).scalar()
        return None if body is None else dict(json.loads(body))

    def recording_state(self) -> RecordingState | None:
        """As the hub last said; None where none ever recorded."""
        said = self.preference(*RECORDING_STATE)
        return None if said is None else from_plain(RecordingState, said)

    def recording_folders(self) -> dict[str, str]:
        """The id of the disk that each recording folder of the hub's had when it was first used."""
        said = self.preference(*RECORDING_FOLDERS) or {}
        return {folder: str(disk) for folder, disk in said.items()}

    def recording_disks(self) -> RecordingDisks | None:
        """As the hub last said; None where none ever recorded."""
        said = self.preference(*RECORDING_DISKS)
        return None if said is None else from_plain(RecordingDisks, said)

    def recording_alive_at(self) -> datetime | None:
        """When the hub last said that it looks after the recording."""
        said = self.preference(*RECORDING_ALIVE)
        return None if said is None else datetime.fromisoformat(str(said["at"]))

    def last_hub_beat(self) -> HubBeat | None:
        row = self._connection.execute(select(schema.hub_beat.c.hub, schema.hub_beat.c.at)).first()
        return None if row is None else HubBeat(row.hub, row.at)

    def changes_after(self, seq: int, limit: int) -> list[ChangeRow]:
        """Rows of the change feed in commit order."""
        found = self._connection.execute(_CHANGES_AFTER, {"seq": seq, "most": limit})
        return [ChangeRow(*row) for row in found]

    def board(self) -> Board:
        """Open alarms, open and the newest ended incidents with what hangs on them, guards, wall items."""
        incidents = [*self.incidents.ended(ENDED_ON_BOARD), *self.incidents.open()]
        ids: list[str] = [incident.id for incident in incidents]
        return Board(
            seq=self.seq,
            alarms={alarm.id: alarm for alarm in self.alarms.open()},
            incidents={incident.id: incident for incident in incidents},
            dispatches={dispatch.id: dispatch for dispatch in self.dispatches.of_incidents(ids)},
            guards={guard.no: guard for guard in self.guards.all()},
            timeline=self._timeline(ids),
            wall_items={item.id: item for item in self.wall_items.all()},
            cameras={health.camera: health for health in self.camera_health.all()},
            steering={control.camera: control for control in self.steering.controls()},
            zones={state.zone: state for state in self.zone_states.held()},
            arming={state.group: state for state in self.arm_states.all()},
            linkage=self.linkage_runs.of_open_alarms(),
            notices=self.notices.of_open_alarms(),
            outputs=self.output_states.all(),
            output_orders={order.output: order for order in self.output_orders.newest()},
            drills={drill.id: drill for drill in self.drills.open()},
            plan_runs={run.id: run for run in [*self.plan_runs.of_many(ids), *self.plan_runs.open()]},
            calls={call.id: call for call in self.calls.of_many(ids)},
        )

    def _timeline(self, incidents: list[str]) -> dict[str, list[TimelineEntry]]:
        columns = schema.timeline.c
        query = select(columns.body).where(columns.incident.in_(incidents)).order_by(columns.number)
        timeline: dict[str, list[TimelineEntry]] = {}
        for body in self._connection.execute(query).scalars():
            entry = from_json(TimelineEntry, body)
            timeline.setdefault(entry.incident, []).append(entry)
        return timeline
