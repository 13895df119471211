"""Runs the simulated campus in a process of its own: cameras, panels and people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime

from app.processes import say_ready
from app.records import database_url
from app.roles import UntilStopped, load_secrets
from services.campus.routes import Routes
from services.campus.sitefile import parse_site
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.core.paths import default_cache_dir, resource
from services.core.secrets import HeldSecrets
from services.core.settings import Settings
from services.dispatch.desk import DispatchDesk
from services.domain.recordings import RecordedStream, RecordingMode
from services.domain.site import Camera, Panel, PanelProtocol, Site
from services.sim.cameras import SOUND_CAMERAS, CameraFarm, FarmOptions
from services.sim.day import AnyLine, Day
from services.sim.firebox import FireLine
from services.sim.linkage import LinkageModule
from services.sim.modules import IoModule, ModuleLine
from services.sim.panels import Line, Protocol, Transport
from services.sim.people import GuardForce
from services.sim.rtsp.live import FPS as LIVE_FPS
from services.sim.story import Story
from services.storage import ChangeFeed, Database

HOST = "127.0.0.1"
CREDENTIAL = "demo"
MODULE_SUPERVISION_S = 30.0
# Panels of the shipped campus that are modules: what fire outputs hang on, and a beam of the north wall.
LINKAGE_MODULE = "M1"
BEAM_MODULE = "M2"
NIGHT_STORY = "demo_night.toml"


def demo_site(rtsp_port: int, onvif_port: int = 0, module_port: int = 0, beam_port: int = 0) -> Site:
    """The shipped campus with its cameras and its two modules at these ports of this machine.

    onvif_port 0: the cameras are no devices. module_port, beam_port 0: that module stays where the file says.
    """
    text = resource("sites", "demo.toml").read_text(encoding="utf-8")
    site = parse_site(text, "demo.toml")
    cameras = tuple(_simulated(c, rtsp_port, onvif_port) for c in site.cameras)
    port_of = {LINKAGE_MODULE: module_port, BEAM_MODULE: beam_port}
    return replace(
        site, cameras=cameras, panels=tuple(_at_port(p, port_of.get(p.no, 0)) for p in site.panels)
    )


def _at_port(panel: Panel, port: int) -> Panel:
    """Modules are asked, so they need an address; the others call."""
    if panel.protocol is not PanelProtocol.MODBUS or not port:
        return panel
    return replace(panel, address=f"{HOST}:{port}", supervision_s=MODULE_SUPERVISION_S)


# Those of the first wall, and one more beside the north wall: three see where it is climbed.
RECORDED = frozenset({*(f"C{number:02d}" for number in range(1, 10)), "C19"})


def _simulated(camera: Camera, rtsp_port: int, onvif_port: int) -> Camera:
    """Where the simulator serves it; without ONVIF nobody can steer it."""
    is_live = camera.has_ptz and onvif_port > 0
    return replace(
        camera,
        main_url=f"rtsp://{HOST}:{rtsp_port}/{camera.no}/main",
        sub_url=f"rtsp://{HOST}:{rtsp_port}/{camera.no}/sub",
        onvif_url=f"http://{HOST}:{onvif_port}/onvif/{camera.no}/device_service" if onvif_port else "",
        has_ptz=is_live,
        expected_fps=float(LIVE_FPS) if is_live else camera.expected_fps,
        # One machine plays all cameras here: the sub-streams that the first wall shows, it films anyway.
        recording=RecordingMode.CONTINUOUS if camera.no in RECORDED else RecordingMode.OFF,
        recorded_stream=RecordedStream.SUB,
    )


@dataclass(frozen=True, slots=True)
class SimPorts:
    """rtsp, control: 0 = any free one, None = no control port. dc09: the hub's, 0 = panels stay silent.

    gb26875: the hub's for fire transmission devices. onvif: 0 = the cameras are no ONVIF devices.
    module: of the linkage module, beams: of the one with a beam; 0 = there is none.
    is_night: the story of the night is played, its signals once. is_held: no panel signals anything before
    the control port is told `begin`; the story then begins anew.
    """

    rtsp: int
    dc09: int = 0
    gb26875: int = 0
    onvif: int = 0
    module: int = 0
    beams: int = 0
    control: int | None = None
    is_night: bool = False
    is_held: bool = False


def run_sim(settings: Settings, ports: SimPorts, *, with_parent: bool) -> None:
    """Cameras always; panels and people when there is a hub to dial."""
    until_stopped = UntilStopped(with_parent=with_parent)
    secrets = load_secrets(settings)
    site = demo_site(ports.rtsp, ports.onvif)
    clock = SystemClock()
    # One moment on both clocks: what a camera shows is what a panel reports.
    epoch_at, epoch_s = clock.now(), clock.monotonic()
    begun_s = None if ports.is_held else epoch_s
    with ExitStack() as running:
        beams = start_beams(ports.beams) if ports.beams else None
        if beams is not None:
            running.callback(beams.stop)
        day = Day(site, story_of(site, ports), line_to(ports, secrets, beams), clock, begun_s)

        def begin(in_s: float) -> None:
            day.begin(clock.monotonic() + in_s)

        farm = start_cameras(site, secrets, ports, epoch_at, begin)
        running.callback(farm.stop)
        if ports.module:
            running.callback(start_module(site, ports.module))
        if ports.dc09:
            running.callback(day.stop)
            running.callback(start_people(settings, site))
            day.start()
        say_ready(role="sim", rtsp_port=farm.port, control_port=farm.control_port)
        until_stopped.wait()


def story_of(site: Site, ports: SimPorts) -> Story:
    """What cameras show and panels signal, the same for both."""
    return Story.load(resource("sites", NIGHT_STORY) if ports.is_night else None, site)


def film_ahead(seconds: float, *, is_night: bool = False) -> int:
    """Make the first `seconds` of every sub-stream, and the panoramas, so that a first start does less."""
    site = demo_site(0, onvif_port=1)  # any: nothing listens here
    options = FarmOptions(onvif_port=0)
    story = story_of(site, SimPorts(rtsp=0, is_night=is_night))
    farm = CameraFarm(site, story, default_cache_dir(), options=options)
    return farm.film_ahead(until_s=seconds)


def start_cameras(
    site: Site, secrets: HeldSecrets, ports: SimPorts, epoch_at: datetime, on_begin: Callable[[float], None]
) -> CameraFarm:
    """The simulated cameras, listening; without a `demo` credential they ask for none."""
    credential = secrets.credential(CREDENTIAL)
    options = FarmOptions(
        host=HOST,
        port=ports.rtsp,
        username=credential.username if credential else "",
        password=credential.password if credential else "",
        control_port=ports.control,
        onvif_port=ports.onvif or None,
        sound_cameras=SOUND_CAMERAS,
    )
    story = story_of(site, ports)
    farm = CameraFarm(site, story, default_cache_dir(), epoch=epoch_at, options=options, on_begin=on_begin)
    farm.start()
    return farm


def start_module(site: Site, port: int) -> Callable[[], None]:
    """The module that the fire outputs hang on; returns what ends it."""
    panel = next(panel for panel in site.panels if panel.no == LINKAGE_MODULE)
    module = LinkageModule(site, panel, SystemClock(), port=port)
    module.start()
    return module.stop


def start_beams(port: int) -> IoModule:
    """The module whose beam the story breaks; raises ServiceError("sim.port_taken", host, port)."""
    module = IoModule(HOST, port)
    module.start()
    return module


def start_people(settings: Settings, site: Site) -> Callable[[], None]:
    """Guards that obey dispatches in the shared database; returns what ends them."""
    clock, bus = SystemClock(), Bus()
    database = Database(database_url(settings), clock)
    database.open()
    routes = Routes(site)
    desk = DispatchDesk(database, clock, routes, site)
    force = GuardForce(database, bus, desk, routes, clock)
    board = database.read(lambda view: view.board())
    feed = ChangeFeed(database, bus)
    force.start()
    feed.start(board.seq)

    def end() -> None:
        feed.stop()
        force.stop()
        database.close()

    return end


def line_to(
    ports: SimPorts, secrets: HeldSecrets, beams: IoModule | None
) -> Callable[[Panel], AnyLine | None]:
    """How the simulated panels dial: encrypted ones with their key, one by SIA-DCS over UDP, fire
    transmission devices in their own protocol; modules are looked at by the hub."""

    def line_of(panel: Panel) -> AnyLine | None:
        if panel.protocol is PanelProtocol.MODBUS:
            return ModuleLine(panel.account, beams) if beams and panel.no == BEAM_MODULE else None
        if panel.protocol is PanelProtocol.GB26875:
            return FireLine(panel.account, HOST, ports.gb26875)
        is_fire = panel.no == "A3"
        return Line(
            panel.account,
            HOST,
            ports.dc09,
            transport=Transport.UDP if is_fire else Transport.TCP,
            protocol=Protocol.SIA_DCS if is_fire else Protocol.ADM_CID,
            key=secrets.panel_key(panel.account) if panel.is_encrypted else None,
        )

    return line_of
