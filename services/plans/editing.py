"""Commands on plans: written, reviewed by somebody else, published as a version, retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.facts import PlanPublished, PlanSaved
from services.domain.moves import check_move
from services.domain.people import Permission, Session
from services.domain.plan_checks import fault_of_size, faults_of_text
from services.domain.plans import PLAN_MOVES, Plan, PlanId, PlanState, PlanText, PlanVersion, drill_due
from services.identity import authorize
from services.storage import Database, Tx, legally

MOST_PLANS = 300
LONGEST_NOTE = 500
# Who sent in the plans that come with the program: nobody of the house, so anyone may review them.
PROGRAM = "shouwang"
PROGRAM_NAME = "随程序范本"


class PlanDesk:
    """Each command is one transaction of state, audit and fact, and blocks the caller.

    All raise ServiceError: identity.forbidden, storage.*; storage.conflict when another seat changed the
    plan since it was read; plans.illegal_move(was, wanted) when its state does not allow the command.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(self, session: Session, text: PlanText) -> Plan:
        """A new draft. Raises also plans.name_taken(name), plans.too_many(most), plans.name_invalid,
        plans.too_large, plans.text_too_long."""
        authorize(session, Permission.EDIT_PLANS)
        text = _fitting(text)

        def work(tx: Tx) -> Plan:
            plan = self._by(session, Plan(PlanId(new_id()), text, "", "", self._clock.now()))
            return self._add(tx, session, plan)

        return self._database.write(work)

    def save(self, session: Session, seen: Plan, text: PlanText) -> Plan:
        """The draft's next text; of a published plan this begins a draft beside the version in force.

        Raises also what `make` raises, and plans.in_review(name).
        """
        authorize(session, Permission.EDIT_PLANS)
        text = _fitting(text)

        def work(tx: Tx) -> Plan:
            before = _as_seen(tx, seen)
            if before.state is PlanState.REVIEW:
                raise ServiceError("plans.in_review", name=before.name)
            # The table lets a retired plan become a draft, but only by being revived, which the audit names.
            if before.state is PlanState.RETIRED:
                raise _illegal(before, PlanState.DRAFT)
            _refuse_taken(tx, text.name, before.id)
            draft = replace(before, text=text, state=PlanState.DRAFT, note="")
            return self._put(tx, session, before, self._by(session, draft), "edited")

        return self._database.write(work)

    def send(self, session: Session, seen: Plan) -> Plan:
        """Give a draft to review. Raises also plans.not_ready(name, count) while something is wrong in it."""
        authorize(session, Permission.EDIT_PLANS)

        def work(tx: Tx) -> Plan:
            before = _as_seen(tx, seen)
            after = _moved(before, PlanState.REVIEW)
            faults = faults_of_text(before.text)
            if faults:
                raise ServiceError("plans.not_ready", name=before.name, count=len(faults))
            after = replace(after, sent_by=session.user, sent_by_name=session.display_name, note="")
            return self._put(tx, session, before, after, "sent")

        return self._database.write(work)

    def give_back(self, session: Session, seen: Plan, note: str) -> Plan:
        """Out of review to its writer. Raises also plans.note_needed."""
        authorize(session, Permission.EDIT_PLANS)
        note = _note(note)

        def work(tx: Tx) -> Plan:
            before = _as_seen(tx, seen)
            if before.state is not PlanState.REVIEW:
                raise _illegal(before, PlanState.DRAFT)
            after = replace(_moved(before, PlanState.DRAFT), note=note, sent_by="", sent_by_name="")
            return self._put(tx, session, before, after, "returned", note)

        return self._database.write(work)

    def publish(self, session: Session, seen: Plan, note: str = "") -> PlanVersion:
        """Let a reviewed text come into force as the next version.

        Raises also plans.same_person when who reviews wrote it or sent it in.
        """
        authorize(session, Permission.EDIT_PLANS)

        def work(tx: Tx) -> PlanVersion:
            before = _as_seen(tx, seen)
            if before.state is not PlanState.REVIEW:
                raise _illegal(before, PlanState.PUBLISHED)
            after = _moved(before, PlanState.PUBLISHED)
            if session.user in (before.saved_by, before.sent_by):
                raise ServiceError("plans.same_person", name=before.name)
            return self._publish(tx, session, before, after, note[:LONGEST_NOTE])

        return self._database.write(work)

    def give_up_draft(self, session: Session, seen: Plan) -> Plan:
        """Back to the text in force. Raises also plans.not_in_force(name) when there is none."""
        authorize(session, Permission.EDIT_PLANS)

        def work(tx: Tx) -> Plan:
            before = _as_seen(tx, seen)
            version = tx.plan_versions.of_plan(before.id, before.version)
            if version is None:
                raise ServiceError("plans.not_in_force", name=before.name)
            if before.state is not PlanState.DRAFT:
                raise _illegal(before, PlanState.PUBLISHED)
            after = replace(_moved(before, PlanState.PUBLISHED), text=version.text, note="")
            return self._put(tx, session, before, self._by(session, after), "edited")

        return self._database.write(work)

    def retire(self, session: Session, seen: Plan, reason: str) -> Plan:
        """Nobody runs it any more; its versions and runs stay. Raises also plans.note_needed."""
        authorize(session, Permission.EDIT_PLANS)
        reason = _note(reason)

        def work(tx: Tx) -> Plan:
            before = _as_seen(tx, seen)
            after = replace(_moved(before, PlanState.RETIRED), note=reason)
            return self._put(tx, session, before, after, "retired", reason)

        return self._database.write(work)

    def revive(self, session: Session, seen: Plan) -> Plan:
        """A retired plan is a draft again; a version that it had is in force again."""
        authorize(session, Permission.EDIT_PLANS)

        def work(tx: Tx) -> Plan:
            before = _as_seen(tx, seen)
            if before.state is not PlanState.RETIRED:
                raise _illegal(before, PlanState.DRAFT)
            after = replace(_moved(before, PlanState.DRAFT), note="")
            return self._put(tx, session, before, after, "revived")

        return self._database.write(work)

    def take_samples(
        self, session: Session, texts: Mapping[str, PlanText], *, in_force: bool = False
    ) -> list[Plan]:
        """Put the program's own plans into review, by id; those that the site has already stay as they are.

        in_force: publish them at once, for a demo or a drill ground.
        """
        authorize(session, Permission.EDIT_PLANS)

        def work(tx: Tx) -> list[Plan]:
            known = tx.plans.all()
            taken = {plan.id for plan in known} | {plan.name for plan in known}
            fresh = [(name, text) for name, text in texts.items() if not {name, text.name} & taken]
            return [self._take_sample(tx, session, PlanId(name), text, in_force) for name, text in fresh]

        return self._database.write(work)

    def _take_sample(self, tx: Tx, session: Session, plan_id: PlanId, text: PlanText, in_force: bool) -> Plan:
        sent = Plan(
            plan_id,
            _fitting(text),
            PROGRAM,
            PROGRAM_NAME,
            self._clock.now(),
            state=PlanState.REVIEW,
            sent_by=PROGRAM,
            sent_by_name=PROGRAM_NAME,
        )
        added = self._add(tx, session, sent)
        if not in_force:
            return added
        self._publish(tx, session, added, _moved(added, PlanState.PUBLISHED), "")
        return tx.plans.get(added.id)

    # inside

    def _by(self, session: Session, plan: Plan) -> Plan:
        return replace(
            plan, saved_by=session.user, saved_by_name=session.display_name, saved_at=self._clock.now()
        )

    def _add(self, tx: Tx, session: Session, plan: Plan) -> Plan:
        if len(_refuse_taken(tx, plan.name, plan.id)) >= MOST_PLANS:
            raise ServiceError("plans.too_many", most=MOST_PLANS)
        saved = tx.plans.add(plan)
        tx.audit(session, "plans.made", saved.id, after=saved)
        tx.record(PlanSaved(saved, "made"))
        return saved

    def _put(
        self, tx: Tx, session: Session, before: Plan, after: Plan, change: str, reason: str = ""
    ) -> Plan:
        saved = tx.plans.save(after)
        tx.audit(session, f"plans.{change}", saved.id, before=before, after=saved, reason=reason)
        tx.record(PlanSaved(saved, change))
        return saved

    def _publish(self, tx: Tx, session: Session, before: Plan, after: Plan, note: str) -> PlanVersion:
        now = self._clock.now()
        version = PlanVersion(
            new_id(),
            before.id,
            before.version + 1,
            before.text,
            now,
            before.saved_by,
            before.saved_by_name,
            session.user,
            session.display_name,
            note,
        )
        due_at = drill_due(before.text, before.last_drill_at or now)
        after = replace(after, version=version.version, drill_due_at=due_at, note=note)
        saved, kept = tx.plans.save(after), tx.plan_versions.add(version)
        tx.audit(session, "plans.published", saved.id, before=before, after=saved, reason=note)
        tx.record(PlanPublished(saved, kept))
        return kept


