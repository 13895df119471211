from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from services.core.bus import Bus
from services.core.clock import ManualClock
from services.domain.classes import AlarmClass
from services.domain.facts import AlarmRaised, SiteImported
from tests.alarms import BEAM
from ui.bridge import LONGER_PAUSES, FactBridge


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[object]] = []
        self.threads: set[threading.Thread] = set()

    def take(self, facts: list[object]) -> None:
        self.batches.append(facts)
        self.threads.add(threading.current_thread())

    @property
    def sites(self) -> list[str]:
        return [fact.site for batch in self.batches for fact in batch if isinstance(fact, SiteImported)]


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def bridge(qapp: QApplication, bus: Bus) -> FactBridge:
    qapp.processEvents()
    return FactBridge(bus)


@pytest.fixture
def listener(bridge: FactBridge) -> Listener:
    made = Listener()
    bridge.facts_arrived.connect(made.take)
    return made


def publish_from_a_thread(bus: Bus, count: int) -> None:
    def publish() -> None:
        for number in range(count):
            bus.publish(SiteImported(str(number)))

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()


def test_facts_of_another_thread_arrive_in_the_gui_thread_in_order(
    bus: Bus, listener: Listener, wait_until: Callable[..., object]
) -> None:
    publish_from_a_thread(bus, 500)
    wait_until(lambda: len(listener.sites) == 500)
    assert listener.sites == [str(number) for number in range(500)]
    assert listener.threads == {threading.main_thread()}


def test_a_burst_is_delivered_as_one_list(
    bus: Bus, listener: Listener, wait_until: Callable[..., object]
) -> None:
    publish_from_a_thread(bus, 200)
    wait_until(lambda: listener.batches)
    assert len(listener.batches) == 1


def test_after_a_delivery_the_next_fact_wakes_again(
    bus: Bus, listener: Listener, wait_until: Callable[..., object]
) -> None:
    publish_from_a_thread(bus, 1)
    wait_until(lambda: len(listener.sites) == 1)
    publish_from_a_thread(bus, 1)
    wait_until(lambda: len(listener.sites) == 2)


def test_facts_that_follow_a_delivery_soon_come_together_and_in_order(
    qapp: QApplication, bus: Bus, wait_until: Callable[..., object]
) -> None:
    """In a storm each list makes the screens paint everything anew."""
    listener, bridge = Listener(), FactBridge(bus, pause_s=0.5)
    bridge.facts_arrived.connect(listener.take)
    bus.publish(SiteImported("first"))
    wait_until(lambda: listener.batches)
    for site in ("second", "third", "fourth"):
        bus.publish(SiteImported(site))
        qapp.processEvents()
    wait_until(lambda: len(listener.sites) == 4)
    assert [len(batch) for batch in listener.batches] == [1, 3]
    assert listener.sites == ["first", "second", "third", "fourth"]
    bridge.close()


@pytest.mark.parametrize(
    ("facts", "pauses"), [(1, 1), *((many + 1, pauses) for many, pauses in LONGER_PAUSES)]
)
def test_the_longer_a_list_the_more_time_screens_have_after_it(
    qapp: QApplication, bus: Bus, wait_until: Callable[..., object], facts: int, pauses: int
) -> None:
    clock, pause_s = ManualClock(datetime(2026, 11, 24, tzinfo=UTC)), 3600.0
    listener, bridge = Listener(), FactBridge(bus, clock=clock, pause_s=pause_s)
    bridge.facts_arrived.connect(listener.take)
    for number in range(facts):
        bus.publish(SiteImported(str(number)))
    wait_until(lambda: listener.batches)
    clock.advance((pauses - 0.5) * pause_s)
    bus.publish(SiteImported("soon"))
    qapp.processEvents()
    assert len(listener.batches) == 1
    bridge.close()

    listener, bridge = Listener(), FactBridge(bus, clock=clock, pause_s=pause_s)
    bridge.facts_arrived.connect(listener.take)
    for number in range(facts):
        bus.publish(SiteImported(str(number)))
    wait_until(lambda: listener.batches)
    clock.advance((pauses + 0.5) * pause_s)
    bus.publish(SiteImported("later"))
    wait_until(lambda: len(listener.batches) == 2)
    bridge.close()


def test_a_fire_waits_no_longer_than_after_a_short_list(
    qapp: QApplication, bus: Bus, wait_until: Callable[..., object]
) -> None:
    clock, pause_s = ManualClock(datetime(2026, 11, 24, tzinfo=UTC)), 3600.0
    listener, bridge = Listener(), FactBridge(bus, clock=clock, pause_s=pause_s)
    bridge.facts_arrived.connect(listener.take)
    beam, fire = AlarmRaised(BEAM), AlarmRaised(replace(BEAM, alarm_class=AlarmClass.FIRE))
    for _ in range(LONGER_PAUSES[0][0] + 1):
        bus.publish(beam)
    wait_until(lambda: listener.batches)
    bus.publish(fire)
    qapp.processEvents()
    assert len(listener.batches) == 1, "screens have time to paint, whatever comes"
    bridge.close()

    listener, bridge = Listener(), FactBridge(bus, clock=clock, pause_s=pause_s)
    bridge.facts_arrived.connect(listener.take)
    for _ in range(LONGER_PAUSES[0][0] + 1):
        bus.publish(beam)
    wait_until(lambda: listener.batches)
    bus.publish(beam)
    qapp.processEvents()
    clock.advance(1.5 * pause_s)
    bus.publish(beam)
    qapp.processEvents()
    assert len(listener.batches) == 1
    bus.publish(fire)
    wait_until(lambda: len(listener.batches) == 2)
    assert listener.batches[1] == [beam, beam, fire]
    bridge.close()


def test_what_is_no_fact_does_not_come_through(
    bus: Bus, listener: Listener, wait_until: Callable[..., object]
) -> None:
    bus.publish("not a fact")
    bus.publish(SiteImported("demo"))
    wait_until(lambda: listener.sites)
    assert listener.batches == [[SiteImported("demo")]]


def test_a_closed_bridge_delivers_nothing_more(
    bus: Bus, bridge: FactBridge, listener: Listener, qapp: QApplication
) -> None:
    publish_from_a_thread(bus, 3)
    bridge.close()
    publish_from_a_thread(bus, 3)
    qapp.processEvents()
    assert listener.batches == []
