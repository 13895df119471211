"""One form for what needs a few words: backup, joining, ending, taking up again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.dispatch.backup import MOST_UNITS
from services.dispatch.sheet import MOST_WORD
from services.domain.incidents import TargetKind
from ui.named_box import name_box
from views.incidents.acts import Act, Filled

_ID = Qt.ItemDataRole.UserRole
_OTHERS = frozenset({Act.MERGE, Act.LINK, Act.UNIT})
_NEEDS_TEXT = frozenset({Act.UNIT, Act.BACKUP, Act.MERGE, Act.SPLIT, Act.DISMISS, Act.TRANSFER, Act.REOPEN})
# A department is on no list.
_NAMED_BY_HAND = TargetKind.DEPARTMENT.value
Choice = tuple[str, str]


class ActForm(QWidget):
    """Signals: done(Filled); left()."""

    done = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = Act.BACKUP
        self.title = QLabel(self)
        self.title.setProperty("tone", "heading")
        self.explain = QLabel(self)
        self.explain.setProperty("tone", "dim")
        self.explain.setWordWrap(True)
        self.units = QSpinBox(self)
        self.units.setRange(1, MOST_UNITS)
        self.other = QComboBox(self)
        self.parts = QListWidget(self)
        self.to = QLineEdit(self)
        self.police_ref = QLineEdit(self)
        self.text = QLineEdit(self)
        self.text.setMaxLength(400)
        for line in (self.to, self.police_ref):
            line.setMaxLength(MOST_WORD)
        self._labels: dict[QWidget, QLabel] = {
            widget: QLabel(self)
            for widget in (self.units, self.other, self.parts, self.to, self.police_ref, self.text)
        }
        self.do = QPushButton(self)
        self.do.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        self._build()
        self.do.clicked.connect(self._tell)
        self.text.returnPressed.connect(self._tell)
        self.leave.clicked.connect(self.left)
        for line in (self.text, self.to, self.police_ref):
            line.textChanged.connect(self._check)
        self.other.currentIndexChanged.connect(self._check)
        self.parts.itemChanged.connect(self._check)
        self._retranslate()

    def open(self, act: Act, *, others: Sequence[Choice] = (), parts: Sequence[Choice] = ()) -> None:
        """others, parts: id and words of what may be chosen."""
        self._act = act
        self.units.setValue(1)
        for line in (self.text, self.to, self.police_ref):
            line.clear()
        self.other.clear()
        for id_, words in others:
            self.other.addItem(words, id_)
        self.parts.clear()
        for id_, words in parts:
            item = QListWidgetItem(words, self.parts)
            item.setData(_ID, id_)
            item.setCheckState(Qt.CheckState.Unchecked)
        shown: dict[QWidget, bool] = {
            self.units: act is Act.BACKUP,
            self.other: act in _OTHERS,
            self.parts: act is Act.SPLIT,
            self.to: act in (Act.TRANSFER, Act.UNIT),
            self.police_ref: act in (Act.TRANSFER, Act.POLICE_REF),
            self.text: act in _NEEDS_TEXT,
        }
        for widget, is_shown in shown.items():
            widget.setVisible(is_shown)
            self._labels[widget].setVisible(is_shown)
        self._retranslate()
        first = next(widget for widget, is_shown in shown.items() if is_shown)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def filled(self) -> Filled:
        chosen = (self.parts.item(row) for row in range(self.parts.count()))
        return Filled(
            act=self._act,
            text=self.text.text().strip(),
            units=self.units.value(),
            other=str(self.other.currentData() or ""),
            to=self.to.text().strip(),
            police_ref=self.police_ref.text().strip(),
            parts=tuple(str(item.data(_ID)) for item in chosen if item.checkState() is Qt.CheckState.Checked),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        form = QFormLayout()
        for widget, label in self._labels.items():
            label.setBuddy(widget)
            form.addRow(label, widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.do)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.title)
        box.addWidget(self.explain)
        box.addLayout(form)
        box.addStretch(1)
        box.addLayout(buttons)

    def _tell(self) -> None:
        if self.do.isEnabled():
            self.done.emit(self.filled())

    def _check(self) -> None:
        filled, act = self.filled(), self._act
        is_ready = bool(filled.text) or act not in _NEEDS_TEXT
        is_ready &= bool(filled.other) or act not in _OTHERS
        needs_name = act is Act.TRANSFER or (act is Act.UNIT and filled.other.startswith(_NAMED_BY_HAND))
        is_ready &= bool(filled.to) or not needs_name
        self.to.setEnabled(needs_name)
        is_ready &= bool(filled.police_ref) or act is not Act.POLICE_REF
        is_ready &= bool(filled.parts) or act is not Act.SPLIT
        self.do.setEnabled(is_ready)

    def _retranslate(self) -> None:
        titles = {
            Act.BACKUP: (self.tr("请求增援"), self.tr("接下来派出的单位记为增援，看板上显示还差几个。")),
            Act.UNIT: (self.tr("派岗位、队伍、部门"), self.tr("派出该单位现在可派的人；部门要写名称。")),
            Act.MERGE: (self.tr("并入另一起警情"), self.tr("报警和未结束的派警单转过去，本警情只留记录。")),
            Act.LINK: (self.tr("关联另一起警情"), self.tr("两起警情各自处理，互相注明。")),
            Act.SPLIT: (self.tr("拆分警情"), self.tr("勾选的报警和派警单成为另一起警情。")),
            Act.DISMISS: (self.tr("不属实"), self.tr("没有发生警情，写明原因后结束。")),
            Act.TRANSFER: (self.tr("移交"), self.tr("交公安或其他单位处理，我方人员须已撤回。")),
            Act.REOPEN: (self.tr("重新打开"), self.tr("已结束的警情继续处理，须写明原因。")),
            Act.POLICE_REF: (self.tr("110 警情编号"), self.tr("公安给的编号，结束后也可补填。")),
        }
        title, explain = titles.get(self._act, ("", ""))
        self.title.setText(title)
        self.explain.setText(explain)
        text = {
            Act.SPLIT: self.tr("新警情名称"),
            Act.BACKUP: self.tr("要什么"),
            Act.UNIT: self.tr("派警指令"),
        }
        is_unit = self._act is Act.UNIT
        names: tuple[tuple[QWidget, str], ...] = (
            (self.units, self.tr("几个单位")),
            (self.other, self.tr("单位") if is_unit else self.tr("哪一起")),
            (self.parts, self.tr("拆出")),
            (self.to, self.tr("部门名称") if is_unit else self.tr("移交给")),
            (self.police_ref, self.tr("110 警情编号")),
            (self.text, text.get(self._act, self.tr("原因"))),
        )
        for widget, name in names:
            self._labels[widget].setText(name)
            widget.setAccessibleName(name)
        name_box(self.other, self.tr("单位") if is_unit else self.tr("哪一起"))
        self.do.setText(self.tr("确定"))
        self.leave.setText(self.tr("返回"))
        self._check()
