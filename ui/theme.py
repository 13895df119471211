"""Colours, sizes and type of every screen, night and day; nothing else names a colour."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from services.core.paths import resource
from services.domain.classes import Priority
from ui.theme_sheet import SHEET


@dataclass(frozen=True, slots=True)
class PriorityColours:
    """mark: frames, rings and text on dark ground. fill and on_fill: plates and badges."""

    mark: str
    fill: str
    on_fill: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #rrggbb.

    ground: window; panel: columns and bars; raised: cards, fields, buttons; hover: under the pointer.
    video*: the wall stays dark in both themes, so that pictures keep their look.
    """

    name: str
    is_night: bool
    ground: str
    panel: str
    raised: str
    hover: str
    line: str
    line_strong: str
    text: str
    text_dim: str
    accent: str
    accent_fill: str
    on_accent: str
    ok: str
    warn: str
    bad: str
    calm: str
    warn_fill: str
    on_warn: str
    bad_fill: str
    on_bad: str
    video: str
    video_header: str
    video_text: str
    video_dim: str
    video_ok: str
    video_warn: str
    video_bad: str
    video_calm: str
    video_frozen: str
    video_black: str
    video_covered: str
    video_moved: str
    video_recorded: str
    map_ground: str
    map_green: str
    map_water: str
    map_road: str
    map_plaza: str
    map_sports: str
    map_building: str
    map_dormitory: str
    map_building_edge: str
    map_wall: str
    map_path: str
    map_label: str
    map_camera: str
    map_cone: str
    map_post: str
    map_guard_ready: str
    map_guard_busy: str
    map_guard_away: str
    map_route: str
    p1: PriorityColours
    p2: PriorityColours
    p3: PriorityColours
    p4: PriorityColours

    def priority(self, priority: Priority) -> PriorityColours:
        return (self.p1, self.p2, self.p3, self.p4)[priority - 1]


NIGHT = Tokens(
    name="night",
    is_night=True,
    ground="#0f1419",
    panel="#151c23",
    raised="#1d262f",
    hover="#27333e",
    line="#2a3641",
    line_strong="#435462",
    text="#dbe4ea",
    text_dim="#9aabb8",
    accent="#62b0e6",
    accent_fill="#1f6699",
    on_accent="#f1f7fb",
    ok="#56c68f",
    warn="#e6b450",
    bad="#f2766d",
    calm="#86a7c0",
    warn_fill="#4a3a14",
    on_warn="#f5d99a",
    bad_fill="#571f20",
    on_bad="#f9cbc7",
    video="#0b0f13",
    video_header="#161e26",
    video_text="#dbe4ea",
    video_dim="#9aabb8",
    video_ok="#56c68f",
    video_warn="#f0be55",
    video_bad="#f58279",
    video_calm="#86b4d6",
    video_frozen="#6fd8ee",
    video_black="#c9ced2",
    video_covered="#f79d5c",
    video_moved="#c9a8f7",
    video_recorded="#f3a3d2",
    map_ground="#161d22",
    map_green="#1d3128",
    map_water="#1b384f",
    map_road="#2c363f",
    map_plaza="#262c31",
    map_sports="#3a2c29",
    map_building="#33404c",
    map_dormitory="#3b3d52",
    map_building_edge="#566878",
    map_wall="#8996a1",
    map_path="#4a5862",
    map_label="#d3dde4",
    map_camera="#7cc3f2",
    map_cone="#7cc3f2",
    map_post="#c9b8f0",
    map_guard_ready="#56c68f",
    map_guard_busy="#f0be55",
    map_guard_away="#8a98a4",
    map_route="#f0be55",
    p1=PriorityColours("#ff5c57", "#c8262c", "#fff3f1"),
    p2=PriorityColours("#ff9d42", "#f08c2e", "#241203"),
    p3=PriorityColours("#f1d04b", "#e3c23c", "#211b04"),
    p4=PriorityColours("#79bdf0", "#6cb0e4", "#07192a"),
)

