"""What this seat can do when linkage asks, joined with where its alarms are seen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.seat_services import SeatServices
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.watch.presenter import WatchPresenter
from views.watch.seat_linkage import SeatLinkage


def seat_linkage(
    services: SeatServices, live: LiveBoard, watch: WatchPresenter, jobs: UiJobs, parent: QObject
) -> SeatLinkage:
    linkage = SeatLinkage(
        live=live,
        commands=services.linkage,
        session=services.session,
        jobs=jobs,
        clock=services.clock,
        parent=parent,
    )
    watch.reports.displayed.connect(linkage.note_displayed)
    watch.reports.filmed.connect(linkage.note_filmed)
    return linkage
