"""The week as a table: guards down, days across; below it the posts and when they lack somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from services.domain.roster import DAYS, Gap, RosterSlot, SlotState
from services.people.holidays_cn import CalendarDay, DayKind
from ui.i18n import is_english
from ui.text.places import local_name, local_name_of
from ui.theme import tokens
from ui.tips import plain_tip
from views.people.roster_presenter import RosterPresenter
from views.people.words import shift_name

GUARD, SLOT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ROW_PX = 30


class WeekTable(QTableWidget):
    """A table of seven days with a heading column; `fill_days` names the days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, DAYS + 1, parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def fill_days(self, head: str, days: Sequence[CalendarDay], today: date) -> None:
        self.setHorizontalHeaderItem(0, QTableWidgetItem(head))
        for column, day in enumerate(days, 1):
            item = QTableWidgetItem(day_words(day))
            item.setToolTip(plain_tip(day_words(day)))
            item.setForeground(QBrush(QColor(_day_ink(day, today))))
            self.setHorizontalHeaderItem(column, item)


def fill_guards(table: WeekTable, presenter: RosterPresenter, marked: str) -> None:
    """marked: the slot that waits for another one to be swapped with."""
    guards, days = presenter.site.guards, presenter.days()
    table.setRowCount(len(guards))
    for row, guard in enumerate(guards):
        team = presenter.site.team(guard.team)
        head = QTableWidgetItem(f"{guard.no} {local_name(guard)} {local_name(team) if team else ''}".strip())
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        table.setItem(row, 0, head)
        for column, day in enumerate(days, 1):
            table.setItem(
                row, column, _slot_item(presenter, guard.no, presenter.slots_of(guard.no, day), marked)
            )


def fill_gaps(table: WeekTable, presenter: RosterPresenter, zone: tzinfo) -> None:
    """Posts that lack nobody come last; what is over is no longer red. A week that is not read yet, or
    cannot be, lacks nobody knows whom."""
    days = presenter.days()
    posts = sorted(
        presenter.site.posts, key=lambda post: not any(presenter.gaps_of(post.no, day) for day in days)
    )
    theme = tokens()
    table.setRowCount(len(posts))
    for row, post in enumerate(posts):
        table.setItem(row, 0, QTableWidgetItem(f"{local_name(post)} ≥{post.min_staff}"))
        for column, day in enumerate(days, 1):
            gaps = presenter.gaps_of(post.no, day)
            text = " ".join(gap_words(gap, zone) for gap in gaps) or ("✓" if presenter.is_read else "…")
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            if gaps and day < presenter.today:
                item.setForeground(QBrush(QColor(theme.text_dim)))
            elif gaps:
                item.setForeground(QBrush(QColor(theme.on_bad)))
                item.setBackground(QBrush(QColor(theme.bad_fill)))
            else:
                item.setForeground(QBrush(QColor(theme.ok if presenter.is_read else theme.text_dim)))
            table.setItem(row, column, item)


def gap_words(gap: Gap, zone: tzinfo) -> str:
    begins, ends = gap.begins_at.astimezone(zone), gap.ends_at.astimezone(zone)
    count = gap.wanted - gap.have
    if begins.time() == ends.time():
        return QCoreApplication.translate("Roster", "缺{count} 全天").format(count=count)
    words = QCoreApplication.translate("Roster", "缺{count} {begins}–{until}")
    return words.format(count=count, begins=_hour(begins), until=_hour(ends) if ends.hour else "24")


def _hour(at: datetime) -> str:
    """08, or 08:30 where it is no whole hour."""
    return f"{at:%H:%M}" if at.minute else f"{at:%H}"


