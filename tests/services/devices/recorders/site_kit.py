"""A site whose cameras are recorded by others, and the log-ins for that."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.domain.site import Camera, CameraNo, Site
from tests.services.devices.recorders.recorder_kit import CREDENTIAL


def camera(no: str, recorder_url: str, channel: str = "") -> Camera:
    return Camera(
        CameraNo(no), "东门", "East gate", "校园", (0, 0), 5.0, 0.0, 60.0, 50.0, "", "",
        credential="camera", recorder_url=recorder_url, recorder_channel=channel, recorder_credential="nvr",
    )  # fmt: skip


def site(*cameras: Camera) -> Site:
    return Site("T", "校园", "Campus", 100, 100, cameras=cameras)


class Logins:
    """`HeldSecrets` with one log-in, for the recorders."""

    trouble: ServiceError | None = None

    def credential(self, name: str) -> Credential | None:
        return CREDENTIAL if name == "nvr" else None

    def panel_key(self, account: str) -> bytes | None:  # noqa: ARG002
        return None

    def has_panel(self, account: str) -> bool:  # noqa: ARG002
        return False

    def refresh(self) -> None:
        """Nothing changes."""
