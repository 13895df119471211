"""Who reports by HTTP and repeats what was not answered loses nothing, however often the hub is killed."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable

import httpx

from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.storage import Database, verify_audit
from tests.services.hub.killable_hub import HubProcess

SENDERS = 4


def press_until(stop: threading.Event, port: int, token: str, sender: int, stored: list[str]) -> None:
    """Each press has its mark and is sent until it is answered as stored."""
    address, headers = f"http://127.0.0.1:{port}/v1/alarms", {"Authorization": f"Bearer {token}"}
    for number in itertools.count():
        mark = f"{sender}-{number}"
        while not is_stored(address, headers, mark):
            stop.wait(0.02)
        stored.append(mark)
        if stop.is_set():
            return


def is_stored(address: str, headers: dict[str, str], mark: str) -> bool:
    try:
        answered = httpx.post(address, json={"id": mark, "point": "east"}, headers=headers, timeout=2.0)
    except httpx.TransportError:
        return False
    return answered.status_code == 200


def test_presses_by_http_outlive_kills_of_the_hub_and_count_once(
    settings: Settings, database: Database, alarms: Callable[[], list[Alarm]], token: str
) -> None:
    hub = HubProcess(settings, token)
    stop = threading.Event()
    stored: list[str] = []
    hub.start()
    threads = [
        threading.Thread(target=press_until, args=(stop, hub.http_port, token, sender, stored))
        for sender in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    chance = random.Random(5)
    for _ in range(3):
        stop.wait(0.3 + 0.4 * chance.random())
        hub.kill()
        hub.start()
    stop.set()
    for thread in threads:
        thread.join()
    hub.kill()
    assert len(stored) > 20
    (alarm,) = (one for one in alarms() if one.zone == "H1-1")
    assert alarm.occurrence_count == len(stored)
    kept = database.read(lambda view: view.signals_of(alarm.id))
    assert {one.sequence for one in kept} == set(stored)
    assert verify_audit(database).fault == ""
