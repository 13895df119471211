from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.devices.sheet import HEADINGS
from services.devices.tables import bad_cell, read_rows
from services.domain.incidents import IncidentId, TimelineEntry
from services.domain.names import TwoNames
from services.video import trouble
from ui.i18n import speak
from ui.text.sentence_table import SENTENCES
from ui.text.sentences import reason_text, sentence
from ui.text.timeline import TIMELINE_KINDS, timeline_text

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    speak("zh")


def codes_raised() -> dict[str, str]:
    """Every literal code given to an error class of ours: code -> file."""
    found: dict[str, str] = {}
    for folder in ("services", "app", "ui", "views"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_service_error(node.func) and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found[first.value] = str(path.relative_to(ROOT))
    return found


def _is_service_error(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in ("ServiceError", "__init__") or name.endswith("Error")


def test_every_code_that_is_raised_has_a_sentence() -> None:
    dotted = {code: file for code, file in codes_raised().items() if re.fullmatch(r"[a-z]+\.[a-z_]+", code)}
    assert len(dotted) > 20, "the search no longer finds the codes"
    missing = {code: file for code, file in dotted.items() if code not in SENTENCES}
    assert missing == {}


def test_every_code_a_stream_may_show_has_a_sentence() -> None:
    codes = {value for name, value in vars(trouble).items() if name.isupper() and isinstance(value, str)}
    assert codes, "the search no longer finds the codes"
    assert codes - SENTENCES.keys() == set()


def test_every_line_of_the_timeline_has_a_sentence() -> None:
    kinds = set()
    for path in (ROOT / "services" / "dispatch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_line = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "line"
            if is_line and isinstance(node.args[1], ast.Constant):
                kinds.add(node.args[1].value)
    assert kinds, "the search no longer finds the entries"
    assert kinds - set(TIMELINE_KINDS) == set()


def test_parameters_are_filled_in_and_times_are_local() -> None:
    at = datetime(2026, 11, 24, 6, 5, 4, tzinfo=UTC)
    shown = sentence(ServiceError("alarm.already_claimed", owner="李值班", at=at))
    assert "李值班" in shown
    assert at.astimezone().strftime("%H:%M:%S") in shown


@pytest.mark.parametrize(("language", "listed"), [("zh", "名称、主码流地址"), ("en", "Name, Main stream")])
def test_columns_that_a_table_lacks_are_named_in_the_language_of_the_reader(
    language: str, listed: str, tmp_path: Path
) -> None:
    speak(language)
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8")
    with pytest.raises(ServiceError) as refused:
        read_rows(tmp_path / "a.csv", HEADINGS, ("name", "main_url"))
    assert listed in sentence(refused.value)


@pytest.mark.parametrize(("language", "column"), [("zh", "“电话”"), ("en", '"Phone"')])
def test_a_cell_that_is_refused_is_named_in_the_language_of_the_reader(language: str, column: str) -> None:
    speak(language)
    assert column in sentence(bad_cell(TwoNames("电话", "Phone")))


def test_answers_of_a_step_stand_in_one_line_each_in_its_language() -> None:
    at, params = datetime(2026, 11, 24, tzinfo=UTC), {"step": "有人被困", "said": "是\n三楼有两人"}
    entry = TimelineEntry("1", IncidentId("1"), at, "李值班", "plan.step_said", params)
    assert timeline_text(entry).endswith("是；三楼有两人")
    speak("en")
    assert timeline_text(entry).endswith("Yes; 三楼有两人")


def test_states_are_named_not_coded() -> None:
    shown = sentence(ServiceError("alarm.illegal_move", was="new", wanted="reset"))
    assert "待接警" in shown
    assert "reset" not in shown


def test_a_missing_parameter_shows_a_dash_and_never_raises() -> None:
    for code in SENTENCES:
        assert "{" not in sentence(ServiceError(code))


def test_an_unknown_code_is_named_not_hidden() -> None:
    assert "video.new_trouble" in sentence(ServiceError("video.new_trouble"))


def test_a_stream_without_trouble_has_no_sentence() -> None:
    assert reason_text("") == ""
    assert reason_text("video.timeout")
