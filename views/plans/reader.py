"""The chosen plan: its text as a person reads it, its versions, and what may be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.domain.documents import Document
from services.domain.people import Permission
from services.domain.plans import Plan, PlanState, PlanVersion
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.menu_button import MenuButton, MenuLine
from ui.reading import DocumentPage
from ui.text import sentence
from ui.text.names import name_of
from ui.text.places import local_name
from ui.text.times import date_time
from ui.tone import Tone, set_tone
from views.plans.document import Standing, plan_document
from views.plans.history import History
from views.plans.presenter import PlansPresenter
from views.plans.words import writer_name


class PlanReader(QWidget):
    """Signals: edit_wanted() of the chosen plan; run_wanted(plan_id) and drill_wanted(plan_id)."""

    edit_wanted = Signal()
    run_wanted = Signal(str)
    drill_wanted = Signal(str)

    def __init__(self, presenter: PlansPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._is_busy = False
        self._offers_runs = False
        self.page = DocumentPage(self)
        self.history = History(self)
        self.tabs = QTabWidget(self)
        self.empty = QLabel(self)
        self.pages = QStackedWidget(self)
        self.hint = QLabel(self)
        self.note = QLineEdit(self)
        self.retire = QPushButton(self)
        self._is_retiring = False
        self.edit = QPushButton(self)
        self.send = QPushButton(self)
        self.give_back = QPushButton(self)
        self.publish = QPushButton(self)
        self.run = QPushButton(self)
        self.drill = QPushButton(self)
        self.print = QPushButton(self)
        self.more = MenuButton(self)
        self.message = QLabel(self)
        self._build()
        self._connect()
        self._retranslate()

    def offer_runs(self) -> None:
        """Somebody listens to run_wanted and drill_wanted."""
        self._offers_runs = True
        self.show_present()

    def show_present(self) -> None:
        plan = self._presenter.chosen
        self._show_page(plan)
        self.history.show_plan(plan, self._presenter.versions)
        self._enable(plan)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def say(self, text: str, tone: Tone) -> None:
        set_tone(self.message, tone)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    # inside: layout

    def _build(self) -> None:
        for label in (self.message, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.hint.setProperty("tone", "dim")
        self.tabs.addTab(self.page, "")
        self.tabs.addTab(self.history, "")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("tone", "dim")
        for page in (self.empty, self.tabs):
            self.pages.addWidget(page)
        self.publish.setProperty("kind", "primary")
        self.retire.setProperty("kind", "danger")
        self.run.setProperty("kind", "primary")
        self.note.setMaxLength(500)
        buttons = QHBoxLayout()
        for widget in (self.more, self.print):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        for widget in (self.edit, self.send, self.give_back, self.publish, self.drill, self.run):
            buttons.addWidget(widget)
        reasons = QHBoxLayout()
        reasons.addWidget(self.note, 1)
        reasons.addWidget(self.retire)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(6, 10, 14, 10)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self.hint)
        outer.addWidget(self.message)
        outer.addLayout(reasons)
        outer.addLayout(buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_present)
        presenter.versions_read.connect(self.show_present)
        presenter.said.connect(self._say_done)
        presenter.refused.connect(self._refuse)
        presenter.busy.connect(self._on_busy)
        self.edit.clicked.connect(self.edit_wanted)
        self.send.clicked.connect(presenter.send)
        self.give_back.clicked.connect(self._give_back)
        self.publish.clicked.connect(self._publish)
        self.run.clicked.connect(self._run)
        self.drill.clicked.connect(self._drill)
        self.print.clicked.connect(self.ask_file)
        self.retire.clicked.connect(self._retire)
        self.more.chosen.connect(self._do_more)
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        key.activated.connect(self.ask_file)

    # inside: what is shown

    def _version(self, plan: Plan) -> PlanVersion | None:
        """What is in force, for everybody but those who work on a draft of it."""
        is_draft = plan.state in (PlanState.DRAFT, PlanState.REVIEW)
        if is_draft and self._presenter.may(Permission.EDIT_PLANS):
            return None
        return next((one for one in self._presenter.versions if one.version == plan.version), None)

    def _is_awaited(self, plan: Plan) -> bool:
        """Its versions are not read yet; a draft must not be taken for what is in force."""
        return bool(plan.version) and not self._presenter.versions

    def _show_page(self, plan: Plan | None) -> None:
        self.pages.setCurrentWidget(self.tabs if plan is not None else self.empty)
        if plan is not None and self._is_awaited(plan):
            self.page.show_document(Document(local_name(plan), self.tr("正在读取…")))
        elif plan is not None:
            self.page.show_document(self._document(plan))

    def _document(self, plan: Plan) -> Document:
        version, due = self._version(plan), plan.drill_due_at
        facts: list[tuple[str, str]] = []
        if version is None:
            text, state = plan.text, name_of(plan.state)
            writer = writer_name(plan.saved_by, plan.saved_by_name)
            facts.append((self.tr("修改"), f"{writer}　{date_time(plan.saved_at)}"))
        else:
            text, state = version.text, self.tr("第 {version} 版").format(version=version.version)
            facts.append((self.tr("编制"), writer_name(version.by, version.by_name)))
            facts.append((self.tr("审核发布人"), f"{version.reviewed_by_name}　{date_time(version.at)}"))
        if due is not None:
            facts.append((self.tr("演练期限"), due.astimezone().strftime("%Y-%m-%d")))
        return plan_document(text, Standing(state, tuple(facts)))

    def _enable(self, plan: Plan | None) -> None:
        presenter = self._presenter
        may_edit = presenter.may(Permission.EDIT_PLANS)
        state = plan.state if plan is not None else None
        is_review = state is PlanState.REVIEW
        may_publish = plan is not None and presenter.may_publish(plan)
        self.edit.setVisible(may_edit and state in (PlanState.DRAFT, PlanState.PUBLISHED))
        self.send.setVisible(may_edit and state is PlanState.DRAFT)
        self.give_back.setVisible(may_edit and is_review)
        self.publish.setVisible(may_edit and is_review)
        self.publish.setEnabled(may_publish and not self._is_busy)
        if state not in (PlanState.DRAFT, PlanState.PUBLISHED):
            self._is_retiring = False
        self.retire.setVisible(self._is_retiring)
        self.note.setVisible(may_edit and (is_review or self._is_retiring))
        is_in_force = self._offers_runs and plan is not None and plan.is_runnable
        self.run.setVisible(is_in_force and presenter.may(Permission.RUN_PLANS))
        self.drill.setVisible(is_in_force and presenter.may(Permission.RUN_DRILLS))
        self.print.setEnabled(plan is not None and not self._is_awaited(plan))
        self.more.setVisible(may_edit and plan is not None)
        self.more.show_lines(self._more_lines(plan))
        self.hint.setText(self._hint(plan))
        self.hint.setVisible(bool(self.hint.text()))

    def _hint(self, plan: Plan | None) -> str:
        if plan is None:
            return ""
        if plan.note and plan.state is PlanState.DRAFT:
            return self.tr("审核退回：{note}").format(note=plan.note)
        if plan.note and plan.state is PlanState.RETIRED:
            return self.tr("停用原因：{note}").format(note=plan.note)
        if plan.state is not PlanState.REVIEW or not self._presenter.may(Permission.EDIT_PLANS):
            return ""
        if self._presenter.may_publish(plan):
            return self.tr("{name} 送审。看完全文和改动后发布，或写明原因退回。").format(
                name=writer_name(plan.sent_by, plan.sent_by_name)
            )
        return self.tr("这份是您编写或送审的，要由另一位保卫处人员发布。")

    def _more_lines(self, plan: Plan | None) -> list[MenuLine]:
        if plan is None:
            return []
        lines = []
        if plan.state is PlanState.DRAFT and plan.version:
            lines.append(
                MenuLine("give_up", self.tr("放弃草稿，回到第 {version} 版").format(version=plan.version))
            )
        if plan.state in (PlanState.DRAFT, PlanState.PUBLISHED):
            lines.append(MenuLine("retire", self.tr("停用…")))
        if plan.state is PlanState.RETIRED:
            lines.append(MenuLine("revive", self.tr("恢复使用")))
        return lines

    # inside: what people do

    def _give_back(self) -> None:
        self._presenter.give_back(self.note.text())

    def _publish(self) -> None:
        self._presenter.publish(self.note.text())

    def _retire(self) -> None:
        self._presenter.retire(self.note.text())

    def _run(self) -> None:
        if self._presenter.chosen is not None:
            self.run_wanted.emit(self._presenter.chosen.id)

    def _drill(self) -> None:
        if self._presenter.chosen is not None:
            self.drill_wanted.emit(self._presenter.chosen.id)

    def _do_more(self, what: str) -> None:
        match what:
            case "give_up":
                self._presenter.give_up_draft()
            case "retire":
                self._is_retiring = True
                self._enable(self._presenter.chosen)
                self.note.setFocus()
            case "revive":
                self._presenter.revive()

    def ask_file(self) -> None:
        plan = self._presenter.chosen
        if plan is None:
            return
        ask_file_to_save(self, self.tr("预案存到"), PAPER_KINDS, f"{local_name(plan)}.pdf", self.export_to)

    def export_to(self, path: str) -> None:
        plan = self._presenter.chosen
        if plan is not None:
            self._presenter.export(self._document(plan), Path(path))

    def _on_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for button in (
            self.edit,
            self.send,
            self.give_back,
            self.publish,
            self.retire,
            self.print,
            self.more,
        ):
            button.setDisabled(is_busy)
        if not is_busy:
            self._enable(self._presenter.chosen)

    def _say_done(self, what: str, name: str) -> None:
        texts = {
            "sent": self.tr("{name} 已送审，请另一位保卫处人员审核。"),
            "returned": self.tr("{name} 已退回。"),
            "published": self.tr("{name} 已发布，从现在起按这一版执行。"),
            "given_up": self.tr("{name} 的草稿已放弃。"),
            "retired": self.tr("{name} 已停用。"),
            "revived": self.tr("{name} 已恢复。"),
            "samples": self.tr("已载入 {name} 个范本，请逐个看过后发布。"),
            "exported": self.tr("已写入 {name}。"),
            "saved": self.tr("{name} 已保存。"),
        }
        self.note.clear()
        self._is_retiring = False
        self.say(texts[what].format(name=name), "ok")

    def _refuse(self, error: ServiceError) -> None:
        self.say(sentence(error), "bad")

    def _retranslate(self) -> None:
        self.empty.setText(self.tr("从左边选一个预案。"))
        self.tabs.setTabText(0, self.tr("全文"))
        self.tabs.setTabText(1, self.tr("版本和改动"))
        self.page.setAccessibleName(self.tr("预案全文"))
        self.note.setPlaceholderText(self.tr("说明或原因"))
        self.note.setAccessibleName(self.tr("说明或原因"))
        for button, text in (
            (self.edit, self.tr("编辑")),
            (self.send, self.tr("送审")),
            (self.give_back, self.tr("退回")),
            (self.publish, self.tr("审核发布")),
            (self.run, self.tr("执行预案")),
            (self.retire, self.tr("停用")),
            (self.drill, self.tr("演练")),
            (self.print, self.tr("打印、导出…")),
            (self.more, self.tr("更多")),
        ):
            button.setText(text)
        self.say("", "ok")
        self.show_present()
