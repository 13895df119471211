"""The encrypted file opens with the password, by WinZip's published form, and with nothing else."""

from __future__ import annotations

import hmac
import struct
import zipfile
from hashlib import pbkdf2_hmac
from pathlib import Path

import pytest
import pyzipper
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from services.core.errors import ServiceError
from services.evidence import verify
from services.evidence.package import Package
from tests.services.evidence.sealed.conftest import AT, Record, exported, seconds, wish

PASSWORD = "Correct-horse 7"


@pytest.fixture
def package(tmp_path: Path, disk: Path, record: Record) -> Package:
    return exported(tmp_path, wish(AT, AT + seconds(2)), [record(2)], disk, password=PASSWORD)


def opened_by_hand(archive: Path, name: str, password: str) -> bytes:
    """WinZip's AES Encryption Specification 1.04: salt, check, data, code; strength 3 is AES-256."""
    with zipfile.ZipFile(archive) as listed:
        entry = listed.getinfo(name)
    assert entry.compress_type == 99
    assert entry.flag_bits & 1
    fields = dict(extra_fields(entry.extra))
    version, vendor, strength, method = struct.unpack("<H2sBH", fields[0x9901])
    assert (version in (1, 2), vendor, strength, method) == (True, b"AE", 3, 0)
    content = archive.read_bytes()
    name_bytes, extra_bytes = struct.unpack(
        "<HH", content[entry.header_offset + 26 : entry.header_offset + 30]
    )
    begin = entry.header_offset + 30 + name_bytes + extra_bytes
    stored = content[begin : begin + entry.compress_size]
    salt, check, data, code = stored[:16], stored[16:18], stored[18:-10], stored[-10:]
    keys = pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    if keys[64:] != check:
        raise ValueError("password")
    assert hmac.digest(keys[32:64], data, "sha1")[:10] == code
    blocks = b"".join(number.to_bytes(16, "little") for number in range(1, len(data) // 16 + 2))
    stream = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor().update(blocks)
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))


def extra_fields(extra: bytes) -> list[tuple[int, bytes]]:
    found = []
    while extra:
        kind, length = struct.unpack("<HH", extra[:4])
        found.append((kind, extra[4 : 4 + length]))
        extra = extra[4 + length :]
    return found


def test_every_file_comes_out_as_winzips_specification_says(package: Package, tmp_path: Path) -> None:
    assert package.path.suffix == ".zip"
    assert package.is_encrypted
    with zipfile.ZipFile(package.path) as listed:
        names = listed.namelist()
    for name in names:
        target = tmp_path / "opened" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(opened_by_hand(package.path, name, PASSWORD))
    (root,) = (tmp_path / "opened").iterdir()
    report = verify.check(str(root))
    assert report.findings == []
    assert report.files == len(package.manifest.files)


def test_nothing_but_the_archive_is_left_and_nothing_readable_is_in_it(package: Package) -> None:
    assert list(package.path.parent.iterdir()) == [package.path]
    content = package.path.read_bytes()
    for said in ("张三", "东城分局", package.manifest.key_fingerprint, "ftyp", "moov", PASSWORD):
        assert said.encode() not in content


def test_another_password_opens_nothing(package: Package, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="password"):
        opened_by_hand(package.path, f"{package.path.stem}/manifest.json", "Correct-horse 8")
    with pyzipper.AESZipFile(package.path) as archive, pytest.raises(RuntimeError):
        archive.extractall(tmp_path, pwd=b"Correct-horse 8")


def test_a_flipped_bit_in_the_archive_is_noticed_when_it_is_opened(package: Package, tmp_path: Path) -> None:
    content = bytearray(package.path.read_bytes())
    content[len(content) // 3] ^= 1
    package.path.write_bytes(bytes(content))
    with pyzipper.AESZipFile(package.path) as archive, pytest.raises(pyzipper.BadZipFile):
        archive.extractall(tmp_path, pwd=PASSWORD.encode())


@pytest.mark.parametrize("password", ["short", "x" * 100, "密码密码密码密码", "tab\tand more"])
def test_a_password_that_other_programs_read_otherwise_is_refused(
    tmp_path: Path, disk: Path, record: Record, password: str
) -> None:
    with pytest.raises(ServiceError, match=r"evidence\.bad_password") as refused:
        exported(tmp_path, wish(AT, AT + seconds(2)), [record(2)], disk, password=password)
    assert password not in str(refused.value)


def test_the_password_is_shown_nowhere(package: Package, log_events: list[dict[str, object]]) -> None:
    assert PASSWORD not in repr(package) + repr(log_events)
