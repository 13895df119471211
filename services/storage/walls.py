"""Layouts, presets and tours as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from services.core.errors import ServiceError
from services.domain.walls import WallItem, fault_of
from services.storage import schema
from services.storage.rows import Rows, SavedRows, Shape

WALL_ITEM = Shape(
    "wall_item",
    schema.wall_item,
    WallItem,
    "id",
    lambda i: {"id": i.id, "kind": i.kind.value, "owner": i.owner},
)


class WallItemRows(Rows[WallItem]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, WALL_ITEM)

    def all(self) -> list[WallItem]:
        """Everybody's, in the order made; without those that this version cannot show."""
        found = self._readable(self._select().order_by(schema.wall_item.c.id))
        return [item for item in found if not fault_of(item)]

    def count_of(self, owner: str) -> int:
        """owner: "" = those that are shared."""
        table = schema.wall_item
        query = select(func.count()).select_from(table).where(table.c.owner == owner)
        return self._connection.execute(query).scalar_one()


class SavedWallItems(WallItemRows, SavedRows[WallItem]):
    """Wall items inside a transaction."""

    def remove(self, item: WallItem) -> None:
        """Raises ServiceError("storage.conflict") when someone else saved it since it was read."""
        columns = schema.wall_item.c
        gone = delete(schema.wall_item).where(columns.id == item.id, columns.row_version == item.row_version)
        if self._connection.execute(gone).rowcount != 1:
            raise ServiceError("storage.conflict", kind=WALL_ITEM.kind, id=item.id)
