"""The end of the workstation: what an operator has just commanded is not cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from PySide6.QtWidgets import QApplication

from app.prepare import Prepared, prepare
from app.workstation import WindowPlan, WorkstationRun
from services.core.jobs import Jobs
from services.core.settings import Settings, load_settings
from tests.app.test_lock import dialog_of
from tests.waiting import LIMIT_S
from views.login.screen import FirstRunDialog


def test_what_is_on_its_way_gets_its_answer_before_the_record_is_closed(
    qapp: QApplication,
    data_dir: Path,
    wait_until: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert qapp is QApplication.instance()
    made: list[Prepared] = []

    def prepared(settings: Settings, *, starts_hub: bool) -> Prepared:
        made.append(prepare(settings, starts_hub=starts_hub))
        return made[0]

    monkeypatch.setattr("app.workstation.prepare", prepared)
    pool = Jobs("end-test", 2)
    run = WorkstationRun(
        load_settings(data_dir=data_dir, workstation="TEST"), None, WindowPlan(is_demo=True), pool
    )
    run.start()
    dialog = wait_until(lambda: dialog_of(FirstRunDialog), 20)
    begun = Event()

    def command() -> str:
        begun.set()
        # Meanwhile the program's end comes as far as it can.
        sleep(0.3)
        return made[0].database.write(lambda _tx: "written")

    answer = pool.submit(command)
    assert begun.wait(LIMIT_S)
    run.end()
    dialog.hide()
    assert answer.result(LIMIT_S) == "written"
    pool.stop()
