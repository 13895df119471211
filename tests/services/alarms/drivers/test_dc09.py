r"""DC-09 by golden frames, by foreign encoders (siadc09, my-dc09-spt) and by hypothesis.

Golden frames from published captures; the CRC of each was computed by hand with polynomial 0xA001.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from my_dc09_spt.msg.dc03_msg import dc03_msg
from my_dc09_spt.msg.dc05_msg import dc05_msg
from my_dc09_spt.msg.dc09_msg import dc09_msg
from siadc09 import message as oracle
from siadc09.account import Account
from siadc09.xdata import Data
from structlog.testing import capture_logs

from services.alarms.drivers import wire
from services.alarms.drivers.base import PanelKeys, Received
from services.alarms.drivers.dc09 import PLAIN_REFUSED, UNDECIPHERABLE, Dc09
from services.alarms.drivers.frame import Content, Header, build
from services.domain.alarms import Qualifier

NOW = datetime.now(UTC).replace(microsecond=0)
KEYS = {"1002": bytes(range(16)), "1024": bytes(range(24)), "1032": bytes(range(32))}

HENG_BO = b'\n02130047"HENG-BO"0000R1234L6789#000000[#000000|3400 00 000]_17:15:29,12-09-2015\r'
NULL = b'\n93B30031"NULL"0000R1234L6789#000000[]_17:24:14,12-09-2015\r'
ACK = b'\nF0550030"ACK"0000R1234L6789#000000[]_17:27:09,12-09-2015\r'
SIA = b'\n8C860043"SIA-DCS"9876R579BDFL789ABC#123456A[#123456A|NFA129][M1234567890AB]\r'


def driver() -> Dc09:
    return Dc09(PanelKeys(KEYS.get, lambda account: account in KEYS))


def read(data: bytes, at: datetime = NOW) -> list[Received]:
    return driver().converse().feed(data, at)


def framed(body: str | bytes) -> bytes:
    return wire.pack(body if isinstance(body, bytes) else body.encode())


def test_the_golden_frames_have_right_lengths_and_checksums() -> None:
    for frame in (HENG_BO, NULL, ACK, SIA):
        assert wire.pack(frame[9:-1]) == frame


def test_heng_bo_is_contact_id_by_another_name() -> None:
    (received,) = read(HENG_BO)
    (signal,) = received.signals
    assert (signal.account, signal.code, signal.zone) == ("000000", "400", 0)
    assert signal.qualifier is Qualifier.RESTORE
    assert signal.occurred_at == datetime(2015, 12, 9, 17, 15, 29, tzinfo=UTC)


def test_a_poll_is_acknowledged_with_its_own_header_and_says_nothing_else() -> None:
    (received,) = read(NULL, datetime(2015, 12, 9, 17, 27, 9, tzinfo=UTC))
    assert received.signals == ()
    assert received.account == "000000"
    assert received.answer == ACK


def test_a_missing_receiver_stays_missing_in_the_answer() -> None:
    (received,) = read(framed('"NULL"0007L0#1001[]'))
    assert received.answer[9:].startswith(b'"ACK"0007L0#1001[]')


def test_a_missing_line_is_no_reason_to_lose_an_alarm() -> None:
    (received,) = read(framed('"ADM-CID"0007#1001[#1001|1120 01 001]'))
    assert received.signals[0].code == "120"
    assert received.answer[9:].startswith(b'"ACK"0007#1001[]')


def test_an_event_before_the_first_midnight_of_the_calendar_is_no_reason_to_lose_an_alarm() -> None:
    (received,) = read(framed('"SIA-DCS"0007L0#1001[#1001|Nti23:59/BA1]_00:00:01,01-01-0001'))
    (signal,) = received.signals
    assert (signal.code, signal.occurred_at) == ("BA", datetime(1, 1, 1, 0, 0, 1, tzinfo=UTC))


def test_a_peer_that_repeats_what_is_refused_fills_no_log(expected_log: Callable[..., None]) -> None:
    expected_log("dc09.syntax", "dc09.clock_refused", "dc09.id_not_understood")
    dc09 = driver()
    old = Content("#1002|1120 01 001", "", NOW - timedelta(hours=1))
    bad = [
        framed("no frame at all"),
        framed('"WHO-KNOWS"0001L0#1001[]'),
        build(Header("ADM-CID", True, "0001", "", "L0", "1002"), old, KEYS["1002"]),
    ]
    with capture_logs() as told:
        for seconds in (0, 1, 2, 9):
            dc09.converse().feed(b"".join(bad) * 5, NOW + timedelta(seconds=seconds))
        assert len(told) == 3
        dc09.converse().feed(b"".join(bad) * 5, NOW + timedelta(seconds=10))
        assert len(told) == 6


@pytest.mark.parametrize(
    ("data", "qualifier"),
    [
        ("1120 01 003", Qualifier.NEW),
        ("E120 01 003", Qualifier.NEW),
        ("3120 01 003", Qualifier.RESTORE),
        ("R120 01 003", Qualifier.RESTORE),
        ("6120 01 003", Qualifier.STILL),
    ],
)
def test_contact_id_qualifiers_in_digits_and_letters(data: str, qualifier: Qualifier) -> None:
    (received,) = read(framed(f'"ADM-CID"0001L0#1001[#1001|{data}]'))
    (signal,) = received.signals
    assert (signal.code, signal.partition, signal.zone, signal.qualifier) == ("120", 1, 3, qualifier)


def test_the_sia_golden_frame_reads_as_the_foreign_decoder_reads_it() -> None:
    (received,) = read(SIA)
    (signal,) = received.signals
    foreign = str(oracle.parse_frame(SIA))
    assert "Fire Alarm" in foreign
    assert (signal.account, signal.code, signal.zone) == ("123456A", "FA", 129)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Nri1/BA3", [("BA", 3, 1)]),
        ("Nri12BA003", [("BA", 3, 12)]),
        ("Nti10:20/BA11", [("BA", 11, 0)]),
        ("Nti10:20:30ri2BA11/BR11", [("BA", 11, 2), ("BR", 11, 2)]),
        ("NBA003CL005", [("BA", 3, 0), ("CL", 5, 0)]),
        ("NBA1F", [("BA", 0x1F, 0)]),
        ("NRP", [("RP", 0, 0)]),
        ("NPA1^East gate^", [("PA", 1, 0)]),
    ],
)
def test_sia_blocks(block: str, expected: list[tuple[str, int, int]]) -> None:
    (received,) = read(framed(f'"SIA-DCS"0001L0#1001[#1001|{block}]_10:20:31,11-24-2026'))
    assert [(s.code, s.zone, s.partition) for s in received.signals] == expected


def test_two_events_in_one_frame_are_two_signals_with_fingerprints_of_their_own() -> None:
    (received,) = read(framed('"SIA-DCS"0001L0#1001[#1001|NBA1/BA2]'))
    assert len({signal.fingerprint for signal in received.signals}) == 2


def test_the_time_of_an_event_may_be_yesterday_evening() -> None:
    (received,) = read(framed('"SIA-DCS"0001L0#1001[#1001|Nti23:59:50/BA1]_00:00:05,11-24-2026'))
    assert received.signals[0].occurred_at == datetime(2026, 11, 23, 23, 59, 50, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_text_is_read_in_both_encodings(encoding: str) -> None:
    body = '"SIA-DCS"0001L0#1001[#1001|NBA1^东门|A北围墙]'.encode(encoding)
    (received,) = read(framed(body))
    assert received.signals[0].text == "东门 北围墙"


def test_a_frame_may_mix_both_encodings() -> None:
    """A dialler wraps the panel's GBK text in UTF-8 of its own."""
    body = b'"SIA-DCS"0001L0#1001[#1001|NBA1^' + "东门".encode("gbk") + b"^|A" + "北围墙".encode() + b"]"
    (received,) = read(framed(body))
    assert received.signals[0].text == "东门 北围墙"


