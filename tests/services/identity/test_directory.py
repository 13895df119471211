"""Log-in by the college's directory: only over TLS, only with a password, and never the only way in."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.domain.people import Role, Session
from services.handover.desk import HandoverDesk
from services.hub.guardpage.certificate import own_certificate
from services.identity import Accounts
from services.identity.directory import DirectoryPlace, Person, directory_of
from services.identity.ldap import LdapDirectory
from services.storage import Database
from tests.passwords import QUICK
from tests.records import new_record
from tests.services.identity.ldap_server import BUSY, Entry, LdapServer

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
PASSWORD, LOCAL = "校园 Password 2026", "绿色 Campus 2026"
ADMINISTRATOR = Session("os:root", "root", Role.ADMINISTRATOR, "desk-1")
OPERATORS, LEADERS = "CN=值班员,OU=Groups,DC=campus,DC=example", "CN=Leaders,OU=Groups,DC=campus,DC=example"
ROLES = {"Leaders": Role.SHIFT_LEADER, OPERATORS: Role.OPERATOR}
WANG = Entry(
    "wang@campus.example", PASSWORD, {"displayName": ("王晓明",), "memberOf": (OPERATORS, "CN=Staff,DC=x")}
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_certificate(tmp_path_factory.mktemp("tls"), "127.0.0.1", datetime.now(UTC))


@pytest.fixture
def serve(certificate: Path) -> Iterator[Callable[..., LdapServer]]:
    servers: list[LdapServer] = []

    def start(*entries: Entry, **how: object) -> LdapServer:
        servers.append(LdapServer(certificate, entries or (WANG,), **how))  # type: ignore[arg-type]
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def directory(server: LdapServer, scheme: str = "ldaps", **more: object) -> LdapDirectory:
    place = DirectoryPlace(
        f"{scheme}://127.0.0.1:{server.port}", "{name}@campus.example", "DC=campus,DC=example", ROLES,
        ca=server.certificate,
    )  # fmt: skip
    return LdapDirectory(replace(place, **more))  # type: ignore[arg-type]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "record.db", clock) as database:
        Accounts(database, clock, passwords=QUICK).create(
            ADMINISTRATOR, "glass", "应急", Role.ADMINISTRATOR, LOCAL
        )
        yield database


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as refused:
        work()
    return refused.value.code


@pytest.mark.parametrize(("scheme", "is_first"), [("ldaps", True), ("ldap", False)])
def test_the_password_goes_over_tls_only(
    serve: Callable[..., LdapServer], scheme: str, is_first: bool
) -> None:
    server = serve(speaks_tls_first=is_first)

    assert directory(server, scheme).look_up("wang", PASSWORD) == Person("王晓明", Role.OPERATOR)
    assert [is_secret for what, is_secret in server.heard if what in ("bindRequest", "searchRequest")] == [
        True,
        True,
    ]


def test_a_server_without_tls_is_told_nothing(
    serve: Callable[..., LdapServer], expected_log: Callable[..., None]
) -> None:
    expected_log("directory.unreachable")
    server = serve(speaks_tls_first=False, knows_start_tls=False)

    assert (
        refusal(lambda: directory(server, "ldap").look_up("wang", PASSWORD))
        == "identity.directory_unreachable"
    )
    assert "bindRequest" not in [what for what, _ in server.heard]


@pytest.mark.parametrize(
    ("scheme", "refers_at", "code"),
    [
        ("ldaps", "searchRequest", "directory_refers"),
        ("ldaps", "bindRequest", "directory_refers"),
        ("ldap", "extendedReq", "directory_unreachable"),
    ],
)
def test_a_server_that_refers_to_another_gets_the_password_no_further(
    serve: Callable[..., LdapServer],
    expected_log: Callable[..., None],
    scheme: str,
    refers_at: str,
    code: str,
) -> None:
    expected_log(code.replace("_", "."))
    other = serve()
    server = serve(
        refers_to=f"ldaps://127.0.0.1:{other.port}/DC=campus,DC=example",
        refers_at=refers_at,
        speaks_tls_first=scheme == "ldaps",
    )

    found = directory(server, scheme)
    assert refusal(lambda: found.look_up("wang", PASSWORD)) == f"identity.{code}"
    assert refers_at in [what for what, _ in server.heard]
    assert other.heard == []


def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(
    serve: Callable[..., LdapServer], tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("directory.unreachable")
    server = serve()
    other = own_certificate(tmp_path, "127.0.0.1", datetime.now(UTC))

    for ca in (other, None):
        found = directory(server, ca=ca)
        assert (
            refusal(lambda found=found: found.look_up("wang", PASSWORD)) == "identity.directory_unreachable"
        )
    assert server.heard == []


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x30\x05\x02\x01\x01\xff\x00" * 9])
def test_a_server_that_speaks_something_else_is_unreachable(
    serve: Callable[..., LdapServer], expected_log: Callable[..., None], said: bytes
) -> None:
    expected_log("directory.unreachable")
    found = directory(serve(says_instead=said))

    assert refusal(lambda: found.look_up("wang", PASSWORD)) == "identity.directory_unreachable"


# The library drops the socket of a server that it does not trust, and leaves its end to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_that_shows_the_certificate_of_another_is_told_nothing(
    serve: Callable[..., LdapServer], expected_log: Callable[..., None]
) -> None:
    """The certificate is 127.0.0.1's; the name that was asked for is another."""
    expected_log("directory.unreachable")
    server = serve()
    found = directory(server, url=f"ldaps://localhost:{server.port}")

    assert refusal(lambda: found.look_up("wang", PASSWORD)) == "identity.directory_unreachable"
    gc.collect()
    assert server.heard == []


