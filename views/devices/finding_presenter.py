"""Searches the network for cameras, by discovery or over a range of addresses."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif import FoundDevice
from services.devices.ranges import parse_hosts, parse_ports
from services.devices.scan import AddressScan, FoundCamera
from services.domain.site import Site
from ui.jobs import UiJobs
from views.devices.findings import Finding, new_first, of_device, of_scan
from views.devices.tools import DeviceTools

LOOK_EVERY_MS = 200


class FindingPresenter(QObject):
    """Signals: changed() when something was found, went on or ended; picked(Finding);
    refused(ServiceError).
    """

    changed = Signal()
    picked = Signal(object)
    refused = Signal(object)

    def __init__(self, site: Site, tools: DeviceTools, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._tools = tools
        self._jobs = jobs
        self._scan: AddressScan | None = None
        self._found: tuple[FoundCamera, ...] = ()
        self._devices: tuple[FoundDevice, ...] = ()
        self.is_discovering = False
        self.was_discovered = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @property
    def devices(self) -> tuple[Finding, ...]:
        """What answered the last discovery."""
        return new_first(of_device(device, self._site) for device in self._devices)

    @property
    def scanned(self) -> tuple[Finding, ...]:
        """What the last scan found so far."""
        return new_first(of_scan(found, self._site) for found in self._found)

    @property
    def is_scanning(self) -> bool:
        return self._scan is not None and self._timer.isActive()

    @property
    def progress(self) -> tuple[int, int]:
        """Addresses looked at, and how many there are; (0, 0) before the first scan."""
        return (self._scan.done, self._scan.total) if self._scan is not None else (0, 0)

    def use_site(self, site: Site) -> None:
        self._site = site
        self.changed.emit()

    def discover(self) -> None:
        """One question to all, without any password."""
        if self.is_discovering:
            return
        self.is_discovering = True
        self._jobs.run(self._tools.discover, self._on_devices, self._on_no_devices)
        self.changed.emit()

    def scan(self, hosts: str, ports: str, login: Credential | None) -> None:
        """Contact every address of the range; the password goes to nobody who would see it readable."""
        if self.is_scanning:
            return
        try:
            scan = AddressScan(parse_hosts(hosts), parse_ports(ports), login)
        except ServiceError as error:
            self.refused.emit(error)
            return
        self._scan, self._found = scan, ()
        self._timer.start()
        self._jobs.run(partial(_run, scan), self._on_scanned, self._on_scan_failed)
        self.changed.emit()

    def cancel(self) -> None:
        """End the scan; what was found stays."""
        if self._scan is not None:
            self._scan.cancel()

    def clear(self) -> None:
        """End and forget everything."""
        self.cancel()
        self._timer.stop()
        self._scan, self._found, self._devices = None, (), ()
        self.was_discovered = False
        self.changed.emit()

    def pick(self, finding: Finding) -> None:
        self.picked.emit(finding)

    def count_of(self, hosts: str) -> int:
        """How many addresses a range means; 0 for what is none."""
        try:
            return len(parse_hosts(hosts))
        except ServiceError:
            return 0

    def _look(self) -> None:
        if self._scan is not None:
            self._found = self._scan.found
            self.changed.emit()

    def _on_devices(self, devices: tuple[FoundDevice, ...]) -> None:
        self.is_discovering = False
        self.was_discovered = True
        self._devices = devices
        self.changed.emit()

    def _on_no_devices(self, error: ServiceError) -> None:
        self.is_discovering = False
        self.refused.emit(error)
        self.changed.emit()

    def _on_scanned(self, ended: tuple[AddressScan, tuple[FoundCamera, ...]]) -> None:
        scan, found = ended
        # Else an older scan, cancelled and forgotten since.
        if scan is self._scan:
            self._timer.stop()
            self._found = found
            self.changed.emit()

    def _on_scan_failed(self, error: ServiceError) -> None:
        self._timer.stop()
        self.refused.emit(error)
        self.changed.emit()


def _run(scan: AddressScan) -> tuple[AddressScan, tuple[FoundCamera, ...]]:
    """In a job thread."""
    return scan, scan.run()
