"""`shouwang db …` and `shouwang audit …`: care of the record."""

from __future__ import annotations

from pathlib import Path

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of

db_cli = typer.Typer(help="数据库 / database", no_args_is_help=True, cls=WholeHelp)
audit_cli = typer.Typer(help="审计 / audit trail", no_args_is_help=True, cls=WholeHelp)


@db_cli.command("upgrade")
def db_upgrade(data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """把数据库升级到本版本 / bring the database to this version's schema."""
    from app.records import upgrade_database

    print_rows([upgrade_database(settings_of(data_dir, database))], as_json=False)


@db_cli.command("grant")
def db_grant(role: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """让程序以此角色运行：能写，但不能改删审计与历史（PostgreSQL，以所有者身份运行）
    / let the program run as this role: it writes, but rewrites no audit or history (as the owner)."""
    from app.records import grant_role

    print_rows([grant_role(settings_of(data_dir, database), role)], as_json=False)


@db_cli.command("check")
def db_check(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """检查数据库 / check the database."""
    from app.records import check_database

    report = check_database(settings_of(data_dir, database))
    print_rows([report], as_json=as_json)
    raise typer.Exit(0 if report["ok"] else 1)


@db_cli.command("backup")
def db_backup(target: Path, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """备份数据库到文件 / back the database up into a file."""
    from app.records import backup_database

    print_rows([backup_database(settings_of(data_dir, database), target)], as_json=False)


@audit_cli.command("verify")
def audit_verify(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """核对审计链，指出第一条被改动的记录 / check the audit chain; name the first broken row."""
    from app.records import verify_audit_chain

    report = verify_audit_chain(settings_of(data_dir, database))
    print_rows([report], as_json=as_json)
    raise typer.Exit(0 if report["ok"] else 1)
