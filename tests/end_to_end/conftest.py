"""The processes and desks that end-to-end tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.processes import Child
from app.roles import SECRETS_FILE
from services.core.secrets import Credential, Secrets
from services.core.settings import Settings
from services.domain.people import Role
from services.identity import Accounts
from tests.end_to_end.watch_kit import PASSWORD, READY_LIMIT_S, Watch, Workplace
from tests.passwords import QUICK
from ui.i18n import speak
from ui.shell import Shell


@dataclass(frozen=True)
class Cameras:
    """The simulated cameras' port and the secrets of the machine that may watch them."""

    port: int
    secrets: Secrets


@pytest.fixture(scope="session")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cameras]:
    """The simulator's process with cameras only: nobody dials and nobody walks."""
    data_dir = tmp_path_factory.mktemp("cameras")
    secrets = Secrets(credentials={"demo": Credential("shouwang", "a camera's password")})
    secrets.save(data_dir / SECRETS_FILE)
    arguments = ["sim", "--rtsp-port", "0", "--dc09-port", "0", "--data-dir", str(data_dir)]
    child = Child("sim", arguments, {})
    port = child.wait_ready(READY_LIMIT_S)["rtsp_port"]
    assert isinstance(port, int)
    yield Cameras(port, secrets)
    child.stop()


@pytest.fixture(autouse=True)
def _application(qapp: QApplication, tmp_path: Path, expected_log: Callable[..., None]) -> Iterator[None]:
    """Fonts, colours and language as the workstation has them; Chinese again afterwards."""
    from app.application import start_application

    # No loudspeaker on a test machine; a camera whose film is still being made answers late.
    expected_log("sound.no_device", "video.timeout")
    assert start_application(Settings(data_dir=tmp_path)) is qapp
    yield
    speak("zh")


@pytest.fixture
def make_watch(data_dir: Path) -> Iterator[Callable[..., Watch]]:
    """`make_watch(url, cameras=None, beam_port=0)`: a site with people and a campus, whose hub is not
    started yet."""
    made: list[Watch] = []

    def make(url: str = "", cameras: Cameras | None = None, beam_port: int = 0) -> Watch:
        if cameras is not None:
            cameras.secrets.save(data_dir / SECRETS_FILE)
        watch = Watch(data_dir, url, cameras.port if cameras else 1, beam_port=beam_port)
        made.append(watch)
        return watch

    yield make
    for watch in made:
        watch.close()


@pytest.fixture
def shell_of(
    make_watch: Callable[..., Watch], sit_down: Callable[..., Workplace], expected_log: Callable[..., None]
) -> Callable[[str], Shell]:
    """`shell_of(user)`: the window of wang, an operator, admin or zhao, a supervisor; without cameras."""

    def shell(user: str) -> Shell:
        expected_log("video.refused")  # nothing is behind the cameras' addresses
        watch = make_watch()
        accounts = Accounts(watch.database, passwords=QUICK)
        accounts.create(watch.log_in("admin", "OFFICE"), "zhao", "赵主管", Role.SUPERVISOR, PASSWORD)
        return sit_down(watch, user, "SEAT-1").desk.shell

    return shell


@pytest.fixture
def sit_down(make_watch: object) -> Iterator[Callable[..., Workplace]]:
    """`sit_down(watch, user, workstation, screen)`: an operator's workplace with its window open."""
    assert make_watch is not None  # workplaces are closed before the watch they look at
    made: list[Workplace] = []

    def sit(watch: Watch, user: str, workstation: str, screen: str = "watch") -> Workplace:
        workplace = Workplace(watch, user, workstation)
        made.append(workplace)
        workplace.open(screen)
        return workplace

    yield sit
    for workplace in reversed(made):
        workplace.close()
