"""The ways to find a camera: discovery, a range of addresses, by hand, from a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.core.secrets import Credential
from services.devices.ranges import COMMON_PORTS
from services.devices.scan import KNOWN_PATHS, MAKERS
from ui.theme import Size
from ui.tips import plain_tip
from views.devices.finding_presenter import FindingPresenter
from views.devices.findings import Finding


class FoundList(QListWidget):
    """Findings in two lines each; Enter or a double click picks one. Signals: picked(Finding)."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._pick)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What is current stays current while more comes in."""
        found = tuple(findings)
        texts = [self._text(finding) for finding in found]
        if found == self._findings and texts == [self.item(row).text() for row in range(self.count())]:
            return
        row = self.currentRow()
        kept = self._findings[row].host if 0 <= row < len(self._findings) else ""
        self._findings = found
        self.clear()
        for finding, text in zip(found, texts, strict=True):
            item = QListWidgetItem(text, self)
            item.setToolTip(plain_tip(finding.main_url or finding.onvif_url))
            if not finding.is_usable:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setCurrentRow(next((i for i, finding in enumerate(found) if finding.host == kept), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Or Enter would go on to what lies around the list.
            event.accept()

    def _pick(self, item: QListWidgetItem) -> None:
        finding = self._findings[self.row(item)]
        if finding.is_usable:
            self.picked.emit(finding)

    def _text(self, finding: Finding) -> str:
        first = " ".join(part for part in (finding.host, finding.title) if part)
        return f"{first}\n{self._second(finding)}"

    def _second(self, finding: Finding) -> str:
        if finding.camera_no:
            return self.tr("已是 {camera}").format(camera=finding.camera_no)
        if finding.login_fits:
            return self.tr("密码正确") if finding.sub_url else self.tr("密码正确，路径未知")
        if finding.login_fits is False:
            return self.tr("要密码：填的不对")
        if finding.needs_login:
            return self.tr("要用户名和密码")
        if finding.main_url:
            return self.tr("不要密码") if finding.sub_url else self.tr("路径未知")
        return self.tr("开着端口 {ports}，不像摄像机").format(ports=", ".join(map(str, finding.ports)))


class DiscoveryPage(QWidget):
    """Who answers a call to all; nobody is told a password."""

    def __init__(self, presenter: FindingPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.again = QPushButton(self)
        self.state = _note(self)
        self.list = FoundList(self)
        _column(self, self.again, self.state, self.list)
        self.again.clicked.connect(presenter.discover)
        self.list.picked.connect(presenter.pick)
        presenter.changed.connect(self.show_present)
        self._retranslate()

    def go(self) -> None:
        self._presenter.discover()

    def show_present(self) -> None:
        presenter = self._presenter
        self.again.setEnabled(not presenter.is_discovering)
        self.list.show_findings(presenter.devices)
        if presenter.is_discovering:
            self.state.setText(self.tr("正在找……约 3 秒"))
        elif not presenter.was_discovered:
            self.state.setText(self.tr("向本网段发一次 ONVIF 询问，不带密码。"))
        elif presenter.devices:
            self.state.setText(self.tr("选一台，按回车。"))
        else:
            self.state.setText(self.tr("没有摄像机回答。它可能关了 ONVIF 或在别的网段：试“地址范围”。"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.again.setText(self.tr("再找一次"))
        self.list.setAccessibleName(self.tr("发现的摄像机"))
        self.show_present()


class RangePage(QWidget):
    """Every address of a range is contacted, after a person said so and saw how many."""

    def __init__(
        self,
        presenter: FindingPresenter,
        login: Callable[[], Credential | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._login = login
        self._was_scanning = False
        self.hosts = QLineEdit(self)
        self.hosts.setPlaceholderText("192.168.1.0/24")
        self.ports = QLineEdit(", ".join(map(str, COMMON_PORTS)), self)
        self.start = QPushButton(self)
        self.start.setProperty("kind", "primary")
        self.stop = QPushButton(self)
        self.state = _note(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.list = FoundList(self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start, 1)
        buttons.addWidget(self.stop)
        _column(self, self.hosts, self.ports, buttons, self.bar, self.state, self.list)
        self.hosts.textChanged.connect(self.show_present)
        self.start.clicked.connect(self.go)
        self.stop.clicked.connect(presenter.cancel)
        self.list.picked.connect(presenter.pick)
        presenter.changed.connect(self.show_present)
        self._retranslate()

    def go(self) -> None:
        self._presenter.scan(self.hosts.text(), self.ports.text(), self._login())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
            return
        super().keyPressEvent(event)

    def show_present(self) -> None:
        presenter = self._presenter
        done, total = presenter.progress
        self.start.setEnabled(not presenter.is_scanning)
        self.stop.setEnabled(presenter.is_scanning)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.list.show_findings(presenter.scanned)
        self.state.setText(self._state(done, total))
        self._lead_on(presenter.is_scanning)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _lead_on(self, is_scanning: bool) -> None:
        """A search that ends with something found brings whoever started it to the list, nobody else."""
        has_ended, self._was_scanning = self._was_scanning and not is_scanning, is_scanning
        # The start button gives the keyboard on while it cannot be pressed.
        is_here = any(part.hasFocus() for part in (self.hosts, self.ports, self.start, self.stop))
        if has_ended and is_here and self._presenter.scanned:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _state(self, done: int, total: int) -> str:
        count = self._presenter.count_of(self.hosts.text())
        if self._presenter.is_scanning:
            return self.tr("已看 {done} / {total} 个地址").format(done=done, total=total)
        if total and self._presenter.scanned:
            return self.tr("看过 {done} 个地址。选一台，按回车。").format(done=done)
        if total:
            return self.tr("看过 {done} 个地址，没有摄像机。核对网段和端口。").format(done=done)
        if count:
            return self.tr("将连接 {count} 个地址。密码只用加密方式试。").format(count=count)
        return self.tr("写 192.168.1.0/24 或 192.168.1.10-60，最多 1024 个地址。")

    def _retranslate(self) -> None:
        self.hosts.setAccessibleName(self.tr("地址范围"))
        self.ports.setAccessibleName(self.tr("端口"))
        self.start.setText(self.tr("开始搜索"))
        self.stop.setText(self.tr("停止"))
        self.list.setAccessibleName(self.tr("搜到的摄像机"))
        self.show_present()


class ManualPage(QWidget):
    """The paths that makers use; one fills the addresses in. Signals: path_chosen(main path, sub path)."""

    path_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = QLineEdit(self)
        self.host.setPlaceholderText("192.168.1.64")
        self.state = _note(self)
        self.list = QListWidget(self)
        _column(self, self.state, self.host, self.list)
        for maker, (main, _sub) in zip(MAKERS, KNOWN_PATHS, strict=True):
            self.list.addItem(f"{maker}\n{main}")
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._fill)
        self._retranslate()

    def go(self) -> None:
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.host.hasFocus():
                self._fill()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill(self) -> None:
        host = self.host.text().strip()
        if host:
            main, sub = KNOWN_PATHS[max(0, self.list.currentRow())]
            self.path_chosen.emit(f"rtsp://{host}{main}", f"rtsp://{host}{sub}")

    def _retranslate(self) -> None:
        self.state.setText(self.tr("填地址，选厂家，按回车；或直接在右边写码流地址。"))
        self.host.setAccessibleName(self.tr("摄像机地址"))
        self.list.setAccessibleName(self.tr("厂家"))


def _note(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "dim")
    label.setWordWrap(True)
    return label


def _column(page: QWidget, *parts: QWidget | QHBoxLayout) -> None:
    box = QVBoxLayout(page)
    box.setContentsMargins(0, Size.GAP_S, 0, 0)
    box.setSpacing(Size.GAP_S)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part, 1 if isinstance(part, QListWidget) else 0)
        else:
            box.addLayout(part)
