"""The zones screen: arm groups above, pages for zones, panels, groups, outputs, walks and tables below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.people import Permission
from services.domain.site import ArmGroup, Output, Panel
from ui.file_asking import TABLE_KINDS, ask_file_to_save
from ui.front_screen import FrontScreen
from ui.no_site import NoSiteNote
from ui.sorted_table import Line
from ui.theme import Size
from ui.tone import Tone, set_tone
from views.zones.cells import (
    group_cells,
    group_headings,
    output_cells,
    output_headings,
    panel_cells,
    panel_headings,
)
from views.zones.entry_page import EntryPage
from views.zones.group_bar import GroupBar
from views.zones.import_page import ImportPage
from views.zones.import_presenter import ImportPresenter
from views.zones.presenter import ZonesPresenter
from views.zones.walk_page import WalkPage
from views.zones.words import refusal
from views.zones.zone_page import ZonePage

# Last signals are read again so often while the screen is in front; states come by the feed at once.
REFRESH_MS = 5_000
# Facts of a flood are shown together.
GATHER_MS = 120


class ZonesScreen(FrontScreen):
    """Only the page in front is kept current."""

    def __init__(
        self,
        presenter: ZonesPresenter,
        importing: ImportPresenter,
        *,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(presenter, parent, beat_ms=REFRESH_MS)
        self._presenter = presenter
        self._importing = importing
        self._walk_lines: list[list[str]] = []
        self.title = QLabel(self)
        self.title.setProperty("tone", "heading")
        self.note = NoSiteNote(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.arm_all = QPushButton(self)
        self.groups = GroupBar(self)
        self.tabs = QTabWidget(self)
        self.zones = ZonePage(presenter, clock=clock, parent=self)
        self.panels = EntryPage(presenter, Panel, panel_headings, self._panel_lines, clock=clock, parent=self)
        self.group_page = EntryPage(
            presenter, ArmGroup, group_headings, self._group_lines, clock=clock, parent=self
        )
        self.outputs = EntryPage(
            presenter, Output, output_headings, self._output_lines, clock=clock, parent=self
        )
        self.walk = WalkPage(presenter, self)
        self.importing = ImportPage(importing, self)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        """Everything as the presenter has it now; the page in front only."""
        presenter = self._presenter
        self.note.setVisible(not presenter.site.code)
        rows = presenter.group_rows()
        may_arm = presenter.may(Permission.ARM)
        self.groups.show_rows(rows, may_arm=may_arm)
        self.arm_all.setVisible(may_arm and len(rows) > 1)
        self.arm_all.setEnabled(any(not row.arming.is_armed for row in rows))
        page = self.tabs.currentWidget()
        if isinstance(page, (EntryPage, WalkPage)):
            page.show_present()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_present()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._gather.stop()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addSpacing(Size.GAP_M)
        top.addWidget(self.message, 1)
        top.addWidget(self.arm_all)
        pages = (self.zones, self.panels, self.group_page, self.outputs, self.walk)
        for page in pages:
            self.tabs.addTab(page, "")
        if self._presenter.may(Permission.EDIT_SITE):
            self.tabs.addTab(self.importing, "")
        else:
            self.importing.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(Size.GAP_S)
        box.addLayout(top)
        box.addWidget(self.note)
        box.addWidget(self.groups)
        box.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self._gather.start)
        presenter.site_changed.connect(self._on_site)
        presenter.refused.connect(self._refuse)
        presenter.unread.connect(self._refuse)
        presenter.accepted.connect(self._on_accepted)
        self._gather.timeout.connect(self.show_present)
        self._beat.timeout.connect(presenter.refresh)
        self.tabs.currentChanged.connect(self.show_present)
        self.groups.asked.connect(self._set_armed)
        self.arm_all.clicked.connect(self._arm_all)
        self.zones.walk_wanted.connect(self._walk)
        self.zones.import_wanted.connect(self._open_import)
        self.zones.export_wanted.connect(self._export)
        self.walk.export_wanted.connect(self._ask_report)
        self._importing.written.connect(self._tell_written)

    def _set_armed(self, group: str, is_armed: bool) -> None:
        self._presenter.set_armed([group], is_armed)

    def _arm_all(self) -> None:
        self._presenter.set_armed([row.group.no for row in self._presenter.group_rows()], True)

    def _walk(self, zones: list[str]) -> None:
        self.tabs.setCurrentWidget(self.walk)
        self.walk.offer(zones)
        self.walk.show_present()

    def _open_import(self) -> None:
        self.tabs.setCurrentWidget(self.importing)
        self.importing.ask_file()

    def _export(self, file: Path) -> None:
        self._importing.export(self._presenter.site.zones, file)

    def _ask_report(self, lines: list[list[str]]) -> None:
        self._walk_lines = lines
        ask_file_to_save(self, self.tr("导出步行测试报告"), TABLE_KINDS, "walk-test.xlsx", self._write_report)

    def _write_report(self, path: str) -> None:
        self._importing.write_lines(self._walk_lines, Path(path))

    def _tell_written(self, name: str) -> None:
        self._say(self.tr("已写入 {file}").format(file=name), "ok")

    def _refuse(self, error: ServiceError) -> None:
        self._say(refusal(error), "bad")

    def _on_accepted(self, _what: str) -> None:
        self._say("", "dim")

    def _on_site(self) -> None:
        self._importing.site = self._presenter.site
        for page in (self.zones, self.panels, self.group_page, self.outputs, self.walk):
            page.use_site()

    def _say(self, text: str, tone: Tone) -> None:
        set_tone(self.message, tone)
        self.message.setText(text)
        self.message.setToolTip("")

    def _panel_lines(self) -> list[Line]:
        return [(row.panel.no, panel_cells(row)) for row in self._presenter.panel_rows()]

    def _group_lines(self) -> list[Line]:
        return [(row.group.no, group_cells(row)) for row in self._presenter.group_rows()]

    def _output_lines(self) -> list[Line]:
        site = self._presenter.site
        return [(output.no, output_cells(output, site)) for output in site.outputs]

    def _retranslate(self) -> None:
        self.title.setText(self.tr("防区"))
        self.arm_all.setText(self.tr("全部布防"))
        names = (
            self.tr("防区"),
            self.tr("主机"),
            self.tr("布防组"),
            self.tr("输出"),
            self.tr("步行测试"),
            self.tr("导入"),
        )
        for index, name in enumerate(names[: self.tabs.count()]):
            self.tabs.setTabText(index, name)
        self.panels.table.setAccessibleName(names[1])
        self.group_page.table.setAccessibleName(names[2])
        self.outputs.table.setAccessibleName(names[3])
        self.tabs.tabBar().setAccessibleName(self.tr("防区各页"))
        self.show_present()
