"""When a panel counts as silent, and when it counts as back."""

from __future__ import annotations

from services.domain.site import Panel, PanelNo
from services.hub.supervision import Hearing, Supervision

QUIET = Hearing((), ())


def panel(account: str, supervision_s: float) -> Panel:
    return Panel(PanelNo(f"P{account}"), account, account, account, (0.0, 0.0), supervision_s)


def watching(*panels: Panel) -> Supervision:
    supervision = Supervision()
    supervision.watch(panels, 100.0)
    return supervision


def test_a_panel_has_its_full_time_after_a_start() -> None:
    supervision = watching(panel("1", 90))
    assert supervision.changes(190.0) == QUIET
    assert supervision.changes(190.1) == Hearing(("1",), ())


def test_silence_is_told_once_and_so_is_the_return() -> None:
    supervision = watching(panel("1", 90))
    assert supervision.changes(200.0).lost == ("1",)
    assert supervision.changes(201.0) == QUIET
    supervision.heard("1", 202.0)
    assert supervision.changes(202.0) == Hearing((), ("1",))
    assert supervision.changes(203.0) == QUIET


def test_the_first_sign_of_life_after_a_start_quiets_an_alarm_from_before() -> None:
    supervision = watching(panel("1", 90))
    supervision.heard("1", 110.0)
    assert supervision.changes(110.0) == Hearing((), ("1",))


def test_any_traffic_counts_and_strangers_do_not_matter() -> None:
    supervision = watching(panel("1", 90))
    supervision.heard("1", 150.0)
    supervision.heard("stranger", 150.0)
    supervision.changes(151.0)
    assert supervision.changes(240.0) == QUIET
    assert supervision.changes(240.1).lost == ("1",)


def test_a_panel_without_supervision_is_never_missed() -> None:
    assert watching(panel("1", 0)).changes(1e9) == QUIET


def test_what_could_not_be_stored_is_told_again() -> None:
    supervision = watching(panel("1", 90), panel("2", 90))
    supervision.heard("2", 190.0)
    hearing = supervision.changes(200.0)
    supervision.untold(hearing)
    assert supervision.changes(201.0) == hearing


def test_a_new_site_keeps_what_is_known_of_its_old_panels() -> None:
    supervision = watching(panel("1", 90), panel("2", 90))
    supervision.heard("1", 150.0)
    supervision.watch([panel("1", 90), panel("3", 90)], 180.0)
    supervision.changes(180.0)
    assert supervision.changes(240.5).lost == ("1",)
    assert supervision.changes(270.5).lost == ("3",)
