"""The shared record: the only place with SQL, from the engine to the change feed."""

from services.storage.audit import AuditReport, verify_audit
from services.storage.database import Database
from services.storage.engine import sqlite_url
from services.storage.feed import ChangeFeed
from services.storage.legality import legally
from services.storage.records import AlarmRecord, DispatchRecord, HubBeat, Lockout
from services.storage.timeline import write_line
from services.storage.trail import TrailStep
from services.storage.tx import Tx
from services.storage.view import View

__all__ = [
    "AlarmRecord",
    "AuditReport",
    "ChangeFeed",
    "Database",
    "DispatchRecord",
    "HubBeat",
    "Lockout",
    "TrailStep",
    "Tx",
    "View",
    "legally",
    "sqlite_url",
    "verify_audit",
    "write_line",
]
