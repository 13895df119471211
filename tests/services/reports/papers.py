"""A document with one block of each kind."""

from __future__ import annotations

import base64
import resource
from collections.abc import Iterator
from contextlib import contextmanager

from services.domain.documents import (
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    SignatureLine,
    StampPlace,
    Table,
)

# A whole PNG of one pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
HOSTILE = '=HYPERLINK("http://x","y")'
TABLE = Table(
    ("报警号", "次数", "误报率"),
    (("BJ20261128-0001", 12, 33.333), (HOSTILE, 3, 0.0)),
    "未结报警",
)


def paper() -> Document:
    return Document(
        "交接班记录",
        "示范学院保卫处",
        (("编号", "JJ20261128-0001"), ("制作", "王某")),
        (
            Heading("未结报警"),
            TABLE,
            Table(("物品", "借用人"), (), "借出物品", empty="没有借出的物品"),
            Paragraph("东门道闸待修\x00<b>不是粗体</b>"),
            Paragraph("由程序准备", is_note=True),
            Facts((("指挥员", "李某"),)),
            Picture(PNG, "东门"),
            PageBreak(),
            SignatureLine("交班人", "王某", "2026-11-28 20:00:01"),
            SignatureLine("接班人"),
            StampPlace("示范学院保卫处", "2026年11月28日"),
        ),
        footer="示范学院 交接班",
    )


@contextmanager
def small_files() -> Iterator[None]:
    """No file may grow beyond a few bytes, as on a disk that is full."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, was[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
