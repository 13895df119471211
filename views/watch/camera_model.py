"""The camera list as Qt sees it: groups, cameras under them, a mark of state and a star."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from services.domain.site import Camera
from services.domain.video import TROUBLED_STATES, StreamState
from ui.icons import icon, state_shape
from ui.text.names import name_of
from ui.text.places import local
from ui.theme import tokens
from ui.tiles.wall import cameras_mime
from ui.tips import plain_tip
from views.watch.camera_groups import FAVOURITES, Group, Grouping, GroupKey, camera_title, grouped

NO = Qt.ItemDataRole.UserRole
STATE = Qt.ItemDataRole.UserRole + 1
NAME_COLUMN, STAR_COLUMN = 0, 1
_ICON_PX = 16
_MARK_PX = 10
# A camera's index carries its group's row plus one; a group's carries nought.
_TO_GROUP = 1

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CameraModel(QAbstractItemModel):
    """Two levels. States change in place; what moves rows resets the model, whose rows are only names."""

    def __init__(self, cameras: Sequence[Camera], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cameras = tuple(cameras)
        self._grouping = Grouping.PLACE
        self._favourites: frozenset[str] = frozenset()
        self._let_through: frozenset[str] | None = None
        self._states: dict[str, StreamState] = {}
        self._groups: list[Group] = []
        self._spots: dict[str, list[tuple[int, int]]] = {}
        self._icons: dict[str, QIcon] = {}
        self._rebuild()

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        self._cameras = tuple(cameras)
        self._rebuild()

    def set_kept(self, grouping: Grouping, favourites: Collection[str]) -> None:
        self._grouping, self._favourites = grouping, frozenset(favourites)
        self._rebuild()

    def let_through(self, numbers: Collection[str] | None) -> None:
        """Show these cameras only; None shows all."""
        self._let_through = None if numbers is None else frozenset(numbers)
        self._rebuild()

    def set_states(self, states: Mapping[str, StreamState]) -> None:
        """How the open streams are; only rows whose state is another one are painted again."""
        old, self._states = self._states, dict(states)
        for number in old.keys() | self._states.keys():
            if old.get(number) is not self._states.get(number):
                self._tell_changed(number)

    def retranslate(self) -> None:
        """Names and colours anew."""
        self._icons.clear()
        self._rebuild()

    @property
    def groups(self) -> list[Group]:
        """What is shown now, from the top."""
        return self._groups

    def number_at(self, index: Index) -> str:
        """The camera's number, "" for a group."""
        camera = self._camera(index)
        return camera.no if camera is not None else ""

    def group_key(self, row: int) -> GroupKey:
        return self._groups[row].key

    def index_of(self, number: str) -> QModelIndex:
        """The first row that shows this camera; invalid when none does."""
        spots = self._spots.get(number)
        return self._camera_index(*spots[0]) if spots else QModelIndex()

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + _TO_GROUP if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        group = int(index.internalId()) if index.isValid() else 0
        return self.createIndex(group - _TO_GROUP, 0, 0) if group else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._groups)
        is_group = not parent.internalId() and parent.column() == NAME_COLUMN
        return len(self._groups[parent.row()].cameras) if is_group else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_camera = self._camera(index) is not None
        more = Qt.ItemFlag.ItemIsDragEnabled if is_camera else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | more

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        camera = self._camera(index)
        if camera is None:
            return self._group_data(index, role)
        if index.column() == STAR_COLUMN:
            return self._star_data(camera, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return camera_title(camera)
            case Qt.ItemDataRole.DecorationRole:
                return self._mark(self._states.get(camera.no))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._told(camera))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._told(camera)
            case _:
                return {NO: camera.no, STATE: self._states.get(camera.no)}.get(role)

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The chosen cameras from the top, each once."""
        rows = sorted({(index.internalId(), index.row()): index for index in indexes}.items())
        numbers = dict.fromkeys(self.number_at(index) for _, index in rows)
        return cameras_mime([number for number in numbers if number])

    # inside

    def _rebuild(self) -> None:
        self.beginResetModel()
        allowed = self._let_through
        shown = [camera for camera in self._cameras if allowed is None or camera.no in allowed]
        self._groups = grouped(shown, self._grouping, self._favourites)
        self._spots = {}
        for row, group in enumerate(self._groups):
            for at, camera in enumerate(group.cameras):
                self._spots.setdefault(camera.no, []).append((row, at))
        self.endResetModel()

    def _camera(self, index: Index) -> Camera | None:
        group = int(index.internalId()) if index.isValid() else 0
        return self._groups[group - _TO_GROUP].cameras[index.row()] if group else None

    def _camera_index(self, group: int, row: int) -> QModelIndex:
        return self.createIndex(row, NAME_COLUMN, group + _TO_GROUP)

    def _tell_changed(self, number: str) -> None:
        for group, row in self._spots.get(number, ()):
            index = self._camera_index(group, row)
            self.dataChanged.emit(index, index)

    def _group_data(self, index: Index, role: int) -> Any:
        if index.column() == NAME_COLUMN and role == Qt.ItemDataRole.DisplayRole:
            group = self._groups[index.row()]
            return f"{group_title(group.key)}  {len(group.cameras)}"
        return None

    def _star_data(self, camera: Camera, role: int) -> Any:
        is_favourite = camera.no in self._favourites
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self._icon("starred" if is_favourite else "star")
            case Qt.ItemDataRole.ToolTipRole if is_favourite:
                return QCoreApplication.translate("CameraModel", "取消收藏（Ctrl+D）")
            case Qt.ItemDataRole.ToolTipRole:
                return QCoreApplication.translate("CameraModel", "收藏（Ctrl+D）")
            case _:
                return None

    def _told(self, camera: Camera) -> str:
        state = self._states.get(camera.no)
        return f"{camera_title(camera)}  {name_of(state)}" if state is not None else camera_title(camera)

    def _mark(self, state: StreamState | None) -> QIcon:
        """A camera without an open stream says nothing of its state."""
        return self._icon("camera") if state is None else self._icon(f"state:{state}")

    def _icon(self, name: str) -> QIcon:
        made = self._icons.get(name)
        if made is None:
            kind, _, state = name.partition(":")
            # The "on" look of icons is meant for checked buttons; lists ask for it.
            made = state_icon(StreamState(state)) if state else QIcon(icon(kind).pixmap(_ICON_PX))
            self._icons[name] = made
        return made


def group_title(key: GroupKey) -> str:
    """A group's name in the language of the moment."""
    if key == FAVOURITES:
        return QCoreApplication.translate("CameraModel", "收藏")
    named = " ".join(local(part) for part in key if part)
    return named or QCoreApplication.translate("CameraModel", "室外")


def state_icon(state: StreamState) -> QIcon:
    """The state's shape in its colour, as in a tile's header."""
    theme = tokens()
    calm = {StreamState.LIVE: theme.ok, StreamState.CONNECTING: theme.calm, StreamState.RECORDED: theme.calm}
    ink = theme.bad if state in TROUBLED_STATES else calm.get(state, theme.warn)
    pixmap = QPixmap(_ICON_PX, _ICON_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = (_ICON_PX - _MARK_PX) / 2
    shape = state_shape(state, QRectF(edge, edge, _MARK_PX, _MARK_PX))
    painter.fillPath(shape, QColor(ink))
    painter.end()
    return QIcon(pixmap)
