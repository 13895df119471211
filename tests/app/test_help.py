"""What `--help` says can be read whole on a terminal of 80 columns."""

from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from app.cli.program import cli

GROUPS = ("site", "db", "audit", "recordings", "evidence", "users", "fire", "secrets")
COMMANDS = ("hub", "demo", "sim", "alarms", "incidents", "selftest", "report")


@pytest.mark.parametrize("words", [(), *((name,) for name in GROUPS + COMMANDS)], ids=" ".join)
def test_help_cuts_nothing_at_80_columns(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = CliRunner().invoke(cli, [*words, "--help"], terminal_width=80).stdout
    assert "Usage" in said
    body = said.partition("\n\n")[2]
    assert [line for line in body.splitlines() if line.rstrip("│ ").endswith(("…", "..."))] == []


def test_every_command_is_looked_at() -> None:
    command = get_command(cli)
    assert set(getattr(command, "commands", {})) - {"seat"} == {*GROUPS, *COMMANDS}
