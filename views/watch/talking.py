"""Push to talk: while a key or a button is held, the person at the seat is heard at one camera."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from services.domain.people import Session
from ui.jobs import UiJobs
from ui.microphone import Microphone

LOOK_MS = 200


class OpenTalk(Protocol):
    """What is asked of `services.devices.talk.Talk`; returns at once."""

    @property
    def error(self) -> str: ...
    def feed(self, pcm: bytes) -> None: ...


class TalkCommands(Protocol):
    """What is asked of `services.devices.talk.TalkDesk`; both block."""

    def begin(self, session: Session, camera_no: str) -> OpenTalk: ...
    def end(self, session: Session) -> object: ...


class TalkState(StrEnum):
    IDLE = "idle"
    CONNECTING = "connecting"
    TALKING = "talking"
    ENDING = "ending"


class TalkPresenter(QObject):
    """One talk at a time. Signals: changed(); refused(ServiceError)."""

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        commands: TalkCommands,
        session: Session,
        microphone: Microphone,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._microphone = microphone
        self._jobs = jobs
        self._talk: OpenTalk | None = None
        self._is_held = False
        self.state = TalkState.IDLE
        self.camera_no = ""
        self.offered = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def offer(self, camera_no: str) -> None:
        """Linkage suggests whom to talk to, "" = nobody any more; only a person opens the microphone."""
        self.offered = camera_no
        self.changed.emit()

    def press(self, camera_no: str) -> None:
        """Begin; nothing is heard before the camera listens."""
        if self.state is TalkState.IDLE and camera_no:
            self._is_held = True
            self.camera_no = camera_no
            self._go(TalkState.CONNECTING)
            self._jobs.run(partial(self._commands.begin, self._session, camera_no), self._open, self._refuse)

    def release(self) -> None:
        """End, now or as soon as the camera has answered."""
        self._is_held = False
        if self.state is TalkState.TALKING:
            self._end()

    def toggle(self, camera_no: str) -> None:
        """For whoever cannot hold a key."""
        if self.state is TalkState.IDLE:
            self.press(camera_no)
        else:
            self.release()

    def stop(self) -> None:
        """The seat closes; what was said is kept all the same."""
        self.release()
        self._timer.stop()
        self._microphone.stop()

    def _open(self, talk: OpenTalk) -> None:
        self._talk = talk
        if not self._is_held:
            self._end()
        elif self._microphone.start(talk.feed):
            self._timer.start()
            self._go(TalkState.TALKING)
        else:
            self._end()
            self.refused.emit(ServiceError("talk.no_device"))

    def _look(self) -> None:
        """The camera may have hung up."""
        if self._talk is not None and self._talk.error:
            code = self._talk.error
            self._end()
            self.refused.emit(ServiceError(code, camera=self.camera_no))

    def _end(self) -> None:
        talk, self._talk = self._talk, None
        self._timer.stop()
        self._microphone.stop()
        if talk is not None:
            self._go(TalkState.ENDING)
            self._jobs.run(partial(self._commands.end, self._session), self._finish, self._refuse)

    def _finish(self, _record: object) -> None:
        self.camera_no = ""
        self._go(TalkState.IDLE)

    def _refuse(self, error: ServiceError) -> None:
        self._finish(None)
        self.refused.emit(error)

    def _go(self, state: TalkState) -> None:
        self.state = state
        self.changed.emit()
