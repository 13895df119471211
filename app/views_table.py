"""The screens on the rail, in order; a new screen is one line here."""

from collections.abc import Callable

from ui.shell.words import ScreenEntry
from views import incidents, map, watch

SCREENS: tuple[tuple[ScreenEntry, Callable[[], str]], ...] = (
    (watch.SPEC, watch.title),
    (map.SPEC, map.title),
    (incidents.SPEC, incidents.title),
)
