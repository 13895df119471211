"""Talking from a tile or the stage: a held key, a held button, and a line that says who is heard where."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from services.domain.site import Site
from ui.plain_key import PlainKey
from ui.text.places import local_name
from ui.tiles.menu import TileAction
from ui.tone import set_tone
from views.watch.screen import WatchScreen
from views.watch.talking import TalkPresenter, TalkState

TALK_KEY = "T"


class TalkBar(QFrame):
    """Above the wall while an alarm is staged or somebody talks. The button is held, not clicked."""

    def __init__(self, presenter: TalkPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._camera_no = ""
        self._site: Site | None = None
        self.setProperty("surface", "bar")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 4, 12, 4)
        box.addWidget(self.words, 1)
        box.addWidget(self.button)
        self.button.pressed.connect(self._press)
        self.button.released.connect(presenter.release)
        presenter.changed.connect(self.show_present)
        self.show_present()

    def offer(self, camera_no: str, site: Site) -> None:
        """The stage's camera, "" for none."""
        self._camera_no, self._site = camera_no, site
        self.show_present()

    @property
    def named(self) -> str:
        """The camera that its words name and its button calls, "" for none: linkage's before the stage's."""
        return self._presenter.offered or self._camera_no

    def show_present(self) -> None:
        state = self._presenter.state
        name = self._name(self._presenter.camera_no or self.named)
        texts = {
            TalkState.IDLE: self.tr("可以对讲：{name}"),
            TalkState.CONNECTING: self.tr("正在接通 {name} 的扬声器…"),
            TalkState.TALKING: self.tr("● 正在对 {name} 讲话，内容已录音"),
            TalkState.ENDING: self.tr("正在保存与 {name} 的对讲…"),
        }
        self.words.setText(texts[state].format(name=name))
        set_tone(self.words, "bad" if state is TalkState.TALKING else "dim")
        self.button.setText(self.tr("按住对讲 ({key})").format(key=TALK_KEY))
        self.setVisible(state is not TalkState.IDLE or bool(self.named))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _press(self) -> None:
        self._presenter.press(self.named)

    def _name(self, camera_no: str) -> str:
        camera = self._site.camera(camera_no) if self._site is not None else None
        return f"{camera_no} {local_name(camera)}" if camera is not None else camera_no


class TalkTools(QObject):
    """For one watch screen: the key calls the camera that the bar names, and without one the chosen tile's.

    Any other tile is called from its menu.
    """

    def __init__(self, screen: WatchScreen, presenter: TalkPresenter, site: Site) -> None:
        super().__init__(screen)
        self._screen = screen
        self._presenter = presenter
        self._site = site
        self._held: QWidget | None = None
        self.bar = TalkBar(presenter, screen)
        PlainKey(TALK_KEY, screen, self._hold).setAutoRepeat(False)
        presenter.changed.connect(self._follow)

    def use_site(self, site: Site) -> None:
        self._site = site
        self.offer_staged()

    def table(self) -> tuple[TileAction, ...]:
        """With its key only where the key would call the same camera."""
        return (
            TileAction(self._text, self._toggle, TALK_KEY, self._has_keys_camera),
            TileAction(self._text, self._toggle, "", self._has_other_camera),
        )

    def offer_staged(self) -> None:
        """Called when what is on the stage has changed."""
        self.bar.offer(self._staged(), self._site)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only while the key is held: its release, or that the window lost the keyboard, ends the talk."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyRelease:
            if event.key() == Qt.Key.Key_T and not event.isAutoRepeat():
                self._let_go()
                return True
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.WindowDeactivate):
            self._let_go()
        return super().eventFilter(watched, event)

    def _hold(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None:
            return
        self._held = focus
        focus.installEventFilter(self)
        self._presenter.press(self._keys_camera)

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.removeEventFilter(self)
        self._presenter.release()

    def _follow(self) -> None:
        """A talk that ended by itself leaves no ear on the keyboard."""
        if self._presenter.state is TalkState.IDLE and self._held is not None:
            self._held.removeEventFilter(self)
            self._held = None

    @property
    def _keys_camera(self) -> str:
        index = self._screen.wall.chosen
        return self.bar.named or (self._camera(index) if index is not None else "")

    def _camera(self, index: int) -> str:
        content = self._screen.wall.content(index)
        return content.camera_no if content is not None else ""

    def _staged(self) -> str:
        return self._screen.staged_camera

    def _text(self, _index: int) -> str:
        is_idle = self._presenter.state is TalkState.IDLE
        return self.tr("开始对讲") if is_idle else self.tr("结束对讲")

    def _toggle(self, index: int) -> None:
        self._presenter.toggle(self._camera(index))

    def _has_keys_camera(self, index: int) -> bool:
        """The menu opens on the chosen tile."""
        return self._camera(index) != "" and self._camera(index) == self._keys_camera

    def _has_other_camera(self, index: int) -> bool:
        return self._camera(index) not in ("", self._keys_camera)
