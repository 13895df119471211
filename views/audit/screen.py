"""The audit screen: what to look for, the rows found, one row in full, and the chain's check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.domain.audits import AuditEntry, AuditSearch
from services.domain.documents import Document
from services.storage import AuditReport
from ui.file_asking import ask_file_to_save
from ui.line_table import LineTable
from ui.text import sentence
from ui.text.actions import SUBJECTS, subject_words
from ui.text.lists import in_turn
from ui.text.times import date_time
from ui.tips import plain_tip
from ui.tone import Tone, set_tone
from views.audit.presenter import AuditPresenter
from views.audit.words import differences, headings, line, paper, recorded

PERIODS_H = (24, 7 * 24, 30 * 24)
LOOK_MS = 200


class AuditScreen(QWidget):
    """Reads when it is first looked at, and when asked; nothing while it is hidden."""

    def __init__(
        self, presenter: AuditPresenter, *, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._clock: Clock = clock or SystemClock()
        self._report: AuditReport | None = None
        self.period = QComboBox(self)
        self.since, self.until = QDateTimeEdit(self), QDateTimeEdit(self)
        self.actor, self.object = QLineEdit(self), QLineEdit(self)
        self.action = QComboBox(self)
        self.find_button = QPushButton(self)
        self.find_button.setProperty("kind", "primary")
        self.table, self.detail = LineTable(self), LineTable(self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.more_button, self.export_button = QPushButton(self), QPushButton(self)
        self.verify_button = QPushButton(self)
        self.progress = QProgressBar(self)
        self.message = QLabel(self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._show_progress)
        self._build()
        self._connect()
        self._retranslate()

    def search(self) -> None:
        """As the fields say; a period counts back from now."""
        if self.period.currentData():
            self._set_times(int(self.period.currentData()))
        self._presenter.find(self._search())

    def show_present(self) -> None:
        entries = self._presenter.entries
        self.table.show_lines([headings(), *map(line, entries)], [entry.seq for entry in entries])
        for row, entry in enumerate(entries):
            for column, kept in recorded(entry).items():
                cell = self.table.item(row, column)
                assert cell is not None
                cell.setToolTip(plain_tip(f"{cell.text()}\n{kept}"))
        self.table.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self.more_button.setVisible(self._presenter.has_more)
        self.export_button.setEnabled(bool(entries))
        self.show_detail()
        self._show_check()

    def show_detail(self) -> None:
        """One row in full: what is another value than before stands first, marked with a sign."""
        seq = self.table.key()
        entry = self._presenter.entry(seq) if seq is not None else None
        heads = [self.tr("字段"), self.tr("之前"), self.tr("之后")]
        lines = [heads]
        if entry is not None:
            is_change = entry.before is not None and entry.after is not None
            for one in differences(entry):
                mark = "● " if is_change and one.is_other else ""
                lines.append([mark + one.field, one.before, one.after])
        self.detail.show_lines(lines)

    def export_to(self, path: str) -> None:
        search = self._presenter.search
        if search is not None:
            made_at = date_time(self._clock.now())
            write = partial(_paper, self._presenter, made_at, self._narrowed(search))
            self._presenter.save(Path(path), write)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._presenter.search is None:
            self.search()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._presenter.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.period)
        for edit in (self.since, self.until):
            edit.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
            edit.setCalendarPopup(True)
            bar.addWidget(edit)
        for field in (self.actor, self.object):
            field.setClearButtonEnabled(True)
            field.setMaxLength(64)
        bar.addWidget(self.actor, 1)
        bar.addWidget(self.action)
        bar.addWidget(self.object, 1)
        bar.addWidget(self.find_button)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.more_button)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([520, 260])
        foot = QHBoxLayout()
        foot.addWidget(self.verify_button)
        foot.addWidget(self.progress)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.export_button)
        self.progress.setFixedWidth(180)
        self.progress.setTextVisible(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 14, 8)
        box.addLayout(bar)
        box.addWidget(split, 1)
        box.addLayout(foot)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.verified.connect(self._tell_checked)
        presenter.saved.connect(self._tell_saved)
        presenter.refused.connect(self._refuse)
        self.find_button.clicked.connect(self.search)
        self.more_button.clicked.connect(presenter.more)
        self.verify_button.clicked.connect(self._verify)
        self.export_button.clicked.connect(self._ask_path)
        self.table.itemSelectionChanged.connect(self.show_detail)
        self.period.activated.connect(self.search)
        self.action.activated.connect(self.search)
        for edit in (self.since, self.until):
            edit.dateTimeChanged.connect(self._use_own_times)
        for field in (self.actor, self.object):
            field.returnPressed.connect(self.search)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self.object.setFocus)

    def _search(self) -> AuditSearch:
        return AuditSearch(
            since=_instant(self.since.dateTime()),
            until=_instant(self.until.dateTime()),
            actor=self.actor.text().strip(),
            action=str(self.action.currentData() or ""),
            object=self.object.text().strip(),
        )

    def _set_times(self, hours: int) -> None:
        now = QDateTime.fromSecsSinceEpoch(int(self._clock.now().timestamp()) + 60)
        for edit, at in ((self.since, now.addSecs(-3600 * hours)), (self.until, now)):
            edit.blockSignals(True)
            edit.setDateTime(at)
            edit.blockSignals(False)

    def _use_own_times(self) -> None:
        self.period.setCurrentIndex(self.period.count() - 1)

    def _verify(self) -> None:
        if self._presenter.is_verifying:
            self._presenter.stop()
            return
        self._report = None
        self.message.setText("")
        self._presenter.verify()
        self._timer.start()

    def _show_check(self) -> None:
        is_verifying = self._presenter.is_verifying
        self.progress.setVisible(is_verifying)
        self.verify_button.setText(self.tr("停止核对") if is_verifying else self.tr("核对审计链"))
        if not is_verifying:
            self._timer.stop()

    def _show_progress(self) -> None:
        rows, total = self._presenter.walked
        self.progress.setRange(0, total)
        self.progress.setValue(rows)

    def _tell_checked(self, report: AuditReport) -> None:
        self._report = report
        self.message.setText(self._report_words(report))
        tone: Tone = "ok" if not report.fault else "warn" if report.fault == "stopped" else "bad"
        set_tone(self.message, tone)

    def _report_words(self, report: AuditReport) -> str:
        if report.fault == "stopped":
            return self.tr("已停止：前 {rows} 条完好，其余没有核对。").format(rows=report.rows)
        if not report.fault:
            return self.tr("审计链完好，共 {rows} 条。").format(rows=report.rows)
        reasons = {
            "edited": self.tr("内容被改过"),
            "missing": self.tr("被删除或移动"),
            "unlinked": self.tr("与前一条对不上"),
            "truncated": self.tr("末尾的记录不见了"),
        }
        return self.tr("审计链从第 {seq} 条起不可信：{reason}。请保留现场并报告保卫处。").format(
            seq=report.first_broken, reason=reasons.get(report.fault, report.fault)
        )

    def _ask_path(self) -> None:
        ask_file_to_save(
            self,
            self.tr("导出审计记录"),
            ("Excel (*.xlsx)", "Word (*.docx)", "PDF (*.pdf)"),
            f"audit-{self._clock.now().astimezone():%Y%m%d-%H%M}.xlsx",
            self.export_to,
        )

    def _narrowed(self, search: AuditSearch) -> str:
        """What the rows were asked by, for the paper."""
        parts = [f"{date_time(search.since)} – {date_time(search.until)}", search.actor]
        parts += [subject_words(search.action) if search.action else "", search.object]
        return in_turn(part for part in parts if part)

    def _tell_saved(self, path: str) -> None:
        self.message.setText(self.tr("已导出到 {path}").format(path=path))

    def _refuse(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        self._name_choices()
        self.actor.setPlaceholderText(self.tr("谁"))
        self.detail.empty.say(self.tr("在上面选一条，这里列出改了什么"))
        self.object.setPlaceholderText(self.tr("对象"))
        self.object.setToolTip(self.tr("编号、用户名、摄像机……"))
        for part, name in (
            (self.period, self.tr("时间范围")),
            (self.since, self.tr("从")),
            (self.until, self.tr("到")),
            (self.actor, self.tr("谁做的")),
            (self.action, self.tr("类别")),
            (self.object, self.tr("对象")),
            (self.table, self.tr("审计记录，最新在前")),
            (self.detail, self.tr("所选记录的前后内容")),
            (self.progress, self.tr("核对进度")),
        ):
            part.setAccessibleName(name)
        self.find_button.setText(self.tr("查找"))
        self.more_button.setText(self.tr("更早的记录"))
        self.export_button.setText(self.tr("导出…"))
        self.empty.setText(self.tr("这段时间没有符合条件的记录。请放宽条件后再找。"))
        if self._report is not None:
            self.message.setText(self._report_words(self._report))
        self.show_present()

    def _name_choices(self) -> None:
        chosen, action = max(self.period.currentIndex(), 0), self.action.currentData()
        self.period.clear()
        for hours, name in zip(
            PERIODS_H, (self.tr("近 24 小时"), self.tr("近 7 天"), self.tr("近 30 天")), strict=True
        ):
            self.period.addItem(name, hours)
        self.period.addItem(self.tr("自定时间"), 0)
        self.period.setCurrentIndex(chosen)
        self.action.clear()
        self.action.addItem(self.tr("所有类别"), "")
        for subject in SUBJECTS:
            self.action.addItem(subject_words(subject), f"{subject}.")
        self.action.setCurrentIndex(max(0, self.action.findData(action)))


def _instant(at: QDateTime) -> datetime:
    return datetime.fromtimestamp(at.toSecsSinceEpoch(), UTC)


def _paper(presenter: AuditPresenter, made_at: str, narrowed: str, entries: Sequence[AuditEntry]) -> Document:
    return paper(entries, presenter.session, made_at, narrowed)