@pytest.mark.parametrize(
    ("name", "password"),
    [("wang", ""), ("wang", "wrong"), ("li", PASSWORD), ("", PASSWORD), ("*", PASSWORD),
     ("wang,dc=x", PASSWORD), ("wang)(uid=*", PASSWORD), ("wang@other", PASSWORD), ("w" * 65, PASSWORD)],
)  # fmt: skip
def test_a_wrong_name_or_password_is_nobody(
    serve: Callable[..., LdapServer], name: str, password: str
) -> None:
    """Without a password the server would say yes: RFC 4513 5.1.2."""
    assert directory(serve()).look_up(name, password) is None


def test_a_directory_that_is_ill_is_no_wrong_password(
    serve: Callable[..., LdapServer], expected_log: Callable[..., None]
) -> None:
    expected_log("directory.unreachable")
    ill = directory(serve(bind_result=BUSY))
    assert refusal(lambda: ill.look_up("wang", PASSWORD)) == "identity.directory_unreachable"


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ((OPERATORS,), Role.OPERATOR),
        ((OPERATORS.lower(),), Role.OPERATOR),
        ((OPERATORS, LEADERS), Role.SHIFT_LEADER),
        (("CN=值班员,OU=Other,DC=campus,DC=example",), None),
        ((), None),
    ],
)
def test_the_first_group_of_the_settings_that_fits_gives_the_role(
    serve: Callable[..., LdapServer], groups: tuple[str, ...], role: Role | None
) -> None:
    server = serve(replace(WANG, attributes={"cn": ("Wang",), "memberOf": groups}))
    assert directory(server).look_up("wang", PASSWORD) == Person("Wang", role)


def test_who_comes_by_the_directory_becomes_a_user_and_follows_its_groups(
    serve: Callable[..., LdapServer], database: Database, clock: ManualClock
) -> None:
    first = Accounts(database, clock, directory(serve()), passwords=QUICK)
    assert first.log_in("wang", PASSWORD, "seat-1").role is Role.OPERATOR
    moved = serve(replace(WANG, attributes={"displayName": ("王班长",), "memberOf": (LEADERS,)}))
    later = Accounts(database, clock, directory(moved), passwords=QUICK)
    session = later.log_in("wang", PASSWORD, "seat-1")

    assert (session.display_name, session.role) == ("王班长", Role.SHIFT_LEADER)
    assert [one.user.name for one in later.all(ADMINISTRATOR)] == ["glass", "wang"]
    assert (
        refusal(lambda: Accounts(database, clock, passwords=QUICK).log_in("wang", PASSWORD, "s"))
        == "identity.wrong_password"
    )


