"""The guards' port on the wire: what is there, and that nothing else is."""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from services.alarms.center import AlarmCenter
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.dispatch import DispatchDesk, Order
from services.domain.guard_links import IssuedLink
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import GuardStatus, Role, Session
from services.hub import Hub
from services.hub.guardpage import pace
from services.hub.guardpage.certificate import FILE, fingerprint, own_certificate
from services.hub.guardpage.door import GuardDoor
from services.hub.sockets import bind_stream
from services.hub.web import WebLimits
from services.people.calls import DuressLine
from services.people.guard_links import GuardLinks
from services.storage import Database
from tests.passwords import QUICK
from tests.services.hub.guardpage.conftest import OPERATOR, jpeg

Issue = Callable[[Dispatch], IssuedLink]
PATHS = ("/", "/page.css", "/page.js", "/icon.svg", "/plan", "/order", "/picture")
POSTS = ("/enter", "/leave", "/step", "/return", "/help", "/position", "/checkin")
# fmt: off
ATTACKED = (
    "/..", "/../settings.toml", "/%2e%2e/%2e%2e/etc/passwd", "/page.html", "/page.js/../secrets.toml", "//",
    "/.", "/static/page.js", "/order/../../x", "/guard-page.pem", "/v1/alarms", "/picture/..%2f..%2f",
    "/page.js%00", "/robots.txt", "/favicon.ico", "/admin", "/ORDER", "/order/", "\\\\x", "/page.css%2f", "*",
)
# fmt: on


@dataclass
class Heard:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        return json.loads(self.body)


@dataclass
class Client:
    """A client that sends what it is told, byte by byte if need be."""

    port: int
    certificate: Path
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Heard:
        raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(raw)), **self.headers}
        if raw:
            sent["Content-Type"] = "application/json"
        if self.cookie:
            sent["Cookie"] = f"__Host-shouwang={self.cookie}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in sent.items())
        return self.say(head.encode() + b"\r\n" + raw)

    def say(self, *parts: bytes, rest_s: float = 0.0) -> Heard:
        answered = asyncio.run(self._say(parts, rest_s))
        head, _, body = answered.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        if not lines[0]:
            return Heard(0, {}, b"")
        pairs = (line.partition(": ") for line in lines[1:])
        return Heard(int(lines[0].split()[1]), {k.lower(): v for k, _, v in pairs}, body)

    def enter(self, issued: IssuedLink) -> Heard:
        heard = self.ask("POST", "/enter", {"link": issued.url.partition("#")[2]})
        if heard.status == 200:
            self.cookie = SimpleCookie(heard.headers["set-cookie"])["__Host-shouwang"].value
        return heard

    async def _say(self, parts: tuple[bytes, ...], rest_s: float) -> bytes:
        tls = ssl.create_default_context(cafile=str(self.certificate))
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, ssl=tls)
        except (ConnectionError, ssl.SSLError):
            return b""
        try:
            for part in parts:
                if reader.at_eof():
                    break
                writer.write(part)
                if rest_s:
                    await asyncio.sleep(rest_s)
            async with asyncio.timeout(60):
                return await reader.read()
        except (ConnectionError, ssl.SSLError):
            return b""
        finally:
            writer.close()


@pytest.fixture
def client(hub: Hub, settings: Settings) -> Client:
    return Client(hub.guard_port, settings.data_dir / FILE)


@pytest.fixture
def phone(client: Client, issue: Issue, order: Dispatch) -> Client:
    """A client that is let in for G01's order."""
    assert client.enter(issue(order)).status == 200
    return client


# getting in


def test_a_link_becomes_a_cookie_that_scripts_and_other_pages_never_get(
    client: Client, issue: Issue, order: Dispatch
) -> None:
    set_cookie = client.enter(issue(order)).headers["set-cookie"]

    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(set_cookie.split("; "))
    assert "Domain" not in set_cookie
    assert client.ask("GET", "/order").json["order"]["id"] == order.id  # type: ignore[index]


def test_a_link_used_a_second_time_is_refused_as_used(client: Client, issue: Issue, order: Dispatch) -> None:
    issued = issue(order)
    client.enter(issued)
    again = Client(client.port, client.certificate).enter(issued)

    assert (again.status, again.json) == (410, {"code": "dispatch.link_used"})
    assert "set-cookie" not in again.headers


