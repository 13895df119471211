"""What the record holds for a request when its export begins, and the wish that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.core.errors import ServiceError
from services.domain.evidence import EvidenceRequest
from services.domain.people import Session
from services.domain.recordings import Segment
from services.evidence.manifest import AuditHead
from services.evidence.wish import Options, Wish, WishedTake
from services.storage import View

# A piece of recording is about a minute long and has its row soon after its end.
WRITTEN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Found:
    """segments: of each camera, by their beginning."""

    takes: tuple[WishedTake, ...]
    segments: Mapping[str, Sequence[Segment]]
    audit: AuditHead


def found_for(view: View, request: EvidenceRequest, now: datetime) -> Found:
    """Raises evidence.still_recorded(camera, seconds)."""
    site, seq_and_hash = view.site(), view.audit_rows.head()
    offsets = {one.camera: one.clock_offset_s for one in view.camera_health.all()}
    takes = []
    for take in request.takes:
        camera = site.camera(take.camera) if site is not None else None
        name, place = (camera.name, camera.place) if camera is not None else (take.camera, "")
        offset_s = offsets.get(take.camera)
        takes.append(WishedTake(take.camera, name, take.since, take.until, place, offset_s))
    segments = {no: _segments_of(view, request, no) for no in request.cameras}
    _refuse_unwritten(request, segments, now)
    return Found(tuple(takes), segments, AuditHead(*seq_and_hash))


def _refuse_unwritten(
    request: EvidenceRequest, segments: Mapping[str, Sequence[Segment]], now: datetime
) -> None:
    """What is still in an open piece would look as if it had never been recorded."""
    for take in request.takes:
        is_there = any(one.ends_at >= take.until for one in segments[take.camera])
        if not is_there and now - take.until < WRITTEN_AFTER:
            wait_s = round((take.until + WRITTEN_AFTER - now).total_seconds())
            raise ServiceError("evidence.still_recorded", camera=take.camera, seconds=wait_s)


def _segments_of(view: View, request: EvidenceRequest, camera: str) -> list[Segment]:
    """Of the earliest beginning to the latest end that is asked of this camera."""
    takes = [take for take in request.takes if take.camera == camera]
    since, until = min(t.since for t in takes), max(t.until for t in takes)
    return view.segments.of_camera(camera, since, until)


def wish_of(
    session: Session,
    request: EvidenceRequest,
    found: Found,
    *,
    leaves_out_missing: bool,
    attached: Mapping[str, bytes],
) -> Wish:
    asker, options = request.asker, request.options
    return Wish(
        case=request.number,
        takes=found.takes,
        reason=request.why,
        for_whom=f"{asker.unit} {asker.person}",
        requested_by=request.requested_by_name,
        approved_by=request.decided_by_name,
        operator=session.display_name,
        incident=request.incident_no or request.case_no,
        options=Options(
            has_watermark=options.has_watermark,
            masks=options.masks,
            keeps_originals=options.keeps_originals,
            leaves_out_missing=leaves_out_missing,
        ),
        attached=attached,
    )
