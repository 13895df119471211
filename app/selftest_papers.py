"""Checks of what needs files of libraries and of our own: the calendar, papers, QR codes, resources."""

from __future__ import annotations

import csv
import importlib
import io
import os
import tempfile
import tomllib
from datetime import date
from pathlib import Path

from services.core.paths import resource
from services.domain.documents import Document, Paragraph, Table

# Loaded by name or only when a setting asks for them: a package is easily built without.
LATE_MODULES = (
    "holidays.countries.china",
    "docx",
    "openpyxl",
    "segno",
    "ldap3.strategy.sync",
    "aiohttp.web",
    "pymodbus.client",
    "aiomqtt",
    "services.identity.ldap",
    "services.alarms.drivers.modbus_link",
    "services.hub.web",
)
NATIONAL_DAY = date(2025, 10, 1)
PAPER = Document("守望", "自检", (), (Paragraph("自检 / self-test"), Table(("编号", "数"), (("C01", 1),))))


class Unfit(Exception):
    """What was made is not what it should be."""


def calendar() -> str:
    """In Chinese and English: the names come from the library's own files of words."""
    from services.people.holidays_cn import DayKind, calendar_day

    found = calendar_day(NATIONAL_DAY)
    if found.kind is not DayKind.HOLIDAY or "国庆" not in found.name or "National Day" not in found.name_en:
        raise Unfit(f"{NATIONAL_DAY} {found.kind.value} {found.name} {found.name_en}")
    return f"{found.name} {found.name_en}"


def paper_as_docx() -> str:
    import docx

    from services.reports.docx import docx_of

    content = docx_of(PAPER)
    words = [line.text for line in docx.Document(io.BytesIO(content)).paragraphs]
    if PAPER.title not in words:
        raise Unfit(str(words))
    return f"{len(content)} bytes"


def paper_as_xlsx() -> str:
    import openpyxl

    from services.reports.xlsx import xlsx_of

    content = xlsx_of(PAPER)
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for cell in row]
    if PAPER.title not in cells:
        raise Unfit(str(cells))
    return f"{len(content)} bytes"


def paper_as_pdf() -> str:
    """Needs the Qt application and its fonts."""
    from ui.printing import pdf_of

    content = pdf_of(PAPER)
    if not content.startswith(b"%PDF-") or b"/FontFile" not in content:
        raise Unfit("no face in the PDF")
    return f"{len(content)} bytes"


def qr_code() -> str:
    """Painted, and read back by another library."""
    import cv2
    import numpy as np
    import segno

    text = "https://hub.example:12302/"
    rows = np.array([list(row) for row in segno.make_qr(text, error="m").matrix], np.uint8)
    grey = np.kron(np.pad(1 - rows, 4, constant_values=1) * 255, np.ones((6, 6), np.uint8)).astype(np.uint8)
    read, _, _ = cv2.QRCodeDetector().detectAndDecode(grey)
    if read != text:
        raise Unfit(f"read back as {read!r}")
    return f"{len(rows)} modules"


def late_modules() -> str:
    for name in LATE_MODULES:
        importlib.import_module(name)
    return f"{len(LATE_MODULES)} modules"


def own_resources() -> str:
    """Plans, the guards' page, fields of the police, tables of codes, sites, words and the manual."""
    from services.alarms.meaning import CODE_TABLES
    from services.dispatch.police_fields import police_fields
    from services.plans.samples import sample_plans

    counts = {"plans": len(sample_plans()), "police": len(police_fields())}
    counts["fonts"] = len(list(resource("fonts").glob("*.otf")))
    for name in CODE_TABLES:
        counts[name] = len(list(csv.DictReader(resource("alarms", name).read_text("utf-8").splitlines())))
    for name in ("demo.toml", "demo_night.toml", "demo_story.toml"):
        counts[name] = len(tomllib.loads(resource("sites", name).read_text("utf-8")))
    for parts in (
        ("guard", "page.html"),
        ("guard", "page.css"),
        ("guard", "page.js"),
        ("manual", "zh", "index.md"),
        ("manual", "en", "index.md"),
        ("i18n", "shouwang_en.qm"),
        ("linkage", "starter.json"),
        ("alarms", "report.schema.json"),
        ("sounds", "p1.wav"),
    ):
        counts["/".join(parts)] = resource(*parts).stat().st_size
    empty = [name for name, count in counts.items() if not count]
    if empty:
        raise Unfit(f"empty: {', '.join(empty)}")
    return f"{len(counts)} kinds"


def evidence_seal() -> str:
    """A seal that the verifier of the packages accepts, and an encrypted file; says the verifier's hash."""
    from services.evidence import verify
    from services.evidence.container import pack
    from services.evidence.maker import verifier_source
    from services.evidence.signing import SigningKey

    source = verifier_source()
    compile(source, "verify.py", "exec")
    key = SigningKey(os.urandom(32))
    if not verify.is_signed(key.public_bytes, source, key.sign(source)):
        raise Unfit("the verifier does not accept what was signed")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "package"
        root.mkdir()
        (root / "verify.py").write_bytes(source)
        pack(root, Path(folder) / "package.zip", "not secret", lambda _bytes: None)
    return f"verify.py {verify.sha256(source)}"
