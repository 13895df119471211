"""Takes cameras into the stored site, changes, replaces and removes them, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from enum import Enum

from services.campus.entries import read_camera
from services.campus.entry import Entry, SiteFileError
from services.campus.sitecheck import first_complaint
from services.campus.stored import stored_site
from services.campus.wherefile import Lines
from services.core.errors import ServiceError
from services.domain.facts import CameraChanged
from services.domain.people import Permission, Session
from services.domain.site import Camera, CameraNo, Panel, PanelProtocol, Site, Zone
from services.identity import authorize
from services.storage import Database, Tx

# Of the device, and where its recordings lie: on its own card, perhaps.
ADDRESSES = (
    *("main_url", "sub_url", "onvif_url", "credential", "transport", "engine", "width_px", "has_ptz"),
    *("recorder_url", "recorder_channel", "recorder_credential"),
)


class CameraDesk:
    """Commands on the site's cameras; they block, and need EDIT_SITE.

    `seen` is the camera as the caller saw it: one changed elsewhere since is refused with
    storage.conflict. All raise ServiceError: identity.forbidden, camera.invalid(camera, field, reason),
    camera.no_site, storage.*.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, session: Session, camera: Camera) -> Camera:
        """Its number is the next free one when it has none. Raises camera.number_taken(camera)."""
        return self.add_all(session, (camera,))[0]

    def add_all(self, session: Session, cameras: Sequence[Camera]) -> tuple[Camera, ...]:
        """All of them or none."""
        authorize(session, Permission.EDIT_SITE)

        def work(tx: Tx) -> tuple[Camera, ...]:
            site = stored_site(tx)
            added = _numbered(tx, site, cameras)
            tx.replace_site(_held_together(replace(site, cameras=(*site.cameras, *added))))
            for camera in added:
                tx.audit(session, "camera.add", camera.no, after=camera)
                tx.record(CameraChanged(camera, "added"))
            return added

        return self._database.write(work)

    def change(self, session: Session, seen: Camera, camera: Camera) -> Camera:
        """Anything but the number."""
        return self._put(session, seen, replace(camera, no=seen.no), "changed")

    def replace(self, session: Session, seen: Camera, device: Camera) -> Camera:
        """Another device in the same place: number, name, place and all that is on record stay."""
        new = {name: getattr(device, name) for name in ADDRESSES}
        return self._put(session, seen, replace(seen, **new), "replaced")

    def remove(self, session: Session, seen: Camera, *, unpin: bool = False) -> Camera:
        """Take a camera out of the site; what is on record about it stays.

        unpin: zones whose rules name it lose that line; without it camera.pinned(camera, zones) is raised.
        Raises camera.heard(camera, panels) while a panel tells what this camera's own events say.
        """
        authorize(session, Permission.EDIT_SITE)

        def work(tx: Tx) -> Camera:
            site = stored_site(tx)
            _check_seen(site, seen)
            heard = [panel.no for panel in site.panels if _is_heard(panel, seen.no)]
            if heard:
                raise ServiceError("camera.heard", camera=seen.no, panels=", ".join(heard))
            pinned = [zone.no for zone in site.zones if _names(zone, seen.no)]
            if pinned and not unpin:
                raise ServiceError("camera.pinned", camera=seen.no, zones=", ".join(pinned))
            rest = tuple(camera for camera in site.cameras if camera.no != seen.no)
            zones = tuple(_without(zone, seen.no) for zone in site.zones)
            tx.replace_site(_held_together(replace(site, cameras=rest, zones=zones)))
            tx.audit(session, "camera.remove", seen.no, before=seen, after={"unpinned": pinned})
            tx.record(CameraChanged(seen, "removed"))
            return seen

        return self._database.write(work)

    def _put(self, session: Session, seen: Camera, camera: Camera, change: str) -> Camera:
        authorize(session, Permission.EDIT_SITE)

        def work(tx: Tx) -> Camera:
            site = stored_site(tx)
            _check_seen(site, seen)
            new = check_camera(camera)
            cameras = tuple(new if old.no == seen.no else old for old in site.cameras)
            tx.replace_site(_held_together(replace(site, cameras=cameras)))
            tx.audit(session, f"camera.{_ACTIONS[change]}", seen.no, before=seen, after=new)
            tx.record(CameraChanged(new, change))
            return new

        return self._database.write(work)


