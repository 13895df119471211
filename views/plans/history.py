"""The versions of a plan, and below them what the chosen one changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QListWidget, QSplitter, QVBoxLayout, QWidget

from services.domain.plans import Plan, PlanState, PlanText, PlanVersion
from ui.text.names import name_of
from ui.text.times import date_time
from views.plans.difference_words import difference_lines
from views.plans.words import writer_name

# What it is called, the text before it, its own text.
_Entry = tuple[str, PlanText | None, PlanText]


class History(QWidget):
    """Newest first; a draft that is not published stands above the versions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._versions: Sequence[PlanVersion] = ()
        self._entries: list[_Entry] = []
        self.versions = QListWidget(self)
        self.changes = QListWidget(self)
        self._title = QLabel(self)
        self._title.setProperty("tone", "title")
        self._build()
        self.versions.currentRowChanged.connect(self._show_changes)
        self._retranslate()

    def show_plan(self, plan: Plan | None, versions: Sequence[PlanVersion]) -> None:
        """Another plan begins at its newest; of the same one the choice stays."""
        is_same = plan is not None and self._plan is not None and plan.id == self._plan.id
        row = self.versions.currentRow() if is_same else 0
        self._plan, self._versions = plan, versions
        self._entries = self._made()
        self.versions.blockSignals(True)
        self.versions.clear()
        self.versions.addItems([title for title, _before, _after in self._entries])
        self.versions.setCurrentRow(max(0, min(row, len(self._entries) - 1)))
        self.versions.blockSignals(False)
        self._show_changes(self.versions.currentRow())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for lines in (self.versions, self.changes):
            lines.setWordWrap(True)
        below = QWidget(self)
        box = QVBoxLayout(below)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._title)
        box.addWidget(self.changes, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.versions)
        split.addWidget(below)
        split.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _made(self) -> list[_Entry]:
        plan, versions = self._plan, self._versions
        found: list[_Entry] = []
        if plan is not None and plan.state in (PlanState.DRAFT, PlanState.REVIEW):
            title = self.tr("{state}：{name}，{at}").format(
                state=name_of(plan.state),
                name=writer_name(plan.saved_by, plan.saved_by_name),
                at=date_time(plan.saved_at),
            )
            found.append((title, versions[0].text if versions else None, plan.text))
        older: list[PlanVersion | None] = [*versions[1:], None]
        # Before the versions of a plan are read there are none, and one text before nothing.
        for version, before in zip(versions, older, strict=False):
            found.append((self._title_of(version), before.text if before else None, version.text))
        return found

    def _title_of(self, version: PlanVersion) -> str:
        title = self.tr("第 {version} 版：{by} 编制，{reviewer} 于 {at} 发布").format(
            version=version.version,
            by=writer_name(version.by, version.by_name),
            reviewer=version.reviewed_by_name,
            at=date_time(version.at),
        )
        return f"{title}\n{version.note}" if version.note else title

    def _show_changes(self, row: int) -> None:
        self.changes.clear()
        if 0 <= row < len(self._entries):
            _title, before, after = self._entries[row]
            first = [self.tr("第一份，没有更早的版本。")]
            self.changes.addItems(first if before is None else difference_lines(before, after))

    def _retranslate(self) -> None:
        self.versions.setAccessibleName(self.tr("版本"))
        self.changes.setAccessibleName(self.tr("改动"))
        self._title.setText(self.tr("与前一份相比"))
        self.show_plan(self._plan, self._versions)
