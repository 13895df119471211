"""A key means one thing at a time: Qt obeys neither of two shortcuts that could both be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from ui.shell import Shell

WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
WINDOW = Qt.ShortcutContext.WindowShortcut


@dataclass(frozen=True)
class Key:
    """owner: whose key it is; screen: the name of the one it lies in, "" beside all of them."""

    keys: str
    owner: QWidget
    reach: Qt.ShortcutContext
    screen: str

    def may_be_meant_with(self, other: Key) -> bool:
        if self.keys != other.keys or self._are_pages_apart(other):
            return False
        if WINDOW in (self.reach, other.reach):
            return True
        return (
            self.owner is other.owner
            or (self.reach is WITHIN and self.owner.isAncestorOf(other.owner))
            or (other.reach is WITHIN and other.owner.isAncestorOf(self.owner))
        )

    def _are_pages_apart(self, other: Key) -> bool:
        """Of pages of one stack, as all screens are, only one is shown, and hidden keys are none."""
        return any(
            isinstance(part.parent(), QStackedWidget)
            and part.parent().isAncestorOf(other.owner)
            and not (part is other.owner or part.isAncestorOf(other.owner))
            for part in lineage(self.owner)
        )


def lineage(widget: QWidget) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def keys_of(part: QWidget, screen: str) -> Iterator[Key]:
    """Also of pages that are not shown just now; not of windows of their own."""
    for shortcut in part.findChildren(QShortcut):
        owner = shortcut.parent()
        assert isinstance(owner, QWidget)
        if owner.window() is part.window():
            sequences = shortcut.keys()
            for sequence in sequences:
                yield Key(sequence.toString(), owner, shortcut.context(), screen)
    for button in part.findChildren(QAbstractButton):
        if not button.shortcut().isEmpty() and button.window() is part.window():
            yield Key(button.shortcut().toString(), button, WINDOW, screen)
    for action in part.findChildren(QAction):
        owner = action.parent()
        for sequence in action.shortcuts():
            assert isinstance(owner, QWidget)
            yield Key(sequence.toString(), owner, action.shortcutContext(), screen)


def all_keys(shell: Shell) -> list[Key]:
    screens: dict[str, QWidget] = {}
    for name in shell.screen_names:
        shell.show_screen(name)
        assert shell.front is not None
        screens[name] = shell.front
    inside = [key for name, part in screens.items() for key in keys_of(part, name)]
    parts = list(screens.values())
    beside = [
        key
        for key in keys_of(shell, "")
        if not any(part is key.owner or part.isAncestorOf(key.owner) for part in parts)
    ]
    return inside + beside


@pytest.mark.parametrize("user", ["wang", "zhao", "admin"])
def test_no_two_keys_of_a_seat_can_be_meant_at_once(user: str, shell_of: Callable[[str], Shell]) -> None:
    keys = all_keys(shell_of(user))
    assert {"F1", "F5", "Esc", "Ctrl+Up", "F9"} <= {key.keys for key in keys}
    clashes = {
        (
            one.keys,
            one.screen or other.screen,
            *sorted((type(one.owner).__name__, type(other.owner).__name__)),
        )
        for one, other in combinations(keys, 2)
        if one.may_be_meant_with(other)
    }
    assert clashes == set()
