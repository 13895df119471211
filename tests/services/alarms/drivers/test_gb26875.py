"""GB/T 26875.3 by the standard's example frames, byte by byte, and by hypothesis.

Expected values are read out of the frames by hand: offsets of table 1, low byte first. The examples say
"smoke detector, zone 10, position 2, fire, 26 September 2012, 9:58:02" and so on; Beijing time is UTC+8.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from services.alarms.drivers import gb26875_units as units
from services.alarms.drivers import gb26875_words as words
from services.alarms.drivers.base import PanelKeys, Received
from services.alarms.drivers.gb26875 import Gb26875
from services.alarms.drivers.gb26875_frame import Command, Frame, Framer, answer, pack
from services.alarms.drivers.gb26875_units import UnitType, read_unit
from services.domain.alarms import Qualifier, Signal

# 35 s after the examples' minute: what the standard's confirmations carry.
NOW = datetime(2012, 9, 26, 1, 58, 35, tzinfo=UTC)
EVENT_AT = datetime(2012, 9, 26, 1, 58, 2, tzinfo=UTC)
SENT_AT = datetime(2012, 9, 26, 1, 58, 32, tzinfo=UTC)
# The examples' device and centre: 79 03 00 00 00 00 and 38 5B 01 00 00 00, low byte first.
DEVICE = 0x379
CENTRE = 0x15B38
ACCOUNT = "000000000379"

FIRE = bytes.fromhex(
    "404001000101203A091A090C790300000000385B0100000030000202010101280A000200020020202020202020202020"
    "202020202020202020202020202020202020202000023A091A090C462323"
)
CONFIRM = bytes.fromhex("404001000101233A091A090C385B01000000790300000000000003AB2323")
DENY = bytes.fromhex("404001000101233A091A090C385B01000000790300000000000006AE2323")
MAIN_POWER = bytes.fromhex("404001000101203A091A090C790300000000385B01000000090002150108023A091A090C422323")
DUTY_ANSWER = bytes.fromhex(
    "404001000101203A091A090C790300000000385B010000000A000218012001023A091A090C5F2323"
)
VERSION = bytes.fromhex("404001000101203A091A090C790300000000385B0100000004000219010101C72323")
TIME = bytes.fromhex("404001000101203A091A090C790300000000385B010000000800021C01023A091A090C402323")
READ_STATE = bytes.fromhex("404001000101203A091A090C385B01000000790300000000030004510100FE2323")
STATE_ANSWER = bytes.fromhex("404001000101203A091A090C790300000000385B01000000090005150108023A091A090C452323")
INITIALISE = bytes.fromhex("404001000101203A091A090C385B01000000790300000000030001590100032323")
SET_CLOCK = bytes.fromhex("404001000101203A091A090C385B010000007903000000000800015A01023A091A090C7D2323")
DUTY_CHECK = bytes.fromhex("404001000101203A091A090C385B010000007903000000000300015B010A0F2323")
EXAMPLES = (
    FIRE,
    CONFIRM,
    DENY,
    MAIN_POWER,
    DUTY_ANSWER,
    VERSION,
    TIME,
    READ_STATE,
    STATE_ANSWER,
    INITIALISE,
    SET_CLOCK,
    DUTY_CHECK,
)
UPWARD = (FIRE, MAIN_POWER, DUTY_ANSWER, VERSION, TIME)


def read(data: bytes, at: datetime = NOW) -> list[Received]:
    return Gb26875(PanelKeys(lambda _account: None, lambda _account: False)).converse().feed(data, at)


def signals(data: bytes) -> tuple[Signal, ...]:
    (received,) = read(data)
    return received.signals


def sent(unit: bytes, serial: int = 7, command: int = Command.SEND) -> bytes:
    return pack(Frame(serial, (1, 1), SENT_AT, DEVICE, CENTRE, command, unit))


@pytest.mark.parametrize("frame", EXAMPLES)
def test_an_example_is_as_long_and_sums_up_as_the_standard_says(frame: bytes) -> None:
    assert frame[:2] == b"@@"
    assert frame[-2:] == b"##"
    assert len(frame) == 30 + frame[24] + 256 * frame[25]
    assert sum(frame[2:-3]) % 256 == frame[-3]


@pytest.mark.parametrize("frame", EXAMPLES)
def test_an_example_is_read_with_its_addresses_and_written_again_byte_for_byte(frame: bytes) -> None:
    (found,) = Framer().feed(frame)
    assert (found.serial, found.version, found.command, found.unit) == (1, (1, 1), frame[26], frame[27:-3])
    assert {found.source, found.destination} == {DEVICE, CENTRE}
    assert found.sent_at == (NOW if frame in (CONFIRM, DENY) else SENT_AT)
    assert found.is_intact
    assert pack(found) == frame


def test_the_smoke_detector_of_the_standard_is_a_fire_in_zone_10_position_2() -> None:
    state, fire = signals(FIRE)
    assert (fire.account, fire.code, fire.point) == (ACCOUNT, "gb26875:fire", "1.1.10.2")
    assert (fire.qualifier, fire.occurred_at, fire.sent_at) == (Qualifier.NEW, EVENT_AT, SENT_AT)
    assert fire.text == "感烟火灾探测器"
    assert (state.code, state.qualifier, state.holds) == (words.STATE, Qualifier.RESTORE, (words.FIRE,))


def test_a_fire_whose_test_bit_says_test_is_a_fire_with_a_mark() -> None:
    """State 02 00: bit 1 fire, bit 0 zero. Real devices send their fires so."""
    assert FIRE[36:38] == b"\x02\x00"
    fire = signals(FIRE)[1]
    assert (fire.code, fire.has_test_bit) == (words.FIRE, True)
    unit = FIRE[27:-3].replace(b"\x02\x00\x02\x00 ", b"\x02\x00\x03\x00 ")
    normal = signals(sent(unit))[1]
    assert (normal.code, normal.has_test_bit) == (words.FIRE, False)


@pytest.mark.parametrize("frame", UPWARD)
def test_what_a_device_sends_is_confirmed_with_its_own_serial_and_the_addresses_exchanged(
    frame: bytes,
) -> None:
    (received,) = read(frame)
    assert (received.account, received.answer) == (ACCOUNT, CONFIRM)


def test_what_was_asked_for_goes_on_and_raises_nothing_twice() -> None:
    state, fire = signals(sent(FIRE[27:-3], command=Command.ANSWER))
    assert (state.qualifier, fire.qualifier) == (Qualifier.RESTORE, Qualifier.STILL)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("04 01 01 01 04 01 1F 1E 0E 18 0B 1A", "gb26875:manual_alarm"),
        ("18 01 20 01 1F 1E 0E 18 0B 1A", words.DUTY_ANSWER),
    ],
)
def test_a_record_of_what_was_once_done_is_an_event_only_when_it_is_sent(unit: str, code: str) -> None:
    """Bit 2 of an operation is a manual alarm, bit 5 of a device's the key of a duty check."""
    assert [signal.code for signal in signals(sent(bytes.fromhex(unit)))] == [code]
    assert signals(sent(bytes.fromhex(unit), command=Command.ANSWER)) == ()


