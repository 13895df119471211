"""A watch as it runs on a site: shared database, hub and cameras as processes, desks as operators see."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk import OperatorDesk
from app.prepare import prepare
from app.processes import Child
from app.sim import demo_site
from services.core.jobs import Jobs
from services.core.settings import Settings
from services.dispatch.desk import import_site
from services.domain.people import Role, Session
from services.domain.site import Site
from services.identity import Accounts
from services.storage import Database, care, sqlite_url
from tests.passwords import QUICK
from ui.jobs import UiJobs

HOST = "127.0.0.1"
READY_LIMIT_S = 120.0
END_LIMIT_S = 120.0
PASSWORD = "a password of tests"
OPERATORS = {"wang": "王值班", "li": "李值班"}


class Watch:
    """The shared half of a site: its database, its people and its hub process."""

    def __init__(
        self,
        data_dir: Path,
        url: str = "",
        rtsp_port: int = 1,
        recordings: Path | None = None,
        beam_port: int = 0,
    ) -> None:
        """recordings: the disk that the hub records on; None = it records nothing. beam_port: where the
        module with a beam of the north wall answers; 0 = nowhere."""
        self.data_dir = data_dir
        self._disks = (recordings,) if recordings is not None else ()
        self.url = url or sqlite_url(data_dir / "shouwang.db")
        self.site: Site = demo_site(rtsp_port, beam_port=beam_port)
        self.environment = {
            "SHOUWANG_DATABASE": self.url,
            "SHOUWANG_DATA_DIR": str(data_dir),
            "SHOUWANG_RECORDING_DIRS": json.dumps([str(disk) for disk in self._disks]),
        }
        self.dc09_port = 0
        self.gb26875_port = 0
        self._hub: Child | None = None
        care.upgrade(self.url)
        self.database = Database(self.url)
        self.database.open()
        accounts = Accounts(self.database, passwords=QUICK)
        accounts.create_first_administrator("admin", "管理员", PASSWORD)
        administrator = accounts.log_in("admin", PASSWORD, "OFFICE")
        import_site(self.database, administrator, self.site)
        for name, display_name in OPERATORS.items():
            accounts.create(administrator, name, display_name, Role.OPERATOR, PASSWORD)

    def log_in(self, user: str, workstation: str) -> Session:
        return Accounts(self.database, passwords=QUICK).log_in(user, PASSWORD, workstation)

    def settings(self, workstation: str) -> Settings:
        return Settings(
            data_dir=self.data_dir,
            database=self.url,
            workstation=workstation,
            dc09_host=HOST,
            recording_dirs=self._disks,
        )

    def start_hub(self) -> None:
        """A hub process; again on the port it had."""
        arguments = ["hub", "--dc09", f"{HOST}:{self.dc09_port}"]
        self._hub = Child("hub", arguments, self.environment)
        ready = self._hub.wait_ready(READY_LIMIT_S)
        self.dc09_port, self.gb26875_port = int(str(ready["dc09_port"])), int(str(ready["gb26875_port"]))

    @property
    def hub_pid(self) -> int:
        assert self._hub is not None
        return self._hub.pid

    def kill_hub(self) -> None:
        """kill -9."""
        assert self._hub is not None
        os.kill(self._hub.pid, signal.SIGKILL)
        self._hub.stop()
        self._hub = None

    def stop_hub(self) -> None:
        """In order: it writes down what it still holds, however long a busy machine takes."""
        assert self._hub is not None
        self._hub.stop(END_LIMIT_S)
        self._hub = None

    def close(self) -> None:
        if self._hub is not None:
            self.stop_hub()
        self.database.close()


class Workplace:
    """One workstation in this process: the product's own desk on a database connection of its own."""

    def __init__(self, watch: Watch, user: str, workstation: str) -> None:
        settings = watch.settings(workstation)
        self._pool = Jobs(f"ui-{workstation}", 4)
        self._owner = QObject()
        self.jobs = UiJobs(self._pool, self._owner)
        self.prepared = prepare(settings, starts_hub=False)
        session = watch.log_in(user, workstation)
        self.desk = OperatorDesk(self.prepared, session, self.jobs, self._owner)

    def open(self, screen: str) -> None:
        self.desk.shell.resize(1600, 900)
        self.desk.shell.show()
        self.desk.start(screen)

    def press(self, key: Qt.Key) -> None:
        """A key event to whatever holds the keyboard in this workplace's window."""
        shell = self.desk.shell
        shell.activateWindow()
        QApplication.processEvents()
        focused = QApplication.focusWidget()
        is_here = focused is not None and focused.window() is shell
        QTest.keyClick(focused if is_here and focused is not None else shell, key)

    def close(self) -> None:
        self.desk.close()
        self.jobs.close()
        self._pool.stop()
        self.prepared.database.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def marked_pixels(image: QImage, left: int, top: int, width: int, height: int, ink_rgb: int) -> int:
    """How many pixels of exactly this colour a part of a picture has; every second row and column counts."""
    return sum(
        image.pixel(x, y) & 0xFFFFFF == ink_rgb
        for y in range(top, top + height, 2)
        for x in range(left, left + width, 2)
    )