@pytest.mark.parametrize("sign", ["裑", "裓", "荾", "芧", "蓔"])
@pytest.mark.parametrize("account", ["1001", "1002"])
def test_a_gbk_sign_whose_second_byte_is_a_bracket_or_bar_cuts_nothing(sign: str, account: str) -> None:
    assert sign.encode("gbk")[1] < 0x80
    data = f"#{account}|NBA1^".encode() + sign.encode("gbk") + b"^]"
    if account == "1002":
        header = Header("SIA-DCS", True, "0001", "", "L0", account)
        time = NOW.strftime("_%H:%M:%S,%m-%d-%Y").encode()
        frame = wire.pack(header.text().encode() + wire.encrypt(KEYS[account], b"|" + data + time))
    else:
        frame = framed(f'"SIA-DCS"0001L0#{account}['.encode() + data)
    (received,) = read(frame)
    assert [(signal.code, signal.text) for signal in received.signals] == [("BA", sign)]


@pytest.mark.parametrize("data", ["#1001|rubbish", "#1001|1120 0Z 001", "", "#1001|N???", "#1001|AHello"])
@pytest.mark.parametrize("kind", ["ADM-CID", "SIA-DCS"])
def test_data_that_cannot_be_read_is_kept_as_an_unknown_event(data: str, kind: str) -> None:
    (received,) = read(framed(f'"{kind}"0001L0#1001[{data}]'))
    assert [signal.code for signal in received.signals] == ["?"]
    assert received.answer[9:14] == b'"ACK"'


