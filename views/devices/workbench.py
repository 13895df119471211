"""Where a camera is added, changed or replaced: search at the left, form, trial and plan at the right."""

from __future__ import annotations

import itertools
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.secrets import Credential
from ui.map.camera_picker import CameraPicker
from ui.own_escape import OwnEscape
from ui.text import sentence
from ui.text.places import local_name
from ui.theme import Size
from ui.tone import Tone, set_tone
from views.devices.finding import DiscoveryPage, ManualPage, RangePage
from views.devices.folded import FoldRow
from views.devices.form import CameraFields, LoginFields
from views.devices.form_presenter import Step
from views.devices.more import MoreFields
from views.devices.presenter import DevicesPresenter, Task
from views.devices.recorder_fields import RecorderFields
from views.devices.recording_fields import RecordingFields
from views.devices.table_page import TablePage
from views.devices.trial_view import TrialView

FINDING_PX = 344
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Workbench(QWidget):
    """Enter always does the next sensible thing: search, try, save, put on the wall. Esc goes back.

    Signals: left().
    """

    left = Signal()

    def __init__(
        self, presenter: DevicesPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._form = presenter.form
        self._look = presenter.recorder
        self._error: ServiceError | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.back = QPushButton(self)
        self.back.setProperty("kind", "quiet")
        self.title = QLabel(self)
        self.title.setProperty("tone", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.login = LoginFields(self)
        self.tabs = QTabWidget(self)
        self.discovery = DiscoveryPage(presenter.finding, self)
        self.range = RangePage(presenter.finding, self._typed_login, self)
        self.manual = ManualPage(self)
        self.table = TablePage(presenter.table, self)
        self.fields = CameraFields(self)
        self.more = MoreFields(self)
        self.recording = RecordingFields(self)
        self.recorder = RecorderFields(self)
        self.trial = TrialView(self)
        self.map = CameraPicker(self, clock=clock)
        self.map_hint = QLabel(self)
        self.map_hint.setProperty("tone", "small")
        self.map_hint.setWordWrap(True)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.next_button = QPushButton(self)
        self.next_button.setProperty("kind", "primary")
        self.save_button = QPushButton(self)
        self._build()
        self._connect()
        self._order()
        self._retranslate()

    def open(self) -> None:
        """Ready for typing; discovery asks at once, for it troubles nobody."""
        task = self._presenter.task
        is_finding = task is not Task.EDIT
        self.tabs.setVisible(is_finding)
        self.tabs.setTabVisible(self.tabs.indexOf(self.table), task is Task.ADD)
        self.fields.show_addresses_only(task is Task.REPLACE)
        self.more.show_stream_only(task is Task.REPLACE)
        self._error = None
        self.map.set_site(self._presenter.site)
        if is_finding:
            self.tabs.setCurrentWidget(self.discovery)
            self._presenter.finding.discover()
        first = self.login.username if is_finding else self.fields.name
        if is_finding and self.login.username.text() and self.login.password.text():
            self.discovery.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            first.selectAll()
        self.show_present()

    def show_present(self) -> None:
        form = self._form
        self.trial.show_trial(form.step, form.report)
        self.map.set_camera(form.preview())
        self.login.show_kept(form.base is not None and bool(form.base.credential))
        self.recorder.show_kept(form.base is not None and bool(form.base.recorder_credential))
        self.recorder.show_answer(self._look.report, is_asking=self._look.is_asking)
        is_open = form.step not in (Step.SAVING, Step.SAVED)
        if not is_open:
            self._hold_keyboard()
        for part in (self.fields, self.more, self.recording, self.recorder, self.login):
            part.setEnabled(is_open)
        # Another device hangs where the old one did.
        self.map.setEnabled(is_open and not form.is_replacing)
        self.map_hint.setVisible(not form.is_replacing)
        self._show_title()
        self._show_buttons()
        self._show_message()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self._enter()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.login)
        for page in (self.discovery, self.range, self.manual, self.table):
            self.tabs.addTab(page, "")
        self.tabs.setFixedWidth(FINDING_PX)
        self.tabs.setUsesScrollButtons(False)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        row.addWidget(self.tabs)
        row.addWidget(self._right(), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_M, Size.GAP_S, Size.GAP_M, Size.GAP_S)
        box.setSpacing(Size.GAP_S)
        box.addLayout(head)
        box.addLayout(row, 1)

    def _right(self) -> QWidget:
        place = QVBoxLayout()
        place.setSpacing(Size.GAP_XS)
        place.addWidget(self.map, 1)
        place.addWidget(self.map_hint)
        middle = QHBoxLayout()
        middle.setSpacing(Size.GAP_M)
        middle.addWidget(self.trial, 1)
        middle.addLayout(place, 1)
        last = QHBoxLayout()
        last.addWidget(self.message, 1)
        last.addWidget(self.save_button)
        last.addWidget(self.next_button)
        right = QFrame(self)
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addWidget(self.fields)
        parts = (self.more, self.recording, self.recorder)
        box.addWidget(FoldRow([part.fold for part in parts], right))
        for part in parts:
            box.addWidget(part)
        box.addLayout(middle, 1)
        box.addLayout(last)
        return right

    def _connect(self) -> None:
        OwnEscape(self, self.left.emit)
        form, finding = self._form, self._presenter.finding
        self.back.clicked.connect(self.left)
        self.fields.edited.connect(self._edit)
        self.more.edited.connect(self._edit)
        self.recording.edited.connect(self._edit)
        self.recorder.edited.connect(self._edit)
        self.recorder.look_wanted.connect(self._look_at_recorder)
        self.login.edited.connect(self._edit)
        self.manual.path_chosen.connect(self._fill_paths)
        finding.picked.connect(self._on_picked)
        form.changed.connect(self.show_present)
        self._look.changed.connect(self.show_present)
        form.filled.connect(self._fill)
        self.map.placed.connect(self._place)
        self.map.taken_off.connect(self._take_off)
        self.next_button.clicked.connect(self._next)
        self.save_button.clicked.connect(self._save)
        for source in (form, finding, self._look, self._presenter.table):
            source.refused.connect(self._refuse)

    def _order(self) -> None:
        """The way of the Tab key, as a person needs things."""
        chain: list[QWidget] = [self.login.username, self.login.password, self.tabs.tabBar()]
        chain += [self.discovery.list, self.discovery.again, self.range.hosts, self.range.ports]
        chain += [self.range.start, self.range.stop, self.range.list, self.manual.host, self.manual.list]
        chain += [self.table.open, self.table.template, self.table.list, self.table.take_all]
        chain += [self.fields.name, self.fields.place, self.fields.building, self.fields.floor]
        chain += [self.fields.main_url, self.fields.sub_url, self.fields.onvif_url]
        chain += [*self.more.chain, *self.recording.chain, *self.recorder.chain, self.map]
        chain += [self.next_button, self.save_button, self.back]
        for one, other in itertools.pairwise(chain):
            QWidget.setTabOrder(one, other)

    # what people do

    def _enter(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.isEnabled():
            focused.click()
        else:
            self._next()

    def _next(self) -> None:
        self._error = None
        if self._form.step is Step.NO_ADDRESS and self._presenter.task is not Task.EDIT:
            page = self.tabs.currentWidget()
            if isinstance(page, (DiscoveryPage, RangePage, ManualPage, TablePage)):
                page.go()
        elif self._form.step is Step.TRYING:
            self._form.cancel_trial()
        else:
            self._form.go_on()

    def _save(self) -> None:
        self._error = None
        self._form.save()

    def _look_at_recorder(self) -> None:
        self._error = None
        self._look.ask(self._form.recorder_question())

    def _edit(self) -> None:
        self._error = None
        typed = self.more.into(self.fields.draft(self.login))
        self._form.edit(replace(typed, recording=self.recording.wish(), recorder=self.recorder.wish()))

    def _fill(self) -> None:
        self.fields.show_draft(self._form.draft)
        self.more.show_draft(self._form.draft)
        self.recording.show_draft(self._form.draft)
        self.recorder.show_draft(self._form.draft)
        for line, text in (
            (self.login.username, self._form.draft.username),
            (self.login.password, self._form.draft.password),
        ):
            if line.text() != text:
                line.setText(text)

    def _fill_paths(self, main_url: str, sub_url: str) -> None:
        self.fields.main_url.setText(main_url)
        self.fields.sub_url.setText(sub_url)
        self._edit()
        self._focus_form()

    def _on_picked(self, _finding: object) -> None:
        self._error = None
        self._focus_form()

    def _focus_form(self) -> None:
        line = self.fields.name if self.fields.name.isEnabled() else self.fields.main_url
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def _place(self, x: float, y: float, heading_deg: float) -> None:
        self._form.place_at((x, y), heading_deg)

    def _take_off(self) -> None:
        self._form.place_at(None, 0.0)

    def _refuse(self, error: ServiceError) -> None:
        self._error = error
        self._show_message()

    def _typed_login(self) -> Credential | None:
        name = self.login.username.text().strip()
        return Credential(name, self.login.password.text()) if name else None

    def _hold_keyboard(self) -> None:
        """What is about to close would give the keyboard to whatever comes next, and Enter with it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and not isinstance(focused, QAbstractButton):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # words

    def _show_title(self) -> None:
        base = self._form.base
        named = f"{base.no} {local_name(base)}" if base is not None else ""
        texts = {
            Task.LIST: "",
            Task.ADD: self.tr("添加摄像机"),
            Task.EDIT: self.tr("修改 {camera}").format(camera=named),
            Task.REPLACE: self.tr("更换 {camera} 的设备").format(camera=named),
        }
        self.title.setText(texts[self._presenter.task])

    def _show_buttons(self) -> None:
        form = self._form
        words = {
            Step.NO_ADDRESS: self.tr("搜索"),
            Step.UNTRIED: self.tr("测试"),
            Step.TRYING: self.tr("停止测试"),
            Step.FAILED: self.tr("再测试"),
            Step.TRIED: self.tr("保存"),
            Step.SAVING: self.tr("正在保存"),
            Step.SAVED: self.tr("放到画面"),
        }
        self.next_button.setText(self.tr("{action}  回车").format(action=words[form.step]))
        self.next_button.setEnabled(form.step is not Step.SAVING)
        untested = form.step in (Step.UNTRIED, Step.FAILED) and bool(form.draft.main_url.strip())
        self.save_button.setVisible(untested)
        self.save_button.setText(self.tr("不管测试，先保存"))

    def _show_message(self) -> None:
        form = self._form
        tone: Tone = "dim"
        text = ""
        if self._error is not None:
            tone, text = "bad", sentence(self._error)
        elif form.stored is not None:
            tone = "ok"
            text = self.tr("已保存为 {camera}，所有席位马上看得到。").format(camera=form.stored.no)
        set_tone(self.message, tone)
        self.message.setText(text)

    def _retranslate(self) -> None:
        self.back.setText(self.tr("返回  Esc"))
        self.tabs.setTabText(0, self.tr("自动发现"))
        self.tabs.setTabText(1, self.tr("地址范围"))
        self.tabs.setTabText(2, self.tr("手工"))
        self.tabs.setTabText(3, self.tr("表格"))
        self.tabs.tabBar().setAccessibleName(self.tr("怎样找摄像机"))
        self.map_hint.setText(self.tr("点一下定位置，按住拖动定朝向；键盘：方向键移动，“,”“.”转动。"))
        self.map.setAccessibleName(self.tr("摄像机的位置"))
        self.show_present()
