"""Beside the pictures: draw where something must have moved, and go through what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.motion import Hit, Sensitivity, boxes_of, cells_in
from ui.duration_box import DurationBox
from ui.named_box import name_box
from ui.own_escape import OwnEscape
from ui.region import RegionPicker, Shape
from ui.text.names import name_of
from ui.text.sentences import reason_text
from ui.text.times import age, date_time
from ui.theme import Size
from views.playback.motion_presenter import HIT_PX, MotionSearchPresenter

LONGEST_LENGTH_S = 600
# Beside it the pictures still have room on a screen of 1366.
WIDTH_PX = 330
_ROLE = Qt.ItemDataRole.UserRole


class MotionPanel(QWidget):
    """Enter on a line goes there. Signals: left() by Esc."""

    left = Signal()

    def __init__(self, presenter: MotionSearchPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.camera = QLabel(self)
        self.camera.setTextFormat(Qt.TextFormat.PlainText)
        self.camera.setWordWrap(True)
        self.region = RegionPicker(lambda corners: boxes_of(cells_in(corners)), self)
        self.shape = QComboBox(self)
        self.clear = QPushButton(self)
        self.renew = QPushButton(self)
        self.since = _moment_edit(self)
        self.until = _moment_edit(self)
        self.by_line = QPushButton(self)
        self.sensitivity = QComboBox(self)
        self.length = DurationBox(self)
        self.length.setRange(0, LONGEST_LENGTH_S)
        self.begin = QPushButton(self)
        self.begin.setProperty("kind", "primary")
        self.cancel = QPushButton(self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setProperty("tone", "dim")
        self.list = QListWidget(self)
        self.list.setIconSize(QSize(*HIT_PX))
        OwnEscape(self, self.left.emit)
        self._labels = {name: QLabel(self) for name in ("since", "until", "sensitivity", "length")}
        self._arrange()
        self._connect()
        self._retranslate()
        self.show_state()

    def open(self, camera: str) -> None:
        """For this camera, over the span of the line of time."""
        self._presenter.use_camera(camera)
        self.use_line()
        self._say_camera()
        self.show_state()
        self.region.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def use_line(self) -> None:
        since, until = self._presenter.span
        for edit, at in ((self.since, since), (self.until, until)):
            edit.setDateTime(QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000)))

    def show_state(self) -> None:
        presenter = self._presenter
        self.begin.setEnabled(bool(presenter.camera) and not presenter.is_running)
        self.cancel.setEnabled(presenter.is_running)
        self.bar.setValue(round(presenter.share * 1000))
        self.bar.setVisible(presenter.is_running)
        self._show_hits(presenter.answer.hits)
        self.said.setText(self._summary())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_state()

    def _arrange(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_XS, 0, 0)
        box.setSpacing(Size.GAP_XS)
        box.addWidget(self.camera)
        box.addWidget(self.region)
        # In pairs, and two forms: beside the pictures of a small monitor no more is read whole.
        box.addLayout(_row(self.shape, self.clear))
        box.addLayout(_row(self.renew, self.by_line))
        box.addLayout(self._form({"since": self.since, "until": self.until}))
        box.addLayout(self._form({"sensitivity": self.sensitivity, "length": self.length}))
        box.addLayout(_row(self.begin, self.cancel))
        box.addWidget(self.bar)
        box.addWidget(self.said)
        box.addWidget(self.list, 1)

    def _form(self, fields: Mapping[str, QWidget]) -> QFormLayout:
        """What does not fit beside its name stands below it."""
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Size.GAP_XS)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, field in fields.items():
            form.addRow(self._labels[name], field)
            self._labels[name].setBuddy(field)
        return form

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_state)
        presenter.pictured.connect(self._show_picture)
        presenter.hit_pictured.connect(self._show_hit_picture)
        self.shape.activated.connect(self._use_shape)
        self.clear.clicked.connect(self.region.clear)
        self.renew.clicked.connect(self._renew)
        self.by_line.clicked.connect(self.use_line)
        self.begin.clicked.connect(self._begin)
        self.cancel.clicked.connect(presenter.cancel)
        self.list.itemActivated.connect(self._go)

    def _begin(self) -> None:
        self.list.clear()
        self._presenter.begin(
            self.region.region,
            _moment(self.since),
            _moment(self.until),
            list(Sensitivity)[self.sensitivity.currentIndex()],
            timedelta(seconds=self.length.value()),
        )

    def _use_shape(self, index: int) -> None:
        self.region.set_shape(list(Shape)[index])

    def _renew(self) -> None:
        self._presenter.use_camera(self._presenter.camera)

    def _go(self, item: QListWidgetItem) -> None:
        hit = item.data(_ROLE)
        assert isinstance(hit, Hit)
        self._presenter.go(hit)

    def _show_picture(self) -> None:
        self.region.show_picture(self._presenter.picture)
        self.show_state()

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Only what is new is added: who reads the list keeps their line."""
        known = [self.list.item(row).data(_ROLE) for row in range(self.list.count())]
        if known != list(hits[: len(known)]):
            self.list.clear()
            known = []
        for number, hit in enumerate(hits[len(known) :], len(known)):
            item = QListWidgetItem(_line(hit))
            item.setData(_ROLE, hit)
            self.list.addItem(item)
            if number in self._presenter.hit_pictures:
                self._show_hit_picture(number)

    def _show_hit_picture(self, number: int) -> None:
        item = self.list.item(number)
        if item is not None:
            item.setIcon(QIcon(QPixmap.fromImage(self._presenter.hit_pictures[number])))

    def _summary(self) -> str:
        presenter, answer = self._presenter, self._presenter.answer
        if presenter.question is None:
            return self.tr("在画面上画出要查的地方；不画就查整幅画面。")
        if presenter.is_running:
            return self.tr("已查 {percent}%，找到 {count} 处。").format(
                percent=round(presenter.share * 100), count=len(answer.hits)
            )
        words = [
            self.tr("找到 {count} 处；查了 {length} 的录像。").format(
                count=len(answer.hits), length=age(answer.searched.total_seconds())
            )
        ]
        if presenter.was_cancelled:
            words.insert(0, self.tr("已停止。"))
        if answer.by_keys:
            words.append(
                self.tr("其中 {length} 没有逐秒的移动索引，只看了关键帧，短的移动可能漏掉。").format(
                    length=age(answer.by_keys.total_seconds())
                )
            )
        if answer.elsewhere:
            words.append(
                self.tr("其中 {length} 在录像机上。").format(length=age(answer.elsewhere.total_seconds()))
            )
        if answer.recorder_error:
            words.append(self.tr("录像机上的没有查完：{why}").format(why=reason_text(answer.recorder_error)))
        if answer.out_of_reach:
            words.append(
                self.tr("另有 {length} 的录像不在本机能到的硬盘上，没有查。").format(
                    length=age(answer.out_of_reach.total_seconds())
                )
            )
        if answer.is_cut_short:
            words.append(self.tr("后面还有：请缩小地方或时间。"))
        return " ".join(words)

    def _say_camera(self) -> None:
        camera = self._presenter.camera
        text = (
            self.tr("在 {camera} 的画面里找移动")
            if camera
            else self.tr("先勾选一台摄像机，再找它画面里的移动")
        )
        self.camera.setText(text.format(camera=camera))

    def _retranslate(self) -> None:
        words = {"since": self.tr("从"), "until": self.tr("到")}
        words |= {"sensitivity": self.tr("灵敏度"), "length": self.tr("至少持续")}
        for name, text in words.items():
            self._labels[name].setText(text)
        self.since.setAccessibleName(self.tr("查找从何时起"))
        self.until.setAccessibleName(self.tr("查找到何时止"))
        self.length.setAccessibleName(words["length"])
        for box, choices in (
            (self.shape, [self.tr("矩形"), self.tr("多边形")]),
            (self.sensitivity, [name_of(one) for one in Sensitivity]),
        ):
            index = max(0, box.currentIndex()) if box.count() else 1 if box is self.sensitivity else 0
            box.clear()
            box.addItems(choices)
            box.setCurrentIndex(index)
        name_box(self.shape, self.tr("画什么形状"))
        name_box(self.sensitivity, words["sensitivity"])
        drawing = self.tr("要查的地方：拖出矩形，或逐点画多边形；方向键、空格、回车，退格退一点，Delete 清除")
        self.region.setAccessibleName(drawing)
        self.region.setToolTip(drawing)
        self.clear.setText(self.tr("清除"))
        self.renew.setText(self.tr("换画面"))
        self.renew.setToolTip(self.tr("用现在播放的画面来画"))
        self.by_line.setText(self.tr("按时间轴"))
        self.by_line.setToolTip(self.tr("时间取时间轴上显示的一段"))
        self.begin.setText(self.tr("开始查找"))
        self.cancel.setText(self.tr("停止"))
        self.bar.setAccessibleName(self.tr("查找进度"))
        self.list.setAccessibleName(self.tr("找到的移动；回车跳到"))
        self.list.setToolTip(self.tr("找到的移动；回车跳到"))
        self._say_camera()


def _line(hit: Hit) -> str:
    day, at = date_time(hit.since).split()
    return f"{day}\n{at}\n{age(max(1.0, (hit.until - hit.since).total_seconds()))}"


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Size.GAP_XS)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _moment_edit(parent: QWidget) -> QDateTimeEdit:
    edit = QDateTimeEdit(parent)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
    return edit


def _moment(edit: QDateTimeEdit) -> datetime:
    chosen = edit.dateTime().toUTC().toPython()
    assert isinstance(chosen, datetime)
    return chosen.replace(tzinfo=UTC)
