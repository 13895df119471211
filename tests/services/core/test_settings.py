"""Settings: the command line over the environment over the file over defaults; mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.core.settings import load_settings


def write(data_dir: Path, text: str) -> None:
    (data_dir / "settings.toml").write_text(text, encoding="utf-8")


def refusal(**overrides: object) -> dict[str, object]:
    with pytest.raises(ServiceError) as refused:
        load_settings(**overrides)
    assert refused.value.code == "settings.invalid"
    return refused.value.params


def test_without_a_file_the_defaults_hold(data_dir: Path) -> None:
    settings = load_settings()

    assert (settings.data_dir, settings.database, settings.dc09_port) == (data_dir, None, 12300)
    assert settings.language == "zh"
    assert settings.workstation


def test_the_file_is_read_from_the_data_folder(data_dir: Path) -> None:
    write(data_dir, 'dc09_port = 9000\nlanguage = "en"\nworkstation = "SEAT-2"\n')

    settings = load_settings()

    assert (settings.dc09_port, settings.language, settings.workstation) == (9000, "en", "SEAT-2")


def test_the_environment_outranks_the_file_and_the_caller_outranks_both(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(data_dir, 'dc09_port = 1\ndc09_host = "10.0.0.1"\nlanguage = "en"\n')
    monkeypatch.setenv("SHOUWANG_DC09_PORT", "2")
    monkeypatch.setenv("SHOUWANG_DC09_HOST", "10.0.0.2")

    settings = load_settings(dc09_port=3)

    assert (settings.dc09_port, settings.dc09_host, settings.language) == (3, "10.0.0.2", "en")


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("# port\ndc09_port = 70000\n", 2, "dc09_port"),
        ('language = "zh"\nlanguage_2 = "en"\n', 2, "language_2"),
        ('dc09_port = 1\n\nlanguage = "fr"\n', 3, "language"),
        ('language = "zh"\nport = = 3\n', 2, ""),
        ('language = "zh', 1, ""),
        ('language = "zh"\nduty_report_at = "7:30"\n', 2, "duty_report_at"),
        ('duty_report_at = "24:00"\n', 1, "duty_report_at"),
        # Digits of a Chinese keyboard in full width: no time for Python.
        ('duty_report_at = "0\uff17:30"\n', 1, "duty_report_at"),
        ('\ndata_dir = "/elsewhere"\n', 2, "data_dir"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_field(
    data_dir: Path, text: str, line: int, field: str
) -> None:
    write(data_dir, text)

    params = refusal()

    assert (params["file"], params["line"], params["field"]) == ("settings.toml", line, field)
    assert params["reason"]


def test_a_file_that_is_not_utf_8_is_refused(data_dir: Path) -> None:
    (data_dir / "settings.toml").write_bytes(b'workstation = "\xff"')

    assert refusal()["reason"] == "UnicodeDecodeError"


def test_a_wrong_environment_is_not_blamed_on_the_file(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(data_dir, "dc09_port = 1\n")
    monkeypatch.setenv("SHOUWANG_DC09_PORT", "many")

    params = refusal()

    assert (params["file"], params["line"], params["field"]) == ("SHOUWANG_*", 0, "dc09_port")


def test_a_database_password_is_shown_neither_by_the_settings_nor_by_a_refusal(data_dir: Path) -> None:
    write(data_dir, 'database = ["postgresql://watch:hunter2@db/watch"]\n')

    assert "hunter2" not in str(refusal())
    assert "hunter2" not in repr(load_settings(database="postgresql://watch:hunter2@db/watch"))


def test_hardware_decoding_knows_three_words(data_dir: Path) -> None:
    assert load_settings().hardware_decoding == "auto"
    write(data_dir, 'hardware_decoding = "sometimes"\n')
    assert refusal()["field"] == "hardware_decoding"


def test_painter_knows_three_words(data_dir: Path) -> None:
    assert load_settings().painter == "auto"
    write(data_dir, 'painter = "crayon"\n')
    assert refusal()["field"] == "painter"


def test_snapshots_go_where_the_file_says(data_dir: Path, tmp_path: Path) -> None:
    write(data_dir, f"snapshot_dir = '{tmp_path}'\n")
    assert load_settings().snapshot_dir == tmp_path
