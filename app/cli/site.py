"""`shouwang site …`: the campus as one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of

site_cli = typer.Typer(help="校区文件 / site file", no_args_is_help=True, cls=WholeHelp)


@site_cli.command("import")
def site_import(file: Path, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """导入校区文件；有错则什么都不改 / import a site file; a wrong one changes nothing."""
    from app.records import import_site_file

    summary = import_site_file(settings_of(data_dir, database), file)
    print_rows([summary], as_json=False)


@site_cli.command("export")
def site_export(
    file: Annotated[Path | None, typer.Argument(help="缺省输出到屏幕 / default: standard output")] = None,
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
) -> None:
    """导出校区文件 / export the site file."""
    from app.records import export_site_file, export_site_text

    settings = settings_of(data_dir, database)
    if file is None:
        sys.stdout.write(export_site_text(settings))
    else:
        export_site_file(settings, file)
