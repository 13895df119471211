"""The alarm monitor: alarm stages open here; in between it is calm and sums up the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from ui.linkage.record import LinkageRecord
from ui.queue.notices import notice_line
from ui.queue.words import card_words
from ui.stage import AlarmStage, StageScene
from ui.text.times import clock_time
from views.watch.presenter import WatchPresenter


class AlarmPage(QWidget):
    """Never takes the focus by itself, and covers nothing: it has its monitor for itself."""

    def __init__(
        self, presenter: WatchPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.stage = AlarmStage(self, clock=clock)
        self.linkage = LinkageRecord(self)
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.calm = CalmPage(self)
        self._shown = QWidget(self)
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage, 1)
        column.addWidget(self.linkage)
        column.addWidget(self.told)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.calm)
        self._pages.addWidget(self._shown)
        self._connect()
        self.show_present()

    def show_present(self) -> None:
        """Everything as the presenter has it now."""
        presenter = self._presenter
        plate = presenter.stage_plate
        scene = StageScene(plate, tuple(presenter.stage_contents)) if plate is not None else None
        if scene != self.stage.scene:
            self.stage.show_scene(scene)
        self.linkage.show_runs(presenter.staged_runs)
        self.told.setText("\n".join(map(notice_line, presenter.staged_notices)))
        self.told.setVisible(bool(presenter.staged_notices))
        self.stage.set_count(presenter.stage_position, len(presenter.staged))
        self.calm.show_queue(presenter.queue, presenter.session.user)
        self._pages.setCurrentWidget(self.calm if scene is None else self._shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _connect(self) -> None:
        presenter, stage = self._presenter, self.stage
        presenter.changed.connect(self.show_present)
        stage.alarm_action.connect(presenter.act_on)
        stage.plate_painted.connect(presenter.reports.note_displayed)
        stage.picture_painted_under_alarm.connect(presenter.reports.note_filmed)
        stage.cameras_seen.connect(self._note_seen)
        stage.tile_opened.connect(presenter.wall.show_camera)
        stage.next_asked.connect(presenter.next_on_stage)
        stage.previous_asked.connect(presenter.previous_on_stage)
        stage.put_away_asked.connect(presenter.put_away)

    def _note_seen(self, camera_nos: frozenset[str]) -> None:
        self._presenter.note_stage_seen("alarm monitor", camera_nos)


class CalmPage(QWidget):
    """What waits, in words: nothing moves and nothing shines while there is nothing to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue: tuple[Alarm, ...] = ()
        self._user = ""
        self._heading = QLabel(self)
        self._heading.setProperty("tone", "heading")
        self._sums = QLabel(self)
        self._oldest = QLabel(self)
        self._oldest.setProperty("tone", "dim")
        column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (self._heading, self._sums, self._oldest):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        self._say()

    @property
    def words(self) -> tuple[str, str, str]:
        """Heading, sums, the oldest alarm."""
        return self._heading.text(), self._sums.text(), self._oldest.text()

    def show_queue(self, queue: Sequence[Alarm], user: str) -> None:
        self._queue, self._user = tuple(queue), user
        self._say()

    def _say(self) -> None:
        if not self._queue:
            self._heading.setText(self.tr("没有未结束的报警"))
            self._sums.setText(self.tr("新的报警会带着现场画面出现在这里。"))
            self._oldest.setText("")
            return
        self._heading.setText(self.tr("没有需要看画面的报警"))
        self._sums.setText(self._sum_text())
        oldest = min(self._queue, key=lambda alarm: alarm.received_at)
        said = card_words(oldest)
        text = self.tr("最早的一条：{at}  {title}  {place}")
        self._oldest.setText(
            text.format(at=clock_time(oldest.received_at), title=said.title, place=said.place)
        )

    def _sum_text(self) -> str:
        waiting = sum(not alarm.owner or alarm.offered_at is not None for alarm in self._queue)
        own = sum(alarm.owner == self._user for alarm in self._queue)
        by_priority = Counter(alarm.priority for alarm in self._queue)
        levels = "  ".join(f"P{level:d} {by_priority[level]}" for level in Priority if by_priority[level])
        text = self.tr("队列中 {total} 条：待接 {waiting}，我的 {own}    {levels}")
        return text.format(total=len(self._queue), waiting=waiting, own=own, levels=levels)
