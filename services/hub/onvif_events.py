"""What cameras report by ONVIF: a subscription each, pulled in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from services.alarms.drivers.base import Received, Source, Tell
from services.alarms.drivers.outbox import Outbox
from services.alarms.meaning import meaning_of, nearest_code
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.jobs import Jobs
from services.devices.onvif import DeviceEvent, EventPull, OnvifDevice, open_device
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.site import Zone

DEVICE_LIMIT_S = 5.0
# A camera answers at once when something happens, and empty after this time.
PULL_S = 5.0
STOP_LIMIT_S = 0.5
# The thread is idle by then; waiting for it stops the loop.
THREAD_END_S = 0.1
MOST_RAW = 500
MOST_STATES = 500
UNLISTED = "onvif:unlisted"
UNLISTED_PAUSE = timedelta(seconds=60)
# Everyday life of a camera unless the site names a zone for it: kept, but no alarm.
_NEEDS_ZONE = frozenset({AlarmClass.INTRUSION, AlarmClass.FACE, AlarmClass.VEHICLE, AlarmClass.ACCESS})
_RELAY = "onvif:Device/Trigger/Relay"
# Names under which devices tell whether it is so.
_STATES = frozenset({"active", "alarm", "failed", "logicalstate", "state", "value"})
# And any claim: IsMotion, IsInside, IsTamper of the standard; IsPeople, IsLineCross of makers.
_CLAIM = "is"
_TRUE = frozenset({"true", "1", "active", "on"})
_FALSE = frozenset({"false", "0", "inactive", "off"})

# Told the camera, what of it speaks, and whether it moves; None: it moved, without an end.
Moved = Callable[[str, str, bool | None], None]
_Asked = TypeVar("_Asked")
_Held = TypeVar("_Held")


class OnvifListener:
    """One camera. Zones by `point`: "topic|source token", or a topic for all its sources.

    moved: told of motion, whether or not the site has a zone for it.
    """

    def __init__(self, source: Source, clock: Clock, moved: Moved | None = None) -> None:
        self._source = source
        self._clock = clock
        self._moved = moved
        self._zones = {zone.point: zone for zone in source.zones if zone.point}
        self._outbox = Outbox()
        # Survives a lost connection: what has changed meanwhile is an event.
        self._states: OrderedDict[str, bool] = OrderedDict()
        self._unlisted_at: OrderedDict[str, datetime] = OrderedDict()

    async def run(self, tell: Tell) -> None:
        camera = self._source.camera
        if camera is None or not camera.onvif_url:
            raise ServiceError("onvif.unsupported", what="onvif")
        device = open_device(camera.onvif_url, self._source.credential, limit_s=DEVICE_LIMIT_S)
        asking = Jobs(f"hub-onvif-{camera.no}", threads=1)
        delivering = asyncio.create_task(self._outbox.run(tell))
        try:
            await self._pull_on(device, asking, tell)
        finally:
            device.hang_up()
            delivering.cancel()
            try:
                await _idle(asking)
            finally:
                asking.stop(THREAD_END_S)
                device.close()

    async def _pull_on(self, device: OnvifDevice, asking: Jobs, tell: Tell) -> None:
        async def ask(work: Callable[[], _Asked]) -> _Asked:
            return await asyncio.wrap_future(asking.submit(work))

        pull: EventPull = await ask(device.subscribe)
        while True:
            events = await ask(lambda: pull.pull(PULL_S))
            await tell(Received(self._source.panel.account))
            for event in events:
                self._outbox.put(self.signals(event))

    def signals(self, event: DeviceEvent) -> tuple[Signal, ...]:
        """What a report means for the watch; never raises, whatever the device says."""
        point, zone = self._place(event)
        self._note_motion(event, point)
        qualifier = self._qualifier(event, point, zone)
        if qualifier is None:
            return ()
        code = nearest_code(f"onvif:{event.topic}")
        if zone is None and (meaning_of(code).alarm_class in _NEEDS_ZONE or code == _RELAY):
            if not self._is_first_of_minute(point):
                return ()
            code = UNLISTED
        return (self._signal(event, code, point, zone, qualifier),)

    def _note_motion(self, event: DeviceEvent, point: str) -> None:
        camera = self._source.camera
        if self._moved is None or camera is None:
            return
        state = _state_of(event)
        is_old = event.is_first and state is None
        if meaning_of(nearest_code(f"onvif:{event.topic}")).is_motion and not is_old:
            self._moved(str(camera.no), point, state)

    def _place(self, event: DeviceEvent) -> tuple[str, Zone | None]:
        tokens = [value for value in event.source.values() if value]
        for point in (*(f"{event.topic}|{token}" for token in tokens), event.topic):
            if point in self._zones:
                return point, self._zones[point]
        return (f"{event.topic}|{tokens[0]}" if tokens else event.topic)[:100], None

    def _qualifier(self, event: DeviceEvent, point: str, zone: Zone | None) -> Qualifier | None:
        """None: nothing to tell.

        The state at the first subscription is learned: what is on in a zone of the site is STILL, which
        raises an alarm unless one is open. Later ones tell only what has changed.
        """
        state = _state_of(event)
        if state is None:
            return None if event.is_first else Qualifier.NEW
        is_on = state is not (zone is not None and zone.is_normally_closed)
        key = f"{point}|{sorted(event.source.items())}"
        was = self._states.get(key)
        _hold(self._states, key, is_on)
        if event.is_first and was is None:
            # An alarm of an earlier hub may still be held active by what is quiet now; and a latching contact
            # that closed while no hub listened says so only here.
            if not is_on:
                return Qualifier.RESTORE
            return Qualifier.STILL if zone is not None else None
        if event.is_first and was is is_on:
            return None
        if not is_on:
            return Qualifier.RESTORE
        return Qualifier.STILL if was else Qualifier.NEW

    def _is_first_of_minute(self, point: str) -> bool:
        now, told_at = self._clock.now(), self._unlisted_at.get(point)
        if told_at is not None and timedelta() <= now - told_at < UNLISTED_PAUSE:
            return False
        _hold(self._unlisted_at, point, now)
        return True

    def _signal(
        self, event: DeviceEvent, code: str, point: str, zone: Zone | None, qualifier: Qualifier
    ) -> Signal:
        said = [f"{name}={value}" for part in (event.source, event.data) for name, value in part.items()]
        return Signal(
            source=AlarmSource.ONVIF,
            account=self._source.panel.account,
            code=code,
            zone=zone.number if zone else 0,
            qualifier=qualifier,
            received_at=self._clock.now(),
            fingerprint=f"onvif:{new_id()}",
            raw=" ".join([event.topic, *said])[:MOST_RAW],
            occurred_at=event.at,
            point=point,
        )


async def _idle(asking: Jobs) -> None:
    """Until the call that was hung up has come back; waiting for the thread itself would stop the loop."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.wrap_future(asking.submit(_nothing)), STOP_LIMIT_S)


def _nothing() -> None:
    """Runs once its thread has nothing else to do."""


def _state_of(event: DeviceEvent) -> bool | None:
    """What the report says is so, None when it only says that something happened."""
    for name, value in event.data.items():
        tells = name.lower() in _STATES or name.lower().startswith(_CLAIM)
        if tells and value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
    return None


def _hold(held: OrderedDict[str, _Held], key: str, what: _Held) -> None:
    held[key] = what
    held.move_to_end(key)
    if len(held) > MOST_STATES:
        held.popitem(last=False)
