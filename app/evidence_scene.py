"""A scripted scene of the demo: who climbed the wall is found, watched, asked for, taken away and proved.

The security office's hand and that of the shift leader who allows it sit at different seats and know of each
other by the record alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.desk import OperatorDesk
from app.scripted_hand import ScriptedHand, Wait
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.evidence import EvidenceRequest, EvidenceState
from services.domain.facts import EvidenceChanged, Fact
from services.evidence.checking import Checked
from services.playback.track import Track

# So much of it before and after is watched and asked for.
LEAD = timedelta(seconds=4)
IN_STEP = timedelta(milliseconds=100)
CAMERAS = 3
# What has not come by then does not come: the scene says so and ends.
PATIENCE_S = 60.0
WATCHED_S = 3.0

translate = QCoreApplication.translate


class AskingHand(ScriptedHand):
    """The supervisor's. recorded: which cameras record here. outcome: what it came to, "" while it works."""

    def __init__(
        self,
        desk: OperatorDesk,
        recorded: frozenset[str],
        *,
        pace: float = 1.0,
        patience_s: float = PATIENCE_S,
    ) -> None:
        super().__init__(desk, pace)
        self._recorded = recorded
        self._patience_s = patience_s
        self._playback = desk.presenters.playback
        self._checked: Checked | None = None
        self.outcome = ""

    def script(self) -> Iterator[Wait]:
        yield lambda: self._alarm() is not None
        alarm = self._alarm()
        assert alarm is not None
        # Until the person is down on the other side, and that is on the disk.
        yield lambda: self._playback.now > alarm.received_at + 2 * LEAD
        self._desk.shell.raise_()
        for part in (self._find, self._watch, self._ask, self._take_away, self._prove):
            fault = yield from part(alarm)
            if fault:
                self.outcome = fault
                self._desk.shell.say(fault)
                return
        self.outcome = translate("EvidenceScene", "取证演示完成：校验程序说没有改动。")
        self._desk.shell.say(self.outcome)
        yield from self._arrive("evidence-proved")

    def _find(self, alarm: Alarm) -> Generator[Wait, None, str]:
        """Three cameras that saw it; a fault in words, "" for none."""
        playback, finding = self._playback, self._desk.presenters.playback_kit.finding
        self._desk.shell.show_screen("playback")
        playback.show_at([str(no) for no in alarm.feeds], alarm.received_at - LEAD)
        if not (yield from self._comes(self._is_in_step)):
            return translate("EvidenceScene", "取证演示不能继续：这几台摄像机还没有足够的录像。")
        finding.add_neighbours()
        yield from self._comes(lambda: len(self._recording()) >= CAMERAS)
        playback.choose(self._recording()[:CAMERAS])
        if not (yield from self._comes(self._is_in_step)):
            return translate("EvidenceScene", "取证演示不能继续：这几台摄像机还没有足够的录像。")
        return ""

    def _watch(self, alarm: Alarm) -> Generator[Wait, None, str]:
        """To the alarm by its mark, then on, then backwards."""
        playback = self._playback
        playback.pause()
        self._desk.presenters.playback_kit.finding.seek(1)
        yield from self._comes(lambda: playback.playback.now() == alarm.received_at and self._is_in_step())
        playback.toggle()
        yield from self._arrive("playback-three-cameras")
        yield WATCHED_S
        playback.turn()
        yield from self._arrive("playback-backwards")
        yield WATCHED_S
        playback.pause()
        return ""

    def _ask(self, alarm: Alarm) -> Generator[Wait, None, str]:
        """From one mark to the other, by the request's form."""
        marks = self._desk.presenters.playback_kit.marks
        for after, mark in ((-LEAD, marks.mark_in), (LEAD, marks.mark_out)):
            self._playback.seek(alarm.received_at + after)
            mark()
        yield from self._arrive("playback-marked")
        self._desk.screens.footage_asking.ask()
        form = self._desk.screens.evidence_screen.form
        form.unit.setText("城东派出所")
        form.person.setText("赵警官")
        form.document.setText("调证通知书 118")
        form.why.setPlainText("北围墙翻越")
        yield from self._arrive("evidence-form")
        form.submit.click()
        if not (yield from self._comes(lambda: self._state() is EvidenceState.REQUESTED)):
            return translate("EvidenceScene", "取证演示不能继续：申请没有登记上。")
        return ""

    def _take_away(self, _alarm: Alarm) -> Generator[Wait, None, str]:
        """When somebody else has allowed it."""
        if not (yield from self._comes(lambda: self._state() is EvidenceState.APPROVED)):
            return translate("EvidenceScene", "取证演示不能继续：没有人审批。")
        yield from self._arrive("evidence-approved")
        self._desk.screens.evidence_screen.chosen.buttons["export"].click()
        if not (yield from self._comes(lambda: self._state() is EvidenceState.EXPORTED)):
            return translate("EvidenceScene", "取证演示不能继续：没有导出来。")
        yield from self._arrive("evidence-exported")
        return ""

    def _prove(self, _alarm: Alarm) -> Generator[Wait, None, str]:
        """By the package's own verifier."""
        presenter = self._desk.presenters.evidence.presenter
        presenter.checked.connect(self._note_checked)
        presenter.check()
        yield from self._comes(lambda: self._checked is not None)
        presenter.checked.disconnect(self._note_checked)
        if self._checked is None or not self._checked.is_unchanged:
            return translate("EvidenceScene", "取证演示不能继续：校验没有通过。")
        return ""

    # what the seat knows

    def _comes(self, condition: Callable[[], object]) -> Generator[Wait, None, bool]:
        """Whether it came true in time."""
        ends_s = time.monotonic() + self._patience_s
        yield lambda: condition() or time.monotonic() > ends_s
        return bool(condition())

    def _alarm(self) -> Alarm | None:
        """The first of the wall that cameras which record have seen."""
        alarms = self._desk.live.board.alarms.values()
        seen = (one for one in alarms if self._recorded.intersection(map(str, one.feeds)))
        return next((one for one in seen if one.alarm_class is AlarmClass.INTRUSION), None)

    def _recording(self) -> list[str]:
        return [no for no in self._playback.cameras if no in self._recorded]

    def _is_in_step(self) -> bool:
        """All cameras that record show a picture, within IN_STEP of each other."""
        tracks = [tile.feed for tile in self._playback.tiles() if tile.camera_no in self._recorded]
        times: list[datetime] = []
        for track in tracks:
            if not isinstance(track, Track) or track.shown_at is None:
                return False
            times.append(track.shown_at)
        return bool(times) and max(times) - min(times) <= IN_STEP

    def _state(self) -> EvidenceState | None:
        chosen = self._desk.presenters.evidence.presenter.chosen
        return chosen.state if chosen is not None else None

    def _note_checked(self, checked: Checked) -> None:
        self._checked = checked


class AllowingHand(ScriptedHand):
    """The shift leader's, at a seat of their own: reads the first request that comes, and allows it."""

    def __init__(self, desk: OperatorDesk, pace: float = 1.0) -> None:
        super().__init__(desk, pace)
        self._asked: EvidenceRequest | None = None
        desk.live.applied.connect(self._follow)

    def script(self) -> Iterator[Wait]:
        presenter = self._desk.presenters.evidence.presenter
        yield lambda: self._asked is not None
        asked = self._asked
        assert asked is not None
        self._desk.shell.show_screen("evidence")
        yield lambda: any(one.id == asked.id for one in presenter.requests)
        presenter.choose(asked.id)
        yield 3.0
        yield from self._arrive("evidence-to-decide")
        presenter.approve()
        yield lambda: presenter.chosen is not None and presenter.chosen.state is not EvidenceState.REQUESTED
        yield 2.0
        self._desk.shell.show_screen("watch")

    def _follow(self, facts: list[Fact]) -> None:
        for fact in facts:
            if isinstance(fact, EvidenceChanged) and fact.request.state is EvidenceState.REQUESTED:
                self._asked = self._asked or fact.request
