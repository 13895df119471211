"""The small dialog in which everybody changes their own password."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from services.core.errors import ServiceError
from services.domain.people import Session
from ui.form import FormDialog, password_complaint
from ui.jobs import UiJobs

_WIDTH_PX = 400


class OwnPasswordCommand(Protocol):
    """Of `services.identity.Accounts`; it blocks (argon2)."""

    def change_own_password(self, session: Session, old: str, new: str) -> None: ...


class OwnPasswordDialog(FormDialog):
    """Not modal: an alarm may come meanwhile. Nothing typed outlives its being shown."""

    def __init__(
        self, commands: OwnPasswordCommand, session: Session, jobs: UiJobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(_WIDTH_PX, parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self.old = self._form.add_line(is_secret=True)
        self.password = self._form.add_line(is_secret=True)
        self.again = self._form.add_line(is_secret=True)
        self._retranslate()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clear()
        self.message.wipe()

    def _submit(self) -> None:
        complaint = password_complaint(self.password.text(), self.again.text())
        if not self.old.text():
            complaint = self.tr("请输入现在的密码。")
        if complaint:
            self.message.say(complaint)
            return
        self.button.setEnabled(False)
        old, new = self.old.text(), self.password.text()
        work = partial(self._commands.change_own_password, self._session, old, new)
        self._jobs.run(work, self._accept, self._refuse)

    def _accept(self, _nothing: None) -> None:
        self.button.setEnabled(True)
        self._clear()
        self.message.say(self.tr("密码已改，下次登录请用新密码。"), is_good=True)

    def _refuse(self, error: ServiceError) -> None:
        self.button.setEnabled(True)
        self._clear()
        self.message.refuse(error)
        self.old.setFocus()

    def _clear(self) -> None:
        for line in (self.old, self.password, self.again):
            line.clear()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setWindowTitle(self.tr("修改我的密码"))
        self._intro.setText(self.tr("用户 {name}。新密码至少 8 个字符。").format(name=self._session.user))
        self._form.name(self.old, self.tr("现在的密码"))
        self._form.name(self.password, self.tr("新密码"))
        self._form.name(self.again, self.tr("再输一次新密码"))
        self.button.setText(self.tr("修改密码"))
