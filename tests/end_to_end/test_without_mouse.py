"""Every screen as it opens, without a mouse: Tab reaches and leaves its buttons, fields, lists and tabs.

Drawn surfaces (map, wall, charts) have keys of their own and are not looked at here; nor are pages and
dialogs that open only after something was done, but for an incident's forms and the dispatch panel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from app.views_table import screens_of
from services.core.clock import SystemClock
from services.core.ids import new_id
from services.dispatch import IncidentDesk, IncidentSheet
from services.domain.people import Role
from services.identity import Accounts
from tests.end_to_end.watch_kit import PASSWORD, Watch, Workplace
from tests.passwords import QUICK
from views.incidents.acts import Act

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
MOST_TABS = 600
MOST_PARTS = 12
ROLES = {"wang": Role.OPERATOR, "zhou": Role.SUPERVISOR, "admin": Role.ADMINISTRATOR}


@pytest.fixture
def watch(data_dir: object, expected_log: Callable[..., None]) -> Iterator[Watch]:
    expected_log("video.refused", "sound.no_device", "plan.unreadable")
    made = Watch(data_dir)  # type: ignore[arg-type]
    accounts = Accounts(made.database, passwords=QUICK)
    administrator = accounts.log_in("admin", PASSWORD, "OFFICE")
    accounts.create(administrator, "zhou", "周某", Role.SUPERVISOR, PASSWORD)
    desk = IncidentDesk(made.database, SystemClock())
    desk.open(made.log_in("wang", "SEAT-0"), new_id(), IncidentSheet("打架", "fight", "二食堂"))
    yield made
    made.close()


def owner_of(widget: QWidget) -> QWidget:
    """The control that a part belongs to: the line of a spin box, the view of a scroll area."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, (QAbstractSpinBox, QComboBox, QAbstractItemView, QPlainTextEdit, QTextEdit)):
            return owner_of(parent)
        parent = parent.parentWidget()
    return widget


def controls_of(screen: QWidget) -> set[QWidget]:
    """The standard controls that a mouse could use now."""
    found = set()
    for kind in CONTROLS:
        for widget in screen.findChildren(kind):
            is_usable = widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()
            if is_usable and not isinstance(widget, QScrollBar) and owner_of(widget) is widget:
                found.add(widget)
    return found


def walk(workplace: Workplace, screen: QWidget) -> set[QWidget]:
    """Everything that has the keyboard on the way once around the window."""
    shell = workplace.desk.shell
    shell.activateWindow()
    screen.setFocus(Qt.FocusReason.OtherFocusReason)
    QApplication.processEvents()
    seen: list[QWidget] = []
    for _ in range(MOST_TABS):
        focused = QApplication.focusWidget() or shell
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None:
            break
        owner = owner_of(now)
        # Once around. A field of several parts keeps the keyboard for some presses.
        if seen and owner is seen[0] and seen[-1] is not owner:
            break
        seen.append(owner)
        assert seen[-MOST_PARTS:] != [owner] * MOST_PARTS, f"{named(owner)} never lets the keyboard go"
    return set(seen)


def with_groups(reached: set[QWidget]) -> set[QWidget]:
    """Of exclusive buttons one is reached by Tab, the others from it by the arrow keys."""
    found = set(reached)
    for widget in reached:
        if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
            found |= set(widget.group().buttons())
    return found


def named(widget: QWidget) -> str:
    words = widget.accessibleName() or str(getattr(widget, "text", str)())
    parent = widget.parentWidget()
    return f"{type(parent).__name__}/{type(widget).__name__} {words}"


@pytest.mark.parametrize("user", ROLES)
def test_every_control_of_every_screen_gets_the_keyboard_by_tab(
    watch: Watch, wait_until: Callable[..., object], user: str
) -> None:
    workplace = Workplace(watch, user, "SEAT-1")
    try:
        workplace.open("incidents")
        wait_until(lambda: workplace.jobs.is_idle)
        unreached: dict[str, list[str]] = {}
        names = [spec.name for spec, _ in screens_of(ROLES[user])]
        for name in names:
            workplace.desk.shell.show_screen(name)
            wait_until(lambda: workplace.jobs.is_idle)
            screen = workplace.desk.shell.front
            assert screen is not None
            wanted = controls_of(screen)
            missing = wanted - with_groups(walk(workplace, screen))
            if missing:
                unreached[name] = sorted(map(named, missing))
        assert unreached == {}
        assert len(names) > 10
    finally:
        workplace.close()


def test_the_forms_of_an_incident_and_the_dispatch_panel_too(
    watch: Watch, wait_until: Callable[..., object]
) -> None:
    workplace = Workplace(watch, "wang", "SEAT-1")
    try:
        workplace.open("incidents")
        wait_until(lambda: workplace.jobs.is_idle)
        desk = workplace.desk
        detail = desk.screens.incidents_screen.detail
        unreached: dict[str, list[str]] = {}
        for act in (Act.EDIT, Act.FIRE_BRIGADE, Act.CALL, Act.TRANSFER):
            detail.begin(act)
            QApplication.processEvents()
            missing = controls_of(detail) - with_groups(walk(workplace, detail))
            unreached |= {act.value: sorted(map(named, missing))} if missing else {}
        detail.leave_form()
        desk.presenters.incidents.ask_dispatch()
        wait_until(lambda: desk.screens.panel.isVisible() and desk.presenters.dispatch.chosen)
        missing = controls_of(desk.screens.panel) - with_groups(walk(workplace, desk.screens.panel.list))
        unreached |= {"dispatch": sorted(map(named, missing))} if missing else {}
        assert unreached == {}
    finally:
        workplace.close()
