"""Ending an order with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from services.domain.incidents import Channel, Dispatch, DispatchId, DispatchState, IncidentId
from ui.order_end import OrderEnd

ORDER = Dispatch(
    DispatchId("d1"), "PJ20261124-0001", IncidentId("i1"), "G01", "张三", "速到东门", Channel.APP, "", 12.0,
    "wang", "王某", datetime(2026, 11, 24, 6, 0, tzinfo=UTC),
)  # fmt: skip


def test_a_reason_stays_until_the_order_has_ended(qtbot: QtBot) -> None:
    end, asked = OrderEnd(), []
    qtbot.addWidget(end)
    end.cancel_asked.connect(asked.append)
    end.show_dispatch(ORDER)
    end.reason.setText("不用了")
    end.call_off.click()
    # The record refused: the order is shown again as it was.
    end.show_dispatch(ORDER)
    assert (asked, end.reason.text(), end.call_off.isEnabled()) == (["不用了"], "不用了", True)
    end.show_dispatch(replace(ORDER, state=DispatchState.CANCELLED))
    assert end.reason.text() == ""
