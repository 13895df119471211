"""`shouwang evidence …`: packages that were taken away, and the key that signs them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import AsJson, DatabaseUrl, DataDir, WholeHelp, print_rows, settings_of

evidence_cli = typer.Typer(help="取证包 / evidence packages", no_args_is_help=True, cls=WholeHelp)


@evidence_cli.command("verify")
def evidence_verify(
    folder: Path,
    fingerprint: Annotated[
        str, typer.Option(help="应有的签名钥匙指纹 / fingerprint of the key that must have signed")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """核验取证包：0 未改动，1 有改动，2 无法核验 / 0 unchanged, 1 changed, 2 not to be checked."""
    from app.evidence import verify_rows
    from services.evidence import verify

    if not as_json:
        report = verify.check(str(folder), fingerprint)
        print("\n".join(verify.lines_of(report)))
        raise typer.Exit(report.exit_code)
    rows, exit_code = verify_rows(folder, fingerprint)
    print_rows(rows, as_json=True)
    raise typer.Exit(exit_code)


@evidence_cli.command("key")
def evidence_key(
    new: Annotated[
        bool, typer.Option("--new", help="换一把，旧的从此不再签名 / another one; the old one signs no more")
    ] = False,
    data_dir: DataDir = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """签名钥匙的指纹，供接收人核对 / the signing key's fingerprint, for the receiver to compare."""
    from app.evidence import key_rows, renew_key

    settings = settings_of(data_dir, database)
    print_rows(renew_key(settings) if new else key_rows(settings), as_json=as_json)
