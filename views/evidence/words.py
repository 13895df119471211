"""A request as people read it: in one line, as facts, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.domain.documents import Fact
from services.domain.evidence import CopyOptions, EvidenceRequest, EvidenceState, Export, Take
from services.domain.site import Site
from services.evidence.checking import Fault
from ui.i18n import is_english
from ui.text.lists import listed
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.times import clock_time, date_time

NONE = "–"
translate = QCoreApplication.translate
MOST_FAULTS_SAID = 5
_KIB = 1024.0


def row_of(request: EvidenceRequest) -> tuple[str, ...]:
    """As `headings`."""
    return (
        request.number,
        name_of(request.state),
        f"{request.asker.unit} {request.asker.person}",
        " ".join(request.cameras),
        span_words(request.since, request.until),
        date_time(request.requested_at),
        request.requested_by_name,
        request.decided_by_name or NONE,
    )


def headings() -> tuple[str, ...]:
    return (
        translate("Evidence", "编号"),
        translate("Evidence", "状态"),
        translate("Evidence", "申请单位和人"),
        translate("Evidence", "摄像机"),
        translate("Evidence", "录像时间"),
        translate("Evidence", "登记时间"),
        translate("Evidence", "登记人"),
        translate("Evidence", "审批人"),
    )


def asked_facts(request: EvidenceRequest) -> tuple[Fact, ...]:
    """Who wants it, on what ground, why."""
    asker = request.asker
    return (
        (translate("Evidence", "编号"), request.number),
        (translate("Evidence", "状态"), name_of(request.state)),
        (translate("Evidence", "申请单位"), asker.unit),
        (translate("Evidence", "申请人"), asker.person),
        (translate("Evidence", "证件或文书编号"), asker.document),
        (translate("Evidence", "联系方式"), asker.contact or NONE),
        (translate("Evidence", "对方案号"), request.case_no or NONE),
        (translate("Evidence", "本单位警情"), request.incident_no or NONE),
        (translate("Evidence", "依据"), name_of(request.ground)),
        (translate("Evidence", "用途"), request.why),
        (translate("Evidence", "附加要求"), options_words(request.options)),
        (
            translate("Evidence", "登记"),
            f"{request.requested_by_name} {date_time(request.requested_at)}",
        ),
    )


def gone_facts(request: EvidenceRequest) -> tuple[Fact, ...]:
    """What became of it, as far as it has come."""
    facts: list[Fact] = []
    if request.decided_at is not None:
        decided = f"{request.decided_by_name} {date_time(request.decided_at)}"
        facts.append((translate("Evidence", "审批"), decided))
    if request.reason:
        facts.append((translate("Evidence", "说明"), reason_words(request)))
    export = request.export
    if export is not None and export.ended_at is not None:
        facts += export_facts(export)
    to = request.hand_over
    if to is not None:
        facts += [
            (translate("Evidence", "接收人"), f"{to.unit} {to.receiver}".strip()),
            (translate("Evidence", "接收人证件"), to.document),
            (translate("Evidence", "交接地点"), to.place or NONE),
            (translate("Evidence", "介质"), to.medium or NONE),
            (translate("Evidence", "移交"), f"{to.by_name} {date_time(to.at)}"),
        ]
    if request.returned_at is not None:
        facts.append((translate("Evidence", "退回"), date_time(request.returned_at)))
    if request.registered_at is not None:
        filed = f"{request.registered_by_name} {date_time(request.registered_at)}"
        facts.append((translate("Evidence", "归档"), filed))
    return tuple(facts)


def export_facts(export: Export) -> list[Fact]:
    return [
        (translate("Evidence", "导出"), f"{export.by_name} {export.seat} {date_time(export.ended_at)}"),
        (
            translate("Evidence", "文件"),
            translate("Evidence", "{files} 个，{size}").format(
                files=export.files, size=size_words(export.size_bytes)
            ),
        ),
        (translate("Evidence", "位置"), export.folder),
        (translate("Evidence", "清单 SHA-256"), grouped(export.fingerprint)),
        (translate("Evidence", "签名公钥指纹"), export.key_fingerprint),
    ]


def take_rows(site: Site, takes: Sequence[Take]) -> tuple[tuple[str, ...], ...]:
    """As `take_headings`."""
    rows = []
    for take in takes:
        camera = site.camera(take.camera)
        name = local_name(camera) if camera is not None else NONE
        rows.append((take.camera, name, date_time(take.since), date_time(take.until)))
    return tuple(rows)


def take_lines(site: Site, takes: Sequence[Take]) -> tuple[tuple[str, ...], ...]:
    """The same for a narrow place: an end on the day of the beginning is a time alone."""
    day = len("2026-11-24 ")
    return tuple((*row[:3], row[3].removeprefix(row[2][:day])) for row in take_rows(site, takes))


def take_names(site: Site, cameras: Iterable[str]) -> dict[str, str]:
    """What they are called, by their numbers, in their order; one that left the site has its number only."""
    names = {str(camera.no): f"{camera.no} {local_name(camera)}" for camera in site.cameras}
    return {no: names.get(no, no) for no in cameras}


def take_headings() -> tuple[str, ...]:
    return (
        translate("Evidence", "摄像机"),
        translate("Evidence", "名称"),
        translate("Evidence", "起"),
        translate("Evidence", "止"),
    )


def standing(request: EvidenceRequest) -> str:
    """Where it stands, and what is expected of whom."""
    match request.state:
        case EvidenceState.REQUESTED:
            return translate("Evidence", "等另一人审批，{until} 过期。相关录像已锁定，不会被覆盖。").format(
                until=date_time(request.valid_until)
            )
        case EvidenceState.APPROVED:
            return translate("Evidence", "{name} 已批准，{until} 以前可以导出。").format(
                name=request.decided_by_name, until=date_time(request.valid_until)
            )
        case EvidenceState.EXPORTING:
            export = request.export
            return translate("Evidence", "{name} 正在 {seat} 导出，{percent}%。").format(
                name=export.by_name if export else NONE,
                seat=export.seat if export else NONE,
                percent=round(100 * export.share) if export else 0,
            )
        case EvidenceState.EXPORTED:
            return translate("Evidence", "已导出，等移交。移交以前请先校验。")
        case EvidenceState.HANDED_OVER:
            return translate("Evidence", "已移交。签字的交接单收好后归档；对方退回时记退回。")
        case EvidenceState.RETURNED:
            return translate("Evidence", "对方已退回，等归档。")
        case EvidenceState.REJECTED:
            return translate("Evidence", "{name} 不批准：{reason}").format(
                name=request.decided_by_name, reason=request.reason
            )
        case EvidenceState.WITHDRAWN:
            return translate("Evidence", "已撤回：{reason}").format(reason=request.reason)
        case EvidenceState.EXPIRED:
            return translate("Evidence", "过期未办，录像不再锁定。还需要的话，请重新申请。")
        case EvidenceState.REGISTERED:
            return translate("Evidence", "已归档。")


def reason_words(request: EvidenceRequest) -> str:
    """A broken export's reason is an error code: its name is enough here."""
    stopped = {
        "stalled": translate("Evidence", "上次导出中断（席位停止），没有留下文件"),
        "evidence.stopped": translate("Evidence", "上次导出被取消"),
    }
    if request.reason in stopped:
        return stopped[request.reason]
    if request.reason.startswith(("evidence.", "storage.")):
        return translate("Evidence", "上次导出没有完成（{code}）").format(code=request.reason)
    return request.reason


