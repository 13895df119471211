"""The chosen request: what it says, where it stands, and what may be done about it now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.domain.documents import Fact
from services.domain.evidence import EvidenceRequest, EvidenceState
from services.evidence.exporting import ExportOrder
from services.evidence.wish import Stage
from ui.elided import ElidedLabel
from ui.file_asking import ask_folder
from ui.line_table import LineTable
from views.evidence.presenter import EvidencePresenter
from views.evidence.words import asked_facts, gone_facts, standing, take_headings, take_lines

MOST_TAKES_SHOWN = 6
_WITH_REASON = frozenset(
    {
        EvidenceState.REQUESTED,
        EvidenceState.APPROVED,
        EvidenceState.EXPORTED,
        EvidenceState.HANDED_OVER,
    }
)
# What these buttons do is only done with a reason.
_NEED_REASON = ("reject", "give_back", "redo", "withdraw")
_WITH_PACKAGE = frozenset({EvidenceState.EXPORTED, EvidenceState.HANDED_OVER, EvidenceState.RETURNED})


class ChosenRequest(QFrame):
    """folder: where packages go unless another is chosen; may_look: whether this person may see recordings.

    Signals: hand_over_asked(), paper_asked(), masks_asked() when it is wanted where its boxes lie.
    """

    masks_asked = Signal()
    hand_over_asked = Signal()
    paper_asked = Signal()

    def __init__(
        self,
        presenter: EvidencePresenter,
        folder: Path,
        *,
        may_look: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._may_look = may_look
        self.setProperty("surface", "side")
        self._presenter = presenter
        self._folder = folder
        self.standing = QLabel(self)
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.standing.setWordWrap(True)
        self.takes = LineTable(self)
        self._facts = QGridLayout()
        self.reason = QLineEdit(self)
        self.password = QLineEdit(self)
        self.leaves_out = QCheckBox(self)
        self.where = ElidedLabel(self, mode=Qt.TextElideMode.ElideMiddle)
        self.choose_folder = QPushButton(self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.cancel = QPushButton(self)
        self.buttons = {
            name: QPushButton(self)
            for name in (
                "approve",
                "reject",
                "export",
                "check",
                "hand_over",
                "register",
                "give_back",
                "redo",
                "withdraw",
                "masks",
                "paper",
            )
        }
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        """The chosen request as it is now; what is being typed stays."""
        one = self._presenter.chosen
        self.standing.setText(
            standing(one) if one is not None else self.tr("在左边选一份申请，或按 Ctrl+N 新建。")
        )
        self._fill_facts((*asked_facts(one), *gone_facts(one)) if one is not None else ())
        self.takes.setVisible(one is not None)
        if one is not None:
            rows = take_lines(self._presenter.site, one.takes)
            self.takes.show_lines([take_headings(), *rows])
            self.takes.fit_height(MOST_TAKES_SHOWN)
        self._show_rights(one)
        self.show_progress()

    def show_progress(self) -> None:
        presenter = self._presenter
        one = presenter.chosen
        is_own = one is not None and one.id == presenter.exporting
        self.bar.setVisible(is_own)
        self.cancel.setVisible(is_own)
        progress = presenter.progress
        self.bar.setValue(round(1000 * progress.share) if progress is not None else 0)
        self.bar.setFormat(f"{self._stage_name(progress.stage)} %p%" if progress is not None else "%p%")
        self.buttons["export"].setEnabled(not presenter.is_exporting)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        inside = QFrame(self)
        inside.setProperty("surface", "panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 4, 0)
        box.setSpacing(8)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        box.addLayout(self._facts)
        box.addWidget(self.takes)
        box.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(128)
        for name in ("approve", "export", "hand_over"):
            self.buttons[name].setProperty("kind", "primary")
        running = QHBoxLayout()
        running.addWidget(self.bar, 1)
        running.addWidget(self.cancel)
        place = QHBoxLayout()
        place.addWidget(self.where, 1)
        place.addWidget(self.choose_folder)
        row, with_reason = QHBoxLayout(), QHBoxLayout()
        with_reason.addWidget(self.reason, 1)
        for name, button in self.buttons.items():
            (with_reason if name in _NEED_REASON else row).addWidget(button)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.addWidget(self.standing)
        outer.addWidget(scroll, 1)
        outer.addLayout(place)
        outer.addWidget(self.leaves_out)
        outer.addWidget(self.password)
        outer.addLayout(running)
        outer.addLayout(with_reason)
        outer.addLayout(row)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.chosen_changed.connect(self._show_other)
        presenter.progress_changed.connect(self.show_progress)
        self.buttons["approve"].clicked.connect(presenter.approve)
        self.buttons["register"].clicked.connect(presenter.register)
        self.buttons["check"].clicked.connect(presenter.check)
        self.buttons["export"].clicked.connect(self._export)
        self.buttons["hand_over"].clicked.connect(self.hand_over_asked)
        self.buttons["paper"].clicked.connect(self.paper_asked)
        self.buttons["masks"].clicked.connect(self.masks_asked)
        self.cancel.clicked.connect(presenter.cancel_export)
        self.choose_folder.clicked.connect(self._ask_folder)
        with_reason = {
            "reject": presenter.reject,
            "withdraw": presenter.withdraw,
            "redo": presenter.redo,
            "give_back": presenter.give_back,
        }
        for name, command in with_reason.items():
            self.buttons[name].clicked.connect(lambda _=False, command=command: command(self.reason.text()))

    def _show_other(self) -> None:
        """What was typed about another request must not be said about this one."""
        self.reason.clear()
        self.password.clear()
        self.leaves_out.setChecked(False)
        self.show_present()

    def _export(self) -> None:
        order = ExportOrder(
            folder=self._folder,
            password=self.password.text(),
            leaves_out_missing=self.leaves_out.isChecked(),
        )
        self.password.clear()
        self._presenter.export(order)

    def _ask_folder(self) -> None:
        ask_folder(self, self.tr("导出到哪个文件夹"), self._folder, self._take_folder)

    def _take_folder(self, folder: str) -> None:
        self._folder = Path(folder)
        self._show_where()

    def _fill_facts(self, facts: tuple[Fact, ...]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                # It goes with the next round of events and must not be seen until then.
                old.hide()
                old.deleteLater()
        for row, (label, said) in enumerate(facts):
            name, text = QLabel(label, self), QLabel(said, self)
            name.setProperty("tone", "dim")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(name, row, 0)
            self._facts.addWidget(text, row, 1)

    def _show_rights(self, one: EvidenceRequest | None) -> None:
        state = one.state if one is not None else None
        may_export = self._presenter.may_export
        shown = {
            "approve": self._presenter.may_decide,
            "reject": self._presenter.may_decide,
            "export": may_export and state is EvidenceState.APPROVED,
            "check": state in _WITH_PACKAGE,
            "hand_over": may_export and state is EvidenceState.EXPORTED,
            "register": may_export and state in (EvidenceState.HANDED_OVER, EvidenceState.RETURNED),
            "give_back": may_export and state is EvidenceState.HANDED_OVER,
            "redo": may_export and state is EvidenceState.EXPORTED,
            "withdraw": state in (EvidenceState.REQUESTED, EvidenceState.APPROVED, EvidenceState.EXPORTED),
            "masks": self._may_look and one is not None and bool(one.options.masks),
            "paper": one is not None,
        }
        for name, is_shown in shown.items():
            self.buttons[name].setVisible(is_shown)
        self.reason.setVisible(state in _WITH_REASON)
        for widget in (self.where, self.choose_folder, self.leaves_out):
            widget.setVisible(shown["export"])
        is_encrypted = one is not None and one.options.is_encrypted
        self.password.setVisible(shown["export"] and is_encrypted)

    def _show_where(self) -> None:
        self.where.setText(self.tr("导出到 {folder}").format(folder=self._folder))

    def _stage_name(self, stage: Stage) -> str:
        names = {
            Stage.CUTTING: self.tr("截取"),
            Stage.FETCHING: self.tr("从录像机取"),
            Stage.COPYING: self.tr("制作副本"),
            Stage.SEALING: self.tr("签名"),
            Stage.PACKING: self.tr("打包"),
        }
        return names[stage]

    def _retranslate(self) -> None:
        words = {
            "approve": self.tr("批准"),
            "reject": self.tr("不批准"),
            "export": self.tr("导出"),
            "check": self.tr("校验"),
            "hand_over": self.tr("移交…"),
            "register": self.tr("归档"),
            "give_back": self.tr("记为退回"),
            "redo": self.tr("重新导出"),
            "withdraw": self.tr("撤回申请"),
            "masks": self.tr("看遮挡框"),
            "paper": self.tr("打印…"),
        }
        for name, text in words.items():
            self.buttons[name].setText(text)
        self.buttons["check"].setToolTip(self.tr("用包里的校验程序核对每个字节"))
        self.buttons["masks"].setToolTip(self.tr("在录像画面上看申请遮挡的地方，不能改 (Ctrl+B)"))
        self.buttons["paper"].setToolTip(self.tr("申请审批表；移交后为移交单 (Ctrl+P)"))
        self.reason.setPlaceholderText(self.tr("原因（批准时可不写）"))
        self.reason.setToolTip(self.tr("不批准、撤回、重新导出或退回须写明原因"))
        self.reason.setAccessibleName(self.tr("原因"))
        self.password.setPlaceholderText(self.tr("包的密码；请另行告知接收人"))
        self.password.setAccessibleName(self.tr("包的密码"))
        self.leaves_out.setText(self.tr("缺的录像留空并写明"))
        self.choose_folder.setText(self.tr("换文件夹…"))
        self.cancel.setText(self.tr("停止导出"))
        self.bar.setAccessibleName(self.tr("导出进度"))
        self.takes.setAccessibleName(self.tr("要调取的录像"))
        self._show_where()
        self.show_present()
