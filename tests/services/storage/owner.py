"""What someone with the owner's rights on the database can do past the product."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.pool import NullPool


def run(url: str, *statements: str) -> None:
    """All statements in one transaction."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def row(url: str, query: str) -> dict[str, object]:
    """The one row that `query` gives."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return dict(connection.execute(sa.text(query)).mappings().one())
