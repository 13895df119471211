"""The list 清单 of a package, to print and sign: in both languages, for nobody knows who will read it."""

from __future__ import annotations

from collections.abc import Iterable

from services.domain.documents import (
    Block,
    Document,
    Heading,
    Paragraph,
    SignatureLine,
    StampPlace,
    Table,
)
from services.evidence.manifest import (
    FileKind,
    GapCause,
    Manifest,
    Moment,
    Origin,
    OriginKind,
    PackedFile,
    PackedTake,
)

_KINDS = {
    FileKind.VIDEO: "录像原件 / as recorded",
    FileKind.COPY: "副本，重新编码 / copy, encoded anew",
    FileKind.PAPER: "文书 / paper",
    FileKind.TEXT: "说明 / text",
    FileKind.TOOL: "核验程序 / verifier",
}
_CAUSES = {
    GapCause.NOT_RECORDED: "没有录像 / not recorded",
    GapCause.DISK_AWAY: "硬盘不在 / disk away",
    GapCause.FILE_GONE: "文件已失 / file gone",
    GapCause.FILE_BROKEN: "文件损坏 / file broken",
    GapCause.RECORDER_AWAY: "录像机未给 / not given by the recorder",
}
_GROUP = 16


def document(manifest: Manifest) -> Document:
    """What the package holds; its own PDF, manifest and seal come after it and are not on it."""
    blocks: list[Block] = [
        Heading("调取范围 / What was asked for"),
        Table(
            ("摄像机 / camera", "起 / from", "止 / to", "时钟差 / clock offset", "缺失 / missing"),
            tuple(_take_row(take) for take in manifest.takes),
            widths=(5, 5, 5, 3, 8),
        ),
        Paragraph(
            "时间以本系统时钟为准，取自录像机的文件以那台录像机的时钟为准；时钟差为摄像机（录像机）自己的时钟减去本系统时钟。"
            "Times are by this system's clock, of files from a recorder by that recorder's; an offset is the "
            "camera's (recorder's) own clock minus this system's.",
            is_note=True,
        ),
        Heading("文件 / Files"),
        Table(
            ("文件 / file", "首帧 / first picture", "末帧 / last picture", "字节 / bytes", "SHA-256"),
            tuple(_file_row(file) for file in manifest.files),
            widths=(8, 5, 5, 3, 8),
        ),
        *_left_out(manifest),
        *_how_to_check(manifest),
        SignatureLine("出具人 / issued by"),
        SignatureLine("接收人 / received by"),
        StampPlace("（盖章 / stamp）"),
    ]
    return Document(
        "录像取证清单 / Inventory of exported recordings",
        manifest.case,
        _facts(manifest),
        tuple(blocks),
        footer=f"{manifest.case}　{manifest.key_fingerprint}",
        is_landscape=True,
    )


def _facts(manifest: Manifest) -> tuple[tuple[str, str], ...]:
    return (
        ("案件、警情 / case, incident", " ".join(one for one in (manifest.case, manifest.incident) if one)),
        ("提供给 / for", manifest.for_whom),
        ("用途 / reason", manifest.reason),
        ("申请 / requested by", manifest.requested_by),
        ("批准 / approved by", manifest.approved_by),
        ("导出 / exported by", manifest.operator),
        ("导出时间 / exported at", manifest.exported_at.local),
        ("席位、程序 / seat, program", f"{manifest.workstation}, {manifest.software}"),
        ("审计链 / audit chain", f"{manifest.audit.seq}: {grouped(manifest.audit.sha256)}"),
        ("签名钥匙 / signing key", manifest.key_fingerprint),
    )


def _take_row(take: PackedTake) -> tuple[str, ...]:
    offset = "不详 / unknown" if take.clock_offset_s is None else f"{take.clock_offset_s:+.2f} s"
    holes = [f"{_clock(hole.since)} ~ {_clock(hole.until)} {_CAUSES[hole.cause]}" for hole in take.missing]
    name = "\n".join(one for one in (f"{take.camera} {take.name}", take.place) if one)
    return name, _clock(take.since), _clock(take.until), offset, "\n".join(holes) or "无 / none"


def _file_row(file: PackedFile) -> tuple[str | int, ...]:
    name, times = f"{file.path}\n{_KINDS[file.kind]}", ("", "")
    if file.footage is not None:
        sound = "有声 / sound" if file.footage.has_sound else "无声 / no sound"
        size = f"{file.footage.width_px}×{file.footage.height_px}"
        name += f"\n{file.footage.camera}, {file.footage.stream}, {size}, {file.footage.codec}, {sound}"
        name += _origin(file.footage.origin)
        times = (_both(file.footage.first_frame), _both(file.footage.last_frame))
    if file.derivation is not None:
        name += f"\n由此制作 / made of: {file.derivation.of}"
    return name, *times, file.size_bytes, grouped(file.sha256)


def _origin(origin: Origin) -> str:
    """A line of its own for what lay on another recorder: its times are by that one's clock."""
    if origin.kind is OriginKind.OWN:
        return ""
    where = " ".join(one for one in (origin.address, origin.channel) if one)
    offset = "不详 / unknown" if origin.clock_offset_s is None else f"{origin.clock_offset_s:+.2f} s"
    return f"\n取自录像机 / from the recorder: {where}\n其时钟差 / its clock offset: {offset}"


def _left_out(manifest: Manifest) -> Iterable[Block]:
    """Originals that copies were made of and that stay here."""
    if not manifest.originals_left_out:
        return
    yield Heading("未提供的原件 / Originals that were not given away")
    rows = tuple((one.path, one.size_bytes, grouped(one.sha256)) for one in manifest.originals_left_out)
    yield Table(("文件 / file", "字节 / bytes", "SHA-256"), rows, widths=(8, 3, 8))


def _how_to_check(manifest: Manifest) -> Iterable[Block]:
    yield Heading("核验 / To check")
    yield Paragraph("签名钥匙的指纹 / fingerprint of the signing key:")
    yield Paragraph(manifest.key_fingerprint)
    yield Paragraph(
        "在文件夹里运行 python verify.py。显示“未改动”，并且指纹与上面相同，每个字节就与导出时一样。"
        "有疑问时请用另行取得的 verify.py，其 SHA-256 见上表。"
    )
    yield Paragraph(
        "Run python verify.py in the folder. If it says UNCHANGED and the fingerprint is that above, every "
        "byte is as it was exported. In doubt use a verify.py that you got another way; its SHA-256 is above."
    )


def grouped(digits: str) -> str:
    """A hash in groups that a line may be broken between."""
    digits = digits.replace(" ", "")
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def _both(moment: Moment) -> str:
    return f"{_clock(moment)}\n{moment.utc[11:23]} UTC"


def _clock(moment: Moment) -> str:
    """2026-11-24 10:00:02.000 of the local time as it stands in the manifest."""
    return moment.local[:23].replace("T", " ")