def test_a_wrong_checksum_is_denied_and_proves_nothing() -> None:
    damaged = bytearray(FIRE)
    damaged[45] ^= 1
    (received,) = read(bytes(damaged))
    assert received.answer == DENY
    assert (received.account, received.signals, received.frame) == ("", (), None)


def test_a_damaged_answer_is_not_answered() -> None:
    damaged = CONFIRM[:-3] + b"\x00" + CONFIRM[-2:]
    assert read(damaged) == [Received()]


def test_the_device_reports_its_mains_its_duty_answer_its_version_and_its_time() -> None:
    state, mains = signals(MAIN_POWER)
    assert (mains.code, mains.point, mains.occurred_at) == ("gb26875:device_main_power_fault", "", EVENT_AT)
    assert state.holds == ("gb26875:device_main_power_fault",)
    (duty,) = signals(DUTY_ANSWER)
    assert (duty.code, duty.text, duty.occurred_at) == (words.DUTY_ANSWER, "#1", EVENT_AT)
    (version,) = signals(VERSION)
    assert (version.code, version.text) == ("gb26875:version", "V1.1")
    (time,) = signals(TIME)
    assert (time.code, time.occurred_at) == ("gb26875:time", EVENT_AT)


def test_an_answer_to_a_question_is_told_but_not_confirmed() -> None:
    (received,) = read(STATE_ANSWER)
    assert received.answer == b""
    assert [s.code for s in received.signals] == [words.STATE, "gb26875:device_main_power_fault"]
    assert received.frame is not None
    assert received.frame.command == Command.ANSWER


