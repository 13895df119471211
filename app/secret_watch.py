"""Follows this machine's secrets: a log-in set by the command line counts on a running seat too."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.heldsecrets import SecretsFile
from services.core.secrets import Secrets
from ui.jobs import UiJobs

EVERY_MS = 10_000


class SecretWatch(QObject):
    """One look at a time, in a job: a keyring may take seconds.

    Signals: changed(frozenset of the credentials' names).
    """

    changed = Signal(object)

    def __init__(self, secrets: SecretsFile, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._secrets = secrets
        self._jobs = jobs
        self._known = secrets.now
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._jobs.run(self._read, self._take)

    def _read(self) -> Secrets:
        """In a job thread."""
        self._secrets.refresh()
        return self._secrets.now

    def _take(self, now: Secrets) -> None:
        self._is_looking = False
        was, self._known = self._known, now
        names = {*was.credential_names, *now.credential_names}
        changed = frozenset(name for name in names if was.credential(name) != now.credential(name))
        if changed:
            self.changed.emit(changed)
