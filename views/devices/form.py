"""The fields of one camera, its log-in among them, in the order a person fills them in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ui.theme import Size
from views.devices.draft import Draft

LONGEST = 200


class LoginFields(QWidget):
    """User name and password: typed first, for a search may use them too. Signals: edited()."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_kept = False
        self.username = _line(self)
        self.password = _line(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._labels = (QLabel(self), QLabel(self))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.GAP_S)
        for column, (label, line) in enumerate(
            zip(self._labels, (self.username, self.password), strict=True)
        ):
            label.setBuddy(line)
            grid.addWidget(label, 0, 2 * column)
            grid.addWidget(line, 0, 2 * column + 1)
            line.textEdited.connect(self.edited)
        self._retranslate()

    def show_kept(self, has_kept: bool) -> None:
        """Whether an empty password means the one that is kept."""
        self._has_kept = has_kept
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        names = (self.tr("用户名"), self.tr("密码"))
        for label, line, name in zip(self._labels, (self.username, self.password), names, strict=True):
            label.setText(name)
            line.setAccessibleName(self.tr("摄像机的{field}").format(field=name))
        self.password.setPlaceholderText(self.tr("不改就留空") if self._has_kept else "")


class CameraFields(QWidget):
    """Name, places and addresses. Signals: edited()."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = _line(self)
        self.place = _line(self)
        self.building = _line(self)
        self.floor = _line(self)
        self.main_url = _line(self)
        self.sub_url = _line(self)
        self.onvif_url = _line(self)
        self._labels: dict[QLineEdit, QLabel] = {}
        self._build()
        self._retranslate()

    def show_draft(self, draft: Draft) -> None:
        """Only fields that hold something else are touched: a cursor stays where it is."""
        for line, text in zip(self._lines(), _texts(draft), strict=True):
            if line.text() != text:
                line.setText(text)

    def draft(self, login: LoginFields) -> Draft:
        name, place, building, floor, main_url, sub_url, onvif_url = (line.text() for line in self._lines())
        return Draft(
            name, place, building, floor, main_url, sub_url, onvif_url,
            login.username.text(), login.password.text(),
        )  # fmt: skip

    def show_addresses_only(self, is_only: bool) -> None:
        """A replaced camera keeps its name and place."""
        for line in (self.name, self.place, self.building, self.floor):
            line.setReadOnly(is_only)
            line.setEnabled(not is_only)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.GAP_S)
        grid.setVerticalSpacing(6)
        for row, pair in enumerate(((self.name, self.place), (self.building, self.floor))):
            for column, line in enumerate(pair):
                grid.addWidget(self._label(line), row, 2 * column)
                grid.addWidget(line, row, 2 * column + 1)
        for row, line in enumerate((self.main_url, self.sub_url, self.onvif_url), 2):
            grid.addWidget(self._label(line), row, 0)
            grid.addWidget(line, row, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for line in self._lines():
            line.textEdited.connect(self.edited)

    def _label(self, line: QLineEdit) -> QLabel:
        label = self._labels[line] = QLabel(self)
        label.setBuddy(line)
        return label

    def _lines(self) -> tuple[QLineEdit, ...]:
        places = (self.name, self.place, self.building, self.floor)
        return (*places, self.main_url, self.sub_url, self.onvif_url)

    def _retranslate(self) -> None:
        names = (
            self.tr("名称"),
            self.tr("位置"),
            self.tr("楼栋"),
            self.tr("楼层"),
            self.tr("主码流"),
            self.tr("子码流"),
            "ONVIF",
        )
        for line, name in zip(self._lines(), names, strict=True):
            self._labels[line].setText(name)
            line.setAccessibleName(name)
        self.name.setPlaceholderText(self.tr("留空则用地址命名"))
        self.main_url.setPlaceholderText("rtsp://192.168.1.64/…")
        self.sub_url.setPlaceholderText(self.tr("留空则与主码流相同"))
        self.onvif_url.setPlaceholderText(self.tr("可留空"))


def _line(parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setMaxLength(LONGEST)
    return line


def _texts(draft: Draft) -> tuple[str, ...]:
    return (
        draft.name,
        draft.place,
        draft.building,
        draft.floor,
        draft.main_url,
        draft.sub_url,
        draft.onvif_url,
    )
