"""The key that signs is made once, kept with the secrets, and never shown."""

from __future__ import annotations

import stat
import sys
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.heldsecrets import SecretsFile
from services.core.keystore import KeyPlace, KeyStore
from services.core.oskeyring import OsKeyring
from services.core.secrets import Credential
from services.evidence.keys import KEYS_FILE, USE, SigningKeys
from services.evidence.signing import SigningKey
from tests.services.core.test_sealed_secrets import MemoryKeyring
from tests.services.evidence.sealed.conftest import AT


def keys_in(folder: Path, clock: ManualClock | None = None) -> SigningKeys:
    secrets = SecretsFile(folder / "secrets.toml", avoids_keyring=True)
    return SigningKeys(secrets, folder, clock or ManualClock(AT))


def told_nobody(_old: str, _new: str) -> None:
    """Where it does not matter who hears of it."""


def test_the_first_use_makes_the_key_and_every_later_one_finds_it(tmp_path: Path) -> None:
    made = keys_in(tmp_path).current()
    assert keys_in(tmp_path).current().public_bytes == made.public_bytes
    (known,) = keys_in(tmp_path).known()
    assert (known.fingerprint, known.public_key, known.until) == (
        made.fingerprint,
        made.public_bytes.hex(),
        None,
    )


def test_processes_that_ask_at_once_get_the_same_first_key(tmp_path: Path) -> None:
    start, made = Barrier(4), []

    def ask() -> None:
        start.wait()
        made.append(keys_in(tmp_path).current().fingerprint)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    assert len(keys_in(tmp_path).known()) == 1


def test_a_new_key_signs_from_then_on_and_the_old_one_stays_known(tmp_path: Path) -> None:
    clock = ManualClock(AT)
    old = keys_in(tmp_path, clock).current()
    clock.advance(3600)
    told: list[tuple[str, str]] = []
    new = keys_in(tmp_path, clock).renew(lambda *both: told.append(both))

    assert told == [(old.fingerprint, new.fingerprint)]
    assert new.public_bytes != old.public_bytes
    assert keys_in(tmp_path, clock).current().public_bytes == new.public_bytes
    first, second = keys_in(tmp_path, clock).known()
    assert (first.public_key, first.until) == (old.public_bytes.hex(), AT + timedelta(hours=1))
    assert (second.public_key, second.until) == (new.public_bytes.hex(), None)


def test_a_key_that_could_not_be_announced_never_signs(tmp_path: Path) -> None:
    """The record goes away, or the power, just when the key is to be noted there."""

    def refuse(_old: str, _new: str) -> None:
        raise ServiceError("storage.unreachable")

    old = keys_in(tmp_path).current()
    with pytest.raises(ServiceError, match=r"storage\.unreachable"):
        keys_in(tmp_path).renew(refuse)
    assert keys_in(tmp_path).current().fingerprint == old.fingerprint
    assert [one.fingerprint for one in keys_in(tmp_path).known()] == [old.fingerprint]


def test_while_a_key_is_being_announced_the_old_one_is_in_the_secrets(tmp_path: Path) -> None:
    seen: list[str] = []

    def look(_old: str, new: str) -> None:
        seed = SecretsFile(tmp_path / "secrets.toml", avoids_keyring=True).signing_seed(USE)
        assert seed is not None
        seen.append(SigningKey(seed).fingerprint)
        assert new not in seen

    old = keys_in(tmp_path).current()
    keys_in(tmp_path).renew(look)
    assert seen == [old.fingerprint]


def test_a_lost_key_is_not_replaced_in_silence_but_by_hand(tmp_path: Path) -> None:
    lost = keys_in(tmp_path).current()
    (tmp_path / "secrets.toml").unlink()
    with pytest.raises(ServiceError, match=r"evidence\.key_lost"):
        keys_in(tmp_path).current()
    told: list[tuple[str, str]] = []
    new = keys_in(tmp_path).renew(lambda *both: told.append(both))
    assert told == [(lost.fingerprint, new.fingerprint)]
    assert [one.fingerprint for one in keys_in(tmp_path).known()] == [lost.fingerprint, new.fingerprint]


def test_the_list_is_mended_when_the_program_died_between_key_and_list(tmp_path: Path) -> None:
    old = keys_in(tmp_path).current()
    secrets = SecretsFile(tmp_path / "secrets.toml", avoids_keyring=True)
    new = SigningKey(b"\7" * 32)
    secrets.set_signing_seed(USE, b"\7" * 32)

    assert keys_in(tmp_path).current().fingerprint == new.fingerprint
    assert [one.fingerprint for one in keys_in(tmp_path).known()] == [old.fingerprint, new.fingerprint]


def test_the_secret_half_lies_sealed_for_its_owner_only_and_survives_other_changes(
    tmp_path: Path, log_events: list[dict[str, object]]
) -> None:
    secrets = SecretsFile(tmp_path / "secrets.toml", avoids_keyring=True)
    seed = bytes(range(32))
    secrets.set_signing_seed(USE, seed)
    secrets.set_credential("gate", Credential("watch", "geheim"))
    key = keys_in(tmp_path).current()

    assert key.public_bytes == SigningKey(seed).public_bytes
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert seed not in content
    assert seed.hex().encode() not in content
    assert seed.hex() not in repr(key) + repr(secrets) + repr(secrets.now) + repr(log_events)
    if sys.platform != "win32":
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        assert modes["secrets.toml"] == modes["secrets.key"] == 0o600


def test_a_list_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    keys_in(tmp_path).current()
    (tmp_path / KEYS_FILE).write_bytes(b"{")
    with pytest.raises(ServiceError, match=r"evidence\.keys_unreadable"):
        keys_in(tmp_path).renew(told_nobody)
    assert (tmp_path / KEYS_FILE).read_bytes() == b"{"


def test_a_sealed_secret_of_another_name_is_no_key(tmp_path: Path) -> None:
    keys_in(tmp_path).current()
    file = tmp_path / "secrets.toml"
    file.write_text(file.read_text("utf-8").replace('[signing."evidence"]', '[signing."other"]'), "utf-8")
    with pytest.raises(ServiceError, match=r"secrets\.seal_broken"):
        keys_in(tmp_path).current()


def test_the_key_goes_with_the_secrets_between_keyring_and_file(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    secrets = SecretsFile(tmp_path / "secrets.toml", KeyStore(tmp_path, lambda: OsKeyring(ring)))
    seed = bytes(range(32))
    secrets.set_signing_seed(USE, seed)
    assert not (tmp_path / "secrets.key").exists()
    secrets.move_key(KeyPlace.FILE)
    assert keys_in(tmp_path).current().public_bytes == SigningKey(seed).public_bytes
    assert seed.hex() not in str(ring.held)


def test_a_sealed_key_that_cannot_be_opened_is_not_replaced(tmp_path: Path) -> None:
    """A new one made in silence would sign with a fingerprint that nobody has on paper."""
    keys_in(tmp_path).current()
    (tmp_path / "secrets.key").unlink()
    before = (tmp_path / "secrets.toml").read_bytes()
    for ask in (keys_in(tmp_path).current, lambda: keys_in(tmp_path).renew(told_nobody)):
        with pytest.raises(ServiceError, match=r"secrets\.key_missing"):
            ask()
    assert (tmp_path / "secrets.toml").read_bytes() == before
