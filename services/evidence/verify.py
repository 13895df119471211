#!/usr/bin/env python3
"""守望证据包核验程序 / checks a Shouwang evidence package: is every byte as it was exported?

用法 / usage:   python verify.py [文件夹 / folder] [--fingerprint 指纹 / of the signing key]

只需要 Python 3.8 或更新，不需要其他程序，也不联网。退出码：0 未改动，1 有改动，2 无法核验。
Needs Python 3.8 or later and nothing else, and asks no network. Exit code: 0 unchanged, 1 changed,
2 not to be checked.

每个包里都有一份本程序；有疑问时请用从出具单位另行取得的一份，它的 SHA-256 写在纸质清单上。
A copy lies in each package. In doubt use one that you got from the issuer by another way; its SHA-256
stands on the printed list.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import stat
import sys
from dataclasses import dataclass, field
from typing import BinaryIO

MANIFEST, SEAL, SIGNATURE, KEY = "manifest.json", "seal.json", "seal.sig", "public_key.pem"
OWN_FILES = (MANIFEST, SEAL, SIGNATURE, KEY)
UNCHANGED, CHANGED, NOT_CHECKED = 0, 1, 2
LEAST_BLOCK_BYTES, MOST_BLOCK_BYTES = 2**16, 2**24
AT_ONCE_BYTES = 2**20
# Of each of our own four files: a week of one camera is listed in some twenty megabytes.
MOST_OWN_BYTES = 2**28
# Ours is mostly hashes of blocks, some 72 bytes each; what holds more values for its size was made to wear
# the reader down. The rest is for a small one.
LEAST_BYTES_A_VALUE, FREE_VALUES = 64, 100_000
# Of a manifest and of a seal: each is hashed on its own.
MOST_FIELDS = 200_000
MOST_FINDINGS = 1000
# Python before 3.11 would sit for hours over a number of a million digits.
MOST_DIGITS = 400
LONG_BYTES = 2**28


# ---- Ed25519, RFC 8032 section 5.1: the curve -x² + y² = 1 + d·x²·y² over the numbers modulo P ----

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Point:
    """In extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z (section 5.1.4)."""

    def __init__(self, x: int, y: int, z: int, t: int) -> None:
        self.x, self.y, self.z, self.t = x, y, z, t

    def plus(self, other: Point) -> Point:
        a = (self.y - self.x) * (other.y - other.x) % P
        b = (self.y + self.x) * (other.y + other.x) % P
        c = 2 * self.t * other.t * D % P
        d = 2 * self.z * other.z % P
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f % P, g * h % P, f * g % P, e * h % P)

    def times(self, number: int) -> Point:
        result, doubled = NEUTRAL, self
        while number:
            if number & 1:
                result = result.plus(doubled)
            doubled = doubled.plus(doubled)
            number >>= 1
        return result

    def negative(self) -> Point:
        return Point(-self.x % P, self.y, self.z, -self.t % P)

    def encoded(self) -> bytes:
        """Section 5.1.2: y in 255 bits, little-endian, and the lowest bit of x above it."""
        by_z = pow(self.z, P - 2, P)
        x, y = self.x * by_z % P, self.y * by_z % P
        return (y | (x & 1) << 255).to_bytes(32, "little")


NEUTRAL = Point(0, 1, 1, 0)


def decoded(text: bytes) -> Point | None:
    """Section 5.1.3; None for 32 bytes that are no point."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return Point(x, y, 1, x * y % P)


_BASE = decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
assert _BASE is not None
BASE = _BASE


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Section 5.1.7: whether the owner of `public_key` (32 bytes) has signed `message`."""
    point = decoded(public_key) if len(public_key) == 32 else None
    if point is None or len(signature) != 64:
        return False
    if point.times(8).encoded() == NEUTRAL.encoded():
        return False  # a key of small order would "sign" anything
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    return BASE.times(s).plus(point.times(k).negative()).encoded() == signature[:32]


# ---- the forms of key, manifest and seal ----

PEM_HEAD, PEM_FOOT = b"-----BEGIN PUBLIC KEY-----\n", b"\n-----END PUBLIC KEY-----\n"
# RFC 8410: SubjectPublicKeyInfo of an Ed25519 key, before its 32 bytes.
DER_HEAD = bytes.fromhex("302a300506032b6570032100")


def key_of(pem: bytes) -> bytes | None:
    """The 32 bytes of the key; None unless the file is written exactly as we write it."""
    try:
        der = base64.b64decode(pem[len(PEM_HEAD) : -len(PEM_FOOT)], validate=True)
    except ValueError:
        return None
    is_exact = PEM_HEAD + base64.b64encode(der) + PEM_FOOT == pem
    is_ed25519 = len(der) == len(DER_HEAD) + 32 and der.startswith(DER_HEAD)
    return der[len(DER_HEAD) :] if is_exact and is_ed25519 else None


def fingerprint_of(public_key: bytes) -> str:
    """SHA-256 of the 32 bytes, in groups of four that can be read out over a telephone."""
    digits = hashlib.sha256(public_key).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def canonical(plain: object) -> bytes:
    """The one form in which JSON is written, hashed and signed."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return text.encode("utf-8", "surrogatepass")


