"""What was pasted is kept as far as a database can hold it; what cannot be seen is nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.core.typed import storable, typed_text
from services.domain.alarms import AlarmState
from services.storage import Database
from tests.records import new_sqlite


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  东门 \n", "东门"),
        ("东\0门", "东门"),
        ("东\ud800门", "东门"),
        ("一\n二\t三", "一\n二\t三"),
        ("👮🏽\u200d♂️", "👮🏽\u200d♂️"),
        ("\u200b\u202e", ""),
        (" \u3000", ""),
    ],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert typed_text(typed) == kept


def test_what_can_be_stored_is_handed_on_as_it_is() -> None:
    row = {"state": AlarmState.NEW, "at": datetime.now(UTC), "n": 1, "no": None, "texts": ["东门", ("a",)]}

    assert storable(row) is row
    assert storable([row, {"text": "a\0b"}]) == [row, {"text": "a\ufffdb"}]


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_whatever_was_pasted_can_be_written_down(
    engine: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    is_sqlite = engine == "sqlite"
    url = (
        new_sqlite(tmp_path_factory.mktemp("typed") / "record.db")
        if is_sqlite
        else str(request.getfixturevalue("postgres_record"))
    )
    database = Database(url)
    database.open()
    text = typed_text("".join(map(chr, (*range(256), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1F46E))))
    seq = database.write(lambda tx: tx.audit(None, "test.typed", "text", reason=text))
    database.close()
    assert seq == 1
