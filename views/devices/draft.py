"""A camera while it is being typed; pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from services.core.secrets import Credential
from services.core.typed import storable_text
from services.devices.keeping import Logins
from services.devices.recorders.looking import RecorderQuestion
from services.domain.recordings import (
    AFTER_ALARM_S,
    AFTER_MOTION_S,
    BEFORE_S,
    RecordedStream,
    RecordingMode,
)
from services.domain.site import (
    UNPLACED,
    Camera,
    CameraNo,
    Point,
    Site,
    StreamEngine,
    StreamTransport,
)

HEIGHT_M, FOV_DEG, RANGE_M = 4.0, 70.0, 30.0


@dataclass(frozen=True, slots=True)
class RecordingWish:
    """What is recorded and how long it is kept. hours: as typed, apart by semicolons."""

    mode: RecordingMode = RecordingMode.CONTINUOUS
    stream: RecordedStream = RecordedStream.MAIN
    hours: str = ""
    outside: RecordingMode = RecordingMode.ALARM
    keep_days: int = 30
    keep_gb: int = 0
    before_s: float = BEFORE_S
    after_alarm_s: float = AFTER_ALARM_S
    after_motion_s: float = AFTER_MOTION_S


@dataclass(frozen=True, slots=True)
class RecorderWish:
    """Who else records it. url "" = nobody; username "" = the camera's log-in; password "" = the kept one."""

    url: str = ""
    channel: str = ""
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds. at: None = not on the map yet. password: "" = the one that is kept.

    has_ptz, width_px: what the trial found; no field of the form.
    """

    name: str = ""
    place: str = ""
    building: str = ""
    floor: str = ""
    main_url: str = ""
    sub_url: str = ""
    onvif_url: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    at: Point | None = None
    heading_deg: float = 0.0
    has_ptz: bool = False
    width_px: int = 0
    name_en: str = ""
    transport: StreamTransport = StreamTransport.AUTO
    engine: StreamEngine = StreamEngine.AUTO
    fov_deg: float = FOV_DEG
    range_m: float = RANGE_M
    height_m: float = HEIGHT_M
    recording: RecordingWish = RecordingWish()
    recorder: RecorderWish = RecorderWish()

    @property
    def has_address(self) -> bool:
        return bool(self.main_url or self.onvif_url)

    @property
    def tried(self) -> tuple[str, ...]:
        """What a trial is about: another of these and its result says nothing any more."""
        addresses = (self.main_url, self.sub_url, self.onvif_url)
        return (*addresses, self.username, self.password, self.transport, self.engine)


def draft_of(camera: Camera, logins: Logins) -> Draft:
    """An existing camera for its form; its passwords stay where they are."""
    return Draft(
        camera.name,
        "" if camera.place == UNPLACED else camera.place,
        camera.building,
        camera.floor,
        camera.main_url,
        "" if camera.sub_url == camera.main_url else camera.sub_url,
        camera.onvif_url,
        logins.camera.username if logins.camera is not None else "",
        at=camera.at if camera.is_placed else None,
        heading_deg=camera.heading_deg,
        has_ptz=camera.has_ptz,
        width_px=camera.width_px,
        name_en=camera.name_en,
        transport=camera.transport,
        engine=camera.engine,
        fov_deg=camera.fov_deg,
        range_m=camera.range_m,
        height_m=camera.height_m,
        recording=RecordingWish(
            camera.recording,
            camera.recorded_stream,
            "; ".join(camera.recording_hours),
            camera.recording_outside,
            camera.keep_days,
            camera.keep_gb,
            camera.before_s,
            camera.after_alarm_s,
            camera.after_motion_s,
        ),
        recorder=RecorderWish(
            camera.recorder_url,
            camera.recorder_channel,
            logins.recorder.username if logins.recorder is not None else "",
        ),
    )


def camera_of(draft: Draft, site: Site, base: Camera | None, credential: str) -> Camera:
    """The camera that `draft` describes; base: the one it was, whose other fields stay."""
    host = host_of(draft.main_url or draft.onvif_url)
    start = base or _fresh(site)
    return replace(
        start,
        name=draft.name.strip() or f"摄像机 {host}",
        name_en=draft.name_en.strip() or ("" if draft.name.strip() else f"Camera {host}"),
        place=draft.place.strip() or UNPLACED,
        building=draft.building.strip(),
        floor=draft.floor.strip(),
        main_url=draft.main_url.strip(),
        sub_url=draft.sub_url.strip() or draft.main_url.strip(),
        onvif_url=draft.onvif_url.strip(),
        credential=credential,
        at=draft.at if draft.at is not None else start.at,
        heading_deg=draft.heading_deg % 360.0,
        is_placed=draft.at is not None,
        has_ptz=draft.has_ptz,
        width_px=draft.width_px or start.width_px,
        transport=draft.transport,
        engine=draft.engine,
        fov_deg=draft.fov_deg,
        range_m=draft.range_m,
        height_m=draft.height_m,
        recording=draft.recording.mode,
        recorded_stream=draft.recording.stream,
        recording_hours=hours_of(draft.recording.hours),
        recording_outside=draft.recording.outside,
        keep_days=draft.recording.keep_days,
        keep_gb=draft.recording.keep_gb,
        before_s=draft.recording.before_s,
        after_alarm_s=draft.recording.after_alarm_s,
        after_motion_s=draft.recording.after_motion_s,
        recorder_url=draft.recorder.url.strip(),
        recorder_channel=draft.recorder.channel.strip(),
    )


def hours_of(text: str) -> tuple[str, ...]:
    """As typed, apart by semicolons of either script."""
    parts = (part.strip() for part in text.replace("；", ";").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def logins_of(draft: Draft, kept: Logins) -> Logins:
    """What to log in with: as typed; without a typed password the kept one of the same user."""
    recorder = draft.recorder
    return Logins(
        _login(draft.username, draft.password, kept.camera),
        _login(recorder.username, recorder.password, kept.recorder) if recorder.url.strip() else None,
    )


def recorder_question(draft: Draft, kept: Logins) -> RecorderQuestion:
    """As the saved camera's recorder would be asked."""
    logins = logins_of(draft, kept)
    wish = draft.recorder
    return RecorderQuestion(wish.url.strip(), wish.channel.strip(), logins.recorder or logins.camera)


def _login(username: str, password: str, kept: Credential | None) -> Credential | None:
    username = username.strip()
    if not username:
        return None
    if not password and kept is not None and kept.username == username:
        return kept
    # Half of a pair of signs, as a paste may leave it, is a wrong log-in for the camera, no fault of ours.
    return Credential(storable_text(username), storable_text(password))


def host_of(url: str) -> str:
    """ "" for what is no address."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _fresh(site: Site) -> Camera:
    """In the middle of the plan until somebody says where; on no map till then."""
    middle = (site.width_m / 2, site.height_m / 2)
    return Camera(CameraNo(""), "", "", UNPLACED, middle, HEIGHT_M, 0.0, FOV_DEG, RANGE_M, "", "")
