"""The hub's own web server: where buttons and other systems report by HTTP."""

from services.hub.web.posted import PostedReports
from services.hub.web.server import Route, WebLimits, WebServer

__all__ = ["PostedReports", "Route", "WebLimits", "WebServer"]
