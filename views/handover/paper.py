"""A handover as a paper to print and sign for the file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Block, Document, Heading, Paragraph, SignatureLine, Table
from services.domain.handovers import Handover, ItemKind, Signature
from ui.text.names import name_of
from ui.text.times import date_time
from views.handover.words import change_lines, counts_text, item_cells, item_headings

# The kind has a heading of its own.
_WIDTHS = (3.0, 4.5, 2.6, 2.2, 1.8, 2.6, 2.6, 4.0)
translate = QCoreApplication.translate


def paper_of(handover: Handover, site_name: str) -> Document:
    """In the language of the moment; what it says is what was frozen when it was signed."""
    given = handover.given
    until = date_time(given.at) if given else date_time(handover.prepared_at)
    facts = (
        (translate("Handover", "编号"), handover.handover_no),
        (translate("Handover", "状态"), name_of(handover.state)),
        (translate("Handover", "班次"), f"{date_time(handover.since)} – {until}"),
        (
            translate("Handover", "准备"),
            f"{date_time(handover.prepared_at)} {handover.prepared_by_name}",
        ),
    )
    blocks: list[Block] = [Paragraph(counts_text(handover.counts))]
    for kind in ItemKind:
        blocks += _part(handover, kind)
    for title, signature in (
        (translate("Handover", "准备之后、交班之前的变化"), handover.given),
        (translate("Handover", "交班之后、接班之前的变化"), handover.taken),
    ):
        blocks += _changes(title, signature)
    blocks += [
        _line(translate("Handover", "交班人"), handover.given),
        _line(translate("Handover", "接班人"), handover.taken),
    ]
    return Document(
        translate("Handover", "交接班记录"),
        site_name,
        facts,
        tuple(blocks),
        footer=f"{site_name} {handover.handover_no}",
        is_landscape=True,
    )


def _part(handover: Handover, kind: ItemKind) -> list[Block]:
    """That there is nothing is said too: a reader must not wonder whether it was forgotten."""
    rows = tuple(tuple(item_cells(item)[1:]) for item in handover.items if item.kind is kind)
    if not rows:
        return [Paragraph(translate("Handover", "{kind}：无").format(kind=name_of(kind)))]
    return [Heading(name_of(kind), 2), Table(tuple(item_headings()[1:]), rows, widths=_WIDTHS)]


def _changes(title: str, signature: Signature | None) -> list[Block]:
    if signature is None or not (signature.changes or signature.remark):
        return []
    blocks: list[Block] = [Heading(title, 2)]
    if signature.changes:
        heads, *rows = change_lines(signature.changes)
        blocks.append(Table(tuple(heads), tuple(map(tuple, rows))))
    if signature.remark:
        blocks.append(Paragraph(f"{signature.name}：{signature.remark}"))
    return blocks


def _line(label: str, signature: Signature | None) -> SignatureLine:
    if signature is None:
        return SignatureLine(label)
    return SignatureLine(label, signature.name, date_time(signature.at))