def test_an_empty_unit_is_a_sign_of_life() -> None:
    (received,) = read(sent(b""))
    assert (received.account, received.signals) == (ACCOUNT, ())
    assert received.answer[26] == Command.CONFIRM


def test_a_duty_check_from_above_is_an_event_that_is_confirmed() -> None:
    (received,) = read(DUTY_CHECK)
    (signal,) = received.signals
    assert (signal.account, signal.code, signal.text) == ("000000015B38", "gb26875:duty_check", "10 min")
    assert received.answer[26] == Command.CONFIRM


@pytest.mark.parametrize("frame", [INITIALISE, SET_CLOCK, READ_STATE])
def test_nobody_sets_the_centre_or_reads_it_out(frame: bytes) -> None:
    (received,) = read(frame)
    assert received.signals == ()
    assert received.answer[26] == Command.DENY


def test_a_command_byte_that_nobody_knows_is_denied_and_kept() -> None:
    (received,) = read(sent(b"\x01\x02", command=200))
    assert [signal.code for signal in received.signals] == ["gb26875:command_200"]
    assert received.answer[26] == Command.DENY


# Units that the examples do not show; bytes by the tables of 8.2 and 8.3.

AT = bytes((2, 0x3A, 9, 0x1A, 9, 0x0C))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        # system 1 address 1: mains (bit 8) and bus (bit 10) fault, normal
        (
            b"\x01\x01\x01\x01\x01\x05" + AT,
            [
                (words.STATE, "1.1", ""),
                ("gb26875:main_power_fault", "1.1", ""),
                ("gb26875:bus_fault", "1.1", ""),
            ],
        ),
        # sprinkler system 12, pressure switch 99, zone 3, position 258: 123 x 0.1 kPa
        (
            b"\x03\x01\x0c\x02\x63\x03\x00\x02\x01\x05\x7b\x00" + AT,
            [("gb26875:analogue", "12.2.3.258", "压力开关 12.3 kPa")],
        ),
        # heat detector 30: -15 x 0.1 degrees
        (
            b"\x03\x01\x01\x01\x1e\x01\x00\x01\x00\x03\xf1\xff" + AT,
            [("gb26875:analogue", "1.1.1.1", "感温火灾探测器 -1.5 ℃")],
        ),
        # fire alarm system: silenced (bit 1) and confirmed (bit 5) by operator 4
        (
            b"\x04\x01\x01\x01\x22\x04" + AT,
            [
                ("gb26875:operated_silence", "1.1", "#4"),
                ("gb26875:operated_confirm", "1.1", "#4"),
            ],
        ),
        (b"\x05\x01\x01\x01\x02\x09", [("gb26875:version", "1.1", "V2.9")]),
        (b"\x06\x01\x01\x01\x04" + "主机".encode("gb18030"), [("gb26875:configuration", "1.1", "主机")]),
        (
            b"\x07\x01\x01\x01\x17\x01\x00\x05\x00" + "三层楼梯口".encode("gb18030").ljust(31, b"\0"),
            [("gb26875:configuration", "1.1.1.5", "手动火灾报警按钮 三层楼梯口")],
        ),
        (b"\x08\x01\x01\x01" + AT, [("gb26875:time", "1.1", "")]),
        # the button "manual alarm" (bit 2) of the transmission device
        (b"\x18\x01\x04\x09" + AT, [("gb26875:manual_alarm", "", "#9")]),
        (b"\x1a\x01\x04" + "装置".encode("gb18030"), [("gb26875:configuration", "", "装置")]),
    ],
)
def test_every_upward_type_is_understood(unit: bytes, expected: list[tuple[str, str, str]]) -> None:
    assert [(report.code, report.point, report.text) for report in read_unit(unit)] == expected


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (b"\x1b\x01\x00", "gb26875:type_27"),  # reserved
        (b"\xc8\x01abc", "gb26875:type_200"),  # a maker's own
        (b"\x02\x01\x01\x01", "gb26875:type_2"),  # cut off
        (b"\x02\x00", "gb26875:type_2"),  # no object at all
        (b"\x02", "gb26875:type_2"),
    ],
)
def test_what_is_not_understood_is_kept_and_confirmed_never_dropped(unit: bytes, code: str) -> None:
    (received,) = read(sent(unit))
    assert [signal.code for signal in received.signals] == [code]
    assert unit[2:].hex().upper() in received.signals[0].raw
    assert received.answer[26] == Command.CONFIRM


