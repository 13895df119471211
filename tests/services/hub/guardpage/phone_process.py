"""A phone's browser without a screen: Chromium of QtWebEngine, in a process that may crash alone.

Arguments: the fingerprint of the one certificate that the owner of the phone accepts. It is driven from
outside over its debugging port (QTWEBENGINE_REMOTE_DEBUGGING).
"""

from __future__ import annotations

import hashlib
import sys

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineCertificateError, QWebEnginePermission
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

WIDTH_PX, HEIGHT_PX = 390, 844


def main(accepted: str) -> int:
    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    view.resize(WIDTH_PX, HEIGHT_PX)

    def judge(error: QWebEngineCertificateError) -> None:
        shown = hashlib.sha256(error.certificateChain()[0].toDer().data()).hexdigest()
        if shown.upper() == accepted.replace(":", ""):
            error.acceptCertificate()
        else:
            error.rejectCertificate()

    def allow(permission: QWebEnginePermission) -> None:
        """Its owner lets the page know where they are, and allows nothing else."""
        if permission.permissionType() is QWebEnginePermission.PermissionType.Geolocation:
            permission.grant()
        else:
            permission.deny()

    view.page().certificateError.connect(judge)
    view.page().permissionRequested.connect(allow)
    view.load(QUrl("about:blank"))
    view.show()
    print("ready", flush=True)  # noqa: T201 - its word to the test
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
