"""The health screen: every camera in one table, and below it what happened to the chosen one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from ui.file_asking import TABLE_KINDS, ask_file_to_save
from ui.front_screen import FrontScreen
from ui.sorted_table import SortedTable
from ui.text import sentence
from ui.text.places import local_name
from ui.tone import Tone, set_tone
from views.health.cells import cells, event_text, headings
from views.health.presenter import HealthPresenter

# Rates and ages are read again so often while the screen is in front; states come by the feed at once.
REFRESH_MS = 10_000
EVENTS_PX = 170
SEARCH_PX = 140, 230


class HealthScreen(FrontScreen):
    """camera_opened(camera_no): to be shown on the wall."""

    camera_opened = Signal(str)

    def __init__(self, presenter: HealthPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent, beat_ms=REFRESH_MS)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self.summary = QLabel(self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(SEARCH_PX[0])
        self.search.setMaximumWidth(SEARCH_PX[1])
        self.only_troubled = QCheckBox(self)
        self.open_button = QPushButton(self)
        self.export_button = QPushButton(self)
        self.table = SortedTable(len(headings()), parent=self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._events_title = QLabel(self)
        self._events_title.setTextFormat(Qt.TextFormat.PlainText)
        self._events_title.setProperty("tone", "title")
        self.events = QListWidget(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self._export_said: tuple[str, Tone] = ("", "dim")
        self._beat.timeout.connect(presenter.refresh)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        """The table as it is now; choice, sorting and scrolling stay."""
        rows = self._presenter.rows()
        table = self.table
        # What a search hides stays chosen.
        with QSignalBlocker(table):
            table.show_lines([(str(row.camera.no), cells(row)) for row in rows])
            table.choose({self._presenter.chosen})
        self.empty.setVisible(not rows)
        table.setVisible(bool(rows))
        has_cameras = bool(self._presenter.site.cameras)
        self.empty.setText(
            self.tr("没有符合条件的摄像机。请清空搜索，或取消“只看有问题的”。")
            if has_cameras
            else self.tr("还没有摄像机。请先导入校区，或由管理员添加摄像机。")
        )
        troubled, well, unknown = self._presenter.counts()
        self.summary.setText(
            self.tr("有问题 {troubled}，正常 {well}，未知 {unknown}").format(
                troubled=troubled, well=well, unknown=unknown
            )
        )
        self.export_button.setEnabled(bool(rows))
        self.open_button.setEnabled(bool(self._presenter.chosen))
        self._show_message()

    def show_events(self) -> None:
        self.events.clear()
        camera = self._presenter.site.camera(self._presenter.chosen)
        if camera is None:
            self._events_title.setText(self.tr("事件"))
            self.events.addItem(self.tr("在上面选一台摄像机，这里列出它的状态变化。"))
            return
        self._events_title.setText(self.tr("事件：{no} {name}").format(no=camera.no, name=local_name(camera)))
        for event in self._presenter.events:
            self.events.addItem(event_text(event))
        if self._presenter.has_no_events:
            self.events.addItem(self.tr("还没有状态变化。"))

    def ask_file(self) -> None:
        """Where to; the window beside it goes on."""
        ask_file_to_save(self, self.tr("导出设备健康表"), TABLE_KINDS, "camera-health.xlsx", self._export)

    def _build(self) -> None:
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.events.setFixedHeight(EVENTS_PX)
        self.events.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addSpacing(12)
        top.addWidget(self.summary)
        top.addStretch(1)
        top.addWidget(self.search, 100)
        top.addWidget(self.only_troubled)
        top.addWidget(self.open_button)
        top.addWidget(self.export_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(8)
        outer.addLayout(top)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.empty, 1)
        outer.addWidget(self._events_title)
        outer.addWidget(self.events)
        outer.addWidget(self.message)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.events_changed.connect(self.show_events)
        self._presenter.export_refused.connect(self._refuse_export)
        self._presenter.exported.connect(self._tell_exported)
        self.table.itemSelectionChanged.connect(self._choose)
        self.table.cellDoubleClicked.connect(self._open)
        self.search.textChanged.connect(self._filter)
        self.only_troubled.toggled.connect(self._filter)
        self.open_button.clicked.connect(self._open)
        self.export_button.clicked.connect(self.ask_file)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(enter), self.table, context=within).activated.connect(self._open)
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self.search.setFocus)
        QShortcut(QKeySequence("Ctrl+E"), self, context=within).activated.connect(self.ask_file)
        QShortcut(QKeySequence("Ctrl+T"), self, context=within).activated.connect(self.only_troubled.toggle)

    def _choose(self) -> None:
        chosen = self.table.chosen
        self._presenter.choose(chosen[0] if chosen else "")
        self.open_button.setEnabled(bool(chosen))

    def _open(self) -> None:
        if self._presenter.chosen:
            self.camera_opened.emit(self._presenter.chosen)

    def _filter(self) -> None:
        self._presenter.set_filter(self.search.text(), only_troubled=self.only_troubled.isChecked())

    def _export(self, path: str) -> None:
        self._presenter.export(Path(path), self.table.texts())

    def _tell_exported(self, path: str) -> None:
        self._export_said = (self.tr("已导出到 {path}").format(path=path), "ok")
        self._show_message()

    def _refuse_export(self, error: ServiceError) -> None:
        self._export_said = (sentence(error), "bad")
        self._show_message()

    def _show_message(self) -> None:
        """What became of the last export, unless the table is an old one."""
        text, tone = self._export_said
        if self._presenter.is_unread:
            text, tone = self.tr("读不到设备健康记录，显示的是上次读到的。程序会继续尝试。"), "bad"
        set_tone(self.message, tone)
        self.message.setText(text)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("设备健康"))
        self.search.setPlaceholderText(self.tr("编号、名称、位置 (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("搜索摄像机"))
        self.only_troubled.setText(self.tr("只看有问题的"))
        self.only_troubled.setToolTip("Ctrl+T")
        self.open_button.setText(self.tr("在墙上显示"))
        self.open_button.setToolTip(self.tr("双击或回车"))
        self.export_button.setText(self.tr("导出"))
        self.export_button.setToolTip(self.tr("导出为 XLSX 或 CSV (Ctrl+E)"))
        self.table.setHorizontalHeaderLabels(headings())
        self.table.setAccessibleName(self.tr("摄像机健康"))
        self.events.setAccessibleName(self.tr("事件"))
        self.show_present()
        self.show_events()