def test_a_phone_whose_answer_was_lost_is_let_in_once_more_and_no_other(
    client: Client, issue: Issue, order: Dispatch
) -> None:
    asked = {"link": issue(order).url.partition("#")[2], "nonce": "a5" * 24}
    lost = client.ask("POST", "/enter", asked).headers["set-cookie"].partition(";")[0]
    again = client.ask("POST", "/enter", asked)
    assert (again.status, again.headers["set-cookie"].partition(";")[0]) == (200, lost)
    client.cookie = lost.partition("=")[2]
    assert client.ask("GET", "/order").status == 200

    for nonce in ("b6" * 24, "", "a5"):
        assert client.ask("POST", "/enter", {**asked, "nonce": nonce}).status == 410


def test_without_a_pass_nothing_is_told(client: Client) -> None:
    for cookie in ("", "0123456789abcdef.secret"):
        client.cookie = cookie
        for path in ("/plan", "/order", "/picture"):
            heard = client.ask("GET", path)
            assert (heard.status, heard.json) == (401, {"code": "dispatch.phone_out"})


def test_who_left_is_out(phone: Client) -> None:
    assert phone.ask("POST", "/leave", {}).status == 200
    assert phone.ask("GET", "/order").status == 401


# what is there


def test_the_way_leads_from_the_guard_to_the_place(phone: Client) -> None:
    present = phone.ask("GET", "/order").json
    order = present["order"]
    assert isinstance(order, dict)
    assert order["goal"] == [483.0, 190.0]
    assert order["way"][0] == present["at"]
    assert order["way"][-1] == order["goal"]
    assert order["way_m"] > 0
    assert (order["next"], order["may_return"]) == ("signed", True)
    assert present["guard"]["no"] == "G01"  # type: ignore[index]


def test_the_picture_of_the_alarm_is_shown_while_the_order_runs(phone: Client, order: Dispatch) -> None:
    heard = phone.ask("GET", "/picture?whatever=../../x")
    assert (heard.status, heard.headers["content-type"], heard.body) == (200, "image/jpeg", jpeg())

    phone.ask("POST", "/return", {"order": order.id, "reason": "太远"})
    assert phone.ask("GET", "/picture").status == 404
    assert phone.ask("GET", "/order").json["order"]["has_picture"] is False  # type: ignore[index]


def test_a_picture_older_than_the_alarm_is_another_alarms(
    client: Client, issue: Issue, order: Dispatch, settings: Settings
) -> None:
    """A new database gives its first number again."""
    for picture in settings.snapshot_dir.iterdir():
        os.utime(picture, (1_000_000_000, 1_000_000_000))
    client.enter(issue(order))
    assert client.ask("GET", "/picture").status == 404


