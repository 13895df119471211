"""The fire linkage screen: outputs by place, the fire alarms that call for them, and what was ordered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.domain.outputs import WHOLE_SITE, Activity, OrderState, OutputMode
from ui.front_screen import FrontScreen
from ui.line_table import show_as_lines
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local, local_name
from ui.theme import tokens
from ui.tips import plain_tip
from views.fire.chosen import ChosenOutput
from views.fire.presenter import FirePresenter
from views.fire.rows import OutputRow, cells, headings, history_text

# Below the table: room for the form of two persons.
BELOW_PX = 320
PANEL_PX = 400
FIRES_PX = 84
# A drill that ends by itself takes its banner away within this time.
LOOK_MS = 1000
_NO = Qt.ItemDataRole.UserRole
_ACTIVITY, _COMMAND, _FAULT = 3, 4, 7


class FireScreen(FrontScreen):
    """alarm_chosen(alarm_id): to be shown where alarms are handled."""

    alarm_chosen = Signal(str)

    def __init__(self, presenter: FirePresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent, beat_ms=LOOK_MS)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self.mode = QLabel(self)
        self.mode_button, self.drill_button = QPushButton(self), QPushButton(self)
        self.banner = QFrame(self)
        self.banner.setProperty("surface", "banner")
        self._banner_text = QLabel(self.banner)
        self._banner_text.setWordWrap(True)
        self.table = QTableWidget(0, len(headings()), self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fires_title, self._history_title = QLabel(self), QLabel(self)
        self.fires, self.history = QListWidget(self), QListWidget(self)
        self.chosen = ChosenOutput(presenter, self)
        self._beat.timeout.connect(self._show_mode)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        rows = self._presenter.rows()
        table, chosen = self.table, self._presenter.chosen
        table.blockSignals(True)
        table.setRowCount(len(rows))
        table.clearSelection()
        for index, row in enumerate(rows):
            self._fill(index, row)
            if chosen is not None and row.output.no == chosen.output.no:
                table.selectRow(index)
        table.blockSignals(False)
        table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_fires()
        self._show_mode()
        self.chosen.show_present()

    def show_history(self) -> None:
        chosen = self._presenter.chosen
        title = self.tr("命令记录")
        self._history_title.setText(f"{title} · {local_name(chosen.output)}" if chosen else title)
        self.history.clear()
        for order in self._presenter.history:
            output = self._presenter.site.output(order.output)
            text = history_text(order, local_name(output) if output else order.output)
            item = QListWidgetItem(text)
            item.setToolTip(plain_tip(text))
            if order.state is OrderState.FAULT:
                item.setForeground(QColor(tokens().bad))
            self.history.addItem(item)
        if not self._presenter.history:
            self.history.addItem(self.tr("还没有命令。"))

    def _build(self) -> None:
        table = self.table
        show_as_lines(table)
        header = table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.fires.setFixedHeight(FIRES_PX)
        for lines in (self.fires, self.history):
            lines.setWordWrap(True)
            lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for words in (self._history_title, self._fires_title):
            words.setProperty("tone", "title")
        bar = QHBoxLayout(self.banner)
        bar.addWidget(self._banner_text, 1)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addSpacing(12)
        top.addWidget(self.mode)
        top.addStretch(1)
        top.addWidget(self.mode_button)
        top.addWidget(self.drill_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(8)
        outer.addLayout(top)
        outer.addWidget(self.banner)
        outer.addWidget(table, 1)
        outer.addWidget(self.empty, 1)
        outer.addWidget(self._below())

    def _below(self) -> QWidget:
        """Fires and orders on the left, what can be done on the right."""
        below = QWidget(self)
        below.setFixedHeight(BELOW_PX)
        left = QVBoxLayout()
        left.setSpacing(6)
        for part in (self._fires_title, self.fires, self._history_title):
            left.addWidget(part)
        left.addWidget(self.history, 1)
        scroll = QScrollArea(below)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.chosen)
        scroll.setFixedWidth(PANEL_PX)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QHBoxLayout(below)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addLayout(left, 1)
        box.addWidget(scroll)
        return below

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.history_changed.connect(self.show_history)
        self.table.itemSelectionChanged.connect(self._choose)
        self.fires.itemActivated.connect(self._open_alarm)
        self.fires.itemClicked.connect(self._open_alarm)
        self.mode_button.clicked.connect(self._toggle_mode)
        self.drill_button.clicked.connect(presenter.toggle_drill)
        self.mode_button.setShortcut(QKeySequence("Ctrl+G"))
        self.drill_button.setShortcut(QKeySequence("Ctrl+D"))

    def _fill(self, index: int, row: OutputRow) -> None:
        for column, text in enumerate(cells(row)):
            item = QTableWidgetItem(text)
            item.setData(_NO, row.output.no)
            item.setToolTip(plain_tip(text))
            ink = _ink(row, column)
            if ink:
                item.setForeground(QColor(ink))
            self.table.setItem(index, column, item)

    def _show_fires(self) -> None:
        self.fires.clear()
        for alarm in self._presenter.fires():
            text = f"{times.clock_time(alarm.received_at)}  {local(alarm.place)}  {local(alarm.name)}"
            item = QListWidgetItem(text)
            item.setData(_NO, alarm.id)
            item.setForeground(QColor(tokens().bad))
            item.setToolTip(plain_tip(text))
            self.fires.addItem(item)
        if not self.fires.count():
            self.fires.addItem(self.tr("没有火灾报警。"))

    def _show_mode(self) -> None:
        presenter, state = self._presenter, self._presenter.site_state
        text = self.tr("全局：{mode}").format(mode=name_of(state.mode))
        if state.mode_at is not None:
            text += "  " + self.tr("{name} {at} 设定").format(
                name=state.mode_by_name, at=times.date_time(state.mode_at)[5:]
            )
        self.mode.setText(text)
        is_automatic = state.mode is OutputMode.AUTOMATIC
        self.mode_button.setText(self.tr("全局改为手动") if is_automatic else self.tr("全局改为自动"))
        may = presenter.may_set_mode and not presenter.is_busy
        self.mode_button.setEnabled(may)
        self.drill_button.setEnabled(may)
        is_drill = presenter.is_drill
        self.drill_button.setText(self.tr("结束演练") if is_drill else self.tr("开始演练"))
        self.banner.setVisible(is_drill)
        if is_drill:
            self._show_drill()

    def _show_drill(self) -> None:
        """A real fire during a drill must not be taken for part of it."""
        is_real = any(not alarm.is_drill for alarm in self._presenter.fires())
        self._banner_text.setText(self._drill_text(is_real=is_real))
        severity = "trouble" if is_real else "notice"
        if self.banner.property("severity") != severity:
            self.banner.setProperty("severity", severity)
            for part in (self.banner, self._banner_text):
                part.style().unpolish(part)
                part.style().polish(part)

    def _drill_text(self, *, is_real: bool) -> str:
        state = self._presenter.site_state
        until, who = times.clock_time(state.drill_until), state.drill_by_name
        if is_real:
            return self.tr("演练中有真实火警！现在的命令不会动作，需要动作请立即结束演练 (Ctrl+D)。")
        return self.tr("演练中：命令只走流程，任何设备都不会动作。{who} 开始，{until} 自动结束。").format(
            who=who, until=until
        )

    def _choose(self) -> None:
        items = self.table.selectedItems()
        self._presenter.choose(items[0].data(_NO) if items else "")

    def _open_alarm(self, item: QListWidgetItem) -> None:
        alarm_id = item.data(_NO)
        if alarm_id:
            self.alarm_chosen.emit(alarm_id)

    def _toggle_mode(self) -> None:
        self._presenter.toggle_mode(WHOLE_SITE)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("消防联动"))
        self._fires_title.setText(self.tr("火灾报警"))
        self.empty.setText(self.tr("校区文件里还没有联动输出。请管理员在 [outputs] 一节写入。"))
        self.table.setHorizontalHeaderLabels(headings())
        self.table.setAccessibleName(self.tr("联动输出"))
        self.fires.setAccessibleName(self.tr("火灾报警"))
        self.history.setAccessibleName(self.tr("命令记录"))
        self.mode_button.setToolTip("Ctrl+G")
        self.drill_button.setToolTip("Ctrl+D")
        self.show_present()
        self.show_history()


def _ink(row: OutputRow, column: int) -> str:
    """Colour beside the word, never instead of it."""
    theme = tokens()
    if column == _ACTIVITY and row.activity is not Activity.OFF:
        return theme.ok if row.activity is Activity.ON else theme.warn
    if column == _COMMAND and row.waiting is not None:
        return theme.warn
    if column == _FAULT and row.is_in_trouble:
        return theme.bad
    return ""
