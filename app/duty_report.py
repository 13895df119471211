"""Writes a duty report without a window, in the settings' language."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from app.papers import save_paper
from app.records import database_url
from services.core.clock import SystemClock
from services.core.settings import Settings
from services.domain.periods import PeriodKind
from services.reports.duty import NO_SITE, DutyReports
from services.storage import Database
from ui.fonts import load_fonts
from ui.i18n import speak
from ui.local_zone import local_zone
from ui.text.places import learn_names, local_name
from views.reports.paper import paper_of


def write_duty_report(
    settings: Settings, kind: PeriodKind, day: date | None, file: Path
) -> dict[str, object]:
    """day: any of the period; None = yesterday. Returns what was written, as a row to print.

    Raises ServiceError: file.unknown_kind, file.cannot_write, storage.*.
    """
    # Nothing is shown, so no display is asked for.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QCoreApplication.instance() or QGuiApplication(sys.argv[:1])
    load_fonts()
    speak(settings.language)
    chosen = day or (datetime.now(local_zone()) - timedelta(days=1)).date()
    database = Database(database_url(settings))
    database.open()
    try:
        figures = DutyReports(database, SystemClock(), local_zone()).figures(kind, chosen)
        site = database.read(lambda view: view.site()) or NO_SITE
    finally:
        database.close()
    learn_names(site)
    by = application.translate("Duty", "程序")
    save_paper(paper_of(figures, local_name(site), by), file)
    return {
        "file": str(file),
        "kind": kind.value,
        "first_on": figures.period.first_on.isoformat(),
        "last_on": figures.period.last_on.isoformat(),
        "alarms": figures.totals.alarms,
        "incidents": figures.totals.incidents,
        "dispatches": figures.totals.dispatches,
    }
