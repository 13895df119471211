"""The users screen: everyone who may log in, and beside it what an administrator does about them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.identity import Account
from ui.form import Message
from ui.line_table import show_as_lines
from ui.text.names import name_of
from ui.tips import plain_tip
from views.users.adding import NewUserForm
from views.users.chosen import ChosenUser
from views.users.limits import LimitEditor
from views.users.limits_presenter import LimitsPresenter
from views.users.presenter import UsersPresenter

# Other seats' changes and locks that run out show after so long; users are in no change feed.
REFRESH_MS = 5000
PANEL_PX = 372
_NAME = Qt.ItemDataRole.UserRole


class UsersScreen(QWidget):
    """Reads the users while it is in front; forgets typed passwords when it is not."""

    def __init__(
        self, presenter: UsersPresenter, limits: LimitsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._limits = limits
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self._hint = QLabel(self)
        self._hint.setProperty("tone", "warn")
        self._hint.setWordWrap(True)
        self.table = QTableWidget(0, 5, self)
        self.message = Message(self)
        self.chosen = ChosenUser(presenter, self)
        self.adding = NewUserForm(presenter, self)
        self.limits = LimitEditor(limits, self)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(presenter.refresh)
        self._build()
        presenter.changed.connect(self.show_present)
        presenter.refused.connect(self._refuse)
        self.table.itemSelectionChanged.connect(self._choose)
        self._retranslate()

    def show_present(self) -> None:
        self.message.wipe()
        accounts = self._presenter.accounts
        chosen = self._presenter.chosen
        self.table.blockSignals(True)
        self.table.setRowCount(len(accounts))
        self.table.clearSelection()
        for row, account in enumerate(accounts):
            self._fill(row, account)
            if chosen is not None and account.user.name == chosen.user.name:
                self.table.selectRow(row)
        self.table.blockSignals(False)
        self._hint.setVisible(self._presenter.lacks_operators)
        user = chosen.user if chosen is not None else None
        if user != self._limits.user:
            self._limits.choose(user)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.chosen.clear()
        self.adding.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        show_as_lines(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        left = QVBoxLayout()
        left.setContentsMargins(14, 10, 14, 10)
        left.setSpacing(8)
        left.addWidget(self._title)
        left.addWidget(self._hint)
        left.addWidget(self.table, 1)
        left.addWidget(self.message)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(left, 1)
        outer.addWidget(self._panel())

    def _panel(self) -> QScrollArea:
        panel = QFrame(self)
        panel.setProperty("surface", "panel")
        line = QFrame(panel)
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        box = QVBoxLayout(panel)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(14)
        box.addWidget(self.chosen)
        box.addWidget(self.limits)
        box.addWidget(line)
        box.addWidget(self.adding)
        box.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(panel)
        scroll.setFixedWidth(PANEL_PX)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _fill(self, row: int, account: Account) -> None:
        user = account.user
        texts = (
            user.name,
            user.display_name,
            name_of(user.role),
            self.tr("在用") if user.is_active else self.tr("停用"),
            self.tr("已锁定") if account.is_locked else "–",
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setData(_NAME, user.name)
            item.setToolTip(plain_tip(text))
            self.table.setItem(row, column, item)

    def _choose(self) -> None:
        items = self.table.selectedItems()
        self._presenter.choose(items[0].data(_NAME) if items else "")

    def _refuse(self, action: str, error: ServiceError) -> None:
        if action == "list":
            self.message.refuse(error)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("用户"))
        self._hint.setText(self.tr("还没有能处理报警的人。请在右边建立值班员或班长。"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("用户名"), self.tr("姓名"), self.tr("角色"), self.tr("状态"), self.tr("登录锁定")]
        )
        self.table.setAccessibleName(self.tr("用户"))
        self.show_present()