def _as_seen(tx: Tx, seen: Plan) -> Plan:
    """The stored plan, if it still is the one that the caller saw."""
    stored = tx.plans.get(seen.id)
    if stored.row_version != seen.row_version:
        raise ServiceError("storage.conflict", kind="plan", id=seen.id)
    return stored


def _moved(plan: Plan, wanted: PlanState) -> Plan:
    with legally("plans.illegal_move"):
        check_move(PLAN_MOVES, plan.state, wanted)
    return replace(plan, state=wanted)


def _illegal(plan: Plan, wanted: PlanState) -> ServiceError:
    return ServiceError("plans.illegal_move", was=plan.state.value, wanted=wanted.value)


def _refuse_taken(tx: Tx, name: str, plan_id: str) -> Sequence[Plan]:
    """All plans, when no other one is called so."""
    plans = tx.plans.all()
    if any(plan.name.casefold() == name.casefold() and plan.id != plan_id for plan in plans):
        raise ServiceError("plans.name_taken", name=name)
    return plans


def _fitting(text: PlanText) -> PlanText:
    text = replace(text, name=typed_text(text.name), name_en=typed_text(text.name_en))
    fault = fault_of_size(text)
    if fault:
        raise ServiceError(f"plans.{fault}")
    return text


def _note(note: str) -> str:
    note = typed_text(note)
    if not note:
        raise ServiceError("plans.note_needed")
    return note[:LONGEST_NOTE]
