"""Every signal that came, those that raised nothing too, and beside it the way each one went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from services.alarms.record import SignalStory
from services.domain.signals import OutcomeKind, SignalSearch
from ui.line_table import LineTable
from ui.text.names import name_of
from ui.text.places import local
from ui.text.times import date_time
from views.record.presenter import RecordPresenter
from views.record.story import outcome_text, stations

_FIRST_HOURS = 24


class SignalsPage(QWidget):
    """Signals: playback_asked(SignalStory), when it is wanted what the cameras recorded of it."""

    playback_asked = Signal(object)

    def __init__(self, presenter: RecordPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._story: SignalStory | None = None
        self.since, self.until = QDateTimeEdit(self), QDateTimeEdit(self)
        self.account = QLineEdit(self)
        self.account.setClearButtonEnabled(True)
        self.account.setMaxLength(64)
        self.outcome = QComboBox(self)
        self.find_button, self.more_button = QPushButton(self), QPushButton(self)
        self.table = LineTable(self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way = QTextBrowser(self)
        self.way.setOpenLinks(False)
        self.playback_button = QPushButton(self)
        self.playback_button.hide()
        self._playback_key = ""
        self._build()
        self._connect()
        self._retranslate()
        self.reset_times()

    def reset_times(self) -> None:
        now = QDateTime.currentDateTime()
        self.since.setDateTime(now.addSecs(-_FIRST_HOURS * 3600))
        self.until.setDateTime(now.addSecs(60))

    def offer_playback(self, key: str) -> None:
        """For those who may see recordings; key: what does the same."""
        self._playback_key = key
        self.playback_button.show()
        self._retranslate()

    def ask_playback(self) -> None:
        """Nothing while no signal is chosen, or what became of it is still being read."""
        if self._story is not None and self._story.kept.number == self.table.key():
            self.playback_asked.emit(self._story)

    def search(self) -> None:
        self._presenter.find(
            SignalSearch(
                _instant(self.since.dateTime()),
                _instant(self.until.dateTime()) + timedelta(seconds=1),
                self.account.text().strip(),
                str(self.outcome.currentData() or ""),
            )
        )

    def show_present(self) -> None:
        signals = self._presenter.signals
        lines = [self._headings()]
        for kept in signals:
            trace = kept.trace
            where = local(trace.name) if trace else ""
            lines.append(
                [
                    date_time(kept.signal.received_at),
                    outcome_text(kept.outcome),
                    where,
                    kept.signal.account,
                    kept.signal.code,
                    kept.signal.point or str(kept.signal.zone),
                ]
            )
        self.table.show_lines(lines, [kept.number for kept in signals])
        self.table.setVisible(bool(signals))
        self.empty.setVisible(not signals)
        self.more_button.setVisible(self._presenter.has_more)

    def show_story(self, story: SignalStory) -> None:
        """Plain text: what a panel sent is not to be read as markup."""
        self._story = story
        self._offer()
        self.way.setPlainText("\n\n".join(f"▸ {one.name}\n{one.text}" for one in stations(story)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        bar = QHBoxLayout()
        for edit in (self.since, self.until):
            edit.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
            bar.addWidget(edit)
        bar.addWidget(self.account, 1)
        bar.addWidget(self.outcome)
        bar.addWidget(self.find_button)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.more_button)
        right = QWidget(self)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.way, 1)
        beside.addWidget(self.playback_button)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([560, 380])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.addLayout(bar)
        outer.addWidget(split, 1)

    def _connect(self) -> None:
        self._presenter.signals_changed.connect(self.show_present)
        self._presenter.story_found.connect(self.show_story)
        self.find_button.clicked.connect(self.search)
        self.account.returnPressed.connect(self.search)
        self.outcome.activated.connect(self.search)
        self.more_button.clicked.connect(self._presenter.more)
        self.table.itemSelectionChanged.connect(self._tell)
        self.table.itemActivated.connect(self.ask_playback)
        self.playback_button.clicked.connect(self.ask_playback)

    def _offer(self) -> None:
        number = self.table.key()
        is_known = self._story is not None and self._story.kept.number == number
        self.playback_button.setEnabled(number is not None and is_known)

    def _tell(self) -> None:
        number = self.table.key()
        self._offer()
        if number is not None:
            self._presenter.tell(number)

    def _headings(self) -> list[str]:
        return [
            self.tr("收到"),
            self.tr("结果"),
            self.tr("名称"),
            self.tr("账号"),
            self.tr("代码"),
            self.tr("防区或点位"),
        ]

    def _retranslate(self) -> None:
        chosen = self.outcome.currentData()
        self.outcome.clear()
        self.outcome.addItem(self.tr("全部结果"), "")
        for outcome in OutcomeKind:
            self.outcome.addItem(name_of(outcome), outcome.value)
        self.outcome.setCurrentIndex(max(0, self.outcome.findData(chosen)))
        self.outcome.setAccessibleName(self.tr("结果"))
        self.since.setAccessibleName(self.tr("从何时"))
        self.until.setAccessibleName(self.tr("到何时"))
        self.account.setPlaceholderText(self.tr("账号（开头几位）"))
        self.account.setAccessibleName(self.tr("账号"))
        self.find_button.setText(self.tr("查询"))
        self.more_button.setText(self.tr("更早的"))
        self.table.setAccessibleName(self.tr("信号"))
        self.playback_button.setText(self.tr("回放这一刻（{key}）").format(key=self._playback_key))
        self.playback_button.setToolTip(self.tr("从信号收到的那一秒起，看报警选中的摄像机当时录下的"))
        self.way.setAccessibleName(self.tr("为什么弹出或没有弹出"))
        self.empty.setText(self.tr("这段时间没有符合条件的信号。请放宽时间、账号或结果。"))
        self.show_present()
        if self._story is not None:
            self.show_story(self._story)
        else:
            # What stands there before is no placeholder: those are not wrapped.
            self.way.setPlainText(self.tr("选一个信号，这里逐步说明它经过了什么、为什么弹出或没有弹出。"))


def _instant(at: QDateTime) -> datetime:
    return datetime.fromtimestamp(at.toSecsSinceEpoch(), UTC)
