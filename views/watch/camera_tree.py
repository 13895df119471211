"""The camera list: search, grouping, favourites; drag one or several onto the wall."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from services.domain.site import Camera
from ui.icons import icon
from views.watch.camera_groups import Grouping, GroupKey, search_index
from views.watch.camera_list import CameraListPresenter
from views.watch.camera_model import NAME_COLUMN, STAR_COLUMN, CameraModel

_STAR_PX = 26
_EDGE_PX = 6
_GROUPINGS = tuple(Grouping)
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class CameraTree(QWidget):
    """Signals: camera_chosen(camera_no) on Enter or double click, cameras_chosen([camera_no]) for several;
    camera_selected(camera_no) when the highlight comes to a camera; left() when Esc gives the keys back.
    """

    camera_chosen = Signal(str)
    cameras_chosen = Signal(list)
    camera_selected = Signal(str)
    left = Signal()

    def __init__(self, cameras: Sequence[Camera], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = [camera.no for camera in cameras]
        self._index = search_index(cameras)
        self._presenter: CameraListPresenter | None = None
        self._closed: set[GroupKey] = set()
        self._is_seen = False
        self.model = CameraModel(cameras, self)
        self.filter = QLineEdit(self)
        self.view = QTreeView(self)
        self._groupings = QButtonGroup(self)
        self._fold = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """Go on with other cameras; what is searched, opened and starred stays."""
        self._numbers = [camera.no for camera in cameras]
        self._index = search_index(cameras)
        self.model.set_cameras(cameras)
        self._apply_filter(self.filter.text())

    def follow(self, presenter: CameraListPresenter) -> None:
        """Show favourites, grouping and states as this presenter has them."""
        self._presenter = presenter
        presenter.kept_changed.connect(self._show_kept)
        presenter.states_changed.connect(self.model.set_states)
        self._show_kept()
        self._look(self.isVisible())

    def shown_numbers(self) -> list[str]:
        """Camera numbers that the filter lets through, from the top, each once."""
        return list(dict.fromkeys(camera.no for group in self.model.groups for camera in group.cameras))

    def chosen_numbers(self) -> list[str]:
        """The marked cameras from the top."""
        chosen = {self.model.number_at(index) for index in self.view.selectionModel().selectedRows()}
        return [number for number in self.shown_numbers() if number in chosen]

    def group_numbers(self) -> list[str]:
        """What is meant by several: the marked cameras, the group that is marked, else all in the list."""
        chosen, current = self.chosen_numbers(), self.view.currentIndex()
        if len(chosen) > 1:
            return chosen
        if current.isValid() and not self.model.number_at(current):
            return [camera.no for camera in self.model.groups[current.row()].cameras]
        return self.shown_numbers()

    def whole_px(self) -> int:
        """How wide it must be for the name of every camera in the list to be read to its end."""
        view, model = self.view, self.model
        rows = (model.index_of(number) for number in self.shown_numbers())
        name_px = max((view.sizeHintForIndex(row).width() for row in rows), default=0)
        bar_px = view.verticalScrollBar().sizeHint().width() + 2 * view.frameWidth()
        return name_px + 2 * view.indentation() + _STAR_PX + bar_px + 2 * _EDGE_PX

    def set_filter(self, text: str) -> None:
        self.filter.setText(text)

    def focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field Up and Down walk the list, Esc empties it and then leaves it."""
        if watched is self.filter and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                return self._answer_escape(event)
            if event.type() is QEvent.Type.KeyPress and event.key() in _LIST_KEYS:
                QApplication.sendEvent(self.view, event)
                return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._retranslate()

    def _build(self) -> None:
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        view = self.view
        view.setModel(self.model)
        view.setHeaderHidden(True)
        view.setUniformRowHeights(True)
        view.setIndentation(14)
        view.setDragEnabled(True)
        view.setDragDropMode(QTreeView.DragDropMode.DragOnly)
        view.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        view.setAllColumnsShowFocus(True)
        header = view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_STAR_PX)
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STAR_COLUMN, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(STAR_COLUMN, _STAR_PX)
        row = QHBoxLayout()
        row.setSpacing(4)
        for at in range(len(_GROUPINGS)):
            chip = QPushButton(self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            self._groupings.addButton(chip, at)
            row.addWidget(chip)
        row.addStretch(1)
        self._fold.setProperty("kind", "quiet")
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.filter, 1)
        top.addWidget(self._fold)
        box = QVBoxLayout(self)
        box.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        box.setSpacing(6)
        box.addLayout(top)
        box.addLayout(row)
        box.addWidget(view, 1)
        self._groupings.button(0).setChecked(True)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._apply_filter)
        self.filter.returnPressed.connect(self._choose_current)
        self._groupings.idClicked.connect(self._group_by)
        self._fold.clicked.connect(self._fold_all)
        self.view.activated.connect(self._choose_current)
        self.view.clicked.connect(self._click)
        self.view.collapsed.connect(self._note_closed)
        self.view.expanded.connect(self._note_open)
        self.view.selectionModel().currentChanged.connect(self._tell_selected)
        self.model.modelReset.connect(self._unfold)
        star = QShortcut(QKeySequence("Ctrl+D"), self)
        star.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        star.activated.connect(self._toggle_current)
        group = QShortcut(QKeySequence("Ctrl+G"), self)
        group.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        group.activated.connect(self._group_by_next)

    def _look(self, is_seen: bool) -> None:
        if self._presenter is not None and is_seen is not self._is_seen:
            self._is_seen = is_seen
            self._presenter.look(is_seen)

    def _show_kept(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        current = self.model.number_at(self.view.currentIndex())
        self._groupings.button(_GROUPINGS.index(presenter.grouping)).setChecked(True)
        self.model.set_kept(presenter.grouping, presenter.favourites)
        self._go_to(current)

    def _apply_filter(self, text: str) -> None:
        found = self._index.find(text)
        self.model.let_through(None if not text.strip() else [self._numbers[at] for at in found])
        if text.strip():
            self._go_to(self.shown_numbers()[0] if found else "")

    def _go_to(self, number: str) -> None:
        """Highlight a camera's first row."""
        index = self.model.index_of(number)
        if index.isValid():
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.view.selectionModel().setCurrentIndex(index, how)

    def _choose_current(self) -> None:
        chosen = self.chosen_numbers()
        if len(chosen) > 1:
            self.cameras_chosen.emit(chosen)
        elif chosen:
            self.camera_chosen.emit(chosen[0])

    def _click(self, index: QModelIndex) -> None:
        number = self.model.number_at(index)
        if number and index.column() == STAR_COLUMN and self._presenter is not None:
            self._presenter.toggle_favourite(number)

    def _toggle_current(self) -> None:
        number = self.model.number_at(self.view.currentIndex())
        if number and self._presenter is not None:
            self._presenter.toggle_favourite(number)

    def _group_by(self, at: int) -> None:
        if self._presenter is not None:
            self._presenter.group_by(_GROUPINGS[at])

    def _group_by_next(self) -> None:
        self._group_by((self._groupings.checkedId() + 1) % len(_GROUPINGS))

    def _fold_all(self) -> None:
        """Collapse every group, or open all when all are collapsed."""
        keys = {group.key for group in self.model.groups}
        self._closed = set() if keys <= self._closed else keys
        self._unfold()

    def _unfold(self) -> None:
        """Groups that the user has not closed are open; while a filter runs, all are."""
        is_filtered = bool(self.filter.text().strip())
        self.view.blockSignals(True)
        for row, group in enumerate(self.model.groups):
            self.view.setExpanded(self.model.index(row, 0), is_filtered or group.key not in self._closed)
        self.view.blockSignals(False)

    def _note_closed(self, index: QModelIndex) -> None:
        self._closed.add(self.model.group_key(index.row()))

    def _note_open(self, index: QModelIndex) -> None:
        self._closed.discard(self.model.group_key(index.row()))

    def _tell_selected(self, current: QModelIndex, _before: QModelIndex) -> None:
        number = self.model.number_at(current)
        if number:
            self.camera_selected.emit(number)

    def _answer_escape(self, event: QKeyEvent) -> bool:
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            if self.filter.text():
                self.filter.clear()
            else:
                self.left.emit()
        return True

    def _retranslate(self) -> None:
        self.filter.setPlaceholderText(self.tr("名称、拼音或首字母"))
        self.filter.setAccessibleName(self.tr("筛选摄像机"))
        self.view.setAccessibleName(self.tr("摄像机列表"))
        names = (self.tr("地点"), self.tr("楼宇"), self.tr("楼层"))
        hints = (
            self.tr("按地点分组（Ctrl+G）"),
            self.tr("按楼宇分组（Ctrl+G）"),
            self.tr("按楼层分组（Ctrl+G）"),
        )
        for at, (name, hint) in enumerate(zip(names, hints, strict=True)):
            self._groupings.button(at).setText(name)
            self._groupings.button(at).setToolTip(hint)
            self._groupings.button(at).setAccessibleName(hint)
        self._fold.setIcon(icon("fold"))
        self._fold.setToolTip(self.tr("展开或收起全部分组"))
        self._fold.setAccessibleName(self.tr("展开或收起全部分组"))
        self.model.retranslate()
