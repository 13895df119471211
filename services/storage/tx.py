"""What one command may write, all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Table, delete, update

from services.core.clock import Clock
from services.domain.alarms import Signal
from services.domain.bookmarks import Bookmark
from services.domain.facts import Fact
from services.domain.incidents import Feedback, TimelineEntry
from services.domain.people import Session
from services.domain.ptz import PtzControl, PtzPreset
from services.domain.recording_days import RecordingDisks
from services.domain.recordings import RecordingState
from services.domain.signals import SignalTrace
from services.domain.site import Site
from services.storage import schema
from services.storage.arming import SavedArmStates, SavedZoneStates
from services.storage.bookmarks import BOOKMARK
from services.storage.burst import SavedAlarms, SavedLinkageRuns
from services.storage.calls import SavedCalls
from services.storage.devices import SavedCameraHealth
from services.storage.drills import SavedDrills
from services.storage.evidence import SavedEvidence
from services.storage.fire import SavedFireRequests
from services.storage.guard_links import SavedGuardLinks
from services.storage.handovers import SavedHandovers, SavedLentItems
from services.storage.ledger import Ledger, to_json
from services.storage.linkage import SavedRules
from services.storage.motion import SavedMotion
from services.storage.notices import SavedNotices
from services.storage.outputs import SavedOutputOrders, SavedOutputStates
from services.storage.papers import SavedPapers
from services.storage.plan_runs import SavedPlanRuns
from services.storage.plans import SavedPlans, SavedPlanVersions
from services.storage.protections import SavedProtections, SavedTroubles
from services.storage.recordings import SavedSegments
from services.storage.records import SeenFrame
from services.storage.reviews import SavedLessons, SavedReviews
from services.storage.rosters import SavedAttendance, SavedPatterns, SavedSlots
from services.storage.rows import SavedDispatches, SavedGuards, SavedIncidents, adding
from services.storage.users import SavedUsers
from services.storage.view import (
    MOST_SEEN,
    RECORDING_ALIVE,
    RECORDING_DISKS,
    RECORDING_FOLDERS,
    RECORDING_STATE,
    View,
)
from services.storage.walls import SavedWallItems


class Tx(View):
    """One transaction; valid only inside `Database.write`, where it is the site's only writer.

    It reads what it has written itself, but for frames, the feed and the audit, which are written last, and
    for `add_later`, of which only its own table knows.
    """

    alarms: SavedAlarms
    incidents: SavedIncidents
    dispatches: SavedDispatches
    guards: SavedGuards
    users: SavedUsers
    wall_items: SavedWallItems
    camera_health: SavedCameraHealth
    zone_states: SavedZoneStates
    arm_states: SavedArmStates
    linkage_runs: SavedLinkageRuns
    rules: SavedRules
    notices: SavedNotices
    output_states: SavedOutputStates
    output_orders: SavedOutputOrders
    fire_requests: SavedFireRequests
    slots: SavedSlots
    shift_patterns: SavedPatterns
    attendance: SavedAttendance
    plans: SavedPlans
    plan_versions: SavedPlanVersions
    plan_runs: SavedPlanRuns
    drills: SavedDrills
    handovers: SavedHandovers
    lent_items: SavedLentItems
    reviews: SavedReviews
    lessons: SavedLessons
    calls: SavedCalls
    guard_links: SavedGuardLinks
    segments: SavedSegments
    motion: SavedMotion
    protections: SavedProtections
    evidence: SavedEvidence
    bookmarks: SavedPapers[Bookmark]
    recording_troubles: SavedTroubles

    def __init__(self, connection: Connection, counts: dict[str, int], clock: Clock) -> None:
        super().__init__(connection, counts[schema.CHANGE_COUNTER])
        self.alarms = SavedAlarms(connection)
        self.incidents = SavedIncidents(connection)
        self.dispatches = SavedDispatches(connection)
        self.guards = SavedGuards(connection)
        self.users = SavedUsers(connection)
        self.wall_items = SavedWallItems(connection)
        self.camera_health = SavedCameraHealth(connection)
        self.zone_states = SavedZoneStates(connection)
        self.arm_states = SavedArmStates(connection)
        self.linkage_runs = SavedLinkageRuns(connection)
        self.rules = SavedRules(connection)
        self.notices = SavedNotices(connection)
        self.output_states = SavedOutputStates(connection)
        self.output_orders = SavedOutputOrders(connection)
        self.fire_requests = SavedFireRequests(connection)
        self.slots = SavedSlots(connection)
        self.shift_patterns = SavedPatterns(connection)
        self.attendance = SavedAttendance(connection)
        self.segments = SavedSegments(connection)
        self.motion = SavedMotion(connection)
        self.protections = SavedProtections(connection)
        self.evidence = SavedEvidence(connection)
        self.bookmarks = SavedPapers(connection, BOOKMARK)
        self.recording_troubles = SavedTroubles(connection)
        self.plans = SavedPlans(connection)
        self.plan_versions = SavedPlanVersions(connection)
        self.plan_runs = SavedPlanRuns(connection)
        self.drills = SavedDrills(connection)
        self.handovers = SavedHandovers(connection)
        self.lent_items = SavedLentItems(connection)
        self.reviews = SavedReviews(connection)
        self.lessons = SavedLessons(connection)
        self.calls = SavedCalls(connection)
        self.guard_links = SavedGuardLinks(connection)
        self._ledger = Ledger(connection, counts, clock)
        self._frames: list[dict[str, object]] = []
        self._seen: dict[str, list[SeenFrame]] = {}
        self._looked_up: dict[str, list[SeenFrame]] = {}
        self._looked_since: datetime | None = None
        self._clock = clock
        self._admitted: set[Session] = set()

    def record(self, fact: Fact) -> int:
        """Put a fact into the change feed; returns its seq."""
        return self._ledger.record(fact)

    def audit(
        self,
        session: Session | None,
        action: str,
        object: str,
        before: object = None,
        after: object = None,
        reason: str = "",
    ) -> int:
        """Append a command to the audit chain; session None = the system itself. Returns the row's seq.

        before, after: anything `to_plain` takes; never a secret, for the chain is for ever.
        Raises as `admit`, so that no command stands in the name of somebody who may no longer give it.
        """
        if session is not None:
            self.admit(session)
        return self._ledger.audit(session, action, object, before, after, reason)

    def witness(
        self, session: Session | None, action: str, object: str, after: object = None, reason: str = ""
    ) -> int:
        """Append what has happened, a log-out say, whatever has become of its user meanwhile."""
        return self._ledger.audit(session, action, object, None, after, reason)

    def admit(self, session: Session) -> None:
        """Judge a person by the record as it was when this transaction first met them; see `users.admit`.

        `audit` asks by itself; a command that writes no audit row or changes users asks first.
        """
        if session not in self._admitted:
            self.users.admit(session)
            self._admitted.add(session)

    def next_no(self, prefix: str, at: datetime) -> str:
        """The next number of a series, as "BJ20261124-0001"; starts anew on each local day."""
        return self._ledger.next_no(prefix, at)

    def add_signal(
        self, signal: Signal, alarm_id: str, outcome: str, trace: SignalTrace | None = None
    ) -> None:
        """Keep a frame for ever; alarm_id "" when it led to none, outcome: what was done, in one word."""
        self._frames.append(
            {
                "fingerprint": signal.fingerprint,
                "received_at": signal.received_at,
                "account": signal.account,
                "alarm": alarm_id,
                "outcome": outcome,
                "body": to_json(signal),
                "trace": None if trace is None else to_json(trace),
            }
        )
        self._seen.setdefault(signal.fingerprint, []).insert(0, SeenFrame(alarm_id, signal.received_at))

    def frames_seen(self, fingerprint: str, since: datetime) -> list[SeenFrame]:
        """Those of this transaction too."""
        here = [frame for frame in self._seen.get(fingerprint, ()) if frame.received_at >= since]
        if fingerprint not in self._looked_up or self._looked_since is None or since < self._looked_since:
            return here + super().frames_seen(fingerprint, since)
        return here + [frame for frame in self._looked_up[fingerprint] if frame.received_at >= since]

    def look_for_frames(self, fingerprints: Collection[str], since: datetime) -> None:
        """Read at once what `frames_seen` will be asked for, signal by signal, from `since` on."""
        found = self.frames_seen_of(fingerprints, since)
        self._looked_up = {one: found.get(one, [])[:MOST_SEEN] for one in fingerprints}
        self._looked_since = since

    def add_feedback(self, feedback: Feedback) -> None:
        self._insert(schema.feedback, dispatch=feedback.dispatch, body=to_json(feedback))

    def add_timeline(self, entry: TimelineEntry) -> None:
        self._insert(schema.timeline, id=entry.id, incident=entry.incident, body=to_json(entry))

    def replace_site(self, site: Site) -> None:
        body = to_json(site)
        self._put(
            schema.site,
            {"id": 1},
            code=schema.fitting(schema.site.c.code, site.code),
            body=body,
            hash=hashlib.sha256(body.encode()).hexdigest(),
            imported_at=self._clock.now(),
        )

    def put_preference(self, scope: str, key: str, value: dict[str, object]) -> None:
        self._put(schema.preference, {"scope": scope, "key": key}, body=to_json(value))

    def put_recording_state(self, state: RecordingState) -> None:
        self._put_said(RECORDING_STATE, state)

    def put_recording_folders(self, folders: dict[str, str]) -> None:
        self._put_said(RECORDING_FOLDERS, folders)

    def put_recording_disks(self, disks: RecordingDisks) -> None:
        self._put_said(RECORDING_DISKS, disks)

    def put_recording_alive(self, at: datetime) -> None:
        self._put_said(RECORDING_ALIVE, {"at": at})

    def _put_said(self, place: tuple[str, str], said: object) -> None:
        scope, key = place
        self._put(schema.preference, {"scope": scope, "key": key}, body=to_json(said))

    def put_ptz_control(self, control: PtzControl) -> None:
        self._put(schema.ptz_control, {"camera": control.camera}, body=to_json(control))

    def put_ptz_preset(self, preset: PtzPreset) -> None:
        token = schema.fitting(schema.ptz_preset.c.token, preset.token)
        key: dict[str, object] = {"camera": preset.camera, "token": token}
        self._put(schema.ptz_preset, key, body=to_json(preset))

    def remove_ptz_preset(self, camera: str, token: str) -> None:
        """Nothing happens when there is none."""
        columns = schema.ptz_preset.c
        gone = delete(schema.ptz_preset).where(columns.camera == camera, columns.token == token)
        self._connection.execute(gone)

    def beat(self, hub_id: str, at: datetime) -> None:
        """Note that the hub lives; there is one hub per site, so one row."""
        self._put(schema.hub_beat, {"id": 1}, hub=hub_id, at=at)

    def flush(self) -> None:
        """Write what waited, frames, feed and audit; called once, by `Database`, after the work is done."""
        self.alarms.settle()
        self.linkage_runs.settle()
        if self._frames:
            self._connection.execute(adding(schema.signal), self._frames)
        self._ledger.flush()

    def _insert(self, table: Table, **values: object) -> None:
        self._connection.execute(adding(table), values)

    def _put(self, table: Table, key: dict[str, object], **values: object) -> None:
        """Update the row with `key`, or make it; no race, for there is one writer at a time."""
        changed: dict[str, object] = dict(values)
        if "row_version" in table.c:
            changed["row_version"] = table.c.row_version + 1
        same = (table.c[name] == value for name, value in key.items())
        if self._connection.execute(update(table).where(*same).values(changed)).rowcount == 1:
            return
        if "row_version" in table.c:
            changed["row_version"] = 1
        self._insert(table, **key, **changed)