def fields_of(manifest: dict[str, object]) -> dict[str, object]:
    """What is hashed one by one: each field, of a list each item, as files/0, files/1."""
    fields: dict[str, object] = {}
    for name, value in manifest.items():
        if isinstance(value, list):
            fields[name] = len(value)
            fields.update({f"{name}/{number}": item for number, item in enumerate(value)})
        else:
            fields[name] = value
    return fields


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digests_of(manifest: dict[str, object]) -> dict[str, str]:
    return {name: sha256(canonical(value)) for name, value in fields_of(manifest).items()}


def seal_of(manifest_bytes: bytes, manifest: dict[str, object]) -> bytes:
    """What is signed: the manifest's hash, and one of each of its fields, so that a changed one is named."""
    return canonical(
        {
            "format": "shouwang-evidence-seal",
            "format_version": 1,
            "manifest_sha256": sha256(manifest_bytes),
            "fields": digests_of(manifest),
        }
    )


# ---- what is found ----


@dataclass(frozen=True)
class Finding:
    """kind: a word for programs. where: a file or a field of the manifest. first, last: bytes, -1 = none."""

    kind: str
    where: str
    zh: str
    en: str
    first: int = -1
    last: int = -1


@dataclass
class Report:
    """findings: empty = unchanged; the first of them. more: how many others there were. is_package: there was
    something that could be checked."""

    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    is_package: bool = True
    case: str = ""
    exported_at: str = ""
    fingerprint: str = ""
    files: int = 0
    size_bytes: int = 0

    @property
    def exit_code(self) -> int:
        if not self.is_package:
            return NOT_CHECKED
        return CHANGED if self.findings else UNCHANGED

    def add(self, kind: str, where: str, zh: str, en: str, first: int = -1, last: int = -1) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, where, zh, en, first, last))
        else:
            self.more += 1


def check(folder: str, fingerprint: str = "") -> Report:
    """Look at every byte of a package. fingerprint: of the key that must have signed, "" = any."""
    report = Report()
    own = {name: content_of(folder, name) for name in OWN_FILES}
    if own[MANIFEST] is None and own[SEAL] is None:
        report.is_package = False
        zh, en = "这里没有 manifest.json，不是证据包", "no manifest.json here: not a package"
        if os.path.isfile(folder):
            zh, en = "请先解开压缩包，再核验文件夹", "unpack the archive first, then check the folder"
        report.add("no_package", folder, zh, en)
        return report
    for name in OWN_FILES:
        if own[name] is None:
            report.add("file_missing", name, "文件缺少或读不出来", "missing or unreadable")
    for name in (MANIFEST, SEAL):
        if is_bloated(own[name]):
            zh = "被改动：条目多得不合常理，不再核验它"
            en = "changed: it holds more than any of ours could, and is not checked"
            report.add("bloated", name, zh, en)
            own[name] = None
    manifest = dictionary(own[MANIFEST])
    if own[MANIFEST] is not None and manifest is None:
        report.add("manifest_changed", MANIFEST, "被改动，已不能读", "changed, no longer readable")
    proven = check_seal(report, own, manifest, fingerprint)
    if manifest is not None:
        report.case, report.exported_at = text_of(manifest.get("case")), local_of(manifest.get("exported_at"))
        check_files(report, folder, manifest, proven)
    if report.more:
        zh, en = f"另有 {report.more} 处，不再一一列出", f"{report.more} more, not named one by one"
        report.findings.append(Finding("more", "…", zh, en))
    return report