def test_an_id_nobody_understands_is_answered_with_duh() -> None:
    (received,) = read(framed('"ACR-SF"0001R1L0#1001[#1001|x]'))
    assert received.signals == ()
    assert received.answer[9:] == b'"DUH"0001R1L0#1001[]\r'


def test_an_answer_is_never_answered() -> None:
    assert read(ACK) == [Received()]


@pytest.mark.parametrize("at", range(1, len(HENG_BO) - 1))
def test_one_wrong_byte_anywhere_is_met_with_silence(at: int) -> None:
    damaged = bytearray(HENG_BO)
    damaged[at] ^= 0x01
    assert [r for r in read(bytes(damaged)) if r.answer or r.signals] == []


def test_a_frame_behind_a_damaged_one_is_still_read() -> None:
    damaged = HENG_BO.replace(b"0047", b"0FFF")
    assert len(read(damaged + NULL)) == 1


def test_rubbish_without_end_is_not_kept() -> None:
    framer = wire.Framer()
    framer.feed(b"\n" + b"x" * 10_000_000)
    assert not framer.is_midframe
    assert framer.feed(NULL) == [NULL[9:-1]]


# Encryption


@pytest.mark.parametrize("account", sorted(KEYS))
def test_a_foreign_dialler_with_a_key_is_read_and_believes_the_answer(account: str) -> None:
    key = KEYS[account]
    foreign = oracle.EventMessage(
        Account(acct=int(account, 16), pref=0, key=key),
        {"idtoken": "ADM-CID", "seqno": 12, "data": Data(f"#{account}|1131 01 011".encode())},
    )
    (received,) = read(foreign.encode(timestamp=NOW))
    (signal,) = received.signals
    assert (signal.account, signal.code, signal.zone) == (account, "131", 11)
    answer = oracle.parse_frame(received.answer, {None: key})
    assert (answer.idtoken, answer.seq, answer.encrypted, answer.timestamp) == ("ACK", 12, True, NOW)


# This dialler knows keys of 128 and 256 bits.
@pytest.mark.parametrize("account", ["1002", "1032"])
def test_my_dc09_spt_with_a_key_is_read_in_both_languages_and_believes_the_answer(account: str) -> None:
    foreign = dc09_msg(account, KEYS[account], 1, 0)
    cid = foreign.dc09block(7, "ADM-CID", dc05_msg.dc05event(account, {"code": 131, "zone": 11, "area": 1}))
    sia = foreign.dc09block(8, "SIA-DCS", dc03_msg.dc03event(account, {"code": "BA", "zone": 11, "area": 1}))
    poll = foreign.dc09block(0)
    results = read((cid + sia + poll).encode(), datetime.now(UTC))
    assert [[(s.code, s.zone) for s in r.signals] for r in results] == [[("131", 11)], [("BA", 11)], []]
    for number, result in zip((7, 8, 0), results, strict=True):
        assert foreign.dc09answer(number, result.answer.decode())[0] == "ACK"


