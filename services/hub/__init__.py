"""The always-on half: receivers, supervision, the response clocks and the heartbeat, in one process."""

from services.hub.hub import Hub

__all__ = ["Hub"]