def check_seal(
    report: Report, own: dict[str, bytes | None], manifest: dict[str, object] | None, fingerprint: str
) -> set[str] | None:
    """Signature, key, seal and manifest against each other.

    Returns the fields of the manifest that the seal confirms, None when the seal cannot say.
    """
    key, signature, seal_bytes = checked_key(report, own, manifest, fingerprint), own[SIGNATURE], own[SEAL]
    if key is None or signature is None or seal_bytes is None or is_signed(key, seal_bytes, signature):
        return compare(report, own[MANIFEST], seal_bytes, manifest)
    if is_signed(key, seal_of(own[MANIFEST] or b"", manifest or {}), signature):
        report.add("seal_changed", SEAL, "被改动，清单仍与签名相符", "changed; the manifest is as signed")
        return None
    report.add("signature_wrong", SIGNATURE, "签名不符", "not this key's signature of this seal")
    return compare(report, own[MANIFEST], seal_bytes, manifest)


def checked_key(
    report: Report, own: dict[str, bytes | None], manifest: dict[str, object] | None, fingerprint: str
) -> bytes | None:
    """The key of the package: the one that its manifest names, and that the reader expects."""
    key = key_of(own[KEY] or b"")
    if key is None:
        if own[KEY] is not None:
            report.add("key_changed", KEY, "公钥被改动，已不能用", "changed, no longer a key")
        return None
    report.fingerprint = fingerprint_of(key)
    wanted = "".join(fingerprint.lower().split())
    if wanted and wanted != report.fingerprint.replace(" ", ""):
        report.add("key_changed", KEY, "不是您给出指纹的那把钥匙", "not the key whose fingerprint you gave")
    named = text_of((manifest or {}).get("key_fingerprint"))
    if named and named != report.fingerprint:
        report.add("key_changed", KEY, "公钥不是清单所写的那把", "not the key that the manifest names")
    return key


def compare(
    report: Report,
    manifest_bytes: bytes | None,
    seal_bytes: bytes | None,
    manifest: dict[str, object] | None,
) -> set[str] | None:
    """Names the fields of the manifest that are not as the seal says; returns those that are."""
    if manifest_bytes is None or manifest is None or seal_bytes is None:
        return None  # told already
    seal = dictionary(seal_bytes) or {}
    sealed = seal.get("fields")
    if not isinstance(sealed, dict):
        report.add("seal_changed", SEAL, "被改动，已不能读", "changed, no longer readable")
        return None
    if seal.get("manifest_sha256") == sha256(manifest_bytes):
        return set(sealed)
    found = digests_of(manifest)
    different = sorted(name for name in set(found) | set(sealed) if found.get(name) != sealed.get(name))
    for name in different:
        report.add("field_changed", name, "清单的这一项被改动", "this field of the manifest was changed")
    if not different:
        report.add(
            "manifest_changed", MANIFEST, "写法被改动，内容相同", "rewritten; what it says is the same"
        )
    return {name for name in sealed if name not in different}


def check_files(report: Report, folder: str, manifest: dict[str, object], proven: set[str] | None) -> None:
    """Each file that the manifest lists, and those that it does not list."""
    listed = manifest.get("files")
    there, missing = files_in(report, folder), []
    for number, entry in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(entry, dict):
            continue
        path = text_of(entry.get("path"))
        is_proven = proven is None or f"files/{number}" in proven
        if not is_inside(path):
            report.add("bad_path", path, "清单里的文件名越出本文件夹", "a name that leads out of the folder")
        elif path not in there:
            missing.append(entry)
        elif is_proven:
            check_file(report, folder, path, entry)
        there.discard(path)
        report.files += 1
    strangers = strangers_by_hash(folder, there, missing)
    for entry in missing:
        told_missing(report, entry, strangers, there)
    for path in sorted(there):
        report.add("file_added", path, "多出来的文件，不在清单里", "added: the manifest does not list it")


def strangers_by_hash(folder: str, there: set[str], missing: list[dict[str, object]]) -> dict[str, list[str]]:
    """Files that may be missing ones under another name; each is read once, however many are missing."""
    sizes_bytes = {number_of(entry.get("size_bytes")) for entry in missing}
    found: dict[str, list[str]] = {}
    for path in sorted(there):
        where = os.path.join(folder, *path.split("/"))
        if length_of(where) in sizes_bytes:
            found.setdefault(sha256_of(where), []).append(path)
    return found


