"""The command `shouwang`: one entry for the workstation, the hub and the tools around them."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from services.core.errors import ServiceError
from services.core.keystore import KeyPlace
from services.core.logging import configure_logging, redact
from services.core.settings import Settings, load_settings
from services.domain.people import Role

EXIT_REFUSED = 2
# What a shell expects of a program that Ctrl+C ended.
EXIT_INTERRUPTED = 130

cli = typer.Typer(
    help="守望 Shouwang：校园指挥中心工作站 / campus command-centre workstation",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    add_completion=False,
)
site_cli = typer.Typer(help="校区文件 / site file", no_args_is_help=True)
db_cli = typer.Typer(help="数据库 / database", no_args_is_help=True)
audit_cli = typer.Typer(help="审计 / audit trail", no_args_is_help=True)
users_cli = typer.Typer(help="用户 / users", no_args_is_help=True)
secrets_cli = typer.Typer(help="口令和密钥 / log-ins and keys of this machine", no_args_is_help=True)
cli.add_typer(site_cli, name="site")
cli.add_typer(db_cli, name="db")
cli.add_typer(audit_cli, name="audit")
cli.add_typer(users_cli, name="users")
cli.add_typer(secrets_cli, name="secrets")

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
WithParent = Annotated[bool, typer.Option("--with-parent", hidden=True)]


@cli.callback(invoke_without_command=True)
def workstation(context: typer.Context, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """打开值守工作站 / open the workstation."""
    if context.invoked_subcommand is not None:
        return
    from app.workstation import run_workstation

    settings = _settings(data_dir, database, log_name="workstation")
    raise typer.Exit(run_workstation(settings))


@cli.command()
def hub(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    dc09: Annotated[str | None, typer.Option(help="HOST:PORT")] = None,
    with_parent: WithParent = False,
) -> None:
    """运行接收机与联动（无窗口）/ run the always-on half: receivers, linkage, clocks."""
    from app.roles import run_hub

    settings = _settings(data_dir, database, log_name="hub", **_dc09(dc09))
    run_hub(settings, with_parent=with_parent)


@cli.command()
def demo(
    seconds: Annotated[
        float | None, typer.Option(min=1, help="运行多少秒后退出 / quit after so many seconds")
    ] = None,
    shots: Annotated[Path | None, typer.Option(help="截图目录 / folder for screenshots")] = None,
    act: Annotated[
        bool, typer.Option("--act", help="由程序按键 F1、F4、回车 / let the program press F1, F4, Enter")
    ] = False,
) -> None:
    """在模拟校区上演示，不需要任何配置 / show everything on the simulated campus, no configuration."""
    from app.demo import run_demo

    raise typer.Exit(run_demo(seconds=seconds, shots=shots, is_acting=act))


@cli.command()
def sim(
    data_dir: DataDir = None,
    rtsp_port: Annotated[int, typer.Option(min=0, max=65535, help="RTSP, 0 = any")] = 8554,
    dc09_port: Annotated[
        int, typer.Option(min=0, max=65535, help="接收机端口，0 = 不报警 / hub to dial, 0 = no panels")
    ] = 0,
    control_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="故障命令口 / port for fault commands")
    ] = None,
    onvif_port: Annotated[
        int, typer.Option(min=0, max=65535, help="ONVIF 设备端口，0 = 无 / ONVIF devices, 0 = none")
    ] = 0,
    film: Annotated[
        float | None, typer.Option(min=1, help="只预制前若干秒的画面 / only make the first seconds of film")
    ] = None,
    with_parent: WithParent = False,
) -> None:
    """运行模拟校区：摄像机、报警主机、保安 / run the simulated campus: cameras, panels, guards."""
    from app.sim import SimPorts, film_ahead, run_sim

    if film is not None:
        _print_rows([{"groups": film_ahead(film)}], as_json=False)
        return
    settings = _settings(data_dir, None, log_name="sim")
    ports = SimPorts(rtsp=rtsp_port, dc09=dc09_port, control=control_port, onvif=onvif_port)
    run_sim(settings, ports, with_parent=with_parent)


@cli.command(hidden=True)
def seat(
    data_dir: DataDir = None,
    shots: Path | None = None,
    with_parent: WithParent = False,
) -> None:
    """演示的第二席 / the demo's second seat."""
    from app.demo import run_second_seat

    settings = _settings(data_dir, None, log_name="seat2", workstation="SEAT-2")
    raise typer.Exit(run_second_seat(settings, shots, with_parent=with_parent))


