"""Secrets at rest: unreadable without their key, which is never lost, mixed up or asked of a person."""

from __future__ import annotations

import base64
import errno
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from services.core import oskeyring
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.heldsecrets import RETRY_MOST_S, SecretsFile
from services.core.keystore import KeyPlace, KeyStore
from services.core.oskeyring import NoKeyring, OsKeyring
from services.core.sealing import SealBroken, SealKey
from services.core.secrets import Credential, Secrets
from services.core.secretsfile import HEAD

ROOT = Path(__file__).resolve().parents[3]
LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
NASTY = st.text(st.sampled_from("@:/%?#[] \"'\\中文口令=&;,{}$`äß"), min_size=6, max_size=30)
PASSWORDS = st.one_of(NASTY, LINES.filter(lambda text: len(text) >= 6))
PLAIN = '[credential.gate]\nusername = "viewer"\npassword = "hunter2 in plain"\n'


class MemoryKeyring(KeyringBackend):
    """A keyring that works."""

    priority = 5

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class HangingKeyring(MemoryKeyring):
    """One that waits for a dialog nobody answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait()
        return super().get_password(service, username)


def shut() -> OsKeyring:
    raise NoKeyring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets.toml"


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as refused:
        work()
    return refused.value.code


@given(username=LINES, password=PASSWORDS, panel=st.binary(min_size=16, max_size=16))
def test_no_value_is_in_the_file_in_any_spelling(
    tmp_path_factory: pytest.TempPathFactory, username: str, password: str, panel: bytes
) -> None:
    path = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    # Said in every such file, so it is no sign of this password.
    assume(password not in HEAD + '[key]\nplace = "file"\nid = "[credential."gate"]\nsealed = "v1:')
    Secrets({"gate": Credential(username, password)}, {"1002": panel}).save(path)

    written = path.read_bytes()

    spellings = {password, quote(password, safe=""), json.dumps(password)[1:-1], password[::-1]}
    assert not [spelled for spelled in spellings if spelled.encode() in written]
    assert base64.b64encode(password.encode())[:-4] not in written
    assert panel.hex().encode() not in written
    assert b'[credential."gate"]' in written
    assert b'[panel."1002"]' in written
    assert Secrets.load(path).credential("gate") == Credential(username, password)


def test_a_sealed_value_does_not_tell_how_long_it_is() -> None:
    key = SealKey.new()
    assert len({len(key.seal("credential", "gate", "x" * length)) for length in (1, 8, 33, 64)}) == 1


def test_a_value_moved_under_another_name_is_refused(path: Path) -> None:
    Secrets({"gate": Credential("u", "one"), "hall": Credential("u", "two")}).save(path)
    text = path.read_text(encoding="utf-8")
    swapped = text.replace('"gate"', '"x"').replace('"hall"', '"gate"').replace('"x"', '"hall"')
    path.write_text(swapped, encoding="utf-8")

    assert refusal(lambda: Secrets.load(path)) == "secrets.seal_broken"


@given(st.data())
def test_a_sealed_text_with_one_changed_byte_is_refused(data: st.DataObject) -> None:
    key = SealKey(bytes(32))
    packed = bytearray(base64.b64decode(key.seal("credential", "gate", "password")[3:]))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SealBroken):
        key.unseal("credential", "gate", "v1:" + base64.b64encode(packed).decode())


def test_what_was_typed_in_plain_is_sealed_at_the_next_start(path: Path) -> None:
    path.write_text(PLAIN, encoding="utf-8")
    path.chmod(0o644)
    linked = path.with_name("old inode")
    linked.hardlink_to(path)

    loaded = SecretsFile(path).load()

    assert loaded.credential("gate") == Credential("viewer", "hunter2 in plain")
    assert Secrets.load(path) is not None
    assert Secrets.load(path).is_sealed
    # Not in the new file, nor in what the old one's blocks hold.
    assert all(b"hunter2" not in file.read_bytes() for file in path.parent.iterdir())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert linked.stat().st_size == len(PLAIN)


def test_a_line_typed_into_a_sealed_file_replaces_the_sealed_one(path: Path) -> None:
    Secrets({"gate": Credential("viewer", "old"), "hall": Credential("u", "kept")}).save(path)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('[credential."gate"]\n', '[credential."gate"]\nusername = "new"\npassword = "typed"\n'),
        encoding="utf-8",
    )

    loaded = SecretsFile(path).load()

    assert loaded.credential("gate") == Credential("new", "typed")
    assert loaded.credential("hall") == Credential("u", "kept")
    assert "typed" not in path.read_text(encoding="utf-8")


def test_a_plain_file_that_cannot_be_replaced_still_serves(
    path: Path, expected_log: Callable[..., None]
) -> None:
    path.write_text(PLAIN, encoding="utf-8")
    # A folder of the name under which the new file is written; root heeds no permission bits.
    (path.parent / "secrets.toml.new").mkdir()
    expected_log("secrets.left_plain")

    loaded = SecretsFile(path).load()

    assert loaded.credential("gate") == Credential("viewer", "hunter2 in plain")
    assert path.read_text(encoding="utf-8") == PLAIN


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda key: key.unlink(), "secrets.key_missing"),
        (lambda key: key.write_bytes(bytes(32)), "secrets.key_wrong"),
        (lambda key: key.write_bytes(b"short"), "secrets.key_wrong"),
    ],
)
def test_without_the_right_key_nothing_is_read_and_nothing_overwritten(
    path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    Secrets({"gate": Credential("u", "p")}).save(path)
    before = path.read_bytes()
    spoil(path.parent / "secrets.key")

    assert refusal(lambda: Secrets.load(path)) == code
    assert refusal(lambda: Secrets({"new": Credential("u", "p")}).save(path)) == code
    assert refusal(lambda: SecretsFile(path).set_credential("new", Credential("u", "p"))) == code
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_understood_is_not_overwritten(path: Path) -> None:
    path.write_text("password = hunter2", encoding="utf-8")

    assert refusal(lambda: Secrets().save(path)) == "secrets.invalid"
    assert path.read_text(encoding="utf-8") == "password = hunter2"


def test_a_working_keyring_keeps_the_key_and_no_file_does(path: Path) -> None:
    ring = MemoryKeyring()
    keys = KeyStore(path.parent, lambda: OsKeyring(ring))
    Secrets({"gate": Credential("u", "p")}).save(path, keys)

    assert [entry.name for entry in path.parent.iterdir()] == ["secrets.toml"]
    assert Secrets.load(path, keys).credential("gate") == Credential("u", "p")
    assert refusal(lambda: Secrets.load(path, KeyStore(path.parent, shut))) == "secrets.keyring_shut"
    ring.held.clear()
    assert refusal(lambda: Secrets.load(path, keys)) == "secrets.key_missing"


def test_the_key_moves_between_keyring_and_file(path: Path) -> None:
    ring = MemoryKeyring()
    keys = KeyStore(path.parent, lambda: OsKeyring(ring))
    secrets = SecretsFile(path, keys)
    secrets.set_credential("gate", Credential("u", "p"))

    secrets.move_key(KeyPlace.FILE)
    assert (secrets.key_place, ring.held) == (KeyPlace.FILE, {})
    assert Secrets.load(path, KeyStore(path.parent, shut)).credential("gate") == Credential("u", "p")

    secrets.move_key(KeyPlace.KEYRING)
    assert not (path.parent / "secrets.key").exists()
    assert Secrets.load(path, keys).credential("gate") == Credential("u", "p")


def test_a_keyring_that_waits_for_a_person_is_given_up(path: Path) -> None:
    ring = HangingKeyring()
    keys = KeyStore(path.parent, lambda: OsKeyring(ring, limit_s=0.05))
    try:
        Secrets({"gate": Credential("u", "p")}).save(path, keys)
        assert Secrets.load(path, KeyStore(path.parent, shut)).credential("gate") == Credential("u", "p")
    finally:
        ring.answered.set()


def test_a_keyring_that_forgets_is_none() -> None:
    class Forgetful(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None: ...

    with pytest.raises(NoKeyring):
        OsKeyring(Forgetful()).prove()


@pytest.mark.parametrize("said", ["no base64!", base64.b64encode(b"too short").decode()])
def test_a_key_spoilt_in_the_keyring_is_a_wrong_key_and_stops_nothing(path: Path, said: str) -> None:
    ring = MemoryKeyring()
    keys = KeyStore(path.parent, lambda: OsKeyring(ring))
    Secrets({"gate": Credential("u", "one")}).save(path, keys)
    ring.held = dict.fromkeys(ring.held, said)

    assert refusal(lambda: Secrets.load(path, keys)) == "secrets.key_wrong"
    trouble = Secrets.load_what_opens(path, keys).trouble
    assert trouble is not None
    assert trouble.code == "secrets.key_wrong"


def test_only_keyrings_known_to_ask_nobody_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring.core

    with monkeypatch.context() as patch:
        patch.setattr(keyring.core, "_keyring_backend", MemoryKeyring())
        with pytest.raises(NoKeyring):
            oskeyring.find_backend()


def test_a_machine_without_a_keyring_gets_a_key_file_for_its_owner_only(path: Path) -> None:
    Secrets({"gate": Credential("u", "p")}).save(path)

    key = path.parent / "secrets.key"
    assert (len(key.read_bytes()), stat.S_IMODE(key.stat().st_mode)) == (32, 0o600)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_full_disk_leaves_the_old_secrets_and_nothing_half_written(
    path: Path, is_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = SecretsFile(path)
    if not is_first:
        secrets.set_credential("gate", Credential("u", "old"))
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()} | {"secrets.lock": b""}

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert refusal(lambda: secrets.set_credential("gate", Credential("u", "new"))) == "secrets.cannot_write"
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_two_processes_that_start_at_once_make_one_key(path: Path) -> None:
    path.write_text(PLAIN, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from services.core.heldsecrets import SecretsFile;"
        "print(SecretsFile(Path(sys.argv[1])).load().credential('gate').username)"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]

    assert [run.communicate()[0].splitlines()[-1] for run in runs] == [b"viewer"] * 3
    assert Secrets.load(path).credential("gate") == Credential("viewer", "hunter2 in plain")


def test_changes_by_two_holders_of_the_file_are_both_kept(path: Path) -> None:
    mine, theirs = SecretsFile(path), SecretsFile(path)

    def fill(secrets: SecretsFile, prefix: str) -> None:
        for number in range(10):
            secrets.set_credential(f"{prefix}{number}", Credential("u", "p"))

    threads = [threading.Thread(target=fill, args=pair) for pair in ((mine, "m"), (theirs, "t"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(Secrets.load(path).credential_names) == 20


def test_a_running_process_takes_over_what_another_wrote(path: Path) -> None:
    running = SecretsFile(path)
    running.load()
    SecretsFile(path).set_credential("gate", Credential("u", "later"))
    assert running.credential("gate") is None

    running.refresh()

    assert running.credential("gate") == Credential("u", "later")


def test_a_broken_file_leaves_a_running_process_what_it_had(
    path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("secrets.not_read")
    running = SecretsFile(path)
    running.set_credential("gate", Credential("u", "p"))
    path.write_text("[credential", encoding="utf-8")

    running.refresh()

    assert running.trouble is not None
    assert running.trouble.code == "secrets.invalid"
    assert running.credential("gate") == Credential("u", "p")


def test_what_can_be_read_is_used_and_what_is_shut_is_still_known(
    path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("secrets.not_read")
    Secrets({"gate": Credential("u", "p")}, {"1002": bytes(16)}).save(path)
    path.write_text(path.read_text("utf-8") + '[panel.1003]\nkey = "' + "ab" * 16 + '"\n', "utf-8")
    (path.parent / "secrets.key").unlink()
    running = SecretsFile(path)

    running.load_what_opens()

    assert running.trouble is not None
    assert running.trouble.code == "secrets.key_missing"
    assert running.panel_key("1003") == b"\xab" * 16
    assert (running.panel_key("1002"), running.credential("gate")) == (None, None)
    assert [running.has_panel(account) for account in ("1002", "1003", "1004")] == [True, True, False]


def test_a_key_file_that_is_put_back_opens_the_secrets_of_a_running_process(
    path: Path, expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("secrets.not_read")
    Secrets({}, {"1002": bytes(16)}).save(path)
    key = path.parent / "secrets.key"
    kept = key.read_bytes()
    key.unlink()
    running = SecretsFile(path)
    running.load_what_opens()
    running.refresh()
    key.write_bytes(kept)

    running.refresh()

    assert (running.trouble, running.panel_key("1002")) == (None, bytes(16))
    told = [event["event"] for event in log_events if event["event"] != "secrets.no_keyring"]
    assert told == ["secrets.not_read", "secrets.read_again"]


def test_a_keyring_that_is_unlocked_later_opens_the_secrets_of_a_running_process(
    path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("secrets.not_read")
    ring, asked = MemoryKeyring(), []
    is_shut = False

    def keyring() -> OsKeyring:
        asked.append(is_shut)
        if is_shut:
            raise NoKeyring
        return OsKeyring(ring)

    Secrets({}, {"1002": bytes(16)}).save(path, KeyStore(path.parent, keyring))
    clock, is_shut = ManualClock(datetime(2026, 11, 24, tzinfo=UTC)), True
    running = SecretsFile(path, KeyStore(path.parent, keyring), clock=clock)
    running.load_what_opens()
    asked.clear()
    running.refresh()
    assert asked == []  # a keyring that may hang is not asked with every look
    is_shut = False
    clock.advance(RETRY_MOST_S)

    running.refresh()

    assert (running.trouble, running.panel_key("1002")) == (None, bytes(16))
