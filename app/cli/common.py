"""What the command groups share: their options, the settings they name, and how rows are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from services.core.errors import ServiceError
from services.core.logging import configure_logging
from services.core.settings import Settings, load_settings

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="数据目录 / folder for data (default: the platform's)")
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="数据库地址，口令请写进 SHOUWANG_DATABASE / database URL; put a password into SHOUWANG_DATABASE",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / print JSON")]


class WholeHelp(TyperGroup):
    """Lists each command with its whole first paragraph; the usual list cuts it at the terminal's edge."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for command in self.commands.values():
            first = (command.help or "").strip().partition("\n\n")[0]
            command.short_help = " ".join(first.split())


def settings_of(data_dir: Path | None, database: str | None, *, log_name: str = "", **more: Any) -> Settings:
    overrides = {"data_dir": data_dir, "database": database, **more}
    settings = load_settings(**{key: value for key, value in overrides.items() if value is not None})
    try:
        configure_logging(settings.data_dir / "logs" / f"{log_name}.jsonl" if log_name else None)
    except OSError as error:
        # A folder that takes no log takes no alarm either.
        raise ServiceError("settings.folder", folder=str(settings.data_dir), reason=error.strerror) from None
    return settings


def print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(f"{key}={_short(value)}" for key, value in row.items()))


def _short(value: object) -> str:
    if isinstance(value, (list, dict)):
        return f"[{len(value)}]"
    return "-" if value is None or value == "" else str(value)
