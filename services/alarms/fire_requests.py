"""What people ask of fire transmission devices; the hub, which holds their lines, carries it out."""

from __future__ import annotations

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import FireRequestChanged
from services.domain.fire_requests import FireRequest, FireRequestKind
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

    def ask(self, session: Session, panel_no: str, kind: FireRequestKind) -> FireRequest:
        """Leave a request with the hub.

        Raises ServiceError: identity.forbidden, fire.no_such_device(panel), fire.already_asked(panel),
        storage.*.
        """
        authorize(session, permission_for(kind))

        def work(tx: Tx) -> FireRequest:
            panel = _device(tx, panel_no)
            if any(r.panel == panel.no and r.kind is kind for r in tx.fire_requests.open()):
                raise ServiceError("fire.already_asked", panel=panel.name)
            request = FireRequest(
                new_id(), panel.no, kind, session.user, session.display_name, self._clock.now()
            )
            saved = tx.fire_requests.add(request)
            tx.audit(session, f"fire.{kind.value}", panel.no)
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
