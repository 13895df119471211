"""The log-in dialog and the first-run dialog; nothing typed is remembered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.people import Session
from ui.text import sentence
from views.login.presenter import LoginPresenter
from views.login.strength import Strength, strength_of

_WIDTH_PX = 420


class _EntryDialog(QDialog):
    """What both dialogs share: fields, one button, errors inline. `session` is set when accepted."""

    def __init__(self, presenter: LoginPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._presenter = presenter
        self._error: ServiceError | None = None
        self._heading = QLabel(self)
        self._heading.setProperty("tone", "heading")
        self._intro = QLabel(self)
        self._intro.setWordWrap(True)
        self._intro.setProperty("tone", "dim")
        self._form = QFormLayout()
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("tone", "bad")
        # Room for two lines from the start: a message must not squeeze the fields.
        self.message.setMinimumHeight(2 * self.message.fontMetrics().lineSpacing() + 4)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 24, 28, 24)
        box.setSpacing(12)
        box.addWidget(self._heading)
        box.addWidget(self._intro)
        box.addLayout(self._form)
        box.addWidget(self.message)
        box.addWidget(self.button)
        self.setMinimumWidth(_WIDTH_PX)
        self.button.clicked.connect(self._submit)
        presenter.busy.connect(self._show_busy)
        presenter.refused.connect(self._show_error)
        presenter.logged_in.connect(self._enter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an edge of its own: over a screen of the same colour it would look like part of it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _field(self, *, secret: bool = False) -> tuple[QLabel, QLineEdit]:
        label, field = QLabel(self), QLineEdit(self)
        field.setMaxLength(128)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        label.setBuddy(field)
        self._form.addRow(label, field)
        field.textChanged.connect(self._forget_error)
        return label, field

    def _submit(self) -> None:
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError

    def _show_busy(self, is_busy: bool) -> None:
        self.button.setEnabled(not is_busy)

    def _show_error(self, error: ServiceError) -> None:
        self._error = error
        self.message.setText(sentence(error))

    def _forget_error(self) -> None:
        self._error = None
        self.message.clear()

    def _enter(self, session: Session) -> None:
        self.session = session
        self.accept()


class LoginDialog(_EntryDialog):
    """User and password."""

    def __init__(self, presenter: LoginPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._name_label, self.name = self._field()
        self._password_label, self.password = self._field(secret=True)
        self._retranslate()

    def _submit(self) -> None:
        if self.name.text().strip() and self.password.text():
            self._presenter.log_in(self.name.text(), self.password.text())
        else:
            self.message.setText(self.tr("请输入用户名和密码。"))

    def _show_error(self, error: ServiceError) -> None:
        super()._show_error(error)
        self.password.blockSignals(True)
        self.password.clear()
        self.password.blockSignals(False)
        self.password.setFocus()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("登录守望"))
        self._heading.setText(self.tr("守望 校园指挥中心"))
        self._intro.setText(self.tr("请登录。值守期间的每个操作都会记在您的名下。"))
        self._name_label.setText(self.tr("用户名"))
        self._password_label.setText(self.tr("密码"))
        self.name.setAccessibleName(self.tr("用户名"))
        self.password.setAccessibleName(self.tr("密码"))
        self.button.setText(self.tr("登录"))
        if self._error is not None:
            self.message.setText(sentence(self._error))


class FirstRunDialog(_EntryDialog):
    """Makes the first administrator."""

    def __init__(self, presenter: LoginPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._name_label, self.name = self._field()
        self._display_label, self.display_name = self._field()
        self._password_label, self.password = self._field(secret=True)
        self._again_label, self.again = self._field(secret=True)
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
            self.message.setText(complaint)
        else:
            self._presenter.create_administrator(
                self.name.text(), self.display_name.text(), self.password.text()
            )

    def _complaint(self) -> str:
        """What keeps the fields from being sent; "" when nothing does."""
        if not self.name.text().strip():
            return self.tr("请输入用户名。")
        if strength_of(self.password.text()) is Strength.TOO_SHORT:
            return self.tr("密码至少要 8 个字符。")
        if self.password.text() != self.again.text():
            return self.tr("两次输入的密码不一样。")
        return ""

    def _show_strength(self) -> None:
        words = {
            Strength.TOO_SHORT: self.tr("至少 8 个字符"),
            Strength.WEAK: self.tr("强度：弱，容易被猜到"),
            Strength.FAIR: self.tr("强度：中，再长一些更好"),
            Strength.STRONG: self.tr("强度：强"),
        }
        self.hint.setText(words[strength_of(self.password.text(), self.name.text().strip())])

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("首次使用"))
        self._heading.setText(self.tr("建立管理员"))
        self._intro.setText(self.tr("第一次使用，请建立管理员。管理员负责用户和校区设置，请妥善保管密码。"))
        for label, field, text in (
            (self._name_label, self.name, self.tr("用户名")),
            (self._display_label, self.display_name, self.tr("姓名")),
            (self._password_label, self.password, self.tr("密码")),
            (self._again_label, self.again, self.tr("再输一次密码")),
        ):
            label.setText(text)
            field.setAccessibleName(text)
        self.button.setText(self.tr("建立并登录"))
        self._show_strength()
        if self._error is not None:
            self.message.setText(sentence(self._error))
