"""Whatever is changed in a package, the verifier that lies in it says what, without our program."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.evidence import verify
from services.evidence.hashing import BLOCK_BYTES
from services.evidence.manifest import FileKind
from services.evidence.package import Package
from services.evidence.signing import SigningKey
from tests.services.evidence.sealed.conftest import AT, SEED, Record, exported, seconds, wish
from tests.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def package(tmp_path: Path, disk: Path, record: Record) -> Package:
    return exported(tmp_path, wish(AT, AT + seconds(2)), [record(2)], disk)


def found(package: Package) -> list[tuple[str, str]]:
    return [(one.kind, one.where) for one in verify.check(str(package.path)).findings]


def flip(path: Path, at: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(bytes(content))


def run_bare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The package's own copy, in a Python that knows nothing of us, from another folder."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, timeout=LIMIT_S)


def video_of(package: Package) -> str:
    return next(file.path for file in package.manifest.files if file.kind is FileKind.VIDEO)


def test_a_package_as_exported_is_unchanged_without_our_program(package: Package, tmp_path: Path) -> None:
    taken = tmp_path / "另一台" / "usb"
    shutil.copytree(package.path, taken)
    run = run_bare(taken)

    assert run.returncode == verify.UNCHANGED
    assert "未改动 / UNCHANGED" in run.stdout
    assert SigningKey(SEED).fingerprint in run.stdout
    assert "调〔2026〕7号" in run.stdout


def test_one_flipped_bit_names_the_file_and_the_bytes(package: Package) -> None:
    video = video_of(package)
    flip(package.path / video, 1000, 3)
    run = run_bare(package.path)

    size = (package.path / video).stat().st_size
    assert run.returncode == verify.CHANGED
    assert f"{video}: 第 0 到 {size - 1} 字节之间被改动" in run.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_never_ends_is_named_and_not_read(package: Package) -> None:
    """A pipe or a link to a device in a file's place, beside the others, or as the manifest."""
    video = video_of(package)
    (package.path / video).unlink()
    os.mkfifo(package.path / video)
    assert found(package) == [("file_changed", video)]
    (package.path / video).unlink()
    (package.path / "zeros").symlink_to("/dev/zero")
    os.mkfifo(package.path / "pipe")
    assert sorted(found(package)) == [
        ("file_added", "pipe"),
        ("file_added", "zeros"),
        ("file_missing", video),
    ]
    (package.path / "manifest.json").unlink()
    (package.path / "manifest.json").symlink_to("/dev/zero")
    assert run_bare(package.path).returncode == verify.CHANGED


