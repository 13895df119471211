"""The guard's side without an app: one small HTTPS page for phones, and nothing else at its port."""

from services.hub.guardpage.door import GuardDoor

__all__ = ["GuardDoor"]
