"""The commands without a group, the groups, and the way in and out of the program."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of
from app.cli.evidence import evidence_cli
from app.cli.fire import fire_cli
from app.cli.record import audit_cli, db_cli
from app.cli.recordings import recordings_cli
from app.cli.report import report
from app.cli.secrets import secrets_cli
from app.cli.site import site_cli
from app.cli.users import users_cli
from services.core.errors import ServiceError
from services.core.logging import redact

EXIT_REFUSED = 2
# What a shell expects of a program that Ctrl+C ended.
EXIT_INTERRUPTED = 130

cli = typer.Typer(
    help="守望 Shouwang：校园指挥中心工作站 / campus command-centre workstation",
    no_args_is_help=False,
    # The framed help cuts lines of Chinese and English in the middle of a word.
    rich_markup_mode=None,
    cls=WholeHelp,
    pretty_exceptions_enable=False,
    add_completion=False,
)
cli.add_typer(site_cli, name="site")
cli.add_typer(db_cli, name="db")
cli.add_typer(audit_cli, name="audit")
cli.add_typer(recordings_cli, name="recordings")
cli.add_typer(evidence_cli, name="evidence")
cli.add_typer(users_cli, name="users")
cli.add_typer(fire_cli, name="fire")
cli.add_typer(secrets_cli, name="secrets")
cli.command()(report)

WithParent = Annotated[bool, typer.Option("--with-parent", hidden=True)]


@cli.callback(invoke_without_command=True)
def workstation(context: typer.Context, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """打开值守工作站 / open the workstation."""
    if context.invoked_subcommand is not None:
        return
    try:
        code = _run_workstation(data_dir, database)
    except ServiceError as error:
        from app.refusal import show_refusal

        _say_refusal(error)
        show_refusal(error)
        raise typer.Exit(EXIT_REFUSED) from None
    raise typer.Exit(code)


@cli.command()
def hub(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    dc09: Annotated[str | None, typer.Option(help="HOST:PORT")] = None,
    gb26875: Annotated[str | None, typer.Option(help="HOST:PORT")] = None,
    http: Annotated[str | None, typer.Option(help="HOST:PORT，收 HTTP 报告 / takes reports by HTTP")] = None,
    guard: Annotated[str | None, typer.Option(help="HOST:PORT，保安手机页 / the guards' page")] = None,
    with_parent: WithParent = False,
) -> None:
    """运行接收机与联动（无窗口）/ run the always-on half: receivers, linkage, clocks."""
    from app.roles import run_hub

    given = {"dc09": dc09, "gb26875": gb26875, "http": http, "guard": guard}
    listen = {key: value for name, said in given.items() for key, value in _address(name, said).items()}
    settings = settings_of(data_dir, database, log_name="hub", **listen)
    run_hub(settings, with_parent=with_parent)


@cli.command()
def demo(
    seconds: Annotated[
        float | None, typer.Option(min=1, help="运行多少秒后退出 / quit after so many seconds")
    ] = None,
    shots: Annotated[Path | None, typer.Option(help="截图目录 / folder for screenshots")] = None,
    act: Annotated[
        bool, typer.Option("--act", help="由程序接警、派警、取证 / let the program do the work")
    ] = False,
    night: Annotated[
        bool, typer.Option("--night", help="一夜三起警情，从报警到复盘 / a night of three incidents")
    ] = False,
) -> None:
    """在模拟校区上演示，不需要任何配置 / show everything on the simulated campus, no configuration."""
    from app.demo import run_demo

    raise typer.Exit(run_demo(seconds=seconds, shots=shots, is_acting=act, is_night=night))


@cli.command()
def sim(
    data_dir: DataDir = None,
    rtsp_port: Annotated[int, typer.Option(min=0, max=65535, help="RTSP, 0 = any")] = 8554,
    dc09_port: Annotated[
        int, typer.Option(min=0, max=65535, help="接收机端口，0 = 不报警 / hub to dial, 0 = no panels")
    ] = 0,
    gb26875_port: Annotated[
        int, typer.Option(min=0, max=65535, help="消防接收端口 / hub's port for fire devices")
    ] = 0,
    control_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="故障命令口 / port for fault commands")
    ] = None,
    onvif_port: Annotated[
        int, typer.Option(min=0, max=65535, help="ONVIF 设备端口，0 = 无 / ONVIF devices, 0 = none")
    ] = 0,
    module_port: Annotated[
        int, typer.Option(min=0, max=65535, help="联动模块端口，0 = 无 / linkage module, 0 = none")
    ] = 0,
    beam_port: Annotated[
        int, typer.Option(min=0, max=65535, help="对射模块端口，0 = 无 / module with a beam, 0 = none")
    ] = 0,
    night: Annotated[bool, typer.Option("--night", help="夜间剧本 / the story of the night")] = False,
    held: Annotated[
        bool,
        typer.Option(
            "--held", help="命令口收到 begin 才开始 / the story waits for `begin` on the control port"
        ),
    ] = False,
    film: Annotated[
        float | None, typer.Option(min=1, help="只预制前若干秒的画面 / only make the first seconds of film")
    ] = None,
    with_parent: WithParent = False,
) -> None:
    """运行模拟校区：摄像机、报警主机、保安 / run the simulated campus: cameras, panels, guards."""
    from app.sim import SimPorts, film_ahead, run_sim

    if film is not None:
        made = film_ahead(film, is_night=night)
        print(f"新制画面 {made} 组 / groups of pictures made: {made}")
        return
    settings = settings_of(data_dir, None, log_name="sim")
    ports = SimPorts(
        rtsp=rtsp_port,
        dc09=dc09_port,
        gb26875=gb26875_port,
        onvif=onvif_port,
        module=module_port,
        beams=beam_port,
        control=control_port,
        is_night=night,
        is_held=held,
    )
    run_sim(settings, ports, with_parent=with_parent)


@cli.command(hidden=True)
def seat(
    data_dir: DataDir = None,
    shots: Path | None = None,
    office: Annotated[bool, typer.Option("--office", help="保卫处席位 / the security office's")] = False,
    act: Annotated[bool, typer.Option("--act", help="由程序批准复盘或取证 / let the program act")] = False,
    with_parent: WithParent = False,
) -> None:
    """演示的第二席 / the demo's second seat."""
    from app.demo import run_second_seat

    settings = settings_of(data_dir, None, log_name="seat2", workstation="SEAT-2")
    raise typer.Exit(
        run_second_seat(settings, shots, with_parent=with_parent, is_office=office, is_acting=act)
    )


