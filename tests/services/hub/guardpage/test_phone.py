"""The guards' page in a real browser, at the size of a phone, pressed by touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from services.dispatch import DispatchDesk
from services.domain.guard_links import IssuedLink
from services.domain.incidents import Dispatch
from services.domain.people import GuardStatus
from services.storage import Database
from tests.services.hub.guardpage.conftest import OPERATOR
from tests.services.hub.guardpage.phone import HEIGHT_PX, WIDTH_PX, Phone

Issue = Callable[[Dispatch], IssuedLink]
PickUp = Callable[[str], Phone]


@pytest.fixture
def phone(pick_up: PickUp, issue: Issue, order: Dispatch) -> Phone:
    """Let in for the order, which it shows."""
    issued = issue(order)
    phone = pick_up(issued.fingerprint)
    phone.open(issued.url)
    phone.wait_for("#next", "签收")
    return phone


def test_a_guard_signs_sets_out_arrives_and_is_done_by_touch(
    phone: Phone, order: Dispatch, database: Database
) -> None:
    assert "一键报警" in phone.text("#kind")
    assert phone.text("#text") == "速到东门查看，注意安全"
    assert phone.text("#way").startswith("步行约 ")
    phone.tap("#next")
    phone.wait_for("#next", "出发")
    phone.tap("#next")
    phone.wait_for("#next", "到场")
    phone.tap("#next")
    phone.wait_for("#next", "完毕")
    assert phone.text("#way") == "您已到场"
    phone.tap("#next")
    phone.wait_for("#due", "已完毕")

    done = database.read(lambda view: view.dispatches.get(order.id))
    assert None not in (done.delivered_at, done.signed_at, done.en_route_at, done.on_scene_at, done.done_at)
    assert phone.complaints() == []


def test_the_map_shows_plan_way_place_and_guard(phone: Phone) -> None:
    phone.wait_for("#map", "东门岗亭")
    count = "document.querySelectorAll('#map {}').length"
    assert phone.js(count.format("polygon.building")) == 23
    assert phone.js(count.format("polyline.way-line")) == 1
    assert phone.js(count.format(".goal")) == 1
    assert phone.js(count.format(".me")) == 1
    phone.wait_for("#picture-box", "现场画面")
    assert phone.js("(async () => { await document.querySelector('#picture').decode(); return true })()")


def test_everything_to_press_is_on_the_first_screen_and_large_enough_for_a_thumb(phone: Phone) -> None:
    """44 px are the least that platforms ask for; nothing hangs over the edges, in either language."""
    for language in ("zh", "en"):
        for button in ("#next", "#return", "#help", "#language"):
            x, y, width, height = phone.js(
                f"(() => {{ const b = document.querySelector('{button}').getBoundingClientRect();"
                " return [b.x, b.y, b.width, b.height] })()"
            )  # type: ignore[misc]
            assert width >= 44
            assert height >= 44
            assert x >= 0
            assert x + width <= WIDTH_PX
            assert y + height <= HEIGHT_PX
        assert phone.js("document.documentElement.scrollWidth") == WIDTH_PX
        if language == "zh":
            phone.tap("#language")
            phone.wait_for("#next", "Sign")


def test_an_order_is_given_back_with_a_reason_picked_by_thumb(
    phone: Phone, order: Dispatch, database: Database
) -> None:
    phone.tap("#return")
    phone.wait_for("#reason-send", "退单")
    phone.tap("#reason-send")  # without a reason nothing happens
    assert database.read(lambda view: view.dispatches.get(order.id)).end_reason == ""
    phone.tap("#reasons button:nth-child(3)")
    phone.tap("#reason-send")
    phone.wait_for("#due", "已退单：距离太远")
    assert phone.text("#next") == ""


def test_help_is_called_by_pressing_twice_and_not_by_once(phone: Phone, database: Database) -> None:
    status = lambda: database.read(lambda view: view.guards.get("G01")).status  # noqa: E731
    phone.tap("#help")
    phone.wait_for("#help", "再按一次")
    assert status() is GuardStatus.DISPATCHED
    phone.tap("#help")
    phone.wait_for("#help", "已呼救")
    assert status() is GuardStatus.DURESS


def test_what_is_pressed_without_a_line_goes_out_when_there_is_one(
    phone: Phone, order: Dispatch, database: Database
) -> None:
    phone.lose_line(True)
    phone.tap("#next")
    phone.wait_for("#said", "没有发出")
    assert database.read(lambda view: view.dispatches.get(order.id)).signed_at is None
    phone.lose_line(False)
    phone.wait_for("#next", "出发")
    assert database.read(lambda view: view.dispatches.get(order.id)).signed_at is not None


def test_a_guard_who_allows_it_is_found_on_the_plan(
    phone: Phone, database: Database, wait_until: Callable[..., object]
) -> None:
    """150 m east and 180 m north of the corner at 31.2°: 95 290 and 110 862 m per degree."""
    phone.be_at(31.2 + 180 / 110_862, 121.45 + 150 / 95_290, accuracy_m=5)

    def found() -> bool:
        # A phone that finds no place in time says so and asks no more; its owner tries again.
        if not phone.js("document.querySelector('#locate').checked"):
            phone.tap("#locate")
        state = database.read(lambda view: view.guards.get("G01"))
        return state.position_source == "phone" and state.at == pytest.approx((150.0, 180.0), abs=0.5)

    wait_until(found, 60.0)


def test_what_the_operator_does_shows_on_the_phone_by_itself(
    phone: Phone, order: Dispatch, desk: DispatchDesk
) -> None:
    desk.cancel(OPERATOR, order.id, "误报")
    phone.wait_for("#due", "中控室已取消这张派警单：误报")


def test_the_link_is_gone_from_the_address_and_opens_no_second_phone(
    phone: Phone, issue: Issue, order: Dispatch
) -> None:
    assert "#" not in str(phone.js("location.href"))
    assert phone.js("document.cookie") == ""
    issued = issue(order)
    phone.open(issued.url)
    phone.wait_for("#next", "签收")
    phone.command("Network.clearBrowserCookies")
    phone.open(issued.url)
    phone.wait_for("#outside-text", "这个链接已经用过")


def test_a_name_with_markup_in_it_stays_a_name(
    pick_up: PickUp, issue: Issue, order: Dispatch, database: Database
) -> None:
    nasty = "<img src=x onerror=alert(1)><script>1</script>&amp;"
    database.write(lambda tx: tx.dispatches.save(replace(order, order_text=nasty)))
    issued = issue(order)
    phone = pick_up(issued.fingerprint)
    phone.open(issued.url)
    phone.wait_for("#text", nasty)
    assert phone.js("document.querySelectorAll('main script, #text *').length") == 0


def test_a_phone_whose_owner_compared_the_fingerprint_refuses_another_hub(
    pick_up: PickUp, issue: Issue, order: Dispatch
) -> None:
    issued = issue(order)
    phone = pick_up(":".join(["00"] * 32))
    phone.open(issued.url)
    phone.wait_for("body", "")
    assert "page.js" not in str(phone.js("document.documentElement.outerHTML"))


def test_the_page_at_the_size_of_a_phone(phone: Phone, tmp_path: Path) -> None:
    phone.shoot(tmp_path / "phone.png")
    with Image.open(tmp_path / "phone.png") as picture:
        assert picture.size == (2 * WIDTH_PX, 2 * HEIGHT_PX)
        assert len(set(picture.convert("RGB").resize((39, 84)).get_flattened_data())) > 20
