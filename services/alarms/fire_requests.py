"""What people ask of fire transmission devices; the hub, which holds their lines, carries it out."""

from __future__ import annotations

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import FireRequestChanged
from services.domain.fire_requests import FireRequest, FireRequestKind, point_for
from services.domain.people import Permission, Session
from services.domain.site import Panel, PanelProtocol
from services.identity import authorize
from services.storage import Database, Tx

# Reading disturbs nobody. What moves a device is for who may operate it; a reset loses what it holds.
_MOVES_A_DEVICE = {
    FireRequestKind.DUTY_CHECK: Permission.CONTROL_OUTPUTS,
    FireRequestKind.SET_CLOCK: Permission.CONTROL_OUTPUTS,
    FireRequestKind.INITIALISE: Permission.EDIT_SITE,
}


def permission_for(kind: FireRequestKind) -> Permission:
    return _MOVES_A_DEVICE.get(kind, Permission.WATCH)


class FireRequests:
    """Each command is one transaction of state, audit and fact, and blocks the caller."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ask(self, session: Session, panel_no: str, kind: FireRequestKind, point: str = "") -> FireRequest:
        """Leave a request with the hub; point: of the system or component, as `point_for` reads it.

        Raises ServiceError: identity.forbidden, fire.bad_point(point), fire.no_such_device(panel),
        fire.already_asked(panel), storage.*.
        """
        authorize(session, permission_for(kind))
        about = point_for(kind, point)
        if about is None:
            raise ServiceError("fire.bad_point", point=point)

        def work(tx: Tx) -> FireRequest:
            panel = _device(tx, panel_no)
            same = (panel.no, kind, about)
            if any((r.panel, r.kind, r.point) == same for r in tx.fire_requests.open()):
                raise ServiceError("fire.already_asked", panel=panel.name)
            request = FireRequest(
                id=new_id(),
                panel=panel.no,
                kind=kind,
                asked_by=session.user,
                asked_by_name=session.display_name,
                asked_at=self._clock.now(),
                point=about,
            )
            saved = tx.fire_requests.add(request)
            tx.audit(session, f"fire.{kind.value}", panel.no, after={"point": about} if about else None)
            tx.record(FireRequestChanged(saved, saved.state.value))
            return saved

        return self._database.write(work)

    def newest(self, most: int) -> list[FireRequest]:
        """Newest first."""
        return self._database.read(lambda view: view.fire_requests.page(most))


def _device(tx: Tx, panel_no: str) -> Panel:
    site = tx.site()
    panels = site.panels if site is not None else ()
    found = next((p for p in panels if p.no == panel_no and p.protocol is PanelProtocol.GB26875), None)
    if found is None:
        raise ServiceError("fire.no_such_device", panel=panel_no)
    return found