def test_a_forged_list_of_missing_files_makes_no_file_be_read_again_and_again(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = package.path / "manifest.json"
    plain = json.loads(manifest.read_bytes())
    plain["files"] += [{**plain["files"][0], "path": f"no/{number}", "sha256": "0"} for number in range(300)]
    manifest.write_bytes(verify.canonical(plain))
    for number in range(3):
        shutil.copy(package.path / plain["files"][0]["path"], package.path / f"stray-{number}")
    read: list[str] = []
    sha256_of = verify.sha256_of

    def noted(path: str) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr(verify, "sha256_of", noted)
    assert ("file_missing", "no/299") in found(package)
    assert len(read) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_the_name_of_a_file_says_nothing_in_the_verifiers_own_voice(package: Package) -> None:
    """A name may hold lines and what drives a terminal, and may be no text at all."""
    video = package.path / video_of(package)
    video.rename(package.path / "x\n\x1b[2J未改动 UNCHANGED\u202e")
    (package.path / os.fsdecode(b"\xff\n")).write_bytes(b"x")
    run = run_bare(package.path)
    assert run.returncode == verify.CHANGED
    assert [line for line in run.stdout.splitlines() if "UNCHANGED" in line and "✗" not in line] == []
    assert "\x1b" not in run.stdout
    assert "\u202e" not in run.stdout


def test_what_lies_deeper_than_names_reach_is_not_passed_over(package: Package) -> None:
    """Longer than the 4096 bytes that a path may have on Linux."""
    before = Path.cwd()
    os.chdir(package.path)
    try:
        for _ in range(25):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
        Path("film.mp4").write_bytes(b"x")
    finally:
        os.chdir(before)
    assert [kind for kind, _where in found(package)] == ["folder_unreadable"]
    shutil.rmtree(package.path / ("d" * 200))


def test_a_forged_list_makes_no_file_be_read_byte_by_byte(package: Package) -> None:
    """Nor numbers be read that take hours: what is claimed of blocks counts only within reason."""
    assert verify.blocks_of({"block_bytes": 1, "blocks": ["0"]}) == (verify.AT_ONCE_BYTES, [])
    assert verify.blocks_of({"block_bytes": 10**300, "blocks": ["0"]}) == (verify.AT_ONCE_BYTES, [])
    assert verify.blocks_of({"block_bytes": BLOCK_BYTES, "blocks": ["0"]}) == (BLOCK_BYTES, ["0"])
    assert verify.dictionary(b'{"files": ' + b"9" * 1_000_000 + b"}") is None
    manifest = package.path / "manifest.json"
    plain = json.loads(manifest.read_bytes())
    plain["files"][0]["block_bytes"] = 1
    manifest.write_bytes(verify.canonical(plain))
    assert found(package) == [("field_changed", "files/0")]


def test_each_file_flipped_in_turn_is_the_only_one_named(package: Package) -> None:
    for file in package.manifest.files:
        path = package.path / file.path
        for at in (0, file.size_bytes // 2, file.size_bytes - 1):
            flip(path, at)
            assert found(package) == [("file_changed", file.path)]
            flip(path, at)
        path.rename(package.path / "away")
        assert found(package) == [("file_renamed", file.path)]
        (package.path / "away").rename(path)
    assert found(package) == []


def test_the_changed_blocks_are_named_and_no_others(tmp_path: Path, disk: Path, record: Record) -> None:
    paper = bytes(range(256)) * (5 * BLOCK_BYTES // 256) + b"end"
    asked = wish(AT, AT + seconds(2), attached={"scan.pdf": paper})
    package = exported(tmp_path, asked, [record(2)], disk)
    path = package.path / "papers" / "1_scan.pdf"
    for at in (BLOCK_BYTES, 2 * BLOCK_BYTES + 5, 5 * BLOCK_BYTES + 2):
        flip(path, at)

    ranges = [(one.first, one.last) for one in verify.check(str(package.path)).findings]
    assert ranges == [(BLOCK_BYTES, 3 * BLOCK_BYTES - 1), (5 * BLOCK_BYTES, 5 * BLOCK_BYTES + 2)]

    path.write_bytes(paper[:-5])
    ends = [(one.first, one.last) for one in verify.check(str(package.path)).findings]
    # The block of the last three bytes is gone, the one before is two bytes short.
    assert ends[-1] == (len(paper) - 5, len(paper) - 1)
    path.write_bytes(paper + b"more")
    ends = [(one.first, one.last) for one in verify.check(str(package.path)).findings]
    assert ends == [(len(paper), len(paper) + 3)]


def test_files_added_and_removed_are_named(package: Package) -> None:
    (package.path / "video" / "extra.mp4").write_bytes(b"x")
    assert found(package) == [("file_added", "video/extra.mp4")]
    (package.path / "video" / "extra.mp4").unlink()

    (package.path / "README.txt").unlink()
    assert found(package) == [("file_missing", "README.txt")]


def test_a_link_is_not_the_file_even_if_it_leads_to_the_same_bytes(package: Package, tmp_path: Path) -> None:
    video = package.path / video_of(package)
    shutil.move(video, tmp_path / "kept.mp4")
    video.symlink_to(tmp_path / "kept.mp4")
    assert found(package) == [("file_changed", video_of(package))]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("manifest.json", {"field_changed", "manifest_changed"}),
        ("seal.json", {"seal_changed"}),
        ("seal.sig", {"signature_wrong"}),
        ("public_key.pem", {"key_changed", "signature_wrong"}),
    ],
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_bit_of_what_seals_is_noticed_and_named(
    package: Package, name: str, kinds: set[str], share: float, bit: int
) -> None:
    path = package.path / name
    at = int(share * path.stat().st_size)
    flip(path, at, bit)
    try:
        report = verify.check(str(package.path))
        assert report.exit_code == verify.CHANGED
        assert {one.kind for one in report.findings} & kinds
        # No file is blamed for what was done to the manifest, unless it can no longer be read at all.
        assert not {one.kind for one in report.findings} & {"file_changed", "file_missing"}
    finally:
        flip(path, at, bit)


@pytest.mark.parametrize("name", verify.OWN_FILES)
def test_each_part_of_the_seal_is_missed(package: Package, name: str) -> None:
    (package.path / name).unlink()
    assert ("file_missing", name) in found(package)
    assert run_bare(package.path).returncode == verify.CHANGED


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (lambda plain: plain.update(approved_by="张三"), ["approved_by"]),
        (lambda plain: plain["files"][0].update(kind="copy"), ["files/0"]),
        (lambda plain: plain["takes"][0].update(clock_offset_s=0.5), ["takes/0"]),
        (lambda plain: plain.pop("reason"), ["reason"]),
        (lambda plain: plain.update(note="new"), ["note"]),
    ],
)
def test_a_changed_field_of_the_manifest_is_named(package: Package, change, fields: list[str]) -> None:  # type: ignore[no-untyped-def]
    path = package.path / "manifest.json"
    plain = json.loads(path.read_bytes())
    change(plain)
    path.write_bytes(verify.canonical(plain))
    assert found(package) == [("field_changed", field) for field in fields]


