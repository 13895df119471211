"""排班: the week, its gaps, and what a planner does with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.domain.roster import RosterSlot, Shift, monday_of
from services.people.sheet import SlotRow
from ui.file_asking import TABLE_KINDS, ask_file_to_open, ask_file_to_save
from ui.local_zone import local_zone
from ui.text import sentence
from ui.text.lists import listed
from ui.text.places import local_name
from ui.theme import Size
from ui.tone import Tone, set_tone
from views.people.pattern_form import PatternForm
from views.people.roster_grid import GUARD, SLOT, WeekTable, fill_gaps, fill_guards
from views.people.roster_presenter import RosterPresenter
from views.people.slot_bar import SlotBar
from views.people.table_preview import TablePreview
from views.people.words import shift_name

_GAPS_PX = 170


class RosterPage(QWidget):
    """Keys in the grid: X marks a shift and swaps it with the next one marked, Del cancels, Enter edits;
    PgUp and PgDn turn weeks with Ctrl."""

    def __init__(self, presenter: RosterPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._marked = ""
        self._asks = ""
        self._opened: tuple[tuple[str, date, RosterSlot | None], int] | None = None
        self.before = QPushButton("◀", self)
        self.this_week = QPushButton(self)
        self.after = QPushButton("▶", self)
        self.week_label = QLabel(self)
        self.week_label.setProperty("tone", "title")
        self.unknown = QLabel(self)
        self.unknown.setProperty("tone", "warn")
        self.unknown.setWordWrap(True)
        self.pattern = QComboBox(self)
        self.teams = QLineEdit(self)
        self.fill = QPushButton(self)
        self.fill.setProperty("kind", "primary")
        self.edit_pattern = QPushButton(self)
        self.new_pattern = QPushButton(self)
        self.bring_in = QPushButton(self)
        self.export = QPushButton(self)
        self.pattern_form = PatternForm(self)
        self.grid = WeekTable(self)
        self.gaps = WeekTable(self)
        self.gaps.setFixedHeight(_GAPS_PX)
        self.bar = SlotBar(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.preview = TablePreview(self)
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        presenter, days = self._presenter, self._presenter.calendar()
        self.week_label.setText(f"{days[0].day} – {days[-1].day:%m-%d}")
        years = sorted({day.day.year for day in days if not day.is_settled})
        self.unknown.setVisible(bool(years))
        words = self.tr(
            "程序还不知道 {years} 年的放假和调休安排，只按周末和节日本身显示。请按国务院通知核对。"
        )
        self.unknown.setText(words.format(years=listed(map(str, years))))
        self._fill_patterns()
        self.grid.blockSignals(True)
        self.grid.fill_days(self.tr("保安"), days, presenter.today)
        fill_guards(self.grid, presenter, self._marked)
        self.grid.blockSignals(False)
        self.gaps.fill_days(self.tr("岗位"), days, presenter.today)
        fill_gaps(self.gaps, presenter, local_zone())
        self._show_actions()
        self._open_slot()

    def refuse(self, error: ServiceError) -> None:
        self._say(sentence(error), "bad")

    def accept(self, what: str, count: int) -> None:
        words = {
            "filled": self.tr("已排 {count} 个班。"),
            "swapped": self.tr("已换班。"),
            "put": self.tr("已排这个班。"),
            "removed": self.tr("已取消这个班。"),
            "imported": self.tr("已导入 {count} 个班。"),
            "pattern": self.tr("模板已保存。"),
        }
        self.pattern_form.hide()
        self.stack.setCurrentIndex(0)
        self._say(words.get(what, "").format(count=count), "ok")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        weeks = QHBoxLayout()
        for part in (self.before, self.this_week, self.after, self.week_label):
            weeks.addWidget(part)
        weeks.addWidget(self.unknown, 1)
        weeks.addStretch(0)
        weeks.addWidget(self.bring_in)
        weeks.addWidget(self.export)
        plan = QHBoxLayout()
        plan.addWidget(self.pattern, 1)
        plan.addWidget(self.teams, 1)
        for part in (self.fill, self.edit_pattern, self.new_pattern):
            plan.addWidget(part)
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addLayout(weeks)
        box.addLayout(plan)
        box.addWidget(self.pattern_form)
        box.addWidget(self.grid, 1)
        box.addWidget(self.bar)
        box.addWidget(self.gaps)
        box.addWidget(self.message)
        self.pattern_form.hide()
        self.stack.addWidget(inside)
        self.stack.addWidget(self.preview)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _connect(self) -> None:
        presenter = self._presenter
        self.before.clicked.connect(self._go_back)
        self.after.clicked.connect(self._go_on)
        self.this_week.clicked.connect(self._go_to_today)
        self.fill.clicked.connect(self._fill)
        self.edit_pattern.clicked.connect(self._edit_pattern)
        self.new_pattern.clicked.connect(self._begin_pattern)
        self.pattern_form.saved.connect(presenter.save_pattern)
        self.pattern_form.left.connect(self.pattern_form.hide)
        self.export.clicked.connect(self._ask_export)
        self.bring_in.clicked.connect(self._ask_table)
        self.grid.currentCellChanged.connect(self._on_cell)
        self.bar.put.connect(self._put)
        self.bar.removed.connect(self._remove)
        self.bar.swap_wanted.connect(self._swap)
        self.preview.accepted.connect(presenter.take_in)
        self.preview.left.connect(self._leave_preview)
        presenter.read.connect(self._show_preview)
        presenter.written.connect(self._tell_written)
        for keys, slot in (
            ("X", self._swap),
            ("Delete", self._remove),
            ("Return", self._edit),
            ("Enter", self._edit),
        ):
            QShortcut(
                QKeySequence(keys), self.grid, context=Qt.ShortcutContext.WidgetShortcut
            ).activated.connect(slot)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (("Ctrl+PgUp", self._go_back), ("Ctrl+PgDown", self._go_on)):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)

    # weeks and patterns

    def _go_back(self) -> None:
        self._turn(-1)

    def _go_on(self) -> None:
        self._turn(1)

    def _turn(self, weeks: int) -> None:
        self._marked = self._asks = ""
        self._say("", "dim")
        self._presenter.step(weeks)

    def _go_to_today(self) -> None:
        self._presenter.open_week(monday_of(self._presenter.today))

    def _fill_patterns(self) -> None:
        known = [(one.id, local_name(one)) for one in self._presenter.patterns()]
        held = [(self.pattern.itemData(n), self.pattern.itemText(n)) for n in range(self.pattern.count())]
        if known != held:
            chosen = self.pattern.currentData()
            self.pattern.clear()
            for pattern_id, name in known:
                self.pattern.addItem(name, pattern_id)
            self.pattern.setCurrentIndex(max(0, self.pattern.findData(chosen)))
        if not self.teams.text().strip():
            self.teams.setText(" ".join(str(team.no) for team in self._presenter.site.teams))

    def _fill(self) -> None:
        """Asked once where it would replace what is planned."""
        has_plan = bool(self._presenter.week and self._presenter.week.slots)
        if has_plan and self._asks != "fill":
            self._asks = "fill"
            self._say(self.tr("这一周还没开始的班会按模板重排，再按一次执行。"), "warn")
            return
        self._asks = ""
        teams = self.teams.text().replace(",", " ").replace("，", " ").split()
        self._presenter.fill(str(self.pattern.currentData()), teams)

    def _edit_pattern(self) -> None:
        self.pattern_form.show()
        self.pattern_form.open(self._presenter.pattern(str(self.pattern.currentData())))

    def _begin_pattern(self) -> None:
        self.pattern_form.show()
        self.pattern_form.open(None)

    # one shift

    def _chosen(self) -> tuple[str, date, RosterSlot | None] | None:
        row, column = self.grid.currentRow(), self.grid.currentColumn()
        item = self.grid.item(row, column)
        if item is None or column < 1:
            return None
        day = self._presenter.days()[column - 1]
        return str(item.data(GUARD)), day, self._presenter.slot(str(item.data(SLOT)))

    def _on_cell(self, *_places: int) -> None:
        self._asks = ""
        self._open_slot()

    def _open_slot(self) -> None:
        chosen = self._chosen()
        guard = self._presenter.site.guard(chosen[0]) if chosen else None
        self.bar.setVisible(self._presenter.may_plan)
        self.bar.setEnabled(guard is not None)
        shifts = self._presenter.shifts()
        # What is typed stays until another shift is chosen, or this one is changed by somebody.
        if chosen is not None and guard is not None and (chosen, len(shifts)) != self._opened:
            self._opened = (chosen, len(shifts))
            self.bar.open(self._presenter.site, shifts, guard, chosen[1], chosen[2])

    def _edit(self) -> None:
        if self._presenter.may_plan and self._chosen() is not None:
            self.bar.shift.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, shift: Shift, post: str, note: str) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self._presenter.put(chosen[0], chosen[1], shift, post, note, chosen[2])

    def _remove(self) -> None:
        chosen = self._chosen()
        slot = chosen[2] if chosen else None
        if slot is None or not self._presenter.may_plan:
            return
        if self._asks != slot.id:
            self._asks = slot.id
            self._say(
                self.tr("再按一次取消 {day} {shift}。").format(day=slot.day, shift=shift_name(slot)), "warn"
            )
            return
        self._asks = ""
        self._presenter.remove(slot.id)

    def _swap(self) -> None:
        """The first press marks, the second one swaps; on the same shift it takes the mark away."""
        chosen = self._chosen()
        slot = chosen[2] if chosen else None
        if slot is None or not self._presenter.may_plan:
            return
        if not self._marked or self._marked == slot.id:
            self._marked = "" if self._marked else slot.id
            self._say(self.tr("再选另一名保安的班按 X 换班，按同一个班取消。") if self._marked else "", "dim")
            self.show_present()
            return
        marked, self._marked = self._marked, ""
        self._presenter.swap(marked, slot.id)

    # tables

    def _ask_export(self) -> None:
        ask_file_to_save(
            self, self.tr("导出排班"), TABLE_KINDS, f"roster-{self._presenter.monday}.xlsx", self._export
        )

    def _ask_table(self) -> None:
        ask_file_to_open(self, self.tr("导入排班"), TABLE_KINDS, self._read)

    def _export(self, path: str) -> None:
        self._presenter.export(Path(path))

    def _read(self, path: str) -> None:
        self._presenter.read_table(Path(path))

    def _show_preview(self, rows: tuple[SlotRow, ...]) -> None:
        self.preview.show_rows(rows)
        self.stack.setCurrentWidget(self.preview)

    def _leave_preview(self) -> None:
        self.stack.setCurrentIndex(0)

    def _tell_written(self, name: str) -> None:
        self._say(self.tr("已写入 {file}").format(file=name), "ok")

    # words

    def _show_actions(self) -> None:
        may = self._presenter.may_plan
        for part in (self.pattern, self.teams, self.fill, self.edit_pattern, self.new_pattern, self.bring_in):
            part.setVisible(may)
        self.fill.setEnabled(not self._presenter.is_busy and self.pattern.count() > 0)

    def _say(self, text: str, tone: Tone) -> None:
        set_tone(self.message, tone)
        self.message.setText(text)

    def _retranslate(self) -> None:
        self.before.setAccessibleName(self.tr("上一周"))
        self.before.setToolTip(self.tr("上一周 Ctrl+PgUp"))
        self.after.setAccessibleName(self.tr("下一周"))
        self.after.setToolTip(self.tr("下一周 Ctrl+PgDn"))
        self.this_week.setText(self.tr("本周"))
        self.pattern.setAccessibleName(self.tr("排班模板"))
        self.teams.setAccessibleName(self.tr("班组次序"))
        self.teams.setPlaceholderText(self.tr("班组次序，例如 T1 T2 T3 T4"))
        self.teams.setToolTip(self.tr("排在前面的班组先上轮班次序里的第一个班"))
        self.fill.setText(self.tr("按模板排这一周"))
        self.edit_pattern.setText(self.tr("改模板"))
        self.new_pattern.setText(self.tr("新模板"))
        self.bring_in.setText(self.tr("导入…"))
        self.export.setText(self.tr("导出…"))
        self.grid.setAccessibleName(self.tr("一周的班"))
        self.gaps.setAccessibleName(self.tr("各岗位的缺口"))
        self._say("", "dim")
        self.show_present()
