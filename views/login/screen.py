"""The log-in dialog and the first-run dialog; nothing typed is remembered."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from services.core.errors import ServiceError
from services.domain.people import Session
from ui.form import FormDialog, password_complaint
from views.login.presenter import LoginPresenter
from views.login.strength import Strength, strength_of

_WIDTH_PX = 420


class _EntryDialog(FormDialog):
    """What both dialogs share: nothing is behind them yet. `session` is set when accepted."""

    def __init__(self, presenter: LoginPresenter, parent: QWidget | None = None) -> None:
        super().__init__(_WIDTH_PX, parent)
        self.session: Session | None = None
        self._presenter = presenter
        self._heading = QLabel(self)
        self._heading.setProperty("tone", "heading")
        self._box.insertWidget(0, self._heading)
        presenter.busy.connect(self._show_busy)
        presenter.refused.connect(self._show_error)
        presenter.logged_in.connect(self._enter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an edge of its own: over a screen of the same colour it would look like part of it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _show_busy(self, is_busy: bool) -> None:
        self.button.setEnabled(not is_busy)

    def _show_error(self, error: ServiceError) -> None:
        self.message.refuse(error)

    def _enter(self, session: Session) -> None:
        self.session = session
        self.accept()


class LoginDialog(_EntryDialog):
    """User and password."""

    def __init__(self, presenter: LoginPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self.name = self._form.add_line()
        self.password = self._form.add_line(is_secret=True)
        self._retranslate()

    def _submit(self) -> None:
        if self.name.text().strip() and self.password.text():
            self._presenter.log_in(self.name.text(), self.password.text())
        else:
            self.message.say(self.tr("请输入用户名和密码。"))

    def _show_error(self, error: ServiceError) -> None:
        super()._show_error(error)
        self.password.clear()
        self.password.setFocus()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setWindowTitle(self.tr("登录守望"))
        self._heading.setText(self.tr("守望 校园指挥中心"))
        self._intro.setText(self.tr("请登录。值守期间的每个操作都会记在您的名下。"))
        self._form.name(self.name, self.tr("用户名"))
        self._form.name(self.password, self.tr("密码"))
        self.button.setText(self.tr("登录"))


class FirstRunDialog(_EntryDialog):
    """Makes the first administrator."""

    def __init__(self, presenter: LoginPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self.name = self._form.add_line()
        self.display_name = self._form.add_line()
        self.password = self._form.add_line(is_secret=True)
        self.again = self._form.add_line(is_secret=True)
        self.hint = QLabel(self)
        self.hint.setProperty("tone", "small")
        self._form.addRow("", self.hint)
        self.name.setText("admin")
        self.name.textChanged.connect(self._show_strength)
        self.password.textChanged.connect(self._show_strength)
        self._retranslate()

    def _submit(self) -> None:
        complaint = self._complaint()
        if complaint:
            self.message.say(complaint)
        else:
            self._presenter.create_administrator(
                self.name.text(), self.display_name.text(), self.password.text()
            )

    def _complaint(self) -> str:
        """What keeps the fields from being sent; "" when nothing does."""
        if not self.name.text().strip():
            return self.tr("请输入用户名。")
        return password_complaint(self.password.text(), self.again.text())

    def _show_strength(self) -> None:
        words = {
            Strength.TOO_SHORT: self.tr("至少 8 个字符"),
            Strength.WEAK: self.tr("强度：弱，容易被猜到"),
            Strength.FAIR: self.tr("强度：中，再长一些更好"),
            Strength.STRONG: self.tr("强度：强"),
        }
        self.hint.setText(words[strength_of(self.password.text(), self.name.text().strip())])

    def _retranslate(self) -> None:
        super()._retranslate()
        self.setWindowTitle(self.tr("首次使用"))
        self._heading.setText(self.tr("建立管理员"))
        self._intro.setText(self.tr("第一次使用，请建立管理员。管理员负责用户和校区设置，请妥善保管密码。"))
        self._form.name(self.name, self.tr("用户名"))
        self._form.name(self.display_name, self.tr("姓名"))
        self._form.name(self.password, self.tr("密码"))
        self._form.name(self.again, self.tr("再输一次密码"))
        self.button.setText(self.tr("建立并登录"))
        self._show_strength()