def day_words(day: CalendarDay) -> str:
    """周一 11-23, and below it what kind of day it is."""
    names = (
        QCoreApplication.translate("Roster", "周一"),
        QCoreApplication.translate("Roster", "周二"),
        QCoreApplication.translate("Roster", "周三"),
        QCoreApplication.translate("Roster", "周四"),
        QCoreApplication.translate("Roster", "周五"),
        QCoreApplication.translate("Roster", "周六"),
        QCoreApplication.translate("Roster", "周日"),
    )
    told = f"{names[day.day.weekday()]} {day.day:%m-%d}"
    match day.kind:
        case DayKind.HOLIDAY:
            name = _bare(local_name_of(day.name, day.name_en)) or QCoreApplication.translate("Roster", "假日")
            return f"{told}\n{name}" if is_english() else f"{told}\n{name} 休"
        case DayKind.SHIFTED_WORK:
            return f"{told}\n" + QCoreApplication.translate("Roster", "调休上班")
    return told


def _bare(name: str) -> str:
    """Without what stands in brackets, such as the day that is worked instead."""
    return name.partition("（")[0].partition(" (")[0].replace("休息日", "调休")


def _day_ink(day: CalendarDay, today: date) -> str:
    theme = tokens()
    if day.day == today:
        return theme.accent
    match day.kind:
        case DayKind.HOLIDAY:
            return theme.bad
        case DayKind.SHIFTED_WORK:
            return theme.warn
    return theme.text_dim


def _slot_item(
    presenter: RosterPresenter, guard: str, slots: Sequence[RosterSlot], marked: str
) -> QTableWidgetItem:
    theme = tokens()
    item = QTableWidgetItem(" / ".join(_words(presenter, slot, marked) for slot in slots) or "")
    item.setData(GUARD, guard)
    item.setData(SLOT, slots[0].id if slots else "")
    item.setToolTip(plain_tip("; ".join(_tip(presenter, slot) for slot in slots)))
    if any(slot.id == marked for slot in slots):
        item.setBackground(QBrush(QColor(theme.accent_fill)))
        item.setForeground(QBrush(QColor(theme.on_accent)))
    elif any(_is_late(presenter, slot) for slot in slots):
        item.setForeground(QBrush(QColor(theme.warn)))
    elif any(slot.state is SlotState.SWAPPED for slot in slots):
        item.setForeground(QBrush(QColor(theme.accent)))
    return item


def _is_late(presenter: RosterPresenter, slot: RosterSlot) -> bool:
    came = presenter.came_for(slot)
    return presenter.is_missed(slot) or bool(came and came.late_s)


def _words(presenter: RosterPresenter, slot: RosterSlot, marked: str) -> str:
    """The shift's code and the post; ⇄ swapped, 迟 late, 缺 missed."""
    post = presenter.site.post(slot.post) if slot.post else None
    told = f"{shift_name(slot, is_short=True)} {local_name(post) if post else ''}".strip()
    came = presenter.came_for(slot)
    if slot.state is SlotState.SWAPPED:
        told = f"⇄ {told}"
    if came is not None and came.late_s:
        late = QCoreApplication.translate("Roster", "迟{minutes}分")
        told = f"{told} {late.format(minutes=came.late_s // 60)}"
    elif presenter.is_missed(slot):
        told = f"{told} " + QCoreApplication.translate("Roster", "未到")
    return f"▶ {told}" if slot.id == marked else told


def _tip(presenter: RosterPresenter, slot: RosterSlot) -> str:
    post = presenter.site.post(slot.post) if slot.post else None
    other = presenter.site.guard(slot.swapped_with) if slot.swapped_with else None
    begins, ends = slot.begins_at.astimezone(), slot.ends_at.astimezone()
    parts = [f"{shift_name(slot)} {begins:%m-%d %H:%M}–{ends:%H:%M}"]
    parts.append(local_name(post) if post else QCoreApplication.translate("Roster", "机动"))
    if other is not None:
        words = QCoreApplication.translate("Roster", "与{guard}换班")
        parts.append(words.format(guard=local_name(other)))
    parts.append(slot.note)
    return " · ".join(filter(None, parts))
