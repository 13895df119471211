"""No secret survives in a log, wherever a message or an exception carries it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import assume, given
from hypothesis import strategies as st

from services.core.logging import configure_logging, redact

# Anything a person may type into a password box: quotes, spaces, "@", "/", Chinese, but no line break.
PASSWORDS = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=4, max_size=24),
    st.text("ab1@:/ \"'\\&?#%=,;{}[]", min_size=4, max_size=12),
).map(str.strip)
NAMES = st.sampled_from(
    ["password", "PASSWORD", "user_password", "passwd", "pwd", "api_key", "token", "Authorization", "密码"]
)


@given(
    username=PASSWORDS, password=PASSWORDS, scheme=st.sampled_from(["rtsp", "RTSPS", "postgresql+psycopg"])
)
def test_credentials_in_an_address_are_gone(username: str, password: str, scheme: str) -> None:
    assume(len(password) >= 4)

    shown = redact(f"cannot open {scheme}://{username}:{password}@10.0.0.7:554/C01/main: refused")

    assert shown.lower() == f"cannot open {scheme}://***@10.0.0.7:554/c01/main: refused".lower()


@given(name=NAMES, password=PASSWORDS, tail=st.sampled_from(["", " camera=C01", ", host=h", ")"]))
def test_a_value_after_a_secret_name_is_gone(name: str, password: str, tail: str) -> None:
    assume(len(password) >= 4)

    assert redact(f"camera C01 {name}={password}{tail}") == f"camera C01 {name}=***"
    assert redact(f"camera C01 {name}: {password}{tail}") == f"camera C01 {name}: ***"


@given(name=NAMES, password=PASSWORDS)
def test_a_secret_member_of_json_or_of_a_dict_is_gone_and_its_neighbours_stay(
    name: str, password: str
) -> None:
    assume("://" not in password)  # hidden all the same, but with its neighbours
    entry = {"camera": "C01", name: password, "port": 554}

    for quoted, text in (
        (json.dumps(name), json.dumps(entry)),
        (f'"{name}"', json.dumps(entry, ensure_ascii=False)),
    ):
        assert redact(text) == f'{{"camera": "C01", {quoted}: ***, "port": 554}}'
    assert redact(repr(entry)) == f"{{'camera': 'C01', '{name}': ***, 'port': 554}}"


@given(password=PASSWORDS)
def test_several_lines_lose_their_secrets_and_keep_the_rest(password: str) -> None:
    assume(len(password) >= 4)

    shown = redact(f"first\n  rtsp://admin:{password}@cam/main\n  password={password}\nlast")

    assert shown == "first\n  rtsp://***@cam/main\n  password=***\nlast"


def test_ordinary_text_is_left_alone() -> None:
    for text in (
        "rtsp.refused",
        "rtsp://10.0.0.7:554/C01/sub",
        "3 frames dropped: queue full",
        "用户 admin 登录",
    ):
        assert redact(text) == text


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Where a process that configured its logging writes; its file is closed afterwards."""
    yield tmp_path / "log" / "shouwang.log"
    for handler in logging.getLogger().handlers:
        handler.close()


@pytest.mark.parametrize("secret", ['p@ss "w/or:d', "it's@here", "口令 1234"])
def test_neither_the_file_nor_stderr_shows_a_secret_of_an_exception(
    log_file: Path, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    configure_logging(log_file)
    try:
        raise OSError(f"rtsp://admin:{secret}@10.0.0.7/main: Connection refused")
    except OSError:
        structlog.get_logger("a").exception("rtsp.failed", password=secret, login={"password": secret})
        logging.getLogger("foreign").exception("cannot open rtsp://admin:%s@10.0.0.7/main", secret)
    written = log_file.read_text(encoding="utf-8") + capsys.readouterr().err

    assert written.count("OSError: rtsp://***@10.0.0.7") == 4
    for piece in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], secret[-6:]):
        assert piece not in written


def test_the_file_holds_one_json_object_a_line(log_file: Path) -> None:
    configure_logging(log_file)
    structlog.get_logger("a").info("camera.up", camera="C01")
    logging.getLogger("foreign").info("from %s", "elsewhere")

    lines = [json.loads(line) for line in log_file.read_text(encoding="utf-8").splitlines()]

    assert [line["event"] for line in lines] == ["camera.up", "from elsewhere"]
    assert lines[0]["camera"] == "C01"


def test_a_log_that_is_never_looked_after_does_not_fill_the_disk(log_file: Path) -> None:
    configure_logging(log_file)
    for _ in range(80):  # 16 MB
        structlog.get_logger("a").info("flood", text="a b " * 50_000)

    sizes = [path.stat().st_size for path in log_file.parent.glob(f"{log_file.name}*")]
    assert len(sizes) == 2
    assert max(sizes) <= 10 * 2**20
