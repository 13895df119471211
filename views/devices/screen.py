"""The devices screen: every camera in a list, and the workbench where one is added or changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from ui.file_asking import TABLE_KINDS, ask_file_to_save
from ui.no_site import NoSiteNote
from ui.text import sentence
from ui.text.places import local_name
from ui.theme import Size
from ui.tone import set_tone
from views.devices.camera_table import CameraTable
from views.devices.presenter import DevicesPresenter, Task
from views.devices.workbench import Workbench

ADD_KEY = "Ctrl+N"


class DevicesScreen(QWidget):
    """Signals: wall_wanted(camera number)."""

    wall_wanted = Signal(str)

    def __init__(
        self, presenter: DevicesPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._error: ServiceError | None = None
        self._asked: tuple[str, str] | None = None
        self._is_sure_asked = False
        self.title = QLabel(self)
        self.title.setProperty("tone", "heading")
        self.note = NoSiteNote(self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.add = QPushButton(self)
        self.add.setProperty("kind", "primary")
        self.export = QPushButton(self)
        self.table = QTableView(self)
        self.model = CameraTable(self)
        self.chosen = QLabel(self)
        self.chosen.setTextFormat(Qt.TextFormat.PlainText)
        self.to_wall = QPushButton(self)
        self.edit = QPushButton(self)
        self.replace = QPushButton(self)
        self.remove = QPushButton(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.sure = QPushButton(self)
        self.sure.setProperty("kind", "danger")
        self.keep = QPushButton(self)
        self.workbench = Workbench(presenter, clock=clock, parent=self)
        self.pages = QStackedWidget(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        presenter = self._presenter
        self.note.setVisible(not presenter.site.code)
        self.add.setEnabled(bool(presenter.site.code))
        if self.model.show_cameras(presenter.cameras):
            self._select_chosen()
        self.pages.setCurrentIndex(0 if presenter.task is Task.LIST else 1)
        if presenter.task is not Task.LIST:
            self.workbench.show_present()
        self._show_chosen()
        self._show_message()

    def begin(self, task: Task) -> None:
        if task is Task.ADD and not self._presenter.site.code:
            return
        self._forget_question()
        self._presenter.begin(task)
        if self._presenter.task is task:
            self.workbench.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._presenter.task is Task.LIST:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Typed passwords do not outlive the screen's being in front."""
        super().hideEvent(event)
        self._forget_question()
        self._presenter.leave()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # building

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(Size.ROW)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (0, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addSpacing(Size.GAP_L)
        head.addWidget(self.search, 1)
        head.addWidget(self.export)
        head.addWidget(self.add)
        below = QHBoxLayout()
        below.addWidget(self.chosen, 1)
        for button in (self.to_wall, self.edit, self.replace, self.remove):
            below.addWidget(button)
        asked = QHBoxLayout()
        asked.addWidget(self.message, 1)
        asked.addWidget(self.sure)
        asked.addWidget(self.keep)
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_M, Size.GAP_S)
        box.setSpacing(Size.GAP_S)
        box.addLayout(head)
        box.addWidget(self.note)
        box.addWidget(self.table, 1)
        box.addLayout(asked)
        box.addLayout(below)
        self.pages.addWidget(page)
        self.pages.addWidget(self.workbench)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.refused.connect(self._refuse)
        presenter.unpin_asked.connect(self._ask_unpin)
        presenter.removed.connect(self._on_removed)
        presenter.table.refused.connect(self._refuse)
        presenter.form.wall_wanted.connect(self.wall_wanted)
        self.search.textChanged.connect(presenter.search)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.activated.connect(self._begin_edit)
        self.add.clicked.connect(self._begin_add)
        self.export.clicked.connect(self._export)
        self.to_wall.clicked.connect(self._show_on_wall)
        self.edit.clicked.connect(self._begin_edit)
        self.replace.clicked.connect(self._begin_replace)
        self.remove.clicked.connect(self._ask_remove)
        self.sure.clicked.connect(self._remove)
        self.keep.clicked.connect(self._forget_question)
        self.workbench.left.connect(self._leave)
        QShortcut(QKeySequence(ADD_KEY), self).activated.connect(self._begin_add)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._focus_search)

    # what people do

    def _begin_add(self) -> None:
        self.begin(Task.ADD)

    def _begin_edit(self) -> None:
        self.begin(Task.EDIT)

    def _begin_replace(self) -> None:
        self.begin(Task.REPLACE)

    def _leave(self) -> None:
        self._presenter.leave()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        if self._presenter.task is Task.LIST:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _choose(self) -> None:
        camera = self.model.camera_at(self.table.currentIndex().row())
        self._forget_question()
        self._presenter.choose(camera.no if camera is not None else "")

    def _show_on_wall(self) -> None:
        camera = self._presenter.chosen
        if camera is not None:
            self.wall_wanted.emit(camera.no)

    def _ask_remove(self) -> None:
        self._forget_question()
        self._is_sure_asked = self._presenter.chosen is not None
        self._show_message()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_unpin(self, camera_no: str, zones: str) -> None:
        self._asked = (camera_no, zones)
        self._is_sure_asked = True
        self._show_message()

    def _remove(self) -> None:
        unpin = self._asked is not None
        self._forget_question()
        self._presenter.remove(unpin=unpin)

    def _forget_question(self) -> None:
        self._error, self._asked, self._is_sure_asked = None, None, False
        self._show_message()

    def _on_removed(self, _camera_no: str) -> None:
        self._forget_question()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, error: ServiceError) -> None:
        self._error = error
        self._show_message()

    def _export(self) -> None:
        ask_file_to_save(self, self.tr("导出到"), TABLE_KINDS, "cameras.xlsx", self._export_to)

    def _export_to(self, path: str) -> None:
        self._presenter.table.export(Path(path))

    # words

    def _select_chosen(self) -> None:
        chosen = self._presenter.chosen
        row = self.model.row_of(chosen.no) if chosen is not None else -1
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _show_chosen(self) -> None:
        camera = self._presenter.chosen
        for button in (self.to_wall, self.edit, self.replace, self.remove):
            button.setEnabled(camera is not None)
        self.chosen.setText(
            f"{camera.no} {local_name(camera)}" if camera is not None else self.tr("先选一台摄像机")
        )

    def _show_message(self) -> None:
        camera = self._presenter.chosen
        self.sure.setVisible(self._is_sure_asked)
        self.keep.setVisible(self._is_sure_asked)
        text = ""
        if self._error is not None:
            text = sentence(self._error)
        elif self._asked is not None:
            text = self.tr("防区 {zones} 的联动指定了 {camera}。确定从这些防区取下并删除？")
            text = text.format(zones=self._asked[1], camera=self._asked[0])
        elif self._is_sure_asked and camera is not None:
            text = self.tr("确定删除 {camera}？它的记录会保留，编号不再使用。").format(camera=camera.no)
        set_tone(self.message, "bad" if self._error is not None else "warn")
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _retranslate(self) -> None:
        self.title.setText(self.tr("摄像机"))
        self.search.setPlaceholderText(self.tr("搜索  Ctrl+F：编号、名称、位置、地址"))
        self.search.setAccessibleName(self.tr("搜索摄像机"))
        self.add.setText(self.tr("添加  Ctrl+N"))
        self.export.setText(self.tr("导出表格"))
        self.to_wall.setText(self.tr("放到画面"))
        self.edit.setText(self.tr("修改"))
        self.replace.setText(self.tr("更换设备"))
        self.replace.setToolTip(self.tr("编号、名称、位置和记录不变，只换地址和账号"))
        self.remove.setText(self.tr("删除"))
        self.sure.setText(self.tr("删除"))
        self.keep.setText(self.tr("不删"))
        self.table.setAccessibleName(self.tr("摄像机"))
        self.model.retranslate()
        self.show_present()
