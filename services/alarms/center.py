"""Turns signals into alarms: each batch is one transaction, done before anyone acknowledges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from services.alarms.batch import REPEAT_WINDOW, Batch, OnRaised, Outcome, TakesFeedback
from services.alarms.commits import write_again
from services.alarms.holding import Holding, due_delays, take_due
from services.alarms.placing import ChooseFeeds, Places
from services.core.ages import Ages
from services.core.clock import Clock
from services.domain.alarms import Signal
from services.domain.signals import OutcomeKind
from services.domain.site import Site
from services.storage import Database, Tx

# What a command adds to the transaction of a report.
AlsoDone = Callable[[Tx, Outcome], None]


def _nothing_more(_tx: Tx, _outcome: Outcome) -> None:
    return


class AlarmCenter:
    """One transaction per batch; when `receive` returns, the batch is durable and may be acknowledged.

    on_raised runs inside that transaction for every new alarm, on_repeated for every one that speaks again
    (the linkage's beginning), takes_feedback for every signal that a zone moved; what it expected raises
    nothing. local_zone: in which arm schedules are meant, None = the machine's own.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Site,
        choose_feeds: ChooseFeeds,
        on_raised: OnRaised | None = None,
        on_repeated: OnRaised | None = None,
        local_zone: tzinfo | None = None,
        takes_feedback: TakesFeedback | None = None,
    ) -> None:
        self._local_zone = local_zone
        self._database = database
        self._clock = clock
        self._delays = Ages(clock)
        self._places = Places(site, choose_feeds)
        self._on_happened = (on_raised, on_repeated, takes_feedback)

    def use_site(self, site: Site, choose_feeds: ChooseFeeds) -> None:
        """Place signals by `site` from the next batch on."""
        self._places = Places(site, choose_feeds)

    def receive(self, signals: Sequence[Signal], *, deadline_s: float = 5.0) -> list[Outcome]:
        """Store every signal and what it changes; outcomes in the signals' order.

        Raises ServiceError (storage.*) when the commit did not happen or is not known to have
        happened: then nothing may be acknowledged, and the panel's retry finds either.
        """
        places, on_happened = self._places, self._on_happened

        def work(tx: Tx) -> list[Outcome]:
            holding = Holding(tx, places, self._clock.now(), self._local_zone)
            holding.look_ahead(signals)
            since = min(signal.received_at for signal in signals) - REPEAT_WINDOW
            tx.look_for_frames({signal.fingerprint for signal in signals}, since)
            tx.alarms.look_for_zones({(at.panel, at.zone_number) for at in map(places.place, signals)})
            batch = Batch(tx, places, holding, *on_happened)
            outcomes = [batch.take(signal) for signal in signals]
            holding.write_seen()
            return outcomes

        return write_again(self._database, work, deadline_s=deadline_s)

    def report(self, signal: Signal, attach_to: str = "", also: AlsoDone = _nothing_more) -> Outcome:
        """What a person says: an alarm of its own, or one more report of the alarm they named. The same
        form sent again is the same report. also: what the caller writes in the same transaction.

        Raises ServiceError: report.alarm_ended(event_no), storage.*.
        """
        places, on_happened = self._places, self._on_happened

        def work(tx: Tx) -> Outcome:
            batch = Batch(tx, places, Holding(tx, places, self._clock.now(), self._local_zone), *on_happened)
            outcome = batch.take_report(signal, attach_to)
            if outcome.kind is not OutcomeKind.DUPLICATE:
                also(tx, outcome)
            return outcome

        return write_again(self._database, work)

    def raise_delayed(self) -> list[Outcome]:
        """Raise what waited for its entry delay and was not disarmed by then; one thread asks each second.

        Raises ServiceError (storage.*); then the next call finds it all again.
        """
        due = self._database.read(lambda view: due_delays(view, self._delays))
        if not due:
            return []
        places, on_happened = self._places, self._on_happened

        def work(tx: Tx) -> list[Outcome]:
            now = self._clock.now()
            batch = Batch(tx, places, Holding(tx, places, now, self._local_zone), *on_happened)
            return [batch.take_delayed(waiting) for waiting in take_due(tx, now, due)]

        return write_again(self._database, work)
