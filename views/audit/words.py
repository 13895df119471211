"""An audit row in words: who, what, and what is another value than before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.domain.audits import AuditEntry, Known
from services.domain.documents import Document, Paragraph, Table
from services.domain.people import Role, Session
from ui.text.actions import deed_words, subject_words
from ui.text.names import name_of
from ui.text.places import local
from ui.text.times import date_time

MOST_LETTERS = 300
# Columns of a line that show a name.
ACTOR, OBJECT = 2, 7


@dataclass(frozen=True, slots=True)
class Difference:
    """One field; "" where it was or is not there."""

    field: str
    before: str
    after: str

    @property
    def is_other(self) -> bool:
        return self.before != self.after


def role_words(role: str) -> str:
    try:
        return name_of(Role(role))
    except ValueError:
        return "–"


def actor_words(entry: AuditEntry) -> str:
    if entry.actor == "system":
        return QCoreApplication.translate("AuditWords", "系统")
    return entry.actor_name or entry.actor


def object_words(entry: AuditEntry) -> str:
    """Its number and name; the object as it is recorded where nobody calls it otherwise."""
    known = entry.known or Known()
    return " ".join(filter(None, (known.number, local(known.name)))) or entry.object


def headings() -> list[str]:
    return [
        QCoreApplication.translate("AuditWords", "序号"),
        QCoreApplication.translate("AuditWords", "时间"),
        QCoreApplication.translate("AuditWords", "谁"),
        QCoreApplication.translate("AuditWords", "角色"),
        QCoreApplication.translate("AuditWords", "席位"),
        QCoreApplication.translate("AuditWords", "类别"),
        QCoreApplication.translate("AuditWords", "动作"),
        QCoreApplication.translate("AuditWords", "对象"),
        QCoreApplication.translate("AuditWords", "原因"),
    ]


def line(entry: AuditEntry) -> list[str]:
    return [
        str(entry.seq),
        date_time(entry.at),
        actor_words(entry),
        role_words(entry.role),
        entry.workstation or "–",
        subject_words(entry.action),
        deed_words(entry.action),
        object_words(entry),
        entry.reason,
    ]


def recorded(entry: AuditEntry) -> dict[int, str]:
    """By column of `line`: what is recorded where people read a name."""
    shown = {ACTOR: (actor_words(entry), entry.actor), OBJECT: (object_words(entry), entry.object)}
    return {column: kept for column, (words, kept) in shown.items() if kept not in words.split()}


def differences(entry: AuditEntry) -> list[Difference]:
    """What is another value first, each part in the order of its name."""
    before, after = _fields(entry.before), _fields(entry.after)
    # A row that only tells has nothing to compare with.
    names = sorted(before.keys() | after.keys())
    found = [Difference(name, before.get(name, ""), after.get(name, "")) for name in names]
    found = [one for one in found if one.before or one.after]
    if entry.before is None or entry.after is None:
        return found
    return sorted(found, key=lambda one: not one.is_other)


def paper(entries: Sequence[AuditEntry], session: Session, made_at: str, narrowed: str) -> Document:
    rows = tuple(_paper_line(entry) for entry in entries)
    return Document(
        title=QCoreApplication.translate("AuditWords", "审计记录"),
        facts=(
            (QCoreApplication.translate("AuditWords", "导出人"), session.display_name),
            (QCoreApplication.translate("AuditWords", "导出时间"), made_at),
            (QCoreApplication.translate("AuditWords", "条件"), narrowed),
            (QCoreApplication.translate("AuditWords", "条数"), str(len(entries))),
        ),
        blocks=(
            Table(
                tuple(headings()),
                rows,
                title=QCoreApplication.translate("AuditWords", "审计记录"),
                empty=QCoreApplication.translate("AuditWords", "没有符合条件的记录"),
            ),
            Paragraph(
                QCoreApplication.translate("AuditWords", "次序为从新到旧。导出本身也记入审计。"), is_note=True
            ),
        ),
        is_landscape=True,
    )


def _paper_line(entry: AuditEntry) -> tuple[str, ...]:
    """On paper what is recorded stands behind the name."""
    kept = recorded(entry)
    return tuple(f"{words} ({kept[at]})" if at in kept else words for at, words in enumerate(line(entry)))


def _fields(body: str | None) -> dict[str, str]:
    """By name; what is inside another field by both names."""
    if body is None:
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        return {"": body[:MOST_LETTERS]}
    return _flat("", value)


def _flat(name: str, value: object) -> dict[str, str]:
    if isinstance(value, dict):
        found: dict[str, str] = {}
        for key, inner in value.items():
            found |= _flat(f"{name}.{key}" if name else str(key), inner)
        return found
    if value is None or value in ("", [], False):
        return {name: ""}
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {name: text[:MOST_LETTERS]}
