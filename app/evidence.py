"""What the command line does with evidence packages and the key that signs them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from app.records import Row
from app.roles import secrets_file
from services.core.clock import SystemClock
from services.core.settings import Settings
from services.evidence import verify
from services.evidence.inventory import document
from services.evidence.keys import SigningKeys
from services.evidence.manifest import Manifest
from ui.printing import pdf_of


def signing_keys(settings: Settings) -> SigningKeys:
    """Of this machine; reads nothing yet."""
    return SigningKeys(secrets_file(settings), settings.data_dir, SystemClock())


def list_pdf(manifest: Manifest) -> bytes:
    """The list 清单 of a package; from any thread, while a QGuiApplication lives."""
    return pdf_of(document(manifest))


def verify_rows(folder: Path, fingerprint: str) -> tuple[list[Row], int]:
    """What the verifier of this program, not the package's own copy, finds; and its exit code."""
    report = verify.check(str(folder), fingerprint)
    findings: list[Row] = [asdict(one) for one in report.findings]
    summary: Row = {
        "ok": report.exit_code == verify.UNCHANGED,
        "case": report.case,
        "exported_at": report.exported_at,
        "files": report.files,
        "size_bytes": report.size_bytes,
        "fingerprint": report.fingerprint,
    }
    return [*findings, summary], report.exit_code


def key_rows(settings: Settings, *, is_new: bool) -> list[Row]:
    """All public keys of this machine, the one in use last; made when there is none."""
    keys = signing_keys(settings)
    if is_new:
        keys.renew()
    else:
        keys.current()
    return [
        {
            "fingerprint": one.fingerprint,
            "since": one.since.isoformat(timespec="seconds"),
            "until": one.until.isoformat(timespec="seconds") if one.until else None,
            "public_key": one.public_key,
        }
        for one in keys.known()
    ]