@pytest.mark.parametrize(
    ("behind_s", "is_accepted"),
    [(0, True), (40, True), (42, False), (-20, True), (-21, False), (86400, False)],
)
def test_an_encrypted_frame_must_be_from_now(behind_s: int, is_accepted: bool) -> None:
    foreign = oracle.EventMessage(
        Account(acct=0x1002, pref=0, key=KEYS["1002"]),
        {"idtoken": "ADM-CID", "seqno": 1, "data": Data(b"#1002|1131 01 011")},
    )
    (received,) = read(foreign.encode(timestamp=NOW - timedelta(seconds=behind_s)))
    assert bool(received.signals) is is_accepted
    answer = oracle.parse_frame(received.answer, {None: KEYS["1002"]})
    assert answer.idtoken == ("ACK" if is_accepted else "NAK")
    assert answer.timestamp == NOW


def test_a_plain_frame_with_a_wrong_clock_is_accepted() -> None:
    (received,) = read(framed('"ADM-CID"0001L0#1001[#1001|1120 01 001]_00:00:00,01-01-2000'))
    assert received.signals[0].occurred_at == datetime(2000, 1, 1, tzinfo=UTC)


def test_a_plain_frame_from_an_account_with_a_key_gets_no_answer_and_is_reported() -> None:
    (received,) = read(framed('"ADM-CID"0001L0#1002[#1002|1131 01 011]'))
    assert received.answer == b""
    assert received.account == ""
    assert [(s.account, s.code) for s in received.signals] == [("1002", PLAIN_REFUSED)]


def test_a_plain_poll_from_an_account_with_a_key_is_refused_too() -> None:
    (received,) = read(framed('"NULL"0001L0#1002[]'))
    assert (received.answer, received.account) == (b"", "")


def test_an_account_with_a_key_cannot_be_smuggled_in_under_another_header() -> None:
    (received,) = read(framed('"ADM-CID"0001L0#1001[#1002|1131 01 011]'))
    assert received.answer == b""
    assert [(s.account, s.code) for s in received.signals] == [("1002", PLAIN_REFUSED)]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("17:15:29,12-09-2015", datetime(2015, 12, 9, 17, 15, 29, tzinfo=UTC)),
        ("7:5:9,2-9-2016", datetime(2016, 2, 9, 7, 5, 9, tzinfo=UTC)),
        ("24:00:00,12-09-2015", None),
        ("23:59:60,12-31-2016", None),
        ("12:00:00,02-30-2026", None),
        ("12:00:00,12-09-0000", None),
        ("12:00:00,12-09-15", None),
        ("１２:00:00,12-09-2015", None),
    ],
)
def test_a_time_that_is_none_costs_no_alarm(written: str, read_as: datetime | None) -> None:
    (received,) = read(framed(f'"ADM-CID"0001L0#1001[#1001|1131 01 011]_{written}'))
    (signal,) = received.signals
    assert (signal.code, signal.occurred_at) == ("131", read_as)


def test_a_refused_peer_is_reported_once_per_pause() -> None:
    conversation = driver().converse()
    frame = framed('"ADM-CID"0001L0#1002[#1002|1131 01 011]')
    reports = [
        len(conversation.feed(frame, NOW + timedelta(seconds=s))[0].signals) for s in (0, 1, 9, 10, 11)
    ]
    assert reports == [1, 0, 0, 1, 0]


@pytest.mark.parametrize("attempt", range(40))
def test_a_frame_under_the_wrong_key_gets_no_answer_and_is_reported(attempt: int) -> None:
    foreign = dc09_msg("1002", b"%016d" % attempt, 1, 0)
    block = foreign.dc09block(7, "ADM-CID", dc05_msg.dc05event("1002", {"code": 131}))
    (received,) = read(block.encode())
    assert received.answer == b""
    assert [signal.code for signal in received.signals] == [UNDECIPHERABLE]