def told_missing(
    report: Report, entry: dict[str, object], strangers: dict[str, list[str]], there: set[str]
) -> None:
    """A file that is gone; one of the others may be it under another name."""
    path, wanted = text_of(entry.get("path")), text_of(entry.get("sha256"))
    if wanted and strangers.get(wanted):
        other = strangers[wanted].pop(0)
        there.discard(other)
        report.add("file_renamed", path, f"文件被改名为 {other}", f"renamed to {other}")
        return
    report.add("file_missing", path, "文件缺少", "missing")


def check_file(report: Report, folder: str, path: str, entry: dict[str, object]) -> None:
    """Says which bytes differ, as far as blocks tell."""
    block_bytes, blocks = blocks_of(entry)
    size_bytes = number_of(entry.get("size_bytes"))
    whole, changed, length = hashlib.sha256(), [], 0
    tell_reading(path, size_bytes)
    where = os.path.join(folder, *path.split("/"))
    try:
        if not is_plain(where):
            report.add(
                "file_changed", path, "不是文件，是链接或别的东西", "a link or something else, not a file"
            )
            return
        with open_plain(where) as file:
            for number, block in enumerate(iter(lambda: file.read(block_bytes), b"")):
                whole.update(block)
                listed_part = block[: max(0, size_bytes - length)]
                length += len(block)
                if number < len(blocks) and sha256(listed_part) != blocks[number]:
                    changed.append(number)
    except OSError as error:
        report.add(
            "file_unreadable", path, f"读不出来：{error.strerror}", f"cannot be read: {error.strerror}"
        )
        return
    report.size_bytes += length
    if whole.hexdigest() == entry.get("sha256") and length == size_bytes:
        return
    before = len(report.findings)
    told_bytes(report, path, changed, block_bytes, min(length, size_bytes))
    if length < size_bytes:
        zh, en = f"被截短，少了最后 {size_bytes - length} 字节", f"cut short by {size_bytes - length} bytes"
        report.add("file_changed", path, zh, en, length, size_bytes - 1)
    elif length > size_bytes:
        zh, en = f"末尾多出 {length - size_bytes} 字节", f"{length - size_bytes} bytes were added at its end"
        report.add("file_changed", path, zh, en, size_bytes, length - 1)
    if len(report.findings) == before:
        report.add("file_changed", path, "与清单的散列值不符", "not what the manifest's hash says")


def blocks_of(entry: dict[str, object]) -> tuple[int, list[object]]:
    """The size of blocks and their hashes. A forged manifest must not make us read a whole disk into memory,
    or byte by byte."""
    block_bytes, listed = number_of(entry.get("block_bytes")), entry.get("blocks")
    if not isinstance(listed, list) or not LEAST_BLOCK_BYTES <= block_bytes <= MOST_BLOCK_BYTES:
        return AT_ONCE_BYTES, []
    return block_bytes, listed


def told_bytes(report: Report, path: str, changed: list[int], block_bytes: int, size_bytes: int) -> None:
    """Blocks that follow each other are one range; what lies behind the listed size is told apart."""
    begin = 0
    for at, number in enumerate(changed):
        if at + 1 < len(changed) and changed[at + 1] == number + 1:
            continue
        first, last = changed[begin] * block_bytes, min((number + 1) * block_bytes, size_bytes) - 1
        begin = at + 1
        if first <= last:
            zh, en = f"第 {first} 到 {last} 字节之间被改动", f"changed within bytes {first} to {last}"
            report.add("file_changed", path, zh, en, first, last)


# ---- reading what somebody may have changed ----


def is_plain(path: str) -> bool:
    """Not a link, a pipe or a device, which may lead elsewhere or never end. Raises OSError."""
    return stat.S_ISREG(os.lstat(path).st_mode)


def open_plain(path: str) -> BinaryIO:
    """Raises OSError, also for what is no plain file."""
    if not is_plain(path):
        raise OSError(f"no plain file: {path}")
    return open(path, "rb")


def content_of(folder: str, name: str) -> bytes | None:
    try:
        with open_plain(os.path.join(folder, name)) as file:
            content = file.read(MOST_OWN_BYTES + 1)
    except OSError:
        return None
    return content if len(content) <= MOST_OWN_BYTES else None


def is_bloated(content: bytes | None) -> bool:
    """Whether so many values stand in so few bytes, or so many fields, that reading would take minutes."""
    text = content or b""
    values = text.count(b",") + text.count(b"[") + text.count(b"{")
    if values > FREE_VALUES + len(text) // LEAST_BYTES_A_VALUE:
        return True
    fields = 0
    if values > MOST_FIELDS:
        plain = dictionary(content) or {}
        sealed = plain.get("fields")
        lists = [value for value in plain.values() if isinstance(value, list)]
        fields = (
            len(plain) + sum(len(value) for value in lists) + len(sealed if isinstance(sealed, dict) else {})
        )
    return fields > MOST_FIELDS


