"""A running seat takes over a log-in that was set outside of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.secret_watch import SecretWatch
from services.core.heldsecrets import SecretsFile
from services.core.jobs import Jobs
from services.core.secrets import Credential
from ui.jobs import UiJobs

Wait = Callable[..., object]


@pytest.fixture
def jobs(qapp: object) -> Iterator[UiJobs]:
    assert qapp is not None
    threads = Jobs("ui-job", 1)
    jobs = UiJobs(threads)
    yield jobs
    jobs.close()
    threads.stop()


def test_a_log_in_that_was_set_by_the_command_line_is_told_once(
    tmp_path: Path, jobs: UiJobs, wait_until: Wait
) -> None:
    path = tmp_path / "secrets.toml"
    seat, command_line = SecretsFile(path), SecretsFile(path)
    command_line.set_credential("gate", Credential("viewer", "old"))
    command_line.set_credential("yard", Credential("viewer", "same"))
    seat.load_what_opens()
    watch = SecretWatch(seat, jobs)
    told: list[frozenset[str]] = []
    watch.changed.connect(told.append)
    command_line.set_credential("gate", Credential("viewer", "new"))

    watch.look()
    wait_until(lambda: told)
    command_line.set_credential("hall", Credential("viewer", "first"))
    watch.look()
    wait_until(lambda: len(told) == 2)

    assert told == [frozenset({"gate"}), frozenset({"hall"})]
    assert seat.credential("gate") == Credential("viewer", "new")
