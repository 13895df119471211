"""Puts the wall's menus, tour bar, notes and editors on a window, and their keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalMapper
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from services.domain.walls import StopKind, WallItemKind
from ui.icons import icon
from ui.menu_button import BETWEEN, MenuButton, MenuLine
from ui.plain_key import PlainKey
from ui.tiles.pictogram import layout_icon
from views.watch.drawer.drawer import WallDrawer
from views.watch.layout_bar import LayoutBar
from views.watch.tour_bar import TourBar
from views.watch.wall_kit import WallKit
from views.watch.wall_note import WallNote

PRESET_KEYS = 9


class WallTools(QObject):
    """For the main window's wall and for any other one.

    bar: where the menus go. `strip` belongs under it, `drawer` beside the wall; the window lays them out.
    """

    def __init__(
        self, kit: WallKit, bar: LayoutBar, window: QWidget, group: Callable[[], list[str]] | None = None
    ) -> None:
        """group: the cameras that the window's list means; None = it has no list."""
        super().__init__(window)
        self._group = group
        self._kit = kit
        self._bar = bar
        self._window = window
        self.strip = TourBar(window)
        self.note = WallNote(bar, window)
        self.drawer = WallDrawer(kit, window)
        self.presets = MenuButton(bar)
        self.tours = MenuButton(bar)
        self._number = QSignalMapper(self)
        bar.add_menu(self.tours)
        bar.add_menu(self.presets)
        self._connect()
        self._bind_keys()
        self._show_library()
        self._show_tour()
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.Show):
            self._show_library()
            self._show_tour()
        return False

    def _connect(self) -> None:
        kit = self._kit
        kit.library.changed.connect(self._show_library)
        self.drawer.kept.connect(self._say_saved)
        kit.preset_clock.changed.connect(self._show_library)
        kit.preset_clock.switched.connect(self._say_switched)
        kit.preset_clock.waiting.connect(self._say_waiting)
        kit.tour.changed.connect(self._show_tour)
        self.strip.pause_asked.connect(kit.tour.toggle_pause)
        self.strip.step_asked.connect(kit.tour.step)
        self.strip.stop_asked.connect(kit.tour.stop)
        self._bar.layouts.chosen.connect(self._do)
        self.presets.chosen.connect(self._do)
        self.tours.chosen.connect(self._do)
        self._number.mappedInt.connect(self._recall_preset)

    def _bind_keys(self) -> None:
        kit = self._kit
        for number in range(1, PRESET_KEYS + 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self._window)
            self._number.setMapping(shortcut, number)
            shortcut.activated.connect(self._number.map)
        for keys, action in (
            ("Ctrl+Shift+S", self._open_new_preset),
            ("Ctrl+Shift+M", self.drawer.open_library),
            ("Ctrl+T", kit.tour.toggle_pause),
            ("Ctrl+Shift+T", kit.tour.stop),
            ("Ctrl+Shift+Left", self._step_back),
            ("Ctrl+Shift+Right", self._step_on),
            ("Ctrl+Shift+F", self._fill),
        ):
            QShortcut(QKeySequence(keys), self._window).activated.connect(action)
        PlainKey("H", self._window, self._toggle_hotspot)

    def _do(self, line_id: str) -> None:
        commands = {
            "new:layout": self.drawer.open_new_layout,
            "new:preset": self._open_new_preset,
            "new:tour": self.drawer.open_new_tour,
            "library": self.drawer.open_library,
            "fill": self._fill,
            "schedule": self._toggle_schedule,
        }
        item = self._kit.library.find(line_id)
        if line_id in commands:
            commands[line_id]()
        elif item is not None:
            self._kit.recall(item)

    def _fill(self) -> None:
        """The group of cameras in the list, in a layout that holds them all."""
        if self._group is not None:
            self._kit.hand.fill(self._group())

    def _recall_preset(self, number: int) -> None:
        presets = self._kit.library.items(WallItemKind.PRESET)
        if number <= len(presets):
            self._kit.recall(presets[number - 1])

    def _open_new_preset(self) -> None:
        self.drawer.open_new_preset()

    def _toggle_schedule(self) -> None:
        self._kit.preset_clock.set_on(not self._kit.preset_clock.is_on)

    def _toggle_hotspot(self) -> None:
        self._kit.hand.toggle_hotspot(self._kit.wall.plan.chosen)

    def _step_back(self) -> None:
        self._kit.tour.step(-1)

    def _step_on(self) -> None:
        self._kit.tour.step(1)

    def _show_library(self) -> None:
        library = self._kit.library
        manage = MenuLine("library", self.tr("管理布局、预设和轮巡…"), "Ctrl+Shift+M")
        fill = MenuLine("fill", self.tr("用列表里的一组摄像机铺满墙"), "Ctrl+Shift+F")
        new_layout = MenuLine("new:layout", self.tr("自定义布局…"))
        commands = [*([fill] if self._group is not None else []), new_layout, manage]
        self._bar.offer(library.items(WallItemKind.LAYOUT), commands)
        presets = [
            MenuLine(item.id, item.name, _key(number), layout_icon(item.preset.cells))
            for number, item in enumerate(library.items(WallItemKind.PRESET), 1)
            if item.preset is not None
        ]
        schedule = MenuLine("schedule", self.tr("按时段自动切换"), checked=self._kit.preset_clock.is_on)
        save = MenuLine("new:preset", self.tr("把现在的画面存为预设…"), "Ctrl+Shift+S")
        self.presets.show_lines([*presets, *([BETWEEN] if presets else []), save, schedule, manage])
        tours = [MenuLine(i.id, i.name, icon=icon("tour")) for i in library.items(WallItemKind.TOUR)]
        new = MenuLine("new:tour", self.tr("新建轮巡…"))
        self.tours.show_lines([*tours, *([BETWEEN] if tours else []), new, manage])
        self._name_buttons()

    def _show_tour(self) -> None:
        state = self._kit.tour.state
        self.strip.show_tour(
            state, "" if state is None else self._stop_name(state.stop.kind, state.stop.target)
        )

    def _stop_name(self, kind: StopKind, target: str) -> str:
        if kind is StopKind.CAMERA:
            return self._kit.wall.title(target)
        item = self._kit.library.find(target)
        return item.name if item is not None else target

    def _name_buttons(self) -> None:
        self.presets.setText(self.tr("预设"))
        self.tours.setText(self.tr("轮巡"))
        for button, name in (
            (self.presets, self.tr("预设（Ctrl+1 至 Ctrl+9）")),
            (self.tours, self.tr("轮巡")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)

    def _say_saved(self, name: str) -> None:
        self.note.say(self.tr("{name} 已保存").format(name=name))

    def _say_switched(self, name: str) -> None:
        self.note.say(self.tr("按时段切换到预设 {name}；您的改动会保留到下一个时段").format(name=name))

    def _say_waiting(self, name: str) -> None:
        self.note.say(self.tr("到了预设 {name} 的时段；报警处理完后切换").format(name=name))


def _key(number: int) -> str:
    return f"Ctrl+{number}" if number <= PRESET_KEYS else ""


def kind_name(kind: WallItemKind) -> str:
    words = {
        WallItemKind.LAYOUT: QCoreApplication.translate("WallTools", "布局"),
        WallItemKind.PRESET: QCoreApplication.translate("WallTools", "预设"),
        WallItemKind.TOUR: QCoreApplication.translate("WallTools", "轮巡"),
    }
    return words[kind]
