"""Fields for one action; only those that its kind needs are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from services.devices.reach import can_be_steered
from services.domain.linkage import MOST_BUDGET_MS, Action, ActionKind, OnFail
from services.domain.people import SEAT_ROLES
from services.domain.site import OutputKind, Site
from ui.linkage.plan_names import known_plans
from ui.text.names import name_of
from ui.text.places import local_name

_WITH_TARGET = frozenset(ActionKind) - {
    ActionKind.POPUP,
    ActionKind.MAP,
    ActionKind.SOUND,
    ActionKind.VOICE,
    ActionKind.RECORD,
    ActionKind.DISPATCH,
}
_WITH_OPTION = frozenset(
    {
        ActionKind.FEEDS,
        ActionKind.PTZ_PRESET,
        ActionKind.PTZ_AIM,
        ActionKind.OUTPUT,
        ActionKind.BROADCAST,
        ActionKind.MQTT,
    }
)
_WITH_TEXT = frozenset(
    {ActionKind.VOICE, ActionKind.NOTIFY, ActionKind.BROADCAST, ActionKind.HTTP, ActionKind.MQTT}
)
# People at seats hear or read it; what goes elsewhere has one text.
_SAID_HERE = frozenset({ActionKind.VOICE, ActionKind.NOTIFY})
_OUTSIDE = frozenset({ActionKind.HTTP, ActionKind.MQTT})
_CAMERAS = frozenset({ActionKind.FEEDS, ActionKind.SNAPSHOT, ActionKind.TALK})
_MOTORS = frozenset({ActionKind.PTZ_PRESET, ActionKind.PTZ_AIM})
_OUTPUT_KIND = {ActionKind.DOOR: OutputKind.DOOR, ActionKind.BROADCAST: OutputKind.BROADCAST}


class ActionFields(QWidget):
    """Signal: changed(Action) when a person changed something."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Action | None = None
        self._site: Site | None = None
        self._presets: Sequence[str] = ()
        self._is_filling = False
        self.kind = QComboBox(self)
        self.target = QComboBox(self)
        self.option = QComboBox(self)
        self.text = QLineEdit(self)
        self.text_en = QLineEdit(self)
        self.credential = QLineEdit(self)
        self.trust = QLineEdit(self)
        self.budget = QSpinBox(self)
        self.on_fail = QComboBox(self)
        self._labels: dict[QWidget, QLabel] = {}
        self._form = QFormLayout(self)
        self._build()
        self._retranslate()

    def use(self, site: Site, presets: Sequence[str]) -> None:
        self._site, self._presets = site, presets

    def show_action(self, action: Action | None) -> None:
        self._action = action
        self.setVisible(action is not None)
        if action is not None:
            self._fill(action)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for box in (self.target, self.option):
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for line in self._lines():
            line.setMaxLength(500)
        self.budget.setRange(0, MOST_BUDGET_MS)
        self.budget.setSingleStep(500)
        for field in self._fields():
            label = QLabel(self)
            label.setBuddy(field)
            self._labels[field] = label
            self._form.addRow(label, field)
        self.kind.activated.connect(self._change_kind)
        for box in (self.target, self.option):
            box.editTextChanged.connect(self._tell)
            box.activated.connect(self._tell)
        for line in self._lines():
            line.textEdited.connect(self._tell)
        self.budget.valueChanged.connect(self._tell)
        self.on_fail.activated.connect(self._tell)

    def _fields(self) -> tuple[QWidget, ...]:
        return (
            self.kind,
            self.target,
            self.option,
            self.text,
            self.text_en,
            self.credential,
            self.trust,
            self.budget,
            self.on_fail,
        )

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.text, self.text_en, self.credential, self.trust

    def _fill(self, action: Action) -> None:
        self._is_filling = True
        self.kind.setCurrentIndex(self.kind.findData(action.kind.value))
        _offer(self.target, self._targets(action.kind), action.target)
        _offer(self.option, self._options(action.kind), action.option)
        for line, text in (
            (self.text, action.text),
            (self.text_en, action.text_en),
            (self.credential, action.credential),
            (self.trust, action.trust),
        ):
            if line.text() != text:
                line.setText(text)
        self.budget.setValue(action.budget_ms)
        self.on_fail.setCurrentIndex(self.on_fail.findData(action.on_fail.value))
        shown = {
            self.target: action.kind in _WITH_TARGET,
            self.option: action.kind in _WITH_OPTION,
            self.text: action.kind in _WITH_TEXT,
            self.text_en: action.kind in _SAID_HERE,
            self.credential: action.kind in _OUTSIDE,
            self.trust: action.kind in _OUTSIDE,
        }
        for field, is_shown in shown.items():
            self._form.setRowVisible(field, is_shown)
        self._is_filling = False

    def _targets(self, kind: ActionKind) -> list[tuple[str, str]]:
        """Stored value and what a person reads; "" = what the alarm suggests."""
        site, by_alarm = self._site, ("", self.tr("由报警决定"))
        if site is None:
            return [by_alarm]
        if kind is ActionKind.NOTIFY:
            return [("all", self.tr("所有席位")), *((role.value, name_of(role)) for role in SEAT_ROLES)]
        if kind is ActionKind.WALL_PRESET:
            return [(name, name) for name in self._presets]
        if kind is ActionKind.PLAN:
            return known_plans()
        if kind in _CAMERAS:
            return [by_alarm, *((str(one.no), f"{one.no} {local_name(one)}") for one in site.cameras)]
        if kind in _MOTORS:
            steered = [camera for camera in site.cameras if can_be_steered(site, camera.no)]
            rest = [(str(one.no), f"{one.no} {local_name(one)}") for one in steered]
            return [by_alarm, *rest] if kind is ActionKind.PTZ_AIM else rest
        wanted = _OUTPUT_KIND.get(kind)
        outputs = [one for one in site.outputs if wanted in (None, one.kind)]
        return [(one.no, f"{one.no} {local_name(one)}") for one in outputs] if kind not in _OUTSIDE else []

    def _options(self, kind: ActionKind) -> list[tuple[str, str]]:
        switch = [("on", self.tr("接通")), ("off", self.tr("断开")), ("pulse", self.tr("点动"))]
        if kind is ActionKind.FEEDS:
            return [
                ("", self.tr("看得见的画面或报警舞台")),
                ("tiles", self.tr("放到电视墙")),
                ("monitor", self.tr("放到报警监视窗")),
            ]
        return switch if kind in (ActionKind.OUTPUT, ActionKind.BROADCAST) else []

    def _change_kind(self, _index: int) -> None:
        """What another kind needs is another thing: only what every kind has stays."""
        if self._action is None or self._is_filling:
            return
        kind = ActionKind(self.kind.currentData())
        if kind is self._action.kind:
            return
        targets, options = self._targets(kind), self._options(kind)
        self._action = Action(
            kind,
            target=targets[0][0] if kind in _WITH_TARGET and targets else "",
            option=options[0][0] if kind in _WITH_OPTION and options else "",
            text=self._action.text if kind in _WITH_TEXT else "",
            text_en=self._action.text_en if kind in _SAID_HERE else "",
            on_fail=self._action.on_fail,
        )
        self._fill(self._action)
        self.changed.emit(self._action)

    def _tell(self, *_: object) -> None:
        if self._action is None or self._is_filling:
            return
        kind = self._action.kind
        self._action = Action(
            kind,
            target=_chosen(self.target) if kind in _WITH_TARGET else "",
            option=_chosen(self.option) if kind in _WITH_OPTION else "",
            text=self.text.text() if kind in _WITH_TEXT else "",
            text_en=self.text_en.text() if kind in _SAID_HERE else "",
            credential=self.credential.text().strip() if kind in _OUTSIDE else "",
            trust=self.trust.text().strip() if kind in _OUTSIDE else "",
            budget_ms=self.budget.value(),
            on_fail=OnFail(self.on_fail.currentData()),
        )
        self.changed.emit(self._action)

    def _retranslate(self) -> None:
        names = {
            self.kind: self.tr("动作"),
            self.target: self.tr("对象"),
            self.option: self.tr("方式"),
            self.text: self.tr("文字"),
            self.text_en: self.tr("英文文字"),
            self.credential: self.tr("登录名称"),
            self.trust: self.tr("证书"),
            self.budget: self.tr("限时"),
            self.on_fail: self.tr("失败时"),
        }
        for field, name in names.items():
            self._labels[field].setText(name)
            field.setAccessibleName(name)
        self.budget.setSuffix(" ms")
        self.budget.setSpecialValueText(self.tr("通常"))
        self.text.setPlaceholderText(self.tr("可用 {place} {name} {class} {event_no}"))
        self.text_en.setPlaceholderText(self.tr("空着则同上"))
        self.trust.setPlaceholderText("sha256:…")
        self._is_filling = True
        for box, members in ((self.kind, ActionKind), (self.on_fail, OnFail)):
            box.clear()
            for member in members:
                box.addItem(name_of(member), member.value)
        self._is_filling = False
        self.show_action(self._action)


def _offer(box: QComboBox, choices: Sequence[tuple[str, str]], value: str) -> None:
    """The choices, and `value` chosen among them or typed."""
    box.clear()
    for stored, text in choices:
        box.addItem(text, stored)
    at = box.findData(value)
    box.setCurrentIndex(at)
    if at < 0:
        box.setEditText(value)


def _chosen(box: QComboBox) -> str:
    """What is stored for the chosen line, or what was typed."""
    typed = box.currentText().strip()
    at = box.findText(typed)
    return str(box.itemData(at)) if at >= 0 else typed
