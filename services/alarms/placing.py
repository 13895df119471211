"""Where a signal comes from, by the site; what the site does not know gets a place all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from services.alarms.drivers.dc09 import PLAIN_REFUSED, UNDECIPHERABLE
from services.alarms.drivers.gb26875_words import FIRE
from services.alarms.meaning import (
    KEYS_SHUT,
    LINKAGE_CODES,
    OUTPUT_FAULTS,
    POLLING_LOST,
    RECORDING_SHORT,
    RECORDING_STOPPED,
    SIGNAL_ASIDE,
    SPOOL_LOST,
    meaning_of,
    meanings,
)
from services.domain.alarms import AlarmSource, Signal
from services.domain.classes import AlarmClass
from services.domain.outputs import OrderCause
from services.domain.site import (
    ArmGroup,
    CameraNo,
    Output,
    Panel,
    PanelNo,
    Point,
    Site,
    Zone,
    ZoneKind,
    ZoneNo,
)

ChooseFeeds = Callable[[Zone], tuple[CameraNo, ...]]

UNKNOWN_PANEL = "?"

# Codes whose last number is a user, not a zone: showing "zone 5" for user 5 would send help astray.
DURESS_BY_USER = frozenset({"121", "124", "125"})

# What stands before the name of a zone, in Chinese and English.
STOPPED_BY_ITSELF = ("自行停止：", "Stopped by itself: ")
BYPASS_REFUSED = ("旁路被拒：", "Bypass refused: ")
_LOST = ("通信中断", "communication lost")
_OWN_NAMES = {
    PLAIN_REFUSED: ("拒收未加密报文", "Unencrypted frame refused"),
    UNDECIPHERABLE: ("报文无法解密", "Frame cannot be decrypted"),
}

# What a guard, or the hub about a guard, says; `point` of such a signal is the guard's number.
GUARD_DURESS = "guard:duress"
GUARD_OVERDUE = "guard:overdue"
GUARD_NAMES = {
    GUARD_DURESS: ("保安遇险", "Guard in distress"),
    GUARD_OVERDUE: ("保安逾时未报平安", "Guard has not checked in"),
}

_FAILED = {
    OrderCause.NO_FEEDBACK: ("无反馈", "no feedback"),
    OrderCause.REFUSED: ("设备拒绝动作", "refused by the device"),
    OrderCause.UNREACHABLE: ("设备连不上", "device unreachable"),
    OrderCause.NO_WIRE: ("没有控制线路", "no way to switch it"),
    OrderCause.OUTCOME_UNKNOWN: ("是否动作不明", "unknown whether it moved"),
    OrderCause.INTERLOCKED: ("被联锁阻止", "kept by an interlock"),
    OrderCause.TOO_LATE: ("命令过期未执行", "order too late, not carried out"),
    OrderCause.DRILL: ("演习中，真实命令未执行", "a drill is on, real order not carried out"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """What an alarm says about its origin.

    panel: number in the site, UNKNOWN_PANEL when no panel has the account, empty for the hub itself.
    zone: None when the site has no such zone or the signal names none.
    """

    panel: str
    zone: Zone | None
    zone_number: int
    name: str
    name_en: str
    place: str
    at: Point | None
    feeds: tuple[str, ...]


class Places:
    """Panels by account and zones by wire number of one site, with each zone's feeds chosen ahead."""

    def __init__(self, site: Site, choose_feeds: ChooseFeeds) -> None:
        self._panels = {panel.account.upper(): panel for panel in site.panels}
        self._zones = {(zone.panel, zone.number): zone for zone in site.zones}
        self._points = {(zone.panel, zone.point): zone for zone in site.zones if zone.point}
        self._groups = {group.no: group for group in site.arm_groups}
        self._guards = {str(guard.no): guard for guard in site.guards}
        self._outputs = {output.no: output for output in site.outputs}
        self._choose_feeds = choose_feeds
        self._feeds = {zone.no: tuple(map(str, choose_feeds(zone))) for zone in site.zones}

    def panel_of(self, account: str) -> Panel | None:
        return self._panels.get(account.upper())

    def zones_of(self, panel: Panel) -> list[Zone]:
        return [zone for zone in self._zones.values() if zone.panel == panel.no]

    def group_of(self, zone: Zone) -> ArmGroup | None:
        """None: the zone is in no group, or in one that the site does not have; then it is always armed."""
        return self._groups.get(zone.arm_group)

    def zone_of(self, panel: Panel, signal: Signal) -> Zone | None:
        """By the source's own name of it where the signal has one, else by the number on the wire."""
        if signal.point:
            return self._points.get((panel.no, signal.point))
        return self._zones.get((panel.no, signal.zone))

    def is_stranger(self, signal: Signal) -> bool:
        """Neither a panel of the site, nor a person, nor the hub itself."""
        if signal.source is AlarmSource.MANUAL:
            return False
        return not _is_of_hub(signal) and self.panel_of(signal.account) is None

    def place(self, signal: Signal) -> Placed:
        if _is_of_hub(signal):
            return _of_hub(signal)
        if signal.is_drill:
            return self._of_drill(signal)
        if signal.source is AlarmSource.MANUAL:
            return self._of_person(signal)
        panel = self.panel_of(signal.account)
        if panel is None:
            return _of_unknown_panel(signal)
        if signal.code in _OWN_NAMES:
            return _of_panel(panel, *_OWN_NAMES[signal.code])
        if signal.source is AlarmSource.DEVICE and signal.code == POLLING_LOST:
            lost, lost_en = _LOST
            return _of_panel(panel, f"{panel.name}：{lost}", f"{panel.name_en}: {lost_en}")
        if signal.source is AlarmSource.DEVICE and signal.code.startswith(OUTPUT_FAULTS):
            return _of_output(panel, self._outputs.get(signal.point), signal)
        if signal.code in DURESS_BY_USER:
            user = signal.zone
            return _of_panel(panel, f"胁迫报警（用户 {user}）", f"Duress (user {user})")
        zone = self.zone_of(panel, signal)
        if signal.source is AlarmSource.GB26875:
            return self._of_fire_system(panel, zone, signal)
        if zone is not None:
            return _with_trouble(self._of_zone(zone), signal)
        if signal.point:
            unknown = _of_panel(panel, f"未知点位 {signal.point}", f"Unknown point {signal.point}")
            return _with_trouble(unknown, signal)
        if signal.zone == 0:
            return _of_panel(panel, panel.name, panel.name_en)
        return _of_panel(panel, f"未知防区 {signal.zone}", f"Unknown zone {signal.zone}", signal.zone)

    def _of_fire_system(self, panel: Panel, zone: Zone | None, signal: Signal) -> Placed:
        """Named with what is the matter but for a fire: one component may be shielded and faulty at once,
        and each of these is an alarm of its own."""
        placed = self._of_zone(zone) if zone is not None else _of_point(panel, signal.point)
        return placed if signal.code == FIRE else _with_trouble(placed, signal)

    def _of_person(self, signal: Signal) -> Placed:
        """Cameras by geometry at the spot, as if a detector hung there. A guard is named: their colleagues
        must know whom to look for."""
        feeds: tuple[str, ...] = ()
        if signal.spot is not None:
            spot = Zone(
                ZoneNo(""), PanelNo(""), 0, "", "", ZoneKind.PANIC_BUTTON, AlarmClass.PANIC, "", signal.spot
            )
            feeds = tuple(map(str, self._choose_feeds(spot)))
        name, name_en = "人工报警", "Reported by a person"
        guard = self._guards.get(signal.point) if signal.code in GUARD_NAMES else None
        if guard is not None:
            words, words_en = GUARD_NAMES[signal.code]
            name, name_en = f"{words}：{guard.name}", f"{words_en}: {guard.name_en or guard.name}"
        return Placed("", None, 0, name, name_en, signal.place, signal.spot, feeds)

    def _of_drill(self, signal: Signal) -> Placed:
        """Named as the zone it plays, but of no panel and no zone: nothing real from there is ever counted to
        it, nor it to anything real.
        """
        zone = next((zone for zone in self._zones.values() if zone.no == signal.point), None)
        if zone is None:
            placed = self._of_person(replace(signal, point=""))
            return replace(placed, name=signal.text or placed.name, name_en=signal.text or placed.name_en)
        return replace(self._of_zone(zone), panel="", zone=None, zone_number=0)

    def _of_zone(self, zone: Zone) -> Placed:
        return Placed(
            panel=zone.panel,
            zone=zone,
            zone_number=zone.number,
            name=zone.name,
            name_en=zone.name_en,
            place=zone.place,
            at=zone.at,
            feeds=self._feeds[zone.no],
        )