def test_a_cut_off_object_does_not_cost_those_before_it() -> None:
    unit = b"\x04\x02\x01\x01\x01\x04" + AT + b"\x01\x01"
    assert [report.code for report in read_unit(unit)] == ["gb26875:operated_reset", "gb26875:type_4"]


def test_a_note_is_gb18030_and_its_control_signs_are_harmless() -> None:
    note = "实验楼Ａ座㐀".encode("gb18030") + b"\x07"
    unit = FIRE[27:29] + FIRE[29:38] + note.ljust(31, b" ") + AT
    assert signals(sent(unit))[1].text == "感烟火灾探测器 实验楼Ａ座㐀\ufffd"


def test_a_clock_that_shows_no_date_costs_no_fire() -> None:
    unit = FIRE[27:-9] + b"\xff" * 6
    fire = signals(pack(Frame(1, (1, 1), None, DEVICE, CENTRE, Command.SEND, unit)))[1]
    assert (fire.code, fire.occurred_at, fire.sent_at) == (words.FIRE, None, None)


# What a centre sends


def test_the_centres_commands_are_those_of_the_standard_byte_for_byte() -> None:
    def command(kind: Command, unit: bytes) -> bytes:
        return pack(Frame(1, (1, 1), SENT_AT, CENTRE, DEVICE, kind, unit))

    assert command(Command.REQUEST, units.read_request(UnitType.READ_DEVICE_STATE)) == READ_STATE
    assert command(Command.CONTROL, units.initialise()) == INITIALISE
    assert command(Command.CONTROL, units.synchronise_clock(EVENT_AT)) == SET_CLOCK
    assert command(Command.CONTROL, units.duty_check(10)) == DUTY_CHECK
    (received,) = Framer().feed(MAIN_POWER)
    assert answer(received, Command.CONFIRM, NOW) == CONFIRM
    assert answer(received, Command.DENY, NOW) == DENY


@pytest.mark.parametrize(
    ("kind", "point", "unit"),
    [
        (UnitType.READ_SYSTEM_STATE, "1.2", "3D010102"),
        (UnitType.READ_COMPONENT_STATE, "1.2.10.258", "3E0101020A000201"),
        (UnitType.READ_ANALOGUE, "1.2.10.258", "3F0101020A000201"),
        (UnitType.READ_OPERATION, "1.2", "4001010264023A091A090C"),
        (UnitType.READ_SYSTEM_VERSION, "1.2", "41010102"),
        (UnitType.READ_SYSTEM_CONFIGURATION, "1.2", "42010102"),
        (UnitType.READ_COMPONENT_CONFIGURATION, "1.2.10.258", "430101020A000201"),
        (UnitType.READ_SYSTEM_TIME, "1.2", "44010102"),
        (UnitType.READ_DEVICE_OPERATION, "", "540164023A091A090C"),
        (UnitType.READ_DEVICE_VERSION, "", "550100"),
        (UnitType.READ_DEVICE_CONFIGURATION, "", "560100"),
        (UnitType.READ_DEVICE_TIME, "", "580100"),
    ],
)
def test_every_question_is_laid_out_as_the_standard_says(kind: UnitType, point: str, unit: str) -> None:
    assert units.read_request(kind, point, EVENT_AT, 100).hex().upper() == unit


# Repeats


def test_a_retry_has_the_fingerprints_of_the_first_even_with_a_newer_time() -> None:
    unit = FIRE[27:-3]
    first, retry, other = (
        [s.fingerprint for s in signals(pack(Frame(serial, (1, 1), at, DEVICE, CENTRE, 2, unit)))]
        for serial, at in ((5, SENT_AT), (5, NOW), (6, NOW))
    )
    assert first == retry
    assert len({*first, *other}) == 4


# Hostile bytes


def test_the_end_mark_inside_a_note_ends_nothing() -> None:
    unit = FIRE[27:38] + b"##@@##".ljust(31, b"#") + AT
    frame = sent(unit)
    assert len(read(frame)) == 1
    assert len(read(frame + MAIN_POWER)) == 2


def test_the_longest_frame_is_read_and_a_longer_one_is_none() -> None:
    """1024 bytes of unit: 22 components of 46 bytes are 1014, so a text stands for the rest."""
    longest = sent(b"\x1a\x01\xff" + b"x" * 255 + b"\0" * 766)
    assert len(longest) == 30 + 1024
    assert [s.code for s in signals(longest)] == ["gb26875:configuration", "gb26875:type_26"]
    too_long = bytearray(longest)
    too_long[24:26] = (1025).to_bytes(2, "little")
    assert read(bytes(too_long) + FIRE)[-1].answer == CONFIRM


