"""Who may do what: users, roles, log-in and the one `authorize` function."""

from services.identity.accounts import Accounts
from services.identity.auditing import Auditing
from services.identity.authority import authorize, camera_thing, refuse_barred, visible_site
from services.identity.changes import Account
from services.identity.watching import check_cameras, sees, site_of_limits

__all__ = [
    "Account",
    "Accounts",
    "Auditing",
    "authorize",
    "camera_thing",
    "check_cameras",
    "refuse_barred",
    "sees",
    "site_of_limits",
    "visible_site",
]
