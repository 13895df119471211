"""How an action says why it was not done."""

from __future__ import annotations

from datetime import datetime

from services.core.errors import ServiceError
from services.domain.linkage_runs import Outcome, Result


class Unavailable(ServiceError):
    """No such device, program or way here: nobody's failure, and no alarm of its own."""


def refused(error: ServiceError, at: datetime, started_at: datetime | None = None) -> Outcome:
    """The outcome of an action that raised `error`."""
    result = Result.UNAVAILABLE if isinstance(error, Unavailable) else Result.FAILED
    params = {key: str(value) for key, value in error.params.items()}
    return Outcome(result, at, started_at, error.code, params)
