"""What the numbers of GB/T 26875.3 stand for: states, operations, components, measured values."""

from __future__ import annotations

PREFIX = "gb26875:"
# Says which states of a point hold now, so that all others have ended.
STATE = PREFIX + "state"
FIRE = PREFIX + "fire"
FEEDBACK = PREFIX + "feedback"
STARTED = PREFIX + "started"
DUTY_ANSWER = PREFIX + "device_duty_answer"
# The hub's own word: a device was asked and nobody pressed its key in time.
DUTY_MISSED = PREFIX + "duty_missed"

NORMAL_BIT = 0
# Bit of a state, from 1: code. Bit 0 says normal (1) or test (0), and real devices report a fire with 0.
COMPONENT_STATES = {
    1: FIRE,
    2: PREFIX + "fault",
    3: PREFIX + "shielded",
    4: PREFIX + "supervisory",
    5: STARTED,
    6: FEEDBACK,
    7: PREFIX + "delayed",
    8: PREFIX + "power_fault",
}
SYSTEM_STATES = {
    **{bit: code for bit, code in COMPONENT_STATES.items() if bit < 8},
    8: PREFIX + "main_power_fault",
    9: PREFIX + "backup_power_fault",
    10: PREFIX + "bus_fault",
    11: PREFIX + "manual",
    12: PREFIX + "configuration_changed",
    13: PREFIX + "reset",
}
DEVICE_STATES = {
    1: FIRE,
    2: PREFIX + "device_fault",
    3: PREFIX + "device_main_power_fault",
    4: PREFIX + "device_backup_power_fault",
    5: PREFIX + "device_channel_fault",
    6: PREFIX + "device_line_fault",
}
OPERATIONS = {
    0: PREFIX + "operated_reset",
    1: PREFIX + "operated_silence",
    2: PREFIX + "manual_alarm",
    3: PREFIX + "operated_cleared",
    4: PREFIX + "operated_self_test",
    5: PREFIX + "operated_confirm",
    6: PREFIX + "operated_test",
}
DEVICE_OPERATIONS = {**OPERATIONS, 5: DUTY_ANSWER}


def is_state(code: str) -> bool:
    """Whether `code` is a state, which ends when a later report no longer has it."""
    return code in _STATE_CODES


_STATE_CODES = frozenset((*COMPONENT_STATES.values(), *SYSTEM_STATES.values(), *DEVICE_STATES.values()))

# Unit and size of one step, by analogue type (table 6 of the standard).
ANALOGUES = {
    1: ("件", 1.0),
    2: ("m", 0.01),
    3: ("℃", 0.1),
    4: ("MPa", 0.1),
    5: ("kPa", 0.1),
    6: ("%LEL", 0.1),
    7: ("s", 1.0),
    8: ("V", 0.1),
    9: ("A", 0.1),
    10: ("L/s", 0.1),
    11: ("m³/min", 0.1),
    12: ("m/s", 1.0),
}

COMPONENTS = {
    1: "火灾报警控制器",
    10: "可燃气体探测器",
    16: "电气火灾监控报警器",
    21: "探测回路",
    22: "火灾显示盘",
    23: "手动火灾报警按钮",
    24: "消火栓按钮",
    25: "火灾探测器",
    **dict.fromkeys(range(30, 38), "感温火灾探测器"),
    **dict.fromkeys(range(40, 45), "感烟火灾探测器"),
    **dict.fromkeys(range(50, 54), "复合式火灾探测器"),
    61: "紫外火焰探测器",
    62: "红外火焰探测器",
    69: "感光火灾探测器",
    74: "气体探测器",
    78: "图像型火灾探测器",
    79: "感声火灾探测器",
    81: "气体灭火控制器",
    82: "消防电气控制装置",
    84: "模块",
    85: "输入模块",
    86: "输出模块",
    87: "输入输出模块",
    88: "中继模块",
    91: "消防水泵",
    92: "消防水箱",
    95: "喷淋泵",
    96: "水流指示器",
    97: "信号阀",
    98: "报警阀",
    99: "压力开关",
    101: "阀驱动装置",
    102: "防火门",
    103: "防火阀",
    104: "通风空调",
    105: "泡沫液泵",
    106: "管网电磁阀",
    111: "防烟排烟风机",
    113: "排烟防火阀",
    114: "常闭送风口",
    115: "排烟口",
    116: "电控挡烟垂壁",
    117: "防火卷帘控制器",
    118: "防火门监控器",
    121: "警报装置",
}
