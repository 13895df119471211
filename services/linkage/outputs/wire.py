"""The seam to whatever moves an output: a relay module or a fire controller."""

from __future__ import annotations

from typing import Protocol

from services.domain.outputs import OutputAction
from services.domain.site import Output


class OutputWire(Protocol):
    """One kind of device; both methods block for a few seconds at most and may run side by side.

    They raise ServiceError("output.refused", reason) when the device said no, so that nothing moved, and
    "output.unreachable" when nothing was sent. Any other error leaves open whether it was carried out.
    """

    def switch(self, output: Output, action: OutputAction) -> None:
        """Returns when the device has taken the command.

        To a dangerous output it is sent once; to others again under the same number, if at all.
        """
        ...

    def is_active(self, output: Output) -> bool | None:
        """What the device says of itself now; None when it cannot be asked."""
        ...
