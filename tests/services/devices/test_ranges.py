from __future__ import annotations

import pytest

from services.core.errors import ServiceError
from services.devices.ranges import parse_hosts, parse_ports


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("10.1.2.3", ("10.1.2.3",)),
        ("10.1.2.3-5", ("10.1.2.3", "10.1.2.4", "10.1.2.5")),
        ("10.1.2.254-10.1.3.1", ("10.1.2.254", "10.1.2.255", "10.1.3.0", "10.1.3.1")),
        # /30 holds four addresses, of which the first is the network's and the last the broadcast's.
        ("192.168.1.4/30", ("192.168.1.5", "192.168.1.6")),
        ("192.168.1.4/31", ("192.168.1.4", "192.168.1.5")),
        ("10.0.0.1，10.0.0.1 10.0.0.2", ("10.0.0.1", "10.0.0.2")),
    ],
)
def test_addresses_are_read_as_people_write_them(text: str, hosts: tuple[str, ...]) -> None:
    assert parse_hosts(text) == hosts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scan.bad_range"),
        ("10.1.2", "scan.bad_range"),
        ("10.1.2.9-3", "scan.bad_range"),
        ("10.1.2.3-300", "scan.bad_range"),
        ("2001:db8::/120", "scan.bad_range"),
        ("camera.example", "scan.bad_range"),
        ("10.0.0.0/8", "scan.too_many"),
        ("10.0.0.0/22, 10.9.0.0/29", "scan.too_many"),
    ],
)
def test_what_is_no_range_or_too_wide_is_refused_before_anything_is_sent(text: str, code: str) -> None:
    with pytest.raises(ServiceError) as caught:
        parse_hosts(text)
    assert caught.value.code == code


def test_a_class_b_half_of_1022_hosts_is_allowed() -> None:
    assert len(parse_hosts("10.0.0.0/22")) == 1022


def test_ports_are_read_and_bounded() -> None:
    assert parse_ports("554, 8554") == (554, 8554)
    for text in ("", "0", "70000", "abc", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"):
        with pytest.raises(ServiceError, match=r"scan\.bad_ports"):
            parse_ports(text)
