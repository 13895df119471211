"""`shouwang report …`: a duty report into a file, for a timer or a script."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, print_rows, settings_of
from services.domain.periods import PeriodKind

Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="其中的一天，缺省为昨天 / a day in it (default: yesterday)"),
]


def report(
    kind: Annotated[PeriodKind, typer.Argument(help="day, week, month, quarter")],
    file: Annotated[Path, typer.Argument(help=".pdf, .docx, .xlsx")],
    day: Day = None,
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """值班日报、周检查、月调度、季考核写成文件 / write a duty report into a file."""
    from app.duty_report import write_duty_report

    wanted = None if day is None else day.date()
    row = write_duty_report(settings_of(data_dir, database), kind, wanted, file)
    print_rows([row], as_json=as_json)