def test_what_has_not_changed_is_not_sent_again(phone: Client) -> None:
    first = phone.ask("GET", "/order")
    again = phone.ask("GET", "/order", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", [*PATHS, "/nowhere"])
def test_every_answer_carries_the_same_strict_policy(client: Client, path: str) -> None:
    headers = client.ask("GET", path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_page_asks_no_other_server() -> None:
    from services.core.paths import resource

    for name in ("page.html", "page.css", "page.js"):
        text = resource("guard", name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text
        assert "innerHTML" not in text
        assert " style=" not in text


# what is pressed


def test_each_step_is_the_guards_own(phone: Client, order: Dispatch, database: Database) -> None:
    for to in ("delivered", "signed", "en_route", "on_scene", "done"):
        heard = phone.ask("POST", "/step", {"order": order.id, "to": to})
        assert (heard.status, heard.json["order"]["state"]) == (200, to)  # type: ignore[index]
    assert database.read(lambda view: view.guards.get("G01")).status is GuardStatus.AVAILABLE


def test_a_call_for_help_comes_with_the_place(phone: Client, database: Database) -> None:
    """100 m north of the corner: 100 / 110 862 m per degree at 31.2°."""
    position = {"latitude": 31.2 + 100 / 110_862, "longitude": 121.45, "accuracy_m": 8}
    assert phone.ask("POST", "/help", {"position": position}).json["in_distress"] is True
    state = database.read(lambda view: view.guards.get("G01"))
    assert state.status is GuardStatus.DURESS
    assert state.at == pytest.approx((0.0, 100.0), abs=0.3)
    assert state.position_source == "phone"


@pytest.mark.parametrize("position", ["here", {"latitude": "x"}, {"latitude": 1e9, "longitude": 1}])
def test_a_call_for_help_is_heard_whatever_the_phone_says_of_its_place(
    phone: Client, database: Database, position: object
) -> None:
    assert phone.ask("POST", "/help", {"position": position}).status == 200
    assert database.read(lambda view: view.guards.get("G01")).status is GuardStatus.DURESS


def test_a_number_that_no_float_holds_is_refused(phone: Client, order: Dispatch) -> None:
    where = '{"latitude":1' + "0" * 400 + ',"longitude":1,"accuracy_m":5}'
    body = f'{{"to":"signed","order":"{order.id}","position":{where}}}'.encode()
    assert phone.ask("POST", "/step", body).status == 400
    stranger = Client(phone.port, phone.certificate)
    assert stranger.ask("POST", "/step", body).status == 401


def test_half_a_letter_is_an_unknown_link(client: Client) -> None:
    assert client.ask("POST", "/enter", b'{"link":"a.\\ud800","nonce":"\\ud800"}').status == 401


def test_a_position_that_could_be_anywhere_is_not_taken(phone: Client, database: Database) -> None:
    before = database.read(lambda view: view.guards.get("G01")).at
    vague = {"latitude": 31.201, "longitude": 121.451, "accuracy_m": 500}
    assert phone.ask("POST", "/position", {"position": vague}).status == 200
    outside = {"latitude": 32.0, "longitude": 121.45, "accuracy_m": 5}
    assert phone.ask("POST", "/position", {"position": outside}).json == {"code": "dispatch.position_outside"}
    assert database.read(lambda view: view.guards.get("G01")).at == before


def test_another_guards_order_does_not_exist_for_this_phone(
    phone: Client, order: Dispatch, desk: DispatchDesk, database: Database
) -> None:
    other = desk.send(OPERATOR, Order("G02", "支援", incident_id=order.incident))
    for path, body in (("/step", {"to": "signed"}), ("/return", {"reason": "x"})):
        heard = phone.ask("POST", path, {"order": other.id, **body})
        assert (heard.status, heard.json) == (404, {"code": "storage.not_found"})
    assert database.read(lambda view: view.dispatches.get(other.id)).state is DispatchState.SENT


def test_no_other_step_can_be_made(phone: Client, order: Dispatch, database: Database) -> None:
    for to in ("cancelled", "returned", "closed", "draft", "sent", "feedback", "", "SIGNED", 7, None):
        assert phone.ask("POST", "/step", {"order": order.id, "to": to}).status in (400, 409)
    assert database.read(lambda view: view.dispatches.get(order.id)).state is DispatchState.SENT


def test_another_page_presses_nothing(phone: Client) -> None:
    foreign = ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}, {"Origin": "null"})
    for headers in foreign:
        for path in POSTS:
            heard = phone.ask("POST", path, {"order": "x", "to": "signed"}, **headers)
            assert (heard.status, heard.json["code"]) == (403, "http.foreign")


# what is not there


def test_nothing_else_is_at_this_port(client: Client) -> None:
    heard = {path: client.ask("GET", path).status for path in ATTACKED}
    assert set(heard.values()) <= {400, 404}, heard


def test_no_other_method_is_taken(client: Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "CONNECT", "PROPFIND"):
        for path in (*PATHS, *POSTS):
            assert client.ask(method, path).status in (400, 404, 405)


def test_asking_changes_nothing_and_posting_asks_nothing(phone: Client) -> None:
    assert {phone.ask("GET", path).status for path in POSTS} == {405}
    assert {phone.ask("POST", path, {}).status for path in PATHS} == {405}


def test_a_body_that_is_too_long_or_none_of_ours_is_refused(client: Client) -> None:
    for path in POSTS:
        assert client.ask("POST", path, b"{" + b" " * 9000 + b"}").status == 413
        assert client.ask("POST", path, b"[1]").status == 400
        assert client.ask("POST", path, b"[" * 5000).status == 400
        assert (
            client.ask("POST", path, b"a=b", Content_Type="application/x-www-form-urlencoded").status == 415
        )
        assert client.ask("POST", path, b"{}", Content_Encoding="gzip").status == 415


def test_a_body_without_end_is_cut_off_when_it_is_too_long(phone: Client) -> None:
    head = (
        f"POST /step HTTP/1.1\r\nHost: h\r\nCookie: __Host-shouwang={phone.cookie}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert phone.say(head.encode(), *([b"1000\r\n" + b" " * 4096 + b"\r\n"] * 4)).status == 413


@hypothesis_settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.sampled_from(POSTS),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=40),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["order", "to", "reason", "link", "position", "latitude"]), inner
            )
        ),
        max_leaves=8,
    ),
)
def test_whatever_is_posted_is_answered_and_breaks_nothing(
    broad_hub: Client, path: str, body: object
) -> None:
    heard = broad_hub.ask("POST", path, json.dumps(body).encode())
    assert heard.status in (200, 400, 401, 404, 409, 429)


