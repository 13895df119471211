"""The form that makes a new user."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.people import Role
from ui.form import Form, Message, password_complaint
from views.users.chosen import name_roles, role_box
from views.users.presenter import NewUser, UsersPresenter

LONGEST_NAME = 64


class NewUserForm(QWidget):
    """Name, display name, role and the password twice."""

    def __init__(self, presenter: UsersPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._form = Form()
        self.name = self._form.add_line(longest=LONGEST_NAME)
        self.display_name = self._form.add_line(longest=LONGEST_NAME)
        self.role = self._form.add_named(role_box(self))
        self.password = self._form.add_line(is_secret=True)
        self.again = self._form.add_line(is_secret=True)
        self.add = QPushButton(self)
        self.add.setProperty("kind", "primary")
        self.message = Message(self)
        self._build()
        self._retranslate()

    def clear(self) -> None:
        """Forget what was typed."""
        for line in (self.name, self.display_name, self.password, self.again):
            line.clear()
        self.role.setCurrentIndex(0)
        self.message.wipe()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addLayout(self._form)
        box.addLayout(last)
        box.addWidget(self.message)
        self.add.clicked.connect(self._submit)
        self.again.returnPressed.connect(self._submit)
        self._form.edited.connect(self.message.wipe)
        self._presenter.busy.connect(self.add.setDisabled)
        self._presenter.accepted.connect(self._accept)
        self._presenter.refused.connect(self._refuse)

    def _submit(self) -> None:
        complaint = self._complaint()
        if complaint:
            self.message.say(complaint)
            return
        role = Role(self.role.currentData())
        typed = (self.name.text().strip(), self.display_name.text().strip())
        self._presenter.add(NewUser(*typed, role, self.password.text()))

    def _complaint(self) -> str:
        """What keeps the fields from being sent; "" when nothing does."""
        if not self.name.text().strip():
            return self.tr("请输入用户名。")
        return password_complaint(self.password.text(), self.again.text())

    def _accept(self, action: str, name: str) -> None:
        if action == "add":
            self.clear()
            self.message.say(self.tr("已建立用户 {name}，可以登录了。").format(name=name), is_good=True)

    def _refuse(self, action: str, error: ServiceError) -> None:
        """What else was typed stays, so that only what was wrong is typed again."""
        if action == "add":
            self.password.clear()
            self.again.clear()
            self.message.refuse(error)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("新建用户"))
        self._form.name(self.name, self.tr("用户名"))
        self._form.name(self.display_name, self.tr("姓名"))
        self._form.name(self.role, self.tr("角色"))
        self._form.name(self.password, self.tr("密码"))
        self._form.name(self.again, self.tr("再输一次密码"))
        self.name.setPlaceholderText(self.tr("登录时输入的名字"))
        self.password.setPlaceholderText(self.tr("至少 8 个字符"))
        name_roles(self.role)
        self.add.setText(self.tr("建立"))
        self.message.retranslate()
