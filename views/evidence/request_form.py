"""The form of a new request: who asks for what, on which ground; what is copied, and how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.domain.evidence import Asker, CopyOptions, Ground, Mask, Take
from services.domain.site import Camera
from services.evidence.steps import MOST_TEXT, Wanted
from ui.named_box import name_box
from ui.own_escape import OwnEscape
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.times import clock_time
from ui.text_height import keep_height
from views.evidence.own_times import OwnTimes, Span, moment_field, moment_of, set_moment
from views.evidence.presenter import EvidencePresenter, Prefill

WHY_PX = 54
CAMERAS_PX = 150
FIRST_SPAN = timedelta(minutes=10)
_CAMERA = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_GROUNDS = tuple(Ground)


class RequestForm(QFrame):
    """What was typed and drawn stays until it is sent or left.

    may_draw: whether this person may look at the recordings to draw on. Signals: left(); masks_asked().
    """

    left = Signal()
    masks_asked = Signal()

    def __init__(
        self, presenter: EvidencePresenter, *, may_draw: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "side")
        self._presenter = presenter
        self._may_draw = may_draw
        self._incident = ""
        self._masks: tuple[Mask, ...] = ()
        self._has_masks = False
        self.unit, self.person, self.document = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.contact, self.case_no = QLineEdit(self), QLineEdit(self)
        self.incident = QLabel(self)
        self.incident.setTextFormat(Qt.TextFormat.PlainText)
        self.ground = QComboBox(self)
        self.why = QPlainTextEdit(self)
        self.since, self.until = moment_field(self), moment_field(self)
        self.cameras = QListWidget(self)
        self.own_times = OwnTimes(self)
        self.watermark, self.encrypted = QCheckBox(self), QCheckBox(self)
        self.only_copies = QCheckBox(self)
        self.draw, self.drawn = QPushButton(self), QLabel(self)
        self.submit, self.leave = QPushButton(self), QPushButton(self)
        self._title = QLabel(self)
        self._rows: dict[QWidget, QLabel] = {}
        self._build()
        self._connect()
        self._retranslate()
        self.clear()

    def open_with(self, prefill: Prefill) -> None:
        """A new form; what one had begun is gone: it was asked for."""
        self.clear()
        until = prefill.until or self._presenter.clock.now()
        set_moment(self.until, min(until, self._presenter.clock.now()))
        set_moment(self.since, prefill.since or until - FIRST_SPAN)
        self._incident = prefill.incident
        self.incident.setText(prefill.incident_no)
        self._rows[self.incident].setVisible(bool(prefill.incident))
        self.incident.setVisible(bool(prefill.incident))
        self.tick(prefill.cameras)
        self.unit.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted(self) -> Wanted:
        """As it is typed now."""
        return Wanted(
            asker=Asker(self.unit.text(), self.person.text(), self.document.text(), self.contact.text()),
            ground=_GROUNDS[self.ground.currentIndex()],
            why=self.why.toPlainText(),
            takes=tuple(Take(no, *self.span_of(no)) for no in self.ticked()),
            case_no=self.case_no.text(),
            incident=self._incident,
            options=CopyOptions(
                has_watermark=self.watermark.isChecked(),
                masks=self.masks,
                keeps_originals=not self.only_copies.isChecked(),
                is_encrypted=self.encrypted.isChecked(),
            ),
        )

    @property
    def span(self) -> Span:
        """Of every camera that has no times of its own."""
        return moment_of(self.since), moment_of(self.until)

    @property
    def whole_span(self) -> Span:
        """From the first that is asked for to the last; needs a ticked camera."""
        spans = [self.span_of(no) for no in self.ticked()]
        return min(since for since, _ in spans), max(until for _, until in spans)

    def span_of(self, camera: str) -> Span:
        return self.own_times.span_of(camera) or self.span

    @property
    def masks(self) -> tuple[Mask, ...]:
        """Of the cameras ticked; those of others wait until they are ticked again."""
        ticked = self.ticked()
        return tuple(mask for mask in self._masks if mask.camera in ticked)

    def take_masks(self, masks: tuple[Mask, ...]) -> None:
        """In place of those of the cameras ticked."""
        waiting = tuple(mask for mask in self._masks if mask.camera not in self.ticked())
        self._masks = (*masks, *waiting)
        self._offer_only_copies()

    def clear(self) -> None:
        for line in (self.unit, self.person, self.document, self.contact, self.case_no):
            line.clear()
        self.why.clear()
        self.own_times.clear()
        self._incident, self._masks = "", ()
        for box in (self.watermark, self.encrypted, self.only_copies):
            box.setChecked(False)
        self._offer_only_copies()
        self.show_site()

    def show_site(self) -> None:
        """The cameras that may be asked for; those ticked stay so."""
        ticked = self.ticked()
        # Nobody has unticked them while the list is made anew: their masks stay.
        self.cameras.blockSignals(True)
        self.cameras.clear()
        for camera in self._presenter.site.cameras:
            self.cameras.addItem(_item(camera))
        self.tick(ticked)
        self.cameras.blockSignals(False)
        self._show_times()

    def tick(self, cameras: Sequence[str]) -> None:
        first = None
        for row in range(self.cameras.count()):
            item = self.cameras.item(row)
            is_ticked = item.data(_CAMERA) in cameras
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            first = item if is_ticked and first is None else first
        if first is not None:
            self.cameras.scrollToItem(first)
            self.cameras.setCurrentItem(first)

    def ticked(self) -> tuple[str, ...]:
        return tuple(self.ticked_names())

    def ticked_names(self) -> dict[str, str]:
        """What they are called, by their numbers."""
        items = (self.cameras.item(row) for row in range(self.cameras.count()))
        return {
            str(i.data(_CAMERA)): str(i.data(_NAME)) for i in items if i.checkState() is Qt.CheckState.Checked
        }

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_site()

    def _build(self) -> None:
        for line in (self.unit, self.person, self.document, self.contact, self.case_no):
            line.setMaxLength(MOST_TEXT)
        self.ground.addItems([""] * len(_GROUNDS))
        # Its longest entry must not push the form out of a narrow window.
        self.ground.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ground.setMinimumContentsLength(12)
        self.why.setTabChangesFocus(True)
        keep_height(self.why, WHY_PX)
        self.cameras.setMinimumHeight(CAMERAS_PX)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._fields())
        self._title.setProperty("tone", "title")
        self.submit.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self.submit)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.addWidget(self._title)
        outer.addWidget(scroll, 1)
        outer.addLayout(buttons)

    def _fields(self) -> QFrame:
        """What is typed and ticked, one below the other."""
        inside = QFrame(self)
        inside.setProperty("surface", "panel")
        form = QFormLayout(inside)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(5)
        for field in (
            self.unit,
            self.person,
            self.document,
            self.contact,
            self.case_no,
            self.incident,
            self.ground,
            self.why,
            self.since,
            self.until,
            self.cameras,
        ):
            self._add_row(form, field)
        form.addRow("", self.own_times)
        options = QVBoxLayout()
        options.setSpacing(2)
        for box in (self.watermark, self.only_copies, self.encrypted):
            options.addWidget(box)
        drawing = QHBoxLayout()
        drawing.addWidget(self.draw)
        drawing.addWidget(self.drawn, 1)
        options.insertLayout(1, drawing)
        form.addRow("", options)
        return inside

    def _add_row(self, form: QFormLayout, field: QWidget) -> None:
        label = QLabel(self)
        label.setBuddy(field)
        self._rows[field] = label
        form.addRow(label, field)

    def _connect(self) -> None:
        self.submit.clicked.connect(self._submit)
        self.leave.clicked.connect(self.left)
        self.watermark.toggled.connect(self._offer_only_copies)
        self.draw.clicked.connect(self.masks_asked)
        self.cameras.itemChanged.connect(self._show_times)
        self.cameras.currentRowChanged.connect(self._show_times)
        self.own_times.edited.connect(self._show_times)
        self.since.dateTimeChanged.connect(self._show_times)
        self.until.dateTimeChanged.connect(self._show_times)
        self._presenter.site_changed.connect(self.show_site)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Return"), self, context=within).activated.connect(self.submit.click)
        OwnEscape(self, self.leave.click)

    def _submit(self) -> None:
        self._presenter.request(self.wanted())

    def _show_times(self) -> None:
        """Own times stand behind the camera's name; which camera may be given some is the chosen one."""
        self.cameras.blockSignals(True)
        for row in range(self.cameras.count()):
            item = self.cameras.item(row)
            is_ticked = item.checkState() is Qt.CheckState.Checked
            span = self.own_times.span_of(str(item.data(_CAMERA))) if is_ticked else None
            times = f"  {clock_time(span[0])}–{clock_time(span[1])}" if span is not None else ""
            item.setText(f"{item.data(_NAME)}{times}")
        self.cameras.blockSignals(False)
        self.own_times.show_camera(self._chosen_camera(), self.span)
        self._offer_only_copies()

    def _chosen_camera(self) -> str:
        """ "" while none, or one that is not ticked, is chosen in the list."""
        row = self.cameras.currentRow()
        chosen = str(self.cameras.item(row).data(_CAMERA)) if row >= 0 else ""
        return chosen if chosen in self.ticked() else ""

    def _offer_only_copies(self) -> None:
        """Without a copy there would be nothing to give; without a picture nothing to draw on.

        With the first mask the originals stay here: beside them it would hide nothing. Who wants it
        otherwise unticks that.
        """
        masks, spans = self.masks, [self.span_of(no) for no in self.ticked()]
        is_written = bool(spans) and all(since < until for since, until in spans)
        self.draw.setEnabled(self._may_draw and is_written)
        self.drawn.setText(self.tr("遮挡 {count} 处").format(count=len(masks)) if masks else "")
        makes_copy = self.watermark.isChecked() or bool(masks)
        self.only_copies.setEnabled(makes_copy)
        if not makes_copy:
            self.only_copies.setChecked(False)
        elif masks and not self._has_masks:
            self.only_copies.setChecked(True)
        self._has_masks = bool(masks)

    def _retranslate(self) -> None:
        named = {
            self.unit: self.tr("申请单位"),
            self.person: self.tr("申请人"),
            self.document: self.tr("证件或文书编号"),
            self.contact: self.tr("联系方式"),
            self.case_no: self.tr("对方案号"),
            self.incident: self.tr("本单位警情"),
            self.ground: self.tr("依据"),
            self.why: self.tr("用途"),
            self.since: self.tr("录像起"),
            self.until: self.tr("录像止"),
            self.cameras: self.tr("摄像机"),
        }
        for field, text in named.items():
            self._rows[field].setText(text)
            field.setAccessibleName(text)
        name_box(self.ground, self.tr("依据"))
        for row in range(self.ground.count()):
            self.ground.setItemText(row, name_of(_GROUNDS[row]))
        self.document.setPlaceholderText(self.tr("调证通知书、警官证或身份证号"))
        self.why.setPlaceholderText(self.tr("为什么要、用来做什么"))
        self._title.setText(self.tr("新的调取申请"))
        self.watermark.setText(self.tr("另做一份带水印的副本"))
        self.draw.setText(self.tr("画遮挡框…"))
        needed = self.tr("先勾选摄像机，写对起止时间")
        self.draw.setToolTip(needed if self._may_draw else self.tr("画框要看录像，由有复核权限的人来登记"))
        self.only_copies.setText(self.tr("只给副本，不给原始录像"))
        self.encrypted.setText(self.tr("加密（AES-256）"))
        self.encrypted.setToolTip(self.tr("密码在导出时设，另行告知接收人"))
        self.submit.setText(self.tr("提交"))
        self.submit.setToolTip("Ctrl+Enter")
        self.leave.setText(self.tr("放弃"))
        self.leave.setToolTip("Esc")
        self._offer_only_copies()


def _item(camera: Camera) -> QListWidgetItem:
    name = f"{camera.no} {local_name(camera)}"
    item = QListWidgetItem(name)
    item.setData(_CAMERA, str(camera.no))
    item.setData(_NAME, name)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    return item