_ACTIONS = {"changed": "change", "replaced": "replace"}
_HIGHEST = ("site", "camera.numbers")


def check_camera(camera: Camera, site: Site | None = None) -> Camera:
    """`camera` by the rules of the site file; raises camera.invalid(camera, field, reason).

    site: whose plan it must hang on; None = whichever.
    """
    entry = Entry("", Lines(""), "cameras", camera.no, _fields(camera))
    try:
        entry.check_no()
        read = read_camera(entry)
    except SiteFileError as error:
        field = str(error.params["field"]).rpartition(".")[2]
        raise ServiceError(
            "camera.invalid", camera=camera.no, field=field, reason=error.params["reason"]
        ) from None
    if site is not None:
        # Alone on the plan: it is not to blame for what the rest of the site lacks.
        plan = Site(site.code, site.name, site.name_en, site.width_m, site.height_m, cameras=(read,))
        _held_together(plan)
    return read


def _fields(camera: Camera) -> dict[str, object]:
    """As the site file would hold them; what may be missing and is empty is left out."""
    plain: dict[str, object] = {}
    for field in fields(camera):
        value = getattr(camera, field.name)
        if field.name == "no" or (value == field.default):
            continue
        plain[field.name] = value.value if isinstance(value, Enum) else _listed(value)
    return plain


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _numbered(tx: Tx, site: Site, cameras: Sequence[Camera]) -> tuple[Camera, ...]:
    """Each with its number. A number that was ever given is not given again: its record would be mixed."""
    taken = {camera.no for camera in site.cameras}
    kept = (tx.preference(*_HIGHEST) or {}).get("highest")
    highest = max([kept if isinstance(kept, int) else 0, *map(_number_of, taken)])
    added: list[Camera] = []
    for camera in cameras:
        if camera.no in taken:
            raise ServiceError("camera.number_taken", camera=camera.no)
        no = camera.no or CameraNo(f"C{highest + 1:02d}")
        highest = max(highest, _number_of(no))
        taken.add(no)
        added.append(check_camera(replace(camera, no=no)))
    tx.put_preference(*_HIGHEST, {"highest": highest})
    return tuple(added)


def _number_of(no: str) -> int:
    """25 of C25, 0 of other styles."""
    return int(no[1:]) if no[:1] == "C" and no[1:].isascii() and no[1:].isdigit() else 0


def _held_together(site: Site) -> Site:
    complaint = first_complaint(site)
    if complaint is not None:
        _section, no, field, reason = complaint
        raise ServiceError("camera.invalid", camera=no, field=field, reason=reason)
    return site


def _check_seen(site: Site, seen: Camera) -> None:
    stored = site.camera(seen.no)
    if stored is None:
        raise ServiceError("storage.not_found", kind="camera", id=seen.no)
    if stored != seen:
        raise ServiceError("storage.conflict", kind="camera", id=seen.no)


def _is_heard(panel: Panel, no: str) -> bool:
    """Its alarms would come from nowhere: the panel is this camera's events."""
    return panel.protocol is PanelProtocol.ONVIF and panel.address == no


def _names(zone: Zone, no: str) -> bool:
    return no in zone.pinned or no in zone.added


def _without(zone: Zone, no: str) -> Zone:
    if not _names(zone, no):
        return zone
    keep: Callable[[CameraNo], bool] = no.__ne__
    return replace(zone, pinned=tuple(filter(keep, zone.pinned)), added=tuple(filter(keep, zone.added)))