@cli.command()
def alarms(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 1000,
) -> None:
    """列出报警记录，最新在前 / list alarms, newest first."""
    from app.records import alarm_rows

    _print_rows(alarm_rows(_settings(data_dir, database), limit), as_json=as_json)


@cli.command()
def incidents(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 1000,
) -> None:
    """列出警情及派警与时间线 / list incidents with dispatches and timelines."""
    from app.records import incident_rows

    _print_rows(incident_rows(_settings(data_dir, database), limit), as_json=as_json)


@cli.command()
def selftest(as_json: AsJson = False) -> None:
    """自检：缺什么、坏什么 / check this machine: what is missing, what is broken."""
    from app.selftest import run_selftest

    checks = run_selftest()
    _print_rows(checks, as_json=as_json)
    raise typer.Exit(0 if all(check["ok"] or check["optional"] for check in checks) else 1)


@site_cli.command("import")
def site_import(file: Path, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """导入校区文件；有错则什么都不改 / import a site file; a wrong one changes nothing."""
    from app.records import import_site_file

    summary = import_site_file(_settings(data_dir, database), file)
    _print_rows([summary], as_json=False)


@site_cli.command("export")
def site_export(
    file: Annotated[Path | None, typer.Argument(help="缺省输出到屏幕 / default: standard output")] = None,
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
) -> None:
    """导出校区文件 / export the site file."""
    from app.records import export_site_file, export_site_text

    settings = _settings(data_dir, database)
    if file is None:
        sys.stdout.write(export_site_text(settings))
    else:
        export_site_file(settings, file)


@db_cli.command("upgrade")
def db_upgrade(data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """把数据库升级到本版本 / bring the database to this version's schema."""
    from app.records import upgrade_database

    _print_rows([upgrade_database(_settings(data_dir, database))], as_json=False)


@db_cli.command("check")
def db_check(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """检查数据库 / check the database."""
    from app.records import check_database

    report = check_database(_settings(data_dir, database))
    _print_rows([report], as_json=as_json)
    raise typer.Exit(0 if report["ok"] else 1)


@db_cli.command("backup")
def db_backup(target: Path, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """备份数据库到文件 / back the database up into a file."""
    from app.records import backup_database

    _print_rows([backup_database(_settings(data_dir, database), target)], as_json=False)


@audit_cli.command("verify")
def audit_verify(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """核对审计链，指出第一条被改动的记录 / check the audit chain; name the first broken row."""
    from app.records import verify_audit_chain

    report = verify_audit_chain(_settings(data_dir, database))
    _print_rows([report], as_json=as_json)
    raise typer.Exit(0 if report["ok"] else 1)


@users_cli.command("list")
def users_list(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """列出用户 / list the users."""
    from app.accounts import user_rows

    _print_rows(user_rows(_settings(data_dir, database)), as_json=as_json)


@users_cli.command("add")
def users_add(
    name: str,
    role: Annotated[Role, typer.Option(help="角色 / role")],
    display_name: Annotated[str, typer.Option("--name", help="姓名 / name shown to others")] = "",
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
) -> None:
    """建立用户；密码另行询问 / make a user; the password is asked for."""
    from app.accounts import add_user, ask_password

    settings = _settings(data_dir, database)
    _print_rows([add_user(settings, name, display_name, role, ask_password())], as_json=False)


@users_cli.command("password")
def users_password(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """设新密码；密码另行询问 / set a new password, which is asked for."""
    from app.accounts import ask_password, set_user_password

    settings = _settings(data_dir, database)
    _print_rows([set_user_password(settings, name, ask_password())], as_json=False)


@users_cli.command("role")
def users_role(name: str, role: Role, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """改角色 / give another role."""
    from app.accounts import set_user_role

    _print_rows([set_user_role(_settings(data_dir, database), name, role)], as_json=False)


@users_cli.command("deactivate")
def users_deactivate(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """停用：不能再登录 / may log in no more."""
    from app.accounts import set_user_active

    _print_rows([set_user_active(_settings(data_dir, database), name, is_active=False)], as_json=False)


@users_cli.command("activate")
def users_activate(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """重新启用 / may log in again."""
    from app.accounts import set_user_active

    _print_rows([set_user_active(_settings(data_dir, database), name, is_active=True)], as_json=False)


@users_cli.command("unlock")
def users_unlock(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """解除输错密码后的锁定 / end a lock after wrong passwords."""
    from app.accounts import unlock_user

    _print_rows([unlock_user(_settings(data_dir, database), name)], as_json=False)


@secrets_cli.command("list")
def secrets_list(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """列出名称，不显示内容 / list the names, never the values."""
    from app.secretwords import secret_rows

    _print_rows(secret_rows(_settings(data_dir, None)), as_json=as_json)


@secrets_cli.command("set")
def secrets_set(
    name: str,
    username: Annotated[str | None, typer.Option(help="用户名 / user name")] = None,
    tls: Annotated[
        str | None,
        typer.Option(
            help="证书：空 = 必须有效；sha256:… = 只认这一张；unverified = 不核对 / certificate: "
            "empty = must be valid; sha256:… = this very one; unverified = any"
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """设摄像机登录；密码另行询问 / set a camera log-in; the password is asked for or piped in."""
    from app.secretwords import set_login

    _print_rows([set_login(_settings(data_dir, None), name, username, tls)], as_json=False)


@secrets_cli.command("panel")
def secrets_panel(account: str, data_dir: DataDir = None) -> None:
    """设报警主机的密钥（32、48 或 64 位十六进制），另行询问 / set a panel's key (hex), which is asked for."""
    from app.secretwords import set_panel_key

    _print_rows([set_panel_key(_settings(data_dir, None), account)], as_json=False)


@secrets_cli.command("remove")
def secrets_remove(name: str, data_dir: DataDir = None) -> None:
    """删除摄像机登录 / remove a camera log-in."""
    from app.secretwords import remove_login

    _print_rows([remove_login(_settings(data_dir, None), name)], as_json=False)


@secrets_cli.command("fingerprint")
def secrets_fingerprint(address: str) -> None:
    """主机:端口 的证书指纹，供 --tls 使用 / the fingerprint of a certificate, for --tls."""
    from app.secretwords import fingerprint_row

    _print_rows([fingerprint_row(address)], as_json=False)


@secrets_cli.command("key")
def secrets_key(
    to: Annotated[KeyPlace | None, typer.Argument(help="移到哪里 / where to move it")] = None,
    data_dir: DataDir = None,
) -> None:
    """密钥在系统钥匙环还是文件里；可移动 / where the key is: the system's keyring or a file; can be moved."""
    from app.secretwords import key_row

    _print_rows([key_row(_settings(data_dir, None), to)], as_json=False)


def main() -> None:
    """Entry point: expected trouble becomes one clear line and exit code 2."""
    # The simulator's encoders are spawned from the frozen program itself.
    multiprocessing.freeze_support()
    # The record and the secrets are for this user alone, on a machine with others too.
    os.umask(0o077)
    # What Qt probes for sound and does without is told by our own notice; read when Qt is loaded.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    _use_utf8()
    try:
        cli()
    except ServiceError as error:
        from app.sentences import both_languages

        print(redact(both_languages(error)), file=sys.stderr)
        raise SystemExit(EXIT_REFUSED) from None
    except KeyboardInterrupt:
        raise SystemExit(EXIT_INTERRUPTED) from None


def _settings(data_dir: Path | None, database: str | None, *, log_name: str = "", **more: Any) -> Settings:
    overrides = {"data_dir": data_dir, "database": database, **more}
    settings = load_settings(**{key: value for key, value in overrides.items() if value is not None})
    try:
        configure_logging(settings.data_dir / "logs" / f"{log_name}.jsonl" if log_name else None)
    except OSError as error:
        # A folder that takes no log takes no alarm either.
        raise ServiceError(
            "settings.invalid", file="logs", line=0, field="data_dir", reason=error.strerror
        ) from None
    return settings


def _dc09(text: str | None) -> dict[str, object]:
    if text is None:
        return {}
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdecimal()) or int(port) > 65535:
        raise ServiceError("app.bad_address", text=text)
    return {"dc09_host": host.strip("[]") or "0.0.0.0", "dc09_port": int(port)}


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(f"{key}={_short(value)}" for key, value in row.items()))


def _short(value: object) -> str:
    if isinstance(value, (list, dict)):
        return f"[{len(value)}]"
    return "-" if value is None or value == "" else str(value)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
