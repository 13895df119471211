"""What cameras report by ONVIF: our simulated devices, heard over HTTP, and whatever a device may say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.drivers.base import Source
from services.alarms.meaning import UNKNOWN, Kind, meaning_of, nearest_code
from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.devices.onvif import DeviceEvent
from services.domain.alarms import Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.site import (
    Camera,
    CameraNo,
    Panel,
    PanelNo,
    PanelProtocol,
    Zone,
    ZoneKind,
    ZoneNo,
)
from services.hub.onvif_events import UNLISTED, OnvifListener
from services.sim.onvif.bell import Happening
from tests.services.alarms.drivers.ear import HERE_S, Ear
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
INPUT = "Device/Trigger/DigitalInput"
MOTION = "VideoSource/MotionAlarm"
NEW, RESTORE, STILL = Qualifier.NEW, Qualifier.RESTORE, Qualifier.STILL


def zone(number: int, point: str, *, closed: bool = False) -> Zone:
    return Zone(
        ZoneNo(f"N1-{number}"),
        PanelNo("N1"),
        number,
        point,
        point,
        ZoneKind.DIGITAL_INPUT,
        AlarmClass.INTRUSION,
        "东门",
        (1.0, 1.0),
        point=point,
        is_normally_closed=closed,
    )


BUTTON = zone(1, f"{INPUT}|input0")
FIELD = zone(2, "RuleEngine/FieldDetector/ObjectsInside")


def source(*zones: Zone, url: str = "") -> Source:
    panel = Panel(
        PanelNo("N1"), "6001", "摄像机事件", "Events", (1.0, 1.0), protocol=PanelProtocol.ONVIF, address="C01"
    )
    camera = Camera(
        CameraNo("C01"), "东门", "East", "东门", (1.0, 1.0), 3.0, 0.0, 90.0, 30.0, "rtsp://c", "rtsp://c"
    )
    return Source(panel, zones, credential=CREDENTIAL, camera=replace(camera, onvif_url=url))


def event(topic: str, value: str | None = None, *, first: bool = False, token: str = "input0") -> DeviceEvent:
    data = {} if value is None else {"LogicalState": value}
    return DeviceEvent(topic, NOW, {"InputToken": token}, data, is_first=first)


def hear(listener: OnvifListener, *events: DeviceEvent) -> list[tuple[str, int, Qualifier]]:
    signals: list[Signal] = []
    for each in events:
        signals += listener.signals(each)
    return [(signal.code, signal.zone, signal.qualifier) for signal in signals]


def listener(*zones: Zone) -> OnvifListener:
    return OnvifListener(source(*zones), ManualClock(NOW))


def test_a_closing_input_is_an_alarm_of_the_zone_that_names_its_token() -> None:
    told = hear(listener(BUTTON), event(INPUT, "true"), event(INPUT, "false"))
    assert told == [(f"onvif:{INPUT}", 1, NEW), (f"onvif:{INPUT}", 1, RESTORE)]


def test_a_zone_that_names_only_a_topic_hears_all_its_sources() -> None:
    topic = FIELD.point
    told = hear(listener(FIELD), event(topic, "true", token="rule1"), event(topic, "true", token="rule2"))
    assert told == [("onvif:RuleEngine/FieldDetector", 2, NEW)] * 2


def test_a_contact_that_latched_while_the_hub_was_away_is_told_at_the_first_subscription() -> None:
    assert hear(listener(BUTTON), event(INPUT, "true", first=True)) == [(f"onvif:{INPUT}", 1, STILL)]
    assert hear(listener(BUTTON), event(INPUT, "false", first=True)) == [(f"onvif:{INPUT}", 1, RESTORE)]
    opened = listener(zone(1, f"{INPUT}|input0", closed=True))
    assert hear(opened, event(INPUT, "false", first=True)) == [(f"onvif:{INPUT}", 1, STILL)]


def test_what_is_on_at_the_first_subscription_raises_nothing_where_the_site_has_no_zone() -> None:
    assert hear(listener(), event(MOTION, "true", first=True), event(INPUT, "true", first=True)) == []


def test_what_changed_while_the_camera_was_away_is_told_at_its_return() -> None:
    told = hear(
        listener(BUTTON),
        event(INPUT, "false", first=True),
        event(INPUT, "true", first=True),
        event(INPUT, "true", first=True),
        event(INPUT, "false", first=True),
    )
    assert [qualifier for *_, qualifier in told] == [RESTORE, NEW, RESTORE]


def test_a_camera_that_repeats_itself_is_not_counted_again() -> None:
    told = hear(listener(BUTTON), event(INPUT, "true"), event(INPUT, "true"))
    assert [qualifier for *_, qualifier in told] == [NEW, STILL]


def test_an_input_that_is_closed_at_rest_alarms_when_it_opens() -> None:
    told = hear(
        listener(zone(1, f"{INPUT}|input0", closed=True)), event(INPUT, "true"), event(INPUT, "false")
    )
    assert [qualifier for *_, qualifier in told] == [RESTORE, NEW]


def test_an_event_without_a_state_is_told_each_time() -> None:
    crossed = DeviceEvent("RuleEngine/LineDetector/Crossed", NOW, {"Rule": "r"}, {"ObjectId": "1"})
    told = hear(listener(zone(3, "RuleEngine/LineDetector/Crossed")), crossed, crossed)
    assert told == [("onvif:RuleEngine/LineDetector", 3, NEW)] * 2


def test_motion_for_which_the_site_has_no_zone_is_kept_without_an_alarm_once_a_minute() -> None:
    clock = ManualClock(NOW)
    alone = OnvifListener(source(), clock)
    assert hear(alone, event(MOTION, "true"), event(MOTION, "false")) == [(UNLISTED, 0, NEW)]
    clock.advance(60)
    assert hear(alone, event(MOTION, "true")) == [(UNLISTED, 0, NEW)]


def test_motion_is_told_for_the_recording_with_a_zone_or_without() -> None:
    told: list[tuple[str, str, bool | None]] = []

    def note(camera: str, point: str, is_moving: bool | None) -> None:
        told.append((camera, point, is_moving))

    line = "RuleEngine/LineDetector/Crossed"
    heard = OnvifListener(source(FIELD), ManualClock(NOW), note)
    hear(
        heard,
        event(MOTION, "true", first=True),
        event(MOTION, "false"),
        event(FIELD.point, "true"),
        event(line, first=True),
        event(line),
        event(INPUT, "true"),
    )
    assert told == [
        ("C01", f"{MOTION}|input0", True),
        ("C01", f"{MOTION}|input0", False),
        ("C01", FIELD.point, True),
        ("C01", f"{line}|input0", None),
    ]


@pytest.mark.parametrize(
    "topic", [INPUT, "RuleEngine/TamperDetector/Tamper", "VideoSource/SignalLoss", "New/Topic"]
)
def test_a_button_a_tampered_camera_and_what_nobody_knows_are_alarms_without_a_zone(topic: str) -> None:
    ((code, number, qualifier),) = hear(listener(), event(topic, "true"))
    assert (code == UNLISTED, number, qualifier) == (False, 0, NEW)


def test_topics_mean_what_the_longest_known_beginning_means() -> None:
    for topic, alarm_class in (
        ("VideoSource/GlobalSceneChange/ImagingService", AlarmClass.TAMPER),
        ("RuleEngine/FieldDetector/ObjectsInside", AlarmClass.INTRUSION),
        ("RuleEngine/Recognition/Face", AlarmClass.FACE),
        ("AccessControl/Duress", AlarmClass.PANIC),
    ):
        assert meaning_of(nearest_code(f"onvif:{topic}")).alarm_class is alarm_class
    for topic in ("RuleEngine/Else", "Device", ""):
        assert meaning_of(nearest_code(f"onvif:{topic}")) is UNKNOWN


# Topics and items as cameras of several makes send them (Reolink, TP-Link, Hikvision, Dahua, Axis), collected
# by those who read them: homeassistant/components/onvif/parsers.py, and axis/event_fixtures.py for the last.
FOREIGN = [
    ("RuleEngine/MyRuleDetector/PeopleDetect", {"Source": "VideoSourceToken"}, "State"),
    ("RuleEngine/MyRuleDetector/DogCatDetect", {"Source": "VideoSourceToken"}, "State"),
    ("RuleEngine/CellMotionDetector/LineCross", {"VideoSourceConfigurationToken": "vsconf"}, "IsLineCross"),
    ("RuleEngine/CellMotionDetector/People", {"VideoSourceConfigurationToken": "vsconf"}, "IsPeople"),
    ("RuleEngine/TPSmartEventDetector/TPSmartEvent", {"Rule": "MyTPSmart"}, "IsVehicle"),
    ("RuleEngine/PeopleDetector/People", {"VideoSourceConfigurationToken": "vsconf"}, "IsPeople"),
    ("UserAlarm/IVA/HumanShapeDetect", {"VideoSourceConfigurationToken": "000"}, "State"),
    ("Device/Sensor/PIR", {"sensor": "0"}, "state"),
]


@pytest.mark.parametrize(("topic", "source_items", "name"), FOREIGN)
def test_what_cameras_of_other_makes_see_is_everyday_life_unless_a_zone_names_it(
    topic: str, source_items: dict[str, str], name: str
) -> None:
    at = DeviceEvent(topic, NOW, source_items, {name: "true"}, is_first=False)
    ended = replace(at, data={name: "false"})

    assert hear(listener(), at) == [(UNLISTED, 0, NEW)]
    assert [one[2] for one in hear(listener(zone(1, topic)), at, ended)] == [NEW, RESTORE]


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("Monitoring/ProcessorUsage", "Value"),
        ("Monitoring/OperatingTime/LastReboot", "Status"),
        ("RecordingConfig/JobState", "State"),
        ("Media/ProfileChanged", "Token"),
    ],
)
def test_a_cameras_own_figures_are_kept_and_raise_nothing(topic: str, name: str) -> None:
    for code, _, _ in hear(listener(), DeviceEvent(topic, NOW, {}, {name: "12"}, is_first=False)):
        assert meaning_of(code).kind is Kind.RECORD


texts = st.text(max_size=40)


@given(
    texts, st.dictionaries(texts, texts, max_size=3), st.dictionaries(texts, texts, max_size=3), st.booleans()
)
def test_no_event_breaks_the_listener(
    topic: str, said: dict[str, str], data: dict[str, str], is_first: bool
) -> None:
    for signal in listener(BUTTON, FIELD).signals(DeviceEvent(topic, None, said, data, is_first=is_first)):
        assert len(signal.point) <= 100


# --- with a simulated device --------------------------------------------------------------------------------


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@asynccontextmanager
async def listening(heard: OnvifListener, ear: Ear) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(heard.run(ear.tell))
    try:
        await ear.until(lambda: ear.alive > 0)
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_a_button_at_a_camera_is_heard_over_http(kit: DeviceKit) -> None:
    async def story() -> Ear:
        ear = Ear()
        async with listening(OnvifListener(source(BUTTON, url=kit.url("C01")), SystemClock()), ear):
            await asyncio.to_thread(kit.on_loop, lambda: kit.fixed.happen(Happening.DIGITAL_INPUT, True))
            await ear.until(lambda: any(s.qualifier is NEW for s in ear.signals))
        return ear

    raised = [s for s in asyncio.run(story()).signals if s.qualifier is NEW]
    assert [(s.code, s.zone, s.point) for s in raised] == [(f"onvif:{INPUT}", 1, BUTTON.point)]


def test_an_event_while_the_database_is_away_is_told_when_it_returns(kit: DeviceKit) -> None:
    async def story() -> Ear:
        ear = Ear()
        async with listening(OnvifListener(source(BUTTON, url=kit.url("C01")), SystemClock()), ear):
            ear.is_durable = False
            await asyncio.to_thread(kit.on_loop, lambda: kit.fixed.happen(Happening.DIGITAL_INPUT, True))
            await ear.until(lambda: ear.refused > 0)
            ear.is_durable = True
            await ear.until(lambda: any(s.qualifier is NEW for s in ear.signals))
        return ear

    assert sum(signal.qualifier is NEW for signal in asyncio.run(story()).signals) == 1


@pytest.mark.parametrize("trouble", ["gone", "password"])
def test_a_camera_that_cannot_be_asked_ends_the_run_with_a_word(kit: DeviceKit, trouble: str) -> None:
    at = source(BUTTON, url=kit.url("C01") if trouble == "password" else "http://127.0.0.1:1/onvif/device")
    at = replace(at, credential=replace(CREDENTIAL, password="wrong"))

    async def story() -> None:
        async with asyncio.timeout(2 * HERE_S):
            await OnvifListener(at, SystemClock()).run(Ear().tell)

    with pytest.raises(ServiceError, match=r"onvif\.(refused|unreachable|unauthorized)"):
        asyncio.run(story())


def test_a_camera_without_onvif_is_said_so() -> None:
    with pytest.raises(ServiceError, match="unsupported"):
        asyncio.run(OnvifListener(source(BUTTON), SystemClock()).run(Ear().tell))
