"""What a database says of itself becomes a code that those who write can act on."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.engine import make_url

from services.core.errors import ServiceError
from services.domain.site import Site
from services.storage import Database, care


def test_a_server_that_only_reads_is_away_for_those_who_write(postgres: str) -> None:
    care.upgrade(postgres)
    name = make_url(postgres).database
    with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    database = Database(postgres)
    database.open()
    try:
        with pytest.raises(ServiceError) as refused:
            database.write(lambda tx: tx.replace_site(Site("test", "测试", "Test", 1.0, 1.0)))
        assert refused.value.code == "storage.unreachable"
    finally:
        database.close()
