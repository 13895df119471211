"""What the hub can do when a rule asks: one file for each kind of thing that is moved or spoken to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from services.core.clock import Clock
from services.core.secrets import HeldSecrets
from services.devices.reach import Reach
from services.domain.linkage import ActionKind
from services.domain.site import Site
from services.linkage.engine import Hand
from services.linkage.hands.broker import Publisher
from services.linkage.hands.cameras import CameraHands
from services.linkage.hands.outputs import OutputHands, Outputs
from services.linkage.hands.web import Poster
from services.storage import Database


def all_hands(
    *,
    database: Database,
    clock: Clock,
    site: Callable[[], Site],
    secrets: HeldSecrets,
    snapshot_dir: Path,
    outputs: Outputs,
    record: Hand,
) -> Mapping[ActionKind, Hand]:
    """Everything a hub does for rules; what is not here is said to be unavailable."""
    cameras = CameraHands(database, clock, site, Reach(site, secrets).open, snapshot_dir)
    switching = OutputHands(outputs, site)
    return {
        ActionKind.PTZ_PRESET: cameras.go_to_preset,
        ActionKind.PTZ_AIM: cameras.aim,
        ActionKind.SNAPSHOT: cameras.keep_snapshot,
        ActionKind.RECORD: record,
        ActionKind.OUTPUT: switching.switch,
        ActionKind.DOOR: switching.release_door,
        ActionKind.BROADCAST: switching.broadcast,
        ActionKind.HTTP: Poster(secrets).post,
        ActionKind.MQTT: Publisher(secrets).publish,
    }
