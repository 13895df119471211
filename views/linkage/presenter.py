"""Keeps the list of rules current, holds the one that is being written, and gives the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.facts import Fact, LinkageRuleChanged
from services.domain.linkage import Rule
from services.domain.people import Session
from services.domain.site import Site
from services.linkage.dryrun import DryRun
from services.linkage.exchange import MOST_BYTES, rules_to_text
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.linkage.draft import new_rule, with_top


class RuleCommands(Protocol):
    """`services.linkage.rules.RuleDesk`, as far as this screen asks it; they block."""

    def all(self) -> list[Rule]: ...
    def versions_of(self, rule_id: str) -> list[tuple[datetime, Rule]]: ...
    def save(self, session: Session, rule: Rule) -> Rule: ...
    def set_enabled(self, session: Session, rule: Rule, is_enabled: bool) -> Rule: ...
    def remove(self, session: Session, rule: Rule) -> None: ...
    def restore(self, session: Session, rule: Rule, version: int) -> Rule: ...
    def take_file(self, session: Session, text: str) -> list[Rule]: ...


DryRunOf = Callable[[Site, Rule, int], DryRun]


class LinkagePresenter(QObject):
    """Signals: changed() when the list is another one; drafted() when the draft is another rule;
    edited() when somebody changed something in it; versions_read(list); tried(DryRun); said(str, str) for a
    command and a name; refused(ServiceError); busy(bool).
    """

    changed = Signal()
    drafted = Signal()
    edited = Signal()
    versions_read = Signal(list)
    tried = Signal(object)
    said = Signal(str, str)
    refused = Signal(object)
    busy = Signal(bool)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: RuleCommands,
        dry_run: DryRunOf,
        session: Session,
        site: Site,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._dry_run = dry_run
        self._session = session
        self._site = site
        self._jobs = jobs
        self._rules: list[Rule] = []
        self._draft: Rule | None = None
        self._saved: Rule | None = None
        self._is_busy = False
        live.applied.connect(self._apply)

    @property
    def rules(self) -> Sequence[Rule]:
        return self._rules

    @property
    def site(self) -> Site:
        return self._site

    @property
    def draft(self) -> Rule | None:
        """The rule on the form, with what was typed."""
        return self._draft

    @property
    def is_edited(self) -> bool:
        """Something was typed that is not saved."""
        return self._draft is not None and self._draft != self._saved

    @property
    def presets(self) -> Sequence[str]:
        """Names of wall presets; filled by whoever knows them."""
        return self._presets

    _presets: Sequence[str] = ()

    def know_presets(self, names: Sequence[str]) -> None:
        self._presets = tuple(names)

    def use_site(self, site: Site) -> None:
        self._site = site
        self.drafted.emit()

    def refresh(self) -> None:
        """Read the rules anew."""
        self._jobs.run(self._commands.all, self._take, self._refuse)

    def choose(self, rule_id: str) -> None:
        """Onto the form; what was typed before is given up."""
        found = next((rule for rule in self._rules if rule.id == rule_id), None)
        self._show(found)

    def begin(self, name: str) -> None:
        """A new rule, not yet saved."""
        self._saved = None
        self._draft = new_rule(name)
        self.drafted.emit()

    def copy(self, name: str) -> None:
        """The one on the form once more, under another name."""
        if self._draft is not None:
            self._saved = None
            self._draft = replace(self._draft, id="", name=name, version=1, row_version=1)
            self.drafted.emit()

    def edit(self, rule: Rule) -> None:
        """What stands on the form now."""
        if rule != self._draft:
            self._draft = rule
            self.edited.emit()

    def save(self) -> None:
        if self._draft is not None:
            self._run("saved", partial(self._commands.save, self._session, self._draft))

    def set_enabled(self, is_enabled: bool) -> None:
        if self._saved is not None:
            command = partial(self._commands.set_enabled, self._session, self._stored, is_enabled)
            self._run("enabled" if is_enabled else "disabled", command)

    def remove(self) -> None:
        stored = self._saved
        if stored is not None:
            self._run("removed", partial(self._remove, self._stored))

    def restore(self, version: int) -> None:
        if self._saved is not None:
            self._run("restored", partial(self._commands.restore, self._session, self._stored, version))

    def read_versions(self) -> None:
        if self._saved is not None:
            versions = partial(self._commands.versions_of, self._saved.id)
            self._jobs.run(versions, self._tell_versions, self._refuse)
        else:
            self.versions_read.emit([])

    def try_on_past(self, days: int) -> None:
        """The draft as it stands, saved or not; nothing is done."""
        if self._draft is not None and not self._is_busy:
            self._set_busy(True)
            self._jobs.run(
                partial(self._dry_run, self._site, self._draft, days), self._tell_tried, self._refuse_busy
            )

    def export_to(self, path: Path) -> None:
        self._run("exported", partial(_written, path, tuple(self._rules)))

    def import_from(self, path: Path) -> None:
        self._run("imported", partial(self._take_file, path))

    # inside

    @property
    def _stored(self) -> Rule:
        """As the database had it when it was read."""
        assert self._saved is not None
        saved = self._saved
        return next((rule for rule in self._rules if rule.id == saved.id), saved)

    def _show(self, rule: Rule | None) -> None:
        self._draft = self._saved = with_top(rule) if rule is not None else None
        self.drafted.emit()

    def _remove(self, rule: Rule) -> str:
        self._commands.remove(self._session, rule)
        return ""

    def _take_file(self, path: Path) -> str:
        rules = self._commands.take_file(self._session, _read(path))
        return str(len(rules))

    def _run(self, action: str, command: Callable[[], Rule | str]) -> None:
        """A second press while the first runs changes nothing."""
        if not self._is_busy:
            self._set_busy(True)
            self._jobs.run(partial(_named, action, command), self._accept, self._refuse_busy)

    def _accept(self, outcome: tuple[str, Rule | str]) -> None:
        self._set_busy(False)
        action, what = outcome
        if isinstance(what, Rule):
            # The next command goes by it, however late the list is read again.
            self._rules = [what if rule.id == what.id else rule for rule in self._rules]
            self._show(what)
            self.said.emit(action, what.name)
        else:
            if action == "removed":
                self._show(None)
            self.said.emit(action, what)
        self.refresh()

    def _refuse_busy(self, error: ServiceError) -> None:
        self._set_busy(False)
        self._refuse(error)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy.emit(is_busy)

    def _take(self, rules: list[Rule]) -> None:
        self._rules = rules
        if self._saved is not None and not self.is_edited:
            self._follow_stored(self._saved.id)
        elif self._draft is None and rules:
            # A form of nothing says nothing.
            self._show(rules[0])
        self.changed.emit()

    def _follow_stored(self, rule_id: str) -> None:
        """Another seat changed what nobody edits here."""
        stored = next((rule for rule in self._rules if rule.id == rule_id), None)
        if stored is None or with_top(stored) != self._saved:
            self._show(stored)

    def _tell_versions(self, versions: list[tuple[datetime, Rule]]) -> None:
        self.versions_read.emit(versions)

    def _tell_tried(self, found: DryRun) -> None:
        self._set_busy(False)
        self.tried.emit(found)

    def _apply(self, facts: list[Fact]) -> None:
        if any(isinstance(fact, LinkageRuleChanged) for fact in facts):
            self.refresh()


def _named(action: str, command: Callable[[], Rule | str]) -> tuple[str, Rule | str]:
    return action, command()


def _read(path: Path) -> str:
    """Not more than a rule file may have: a wrong file may be a film."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except OSError as error:
        raise ServiceError("linkage.file_unreadable", file=path.name, reason=error.strerror) from None
    except UnicodeDecodeError:
        raise ServiceError("linkage.file_invalid", where="1", reason="UTF-8") from None


def _written(path: Path, rules: Sequence[Rule]) -> str:
    try:
        path.write_text(rules_to_text(rules), encoding="utf-8")
    except OSError as error:
        raise ServiceError("linkage.file_unwritable", file=path.name, reason=error.strerror) from None
    return path.name
