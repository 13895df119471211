"""The papers of a request: the form with its approval, the hand-over slip, and the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.domain.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    SignatureLine,
    StampPlace,
    Table,
)
from services.domain.evidence import EvidenceRequest
from services.domain.site import Site
from ui.text.names import name_of
from ui.text.times import date_time
from views.evidence.words import (
    NONE,
    asked_facts,
    export_facts,
    gone_facts,
    grouped,
    span_words,
    take_headings,
    take_rows,
)

translate = QCoreApplication.translate


def request_paper(request: EvidenceRequest, site: Site, issuer: str, now: datetime) -> Document:
    """申请审批表: who asks for what, and who decided how."""
    decided = date_time(request.decided_at) if request.decided_at else ""
    return Document(
        title=translate("EvidencePaper", "视频图像信息调取申请审批表"),
        subtitle=request.number,
        facts=asked_facts(request),
        blocks=(
            _takes(request, site),
            *_course(request),
            SignatureLine(translate("EvidencePaper", "申请人"), "", ""),
            SignatureLine(
                translate("EvidencePaper", "登记人"),
                request.requested_by_name,
                date_time(request.requested_at),
            ),
            SignatureLine(translate("EvidencePaper", "审批人"), request.decided_by_name, decided),
            StampPlace(issuer, decided[:10]),
        ),
        footer=_footer(request, now),
    )


def hand_over_paper(request: EvidenceRequest, site: Site, issuer: str, now: datetime) -> Document:
    """交接单: what was given to whom, and by which numbers they can see that it is unchanged."""
    to, export = request.hand_over, request.export
    at = date_time(to.at) if to is not None else ""
    blocks: list[Block] = [_takes(request, site)]
    if export is not None:
        blocks.append(Heading(translate("EvidencePaper", "移交的材料")))
        blocks.append(Facts(tuple(export_facts(export))))
        blocks.append(Paragraph(grouped(export.fingerprint)))
    blocks.append(
        Paragraph(
            translate(
                "EvidencePaper",
                "接收人可在任何一台装有 Python 3 的电脑上运行材料中的 verify.py，核对文件自导出以来未被改动；"
                "清单 SHA-256 和签名公钥指纹应与本单一致。",
            ),
            is_note=True,
        )
    )
    blocks += [
        Facts(_receipt(request)),
        SignatureLine(translate("EvidencePaper", "移交人"), to.by_name if to is not None else "", at),
        SignatureLine(translate("EvidencePaper", "接收人（签字）"), "", ""),
        StampPlace(issuer, at[:10]),
    ]
    return Document(
        title=translate("EvidencePaper", "视频图像信息移交单"),
        subtitle=request.number,
        facts=asked_facts(request),
        blocks=tuple(blocks),
        footer=_footer(request, now),
    )


def register_paper(
    requests: Sequence[EvidenceRequest], since: datetime, until: datetime, issuer: str, now: datetime
) -> Document:
    """登记簿: one line for each request, in the order asked."""
    return Document(
        title=translate("EvidencePaper", "视频图像信息调阅登记簿"),
        subtitle=issuer,
        facts=(
            (translate("EvidencePaper", "起止"), span_words(since, until)),
            (translate("EvidencePaper", "份数"), str(len(requests))),
        ),
        blocks=(
            Table(
                register_headings(),
                tuple(register_row(request) for request in requests),
                translate("EvidencePaper", "登记簿"),
                widths=(13, 15, 14, 15, 8, 16, 8, 8, 16, 12),
            ),
        ),
        footer=translate("EvidencePaper", "制表 {at}").format(at=date_time(now)),
        is_landscape=True,
    )


def register_headings() -> tuple[str, ...]:
    return (
        translate("EvidencePaper", "编号"),
        translate("EvidencePaper", "申请单位和人"),
        translate("EvidencePaper", "证件或文书"),
        translate("EvidencePaper", "依据和用途"),
        translate("EvidencePaper", "摄像机"),
        translate("EvidencePaper", "录像时间"),
        translate("EvidencePaper", "登记人"),
        translate("EvidencePaper", "审批人"),
        translate("EvidencePaper", "接收人和时间"),
        translate("EvidencePaper", "状态"),
    )


def register_row(request: EvidenceRequest) -> tuple[str, ...]:
    to = request.hand_over
    return (
        request.number,
        f"{request.asker.unit} {request.asker.person}",
        request.asker.document,
        translate("EvidencePaper", "{ground}：{why}").format(ground=name_of(request.ground), why=request.why),
        " ".join(request.cameras),
        span_words(request.since, request.until),
        request.requested_by_name,
        request.decided_by_name or NONE,
        f"{to.receiver} {to.document} {date_time(to.at)}" if to is not None else NONE,
        name_of(request.state),
    )


def _takes(request: EvidenceRequest, site: Site) -> Table:
    return Table(take_headings(), take_rows(site, request.takes), translate("EvidencePaper", "调取的录像"))


def _course(request: EvidenceRequest) -> tuple[Block, ...]:
    facts = gone_facts(request)
    return (Heading(translate("EvidencePaper", "办理情况")), Facts(facts)) if facts else ()


def _receipt(request: EvidenceRequest) -> tuple[tuple[str, str], ...]:
    to = request.hand_over
    return (
        (translate("EvidencePaper", "接收单位"), (to.unit if to else "") or NONE),
        (translate("EvidencePaper", "接收人"), to.receiver if to else NONE),
        (translate("EvidencePaper", "接收人证件"), to.document if to else NONE),
        (translate("EvidencePaper", "交接地点"), (to.place if to else "") or NONE),
        (translate("EvidencePaper", "介质"), (to.medium if to else "") or NONE),
        (translate("EvidencePaper", "交接时间"), date_time(to.at) if to else NONE),
    )


def _footer(request: EvidenceRequest, now: datetime) -> str:
    return translate("EvidencePaper", "{number}　打印 {at}").format(number=request.number, at=date_time(now))