def test_a_file_with_its_entry_and_seal_rewritten_is_betrayed_by_the_signature(package: Package) -> None:
    """Who has no key can make everything agree but the signature."""
    video, path = video_of(package), package.path / "manifest.json"
    flip(package.path / video, 100)
    plain = json.loads(path.read_bytes())
    entry = next(one for one in plain["files"] if one["path"] == video)
    content = (package.path / video).read_bytes()
    entry["sha256"], entry["blocks"] = verify.sha256(content), [verify.sha256(content)]
    path.write_bytes(verify.canonical(plain))
    (package.path / "seal.json").write_bytes(verify.seal_of(path.read_bytes(), plain))

    assert found(package) == [("signature_wrong", "seal.sig")]


def test_a_package_signed_anew_has_another_fingerprint(package: Package) -> None:
    """Who makes a key of their own makes a package that only the fingerprint on paper betrays."""
    forger, ours = SigningKey(bytes(32)), SigningKey(SEED)
    path = package.path / "manifest.json"
    plain = json.loads(path.read_bytes())
    plain["approved_by"] = "无人"
    plain["key_fingerprint"] = forger.fingerprint
    path.write_bytes(verify.canonical(plain))
    seal = verify.seal_of(path.read_bytes(), plain)
    (package.path / "seal.json").write_bytes(seal)
    (package.path / "seal.sig").write_bytes(forger.sign(seal))
    (package.path / "public_key.pem").write_bytes(forger.public_pem)

    assert run_bare(package.path).returncode == verify.UNCHANGED
    assert forger.fingerprint in run_bare(package.path).stdout
    assert run_bare(package.path, "--fingerprint", ours.fingerprint).returncode == verify.CHANGED
    # The manifest still says whose it was, unless that is forged too.
    plain["key_fingerprint"] = ours.fingerprint
    path.write_bytes(verify.canonical(plain))
    seal = verify.seal_of(path.read_bytes(), plain)
    (package.path / "seal.json").write_bytes(seal)
    (package.path / "seal.sig").write_bytes(forger.sign(seal))
    assert found(package) == [("key_changed", "public_key.pem")]


@pytest.mark.parametrize("lie", [{"blocks": []}, {"block_bytes": 0}, {"block_bytes": 2**40}])
def test_a_file_that_differs_is_named_whatever_its_blocks_say(
    package: Package, lie: dict[str, object]
) -> None:
    """Even where our own seal stands over blocks that are wrong."""
    path, video = package.path / "manifest.json", video_of(package)
    plain = json.loads(path.read_bytes())
    next(one for one in plain["files"] if one["path"] == video).update(lie)
    path.write_bytes(verify.canonical(plain))
    seal = verify.seal_of(path.read_bytes(), plain)
    (package.path / "seal.json").write_bytes(seal)
    (package.path / "seal.sig").write_bytes(SigningKey(SEED).sign(seal))
    flip(package.path / video, 10)
    assert {(one.kind, one.where) for one in verify.check(str(package.path)).findings} == {
        ("file_changed", video)
    }


