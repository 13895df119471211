"""The handover screen: this shift's paper, lent items, and the handovers before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.handovers import Handover
from ui.file_asking import ask_file_to_save
from ui.front_screen import FrontScreen
from ui.line_table import LineTable
from ui.text import sentence
from views.handover.lent_page import LentPage
from views.handover.presenter import HandoverPresenter
from views.handover.shift_page import ShiftPage
from views.handover.words import history_lines

KEY = "F9"
SHIFT, LENT, HISTORY = range(3)


class HandoverScreen(FrontScreen):
    """Nothing is read while it is hidden."""

    def __init__(self, presenter: HandoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._presenter = presenter
        self.pages = QTabWidget(self)
        self.shift, self.lent = ShiftPage(presenter, self), LentPage(presenter, self)
        self.history = LineTable(self)
        self.export_button = QPushButton(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        for page in (self.shift, self.lent, self.history):
            self.pages.addTab(page, "")
        bottom = QHBoxLayout()
        bottom.addWidget(self.message, 1)
        bottom.addWidget(self.export_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 14, 8)
        box.addWidget(self.pages, 1)
        box.addLayout(bottom)
        self._connect()
        self._retranslate()

    def show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)

    def show_present(self) -> None:
        handovers = self._presenter.history
        self.history.show_lines(history_lines(handovers), range(len(handovers)))
        self._offer_export()

    def ask_file(self) -> None:
        """Where to; the window beside it goes on."""
        handover = self._chosen()
        if handover is None:
            return
        ask_file_to_save(
            self,
            self.tr("导出交接班记录"),
            ("PDF (*.pdf)", "Word (*.docx)"),
            f"{handover.handover_no}.pdf",
            self.export_to,
        )

    def export_to(self, path: str) -> None:
        handover = self._chosen()
        if handover is not None:
            self._presenter.export(handover, Path(path))

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.signed.connect(self._tell_signed)
        presenter.exported.connect(self._tell_exported)
        presenter.refused.connect(self._tell_refused)
        self.pages.currentChanged.connect(self._offer_export)
        self.history.itemSelectionChanged.connect(self._offer_export)
        self.export_button.clicked.connect(self.ask_file)

    def _chosen(self) -> Handover | None:
        """What would be exported: of the history the selected one, else this shift's or the last one."""
        history = self._presenter.history
        number = self.history.key()
        if self.pages.currentIndex() == HISTORY and number is not None and number < len(history):
            return history[number]
        return self.shift.handover or (history[0] if history else None)

    def _offer_export(self) -> None:
        self.export_button.setEnabled(self._chosen() is not None)

    def _tell_signed(self, handover: Handover) -> None:
        if handover.taken is not None:
            text = self.tr("{no} 已由 {name} 接班。请接班人登录这个席位。")
            self.message.setText(text.format(no=handover.handover_no, name=handover.taken.name))
        elif handover.given is not None:
            text = self.tr("{no} 已由 {name} 交班，等接班人签字。")
            self.message.setText(text.format(no=handover.handover_no, name=handover.given.name))

    def _tell_exported(self, path: str) -> None:
        self.message.setText(self.tr("已导出到 {path}").format(path=path))

    def _tell_refused(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        for page, text in (
            (SHIFT, self.tr("本班交接")),
            (LENT, self.tr("借出物品")),
            (HISTORY, self.tr("历次交接")),
        ):
            self.pages.setTabText(page, text)
        self.pages.setAccessibleName(self.tr("交接班"))
        self.history.setAccessibleName(self.tr("历次交接"))
        self.history.empty.say(self.tr("还没有交接过班"))
        self.export_button.setText(self.tr("导出"))
        self.export_button.setToolTip(self.tr("导出为 PDF 或 DOCX (Ctrl+E)"))
        self.export_button.setShortcut(QKeySequence("Ctrl+E"))
        self.show_present()
