"""`shouwang recordings …`: what is recorded, and whether index and disks agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of

recordings_cli = typer.Typer(help="录像 / recordings", no_args_is_help=True, cls=WholeHelp)
GapsOf = Annotated[
    str, typer.Option("--gaps", metavar="CAMERA", help="这台的缺口及原因 / the gaps of this camera and why")
]
Thorough = Annotated[bool, typer.Option("--thorough", help="读每个文件的结构 / read the boxes of every file")]


@recordings_cli.command("list")
def recordings_list(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """每台摄像机的录像有多少天 / how far back each camera's recording reaches."""
    from app.recordings import reach_rows

    print_rows(reach_rows(settings_of(data_dir, database)), as_json=as_json)


@recordings_cli.command("days")
def recordings_days(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    camera: GapsOf = "",
) -> None:
    """保管天数：现有、应有、何时不足 / days kept: there, wanted, and when they will be too few."""
    from app.recordings import days_rows, gap_rows

    settings = settings_of(data_dir, database)
    print_rows(gap_rows(settings, camera) if camera else days_rows(settings), as_json=as_json)


@recordings_cli.command("adopt")
def recordings_adopt(
    folder: Path,
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """换上的新硬盘：从此可以录像 / a new disk in an old one's place: from now on it takes recordings."""
    from app.recordings import adopt_disk

    print_rows([adopt_disk(settings_of(data_dir, database), folder)], as_json=as_json)


@recordings_cli.command("check")
def recordings_check(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    thorough: Thorough = False,
) -> None:
    """核对索引与硬盘 / compare the index with the disks; changes nothing."""
    from app.recordings import check_rows

    rows = check_rows(settings_of(data_dir, database), is_thorough=thorough, repairs=False)
    print_rows(rows, as_json=as_json)
    raise typer.Exit(0 if all(row["ok"] for row in rows) else 1)


@recordings_cli.command("repair")
def recordings_repair(
    data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """让索引与硬盘一致，不动任何文件 / make the index say what is there; touches no file."""
    from app.recordings import check_rows

    rows = check_rows(settings_of(data_dir, database), is_thorough=False, repairs=True)
    print_rows(rows, as_json=as_json)
    raise typer.Exit(0 if all(row["ok"] for row in rows) else 1)


@recordings_cli.command("index")
def recordings_index(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """给没有移动索引的录像补做索引（只看关键帧，较慢）
    / make the motion index of pieces without one, from their key pictures; slow."""
    from app.recordings import index_rows

    rows = index_rows(settings_of(data_dir, database))
    print_rows(rows, as_json=as_json)
    raise typer.Exit(0 if all(row["ok"] for row in rows) else 1)
