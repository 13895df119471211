"""The hub's own web server: where buttons and other systems report by HTTP, and guards' phones ask."""

from services.hub.web.posted import PostedReports
from services.hub.web.server import Handle, Route, WebLimits, WebServer, read_body
from services.hub.web.words import answer

__all__ = ["Handle", "PostedReports", "Route", "WebLimits", "WebServer", "answer", "read_body"]