HOSTILE = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"files": 7, "takes": {"x": 1}}',
    b'{"files": [1, null, {"path": "../../etc/passwd"}, {"path": 3}, {"path": "C:\\\\x"}]}',
    b'{"case": "\\ud800", "files": [{"path": "verify.py", "block_bytes": "x", "blocks": 3}]}',
    b'{"files": [{"path": "verify.py", "block_bytes": -5, "size_bytes": 1e400}]}',
    b"[" * 100_000,
    b'{"case": "\\u001b[2J"}',
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["manifest.json", "seal.json"])
def test_no_invented_manifest_or_seal_passes_or_breaks_the_verifier(
    package: Package, name: str, content: bytes
) -> None:
    (package.path / name).write_bytes(content)
    run = run_bare(package.path)
    assert run.returncode == verify.CHANGED
    assert run.stderr == ""
    assert "\x1b" not in run.stdout


@pytest.mark.parametrize(
    "content",
    [
        b'{"files": [' + b",".join([b"{}"] * 150_000) + b"]}",
        b'{"x": ' + b"[" * 150_000,
        b"{" + b",".join(b'"%d":0' % number for number in range(150_000)) + b"}",
        # As dense as ours, and more fields than any of ours.
        json.dumps({"files": ["a" * 80] * 200_001}).encode(),
        json.dumps({"fields": {f"{number:080}": "" for number in range(200_001)}}).encode(),
    ],
    ids=["objects", "brackets", "keys", "items", "sealed"],
)
@pytest.mark.parametrize("name", ["manifest.json", "seal.json"])
def test_what_was_made_to_take_minutes_is_named_and_not_read_value_by_value(
    package: Package, name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty megabytes of it took 36 s and 1 GB."""
    (package.path / name).write_bytes(content)
    hashed: list[object] = []
    digests_of = verify.digests_of
    monkeypatch.setattr(verify, "digests_of", lambda plain: hashed.append(len(plain)) or digests_of(plain))
    assert ("bloated", name) in found(package)
    assert all(isinstance(fields, int) and fields < 100 for fields in hashed)


def test_of_very_many_findings_the_first_thousand_are_named_and_the_others_counted(package: Package) -> None:
    for number in range(1100):
        (package.path / f"stray-{number:04}").write_bytes(b"")
    run = run_bare(package.path)
    assert run.returncode == verify.CHANGED
    assert run.stdout.count("stray-") == verify.MOST_FINDINGS
    assert "100 more, not named one by one" in run.stdout
    assert "1100 findings" in run.stdout


def test_a_folder_that_is_no_package_is_said_to_be_none(package: Package, tmp_path: Path) -> None:
    run = run_bare(package.path, str(tmp_path))
    assert run.returncode == verify.NOT_CHECKED
    assert "没有 manifest.json" in run.stdout

    (tmp_path / "package.zip").write_bytes(b"PK")
    run = run_bare(package.path, str(tmp_path / "package.zip"))
    assert run.returncode == verify.NOT_CHECKED
    assert "unpack the archive first" in run.stdout


def test_the_verifier_is_python_3_8_and_asks_the_standard_library_only() -> None:
    source = (ROOT / "services" / "evidence" / "verify.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported <= {
        "__future__", "argparse", "base64", "dataclasses", "hashlib", "json", "os", "stat", "sys", "typing",
    }  # fmt: skip


PYTHONS = [
    path
    for path in (Path.home() / ".pyenv" / "versions").glob("3.*/bin/python")
    if int(path.parts[-3].split(".")[1]) >= 8
] or [sys.executable]


def test_every_python_from_3_8_on_checks_alike(package: Package) -> None:
    flip(package.path / video_of(package), 1000)
    said = {
        subprocess.run(
            [str(python), "-I", str(package.path / "verify.py")],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for python in PYTHONS
    }
    assert len(said) == 1
    assert video_of(package) in said.pop()


def test_a_console_without_chinese_still_says_it_in_english(package: Package) -> None:
    command = [sys.executable, "-I", "-X", "utf8=0", str(package.path / "verify.py")]
    environment = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    # -I ignores PYTHON variables: the locale says it.
    run = subprocess.run(command, capture_output=True, env={**environment, "LC_ALL": "C"}, check=False)
    assert run.returncode == verify.UNCHANGED
    assert b"UNCHANGED" in run.stdout
