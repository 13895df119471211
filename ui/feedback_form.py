"""What a unit found and did 反馈单: the result at once, the rest on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.incidents import Dispatch, Feedback

_COUNT_PX = 66
_MOST = 999
_AT_ONCE = ("rescued", "injured", "caught")
_ON_DEMAND = ("dead", "persons_sent", "vehicles_sent")
_WORDS = ("loss", "evidence", "handed_over_to")


class FeedbackForm(QWidget):
    """Signals: given(Feedback); its time and author are the desk's to fill in."""

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dispatch: Dispatch | None = None
        self.result = QLineEdit(self)
        self.result.setMaxLength(400)
        self.send = QPushButton(self)
        self.send.setProperty("kind", "primary")
        self.more = QPushButton(self)
        self.more.setProperty("kind", "quiet")
        self.more.setCheckable(True)
        self.counts = {name: QSpinBox(self) for name in (*_AT_ONCE, *_ON_DEMAND)}
        self.words = {name: QLineEdit(self) for name in _WORDS}
        self._labels = {name: QLabel(self) for name in (*self.counts, *self.words)}
        self._rest = QWidget(self)
        self._build()
        self.send.clicked.connect(self._give)
        self.result.returnPressed.connect(self._give)
        self.result.textChanged.connect(self._check)
        self.more.toggled.connect(self._rest.setVisible)
        self._retranslate()

    def show_dispatch(self, dispatch: Dispatch) -> None:
        if self._dispatch is None or self._dispatch.id != dispatch.id:
            self.counts["persons_sent"].setValue(max(1, len(dispatch.guards)))
        self._dispatch = dispatch

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        said = QHBoxLayout()
        said.addWidget(self.result, 1)
        said.addWidget(self.send)
        at_once, on_demand = self._counts(_AT_ONCE), self._counts(_ON_DEMAND)
        at_once.addWidget(self.more, at_once.rowCount() - 1, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid = QGridLayout()
        for row, name in enumerate(_WORDS):
            self.words[name].setMaxLength(400)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(self.words[name], row, 1)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.addLayout(on_demand)
        rest.addLayout(grid)
        self._rest.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(said)
        box.addLayout(at_once)
        box.addWidget(self._rest)

    def _counts(self, names: Sequence[str]) -> QGridLayout:
        """Two in a row, for the form stands in narrow columns."""
        grid = QGridLayout()
        for at, name in enumerate(names):
            row, place = divmod(at, 2)
            count = self.counts[name]
            count.setRange(0, _MOST)
            count.setMaximumWidth(_COUNT_PX)
            grid.addWidget(self._labels[name], row, 2 * place)
            grid.addWidget(count, row, 2 * place + 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _give(self) -> None:
        dispatch, result = self._dispatch, self.result.text().strip()
        if dispatch is None or not result:
            return
        feedback = Feedback(dispatch.id, dispatch.done_at or dispatch.sent_at, "", "", result)
        counts = {name: count.value() for name, count in self.counts.items()}
        words = {name: line.text().strip() for name, line in self.words.items()}
        self.given.emit(
            replace(
                feedback,
                persons_sent=counts["persons_sent"],
                vehicles_sent=counts["vehicles_sent"],
                rescued=counts["rescued"],
                injured=counts["injured"],
                dead=counts["dead"],
                caught=counts["caught"],
                loss=words["loss"],
                evidence=words["evidence"],
                handed_over_to=words["handed_over_to"],
            )
        )

    def _check(self) -> None:
        self.send.setEnabled(bool(self.result.text().strip()))

    def _retranslate(self) -> None:
        self.result.setPlaceholderText(self.tr("反馈：现场情况与处置结果"))
        self.result.setAccessibleName(self.tr("反馈"))
        self.send.setText(self.tr("反馈并结束"))
        self.more.setText(self.tr("更多"))
        names = {
            "rescued": self.tr("救助"),
            "injured": self.tr("受伤"),
            "caught": self.tr("抓获"),
            "dead": self.tr("死亡"),
            "persons_sent": self.tr("出动人数"),
            "vehicles_sent": self.tr("车辆"),
            "loss": self.tr("损失"),
            "evidence": self.tr("提取证据"),
            "handed_over_to": self.tr("移交给"),
        }
        for name, label in self._labels.items():
            label.setText(names[name])
            field = self.counts.get(name) or self.words[name]
            field.setAccessibleName(names[name])
        self._check()
