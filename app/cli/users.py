"""`shouwang users …`: who may log in."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of
from services.domain.people import Role

users_cli = typer.Typer(help="用户 / users", no_args_is_help=True, cls=WholeHelp)


class SeatRole(StrEnum):
    """`SEAT_ROLES` as choices; guards answer by phone."""

    OPERATOR = Role.OPERATOR.value
    SHIFT_LEADER = Role.SHIFT_LEADER.value
    SUPERVISOR = Role.SUPERVISOR.value
    ADMINISTRATOR = Role.ADMINISTRATOR.value


@users_cli.command("list")
def users_list(data_dir: DataDir = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """列出用户 / list the users."""
    from app.accounts import user_rows

    print_rows(user_rows(settings_of(data_dir, database)), as_json=as_json)


@users_cli.command("add")
def users_add(
    name: str,
    role: Annotated[SeatRole, typer.Option(help="角色 / role")],
    display_name: Annotated[str, typer.Option("--name", help="姓名 / name shown to others")] = "",
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
) -> None:
    """建立用户；密码另行询问 / make a user; the password is asked for."""
    from app.accounts import add_user, ask_password

    settings = settings_of(data_dir, database)
    print_rows([add_user(settings, name, display_name, Role(role), ask_password())], as_json=False)


@users_cli.command("password")
def users_password(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """设新密码；密码另行询问 / set a new password, which is asked for."""
    from app.accounts import ask_password, set_user_password

    settings = settings_of(data_dir, database)
    print_rows([set_user_password(settings, name, ask_password())], as_json=False)


@users_cli.command("role")
def users_role(name: str, role: SeatRole, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """改角色 / give another role."""
    from app.accounts import set_user_role

    print_rows([set_user_role(settings_of(data_dir, database), name, Role(role))], as_json=False)


@users_cli.command("deactivate")
def users_deactivate(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """停用：不能再登录 / may log in no more."""
    from app.accounts import set_user_active

    print_rows([set_user_active(settings_of(data_dir, database), name, is_active=False)], as_json=False)


@users_cli.command("activate")
def users_activate(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """重新启用 / may log in again."""
    from app.accounts import set_user_active

    print_rows([set_user_active(settings_of(data_dir, database), name, is_active=True)], as_json=False)


@users_cli.command("unlock")
def users_unlock(name: str, data_dir: DataDir = None, database: DatabaseUrl = None) -> None:
    """解除输错密码后的锁定 / end a lock after wrong passwords."""
    from app.accounts import unlock_user

    print_rows([unlock_user(settings_of(data_dir, database), name)], as_json=False)
