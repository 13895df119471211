"""`shouwang secrets …`: log-ins and keys of this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.common import AsJson, DataDir, WholeHelp, print_rows, settings_of
from services.core.keystore import KeyPlace

secrets_cli = typer.Typer(
    help="口令和密钥 / log-ins and keys of this machine", no_args_is_help=True, cls=WholeHelp
)


@secrets_cli.command("list")
def secrets_list(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """列出名称，不显示内容 / list the names, never the values."""
    from app.secretwords import secret_rows

    print_rows(secret_rows(settings_of(data_dir, None)), as_json=as_json)


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

    print_rows([set_login(settings_of(data_dir, None), name, username, tls)], as_json=False)


@secrets_cli.command("panel")
def secrets_panel(account: str, data_dir: DataDir = None) -> None:
    """设报警主机的密钥（32、48 或 64 位十六进制），另行询问 / set a panel's key (hex), which is asked for."""
    from app.secretwords import set_panel_key

    print_rows([set_panel_key(settings_of(data_dir, None), account)], as_json=False)


@secrets_cli.command("remove")
def secrets_remove(name: str, data_dir: DataDir = None) -> None:
    """删除摄像机登录 / remove a camera log-in."""
    from app.secretwords import remove_login

    print_rows([remove_login(settings_of(data_dir, None), name)], as_json=False)


@secrets_cli.command("fingerprint")
def secrets_fingerprint(address: str) -> None:
    """主机:端口 的证书指纹，供 --tls 使用 / the fingerprint of a certificate, for --tls."""
    from app.secretwords import fingerprint_row

    print_rows([fingerprint_row(address)], as_json=False)


@secrets_cli.command("key")
def secrets_key(
    to: Annotated[KeyPlace | None, typer.Argument(help="移到哪里 / where to move it")] = None,
    data_dir: DataDir = None,
) -> None:
    """密钥在系统钥匙环还是文件里；可移动 / where the key is: the system's keyring or a file; can be moved."""
    from app.secretwords import key_row

    print_rows([key_row(settings_of(data_dir, None), to)], as_json=False)
