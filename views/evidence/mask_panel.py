"""Where boxes are drawn over what a copy must not show, and led along with what moves; or only looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey
from ui.named_box import name_box
from ui.own_escape import OwnEscape
from ui.text import sentence
from ui.text.times import date_time, tenths
from ui.theme import Size
from views.evidence.mask_picture import MaskPicture
from views.evidence.mask_presenter import MaskPresenter

SIDE_PX = 270
# Beside the slider: how far a button goes, and by which key.
STEPS = (
    (timedelta(seconds=-10), "Ctrl+PgUp"),
    (timedelta(seconds=-1), "PgUp"),
    (timedelta(seconds=-0.2), ","),
    (timedelta(seconds=0.2), "."),
    (timedelta(seconds=1), "PgDown"),
    (timedelta(seconds=10), "Ctrl+PgDown"),
)
_SLIDER_STEP_MS, _SLIDER_PAGE_MS = 200, 5000
_NUDGE, _FAR = 1 / 128, 1 / 16
_MOVES = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
_MILLISECOND = timedelta(milliseconds=1)


class MaskPanel(QWidget):
    """Signals: left(masks) when the person goes back to the request; nothing drawn is ever thrown away;
    looked() when they have only looked.
    """

    left = Signal(tuple)
    looked = Signal()

    def __init__(self, presenter: MaskPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.camera = QComboBox(self)
        self.picture = MaskPicture(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.moment = QLabel(self)
        self.steps = [QPushButton(self) for _ in STEPS]
        self.boxes, self.keys = QListWidget(self), QListWidget(self)
        self.add, self.remove_box = QPushButton(self), QPushButton(self)
        self.before, self.after = QPushButton(self), QPushButton(self)
        self.remove_key = QPushButton(self)
        self.veil = QCheckBox(self)
        self.done = QPushButton(self)
        self.said = QLabel(self)
        self._title, self._hint = QLabel(self), QLabel(self)
        self._heads = QLabel(self), QLabel(self)
        self._arrange()
        self._connect()
        self._retranslate()

    def open(
        self, cameras: Mapping[str, str], since: datetime, until: datetime, masks: Sequence[Mask]
    ) -> None:
        """cameras: what those asked for over [since, until) are called, by their numbers; at least one."""
        self._begin(cameras, since, until, masks, is_fixed=False)
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(
        self, cameras: Mapping[str, str], since: datetime, until: datetime, masks: Sequence[Mask]
    ) -> None:
        """The same for who decides: nothing can be drawn, moved or taken away."""
        self._begin(cameras, since, until, masks, is_fixed=True)
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(
        self,
        cameras: Mapping[str, str],
        since: datetime,
        until: datetime,
        masks: Sequence[Mask],
        *,
        is_fixed: bool,
    ) -> None:
        self.camera.clear()
        self.camera.addItems(list(cameras.values()))
        self.slider.setRange(0, max(1, (until - since) // _MILLISECOND - 1))
        self.said.clear()
        self.picture.is_fixed = is_fixed
        for button in (self.add, self.remove_box, self.remove_key):
            button.setVisible(not is_fixed)
        self._presenter.open(tuple(cameras), since, until, masks, is_fixed=is_fixed)
        self._retranslate()

    def show_state(self) -> None:
        presenter = self._presenter
        self.picture.show_boxes(presenter.box, presenter.others)
        self._show_moment()
        self._show_boxes()
        self._show_keys()
        self.remove_box.setEnabled(presenter.chosen is not None)
        self.remove_key.setEnabled(presenter.is_on_key)
        self._hint.setText(self._hint_words())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _arrange(self) -> None:
        self._title.setProperty("tone", "title")
        self.done.setProperty("kind", "primary")
        self.said.setProperty("tone", "bad")
        self._hint.setProperty("tone", "dim")
        for label in (self.said, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.camera.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.slider.setSingleStep(_SLIDER_STEP_MS)
        self.slider.setPageStep(_SLIDER_PAGE_MS)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self.camera)
        top.addWidget(self.veil)
        top.addStretch(1)
        top.addWidget(self.done)
        steps = QHBoxLayout()
        steps.setSpacing(Size.GAP_XS)
        for button in self.steps:
            steps.addWidget(button)
        steps.addStretch(1)
        when = QHBoxLayout()
        when.addWidget(self.slider, 1)
        when.addWidget(self.moment)
        seen = QVBoxLayout()
        seen.addWidget(self.picture, 1)
        seen.addLayout(when)
        seen.addLayout(steps)
        middle = QHBoxLayout()
        middle.addLayout(seen, 1)
        middle.addWidget(self._side())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addLayout(middle, 1)
        box.addWidget(self.said)

    def _side(self) -> QWidget:
        side = QWidget(self)
        side.setFixedWidth(SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_XS)
        for head, lines, buttons in (
            (self._heads[0], self.boxes, (self.add, self.remove_box)),
            (self._heads[1], self.keys, (self.before, self.after, self.remove_key)),
        ):
            head.setBuddy(lines)
            column.addWidget(head)
            column.addWidget(lines, 1)
            row = QHBoxLayout()
            row.setSpacing(Size.GAP_XS)
            for button in buttons:
                row.addWidget(button)
            column.addLayout(row)
        column.addWidget(self._hint)
        return side

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_state)
        presenter.pictured.connect(self._show_picture)
        presenter.refused.connect(self._tell_refused)
        self.camera.activated.connect(self._use_camera)
        self.picture.drawn.connect(self._take_drawn)
        self.picture.picked.connect(presenter.choose_other)
        self.picture.moved.connect(presenter.move_box)
        self.slider.valueChanged.connect(self._slide)
        self.boxes.currentRowChanged.connect(presenter.choose)
        self.keys.currentRowChanged.connect(self._go_to_key)
        self.veil.toggled.connect(presenter.veil)
        for button, (by, _keys) in zip(self.steps, STEPS, strict=True):
            button.clicked.connect(partial(presenter.step, by))
        for keys, button, act in (
            ("Ins", self.add, self._begin_box),
            ("Ctrl+Del", self.remove_box, presenter.remove_box),
            ("Del", self.remove_key, presenter.remove_key),
            ("[", self.before, partial(presenter.go_to_key, -1)),
            ("]", self.after, partial(presenter.go_to_key, 1)),
            ("Ctrl+Return", self.done, self._leave),
        ):
            button.clicked.connect(act)
            self._add_key(keys, button.click)
        for button, (_by, keys) in zip(self.steps, STEPS, strict=True):
            self._add_key(keys, button.click)
        OwnEscape(self, self._leave)
        for name, (right, down) in _MOVES.items():
            for keys, far in ((f"Alt+{name}", _NUDGE), (f"Alt+Shift+{name}", _FAR)):
                self._add_key(keys, partial(presenter.move_box, right * far, down * far))

    def _add_key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _leave(self) -> None:
        if self._presenter.is_fixed:
            self.looked.emit()
        else:
            self.left.emit(self._presenter.masks)

    def _use_camera(self, row: int) -> None:
        self._presenter.use_camera(self._presenter.cameras[row])

    def _begin_box(self) -> None:
        if self._presenter.is_fixed:
            return
        self._presenter.choose(-1)
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_drawn(self) -> None:
        if self.picture.region:
            across, down = zip(*self.picture.region, strict=True)
            self._presenter.set_box(min(across), min(down), max(across), max(down))

    def _slide(self, value_ms: int) -> None:
        self._presenter.go(self._presenter.since + value_ms * _MILLISECOND)

    def _go_to_key(self, row: int) -> None:
        chosen = self._presenter.chosen
        if chosen is not None and 0 <= row < len(chosen.keys):
            self._presenter.go(chosen.keys[row].at)

    def _tell_refused(self, error: ServiceError) -> None:
        self.said.setText(sentence(error))
        self.picture.say_absent(sentence(error))

    # what is shown

    def _show_picture(self) -> None:
        self.picture.show_picture(self._presenter.picture)

    def _show_moment(self) -> None:
        presenter = self._presenter
        self.slider.blockSignals(True)
        self.slider.setValue((presenter.at - presenter.since) // _MILLISECOND)
        self.slider.blockSignals(False)
        told = _moment_words(presenter.at)
        if presenter.is_waiting:
            told = self.tr("{moment} 正在取画面").format(moment=told)
        elif presenter.picture is None:
            told = self.tr("{moment} 没有录像").format(moment=told)
        self.moment.setText(told)
        self.picture.say_absent(self._absent_words())

    def _absent_words(self) -> str:
        presenter = self._presenter
        if presenter.picture is not None:
            return ""
        if presenter.is_waiting:
            return self.tr("正在取画面")
        return self.tr("这台摄像机这一刻没有录像。请移动下面的时刻，或另选一台摄像机。")

    def _show_boxes(self) -> None:
        presenter = self._presenter
        lines = [
            self.tr("框 {number}，{count} 个关键点").format(
                number=row, count=len(presenter.masks[number].keys)
            )
            for row, number in enumerate(presenter.numbers, 1)
        ]
        _fill(self.boxes, lines, presenter.chosen_row)

    def _show_keys(self) -> None:
        """The line of the picture in front stands out."""
        chosen, seen_at = self._presenter.chosen, self._presenter.seen_at
        keys: tuple[MaskKey, ...] = chosen.keys if chosen is not None else ()
        row = next((row for row, key in enumerate(keys) if abs(key.at - seen_at) < _MILLISECOND), -1)
        _fill(self.keys, [_moment_words(key.at) for key in keys], row)

    def _hint_words(self) -> str:
        presenter = self._presenter
        if presenter.is_fixed:
            return self.tr("副本里这些框盖住的地方看不见；两个关键点之间框匀速移动。只能看，不能改。")
        if presenter.chosen is None:
            return self.tr("用鼠标拖出要遮挡的地方；或用方向键移动十字，空格定两个角。框在整段录像里都在。")
        if presenter.is_on_key:
            return self.tr("换一个时刻，把框拖到那时的位置（Alt+方向键），两个关键点之间框匀速移动。")
        return self.tr("这里的框由前后关键点推算；拖动或重画就在这一刻加一个关键点。")

    def _retranslate(self) -> None:
        is_fixed = self._presenter.is_fixed
        self._title.setText(self.tr("申请的遮挡框") if is_fixed else self.tr("画遮挡框"))
        name_box(
            self.camera, self.tr("看哪台摄像机的画面") if is_fixed else self.tr("在哪台摄像机的画面上画")
        )
        drawing = self.tr("录像画面：拖出框，或拖动框；方向键、空格画框，Alt+方向键移动框")
        if is_fixed:
            drawing = self.tr("录像画面和申请的遮挡框")
        self.picture.setAccessibleName(drawing)
        self.picture.setToolTip(drawing)
        self.slider.setAccessibleName(self.tr("录像时刻"))
        for button, (by, keys) in zip(self.steps, STEPS, strict=True):
            sign = "+" if by > timedelta() else "−"
            button.setText(f"{sign}{tenths(abs(by.total_seconds()))}")
            button.setToolTip(keys)
        self._heads[0].setText(self.tr("框"))
        self._heads[1].setText(self.tr("关键点"))
        self.boxes.setAccessibleName(self.tr("这台摄像机的框"))
        self.keys.setAccessibleName(self.tr("这个框的关键点"))
        named = {
            self.add: (self.tr("新框"), "Insert"),
            self.remove_box: (self.tr("删框"), "Ctrl+Delete"),
            self.before: (self.tr("上一个"), "["),
            self.after: (self.tr("下一个"), "]"),
            self.remove_key: (self.tr("删这个"), "Delete"),
            self.done: (
                self.tr("回到申请") if is_fixed else self.tr("完成，回到申请"),
                "Ctrl+Enter, Esc",
            ),
        }
        for one, (text, keys) in named.items():
            one.setText(text)
            one.setToolTip(keys)
        self.veil.setText(self.tr("看遮挡后的样子"))
        self.show_state()


def _fill(lines: QListWidget, texts: list[str], row: int) -> None:
    """Says nothing: what stands out was chosen elsewhere. Lines that stay keep the keyboard."""
    lines.blockSignals(True)
    if [lines.item(at).text() for at in range(lines.count())] != texts:
        lines.clear()
        lines.addItems(texts)
    lines.setCurrentRow(row)
    lines.blockSignals(False)


def _moment_words(at: datetime) -> str:
    """To the thousandth: keys lie so near to each other."""
    return f"{date_time(at)}.{at.microsecond // 1000:03d}"