def dictionary(content: bytes | None) -> dict[str, object] | None:
    try:
        plain = json.loads((content or b"").decode("utf-8"), parse_int=short_number)
        canonical(plain)  # what cannot be written again could not be compared
    except (ValueError, RecursionError, MemoryError):
        return None
    return plain if isinstance(plain, dict) else None


def short_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("too long a number")
    return int(digits)


def files_in(report: Report, folder: str) -> set[str]:
    """Everything below `folder` but our own four files, with `/`; a link to a folder counts as a file. What
    hides in a folder that cannot be read, or lies too deep, is a finding."""

    def note(error: OSError) -> None:
        zh = "文件夹读不出来，里面有什么不知道"
        en = "a folder that cannot be read: nobody knows what is in it"
        where = os.path.relpath(os.fspath(error.filename or folder), folder)
        report.add("folder_unreadable", where.replace(os.sep, "/"), zh, en)

    found = set()
    for here, folders, names in os.walk(folder, onerror=note):
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]
        for name in names + links:
            found.add(os.path.relpath(os.path.join(here, name), folder).replace(os.sep, "/"))
    return found - set(OWN_FILES)


def is_inside(path: str) -> bool:
    parts = path.split("/")
    return bool(path) and not any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts)


def length_of(path: str) -> int:
    """-1 for what cannot be looked at."""
    try:
        return os.lstat(path).st_size
    except OSError:
        return -1


def sha256_of(path: str) -> str:
    whole = hashlib.sha256()
    try:
        with open_plain(path) as file:
            for block in iter(lambda: file.read(AT_ONCE_BYTES), b""):
                whole.update(block)
    except OSError:
        return ""
    return whole.hexdigest()


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def number_of(value: object) -> int:
    return value if isinstance(value, int) else 0


def local_of(moment: object) -> str:
    return text_of(moment.get("local")) if isinstance(moment, dict) else ""


# ---- what is said ----


def shown(text: str) -> str:
    """A file name may hold what would drive a terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def tell_reading(path: str, size_bytes: int) -> None:
    """Many hours of video take minutes to read: who sits before it is to see that it goes on."""
    if size_bytes > LONG_BYTES and sys.stderr.isatty():
        sys.stderr.write(f"  … {shown(path)}\n")


def lines_of(report: Report) -> list[str]:
    lines = ["守望证据包核验 / Shouwang evidence package"]
    if report.case:
        lines.append(f"案件 / case: {shown(report.case)}    导出 / exported: {shown(report.exported_at)}")
    for finding in report.findings:
        lines.append(f"  ✗ {shown(finding.where)}: {shown(finding.zh)} / {shown(finding.en)}")
    if not report.is_package:
        return [*lines, "无法核验 / NOT TO BE CHECKED"]
    if report.findings:
        count = len(report.findings) - bool(report.more) + report.more
        lines.append(f"已被改动，{count} 处 / CHANGED, {count} findings")
    else:
        size = f"{report.files} 个文件 / files, {report.size_bytes} 字节 / bytes"
        lines.append(f"未改动 / UNCHANGED: {size}")
    if report.fingerprint:
        lines += [
            "签名钥匙的指纹 / fingerprint of the signing key:",
            f"  {report.fingerprint}",
            "请与纸质清单上的指纹核对。不相同，就不是我们出具的。",
            "Compare it with the one on the printed list. If they differ, the package is not from us.",
        ]
    return lines


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="守望证据包核验 / checks an evidence package")
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument(
        "folder", nargs="?", default=here, help="证据包 / the package (default: 本程序所在 / here)"
    )
    parser.add_argument("--fingerprint", default="", help="应有的指纹 / of the key that must have signed")
    said = parser.parse_args(arguments)
    report = check(said.folder, said.fingerprint)
    sys.stdout.write("\n".join(lines_of(report)) + "\n")
    return report.exit_code


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a console without Chinese still shows the English
    code = main(sys.argv[1:])
    if os.name == "nt" and len(sys.argv) == 1 and sys.stdin.isatty():
        input("按回车关闭 / press Enter to close ")  # it was double-clicked: the window would be gone
    raise SystemExit(code)