def options_words(options: CopyOptions) -> str:
    said = []
    if options.has_watermark:
        said.append(translate("Evidence", "加水印副本"))
    if options.masks:
        said.append(translate("Evidence", "遮挡 {count} 处").format(count=len(options.masks)))
    if not options.keeps_originals:
        said.append(translate("Evidence", "只给副本"))
    if options.is_encrypted:
        said.append(translate("Evidence", "加密"))
    return listed(said) or translate("Evidence", "原样导出")


def fault_words(faults: Sequence[Fault]) -> str:
    """The first few, a line each; how many more there are."""
    said = [
        translate("Evidence", "{where}：{what}").format(
            where=fault.where, what=fault.en if is_english() else fault.zh
        )
        for fault in faults[:MOST_FAULTS_SAID]
    ]
    more = len(faults) - len(said)
    return "\n".join([*said, f"… +{more}"] if more > 0 else said)


def span_words(since: datetime, until: datetime) -> str:
    """2026-11-24 14:32:07 – 14:40:00; with the second day where it is another."""
    is_one_day = since.astimezone().date() == until.astimezone().date()
    return f"{date_time(since)} – {clock_time(until) if is_one_day else date_time(until)}"


def size_words(size_bytes: int) -> str:
    """12.3 MiB."""
    size, unit = float(size_bytes), "B"
    for unit in ("B", "KiB", "MiB", "GiB", "TiB"):
        if size < _KIB or unit == "TiB":
            break
        size /= _KIB
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def grouped(digits: str) -> str:
    """In groups of four, to be read out over a telephone."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
