"""The recorder that records a camera too, with what lies there; folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from services.devices.recorders.looking import RecorderReport
from ui.named_box import name_box
from ui.tips import plain_tip
from ui.tone import Tone, set_tone
from views.devices.draft import Draft, RecorderWish
from views.devices.folded import FoldedFields
from views.devices.recorder_words import found

LONGEST = 200


class RecorderFields(FoldedFields):
    """Signals: look_wanted(), and that of FoldedFields."""

    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: RecorderReport | None = None
        self._is_asking = False
        self.url = _line(self.panel)
        # Filled with what the recorder calls its channels; also typed, for not every one tells.
        self.channel = QComboBox(self.panel)
        self.channel.setEditable(True)
        self.channel.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.username = _line(self.panel)
        self.password = _line(self.panel)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.look = QPushButton(self.panel)
        self.answer = QLabel(self.panel)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setWordWrap(True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()
        self._retranslate()

    @property
    def chain(self) -> tuple[QWidget, ...]:
        """In the order of the Tab key."""
        return (*super().chain, self.look)

    def show_draft(self, draft: Draft) -> None:
        """Tells nobody of an edit."""
        wish = draft.recorder
        for line, text in (
            (self.url, wish.url),
            (self.username, wish.username),
            (self.password, wish.password),
        ):
            if line.text() != text:
                line.setText(text)
                line.setCursorPosition(0)
        if self.channel.currentText() != wish.channel:
            self.channel.setEditText(wish.channel)
        self._show_answer()

    def wish(self) -> RecorderWish:
        """What stands here."""
        return RecorderWish(
            self.url.text(), self.channel.currentText(), self.username.text(), self.password.text()
        )

    def show_answer(self, report: RecorderReport | None, *, is_asking: bool) -> None:
        self._report, self._is_asking = report, is_asking
        if report is not None and report.channels:
            self._offer(report.channels)
        self._show_answer()

    def show_kept(self, has_kept: bool) -> None:
        """Whether an empty password means the one that is kept."""
        self.password.setPlaceholderText(self.tr("不改就留空") if has_kept else "")

    def _build(self) -> None:
        grid = self._lay_out((self.url, self.channel, self.username, self.password), in_a_row=2)
        below = grid.rowCount()
        grid.addWidget(self.look, below, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.answer, below, 2, 1, -1)
        for line in (self.url, self.username, self.password):
            line.textEdited.connect(self._edit)
        self.channel.editTextChanged.connect(self._edit)
        self.look.clicked.connect(self.look_wanted)

    def _edit(self) -> None:
        self._show_answer()
        self.edited.emit()

    def _offer(self, channels: tuple[str, ...]) -> None:
        """The list to choose from; what was typed stays."""
        listed = tuple(self.channel.itemText(index) for index in range(self.channel.count()))
        if listed != channels:
            typed = self.channel.currentText()
            self.channel.blockSignals(True)
            self.channel.clear()
            self.channel.addItems(channels)
            self.channel.setEditText(typed)
            self.channel.blockSignals(False)

    def _show_answer(self) -> None:
        self.look.setEnabled(bool(self.url.text().strip()) and not self._is_asking)
        report = self._report
        tone: Tone
        if self._is_asking:
            tone, text = "dim", self.tr("正在询问录像机……")
        elif report is None:
            tone, text = "dim", ""
        else:
            is_fine = report.error is None and bool(report.spans)
            tone, text = "ok" if is_fine else "bad", found(report)
        set_tone(self.answer, tone)
        self.answer.setText(text)

    def _retranslate(self) -> None:
        self.fold.setText(self.tr("录像机  ▴") if self.fold.isChecked() else self.tr("录像机  ▾"))
        self.fold.setAccessibleName(self.tr("录像机：已有的 NVR、摄像机自带的卡或 MediaMTX"))
        names = (
            self.tr("录像机地址"),
            self.tr("录像机通道"),
            self.tr("录像机用户名"),
            self.tr("录像机密码"),
        )
        self._name_fields(names)
        name_box(self.channel, names[1])
        inside = self.channel.lineEdit()
        assert inside is not None
        inside.setAccessibleName(names[1])
        inside.setMaxLength(LONGEST)
        self.url.setPlaceholderText("http://192.168.1.8/onvif/device_service")
        self.url.setToolTip(
            plain_tip(
                self.tr(
                    "http://…/onvif/device_service（ONVIF Profile G）、rtsp://…（按时间回放）"
                    "或 mediamtx+http://主机:9996"
                )
            )
        )
        self.username.setPlaceholderText(self.tr("留空则用摄像机的"))
        self.look.setText(self.tr("看看有什么"))
        self._show_answer()


def _line(parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setMaxLength(LONGEST)
    return line
