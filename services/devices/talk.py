"""Talking to whoever stands at a camera: sent live, kept as a WAV file, written into the audit."""

from __future__ import annotations

import asyncio
import hashlib
import re
import threading
import wave
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.core.workers import Worker
from services.devices.backchannel import FRAME_SAMPLES, Backchannel
from services.devices.g711 import RATE_HZ
from services.domain.people import Permission, Session
from services.domain.site import Camera, Site, StreamTransport
from services.identity import authorize, camera_thing
from services.storage import Database

# Whoever falls asleep on the key does not hold a camera for ever.
LONGEST_S = 120.0
OPEN_WAIT_S = 8.0
# So much unsent sound is kept, 0.5 s: beyond it the oldest goes, or the words come ever later.
MOST_WAITING = 25
LOOK_S = 0.01
# A camera plays its sound some 200 ms late, to even out the line: hung up at once, it eats the last word.
TAIL_S = 0.5
FRAME_S = FRAME_SAMPLES / RATE_HZ
_WAYS = {
    StreamTransport.AUTO: ("tcp", "udp"),
    StreamTransport.TCP: ("tcp",),
    StreamTransport.UDP: ("udp",),
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TalkRecord:
    """What is kept of a talk; file: its name in the talks folder, sha256 of it."""

    camera: str
    began_at: datetime
    ended_at: datetime
    file: str
    sha256: str
    seconds: float


class Talk:
    """One open way to one camera with its thread; `feed` from any thread, never waits.

    error: a ServiceError code once it has ended by itself, whatever ended it.
    """

    def __init__(
        self, camera: Camera, login: Credential | None, file: Path, began_at: datetime, tail_s: float
    ) -> None:
        self.camera = camera
        self.file = file
        self.began_at = began_at
        self._tail_s = tail_s
        self._error = ""
        self._way = Backchannel(camera.main_url, login, _WAYS[camera.transport])
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._rest = b""
        self._lock = threading.Lock()
        self._is_open = threading.Event()
        self._refusal: ServiceError | None = None
        self._sent = 0
        self._is_asked_to_end = False
        self._worker = Worker(f"talk-{camera.no}", self._run)

    @property
    def error(self) -> str:
        """Empty while it goes on, and after an end that was asked for."""
        is_dead = self._is_open.is_set() and not self._worker.is_alive
        return self._error or ("talk.lost" if is_dead and not self._is_asked_to_end else "")

    @property
    def seconds(self) -> float:
        return self._sent * FRAME_SAMPLES / RATE_HZ

    def open(self) -> None:
        """Returns when the camera listens; raises as `Backchannel.open`, and talk.cannot_record(reason)."""
        self._worker.start()
        if not self._is_open.wait(OPEN_WAIT_S):
            self._worker.request_stop()
            raise ServiceError("talk.unreachable", camera=self.camera.name)
        if self._refusal is not None:
            self._worker.stop()
            raise ServiceError(self._refusal.code, **{**self._refusal.params, "camera": self.camera.name})

    def feed(self, pcm: bytes) -> None:
        """16-bit mono samples at 8 kHz, as they come from the microphone."""
        size = FRAME_SAMPLES * 2
        with self._lock:
            self._rest += pcm
            while len(self._rest) >= size:
                self._waiting.append(self._rest[:size])
                self._rest = self._rest[size:]

    def close(self) -> None:
        """What is still waiting is sent; blocks for a moment."""
        self._is_asked_to_end = True
        self._worker.stop()

    def _run(self, stop: threading.Event) -> None:
        try:
            asyncio.run(self._talk(stop))
        except Exception as error:
            # Whatever a camera or its address brings about: nobody may speak to a line that is dead.
            log.exception("talk.died", camera=self.camera.no)
            self._refusal = ServiceError("talk.unreachable")
            self._refusal.__cause__ = error
            self._error = "talk.lost"
        finally:
            self._is_open.set()

    async def _talk(self, stop: threading.Event) -> None:
        try:
            # First the file: what cannot be kept is not said.
            with self.file.open("wb") as raw, wave.open(raw) as kept:
                kept.setnchannels(1)
                kept.setsampwidth(2)
                kept.setframerate(RATE_HZ)
                await self._way.open()
                self._is_open.set()
                await self._send(stop, kept)
        except ServiceError as error:
            self._refusal = error
            self.file.unlink(missing_ok=True)
        except OSError as error:
            self._refusal = ServiceError("talk.cannot_record", reason=error.strerror or type(error).__name__)
            self._error = "talk.cannot_record"
        finally:
            await self._way.close()

    async def _send(self, stop: threading.Event, kept: wave.Wave_write) -> None:
        loop = asyncio.get_running_loop()
        due_s = loop.time()
        while self.seconds < LONGEST_S:
            frame = self._next()
            if frame is not None:
                # A camera has little room: what came in one piece goes out at the pace it is heard.
                await asyncio.sleep(max(0.0, due_s - loop.time()))
                due_s = max(due_s, loop.time() - FRAME_S) + FRAME_S
                self._way.send(np.frombuffer(frame, np.int16))
                kept.writeframes(frame)
                self._sent += 1
            elif stop.is_set():
                await asyncio.sleep(self._tail_s if self._sent else 0.0)
                return
            else:
                await asyncio.sleep(LOOK_S)
            if self._way.is_lost:
                self._error = "talk.lost"
                return
        self._error = "talk.too_long"

    def _next(self) -> bytes | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None


class TalkDesk:
    """Begins and ends talks, one at a time for a seat; every call blocks and raises ServiceError.

    login_of: by the credential's name. folder: where the recordings lie. tail_s: how long a line stays open
    behind the last word.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        login_of: Callable[[str], Credential | None],
        folder: Path,
        tail_s: float = TAIL_S,
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._login_of = login_of
        self._folder = folder
        self._tail_s = tail_s
        self._talk: Talk | None = None

    def begin(self, session: Session, camera_no: str) -> Talk:
        """Raises talk.busy(camera), talk.unknown_camera(camera), talk.cannot_record(reason), and what
        `Backchannel.open` does."""
        authorize(session, Permission.HANDLE_ALARM, camera_thing(self._site(), camera_no))
        if self._talk is not None:
            raise ServiceError("talk.busy", camera=self._talk.camera.name)
        camera = self._site().camera(camera_no)
        if camera is None:
            raise ServiceError("talk.unknown_camera", camera=camera_no)
        began_at = self._clock.now()
        login, file = self._login_of(camera.credential), self._file(session, camera, began_at)
        talk = Talk(camera, login, file, began_at, self._tail_s)
        self._talk = talk
        try:
            talk.open()
            self._database.write(lambda tx: tx.audit(session, "talk.began", camera.no))
        except ServiceError:
            talk.close()
            talk.file.unlink(missing_ok=True)
            self._talk = None
            raise
        return talk

    def end(self, session: Session) -> TalkRecord:
        """Close the open talk; write down who talked to which camera, from when to when, and the file's hash.

        Raises talk.none when there is none.
        """
        talk, self._talk = self._talk, None
        if talk is None:
            raise ServiceError("talk.none")
        talk.close()
        data = talk.file.read_bytes()
        record = TalkRecord(
            talk.camera.no,
            talk.began_at,
            self._clock.now(),
            talk.file.name,
            hashlib.sha256(data).hexdigest(),
            talk.seconds,
        )
        self._database.write(
            lambda tx: tx.witness(session, "talk.ended", record.camera, after=record, reason=talk.error)
        )
        return record

    def _file(self, session: Session, camera: Camera, at: datetime) -> Path:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServiceError("talk.cannot_record", reason=error.strerror or "") from error
        words = (at.strftime("%Y%m%dT%H%M%S_%fZ"), camera.no, session.user)
        return self._folder / ("-".join(re.sub(r"[^\w.]", "_", word) for word in words) + ".wav")
