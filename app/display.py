"""Says in words that there is no screen, before Qt would end the process over it."""

from __future__ import annotations

import os
import sys

from services.core.errors import ServiceError


def require_display() -> None:
    """Raises ServiceError("app.no_display") on Linux without a display, unless a platform is chosen."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", "wayland"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise ServiceError("app.no_display")
