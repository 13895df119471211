"""Linkage as the hub carries it: begun with each alarm, run beside the receiver, its failures raised."""

from __future__ import annotations

from collections.abc import Mapping

from services.alarms.center import AlarmCenter
from services.alarms.meaning import LINKAGE_FAILED, LINKAGE_FAILED_URGENT
from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.arming import CLOCKS_APART, arming_of
from services.domain.linkage import ActionKind, OnFail
from services.hub.campus import Campus
from services.linkage.engine import Failure, Hand, LinkageEngine
from services.linkage.starting import LinkageStart
from services.storage import Database, Tx


class HubLinkage:
    """`begin` once the database is open and before the first alarm; `tick` is a duty of the rounds."""

    def __init__(
        self, database: Database, clock: Clock, campus: Campus, hands: Mapping[ActionKind, Hand]
    ) -> None:
        self._database = database
        self._clock = clock
        self._campus = campus
        self._center: AlarmCenter | None = None
        self._stamp: tuple[int, int, int] | None = None
        self.start = LinkageStart(clock, armed=self._armed)
        self._engine = LinkageEngine(database, clock, hands, self._raise_failure)
        self._worker = Worker("hub-linkage", self._engine.run)

    def begin(self, center: AlarmCenter) -> None:
        self._center = center
        self.tick()
        self._database.read(self.start.remember)
        self._database.after_commit(self._committed)
        self._worker.start()

    def tick(self) -> None:
        """Take over rules that somebody has changed; raises ServiceError("storage.*")."""
        stamp = self._database.read(lambda view: view.rules.stamp())
        if stamp != self._stamp:
            self.start.take_rules(self._database.read(lambda view: view.rules.all()))
            self._stamp = stamp

    def stop(self, limit_s: float) -> None:
        """What is under way is left behind; the next hub says that it was interrupted."""
        self._worker.request_stop()
        self._engine.nudge()
        self._worker.stop(limit_s)
        self._engine.stop(limit_s)

    def _committed(self, tx: Tx) -> None:
        self.start.committed(tx)
        self._engine.nudge()

    def _armed(self, tx: Tx) -> frozenset[str]:
        """The groups that are armed now, as those see it who place the signals."""
        stored = {state.group: state for state in tx.arm_states.all()}
        now = self._clock.now()
        return frozenset(
            group.no
            for group in self._campus.site.arm_groups
            if arming_of(group, stored.get(group.no), now, CLOCKS_APART, None).is_armed
        )

    def _raise_failure(self, failure: Failure) -> None:
        assert self._center is not None
        is_urgent = failure.one.action.on_fail is OnFail.RAISE
        run, one = failure.run, failure.one
        why = one.code or one.result
        raw = f"alarm={run.alarm} rule={run.rule} v{run.rule_version} action={one.action.kind} code={why}"
        signal = Signal(
            source=AlarmSource.DEVICE,
            account="linkage",
            code=LINKAGE_FAILED_URGENT if is_urgent else LINKAGE_FAILED,
            zone=0,
            qualifier=Qualifier.NEW,
            received_at=self._clock.now(),
            # A hub that died before it could note that it told this tells it once more, and counts once.
            fingerprint=f"linkage:{run.id}:{failure.index}",
            text=run.rule_name,
            point=run.rule_name_en,
            raw=raw,
        )
        self._center.receive([signal])
