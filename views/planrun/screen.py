"""All plans that are carried out, the chosen one in full, and what was left out and not yet read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from services.domain.plan_runs import PlanRun
from ui.banner_strip import BannerStrip
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.times import date_time
from ui.text.titles import incident_title
from ui.theme import tokens
from views.planrun.presenter import PlanRunPresenter
from views.planrun.run_panel import RunPanel
from views.planrun.words import progress, step_title

_RUN = Qt.ItemDataRole.UserRole


class PlanRunScreen(QWidget):
    """Usable as a whole seat."""

    def __init__(self, presenter: PlanRunPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._empty = QLabel(self)
        self._empty.setProperty("tone", "dim")
        self._empty.setWordWrap(True)
        self.runs = QListWidget(self)
        self.panel = RunPanel(presenter, parent=self)
        self.skips = SkipStrip(presenter, self)
        self._build()
        presenter.changed.connect(self.show_present)
        self.runs.itemClicked.connect(self._choose)
        self.runs.itemActivated.connect(self._choose)
        self.show_present()

    def show_present(self) -> None:
        runs, chosen = self._presenter.all_runs, self._presenter.run
        while self.runs.count() > len(runs):
            self.runs.takeItem(self.runs.count() - 1)
        while self.runs.count() < len(runs):
            self.runs.addItem(QListWidgetItem())
        for row, run in enumerate(runs):
            item = self.runs.item(row)
            item.setText(self._line(run))
            item.setData(_RUN, run.id)
            item.setForeground(QBrush(QColor(tokens().text if run.is_open else tokens().text_dim)))
            item.setSelected(chosen is not None and run.id == chosen.id)
        self._title.setText(
            self.tr("预案执行：进行中 {count}").format(count=sum(run.is_open for run in runs))
        )
        self.runs.setAccessibleName(self.tr("预案执行记录，进行中的在前"))
        self._empty.setText(self.tr("没有执行过预案。在报警上按 Shift+F4，或在警情页按“预案”，即可启动。"))
        self._empty.setVisible(not runs)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _build(self) -> None:
        left = QWidget(self)
        box = QVBoxLayout(left)
        box.setContentsMargins(12, 12, 4, 12)
        box.addWidget(self._title)
        box.addWidget(self._empty)
        box.addWidget(self.runs, 1)
        self.runs.setWordWrap(True)
        self.runs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setMinimumWidth(240)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 5)
        split.setSizes([300, 700])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.skips)
        outer.addWidget(split, 1)

    def _line(self, run: PlanRun) -> str:
        over, whole, late = progress(run)
        incident = self._presenter.incident_of(run)
        where = f"{incident.incident_no} {incident_title(incident)}" if incident else ""
        head = (
            self.tr("【演练】{plan}").format(plan=local_name(run.text))
            if run.is_drill
            else local_name(run.text)
        )
        said = self.tr("{state} {over}/{whole}").format(state=name_of(run.state), over=over, whole=whole)
        if late:
            said = self.tr("{said} · 超时 {late}").format(said=said, late=late)
        return "\n".join(filter(None, (head, where, f"{date_time(run.started_at)}  {said}")))

    def _choose(self, item: QListWidgetItem) -> None:
        self._presenter.open_run(item.data(_RUN))


class SkipStrip(BannerStrip):
    """Steps that were left out, one after the other, until somebody of the security office has read them."""

    def __init__(self, presenter: PlanRunPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.show_run, self.seen = self._chip(self._show_run), self._chip(self._note_seen)
        presenter.changed.connect(self.show_present)
        self.show_present()

    def show_present(self) -> None:
        skips = self._presenter.unread_skips
        self.setVisible(bool(skips))
        if not skips:
            return
        run, at = skips[0]
        one = run.steps[at]
        self._say(
            self.tr("{count} 个步骤被跳过，请阅：{plan}“{step}”，{name}：{reason}").format(
                count=len(skips),
                plan=local_name(run.text),
                step=step_title(run.step_at(at)),
                name=one.by_name,
                reason=one.reason,
            )
        )
        self.seen.setText(self.tr("已阅"))
        self.show_run.setText(self.tr("查看"))

    def _note_seen(self) -> None:
        for run, at in self._presenter.unread_skips[:1]:
            self._presenter.note_skip_seen(run.id, at)

    def _show_run(self) -> None:
        for run, _at in self._presenter.unread_skips[:1]:
            self._presenter.open_run(run.id)