def test_a_local_user_comes_in_when_the_directory_is_away_and_is_never_asked_for_there(
    database: Database, clock: ManualClock, certificate: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("directory.unreachable")
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    place = DirectoryPlace(f"ldaps://127.0.0.1:{port}", "{name}@x", "DC=x", ROLES, ca=certificate)
    accounts = Accounts(database, clock, LdapDirectory(place), passwords=QUICK)

    assert accounts.log_in("glass", LOCAL, "seat-1").role is Role.ADMINISTRATOR
    assert refusal(lambda: accounts.log_in("wang", PASSWORD, "s")) == "identity.directory_unreachable"


def test_a_local_user_of_the_same_name_is_not_the_directorys(
    serve: Callable[..., LdapServer], database: Database, clock: ManualClock
) -> None:
    Accounts(database, clock, passwords=QUICK).create(ADMINISTRATOR, "wang", "另一个", Role.SUPERVISOR, LOCAL)
    accounts = Accounts(database, clock, directory(serve()), passwords=QUICK)
    assert refusal(lambda: accounts.log_in("wang", PASSWORD, "s")) == "identity.wrong_password"
    assert accounts.log_in("wang", LOCAL, "s").role is Role.SUPERVISOR


def test_wrong_tries_lock_and_a_locked_name_is_not_even_asked_for(
    serve: Callable[..., LdapServer], database: Database, clock: ManualClock
) -> None:
    server = serve()
    accounts = Accounts(database, clock, directory(server), passwords=QUICK)
    accounts.log_in("wang", PASSWORD, "s")
    for _ in range(5):
        assert refusal(lambda: accounts.log_in("wang", "wrong", "s")) == "identity.wrong_password"
    asked = len(server.heard)
    assert refusal(lambda: accounts.log_in("wang", PASSWORD, "s")) == "identity.locked"
    assert len(server.heard) == asked
    clock.advance(61)
    accounts.log_in("wang", PASSWORD, "s")


def test_who_was_deactivated_here_stays_out_and_who_is_in_no_group_never_comes_in(
    serve: Callable[..., LdapServer], database: Database, clock: ManualClock
) -> None:
    accounts = Accounts(database, clock, directory(serve()), passwords=QUICK)
    accounts.log_in("wang", PASSWORD, "s")
    accounts.deactivate(ADMINISTRATOR, "wang")
    assert refusal(lambda: accounts.log_in("wang", PASSWORD, "s")) == "identity.deactivated"
    nobody = Accounts(
        database, clock, directory(serve(replace(WANG, attributes={"cn": ("Wang",)}))), passwords=QUICK
    )
    assert refusal(lambda: nobody.log_in("wang", PASSWORD, "s")) == "identity.no_group"


class AnyCase:
    """As Active Directory: names do not differ by case."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def look_up(self, name: str, password: str) -> Person | None:
        self.asked.append(name)
        is_right = name.lower() in ("wang", "glass") and password == PASSWORD
        return Person("王晓明", Role.SHIFT_LEADER) if is_right else None


def test_a_name_of_the_directory_is_one_user_however_it_is_typed(
    database: Database, clock: ManualClock
) -> None:
    accounts = Accounts(database, clock, AnyCase(), passwords=QUICK)
    assert accounts.log_in("Wang", PASSWORD, "s").user == "wang"
    assert accounts.log_in("WANG", PASSWORD, "s").user == "wang"
    assert [one.user.name for one in accounts.all(ADMINISTRATOR)] == ["glass", "wang"]

    accounts.deactivate(ADMINISTRATOR, "wang")
    assert refusal(lambda: accounts.log_in("WANG", PASSWORD, "s")) == "identity.deactivated"


@pytest.mark.parametrize("is_known", [True, False])
def test_wrong_tries_of_a_directory_name_count_together_however_it_is_typed(
    database: Database, clock: ManualClock, is_known: bool
) -> None:
    """Also of one that has never come in."""
    directory = AnyCase()
    accounts = Accounts(database, clock, directory, passwords=QUICK)
    if is_known:
        accounts.log_in("wang", PASSWORD, "s")
    for typed in ("wang", "Wang", "WANG", "wAng", "waNg"):
        assert refusal(lambda typed=typed: accounts.log_in(typed, "wrong", "s")) == "identity.wrong_password"
    asked = len(directory.asked)
    assert refusal(lambda: accounts.log_in("wanG", PASSWORD, "s")) == "identity.locked"
    assert len(directory.asked) == asked

    clock.advance(61)
    assert accounts.log_in("wanG", PASSWORD, "s").user == "wang"


def test_a_name_like_a_local_users_but_for_its_case_is_never_asked_for(
    database: Database, clock: ManualClock
) -> None:
    directory = AnyCase()
    accounts = Accounts(database, clock, directory, passwords=QUICK)
    assert refusal(lambda: accounts.log_in("GLASS", PASSWORD, "s")) == "identity.wrong_password"
    assert directory.asked == []


def test_one_person_does_not_sign_a_handover_as_two(database: Database, clock: ManualClock) -> None:
    accounts = Accounts(database, clock, AnyCase(), passwords=QUICK)
    session = accounts.log_in("wang", PASSWORD, "s")
    desk = HandoverDesk(database, clock, accounts)
    desk.prepare(session)
    desk.sign_out(session, "wang", PASSWORD, desk.present().items)
    assert (
        refusal(lambda: desk.sign_in(session, "WANG", PASSWORD, desk.present().items))
        == "handover.same_person"
    )


def test_a_password_of_the_directory_is_not_set_here(
    serve: Callable[..., LdapServer], database: Database, clock: ManualClock
) -> None:
    accounts = Accounts(database, clock, directory(serve()), passwords=QUICK)
    session = accounts.log_in("wang", PASSWORD, "s")
    assert (
        refusal(lambda: accounts.change_own_password(session, PASSWORD, LOCAL))
        == "identity.password_elsewhere"
    )
    assert (
        refusal(lambda: accounts.set_password(ADMINISTRATOR, "wang", LOCAL)) == "identity.password_elsewhere"
    )


GOOD = {
    "ldap_url": "ldaps://dc.example", "ldap_bind": "{name}@x", "ldap_base": "DC=x",
    "ldap_roles": {"G": "operator"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ldap_url": "http://dc.example"}, "ldap_url"),
        ({"ldap_url": "ldaps://"}, "ldap_url"),
        ({"ldap_bind": "wang@x"}, "ldap_bind"),
        ({"ldap_base": ""}, "ldap_base"),
        ({"ldap_roles": {}}, "ldap_roles"),
        ({"ldap_roles": {"G": "guard"}}, "ldap_roles"),
        ({"ldap_roles": {"G": "king"}}, "ldap_roles"),
    ],
)
def test_wrong_settings_are_told_to_who_comes_by_the_directory_and_keep_no_local_user_out(
    database: Database,
    clock: ManualClock,
    change: dict[str, object],
    field: str,
    expected_log: Callable[..., None],
) -> None:
    expected_log("directory.settings")
    found = directory_of(Settings(**{**GOOD, **change}))
    accounts = Accounts(database, clock, found, passwords=QUICK)
    with pytest.raises(ServiceError) as refused:
        accounts.log_in("wang", PASSWORD, "s")
    assert (refused.value.code, refused.value.params["field"]) == ("identity.directory_settings", field)
    assert accounts.log_in("glass", LOCAL, "s").user == "glass"


def test_without_settings_there_is_no_directory() -> None:
    assert directory_of(Settings()) is None
    assert isinstance(directory_of(Settings(**GOOD)), LdapDirectory)  # type: ignore[arg-type]
