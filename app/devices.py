"""Wires the devices screen: what it saves by, searches by and tries by."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from services.core.clock import SystemClock
from services.devices.asking import ask_device
from services.devices.cameras import CameraDesk
from services.devices.keeping import CameraKeeper, LoginStore
from services.devices.onvif import discover
from services.devices.recorders.looking import look_at_recorder
from services.devices.trial import CameraTrial, Wish
from services.domain.people import Session
from services.domain.site import Site
from services.storage import Database
from services.video import VideoEngine
from ui.jobs import UiJobs
from views.devices.presenter import DevicesPresenter
from views.devices.tools import DeviceTools


def devices_presenter(
    *,
    site: Site,
    database: Database,
    logins: LoginStore,
    video: VideoEngine,
    session: Session,
    jobs: UiJobs,
    parent: QObject,
) -> DevicesPresenter:
    keeper = CameraKeeper(CameraDesk(database), logins)
    tools = DeviceTools(
        discover=discover,
        make_trial=partial(_trial, video),
        look_at_recorder=partial(look_at_recorder, clock=SystemClock()),
    )
    return DevicesPresenter(site, keeper, tools, session, jobs, parent)


def _trial(video: VideoEngine, wish: Wish) -> CameraTrial:
    return CameraTrial(wish, video, ask_device, SystemClock())