def stopped_by_itself(placed: Placed) -> Placed:
    """An output whose feedback went without an order."""
    return _named(placed, *STOPPED_BY_ITSELF)


def bypass_refused(placed: Placed) -> Placed:
    """A protected zone that somebody tried to take out at its panel."""
    return _named(placed, *BYPASS_REFUSED)


def _named(placed: Placed, words: str, words_en: str) -> Placed:
    return replace(placed, name=f"{words}{placed.name}", name_en=f"{words_en}{placed.name_en}")


def _with_trouble(placed: Placed, signal: Signal) -> Placed:
    """Named with what is the matter where the code table has words for it: a line may be cut while its zone
    alarms, and each is an alarm of its own."""
    means = meaning_of(signal.code)
    if not means.label_zh:
        return placed
    name, name_en = f"{placed.name}：{means.label_zh}", f"{placed.name_en}: {means.label}"
    return replace(placed, name=name, name_en=name_en)


def _of_panel(panel: Panel, name: str, name_en: str, zone_number: int = 0) -> Placed:
    return Placed(panel.no, None, zone_number, name, name_en, panel.name, panel.at, ())


def _of_point(panel: Panel, point: str) -> Placed:
    """A component that the site does not know, a whole system, or the transmission device itself."""
    if not point:
        return _of_panel(panel, panel.name, panel.name_en)
    return _of_panel(panel, f"{panel.name} 点位 {point}", f"{panel.name_en} point {point}")


