"""The report form: what, where, who says so; beside it the plan, below it what is like it already."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.alarms.reporting import MOST_WORD, Likeness, ReportKind
from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.site import Point
from ui.map.point_picker import PointPicker
from ui.text import sentence
from ui.text.lists import in_turn
from ui.text.names import name_of
from ui.text.places import local, local_lines
from ui.text.times import age, distance, seconds_since
from ui.theme import Size
from ui.tone import set_tone
from views.calltaking.presenter import CallPresenter

KEY = "F12"
LOOK_AFTER_MS = 250
_SIZE_PX = (980, 600)
_FORM_PX = 430
_TEXT_PX = 76
_SIMILAR_PX = 104
_KINDS = tuple(ReportKind)
_ALARM = Qt.ItemDataRole.UserRole


class CallDialog(QDialog):
    """Never modal: the next alarm must not wait for it. What was typed stays until it is sent or left."""

    def __init__(
        self, presenter: CallPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._clock = clock or SystemClock()
        self._error: ServiceError | None = None
        self._named = ""
        self.setModal(False)
        self.kinds = [QPushButton(self) for _kind in _KINDS]
        self._kind_group = QButtonGroup(self)
        self.place = QLineEdit(self)
        self.text = QPlainTextEdit(self)
        self.caller = QLineEdit(self)
        self.phone = QLineEdit(self)
        self.picker = PointPicker(self, clock=clock)
        self.picker.set_site(presenter.site)
        self.similar_title = QLabel(self)
        self.similar = QListWidget(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("tone", "bad")
        self.send = QPushButton(self)
        self.send.setProperty("kind", "primary")
        self.attach = QPushButton(self)
        self.leave = QPushButton(self)
        self._labels = {widget: QLabel(self) for widget in (self.place, self.text, self.caller, self.phone)}
        self._names = QStringListModel(presenter.places, self)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_AFTER_MS)
        self._build()
        self._connect()
        self._retranslate()
        self.resize(*_SIZE_PX)

    @property
    def kind(self) -> ReportKind:
        return _KINDS[max(0, self._kind_group.checkedId())]

    def open_at(self, spot: Point | None = None) -> None:
        """A new form, or the one that is open with another spot."""
        if not self.isVisible():
            self._clear()
        if spot is not None:
            self.picker.set_point(spot)
            self._name_spot()
        self.show()
        self.raise_()
        self.activateWindow()
        first = self.place if not self.place.text() else self.text
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def choose(self, kind: ReportKind) -> None:
        self.kinds[_KINDS.index(kind)].setChecked(True)
        self._looking.start()

    def show_similar(self) -> None:
        found = self._presenter.similar
        self.similar.clear()
        for one in found:
            item = QListWidgetItem(self._likeness(one))
            item.setData(_ALARM, one.alarm.id)
            self.similar.addItem(item)
        if found:
            self.similar.setCurrentRow(0)
        self.similar_title.setText(
            self.tr("可能已经有人报过（{count}）：选一条并入，或仍作为新报警").format(count=len(found))
            if found
            else self.tr("十分钟内附近没有相似的报警")
        )
        set_tone(self.similar_title, "warn" if found else "dim")
        self.similar.setVisible(bool(found))
        self._show_buttons()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        kinds = QGridLayout()
        kinds.setSpacing(Size.GAP_XS)
        for index, button in enumerate(self.kinds):
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._kind_group.addButton(button, index)
            kinds.addWidget(button, index // 4, index % 4)
        self.kinds[0].setChecked(True)
        completer = QCompleter(self._names, self.place)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.place.setCompleter(completer)
        for line in (self.place, self.caller, self.phone):
            line.setMaxLength(MOST_WORD)
        self.text.setFixedHeight(_TEXT_PX)
        self.text.setTabChangesFocus(True)
        self.similar.setFixedHeight(_SIMILAR_PX)
        form = QWidget(self)
        form.setFixedWidth(_FORM_PX)
        box = QVBoxLayout(form)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Size.GAP_XS)
        box.addLayout(kinds)
        for widget in (self.place, self.text, self.caller, self.phone):
            self._labels[widget].setBuddy(widget)
            box.addWidget(self._labels[widget])
            box.addWidget(widget)
        box.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(form)
        middle.addWidget(self.picker, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.message, 1)
        for button in (self.leave, self.attach, self.send):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        outer = QVBoxLayout(self)
        outer.addLayout(middle, 1)
        outer.addWidget(self.similar_title)
        outer.addWidget(self.similar)
        outer.addLayout(buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.similar_changed.connect(self.show_similar)
        presenter.done.connect(self._on_done)
        presenter.refused.connect(self._refuse)
        presenter.busy_changed.connect(self._show_buttons)
        presenter.site_changed.connect(self._on_site)
        self.picker.placed.connect(self._name_spot)
        self.place.textEdited.connect(self._looking.start)
        self.place.editingFinished.connect(self._find_place)
        self._kind_group.idClicked.connect(self._looking.start)
        self._looking.timeout.connect(self._look)
        self.send.clicked.connect(self._send)
        self.attach.clicked.connect(self._attach)
        self.leave.clicked.connect(self.reject)
        self.similar.itemActivated.connect(self._attach)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._send)
        QShortcut(QKeySequence("Ctrl+J"), self).activated.connect(self._attach)
        for index, button in enumerate(self.kinds):
            QShortcut(QKeySequence(f"Alt+{index + 1}"), self).activated.connect(button.click)

    def _name_spot(self) -> None:
        """A click names the place, unless a person has written one."""
        spot = self.picker.point
        if spot is not None and self.place.text() in ("", self._named):
            self._named = self._presenter.place_of(spot)
            self.place.setText(self._named)
        self._looking.start()

    def _find_place(self) -> None:
        """A known name moves the mark; an unknown one leaves it."""
        presenter, marked = self._presenter, self.picker.point
        spot = presenter.spot_of(self.place.text())
        if spot is not None and (marked is None or presenter.place_of(marked) != self.place.text()):
            self.picker.set_point(spot)
        self._looking.start()

    def _look(self) -> None:
        if self.isVisible() and (self.place.text().strip() or self.picker.point is not None):
            self._presenter.look(self.kind, self.place.text(), self.picker.point)

    def _send(self) -> None:
        self._go("")

    def _attach(self) -> None:
        if self.similar.isVisible() and self.similar.count():
            self._go(self.similar.currentItem().data(_ALARM))

    def _go(self, attach_to: str) -> None:
        self._find_place()
        self._error = None
        self._show_error()
        self._presenter.send(
            self.kind,
            self.place.text(),
            self.picker.point,
            text=self.text.toPlainText(),
            caller=self.caller.text(),
            phone=self.phone.text(),
            attach_to=attach_to,
        )

    def _on_done(self, _alarm: Alarm) -> None:
        self.hide()

    def _refuse(self, error: ServiceError) -> None:
        self._error = error
        self._show_error()

    def _on_site(self) -> None:
        self.picker.set_site(self._presenter.site)
        self._names.setStringList(self._presenter.places)

    def _clear(self) -> None:
        self._presenter.begin()
        self._named = ""
        self.kinds[0].setChecked(True)
        for line in (self.place, self.caller, self.phone):
            line.clear()
        self.text.clear()
        self.picker.set_point(None)
        self._error = None
        self._show_error()
        self.show_similar()

    def _show_error(self) -> None:
        self.message.setText(sentence(self._error) if self._error is not None else "")

    def _show_buttons(self) -> None:
        is_free = not self._presenter.is_busy
        self.send.setEnabled(is_free)
        self.attach.setVisible(bool(self._presenter.similar))
        self.attach.setEnabled(is_free)

    def _likeness(self, one: Likeness) -> str:
        alarm = one.alarm
        parts = [
            alarm.event_no,
            name_of(alarm.alarm_class),
            local(alarm.place),
            "" if one.distance_m is None else distance(one.distance_m),
            self.tr("{age}前").format(age=age(seconds_since(alarm.last_occurrence_at, self._clock.now()))),
            alarm.owner_name or self.tr("无人接警"),
            in_turn(local_lines(alarm.note)),
        ]
        return "  ".join(part for part in parts if part)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("接警登记"))
        words = {
            ReportKind.PANIC: self.tr("求助"),
            ReportKind.FIRE: self.tr("火灾"),
            ReportKind.MEDICAL: self.tr("医疗"),
            ReportKind.INTRUSION: self.tr("闯入"),
            ReportKind.ACCESS: self.tr("门禁"),
            ReportKind.DEVICE: self.tr("设备损坏"),
            ReportKind.UNKNOWN: self.tr("其他"),
        }
        for index, (kind, button) in enumerate(zip(_KINDS, self.kinds, strict=True)):
            button.setText(words[kind])
            button.setToolTip(f"Alt+{index + 1}")
        names = (self.tr("位置"), self.tr("内容"), self.tr("报警人"), self.tr("电话"))
        for (widget, label), name in zip(self._labels.items(), names, strict=True):
            label.setText(name)
            widget.setAccessibleName(name)
        self.place.setPlaceholderText(self.tr("楼、门、路口，或在右边图上点一下"))
        self.text.setPlaceholderText(self.tr("发生了什么、几个人、有没有人受伤"))
        self.picker.setAccessibleName(self.tr("现场位置"))
        self.similar.setAccessibleName(self.tr("相似的报警"))
        self.send.setText(self.tr("报警  Ctrl+回车"))
        self.attach.setText(self.tr("并入所选  Ctrl+J"))
        self.leave.setText(self.tr("取消  Esc"))
        self.show_similar()
        self._show_error()
