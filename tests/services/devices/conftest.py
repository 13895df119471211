"""A real SQLite record with the demo campus in it, and those who may and may not change its cameras."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.people import Role, Session
from services.domain.site import Camera, CameraNo, Site
from services.sim.cameras import CameraFarm
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_record
from tests.services.devices.new_device import NO, new_device

ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "seat-2")


def new_camera(no: str = "", name: str = "操场北") -> Camera:
    return Camera(
        CameraNo(no),
        name,
        "",
        "操场",
        (40.0, 30.0),
        4.0,
        90.0,
        70.0,
        30.0,
        "rtsp://10.1.2.3/main",
        "rtsp://10.1.2.3/sub",
        is_placed=True,
    )


def refused(work: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value


@pytest.fixture
def site() -> Site:
    return read_demo_site()


@pytest.fixture
def database(tmp_path: Path, site: Site) -> Iterator[Database]:
    with new_record(tmp_path / "record.db") as database:
        import_site(database, ADMINISTRATOR, site)
        yield database


@pytest.fixture(scope="session")
def boxed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CameraFarm]:
    with new_device(tmp_path_factory.mktemp("device")) as farm:
        yield farm


@pytest.fixture
def device(boxed: CameraFarm) -> Iterator[CameraFarm]:
    """The new device, given back without faults."""
    yield boxed
    boxed.fault(NO, None)
