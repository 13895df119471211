"""What must not be seen in a copy: the moment looked at, its picture, the boxes and their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey
from services.domain.people import Permission, Session
from services.evidence.mask_keys import key_at, key_of, with_key, without_key
from services.evidence.masking import blur
from ui.jobs import UiJobs
from views.evidence.ports import Stills

# A face across the yard is still seen in it, and it is painted at once.
PICTURE_PX = (960, 540)
# Less is a slip of the hand; in parts of the picture.
LEAST_SHARE = 0.005
_LAST = timedelta(milliseconds=1)
_NOBODY = -1
_NEVER = datetime.fromtimestamp(0, UTC)


class MaskPresenter(QObject):
    """`at` is the moment asked for; `seen_at` that of the picture in front, where keys are set.

    Signals: changed() of boxes, keys, camera or moment; pictured() when there is another picture;
    refused(ServiceError).
    """

    changed = Signal()
    pictured = Signal()
    refused = Signal(object)

    def __init__(self, stills: Stills, session: Session, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stills = stills
        self._session = session
        self._jobs = jobs
        self.cameras: tuple[str, ...] = ()
        self.camera = ""
        self.since = self.until = self.at = self.seen_at = _NEVER
        self.masks: tuple[Mask, ...] = ()
        self.is_veiled = False
        # What was asked for is looked at, and stays as it is.
        self.is_fixed = False
        self._chosen = _NOBODY
        self._plain: QImage | None = None
        self._noted: set[str] = set()
        # What was asked last, and what a job decodes now.
        self._wanted: tuple[str, datetime] | None = None
        self._running: tuple[str, datetime] | None = None

    @property
    def may_draw(self) -> bool:
        """Who may not look at recordings cannot draw on them."""
        return self._session.may(Permission.REVIEW)

    @property
    def is_waiting(self) -> bool:
        """Another picture is on its way."""
        return self._wanted is not None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Which of `masks` lie on this camera's picture."""
        return tuple(number for number, mask in enumerate(self.masks) if mask.camera == self.camera)

    @property
    def chosen(self) -> Mask | None:
        return self.masks[self._chosen] if self._chosen != _NOBODY else None

    @property
    def chosen_row(self) -> int:
        """Of `numbers`; -1 while the next box that is drawn is a new one."""
        return self.numbers.index(self._chosen) if self._chosen in self.numbers else -1

    @property
    def box(self) -> MaskKey | None:
        """Where the chosen box lies in the picture in front."""
        return None if self.chosen is None else key_at(self.chosen, self.seen_at)

    @property
    def others(self) -> tuple[MaskKey, ...]:
        """The rest of this camera, in the order of `numbers`."""
        return tuple(key_at(self.masks[one], self.seen_at) for one in self.numbers if one != self._chosen)

    @property
    def is_on_key(self) -> bool:
        return self.chosen is not None and key_of(self.chosen, self.seen_at) is not None

    @property
    def picture(self) -> QImage | None:
        """None where nothing was recorded. With `is_veiled` as the copy will show it."""
        if self._plain is None or not self.is_veiled:
            return self._plain
        return _veiled(self._plain, [key_at(self.masks[one], self.seen_at) for one in self.numbers])

    # where one looks

    def open(
        self,
        cameras: Sequence[str],
        since: datetime,
        until: datetime,
        masks: Sequence[Mask],
        *,
        is_fixed: bool = False,
    ) -> None:
        """Begins with the first camera at the beginning; a look at each is noted in the audit. is_fixed: the
        boxes stay as they are."""
        self.is_fixed = is_fixed
        self.cameras, self.since, self.until, self.masks = tuple(cameras), since, until, tuple(masks)
        self._noted.clear()
        self.at = self.seen_at = since
        self.use_camera(self.cameras[0])

    def use_camera(self, camera: str) -> None:
        self.camera, self._plain = camera, None
        self._chosen = self.numbers[0] if self.numbers else _NOBODY
        self.pictured.emit()
        self.go(self.at)

    def go(self, at: datetime) -> None:
        """Inside the span. Until its picture is there, keys are set for the one in front."""
        self.at = max(self.since, min(at, self.until - _LAST))
        self._wanted = (self.camera, self.at)
        if self._running is None:
            self._begin()
        self.changed.emit()

    def step(self, by: timedelta) -> None:
        self.go(self.at + by)

    def go_to_key(self, direction: int) -> None:
        """The next (+1) of the chosen box, or the one before (-1)."""
        times = [key.at for key in self.chosen.keys] if self.chosen is not None else []
        beside = [at for at in times if (at > self.at if direction > 0 else at < self.at)]
        if beside:
            self.go(beside[0] if direction > 0 else beside[-1])

    def veil(self, is_veiled: bool) -> None:
        self.is_veiled = is_veiled
        self.pictured.emit()

    # what one draws

    def choose(self, row: int) -> None:
        """Of `numbers`; -1: the next box that is drawn is a new one."""
        self._chosen = self.numbers[row] if 0 <= row < len(self.numbers) else _NOBODY
        self._show()

    def choose_other(self, number: int) -> None:
        """Of `others`."""
        self._chosen = [one for one in self.numbers if one != self._chosen][number]
        self._show()

    def set_box(self, left: float, top: float, right: float, bottom: float) -> None:
        """The chosen box, or a new one, lies there in the picture in front."""
        left, top, right, bottom = max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom)
        if min(right - left, bottom - top) >= LEAST_SHARE and not self.is_fixed:
            self._set(MaskKey(self.seen_at, left, top, right - left, bottom - top))
        else:
            self._show()

    def move_box(self, right: float, down: float) -> None:
        """As large as it is, and not out of the picture."""
        box = self.box
        if box is not None and not self.is_fixed:
            left = max(0.0, min(box.left + right, 1.0 - box.width))
            top = max(0.0, min(box.top + down, 1.0 - box.height))
            self._set(MaskKey(self.seen_at, left, top, box.width, box.height))

    def remove_key(self) -> None:
        """Of the picture in front; the last one takes its box along."""
        if self.chosen is not None and self.is_on_key and not self.is_fixed:
            self._put(without_key(self.chosen, self.seen_at))

    def remove_box(self) -> None:
        if self.chosen is not None and not self.is_fixed:
            self._put(None)

    # inside

    def _set(self, key: MaskKey) -> None:
        if self.chosen is None:
            self.masks = (*self.masks, Mask(self.camera, (key,)))
            self._chosen = len(self.masks) - 1
            self._show()
        else:
            self._put(with_key(self.chosen, key))

    def _put(self, mask: Mask | None) -> None:
        """In the place of the chosen one."""
        before, after = self.masks[: self._chosen], self.masks[self._chosen + 1 :]
        self.masks = (*before, *after) if mask is None else (*before, mask, *after)
        if mask is None:
            self._chosen = self.numbers[0] if self.numbers else _NOBODY
        self._show()

    def _show(self) -> None:
        self.changed.emit()
        if self.is_veiled:
            self.pictured.emit()

    def _begin(self) -> None:
        assert self._wanted is not None
        self._running = camera, at = self._wanted
        is_new = camera not in self._noted
        work = partial(_fitted, self._stills, self._session, camera, at, is_new=is_new)
        self._jobs.run(work, self._take, self._leave)

    def _take(self, found: tuple[datetime, QImage] | None) -> None:
        assert self._running is not None
        camera, at = self._running
        self._noted.add(camera)
        if camera == self.camera:
            self.seen_at, self._plain = (at, None) if found is None else found
        self._end()
        self.pictured.emit()
        self.changed.emit()

    def _leave(self, error: ServiceError) -> None:
        self._plain = None
        self._end()
        self.pictured.emit()
        self.changed.emit()
        self.refused.emit(error)

    def _end(self) -> None:
        """Of those asked for meanwhile only the last is decoded."""
        done, self._running = self._running, None
        if self._wanted == done:
            self._wanted = None
        else:
            self._begin()


def _fitted(
    stills: Stills, session: Session, camera: str, at: datetime, *, is_new: bool
) -> tuple[datetime, QImage] | None:
    """When the picture of that moment came, and itself in its own proportions. In a job.

    is_new: this camera has not been looked at yet; no picture before that is in the audit.
    """
    if is_new:
        stills.open(session, [camera], at)
    still = stills.still(session, camera, at)
    if still is None:
        return None
    height, width = still.pixels.shape[:2]
    whole = QImage(still.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    keeps, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return still.at, whole.scaled(*PICTURE_PX, keeps, smooth).copy()


def _veiled(plain: QImage, boxes: Sequence[MaskKey]) -> QImage:
    picture = plain.copy()
    pixels = np.ndarray((picture.height(), picture.width(), 4), np.uint8, picture.bits())
    for box in boxes:
        blur(tuple(pixels[:, :, colour] for colour in range(3)), box)
    return picture
