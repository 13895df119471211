"""Times and distances as people read them; local time, always with seconds."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

# A brisk walk; guards on call go at this pace.
WALKING_M_PER_S = 1.5


def clock_time(at: datetime | None) -> str:
    """14:32:07 in local time; an en dash for none."""
    return at.astimezone().strftime("%H:%M:%S") if at else "–"


def date_time(at: datetime | None) -> str:
    """2026-11-24 14:32:07 in local time; an en dash for none."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S") if at else "–"


def seconds_since(at: datetime, now: datetime | None = None) -> float:
    """Never negative; `now` defaults to the wall clock."""
    return max(0.0, ((now or datetime.now(UTC)) - at).total_seconds())


def age(seconds: float) -> str:
    """12 s, 3:05 or 1:02:05."""
    whole = int(seconds)
    if whole < 60:
        return QCoreApplication.translate("Times", "{seconds} 秒").format(seconds=whole)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def tenths(seconds: float) -> str:
    """1.2 s."""
    return QCoreApplication.translate("Times", "{seconds} 秒").format(seconds=f"{seconds:.1f}")


def distance(metres: float) -> str:
    if metres < 1000:
        return QCoreApplication.translate("Times", "{metres} 米").format(metres=round(metres))
    return QCoreApplication.translate("Times", "{kilometres} 公里").format(kilometres=f"{metres / 1000:.1f}")


def walking_time(metres: float) -> str:
    """How long a guard needs on foot, rounded up to whole seconds below two minutes, else minutes."""
    seconds = metres / WALKING_M_PER_S
    if seconds < 120:
        return QCoreApplication.translate("Times", "约 {seconds} 秒").format(seconds=max(1, round(seconds)))
    return QCoreApplication.translate("Times", "约 {minutes} 分钟").format(minutes=round(seconds / 60))
