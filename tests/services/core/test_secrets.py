"""The secrets file: whole, for its owner only, and never shown."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.errors import ServiceError
from services.core.secrets import Credential, Secrets

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
KEYS = st.sampled_from([16, 24, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size))


def test_the_documented_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(
        '[credential.demo]\nusername = "viewer"\npassword = "p@ss"\n'
        '[panel."1002"]\nkey = "000102030405060708090a0b0c0d0e0f"\n',
        encoding="utf-8",
    )

    secrets = Secrets.load(path)

    assert secrets.credential("demo") == Credential("viewer", "p@ss")
    assert secrets.panel_key("1002") == bytes(range(16))
    assert secrets.credential("other") is None
    assert secrets.panel_key("1001") is None


@given(
    logins=st.dictionaries(TEXT, st.tuples(TEXT, TEXT), max_size=3),
    keys=st.dictionaries(TEXT, KEYS, max_size=3),
)
def test_what_is_saved_is_loaded_again(
    tmp_path_factory: pytest.TempPathFactory,
    logins: dict[str, tuple[str, str]],
    keys: dict[str, bytes],
) -> None:
    path = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    Secrets({name: Credential(*login) for name, login in logins.items()}, keys).save(path)

    loaded = Secrets.load(path)

    assert {name: loaded.credential(name) for name in logins} == {
        name: Credential(*login) for name, login in logins.items()
    }
    assert {account: loaded.panel_key(account) for account in keys} == keys


def test_no_file_means_no_secrets(tmp_path: Path) -> None:
    assert Secrets.load(tmp_path / "none.toml").credential("demo") is None


def test_saving_replaces_the_file_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "secrets.toml"
    Secrets({"a": Credential("u", "1")}).save(path)
    Secrets({"b": Credential("u", "2")}).save(path)

    assert {entry.name for entry in path.parent.iterdir()} == {"secrets.toml", "secrets.key"}
    assert Secrets.load(path).credential("a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no permission bits")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text("")
    path.chmod(0o644)

    Secrets().save(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("password = hunter2", ""),
        ('hunter2 = "x"', ""),
        ('[credential.demo]\nusername = "u"\npasword = "hunter2"', "credential.demo"),
        ('[credential.demo]\nsealed = "hunter2"', "credential.demo"),
        ('[key]\nplace = "hunter2"\nid = "0"', "key"),
        ('credential = "hunter2"', "credential"),
        ('[credential]\ndemo = "hunter2"', "credential"),
        ('[credential.demo]\npassword = "hunter2"', "credential.demo"),
        ('[credential.demo]\nusername = "u"\npassword = 2', "credential.demo"),
        ('[panel."1002"]\nkey = "hunter2"', "panel.1002"),
        ('[panel."1002"]\nkey = "00ff"', "panel.1002"),
        ('[panel."1002"]\n', "panel.1002"),
    ],
)
def test_a_wrong_file_is_refused_without_quoting_it(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ServiceError) as refused:
        Secrets.load(path)

    assert (refused.value.code, refused.value.params) == (
        "secrets.invalid",
        {"file": "secrets.toml", "where": where},
    )


def test_a_repr_shows_no_value() -> None:
    secrets = Secrets({"demo": Credential("viewer", "hunter2")}, {"1002": bytes(range(16))})

    shown = f"{secrets!r} {secrets} {secrets.credential('demo')!r}"

    assert "hunter2" not in shown
    assert "0001" not in shown