@pytest.fixture
def broad_hub(client: Client, expected_log: Callable[..., None]) -> Client:
    """One that lets nobody in, asked by one address only."""
    expected_log("guardpage.wrong.held_back", "guardpage.phone.held_back", "web.held_back")
    return client


# too slow, too many


def serving(
    settings: Settings, database: Database, limits: WebLimits, story: Callable[[Client], None]
) -> None:
    site = database.read(lambda view: view.site())
    assert site is not None
    center = AlarmCenter(database, SystemClock(), site, lambda _zone: ())
    duress = DuressLine(database, SystemClock(), lambda: site, lambda: center)
    door = GuardDoor(settings, database, SystemClock(), lambda: site, duress, limits)
    door.start()
    try:
        story(Client(door.port, settings.data_dir / FILE))
    finally:
        door.stop(2.0)


def test_who_sends_a_letter_at_a_time_is_cut_off(settings: Settings, database: Database) -> None:
    def story(client: Client) -> None:
        # Goes on until it is cut off, however long that takes; the request never ends.
        drip = [b"GET /", *[b"x"] * 1000]
        assert client.say(*drip, rest_s=0.02).status == 0

    serving(settings, database, WebLimits(connection_s=0.3), story)


def test_an_address_that_asks_without_pause_is_held_back(
    settings: Settings, database: Database, expected_log: Callable[..., None]
) -> None:
    expected_log("web.held_back")

    def story(client: Client) -> None:
        assert [client.ask("GET", "/").status for _ in range(4)] == [200, 200, 200, 429]

    serving(settings, database, WebLimits(requests_per_s=0.001, burst_requests=3), story)