DAY = Tokens(
    name="day",
    is_night=False,
    ground="#e4e9ed",
    panel="#eff3f5",
    raised="#f9fbfc",
    hover="#dfe7ed",
    line="#c9d3db",
    line_strong="#92a2af",
    text="#1b262f",
    text_dim="#475661",
    accent="#145a8c",
    accent_fill="#1f6699",
    on_accent="#f1f7fb",
    ok="#136b43",
    warn="#7a5200",
    bad="#a82424",
    calm="#3a5c76",
    warn_fill="#f5e2b4",
    on_warn="#553900",
    bad_fill="#f6d4d1",
    on_bad="#7c1717",
    video="#0b0f13",
    video_header="#161e26",
    video_text="#dbe4ea",
    video_dim="#9aabb8",
    video_ok="#56c68f",
    video_warn="#f0be55",
    video_bad="#f58279",
    video_calm="#86b4d6",
    video_frozen="#6fd8ee",
    video_black="#c9ced2",
    video_covered="#f79d5c",
    video_moved="#c9a8f7",
    video_recorded="#f3a3d2",
    map_ground="#e9eeec",
    map_green="#d3e5d5",
    map_water="#c3dcec",
    map_road="#fafbfb",
    map_plaza="#e3dfd8",
    map_sports="#eccfc1",
    map_building="#c8d2da",
    map_dormitory="#d2d0e2",
    map_building_edge="#8b9aa6",
    map_wall="#5b6873",
    map_path="#b3bdc4",
    map_label="#1b262f",
    map_camera="#0f5f99",
    map_cone="#2f86c4",
    map_post="#5b3fa0",
    map_guard_ready="#136b43",
    map_guard_busy="#8a5a00",
    map_guard_away="#56646f",
    map_route="#a86400",
    p1=PriorityColours("#c8262c", "#c8262c", "#fff3f1"),
    p2=PriorityColours("#a85300", "#f08c2e", "#241203"),
    p3=PriorityColours("#7d6500", "#e3c23c", "#211b04"),
    p4=PriorityColours("#1b669f", "#6cb0e4", "#07192a"),
)

# The wall, its plates and frames are dark in both themes, so that pictures keep their look.
ON_VIDEO = NIGHT

THEMES: dict[str, Tokens] = {theme.name: theme for theme in (NIGHT, DAY)}


class Paper:
    """Colours of what is printed, in either theme."""

    INK = "#000000"
    DIM = "#555555"
    LINE = "#a8a8a8"
    HEAD = "#e7ecf2"


class Size:
    """Pixels at 100 % scale."""

    GAP_XS = 4
    GAP_S = 8
    GAP_M = 12
    GAP_L = 16
    RADIUS = 4
    TEXT_XS = 11
    TEXT_S = 12
    TEXT_M = 14
    TEXT_L = 16
    TEXT_XL = 20
    TEXT_XXL = 28
    ROW = 32
    BADGE = 24
    RAIL_WIDTH = 64
    TOP_BAR = 48
    NOTICE = 42
    SIDE_WIDTH = 340
    TILE_HEADER = 22
    TILE_GAP = 3


_active = NIGHT


def tokens() -> Tokens:
    """The theme that the program wears now; read it while painting, never keep it."""
    return _active


def wear(app: QApplication, theme: Tokens) -> None:
    """Dress the whole program: palette and style sheet; every widget repaints."""
    global _active
    _active = theme
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Tokens) -> str:
    """Every ordinary widget's look in the colours of `theme`."""
    values: dict[str, object] = {field.name: getattr(theme, field.name) for field in fields(theme)}
    sizes = {"text_s": Size.TEXT_S, "text_m": Size.TEXT_M, "text_l": Size.TEXT_L, "text_xl": Size.TEXT_XL}
    look = resource("look").as_posix()
    return SHEET.substitute(values | sizes | {"radius": Size.RADIUS, "look": look})


def colour(name: str, alpha: float = 1.0) -> QColor:
    """`#rrggbb` as QColor; alpha 0 to 1."""
    made = QColor(name)
    made.setAlphaF(alpha)
    return made


def font(size_px: int, *, bold: bool = False) -> QFont:
    """The program's typeface at `size_px`; a copy of its own."""
    return QFont(_font(QApplication.font().family(), size_px, bold))


@lru_cache(maxsize=64)
def _font(family: str, size_px: int, bold: bool) -> QFont:
    made = QFont(QApplication.font())
    made.setFamily(family)
    made.setPixelSize(size_px)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_pairs(theme: Tokens) -> list[tuple[str, str]]:
    """Every (text, ground) pair of token names that some screen draws."""
    flat = ("ground", "panel", "raised", "hover")
    texts = ("text", "text_dim", "accent", "ok", "warn", "bad", "calm")
    pairs = [(text, ground) for text in texts for ground in flat]
    pairs += [("on_accent", "accent_fill"), ("on_warn", "warn_fill"), ("on_bad", "bad_fill")]
    video_texts = [field.name for field in fields(theme) if field.name.startswith("video_")]
    video_texts.remove("video_header")
    pairs += [(text, ground) for text in video_texts for ground in ("video", "video_header")]
    on_map = ("map_ground", "map_green", "map_water", "map_road", "map_plaza", "map_sports")
    pairs += [("map_label", ground) for ground in (*on_map, "map_building", "map_dormitory")]
    return pairs


def _luminance(name: str) -> float:
    channels = (int(name[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(theme: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.raised,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.text_dim,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.bad,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent_fill,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Light: theme.hover,
        QPalette.ColorRole.Midlight: theme.line,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.line_strong,
        QPalette.ColorRole.Shadow: theme.ground,
        QPalette.ColorRole.Accent: theme.accent_fill,
    }
    for role, name in roles.items():
        palette.setColor(role, QColor(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, QColor(theme.line_strong))
    return palette


ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_CENTRE = Qt.AlignmentFlag.AlignCenter