@pytest.mark.parametrize("noise", [b"@", b"@@@", b"@@\xff\xff", b"\x00#@#", b"@" * 60, b"@@" + bytes(40)])
def test_a_frame_behind_noise_is_read_at_the_latest_with_its_retry(noise: bytes) -> None:
    """A false beginning may claim up to 1024 bytes; the retries of the true frame fill them."""
    received = read(noise + FIRE * 15)
    assert received[0].answer == CONFIRM
    assert len(received) >= 13


@pytest.mark.parametrize("at", range(2, len(FIRE) - 2))
def test_one_wrong_byte_anywhere_is_never_confirmed(at: int) -> None:
    damaged = bytearray(FIRE)
    damaged[at] ^= 0x01
    for received in read(bytes(damaged)):
        assert (received.signals, received.account) == ((), "")
        assert received.answer == b"" or received.answer[26] == Command.DENY


@given(
    st.lists(
        st.sampled_from([b"@", b"#", b"@@", b"\x00", b"\x01\x04", FIRE, FIRE[:20], FIRE[:26]]), max_size=40
    )
)
@effort(max_examples=300)
def test_a_frame_may_begin_wherever_two_signs_and_a_possible_length_stand(pieces: list[bytes]) -> None:
    """As if every byte were tried in turn."""
    data = b"".join(pieces)
    whole = Framer().feed(data)
    framer = Framer()
    assert [frame for byte in data for frame in framer.feed(bytes([byte]))] == whole
    assert all(frame.is_intact for frame in whole) or b"@@" in data
    if pieces and pieces[-1] == FIRE and not set(pieces[:-1]) & {FIRE[:20], FIRE[:26], b"\x00", b"\x01\x04"}:
        assert whole[-1] == Framer().feed(FIRE)[0]


def test_a_run_of_the_signs_that_begin_a_frame_is_not_tried_one_by_one() -> None:
    framer = Framer()
    framer.feed(b"@" * 5_000_000)
    assert len(framer._held) < 30
    # The first may be taken for the middle of a longer frame.
    assert framer.feed(FIRE * 20)


def test_noise_without_end_is_not_kept() -> None:
    framer = Framer()
    framer.feed(b"@#" * 5_000_000)
    assert not framer.is_midframe
    assert len(framer.feed(FIRE)) == 1


PIECES = st.sampled_from([*EXAMPLES, FIRE[:-1], FIRE[:30], b"@@", b"@", b"##", b"@@\xff\xff", MAIN_POWER[2:]])


@effort(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=60)), max_size=8), st.data())
def test_the_same_bytes_split_anywhere_say_the_same(pieces: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(pieces)
    whole = read(stream)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    driver = Gb26875(PanelKeys(lambda _account: None, lambda _account: False))
    conversation, one_by_one = driver.converse(), driver.converse()
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert [r for part in parts for r in conversation.feed(part, NOW)] == whole
    assert [r for byte in stream for r in one_by_one.feed(bytes([byte]), NOW)] == whole


@effort(max_examples=600, deadline=None)
@given(st.integers(0, 255), st.integers(0, 255), st.binary(max_size=400), st.integers(0, 255))
def test_no_unit_whatever_raises_or_is_lost(kind: int, count: int, rest: bytes, command: int) -> None:
    unit = bytes((kind, count)) + rest
    for received in read(sent(unit, command=command)):
        for signal in received.signals:
            assert "\x00" not in signal.raw + signal.text
        if command == Command.SEND:
            assert received.signals
            assert received.answer[26] == Command.CONFIRM


@effort(max_examples=200, deadline=None)
@given(
    st.integers(0, 0xFFFF),
    st.integers(0, 2**48 - 1),
    st.datetimes(datetime(2000, 1, 2), datetime(2255, 12, 30)),
    st.binary(max_size=1024),
)
def test_what_is_packed_is_read_again(serial: int, address: int, at: datetime, unit: bytes) -> None:
    frame = Frame(serial, (1, 9), at.replace(microsecond=0, tzinfo=UTC), address, CENTRE, 2, unit)
    assert Framer().feed(pack(frame)) == [frame]
    assert timedelta() == frame.sent_at - at.replace(microsecond=0, tzinfo=UTC)  # type: ignore[operator]
