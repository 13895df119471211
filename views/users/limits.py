"""Beside the chosen user: what is taken from them or from their role, line by line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.domain.people import LIMITABLE, Limit, Permission
from ui.empty_words import EmptyWords
from ui.form import Message
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local, local_name
from views.users.limits_presenter import LimitsPresenter

_LINES_PX = 120


class LimitEditor(QWidget):
    """A line is added by choosing an action and what it is taken from; removed by choosing it."""

    def __init__(self, presenter: LimitsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self.holder = QComboBox(self)
        self.lines = QListWidget(self)
        self._none = EmptyWords(self.lines)
        self.lines.setFixedHeight(_LINES_PX)
        self.lines.setWordWrap(True)
        self.action = QComboBox(self)
        self.thing = QComboBox(self)
        self.add = QPushButton(self)
        self.remove = QPushButton(self)
        self.message = Message(self)
        self._build()
        presenter.changed.connect(self.show_present)
        presenter.refused.connect(self._refuse)
        self.holder.currentIndexChanged.connect(self._mean)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.lines.itemSelectionChanged.connect(self._enable)
        self._retranslate()

    def show_present(self) -> None:
        user = self._presenter.user
        self.message.wipe()
        with QSignalBlocker(self.holder):
            self.holder.clear()
            if user is not None:
                self.holder.addItem(self.tr("{name} 本人").format(name=user.display_name))
                self.holder.addItem(self.tr("所有{role}").format(role=name_of(user.role)))
                self.holder.setCurrentIndex(int(self._presenter.is_role))
        self.lines.clear()
        for limit in self._presenter.limits:
            item = QListWidgetItem(self._words(limit))
            item.setData(Qt.ItemDataRole.UserRole, limit)
            self.lines.addItem(item)
        self._fill_things()
        self._enable()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        chosen = QHBoxLayout()
        chosen.addWidget(self.action, 2)
        chosen.addWidget(self.thing, 3)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addWidget(self.holder)
        box.addWidget(self.lines)
        box.addLayout(chosen)
        box.addLayout(buttons)
        box.addWidget(self.message)
        for combo in (self.action, self.thing):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _fill_things(self) -> None:
        site = self._presenter.site
        kept = self.thing.currentIndex()
        self.thing.clear()
        self.thing.addItem(self.tr("全校"), ("", ""))
        for place in self._presenter.places:
            self.thing.addItem(local(place), (place, ""))
        for camera in site.cameras:
            self.thing.addItem(f"{camera.no} {local_name(camera)}", ("", camera.no))
        self.thing.setCurrentIndex(min(max(kept, 0), self.thing.count() - 1))

    def _words(self, limit: Limit) -> str:
        """One line: what may not be done, and where."""
        cameras = (self._presenter.site.camera(no) for no in limit.cameras)
        named = [f"{one.no} {local_name(one)}" for one in cameras if one is not None]
        gone = [no for no in limit.cameras if self._presenter.site.camera(no) is None]
        where = listed((*map(local, limit.places), *named, *gone)) or self.tr("全校")
        return self.tr("不得{action}：{where}").format(action=name_of(limit.permission), where=where)

    def _mean(self, index: int) -> None:
        self._presenter.mean_role(index == 1)

    def _add(self) -> None:
        if self.thing.currentIndex() < 0:
            return
        place, camera = self.thing.currentData()
        limit = Limit(
            Permission(self.action.currentData()),
            (place,) if place else (),
            (camera,) if camera else (),
        )
        self._presenter.add(limit)

    def _remove(self) -> None:
        for item in self.lines.selectedItems():
            self._presenter.remove(item.data(Qt.ItemDataRole.UserRole))

    def _enable(self) -> None:
        has_user = self._presenter.user is not None
        for part in (self.holder, self.action, self.thing, self.add):
            part.setEnabled(has_user)
        self.remove.setEnabled(bool(self.lines.selectedItems()))

    def _refuse(self, error: ServiceError) -> None:
        self.message.refuse(error)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("限制（从角色的权限中取走）"))
        kept = self.action.currentIndex()
        self.action.clear()
        for permission in LIMITABLE:
            self.action.addItem(name_of(permission), permission)
        self.action.setCurrentIndex(max(kept, 0))
        self.holder.setAccessibleName(self.tr("限制谁"))
        self.lines.setAccessibleName(self.tr("现有的限制"))
        self._none.say(self.tr("没有限制：角色有的权限都可用"))
        self.action.setAccessibleName(self.tr("不得做什么"))
        self.thing.setAccessibleName(self.tr("在哪里、对哪台摄像机"))
        self.add.setText(self.tr("加限制"))
        self.remove.setText(self.tr("取消限制"))
        self.show_present()