@cli.command()
def alarms(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 1000,
) -> None:
    """列出报警记录，最新在前 / list alarms, newest first."""
    from app.records import alarm_rows

    print_rows(alarm_rows(settings_of(data_dir, database), limit), as_json=as_json)


@cli.command()
def incidents(
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 1000,
) -> None:
    """列出警情及派警与时间线 / list incidents with dispatches and timelines."""
    from app.records import incident_rows

    print_rows(incident_rows(settings_of(data_dir, database), limit), as_json=as_json)


@cli.command()
def selftest(as_json: AsJson = False) -> None:
    """自检：缺什么、坏什么 / check this machine: what is missing, what is broken."""
    from app.selftest import run_selftest

    checks = run_selftest()
    print_rows(checks, as_json=as_json)
    raise typer.Exit(0 if all(check["ok"] or check["optional"] for check in checks) else 1)


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
        cli(prog_name="shouwang")
    except ServiceError as error:
        _say_refusal(error)
        raise SystemExit(EXIT_REFUSED) from None
    except KeyboardInterrupt:
        raise SystemExit(EXIT_INTERRUPTED) from None


def _run_workstation(data_dir: Path | None, database: str | None) -> int:
    from app.application import show_splash

    settings = settings_of(data_dir, database, log_name="workstation")
    splash = show_splash(settings)
    # Seconds, for all the screens come with it.
    from app.workstation import run_workstation

    return run_workstation(settings, splash=splash)


def _say_refusal(error: ServiceError) -> None:
    from app.sentences import both_languages

    print(redact(both_languages(error)), file=sys.stderr)


def _address(protocol: str, text: str | None) -> dict[str, object]:
    """The settings of where to listen for `protocol`; none when `text` is not given."""
    if text is None:
        return {}
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdecimal()) or int(port) > 65535:
        raise ServiceError("app.bad_address", text=text)
    return {f"{protocol}_host": host.strip("[]") or "0.0.0.0", f"{protocol}_port": int(port)}


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
