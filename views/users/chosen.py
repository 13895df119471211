"""What an administrator may do with the chosen user."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.people import SEAT_ROLES, Role
from ui.form import Form, Message, password_complaint
from ui.text.names import name_of
from views.users.presenter import UsersPresenter

_OWN_ACTIONS = ("role", "deactivate", "activate", "password", "unlock")


class ChosenUser(QWidget):
    """Role, coming and going, password and lock of the user that is chosen in the table."""

    def __init__(self, presenter: UsersPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shown = ("", 0)
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self.role = role_box(self)
        self.set_role = QPushButton(self)
        self.set_active = QPushButton(self)
        self.unlock = QPushButton(self)
        self._form = Form()
        self.password = self._form.add_line(is_secret=True)
        self.again = self._form.add_line(is_secret=True)
        self.set_password = QPushButton(self)
        self.message = Message(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        account = self._presenter.chosen
        seen = (account.user.name, account.user.row_version) if account else ("", 0)
        if seen[0] != self._shown[0]:
            self.clear()
        if account is not None and seen != self._shown:
            self.role.setCurrentIndex(self.role.findData(account.user.role))
        self._shown = seen
        self._show_words()
        self._enable()

    def clear(self) -> None:
        """Forget what was typed."""
        self.password.clear()
        self.again.clear()
        self.message.wipe()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        roles = QHBoxLayout()
        roles.addWidget(self.role, 1)
        roles.addWidget(self.set_role)
        states = QHBoxLayout()
        states.addWidget(self.set_active)
        states.addWidget(self.unlock)
        states.addStretch(1)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.set_password)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addLayout(roles)
        box.addLayout(states)
        box.addLayout(self._form)
        box.addLayout(last)
        box.addWidget(self.message)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.busy.connect(self._enable)
        self._presenter.accepted.connect(self._accept)
        self._presenter.refused.connect(self._refuse)
        self.role.currentIndexChanged.connect(self._enable)
        self.set_role.clicked.connect(self._set_role)
        self.set_active.clicked.connect(self._set_active)
        self.unlock.clicked.connect(self._presenter.unlock)
        self.set_password.clicked.connect(self._set_password)
        self.again.returnPressed.connect(self._set_password)
        self._form.edited.connect(self.message.wipe)
        self._form.edited.connect(self._enable)

    def _set_role(self) -> None:
        self._presenter.set_role(Role(self.role.currentData()))

    def _set_active(self) -> None:
        account = self._presenter.chosen
        if account is not None:
            self._presenter.set_active(not account.user.is_active)

    def _set_password(self) -> None:
        complaint = password_complaint(self.password.text(), self.again.text())
        if complaint:
            self.message.say(complaint)
        else:
            self._presenter.set_password(self.password.text())

    def _accept(self, action: str, name: str) -> None:
        words = {
            "role": self.tr("{name} 的角色已改：少了的权限立即停用，多了的下次登录起生效。"),
            "deactivate": self.tr("{name} 已停用，不能再登录；已登录的席位自动锁定。"),
            "activate": self.tr("{name} 已启用，可以登录。"),
            "password": self.tr("{name} 的密码已改，请当面告知本人。"),
            "unlock": self.tr("{name} 已解锁，可以再试。"),
        }
        if action in words:
            self.clear()
            self.message.say(words[action].format(name=name), is_good=True)

    def _refuse(self, action: str, error: ServiceError) -> None:
        if action in _OWN_ACTIONS:
            self.clear()
            self.message.refuse(error)

    def _enable(self) -> None:
        account = self._presenter.chosen
        is_free = account is not None and not self._presenter.is_busy
        for widget in (self.role, self.set_active, self.password, self.again):
            widget.setEnabled(is_free)
        is_other = account is not None and Role(self.role.currentData()) is not account.user.role
        self.set_role.setEnabled(is_free and is_other)
        self.unlock.setEnabled(is_free and account is not None and account.is_locked)
        self.set_password.setEnabled(is_free and bool(self.password.text()))

    def _show_words(self) -> None:
        account = self._presenter.chosen
        if account is None:
            self._title.setText(self.tr("请先在左边选一个用户"))
        else:
            self._title.setText(f"{account.user.display_name} ({account.user.name})")
        leaves = account is None or account.user.is_active
        self.set_active.setText(self.tr("停用") if leaves else self.tr("启用"))
        self.set_active.setToolTip(
            self.tr("停用后不能再登录，记录仍然保留") if leaves else self.tr("启用后可以再登录")
        )

    def _retranslate(self) -> None:
        name_roles(self.role)
        self.role.setAccessibleName(self.tr("所选用户的角色"))
        self.set_role.setText(self.tr("改角色"))
        self.unlock.setText(self.tr("解锁"))
        self.unlock.setToolTip(self.tr("密码连续输错后暂停登录的，可以立即解除"))
        self._form.name(self.password, self.tr("新密码"))
        self._form.name(self.again, self.tr("再输一次新密码"))
        self.set_password.setText(self.tr("设密码"))
        self.message.retranslate()
        self.show_present()


def role_box(parent: QWidget) -> QComboBox:
    """A choice of all roles, the least powerful first; `name_roles` gives them their words."""
    box = QComboBox(parent)
    for role in SEAT_ROLES:
        box.addItem("", role)
    return box


def name_roles(box: QComboBox) -> None:
    for index, role in enumerate(SEAT_ROLES):
        box.setItemText(index, name_of(role))
