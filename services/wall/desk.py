"""Commands on what people keep of the wall; each is one transaction with its audit row and its fact."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import WallItemRemoved, WallItemSaved
from services.domain.people import Permission, Session
from services.domain.walls import MOST_ITEMS, WallItem, fault_of, may_change
from services.identity import authorize
from services.storage import Database, Tx


class WallDesk:
    """Every command blocks and raises ServiceError: identity.forbidden, wall.not_yours,
    storage.conflict when another seat changed the item since it was read, storage.not_found."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, session: Session, item: WallItem) -> WallItem:
        """A new one (id "") becomes the session's own; an existing one is replaced.

        Raises also "wall.name_taken" (name), "wall.too_many" (most) and "wall.…" for what `fault_of` finds.
        """
        authorize(session, Permission.WATCH)
        item = replace(item, name=item.name.strip())
        fault = fault_of(item)
        if fault:
            raise ServiceError(f"wall.{fault}")
        if not item.id:
            made = replace(item, id=new_id(), owner=session.user, author=session.user, row_version=1)
            return self._database.write(lambda tx: _add(tx, session, made))
        return self._database.write(lambda tx: _replace(tx, session, item))

    def rename(self, session: Session, item: WallItem, name: str) -> WallItem:
        return self.save(session, replace(item, name=name))

    def share(self, session: Session, item: WallItem, is_shared: bool) -> WallItem:
        """For all seats, or back to its author. Needs the right to share."""
        authorize(session, Permission.SHARE_WALL)
        return self._database.write(lambda tx: _share(tx, session, item, is_shared))

    def delete(self, session: Session, item: WallItem) -> None:
        authorize(session, Permission.WATCH)
        self._database.write(lambda tx: _remove(tx, session, item))


def _add(tx: Tx, session: Session, item: WallItem) -> WallItem:
    _require_room(tx, item.owner)
    _require_free_name(tx, item)
    return _tell(tx, session, "wall.save", None, tx.wall_items.add(item))


def _replace(tx: Tx, session: Session, item: WallItem) -> WallItem:
    before = _changeable(tx, session, item)
    # Whose it is changes by sharing only.
    after = replace(item, owner=before.owner, author=before.author, kind=before.kind)
    _require_free_name(tx, after)
    action = "wall.rename" if replace(after, name=before.name) == before else "wall.save"
    return _tell(tx, session, action, before, tx.wall_items.save(after))


def _share(tx: Tx, session: Session, item: WallItem, is_shared: bool) -> WallItem:
    before = _changeable(tx, session, item)
    after = replace(before, owner="" if is_shared else before.author)
    if after.owner != before.owner:
        _require_room(tx, after.owner)
    _require_free_name(tx, after)
    action = "wall.share" if is_shared else "wall.unshare"
    return _tell(tx, session, action, before, tx.wall_items.save(after))


def _remove(tx: Tx, session: Session, item: WallItem) -> None:
    before = _changeable(tx, session, item)
    tx.wall_items.remove(before)
    tx.audit(session, "wall.delete", before.id, before=before)
    tx.record(WallItemRemoved(before))


def _changeable(tx: Tx, session: Session, item: WallItem) -> WallItem:
    """The stored item, if it still is the one that the caller saw."""
    stored = tx.wall_items.get(item.id)
    if not may_change(stored, session):
        raise ServiceError("wall.not_yours", name=stored.name)
    if stored.row_version != item.row_version:
        raise ServiceError("storage.conflict", kind="wall_item", id=item.id)
    return stored


def _require_room(tx: Tx, owner: str) -> None:
    if tx.wall_items.count_of(owner) >= MOST_ITEMS:
        raise ServiceError("wall.too_many", most=MOST_ITEMS)


def _require_free_name(tx: Tx, item: WallItem) -> None:
    """One name per kind among the shared ones, and among each person's own."""
    for other in tx.wall_items.all():
        is_same = other.name.casefold() == item.name.casefold()
        if is_same and (other.kind, other.owner) == (item.kind, item.owner) and other.id != item.id:
            raise ServiceError("wall.name_taken", name=item.name)


def _tell(tx: Tx, session: Session, action: str, before: WallItem | None, after: WallItem) -> WallItem:
    tx.audit(session, action, after.id, before=before, after=after)
    tx.record(WallItemSaved(after))
    return after
