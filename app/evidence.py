"""What the command line does with evidence packages and the key that signs them."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

from app.records import Row, command_line_session, opened
from app.roles import secrets_file
from services.core.clock import SystemClock
from services.core.settings import Settings
from services.evidence import verify
from services.evidence.keys import KnownKey, SigningKeys


def signing_keys(settings: Settings) -> SigningKeys:
    """Of this machine; reads nothing yet."""
    return SigningKeys(secrets_file(settings), settings.data_dir, SystemClock())


def verify_rows(folder: Path, fingerprint: str) -> tuple[list[Row], int]:
    """What the verifier of this program, not the package's own copy, finds; and its exit code."""
    report = verify.check(str(folder), fingerprint)
    findings: list[Row] = [{**asdict(one), "where": verify.shown(one.where)} for one in report.findings]
    summary: Row = {
        "ok": report.exit_code == verify.UNCHANGED,
        "case": report.case,
        "exported_at": report.exported_at,
        "files": report.files,
        "size_bytes": report.size_bytes,
        "fingerprint": report.fingerprint,
    }
    return [*findings, summary], report.exit_code


def key_rows(settings: Settings) -> list[Row]:
    """All public keys of this machine, the one in use last; made when there is none."""
    keys = signing_keys(settings)
    keys.current()
    return [_key_row(one) for one in keys.known()]


def renew_key(settings: Settings) -> list[Row]:
    """Another key from now on. The audit knows it before it can sign anything, and says afterwards that it
    does; nothing happens while the record is out of reach."""
    keys = signing_keys(settings)
    with opened(settings) as database:
        session = command_line_session(settings)

        def note(action: str, old: str, new: str) -> None:
            before, after = {"fingerprint": old}, {"fingerprint": new}
            database.write(
                lambda tx: tx.audit(session, action, settings.workstation, before=before, after=after)
            )

        keys.renew(partial(note, "evidence.key_announced"))
        old, new = ["", *(one.fingerprint for one in keys.known())][-2:]
        note("evidence.key_changed", old, new)
    return [_key_row(one) for one in keys.known()]


def _key_row(key: KnownKey) -> Row:
    return {
        "fingerprint": key.fingerprint,
        "since": key.since.isoformat(timespec="seconds"),
        "until": key.until.isoformat(timespec="seconds") if key.until else None,
        "public_key": key.public_key,
    }
