"""`shouwang fire …`: what may be asked of fire transmission devices."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of
from services.domain.fire_requests import FireRequestKind

fire_cli = typer.Typer(help="消防传输装置 / fire transmission devices", no_args_is_help=True, cls=WholeHelp)


@fire_cli.command("ask")
def fire_ask(
    panel: str,
    kind: FireRequestKind,
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    point: Annotated[str, typer.Option(help="系统 1.1 或部件 1.1.10.2 / system or component")] = "",
) -> None:
    """由接收机执行；查岗、校时只能在席位上下发 / the hub carries it out; duty and clock only at a seat."""
    from app.records import ask_fire_device

    print_rows([ask_fire_device(settings_of(data_dir, database), panel, kind, point)], as_json=False)


@fire_cli.command("requests")
def fire_requests(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 100,
) -> None:
    """列出指令及结果，最新在前 / list what was asked and answered, newest first."""
    from app.records import fire_request_rows

    print_rows(fire_request_rows(settings_of(data_dir, database), limit), as_json=as_json)