def _of_output(panel: Panel, output: Output | None, signal: Signal) -> Placed:
    cause = signal.code.removeprefix(OUTPUT_FAULTS)
    words, words_en = _FAILED.get(OrderCause(cause), (cause, cause))
    if output is None:
        return _of_panel(panel, f"{signal.point}：{words}", f"{signal.point}: {words_en}")
    name, name_en = f"{output.name}：{words}", f"{output.name_en or output.name}: {words_en}"
    return Placed(panel.no, None, 0, name, name_en, output.place, output.at, ())


_HUB_NAMES = {
    KEYS_SHUT: ("密钥文件读不全，加密主机可能听不见", "Key file unreadable, encrypted panels may go unheard"),
    RECORDING_SHORT: ("录像保管天数不足", "Recordings do not reach back far enough"),
    RECORDING_STOPPED: ("录像已停止：没有可写的硬盘", "Recording has stopped: no disk can be written"),
    SPOOL_LOST: (
        "断库时保管信号的文件损坏或写不进",
        "The file that keeps signals while the database is away is lost",
    ),
    SIGNAL_ASIDE: ("有信号无法入库，只留在接收机上", "A signal cannot be stored, it is kept on the hub only"),
}


def words_in_names() -> dict[str, str]:
    """English by Chinese of what stands in an alarm's name beside the name of a thing or a person."""
    own = (_LOST, *_OWN_NAMES.values(), *GUARD_NAMES.values(), *_FAILED.values(), *_HUB_NAMES.values())
    return dict(own) | {means.label_zh: means.label for means in meanings() if means.label_zh}


def _is_of_hub(signal: Signal) -> bool:
    """A peer that sends this code is still a panel: only the hub speaks as a device."""
    return signal.source is AlarmSource.DEVICE and (signal.code in _HUB_NAMES or signal.code in LINKAGE_CODES)


def _of_hub(signal: Signal) -> Placed:
    name, name_en = _HUB_NAMES.get(signal.code, ("", ""))
    if signal.code in LINKAGE_CODES:
        # One alarm for each rule, however often its actions fail; the text is the rule's name.
        name, name_en = (
            f"联动动作失败：{signal.text}",
            f"Linkage action failed: {signal.point or signal.text}",
        )
    return Placed(
        panel="",
        zone=None,
        zone_number=0,
        name=name,
        name_en=name_en,
        place=f"接收机 / hub: {signal.account}",
        at=None,
        feeds=(),
    )


def _of_unknown_panel(signal: Signal) -> Placed:
    return Placed(
        panel=UNKNOWN_PANEL,
        zone=None,
        zone_number=0,
        name="未知主机",
        name_en="Unknown account",
        place=f"最新账号 / newest account: {signal.account}",
        at=None,
        feeds=(),
    )
