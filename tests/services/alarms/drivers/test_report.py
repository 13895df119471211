"""The JSON by which buttons and other systems report."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.drivers.base import Source
from services.alarms.drivers.report import (
    MOST_REPORT_BYTES,
    AlarmReport,
    ReportKind,
    ReportRefused,
    read_report,
    signals_of,
)
from services.alarms.meaning import UNKNOWN, meaning_of
from services.core.paths import resource
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.site import Panel, PanelNo, PanelProtocol, Zone, ZoneKind, ZoneNo

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
PANEL = Panel(PanelNo("H1"), "4001", "按钮", "Buttons", (1.0, 1.0), protocol=PanelProtocol.HTTP)


def zone(number: int, point: str) -> Zone:
    return Zone(
        ZoneNo(f"H1-{number}"),
        PanelNo("H1"),
        number,
        "按钮",
        "Button",
        ZoneKind.PANIC_BUTTON,
        AlarmClass.PANIC,
        "门岗",
        (1.0, 1.0),
        point=point,
    )


SENDER = Source(PANEL, (zone(1, "gate"), zone(2, "clinic")))


def signal(raw: bytes, source: Source = SENDER) -> Signal:
    (found,) = signals_of(read_report(raw), source, AlarmSource.HTTP, NOW, raw)
    return found


def test_a_report_becomes_a_signal_of_its_zone() -> None:
    found = signal(b'{"point": "clinic", "at": "2026-11-24T13:59:58+08:00", "text": "help"}')
    assert (found.account, found.code, found.point, found.zone) == ("4001", "http:alarm", "clinic", 2)
    assert found.occurred_at == datetime(2026, 11, 24, 5, 59, 58, tzinfo=UTC)
    assert (found.qualifier, found.text, found.received_at) == (Qualifier.NEW, "help", NOW)


def test_a_panel_with_one_zone_need_not_name_it() -> None:
    found = signal(b"{}", Source(PANEL, (zone(1, "gate"),)))
    assert (found.point, found.zone) == ("gate", 1)


def test_a_sign_of_life_is_no_signal() -> None:
    assert signals_of(read_report(b'{"kind": "alive"}'), SENDER, AlarmSource.HTTP, NOW, b"") == ()


def test_the_same_mark_is_the_same_event_and_no_mark_never_is() -> None:
    marked = b'{"point": "gate", "id": "7"}'
    assert signal(marked).fingerprint == signal(marked).fingerprint
    assert signal(b'{"point": "gate"}').fingerprint != signal(b'{"point": "gate"}').fingerprint


@pytest.mark.parametrize(
    "other", [b'{"point": "clinic", "id": "7"}', b'{"point": "gate", "id": "7", "state": "restore"}']
)
def test_the_same_mark_on_something_else_is_another_event(other: bytes) -> None:
    assert signal(b'{"point": "gate", "id": "7"}').fingerprint != signal(other).fingerprint


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"\xff\xfe", ""),
        (b'{"kind": "boom"}', "kind"),
        (b'{"zone": -1}', "zone"),
        (b'{"at": "2026-11-24T06:00:00"}', "at"),
        (b'{"pont": "gate"}', "pont"),
        (b'{"text": "a\\u0007b"}', "text"),
        (b'{"text": "a\\u0000b"}', "text"),
        (b'{"text": "a\\ud83db"}', ""),
        (b'{"id": "\\udc00"}', ""),
        (b'{"text": "\xed\xa0\xbd"}', ""),
        (b'{"id": "' + b"x" * 65 + b'"}', "id"),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(raw: bytes, field: str) -> None:
    with pytest.raises(ReportRefused) as refused:
        read_report(raw)
    assert refused.value.field == field


def test_a_report_longer_than_allowed_is_refused_unread() -> None:
    with pytest.raises(ReportRefused, match="4096"):
        read_report(b'{"text": "' + b" " * MOST_REPORT_BYTES + b'"}')


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.text() | st.floats(), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    try:
        report = read_report(raw)
    except ReportRefused:
        return
    assert isinstance(report, AlarmReport)


def test_a_thousand_brackets_are_refused() -> None:
    with pytest.raises(ReportRefused):
        read_report(b'{"text": ' + b"[" * 2000 + b"]" * 2000 + b"}")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(ReportKind),
            "state": st.sampled_from(["new", "restore", "still"]),
            "point": st.text(st.characters(min_codepoint=32, exclude_categories=["C"]), max_size=100),
            "zone": st.integers(0, 9999),
            "id": st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=64),
            "at": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        },
    )
)
def test_every_report_that_the_schema_allows_is_read_and_has_a_meaning(fields: dict[str, object]) -> None:
    raw = json.dumps(fields).encode()
    for found in signals_of(read_report(raw), SENDER, AlarmSource.HTTP, NOW, raw):
        assert meaning_of(found.code) is not UNKNOWN


@pytest.mark.parametrize("by", [AlarmSource.HTTP, AlarmSource.MQTT])
@pytest.mark.parametrize("kind", sorted(set(ReportKind) - {ReportKind.ALIVE}))
def test_every_kind_has_a_line_in_the_code_table(by: AlarmSource, kind: ReportKind) -> None:
    assert meaning_of(f"{by.value}:{kind.value}") is not UNKNOWN


def test_the_published_schema_is_the_one_that_is_obeyed() -> None:
    published = json.loads(resource("alarms", "report.schema.json").read_text(encoding="utf-8"))
    assert published.pop("$schema") == "https://json-schema.org/draft/2020-12/schema"
    assert published == AlarmReport.model_json_schema()
