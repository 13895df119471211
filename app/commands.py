"""Everything that can be done from the search field: screens, cameras, alarm keys, layouts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from app.views_table import Screen
from services.domain.layouts import LAYOUTS
from services.domain.site import Site
from services.domain.walls import WallItemKind
from ui.palette import Entry, Palette
from ui.shell import Shell
from ui.text.places import local
from ui.tiles.feed import ACTION_KEYS
from views.watch.presenter import WatchPresenter
from views.watch.tile_tools import TileTools
from views.watch.wall_kit import WallKit
from views.watch.wall_tools import kind_name

PLAN_KEY = "Shift+F4"
PLAYBACK_KEY = "Shift+F2"


class Commands(QObject):
    """Gives the search field its entries and does what was chosen."""

    def __init__(
        self,
        shell: Shell,
        site: Site,
        watch: WatchPresenter,
        kit: WallKit,
        screens: tuple[Screen, ...],
        tools: TileTools,
    ) -> None:
        super().__init__(shell)
        self._tools = tools
        self._screens = screens
        self._shell = shell
        self._site = site
        self._watch = watch
        self._kit = kit
        self._report: Callable[[], None] | None = None
        self._voice: Callable[[], None] | None = None
        self._plan: Callable[[], None] | None = None
        self._playback: Callable[[], None] | None = None
        self.field = Palette(self.entries, shell)
        self.field.entry_chosen.connect(self._do)
        self.field.opening.connect(shell.show_search)
        self.field.left.connect(shell.hide_search)
        shell.set_search(self.field)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self._site = site

    def offer_report(self, report: Callable[[], None]) -> None:
        """Let an alarm be reported from the search field."""
        self._report = report

    def offer_plan(self, begin: Callable[[], None]) -> None:
        """Let a plan be begun for the highlighted alarm."""
        self._plan = begin

    def offer_playback(self, play: Callable[[], None]) -> None:
        """Let the highlighted alarm's moment be played back from the search field."""
        self._playback = play

    def offer_voice(self, toggle: Callable[[], None]) -> None:
        """Let new alarms be called out, or no longer."""
        self._voice = toggle

    def entries(self) -> list[Entry]:
        """Ids are `kind:what`; an action's also names its alarm, for the highlight may move meanwhile."""
        return [
            *self._actions(),
            *self._plans(),
            *self._playbacks(),
            *self._reports(),
            *(Entry(f"screen:{spec.name}", title()) for spec, title in self._screens),
            *(
                # Both names, so that either language finds it.
                Entry(f"camera:{camera.no}", f"{camera.no} {camera.name} {camera.name_en}".strip())
                for camera in self._site.cameras
            ),
            *(Entry(f"layout:{tiles}", _layout_name(tiles)) for tiles in LAYOUTS),
            *self._kept(),
            *(Entry(f"tile:{name}", text, key) for name, text, key in self._tools.commands()),
            Entry("full:", QCoreApplication.translate("Commands", "全屏"), "F11"),
            Entry("voice:", QCoreApplication.translate("Commands", "语音播报 开 / 关")),
        ]

    def _plans(self) -> list[Entry]:
        alarm = self._watch.highlighted
        if self._plan is None or alarm is None:
            return []
        text = QCoreApplication.translate("Commands", "启动预案 {name}").format(name=local(alarm.name))
        return [Entry("plan:", text, PLAN_KEY)]

    def _playbacks(self) -> list[Entry]:
        alarm = self._watch.highlighted
        if self._playback is None or alarm is None:
            return []
        text = QCoreApplication.translate("Commands", "回放报警那一刻 {name}").format(name=local(alarm.name))
        return [Entry("playback:", text, PLAYBACK_KEY)]

    def _reports(self) -> list[Entry]:
        if self._report is None:
            return []
        return [Entry("report:", QCoreApplication.translate("Commands", "接警登记"), "F12")]

    def _kept(self) -> list[Entry]:
        """Own layouts, presets and tours."""
        library = self._kit.library
        return [
            Entry(f"wall:{item.id}", f"{kind_name(item.kind)} {item.name}")
            for kind in WallItemKind
            for item in library.items(kind)
        ]

    def _actions(self) -> list[Entry]:
        alarm = self._watch.highlighted
        if alarm is None:
            return []
        offered = set(self._watch.actions)
        return [
            Entry(f"action:{action}:{alarm.id}", f"{action_name(action)} {local(alarm.name)}", key)
            for action, key in ACTION_KEYS.items()
            if action in offered
        ]

    def _do(self, entry_id: str) -> None:
        kind, _, what = entry_id.partition(":")
        match kind:
            case "action":
                action, _, alarm_id = what.partition(":")
                self._watch.act_on(alarm_id, action)
            case "tile":
                self._tools.run(what)
            case "report":
                if self._report is not None:
                    self._report()
            case "plan":
                if self._plan is not None:
                    self._plan()
            case "playback":
                if self._playback is not None:
                    self._playback()
            case "voice":
                if self._voice is not None:
                    self._voice()
            case "full":
                self._shell.toggle_full()
            case "screen":
                self._shell.show_screen(what)
            case "camera":
                self._shell.show_screen("watch")
                self._watch.wall.show_camera(what)
            case "layout":
                self._shell.show_screen("watch")
                self._watch.wall.set_layout(what)
            case "wall":
                item = self._kit.library.find(what)
                if item is not None:
                    self._shell.show_screen("watch")
                    self._kit.recall(item)


def action_name(action: str) -> str:
    """The word on the action's button."""
    words = {
        "claim": QCoreApplication.translate("ActionBar", "接警"),
        "verify": QCoreApplication.translate("ActionBar", "核实"),
        "false": QCoreApplication.translate("ActionBar", "误报"),
        "dispatch": QCoreApplication.translate("ActionBar", "派警"),
        "silence": QCoreApplication.translate("ActionBar", "消音"),
        "reset": QCoreApplication.translate("ActionBar", "复位"),
        "transfer": QCoreApplication.translate("ActionBar", "转交"),
        "shelve": QCoreApplication.translate("ActionBar", "搁置"),
        "group": QCoreApplication.translate("ActionBar", "整组"),
    }
    return words[action]


def _layout_name(tiles: str) -> str:
    return QCoreApplication.translate("Commands", "布局 {count}").format(count=tiles)
