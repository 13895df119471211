"""How often a fire controller may be told to move something."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from services.domain.fire_requests import FireOutcome
from services.domain.outputs import OutputAction
from services.domain.site import Output, OutputKind, Panel, PanelNo, PanelProtocol, Site
from services.hub.firelink import Answer
from services.hub.outputwires import FireWire

PANEL = Panel(
    PanelNo("F1"), "000000000379", "消防装置", "Fire device", (1.0, 1.0), protocol=PanelProtocol.GB26875
)
SITE = Site("test", "测试校区", "Test campus", 100.0, 100.0, panels=(PANEL,))
FAN = Output(
    "L1",
    PanelNo("F1"),
    0,
    "排烟风机",
    "Smoke fan",
    OutputKind.SMOKE_FAN,
    "一号楼",
    (1.0, 1.0),
    point="18.1.1.7",
)


@dataclass
class NotingLink:
    """Takes every command and notes whether a second try was forbidden."""

    sent: list[tuple[str, bool]] = field(default_factory=list)

    def send_control(self, _account: str, point: str, _action: str, *, is_once: bool = False) -> Answer:
        self.sent.append((point, is_once))
        return Answer(FireOutcome.ACCEPTED)


@pytest.mark.parametrize(
    ("kind", "is_once"),
    [(OutputKind.PUMP, True), (OutputKind.GAS_RELEASE, True), (OutputKind.SMOKE_FAN, False)],
)
def test_only_a_dangerous_output_is_told_once_at_most(kind: OutputKind, is_once: bool) -> None:
    link: Any = NotingLink()
    FireWire(link, lambda: SITE).switch(replace(FAN, kind=kind), OutputAction.ON)
    assert link.sent == [("18.1.1.7", is_once)]
