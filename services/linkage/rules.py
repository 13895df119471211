"""Commands on linkage rules; each is one transaction with its audit row, its fact and its kept version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import LinkageRuleChanged
from services.domain.linkage import Rule, fault_of_rule
from services.domain.people import Permission, Session
from services.identity import authorize
from services.linkage.exchange import rules_from_text
from services.storage import Database, Tx

MOST_RULES = 300


class RuleDesk:
    """Every command blocks and raises ServiceError: identity.forbidden, storage.*; storage.conflict when
    another seat changed the rule since it was read."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> list[Rule]:
        """In the order made."""
        return self._database.read(lambda view: view.rules.all())

    def versions_of(self, rule_id: str) -> list[tuple[datetime, Rule]]:
        """The newest first."""
        return self._database.read(lambda view: view.rules.versions_of(rule_id))

    def save(self, session: Session, rule: Rule) -> Rule:
        """A new one (id "") or the next version of one.

        Raises also linkage.name_taken(name), linkage.too_many_rules(most) and "linkage.…" for what
        `fault_of_rule` finds.
        """
        authorize(session, Permission.EDIT_LINKAGE)
        rule = replace(rule, name=rule.name.strip(), name_en=rule.name_en.strip())
        fault = fault_of_rule(rule)
        if fault:
            raise ServiceError(f"linkage.{fault}")
        return self._database.write(lambda tx: self._save(tx, session, rule))

    def set_enabled(self, session: Session, rule: Rule, is_enabled: bool) -> Rule:
        """What it does stays the same version."""
        authorize(session, Permission.EDIT_LINKAGE)

        def work(tx: Tx) -> Rule:
            before = _as_seen(tx, rule)
            after = tx.rules.save(replace(before, is_enabled=is_enabled))
            change = "enabled" if is_enabled else "disabled"
            return _tell(tx, session, f"linkage.{change}", change, before, after)

        return self._database.write(work)

    def remove(self, session: Session, rule: Rule) -> None:
        """Its versions and the records of its runs stay."""
        authorize(session, Permission.EDIT_LINKAGE)

        def work(tx: Tx) -> None:
            before = _as_seen(tx, rule)
            tx.rules.remove(before.id)
            tx.audit(session, "linkage.remove", before.id, before=before)
            tx.record(LinkageRuleChanged(before, "removed"))

        self._database.write(work)

    def restore(self, session: Session, rule: Rule, version: int) -> Rule:
        """An earlier version becomes the next one. Raises storage.not_found when there is none."""
        kept = next((old for _at, old in self.versions_of(rule.id) if old.version == version), None)
        if kept is None:
            raise ServiceError("storage.not_found", kind="linkage_rule_version", id=rule.id)
        return self.save(session, replace(kept, is_enabled=rule.is_enabled, row_version=rule.row_version))

    def take_file(self, session: Session, text: str) -> list[Rule]:
        """All rules of an exported file or none; one with a known id becomes that rule's next version.

        Raises what `rules_from_text` and `save` raise.
        """
        authorize(session, Permission.EDIT_LINKAGE)
        rules = rules_from_text(text)

        def work(tx: Tx) -> list[Rule]:
            stored = {rule.id: rule for rule in tx.rules.all()}
            versions = [stored[rule.id].row_version if rule.id in stored else 1 for rule in rules]
            pairs = zip(rules, versions, strict=True)
            return [self._save(tx, session, replace(rule, row_version=version)) for rule, version in pairs]

        return self._database.write(work)

    def _save(self, tx: Tx, session: Session, rule: Rule) -> Rule:
        rules = tx.rules.all()
        if any(other.name.casefold() == rule.name.casefold() and other.id != rule.id for other in rules):
            raise ServiceError("linkage.name_taken", name=rule.name)
        before = next((other for other in rules if other.id == rule.id), None) if rule.id else None
        if before is None:
            return self._add(tx, session, rule, len(rules))
        if before.row_version != rule.row_version:
            raise ServiceError("storage.conflict", kind="linkage_rule", id=rule.id)
        version = tx.rules.last_version(rule.id) + 1
        after = tx.rules.save(replace(rule, version=version))
        tx.rules.keep_version(after, self._clock.now())
        return _tell(tx, session, "linkage.save", "saved", before, after)

    def _add(self, tx: Tx, session: Session, rule: Rule, count: int) -> Rule:
        if count >= MOST_RULES:
            raise ServiceError("linkage.too_many_rules", most=MOST_RULES)
        rule_id = rule.id or new_id()
        made = replace(rule, id=rule_id, version=tx.rules.last_version(rule_id) + 1, row_version=1)
        tx.rules.add(made)
        tx.rules.keep_version(made, self._clock.now())
        return _tell(tx, session, "linkage.save", "saved", None, made)


def _as_seen(tx: Tx, rule: Rule) -> Rule:
    """The stored rule, if it still is the one that the caller saw."""
    stored = tx.rules.get(rule.id)
    if stored.row_version != rule.row_version:
        raise ServiceError("storage.conflict", kind="linkage_rule", id=rule.id)
    return stored


def _tell(tx: Tx, session: Session, action: str, change: str, before: Rule | None, after: Rule) -> Rule:
    tx.audit(session, action, after.id, before=before, after=after)
    tx.record(LinkageRuleChanged(after, change))
    return after
