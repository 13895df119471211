"""The screen of recordings taken away: requests at the left, the chosen one or a new form at the right."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.domain.evidence import EvidenceState, Mask
from services.evidence.checking import Checked
from services.evidence.desk import Receiver
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.front_screen import FrontScreen
from ui.line_table import LineTable
from ui.named_box import name_box
from ui.text import sentence
from ui.tone import Tone, set_tone
from views.evidence.chosen import ChosenRequest
from views.evidence.hand_over_dialog import HandOverDialog
from views.evidence.mask_panel import MaskPanel
from views.evidence.mask_presenter import MaskPresenter
from views.evidence.papers import hand_over_paper, register_paper, request_paper
from views.evidence.presenter import EvidencePresenter, Filter, Prefill
from views.evidence.request_form import RequestForm
from views.evidence.words import fault_words, headings, row_of, size_words, take_names

_WITH_SLIP = frozenset({EvidenceState.HANDED_OVER, EvidenceState.RETURNED, EvidenceState.REGISTERED})
_FILTERS = tuple(Filter)


class EvidenceScreen(FrontScreen):
    """Reads while it is in front. folder: where packages go; issuer: whose name stands on a paper."""

    def __init__(
        self,
        presenter: EvidencePresenter,
        drawing: MaskPresenter,
        folder: Path,
        issuer: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(presenter, parent)
        self._presenter = presenter
        self._issuer = issuer
        self._numbers: list[str] = []
        self.filter = QComboBox(self)
        self.search = QLineEdit(self)
        self.table = LineTable(self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "dim")
        self.add, self.register = QPushButton(self), QPushButton(self)
        self.since, self.until = QDateEdit(self), QDateEdit(self)
        self.right = QStackedWidget(self)
        self.chosen = ChosenRequest(presenter, folder, may_look=drawing.may_draw, parent=self)
        self.form = RequestForm(presenter, may_draw=drawing.may_draw, parent=self)
        self.masks = MaskPanel(drawing, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.pages = QStackedWidget(self)
        self.hand_over = HandOverDialog(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self._build()
        self._connect()
        self._retranslate()

    def open_form(self, prefill: Prefill) -> None:
        """A new request; what playback or an incident shows is filled in."""
        self.form.open_with(prefill)
        self.right.setCurrentWidget(self.form)
        self.pages.setCurrentWidget(self.split)
        self.message.clear()

    def show_present(self) -> None:
        found = self._presenter.listed
        self._numbers = [one.id for one in found]
        keys = [_key(one.number) for one in found]
        self.table.show_lines([headings(), *(row_of(one) for one in found)], keys)
        self.empty.setVisible(not found)
        self._choose_again()

    def write_register(self, file: str) -> None:
        """Of the days chosen; what kind of file its name says."""
        since, until = _morning(self.since.date()), _morning(self.until.date().addDays(1))
        paper = partial(
            register_paper, since=since, until=until, issuer=self._issuer, now=self._presenter.clock.now()
        )
        self._presenter.write_register(since, until, paper, Path(file))

    def write_paper(self, file: str) -> None:
        one = self._presenter.chosen
        if one is not None:
            make = hand_over_paper if one.state in _WITH_SLIP else request_paper
            paper = make(one, self._presenter.site, self._issuer, self._presenter.clock.now())
            self._presenter.write_paper(paper, Path(file))

    def _build(self) -> None:
        self.filter.addItems([""] * len(_FILTERS))
        local = self._presenter.clock.now().astimezone()
        today = QDate(local.year, local.month, local.day)
        self.since.setDate(today.addDays(1 - today.day()))
        self.until.setDate(today)
        for day in (self.since, self.until):
            day.setCalendarPopup(True)
            day.setDisplayFormat("yyyy-MM-dd")
        self.add.setProperty("kind", "primary")
        top = QHBoxLayout()
        top.addWidget(self.filter)
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        below = QHBoxLayout()
        below.addWidget(self.since)
        below.addWidget(self.until)
        below.addWidget(self.register)
        below.addStretch(1)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty)
        column.addLayout(below)
        self.right.addWidget(self.chosen)
        self.right.addWidget(self.form)
        split = self.split
        split.addWidget(left)
        split.addWidget(self.right)
        split.setStretchFactor(0, 1)
        split.setSizes([540, 520])
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 14, 8)
        # Boxes are drawn over faces: the picture takes the whole page.
        self.pages.addWidget(split)
        self.pages.addWidget(self.masks)
        box.addWidget(self.pages, 1)
        box.addWidget(self.message)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.chosen_changed.connect(self._choose_again)
        presenter.accepted.connect(self._tell_accepted)
        presenter.refused.connect(self._tell_refused)
        presenter.written.connect(self._tell_written)
        presenter.checked.connect(self._tell_checked)
        presenter.form_wanted.connect(self.open_form)
        self.filter.activated.connect(self._list)
        self.search.textChanged.connect(self._list)
        self.table.itemSelectionChanged.connect(self._choose)
        self.add.clicked.connect(self._open_empty)
        self.form.left.connect(self._show_chosen)
        self.form.masks_asked.connect(self._draw_masks)
        self.masks.left.connect(self._take_masks)
        self.masks.looked.connect(self._end_look)
        self.chosen.masks_asked.connect(self._look_at_masks)
        self.register.clicked.connect(self._ask_register)
        self.chosen.hand_over_asked.connect(self._open_hand_over)
        self.chosen.paper_asked.connect(self._ask_paper)
        self.hand_over.confirmed.connect(self._hand_over)
        for keys, act in (
            ("Ctrl+N", self.add.click),
            ("Ctrl+E", self.register.click),
            ("Ctrl+P", self.chosen.buttons["paper"].click),
            ("Ctrl+B", self.chosen.buttons["masks"].click),
            ("Ctrl+F", self.search.setFocus),
        ):
            # Not while boxes are drawn: a new request would throw them away.
            shortcut = QShortcut(QKeySequence(keys), self.split)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _list(self) -> None:
        self._presenter.list_only(_FILTERS[self.filter.currentIndex()], self.search.text())

    def _choose(self) -> None:
        key = self.table.key()
        found = next((one for one in self._presenter.listed if _key(one.number) == key), None)
        if found is not None:
            self._presenter.choose(found.id)
            self._show_chosen()

    def _choose_again(self) -> None:
        """What is shown at the right stands out at the left; without one the first is."""
        chosen = self._presenter.chosen
        if chosen is None and self._numbers:
            self._presenter.choose(self._numbers[0])
            chosen = self._presenter.chosen
        if chosen is not None and chosen.id in self._numbers:
            self.table.blockSignals(True)
            self.table.selectRow(self._numbers.index(chosen.id))
            self.table.blockSignals(False)

    def _open_empty(self) -> None:
        self.open_form(Prefill())

    def _draw_masks(self) -> None:
        self.message.clear()
        self.pages.setCurrentWidget(self.masks)
        self.masks.open(self.form.ticked_names(), *self.form.whole_span, self.form.masks)

    def _take_masks(self, masks: tuple[Mask, ...]) -> None:
        self.form.take_masks(masks)
        self.pages.setCurrentWidget(self.split)
        self.form.draw.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at_masks(self) -> None:
        """Those of the chosen request, the cameras with boxes first."""
        one = self._presenter.chosen
        if one is None or not one.options.masks:
            return
        self.message.clear()
        self.pages.setCurrentWidget(self.masks)
        masked = [mask.camera for mask in one.options.masks]
        names = take_names(self._presenter.site, [*masked, *(take.camera for take in one.takes)])
        since, until = min(take.since for take in one.takes), max(take.until for take in one.takes)
        self.masks.look(names, since, until, one.options.masks)

    def _end_look(self) -> None:
        self.pages.setCurrentWidget(self.split)
        self.chosen.buttons["masks"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self) -> None:
        self.right.setCurrentWidget(self.chosen)

    def _ask_register(self) -> None:
        days = f"{self.since.date().toString('yyyyMMdd')}-{self.until.date().toString('yyyyMMdd')}"
        kinds = (PAPER_KINDS[2], PAPER_KINDS[0])
        ask_file_to_save(self, self.tr("导出登记簿"), kinds, f"register-{days}", self.write_register)

    def _ask_paper(self) -> None:
        one = self._presenter.chosen
        if one is not None:
            kinds = PAPER_KINDS[:2]
            ask_file_to_save(self, self.tr("保存为"), kinds, one.number, self.write_paper)

    def _open_hand_over(self) -> None:
        one = self._presenter.chosen
        if one is not None:
            self.hand_over.open_for(one, self._issuer)

    def _hand_over(self, to: Receiver) -> None:
        self._presenter.hand_over(to)

    def _tell_accepted(self, action: str) -> None:
        if action == "requested":
            self.form.clear()
            self._show_chosen()
        said = {
            "requested": self.tr("已登记，等另一人审批。相关录像已锁定。"),
            "approved": self.tr("已批准，可以导出。"),
            "rejected": self.tr("已记为不批准。"),
            "withdrawn": self.tr("已撤回，录像不再为它锁定。"),
            "exported": self.tr("已导出。移交以前请按“校验”。"),
            "redone": self.tr("已记下，可以重新导出。"),
            "handed_over": self.tr("已移交。请打印移交单，双方签字。"),
            "returned": self.tr("已记为退回。"),
            "registered": self.tr("已归档。"),
        }
        self.chosen.reason.clear()
        self._say(said.get(action, ""), "ok")

    def _tell_checked(self, checked: Checked) -> None:
        if checked.is_unchanged:
            text = self.tr("{number} 校验通过：{files} 个文件（{size}）自导出以来未被改动。")
            said = text.format(
                number=checked.number, files=checked.files, size=size_words(checked.size_bytes)
            )
            self._say(said, "ok")
            return
        text = self.tr("{number} 校验不通过，不要移交：{faults}")
        self._say(text.format(number=checked.number, faults=fault_words(checked.faults)), "bad")

    def _tell_written(self, path: str) -> None:
        self._say(self.tr("已保存到 {path}").format(path=path), "ok")

    def _tell_refused(self, error: ServiceError) -> None:
        self._say(sentence(error), "bad")

    def _say(self, text: str, tone: Tone) -> None:
        set_tone(self.message, tone)
        self.message.setText(text)

    def _retranslate(self) -> None:
        names = {
            Filter.TO_DO: self.tr("未办结"),
            Filter.TO_DECIDE: self.tr("待审批"),
            Filter.TO_EXPORT: self.tr("待导出"),
            Filter.TO_HAND_OVER: self.tr("待移交"),
            Filter.ALL: self.tr("全部"),
        }
        for row in range(self.filter.count()):
            self.filter.setItemText(row, names[_FILTERS[row]])
        name_box(self.filter, self.tr("列出哪些申请"))
        self.search.setPlaceholderText(self.tr("查找 (Ctrl+F)"))
        self.search.setToolTip(self.tr("按单位、人、案号、摄像机找"))
        self.search.setAccessibleName(self.tr("找申请"))
        self.table.setAccessibleName(self.tr("调取申请"))
        self.empty.setText(self.tr("没有这样的申请。按 Ctrl+N 登记一份；也可以在回放里按“申请导出”。"))
        self.add.setText(self.tr("新申请"))
        self.add.setToolTip("Ctrl+N")
        self.register.setText(self.tr("导出登记簿"))
        self.register.setToolTip("Ctrl+E")
        self.since.setAccessibleName(self.tr("登记簿起始日"))
        self.until.setAccessibleName(self.tr("登记簿截止日"))
        self.message.clear()
        self.show_present()


def _key(number: str) -> int:
    """A request's number as a whole number: DQ20261124-0001 is 202611240001."""
    return int("".join(sign for sign in number if sign.isdigit()) or 0)


def _morning(day: QDate) -> datetime:
    """When that local day begins."""
    local = datetime.combine(day.toPython(), time())  # type: ignore[arg-type]
    return local.astimezone(UTC)
