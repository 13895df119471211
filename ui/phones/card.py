"""The card that a guard scans: code, link and fingerprint; beside everything, in front of nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.guard_links import IssuedLink
from services.domain.incidents import Dispatch
from ui.phones.presenter import PhonePresenter
from ui.phones.qr import QrCode
from ui.text.places import local
from ui.text.times import clock_time

LEAST_WIDTH_PX = 440


class PhoneCard(QDialog):
    """Opens with the first link; closed, it forgets it. It blocks nothing."""

    def __init__(self, presenter: PhonePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._dispatch: Dispatch | None = None
        self._issued: IssuedLink | None = None
        self._who = QLabel(self)
        self._who.setProperty("tone", "heading")
        self.member = QComboBox(self)
        self.code = QrCode(self)
        self.link = QLineEdit(self)
        self.link.setReadOnly(True)
        self.copy = QPushButton(self)
        self._hint = QLabel(self)
        self._print_title = QLabel(self)
        self.print = QLabel(self)
        self.print.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shift = QCheckBox(self)
        self.take_back = QPushButton(self)
        self.shut = QPushButton(self)
        self._box = QVBoxLayout(self)
        self._build()
        self._connect()

    def show_link(self, dispatch: Dispatch, issued: IssuedLink) -> None:
        self._dispatch, self._issued = dispatch, issued
        self.code.show_text(issued.url)
        self.link.setText(issued.url)
        self.link.setCursorPosition(0)
        # In two lines, as it is compared: 16 pairs each.
        pairs = issued.fingerprint.split(":")
        self.print.setText("\n".join(":".join(pairs[at : at + 16]) for at in range(0, len(pairs), 16)))
        with QSignalBlocker(self.shift), QSignalBlocker(self.member):
            self.shift.setChecked(not issued.link.dispatch)
            self.member.clear()
            self.member.addItems(list(dispatch.guards))
            self.member.setCurrentText(issued.link.guard)
        self.member.setVisible(len(dispatch.guards) > 1)
        self._retranslate()
        # adjustSize would stop at two thirds of a small screen, and lay the hint over the code.
        self.setMinimumHeight(self._box.totalHeightForWidth(LEAST_WIDTH_PX))
        self.show()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody reads it over a shoulder tomorrow."""
        super().hideEvent(event)
        self.code.show_text("")
        self.link.clear()
        self._dispatch = self._issued = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for label in (self._who, self._hint, self._print_title, self.print):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._print_title.setWordWrap(True)
        self._print_title.setProperty("tone", "dim")
        linked = QHBoxLayout()
        linked.addWidget(self.link, 1)
        linked.addWidget(self.copy)
        foot = QHBoxLayout()
        foot.addWidget(self.take_back)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        box = self._box
        box.addWidget(self._who)
        box.addWidget(self.member)
        box.addWidget(self.code, 1)
        box.addWidget(self._hint)
        box.addLayout(linked)
        box.addWidget(self.shift)
        box.addWidget(self._print_title)
        box.addWidget(self.print)
        box.addLayout(foot)
        self.setMinimumWidth(LEAST_WIDTH_PX)

    def _connect(self) -> None:
        self._presenter.issued.connect(self.show_link)
        self._presenter.taken_back.connect(self._close_for)
        self.copy.clicked.connect(self._copy)
        self.shift.toggled.connect(self._ask_again)
        self.member.currentTextChanged.connect(self._ask_again)
        self.take_back.clicked.connect(self._take_back)
        self.shut.clicked.connect(self.close)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.link.text())

    def _ask_again(self) -> None:
        if self._dispatch is not None:
            self._presenter.ask(self._dispatch, self.member.currentText(), self.shift.isChecked())

    def _take_back(self) -> None:
        if self._issued is not None:
            self._presenter.take_back(self._issued.link.guard)

    def _close_for(self, guard_no: str) -> None:
        if self._issued is not None and self._issued.link.guard == guard_no:
            self.close()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("保安手机"))
        self.copy.setText(self.tr("复制链接"))
        self.link.setAccessibleName(self.tr("发给保安的链接"))
        self.member.setAccessibleName(self.tr("哪一名保安的手机"))
        self.code.setAccessibleName(self.tr("保安扫描的二维码"))
        self.shift.setText(self.tr("整个班次有效（12 小时），不只这张派警单"))
        self.take_back.setText(self.tr("收回"))
        self.take_back.setToolTip(self.tr("这名保安的手机立即退出，没有用过的链接也失效"))
        self.shut.setText(self.tr("关闭 Esc"))
        self._print_title.setText(self.tr("浏览器提示证书时，请保安核对证书指纹（SHA-256）："))
        if self._dispatch is None or self._issued is None:
            return
        dispatch, link = self._dispatch, self._issued.link
        self._who.setText(f"{local(dispatch.guard_name)} {link.guard}  {dispatch.dispatch_no}")
        self._hint.setText(
            self.tr("请保安用手机扫描。只能打开一次，{until} 之前有效；手机要连校园网。").format(
                until=clock_time(link.opens_until)
            )
        )