@pytest.fixture
def slow_refill(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was used up stays used up, however slowly the machine asks."""
    monkeypatch.setattr(pace, "PHONE_PER_S", 0.001)
    monkeypatch.setattr(pace, "WRONG_PER_S", 0.001)


@pytest.mark.usefixtures("slow_refill")
def test_a_phone_that_asks_without_pause_is_held_back(
    phone: Client, expected_log: Callable[..., None]
) -> None:
    expected_log("guardpage.phone.held_back")
    assert 429 in [phone.ask("GET", "/order").status for _ in range(60)]


@pytest.mark.usefixtures("slow_refill")
def test_who_tries_link_after_link_waits(client: Client, expected_log: Callable[..., None]) -> None:
    expected_log("guardpage.wrong.held_back")
    heard = [client.ask("POST", "/enter", {"link": f"guess{n}.x"}).status for n in range(25)]
    assert heard[0] == 401
    assert heard[-1] == 429


def test_a_call_for_help_waits_for_nobody_who_tries_links_behind_the_same_address(
    phone: Client, database: Database, expected_log: Callable[..., None]
) -> None:
    expected_log("guardpage.wrong.held_back")
    other = Client(phone.port, phone.certificate)
    assert 429 in [other.ask("POST", "/enter", {"link": f"guess{n}.x"}).status for n in range(25)]

    assert phone.ask("GET", "/order").status == 200
    assert phone.ask("POST", "/help", {}).status == 200
    assert database.read(lambda view: view.guards.get("G01")).status is GuardStatus.DURESS
    other.cookie = "0123456789abcdef.secret"
    assert other.ask("GET", "/order").status == 429


def test_a_call_for_help_waits_for_nothing_else_that_the_phone_asks(
    phone: Client, expected_log: Callable[..., None]
) -> None:
    expected_log("guardpage.phone.held_back")
    assert 429 in [phone.ask("GET", "/order").status for _ in range(60)]
    assert phone.ask("POST", "/help", {}).status == 200


def test_a_call_for_help_is_heard_however_much_else_comes_from_the_address(
    settings: Settings, database: Database, order: Dispatch, expected_log: Callable[..., None]
) -> None:
    expected_log("web.held_back")

    def story(client: Client) -> None:
        client.enter(GuardLinks(database, SystemClock()).issue(OPERATOR, order.id))
        assert [client.ask("GET", "/").status for _ in range(3)] == [200, 200, 429]
        assert client.ask("POST", "/help", {}).status == 200
        client.cookie = "0123456789abcdef.secret"
        assert client.ask("POST", "/help", {}).status == 429

    serving(settings, database, WebLimits(requests_per_s=0.001, burst_requests=3), story)


# the certificate


def test_the_certificate_is_made_once_and_is_its_owners_alone(
    client: Client, settings: Settings, issue: Issue, order: Dispatch
) -> None:
    file = settings.data_dir / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    own_certificate(settings.data_dir, "127.0.0.1", SystemClock().now())
    assert file.read_bytes() == before
    pem = ssl.get_server_certificate(("127.0.0.1", client.port))
    shown = sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    assert issue(order).fingerprint.replace(":", "") == shown


def test_one_that_ends_soon_or_is_no_certificate_is_made_anew(tmp_path: Path) -> None:
    from datetime import timedelta

    now = SystemClock().now()
    first = fingerprint(own_certificate(tmp_path, "hub.example", now))
    assert fingerprint(own_certificate(tmp_path, "hub.example", now + timedelta(days=769))) == first
    later = fingerprint(own_certificate(tmp_path, "hub.example", now + timedelta(days=771)))
    assert later != first
    (tmp_path / FILE).write_text("rubbish")
    assert fingerprint(own_certificate(tmp_path, "hub.example", now)) != later


# the hub


def test_a_port_that_is_taken_keeps_no_alarm_out(
    settings: Settings, database: Database, order: Dispatch, expected_log: Callable[..., None]
) -> None:
    expected_log("guardpage.cannot_open")
    taken = bind_stream("127.0.0.1", 0)
    hub = Hub(settings.model_copy(update={"guard_port": taken.getsockname()[1]}), Secrets())
    try:
        hub.start()
        assert hub.dc09_port
        assert hub.guard_port == 0
        with pytest.raises(Exception, match=r"dispatch\.no_guard_page.*hub\.port_in_use"):
            GuardLinks(database, SystemClock()).issue(OPERATOR, order.id)
    finally:
        hub.stop()
        taken.close()


@pytest.mark.parametrize(
    ("address", "url"),
    [("hub.example", "https://hub.example:{port}"), ("hub.example:443", "https://hub.example:443")],
)
def test_the_link_names_the_hub_as_phones_call_it(
    settings: Settings, database: Database, order: Dispatch, address: str, url: str
) -> None:
    named = settings.model_copy(update={"guard_address": address})

    def story(client: Client) -> None:
        issued = GuardLinks(database, SystemClock()).issue(OPERATOR, order.id)
        assert issued.url.partition("/#")[0] == url.format(port=client.port)

    serving(named, database, WebLimits(), story)


def test_a_guard_is_no_user_and_no_user_is_a_guard(database: Database) -> None:
    from services.core.errors import ServiceError
    from services.identity import Accounts

    administrator = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")
    with pytest.raises(ServiceError, match=r"identity\.role_invalid"):
        Accounts(database, passwords=QUICK).create(
            administrator, "g", "G", Role.GUARD, "long enough password"
        )
