"""The screen of kept recordings: cameras above; gaps, protected spans and disks below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.recording_days import SHORT, CameraDays, DaysState
from services.domain.recording_troubles import ExplainedGap
from services.domain.site import Camera
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.front_screen import FrontScreen
from ui.line_table import LineTable
from ui.text import sentence
from ui.text.times import date_time
from views.custody.camera_table import CameraTable
from views.custody.presenter import CustodyPresenter
from views.custody.protecting import ProtectionPage
from views.custody.words import (
    disk_headings,
    disk_line,
    gap_headings,
    gap_line,
    paper,
    summary,
)

# Counting a season's pieces is seconds of work for the database; days do not change by the minute.
REFRESH_MS = 300_000
# XLSX first: such lists are reckoned with.
_KINDS = (PAPER_KINDS[2], PAPER_KINDS[0], PAPER_KINDS[1])


class CustodyScreen(FrontScreen):
    """Shows the presenter's overview."""

    def __init__(self, presenter: CustodyPresenter, *, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent, beat_ms=REFRESH_MS)
        self._presenter = presenter
        self._clock = clock
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.only_short = QCheckBox(self)
        self.with_wanted = QCheckBox(self)
        self.refresh_button, self.export_button = QPushButton(self), QPushButton(self)
        self.cameras = CameraTable(self)
        self.pages = QTabWidget(self)
        self.gaps, self.disks = LineTable(self), LineTable(self)
        self.protections = ProtectionPage(presenter, self)
        self._gap_page = QWidget(self)
        self.gaps_label = QLabel(self._gap_page)
        self.gaps_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        overview = self._presenter.overview
        if overview is None:
            self.summary.setText(self.tr("正在统计…"))
            return
        self.summary.setText(summary(overview.cameras))
        self.cameras.show_cameras([one for one in self._lines() if self._passes(one[0])])
        self.disks.show_lines([disk_headings(), *map(disk_line, overview.disks)])
        self.show_gaps()

    def show_gaps(self) -> None:
        chosen = self._presenter.chosen
        gaps = self._shown_gaps()
        self.gaps.show_lines([gap_headings(), *map(gap_line, gaps)], range(len(gaps)))
        if chosen is None:
            self.gaps_label.setText(self.tr("在上面选一台摄像机，这里列出它的缺口和原因。"))
        elif not gaps:
            self.gaps_label.setText(self.tr("{camera} 没有缺口。").format(camera=chosen.camera))
        else:
            text = self.tr("{camera} 有 {count} 处缺口；选中一处，到“保护”页可保护它前后的录像。")
            self.gaps_label.setText(text.format(camera=chosen.camera, count=len(gaps)))

    def export_to(self, path: str) -> None:
        overview, chosen = self._presenter.overview, self._presenter.chosen
        if overview is None:
            return
        document = paper(
            self._lines(),
            self._shown_gaps(),
            chosen.camera if chosen is not None else "",
            self._presenter.protections,
            overview.disks,
            self._presenter.session.display_name,
            self._clock.now(),
        )
        self._presenter.save(Path(path), document)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self.summary)
        top.addStretch(1)
        for widget in (self.only_short, self.refresh_button, self.export_button):
            top.addWidget(widget)
        head = QHBoxLayout()
        head.addWidget(self.gaps_label, 1)
        head.addWidget(self.with_wanted)
        gap_box = QVBoxLayout(self._gap_page)
        gap_box.setContentsMargins(0, 6, 0, 0)
        gap_box.addLayout(head)
        gap_box.addWidget(self.gaps, 1)
        for page in (self._gap_page, self.protections, self.disks):
            self.pages.addTab(page, "")
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.cameras)
        halves.addWidget(self.pages)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(8)
        outer.addLayout(top)
        outer.addWidget(halves, 1)
        outer.addWidget(self.message)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.gaps_changed.connect(self.show_gaps)
        presenter.refused.connect(self._refuse)
        presenter.done.connect(self.message.clear)
        self._beat.timeout.connect(presenter.refresh)
        self.cameras.itemSelectionChanged.connect(self._choose)
        self.gaps.itemSelectionChanged.connect(self._propose)
        self.only_short.toggled.connect(self.show_present)
        self.with_wanted.toggled.connect(self.show_gaps)
        self.refresh_button.clicked.connect(presenter.refresh)
        self.export_button.clicked.connect(self._ask_path)
        key = QShortcut(QKeySequence("Ctrl+R"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(presenter.refresh)

    def _lines(self) -> list[tuple[CameraDays, Camera | None]]:
        overview = self._presenter.overview
        cameras = overview.cameras if overview is not None else ()
        return [(one, self._presenter.camera(one.camera)) for one in cameras]

    def _passes(self, one: CameraDays) -> bool:
        return not self.only_short.isChecked() or one.state in SHORT or one.state is DaysState.NOTHING

    def _shown_gaps(self) -> list[ExplainedGap]:
        is_all = self.with_wanted.isChecked()
        return [gap for gap in self._presenter.gaps if is_all or not gap.is_wanted]

    def _choose(self) -> None:
        chosen = self.cameras.chosen()
        self._presenter.choose(chosen[0] if chosen else "")
        self.protections.use_cameras(chosen)

    def _propose(self) -> None:
        """What lies around a gap is what somebody will ask for."""
        number, gaps = self.gaps.key(), self._shown_gaps()
        if number is not None and number < len(gaps):
            self.protections.propose_span(gaps[number].gap.since, gaps[number].gap.until)

    def _ask_path(self) -> None:
        name = self.tr("录像保管 {day}").format(day=date_time(self._clock.now())[:10])
        ask_file_to_save(self, self.tr("导出录像保管情况"), _KINDS, name, self.export_to)

    def _refuse(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("录像保管"))
        self.only_short.setText(self.tr("只看天数不足的"))
        self.with_wanted.setText(self.tr("也列出本来就不录的时间"))
        self.refresh_button.setText(self.tr("刷新（Ctrl+R）"))
        self.export_button.setText(self.tr("导出…"))
        self.cameras.setAccessibleName(self.tr("各摄像机的保管天数"))
        self.gaps.setAccessibleName(self.tr("录像缺口"))
        self.disks.setAccessibleName(self.tr("录像硬盘"))
        for index, text in enumerate((self.tr("缺口"), self.tr("保护"), self.tr("硬盘"))):
            self.pages.setTabText(index, text)
        self.show_present()
