"""The printed list says what the manifest says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from app.papers import list_pdf
from services.evidence import verify
from services.evidence.inventory import grouped
from services.evidence.package import Options
from tests.services.evidence.sealed.conftest import AT, Record, exported, seconds, wish
from ui.fonts import load_fonts


def text_of(pdf: bytes) -> str:
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    read = QPdfDocument()
    read.load(buffer)
    text = " ".join(read.getAllText(number).text() for number in range(read.pageCount()))
    read.close()
    return " ".join(text.split())


def test_the_list_in_the_package_names_every_file_with_its_hash_and_the_key(
    tmp_path: Path, disk: Path, record: Record, qapp: QApplication
) -> None:
    assert qapp
    load_fonts()
    segments = [record(2, AT), record(2, AT + seconds(10))]
    asked = wish(AT, AT + seconds(12), options=Options(), attached={"审批.pdf": b"paper"})
    package = exported(tmp_path, asked, segments, disk, make_paper=list_pdf)

    pdf = (package.path / "list.pdf").read_bytes()
    text = text_of(pdf)
    listed = [file for file in package.manifest.files if file.path != "list.pdf"]
    assert len(listed) == 5
    for file in listed:
        content = (package.path / file.path).read_bytes()
        assert grouped(hashlib.sha256(content).hexdigest()) in text
        assert str(len(content)) in text
    for said in (
        "张三",
        "李四",
        "王五",
        "东城分局 赵警官",
        "查找翻墙的人",
        "+0.25 s",
        "C01 C01 号",
        "SEAT-1",
    ):
        assert said in text
    assert package.manifest.key_fingerprint in text
    assert "2026-11-24 10:00:00.000 02:00:00.000 UTC" in text
    assert "2026-11-24 10:00:02.000 ~ 2026-11-24 10:00:10.000" in text
    assert verify.check(str(package.path)).findings == []

    (package.path / "list.pdf").write_bytes(pdf + b" ")
    assert [one.where for one in verify.check(str(package.path)).findings] == ["list.pdf"]


@pytest.mark.parametrize("digits", ["ab" * 32, "ab12 " * 15 + "ab12"])
def test_a_hash_is_broken_into_groups_and_nothing_else(digits: str) -> None:
    assert grouped(digits).replace(" ", "") == digits.replace(" ", "")
    assert {len(part) for part in grouped(digits).split(" ")} == {16}