def test_an_encrypted_frame_without_a_time_gets_no_answer_and_is_reported() -> None:
    header = Header("ADM-CID", True, "0001", "", "L0", "1002")
    (received,) = read(build(header, Content("#1002|1131 01 011", "", None), KEYS["1002"]))
    assert received.answer == b""
    assert [signal.code for signal in received.signals] == [UNDECIPHERABLE]


def test_the_key_and_the_cipher_text_are_in_nothing_that_is_kept() -> None:
    foreign = dc09_msg("1002", KEYS["1002"], 1, 0)
    block = foreign.dc09block(7, "ADM-CID", dc05_msg.dc05event("1002", {"code": 131, "zone": 11}))
    (received,) = read(block.encode(), datetime.now(UTC))
    told = repr(received.signals)
    assert KEYS["1002"].hex() not in told.lower()
    assert '"*ADM-CID"0007R1L0#1002[#1002|1131 00 011]' in received.signals[0].raw


# Repeats


def test_a_retry_has_the_fingerprint_of_the_first_even_with_a_newer_time() -> None:
    first, retry, other = (
        read(framed(f'"ADM-CID"{seq}L0#1001[#1001|1120 01 001]_10:00:{second},11-24-2026'))[0].signals[0]
        for seq, second in (("0005", "01"), ("0005", "09"), ("0006", "09"))
    )
    assert first.fingerprint == retry.fingerprint != other.fingerprint


def test_a_panel_that_does_not_count_is_told_apart_by_its_time() -> None:
    first, again = (
        read(framed(f'"ADM-CID"0000L0#1001[#1001|1120 01 001]_10:00:{second},11-24-2026'))[0].signals[0]
        for second in ("01", "09")
    )
    assert first.fingerprint != again.fingerprint


# Hostile bytes

PIECES = st.sampled_from(
    [HENG_BO, NULL, ACK, SIA, HENG_BO[:-1], b"\n", b"\r", b'\n0000FFFF"', b"\x00\xff", SIA[5:], b"]_|[#"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=60)), max_size=8), st.data())
def test_the_same_bytes_split_anywhere_give_the_same_signals(
    pieces: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(pieces)
    whole = read(stream)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    conversation = driver().converse()
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert [r for part in parts for r in conversation.feed(part, NOW)] == whole
    one_by_one = driver().converse()
    assert [r for byte in stream for r in one_by_one.feed(bytes([byte]), NOW)] == whole


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400))
def test_no_body_whatever_raises(body: bytes) -> None:
    read(framed(body.replace(b"\n", b"").replace(b"\r", b"")))


IDS = st.sampled_from(["ADM-CID", "SIA-DCS", "HENG-BO", "NULL", "*ADM-CID", "*SIA-DCS", "X"])


@settings(max_examples=600, deadline=None)
@given(IDS, st.sampled_from(["1001", "1002", "abc", "0"]), st.text(max_size=80), st.text(max_size=30))
def test_no_data_field_whatever_raises(kind: str, account: str, data: str, rest: str) -> None:
    body = f'"{kind}"0001R1L0#{account}[{data}]{rest}'.replace("\n", "").replace("\r", "")
    for received in read(framed(body.encode("utf-8", "replace"))):
        for signal in received.signals:
            assert "\x00" not in signal.raw + signal.text
            assert 0 <= signal.zone < 2**31


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=96), st.binary(max_size=8))
def test_no_decrypted_content_whatever_raises(content: bytes, tail: bytes) -> None:
    padded = content + b"]" + tail
    hidden = wire.encrypt(KEYS["1002"], padded)
    for received in read(framed(b'"*ADM-CID"0001L0#1002[' + hidden)):
        assert received.answer == b"" or received.answer.startswith(b"\n")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(KEYS)))
def test_what_is_encrypted_can_be_decrypted(content: bytes, account: str) -> None:
    clear = wire.decrypt(KEYS[account], wire.encrypt(KEYS[account], content))
    assert clear is not None
    assert clear.endswith(content)
    assert 16 <= len(clear) - len(content) <= 31
