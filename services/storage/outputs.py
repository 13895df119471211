"""Outputs and the orders that switch them, as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select

from services.domain.outputs import OutputOrder, OutputState
from services.storage import schema
from services.storage.rows import Rows, SavedRows, Shape

OUTPUT_STATE = Shape(
    "output_state", schema.output_state, OutputState, "output", lambda s: {"output": s.output}
)
OUTPUT_ORDER = Shape(
    "output_order",
    schema.output_order,
    OutputOrder,
    "id",
    lambda o: {
        "id": o.id,
        "output": o.output,
        "state": o.state.value,
        "is_pending": o.is_open or o.must_be_told,
        "asked_at": o.asked_at,
    },
)


class OutputStateRows(Rows[OutputState]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, OUTPUT_STATE)

    def all(self) -> dict[str, OutputState]:
        """By output; those that nobody ever set or switched are missing."""
        return {state.output: state for state in self._readable(self._select())}

    def find(self, output: str) -> OutputState | None:
        return self._find(self._select().where(schema.output_state.c.output == output))


class OutputOrderRows(Rows[OutputOrder]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, OUTPUT_ORDER)

    def find(self, order_id: str) -> OutputOrder | None:
        return self._find(self._select().where(schema.output_order.c.id == order_id))

    def pending(self) -> list[OutputOrder]:
        """Open ones, and those whose fault nobody has told yet; oldest first."""
        columns = schema.output_order.c
        query = self._select().where(columns.is_pending.is_(True))
        return self._list(query.order_by(columns.asked_at, columns.id))

    def newest(self) -> list[OutputOrder]:
        """The last order of each output."""
        columns = schema.output_order.c
        last = select(columns.output, func.max(columns.asked_at).label("at")).group_by(columns.output)
        newest = last.subquery()
        is_newest = and_(columns.output == newest.c.output, columns.asked_at == newest.c.at)
        return self._readable(self._select().join(newest, is_newest))

    def pending_of(self, output: str) -> list[OutputOrder]:
        return [order for order in self.pending() if order.output == output]

    def of_output(self, output: str, limit: int) -> list[OutputOrder]:
        """Newest first."""
        columns = schema.output_order.c
        query = self._select().where(columns.output == output)
        return self._readable(query.order_by(columns.asked_at.desc(), columns.id.desc()).limit(limit))

    def page(self, limit: int) -> list[OutputOrder]:
        """Of all outputs, newest first."""
        columns = schema.output_order.c
        return self._readable(
            self._select().order_by(columns.asked_at.desc(), columns.id.desc()).limit(limit)
        )


class SavedOutputStates(OutputStateRows, SavedRows[OutputState]):
    """Output states inside a transaction."""

    def put(self, state: OutputState) -> OutputState:
        """Add the state of an output never seen before, as given; else `save` it."""
        return self.add(state) if self.find(state.output) is None else self.save(state)


class SavedOutputOrders(OutputOrderRows, SavedRows[OutputOrder]):
    """Orders inside a transaction."""
