"""The name of every state, class, role and channel, in the language of the moment."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

from services.domain.alarms import AlarmState, Verdict
from services.domain.arming import ZoneCondition
from services.domain.bookmarks import MarkKind
from services.domain.calls import CallDirection, CallKind, CallOutcome, ReadBackItem
from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import ClockField
from services.domain.devices import HealthState
from services.domain.drill_scores import LineKind, Mark
from services.domain.drills import DrillState
from services.domain.evidence import EvidenceState, Ground
from services.domain.fire_requests import FireOutcome, FireRequestKind, FireRequestState
from services.domain.handovers import ChangeKind, HandoverState, ItemKind, LentState
from services.domain.hands import Hand
from services.domain.incidents import CameBy, Channel, DispatchState, IncidentState, Peril, TargetKind
from services.domain.linkage import ActionKind, OnFail
from services.domain.linkage_runs import Result
from services.domain.motion import Sensitivity
from services.domain.notices import Rung
from services.domain.outputs import Activity, OrderCause, OrderState, OutputAction, OutputMode
from services.domain.people import GuardStatus, Permission, Role
from services.domain.plan_runs import EvidenceKind, PlanRunState, StepState
from services.domain.plan_steps import FieldKind, StepKind
from services.domain.plans import PlanCategory, PlanState, SuggestedBy
from services.domain.recording_days import DaysState, DiskCondition
from services.domain.recording_troubles import GapCause
from services.domain.recordings import Cause, RecordedStream, RecordingMode
from services.domain.reviews import CauseKind, LessonState, ReviewState
from services.domain.signals import OutcomeKind
from services.domain.site import AreaKind, InterlockKind, OutputKind, PanelProtocol, PostKind, ZoneKind
from services.domain.triggers import TriggerKind
from services.domain.video import StreamState
from ui.text.noop import QT_TRANSLATE_NOOP

# Context of the translation file, then the Chinese name by member.
_NAMES: dict[type[Enum], tuple[str, dict[Enum, str]]] = {
    AlarmState: (
        "AlarmState",
        {
            AlarmState.NEW: QT_TRANSLATE_NOOP("AlarmState", "待接警"),
            AlarmState.CLAIMED: QT_TRANSLATE_NOOP("AlarmState", "已接警"),
            AlarmState.VERIFYING: QT_TRANSLATE_NOOP("AlarmState", "核实中"),
            AlarmState.CONFIRMED: QT_TRANSLATE_NOOP("AlarmState", "属实"),
            AlarmState.LINKED: QT_TRANSLATE_NOOP("AlarmState", "已立警情"),
            AlarmState.FALSE: QT_TRANSLATE_NOOP("AlarmState", "误报"),
            AlarmState.TEST: QT_TRANSLATE_NOOP("AlarmState", "测试"),
            AlarmState.DUPLICATE: QT_TRANSLATE_NOOP("AlarmState", "重复"),
            AlarmState.FAULT: QT_TRANSLATE_NOOP("AlarmState", "设备故障"),
            AlarmState.RESET: QT_TRANSLATE_NOOP("AlarmState", "已复位"),
            AlarmState.CLOSED: QT_TRANSLATE_NOOP("AlarmState", "已办结"),
        },
    ),
    HandoverState: (
        "HandoverState",
        {
            HandoverState.PREPARED: QT_TRANSLATE_NOOP("HandoverState", "已准备"),
            HandoverState.OUT_SIGNED: QT_TRANSLATE_NOOP("HandoverState", "交班人已签"),
            HandoverState.IN_SIGNED: QT_TRANSLATE_NOOP("HandoverState", "已接班"),
        },
    ),
    Sensitivity: (
        "Sensitivity",
        {
            Sensitivity.LOW: QT_TRANSLATE_NOOP("Sensitivity", "低：大的移动"),
            Sensitivity.MEDIUM: QT_TRANSLATE_NOOP("Sensitivity", "中：人和车"),
            Sensitivity.HIGH: QT_TRANSLATE_NOOP("Sensitivity", "高：最小的移动"),
        },
    ),
    ItemKind: (
        "ItemKind",
        {
            ItemKind.ALARM: QT_TRANSLATE_NOOP("ItemKind", "未结报警"),
            ItemKind.INCIDENT: QT_TRANSLATE_NOOP("ItemKind", "未结警情"),
            ItemKind.DISPATCH: QT_TRANSLATE_NOOP("ItemKind", "未反馈的派警单"),
            ItemKind.PLAN_RUN: QT_TRANSLATE_NOOP("ItemKind", "执行中的预案"),
            ItemKind.SHELVED: QT_TRANSLATE_NOOP("ItemKind", "搁置的报警"),
            ItemKind.ISOLATED: QT_TRANSLATE_NOOP("ItemKind", "隔离或测试的防区"),
            ItemKind.FAULT: QT_TRANSLATE_NOOP("ItemKind", "设备故障"),
            ItemKind.LENT: QT_TRANSLATE_NOOP("ItemKind", "借出物品"),
            ItemKind.NOTE: QT_TRANSLATE_NOOP("ItemKind", "本班记事"),
        },
    ),
    ChangeKind: (
        "ChangeKind",
        {
            ChangeKind.ADDED: QT_TRANSLATE_NOOP("ChangeKind", "新增"),
            ChangeKind.CHANGED: QT_TRANSLATE_NOOP("ChangeKind", "有变"),
            ChangeKind.GONE: QT_TRANSLATE_NOOP("ChangeKind", "已了结"),
        },
    ),
    LentState: (
        "LentState",
        {
            LentState.LENT: QT_TRANSLATE_NOOP("LentState", "借出"),
            LentState.RETURNED: QT_TRANSLATE_NOOP("LentState", "已归还"),
        },
    ),
    Verdict: (
        "Verdict",
        {
            Verdict.GENUINE: QT_TRANSLATE_NOOP("Verdict", "属实"),
            Verdict.FALSE_REPORT: QT_TRANSLATE_NOOP("Verdict", "误报"),
            Verdict.ACCIDENTAL: QT_TRANSLATE_NOOP("Verdict", "误触"),
            Verdict.TEST: QT_TRANSLATE_NOOP("Verdict", "测试"),
            Verdict.DEVICE_FAULT: QT_TRANSLATE_NOOP("Verdict", "设备故障"),
            Verdict.DUPLICATE: QT_TRANSLATE_NOOP("Verdict", "重复"),
        },
    ),
    AlarmClass: (
        "AlarmClass",
        {
            AlarmClass.PANIC: QT_TRANSLATE_NOOP("AlarmClass", "一键报警"),
            AlarmClass.INTRUSION: QT_TRANSLATE_NOOP("AlarmClass", "入侵报警"),
            AlarmClass.FIRE: QT_TRANSLATE_NOOP("AlarmClass", "火灾报警"),
            AlarmClass.MEDICAL: QT_TRANSLATE_NOOP("AlarmClass", "医疗求助"),
            AlarmClass.FACE: QT_TRANSLATE_NOOP("AlarmClass", "人脸布控"),
            AlarmClass.VEHICLE: QT_TRANSLATE_NOOP("AlarmClass", "车辆布控"),
            AlarmClass.ACCESS: QT_TRANSLATE_NOOP("AlarmClass", "门禁报警"),
            AlarmClass.TAMPER: QT_TRANSLATE_NOOP("AlarmClass", "防拆报警"),
            AlarmClass.VIDEO: QT_TRANSLATE_NOOP("AlarmClass", "视频报警"),
            AlarmClass.DEVICE: QT_TRANSLATE_NOOP("AlarmClass", "设备故障"),
            AlarmClass.COMMS: QT_TRANSLATE_NOOP("AlarmClass", "通信中断"),
            AlarmClass.DUTY: QT_TRANSLATE_NOOP("AlarmClass", "查岗"),
            AlarmClass.TEST: QT_TRANSLATE_NOOP("AlarmClass", "测试信号"),
            AlarmClass.UNKNOWN: QT_TRANSLATE_NOOP("AlarmClass", "未知报警"),
        },
    ),
    FireRequestKind: (
        "FireRequestKind",
        {
            FireRequestKind.DUTY_CHECK: QT_TRANSLATE_NOOP("FireRequestKind", "查岗"),
            FireRequestKind.SET_CLOCK: QT_TRANSLATE_NOOP("FireRequestKind", "校时"),
            FireRequestKind.READ_STATE: QT_TRANSLATE_NOOP("FireRequestKind", "读状态"),
            FireRequestKind.READ_VERSION: QT_TRANSLATE_NOOP("FireRequestKind", "读版本"),
            FireRequestKind.READ_CONFIGURATION: QT_TRANSLATE_NOOP("FireRequestKind", "读配置"),
            FireRequestKind.READ_TIME: QT_TRANSLATE_NOOP("FireRequestKind", "读时间"),
            FireRequestKind.READ_OPERATIONS: QT_TRANSLATE_NOOP("FireRequestKind", "读操作记录"),
            FireRequestKind.READ_SYSTEM_STATE: QT_TRANSLATE_NOOP("FireRequestKind", "读系统状态"),
            FireRequestKind.READ_SYSTEM_OPERATIONS: QT_TRANSLATE_NOOP("FireRequestKind", "读系统操作记录"),
            FireRequestKind.READ_SYSTEM_VERSION: QT_TRANSLATE_NOOP("FireRequestKind", "读系统版本"),
            FireRequestKind.READ_SYSTEM_CONFIGURATION: QT_TRANSLATE_NOOP("FireRequestKind", "读系统配置"),
            FireRequestKind.READ_SYSTEM_TIME: QT_TRANSLATE_NOOP("FireRequestKind", "读系统时间"),
            FireRequestKind.READ_COMPONENT_STATE: QT_TRANSLATE_NOOP("FireRequestKind", "读部件状态"),
            FireRequestKind.READ_COMPONENT_CONFIGURATION: QT_TRANSLATE_NOOP("FireRequestKind", "读部件配置"),
            FireRequestKind.READ_ANALOGUE: QT_TRANSLATE_NOOP("FireRequestKind", "读模拟量"),
            FireRequestKind.INITIALISE: QT_TRANSLATE_NOOP("FireRequestKind", "初始化"),
        },
    ),
    FireRequestState: (
        "FireRequestState",
        {
            FireRequestState.ASKED: QT_TRANSLATE_NOOP("FireRequestState", "下发中"),
            FireRequestState.SENT: QT_TRANSLATE_NOOP("FireRequestState", "等装置回答"),
            FireRequestState.RINGING: QT_TRANSLATE_NOOP("FireRequestState", "等人应答"),
            FireRequestState.DONE: QT_TRANSLATE_NOOP("FireRequestState", "完成"),
            FireRequestState.FAILED: QT_TRANSLATE_NOOP("FireRequestState", "失败"),
            FireRequestState.UNMANNED: QT_TRANSLATE_NOOP("FireRequestState", "无人应答"),
        },
    ),
    FireOutcome: (
        "FireOutcome",
        {
            FireOutcome.ACCEPTED: QT_TRANSLATE_NOOP("FireOutcome", "已接受"),
            FireOutcome.DENIED: QT_TRANSLATE_NOOP("FireOutcome", "装置否认"),
            FireOutcome.UNANSWERED: QT_TRANSLATE_NOOP("FireOutcome", "装置没有回答"),
            FireOutcome.NOT_CONNECTED: QT_TRANSLATE_NOOP("FireOutcome", "装置没有连接"),
            FireOutcome.EXPIRED: QT_TRANSLATE_NOOP("FireOutcome", "超过 60 秒未下发，已作废"),
            FireOutcome.INTERRUPTED: QT_TRANSLATE_NOOP("FireOutcome", "接收机中断，结果不明，请核实后重发"),
        },
    ),
    EvidenceState: (
        "EvidenceState",
        {
            EvidenceState.REQUESTED: QT_TRANSLATE_NOOP("EvidenceState", "待批"),
            EvidenceState.APPROVED: QT_TRANSLATE_NOOP("EvidenceState", "已批准，待导出"),
            EvidenceState.REJECTED: QT_TRANSLATE_NOOP("EvidenceState", "不批准"),
            EvidenceState.WITHDRAWN: QT_TRANSLATE_NOOP("EvidenceState", "已撤回"),
            EvidenceState.EXPIRED: QT_TRANSLATE_NOOP("EvidenceState", "已过期"),
            EvidenceState.EXPORTING: QT_TRANSLATE_NOOP("EvidenceState", "导出中"),
            EvidenceState.EXPORTED: QT_TRANSLATE_NOOP("EvidenceState", "已导出，待移交"),
            EvidenceState.HANDED_OVER: QT_TRANSLATE_NOOP("EvidenceState", "已移交，待归档"),
            EvidenceState.RETURNED: QT_TRANSLATE_NOOP("EvidenceState", "已退回，待归档"),
            EvidenceState.REGISTERED: QT_TRANSLATE_NOOP("EvidenceState", "已归档"),
        },
    ),
    Ground: (
        "Ground",
        {
            Ground.CASE: QT_TRANSLATE_NOOP("Ground", "国家机关执法办案"),
            Ground.EMERGENCY: QT_TRANSLATE_NOOP("Ground", "处置突发事件"),
            Ground.OWN_INTEREST: QT_TRANSLATE_NOOP("Ground", "本人或被监护人的生命、健康、财产"),
            Ground.INTERNAL: QT_TRANSLATE_NOOP("Ground", "本单位安全管理"),
        },
    ),
    ReviewState: (
        "ReviewState",
        {
            ReviewState.PREPARED: QT_TRANSLATE_NOOP("ReviewState", "待写"),
            ReviewState.SUBMITTED: QT_TRANSLATE_NOOP("ReviewState", "待批"),
            ReviewState.APPROVED: QT_TRANSLATE_NOOP("ReviewState", "已批准"),
            ReviewState.SENT_BACK: QT_TRANSLATE_NOOP("ReviewState", "退回重写"),
        },
    ),
    Cause: (
        "Cause",
        {
            Cause.CONTINUOUS: QT_TRANSLATE_NOOP("Cause", "连续"),
            Cause.ALARM: QT_TRANSLATE_NOOP("Cause", "报警"),
            Cause.MOTION: QT_TRANSLATE_NOOP("Cause", "移动侦测"),
        },
    ),
    MarkKind: (
        "MarkKind",
        {
            MarkKind.ALARM: QT_TRANSLATE_NOOP("MarkKind", "报警"),
            MarkKind.INCIDENT: QT_TRANSLATE_NOOP("MarkKind", "警情"),
            MarkKind.BOOKMARK: QT_TRANSLATE_NOOP("MarkKind", "书签"),
            MarkKind.GAP: QT_TRANSLATE_NOOP("MarkKind", "缺录像"),
            MarkKind.MOTION: QT_TRANSLATE_NOOP("MarkKind", "移动"),
        },
    ),
    GapCause: (
        "GapCause",
        {
            GapCause.CAMERA_AWAY: QT_TRANSLATE_NOOP("GapCause", "摄像机不在线"),
            GapCause.BAD_STREAM: QT_TRANSLATE_NOOP("GapCause", "码流不能录"),
            GapCause.DISK_AWAY: QT_TRANSLATE_NOOP("GapCause", "录像硬盘不在"),
            GapCause.DISK_FULL: QT_TRANSLATE_NOOP("GapCause", "硬盘满"),
            GapCause.DISK_FAILED: QT_TRANSLATE_NOOP("GapCause", "硬盘写不进"),
            GapCause.RECORDER_DOWN: QT_TRANSLATE_NOOP("GapCause", "录像进程停了"),
            GapCause.HUB_DOWN: QT_TRANSLATE_NOOP("GapCause", "接收机停了"),
            GapCause.STARTING: QT_TRANSLATE_NOOP("GapCause", "正在启动"),
            GapCause.SCHEDULE_OFF: QT_TRANSLATE_NOOP("GapCause", "不在录像时段"),
            GapCause.SWITCHED_OFF: QT_TRANSLATE_NOOP("GapCause", "设为不录"),
            GapCause.QUIET: QT_TRANSLATE_NOOP("GapCause", "没有报警或移动"),
            GapCause.MADE_ROOM: QT_TRANSLATE_NOOP("GapCause", "为新录像腾出空间"),
            GapCause.UNKNOWN: QT_TRANSLATE_NOOP("GapCause", "原因不明"),
        },
    ),
    CauseKind: (
        "CauseKind",
        {
            CauseKind.PEOPLE: QT_TRANSLATE_NOOP("CauseKind", "人"),
            CauseKind.THINGS: QT_TRANSLATE_NOOP("CauseKind", "物"),
            CauseKind.MANAGEMENT: QT_TRANSLATE_NOOP("CauseKind", "管理"),
        },
    ),
    LessonState: (
        "LessonState",
        {
            LessonState.OPEN: QT_TRANSLATE_NOOP("LessonState", "未完成"),
            LessonState.DONE: QT_TRANSLATE_NOOP("LessonState", "已完成"),
        },
    ),
    Priority: (
        "Priority",
        {
            Priority.P1: QT_TRANSLATE_NOOP("Priority", "特急"),
            Priority.P2: QT_TRANSLATE_NOOP("Priority", "紧急"),
            Priority.P3: QT_TRANSLATE_NOOP("Priority", "一般"),
            Priority.P4: QT_TRANSLATE_NOOP("Priority", "提示"),
        },
    ),
    OutcomeKind: (
        "OutcomeKind",
        {
            OutcomeKind.RAISED: QT_TRANSLATE_NOOP("OutcomeKind", "成为新报警"),
            OutcomeKind.REPEATED: QT_TRANSLATE_NOOP("OutcomeKind", "并入已有报警"),
            OutcomeKind.RESTORED: QT_TRANSLATE_NOOP("OutcomeKind", "恢复"),
            OutcomeKind.DUPLICATE: QT_TRANSLATE_NOOP("OutcomeKind", "重发的报文"),
            OutcomeKind.RECORDED: QT_TRANSLATE_NOOP("OutcomeKind", "只记录"),
            OutcomeKind.DISARMED: QT_TRANSLATE_NOOP("OutcomeKind", "已撤防，只记录"),
            OutcomeKind.ISOLATED: QT_TRANSLATE_NOOP("OutcomeKind", "已隔离，只记录"),
            OutcomeKind.TEST: QT_TRANSLATE_NOOP("OutcomeKind", "测试中，只记录"),
            OutcomeKind.DELAYED: QT_TRANSLATE_NOOP("OutcomeKind", "延时中"),
        },
    ),
    Hand: (
        "Hand",
        {
            Hand.NOBODY: QT_TRANSLATE_NOOP("Hand", "无人接警"),
            Hand.OWNER: QT_TRANSLATE_NOOP("Hand", "有人处理"),
            Hand.OFFERED: QT_TRANSLATE_NOOP("Hand", "无应答，可接手"),
            Hand.ASKED: QT_TRANSLATE_NOOP("Hand", "转交中"),
        },
    ),
    Rung: (
        "Rung",
        {
            Rung.SHIFT_LEADER: QT_TRANSLATE_NOOP("Rung", "班长"),
            Rung.SECURITY_OFFICE: QT_TRANSLATE_NOOP("Rung", "保卫处"),
            Rung.COLLEGE_LEADER: QT_TRANSLATE_NOOP("Rung", "校领导"),
        },
    ),
    IncidentState: (
        "IncidentState",
        {
            IncidentState.NEW: QT_TRANSLATE_NOOP("IncidentState", "新警情"),
            IncidentState.ACCEPTED: QT_TRANSLATE_NOOP("IncidentState", "已受理"),
            IncidentState.RESPONDING: QT_TRANSLATE_NOOP("IncidentState", "处置中"),
            IncidentState.CONTAINED: QT_TRANSLATE_NOOP("IncidentState", "已控制"),
            IncidentState.REVIEW: QT_TRANSLATE_NOOP("IncidentState", "复盘中"),
            IncidentState.CLOSED: QT_TRANSLATE_NOOP("IncidentState", "已办结"),
            IncidentState.MERGED: QT_TRANSLATE_NOOP("IncidentState", "已合并"),
            IncidentState.UNFOUNDED: QT_TRANSLATE_NOOP("IncidentState", "不属实"),
            IncidentState.TRANSFERRED: QT_TRANSLATE_NOOP("IncidentState", "已移交"),
            IncidentState.REOPENED: QT_TRANSLATE_NOOP("IncidentState", "重新处置"),
        },
    ),
    DispatchState: (
        "DispatchState",
        {
            DispatchState.DRAFT: QT_TRANSLATE_NOOP("DispatchState", "草稿"),
            DispatchState.SENT: QT_TRANSLATE_NOOP("DispatchState", "已派出"),
            DispatchState.DELIVERED: QT_TRANSLATE_NOOP("DispatchState", "已送达"),
            DispatchState.SIGNED: QT_TRANSLATE_NOOP("DispatchState", "已签收"),
            DispatchState.EN_ROUTE: QT_TRANSLATE_NOOP("DispatchState", "途中"),
            DispatchState.ON_SCENE: QT_TRANSLATE_NOOP("DispatchState", "到场"),
            DispatchState.DONE: QT_TRANSLATE_NOOP("DispatchState", "完毕"),
            DispatchState.FEEDBACK: QT_TRANSLATE_NOOP("DispatchState", "已反馈"),
            DispatchState.CLOSED: QT_TRANSLATE_NOOP("DispatchState", "已结束"),
            DispatchState.RETURNED: QT_TRANSLATE_NOOP("DispatchState", "退单"),
            DispatchState.CANCELLED: QT_TRANSLATE_NOOP("DispatchState", "已取消"),
        },
    ),
    Channel: (
        "Channel",
        {
            Channel.RADIO: QT_TRANSLATE_NOOP("Channel", "对讲机"),
            Channel.PHONE: QT_TRANSLATE_NOOP("Channel", "电话"),
            Channel.APP: QT_TRANSLATE_NOOP("Channel", "手机应用"),
            Channel.POLICE: QT_TRANSLATE_NOOP("Channel", "110"),
        },
    ),
    TargetKind: (
        "TargetKind",
        {
            TargetKind.GUARD: QT_TRANSLATE_NOOP("TargetKind", "保安"),
            TargetKind.POST: QT_TRANSLATE_NOOP("TargetKind", "岗位"),
            TargetKind.PATROL: QT_TRANSLATE_NOOP("TargetKind", "巡逻"),
            TargetKind.TEAM: QT_TRANSLATE_NOOP("TargetKind", "队伍"),
            TargetKind.POLICE: QT_TRANSLATE_NOOP("TargetKind", "110"),
            TargetKind.FIRE_BRIGADE: QT_TRANSLATE_NOOP("TargetKind", "119"),
            TargetKind.AMBULANCE: QT_TRANSLATE_NOOP("TargetKind", "120"),
            TargetKind.DEPARTMENT: QT_TRANSLATE_NOOP("TargetKind", "部门"),
        },
    ),
    Peril: (
        "Peril",
        {
            Peril.WEAPON: QT_TRANSLATE_NOOP("Peril", "有凶器"),
            Peril.DANGEROUS_GOODS: QT_TRANSLATE_NOOP("Peril", "有危险品"),
            Peril.TRAPPED: QT_TRANSLATE_NOOP("Peril", "有人被困"),
            Peril.INJURED: QT_TRANSLATE_NOOP("Peril", "有人受伤"),
            Peril.DEAD: QT_TRANSLATE_NOOP("Peril", "有人死亡"),
        },
    ),
    CameBy: (
        "CameBy",
        {
            CameBy.ALARM: QT_TRANSLATE_NOOP("CameBy", "报警设备"),
            CameBy.PHONE: QT_TRANSLATE_NOOP("CameBy", "电话"),
            CameBy.IN_PERSON: QT_TRANSLATE_NOOP("CameBy", "当面"),
            CameBy.RADIO: QT_TRANSLATE_NOOP("CameBy", "对讲机"),
            CameBy.PATROL: QT_TRANSLATE_NOOP("CameBy", "巡逻发现"),
        },
    ),
    CallKind: (
        "CallKind",
        {
            CallKind.POLICE: QT_TRANSLATE_NOOP("CallKind", "110"),
            CallKind.FIRE_BRIGADE: QT_TRANSLATE_NOOP("CallKind", "119"),
            CallKind.AMBULANCE: QT_TRANSLATE_NOOP("CallKind", "120"),
            CallKind.OTHER: QT_TRANSLATE_NOOP("CallKind", "其他"),
        },
    ),
    CallDirection: (
        "CallDirection",
        {
            CallDirection.OUT: QT_TRANSLATE_NOOP("CallDirection", "去电"),
            CallDirection.IN: QT_TRANSLATE_NOOP("CallDirection", "来电"),
        },
    ),
    CallOutcome: (
        "CallOutcome",
        {
            CallOutcome.ACCEPTED: QT_TRANSLATE_NOOP("CallOutcome", "已受理，派人"),
            CallOutcome.ADVISED: QT_TRANSLATE_NOOP("CallOutcome", "已告知"),
            CallOutcome.REFUSED: QT_TRANSLATE_NOOP("CallOutcome", "未受理"),
            CallOutcome.UNANSWERED: QT_TRANSLATE_NOOP("CallOutcome", "无人接听"),
        },
    ),
    ReadBackItem: (
        "ReadBackItem",
        {
            ReadBackItem.PLACE: QT_TRANSLATE_NOOP("ReadBackItem", "地点"),
            ReadBackItem.EVENT: QT_TRANSLATE_NOOP("ReadBackItem", "事情"),
            ReadBackItem.PEOPLE: QT_TRANSLATE_NOOP("ReadBackItem", "人员情况"),
            ReadBackItem.PERILS: QT_TRANSLATE_NOOP("ReadBackItem", "危险"),
            ReadBackItem.MEETING: QT_TRANSLATE_NOOP("ReadBackItem", "在哪里接应"),
            ReadBackItem.CALLBACK: QT_TRANSLATE_NOOP("ReadBackItem", "回拨电话"),
        },
    ),
    GuardStatus: (
        "GuardStatus",
        {
            GuardStatus.OFF: QT_TRANSLATE_NOOP("GuardStatus", "下班"),
            GuardStatus.AVAILABLE: QT_TRANSLATE_NOOP("GuardStatus", "待命"),
            GuardStatus.ON_POST: QT_TRANSLATE_NOOP("GuardStatus", "在岗"),
            GuardStatus.PATROLLING: QT_TRANSLATE_NOOP("GuardStatus", "巡逻中"),
            GuardStatus.DISPATCHED: QT_TRANSLATE_NOOP("GuardStatus", "已派警"),
            GuardStatus.EN_ROUTE: QT_TRANSLATE_NOOP("GuardStatus", "途中"),
            GuardStatus.ON_SCENE: QT_TRANSLATE_NOOP("GuardStatus", "在现场"),
            GuardStatus.BREAK: QT_TRANSLATE_NOOP("GuardStatus", "休息"),
            GuardStatus.OUT_OF_SERVICE: QT_TRANSLATE_NOOP("GuardStatus", "停勤"),
            GuardStatus.DURESS: QT_TRANSLATE_NOOP("GuardStatus", "遇险"),
        },
    ),
    Role: (
        "Role",
        {
            Role.OPERATOR: QT_TRANSLATE_NOOP("Role", "值班员"),
            Role.SHIFT_LEADER: QT_TRANSLATE_NOOP("Role", "班长"),
            Role.SUPERVISOR: QT_TRANSLATE_NOOP("Role", "保卫处"),
            Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("Role", "管理员"),
            Role.GUARD: QT_TRANSLATE_NOOP("Role", "保安"),
        },
    ),
    Permission: (
        "Permission",
        {
            Permission.WATCH: QT_TRANSLATE_NOOP("Permission", "值守"),
            Permission.LOOK_BACK: QT_TRANSLATE_NOOP("Permission", "回看刚才的画面"),
            Permission.HANDLE_ALARM: QT_TRANSLATE_NOOP("Permission", "处理报警"),
            Permission.RESET_ALARM: QT_TRANSLATE_NOOP("Permission", "复位报警"),
            Permission.DISPATCH: QT_TRANSLATE_NOOP("Permission", "派警"),
            Permission.ARM: QT_TRANSLATE_NOOP("Permission", "布防撤防"),
            Permission.TEST_ZONES: QT_TRANSLATE_NOOP("Permission", "测试防区"),
            Permission.ISOLATE: QT_TRANSLATE_NOOP("Permission", "隔离防区"),
            Permission.CONTROL_OUTPUTS: QT_TRANSLATE_NOOP("Permission", "消防联动操作"),
            Permission.SET_OUTPUT_MODE: QT_TRANSLATE_NOOP("Permission", "切换联动手动自动"),
            Permission.REVIEW: QT_TRANSLATE_NOOP("Permission", "复核"),
            Permission.WRITE_REVIEW: QT_TRANSLATE_NOOP("Permission", "写复盘"),
            Permission.REQUEST_EVIDENCE: QT_TRANSLATE_NOOP("Permission", "申请调取录像"),
            Permission.APPROVE_EVIDENCE: QT_TRANSLATE_NOOP("Permission", "审批调取申请"),
            Permission.EXPORT_EVIDENCE: QT_TRANSLATE_NOOP("Permission", "导出和移交录像"),
            Permission.SHARE_WALL: QT_TRANSLATE_NOOP("Permission", "共享布局、预设和轮巡"),
            Permission.EDIT_SITE: QT_TRANSLATE_NOOP("Permission", "修改校区"),
            Permission.EDIT_USERS: QT_TRANSLATE_NOOP("Permission", "管理用户"),
            Permission.EDIT_LINKAGE: QT_TRANSLATE_NOOP("Permission", "修改联动规则"),
            Permission.SET_CLOCKS: QT_TRANSLATE_NOOP("Permission", "规定响应时限"),
            Permission.EDIT_PEOPLE: QT_TRANSLATE_NOOP("Permission", "修改人员和岗位"),
            Permission.EDIT_ROSTER: QT_TRANSLATE_NOOP("Permission", "排班"),
            Permission.HAND_OVER: QT_TRANSLATE_NOOP("Permission", "交接班"),
            Permission.RUN_DRILLS: QT_TRANSLATE_NOOP("Permission", "组织演练"),
            Permission.RUN_PLANS: QT_TRANSLATE_NOOP("Permission", "执行预案"),
            Permission.EDIT_PLANS: QT_TRANSLATE_NOOP("Permission", "编制和审核预案"),
            Permission.READ_AUDIT: QT_TRANSLATE_NOOP("Permission", "查看审计"),
            Permission.PROTECT: QT_TRANSLATE_NOOP("Permission", "保护录像"),
            Permission.RELEASE: QT_TRANSLATE_NOOP("Permission", "解除录像保护"),
            Permission.ANSWER_ORDER: QT_TRANSLATE_NOOP("Permission", "用手机答复派警"),
        },
    ),
    ClockField: (
        "ClockField",
        {
            ClockField.CLAIM: QT_TRANSLATE_NOOP("ClockField", "接警"),
            ClockField.ESCALATE: QT_TRANSLATE_NOOP("ClockField", "升级通知"),
            ClockField.DISPATCH: QT_TRANSLATE_NOOP("ClockField", "派警"),
            ClockField.SIGN: QT_TRANSLATE_NOOP("ClockField", "签收"),
            ClockField.POST_ARRIVE: QT_TRANSLATE_NOOP("ClockField", "岗位到场"),
            ClockField.ARRIVE: QT_TRANSLATE_NOOP("ClockField", "巡逻到场"),
            ClockField.BACKUP_ARRIVE: QT_TRANSLATE_NOOP("ClockField", "增援到场"),
            ClockField.DONE: QT_TRANSLATE_NOOP("ClockField", "处置完毕"),
            ClockField.OFFER_AGAIN: QT_TRANSLATE_NOOP("ClockField", "无动作可接手"),
        },
    ),
    PlanCategory: (
        "PlanCategory",
        {
            PlanCategory.FIRE: QT_TRANSLATE_NOOP("PlanCategory", "火灾"),
            PlanCategory.INTRUSION: QT_TRANSLATE_NOOP("PlanCategory", "非法侵入"),
            PlanCategory.FIGHT: QT_TRANSLATE_NOOP("PlanCategory", "打架斗殴"),
            PlanCategory.MISSING_PERSON: QT_TRANSLATE_NOOP("PlanCategory", "人员走失失联"),
            PlanCategory.MEDICAL: QT_TRANSLATE_NOOP("PlanCategory", "突发伤病"),
            PlanCategory.FLOOD: QT_TRANSLATE_NOOP("PlanCategory", "暴雨内涝"),
            PlanCategory.POWER_CUT: QT_TRANSLATE_NOOP("PlanCategory", "停电"),
            PlanCategory.CROWD: QT_TRANSLATE_NOOP("PlanCategory", "人员聚集拥挤"),
            PlanCategory.DANGEROUS_GOODS: QT_TRANSLATE_NOOP("PlanCategory", "危险化学品"),
            PlanCategory.BOMB_THREAT: QT_TRANSLATE_NOOP("PlanCategory", "爆炸威胁"),
            PlanCategory.TRAFFIC: QT_TRANSLATE_NOOP("PlanCategory", "校园交通"),
            PlanCategory.WEATHER: QT_TRANSLATE_NOOP("PlanCategory", "极端天气"),
            PlanCategory.OTHER: QT_TRANSLATE_NOOP("PlanCategory", "其他"),
        },
    ),
    PlanState: (
        "PlanState",
        {
            PlanState.DRAFT: QT_TRANSLATE_NOOP("PlanState", "草稿"),
            PlanState.REVIEW: QT_TRANSLATE_NOOP("PlanState", "待审核"),
            PlanState.PUBLISHED: QT_TRANSLATE_NOOP("PlanState", "已发布"),
            PlanState.RETIRED: QT_TRANSLATE_NOOP("PlanState", "已停用"),
        },
    ),
    DrillState: (
        "DrillState",
        {
            DrillState.RUNNING: QT_TRANSLATE_NOOP("DrillState", "演练中"),
            DrillState.PAUSED: QT_TRANSLATE_NOOP("DrillState", "已暂停"),
            DrillState.DONE: QT_TRANSLATE_NOOP("DrillState", "已完成"),
            DrillState.STOPPED: QT_TRANSLATE_NOOP("DrillState", "已停止"),
        },
    ),
    Mark: (
        "Mark",
        {
            Mark.MET: QT_TRANSLATE_NOOP("Mark", "达标"),
            Mark.LATE: QT_TRANSLATE_NOOP("Mark", "超时"),
            Mark.MISSED: QT_TRANSLATE_NOOP("Mark", "未做"),
            Mark.OPEN: QT_TRANSLATE_NOOP("Mark", "未到"),
            Mark.SKIPPED: QT_TRANSLATE_NOOP("Mark", "跳过"),
        },
    ),
    LineKind: (
        "LineKind",
        {
            LineKind.CLAIM: QT_TRANSLATE_NOOP("LineKind", "接警"),
            LineKind.DISPATCH: QT_TRANSLATE_NOOP("LineKind", "首次派警"),
            LineKind.SIGN: QT_TRANSLATE_NOOP("LineKind", "签收"),
            LineKind.ARRIVE: QT_TRANSLATE_NOOP("LineKind", "到场"),
            LineKind.DONE: QT_TRANSLATE_NOOP("LineKind", "处置完毕"),
            LineKind.PLAN: QT_TRANSLATE_NOOP("LineKind", "启动预案"),
            LineKind.STEP: QT_TRANSLATE_NOOP("LineKind", "预案步骤"),
        },
    ),
    PlanRunState: (
        "PlanRunState",
        {
            PlanRunState.RUNNING: QT_TRANSLATE_NOOP("PlanRunState", "执行中"),
            PlanRunState.PAUSED: QT_TRANSLATE_NOOP("PlanRunState", "已暂停"),
            PlanRunState.COMPLETED: QT_TRANSLATE_NOOP("PlanRunState", "已完成"),
            PlanRunState.ABORTED: QT_TRANSLATE_NOOP("PlanRunState", "已终止"),
        },
    ),
    StepState: (
        "StepState",
        {
            StepState.PENDING: QT_TRANSLATE_NOOP("StepState", "未到"),
            StepState.ACTIVE: QT_TRANSLATE_NOOP("StepState", "进行中"),
            StepState.DONE: QT_TRANSLATE_NOOP("StepState", "完成"),
            StepState.SKIPPED: QT_TRANSLATE_NOOP("StepState", "跳过"),
            StepState.FAILED: QT_TRANSLATE_NOOP("StepState", "未完成"),
        },
    ),
    EvidenceKind: (
        "EvidenceKind",
        {
            EvidenceKind.SNAPSHOT: QT_TRANSLATE_NOOP("EvidenceKind", "抓图"),
            EvidenceKind.FILE: QT_TRANSLATE_NOOP("EvidenceKind", "文件"),
            EvidenceKind.NOTE: QT_TRANSLATE_NOOP("EvidenceKind", "文字"),
        },
    ),
    StepKind: (
        "StepKind",
        {
            StepKind.CONFIRM: QT_TRANSLATE_NOOP("StepKind", "确认"),
            StepKind.YES_NO: QT_TRANSLATE_NOOP("StepKind", "判断"),
            StepKind.CHOICE: QT_TRANSLATE_NOOP("StepKind", "选择"),
            StepKind.FORM: QT_TRANSLATE_NOOP("StepKind", "填写"),
            StepKind.DISPATCH: QT_TRANSLATE_NOOP("StepKind", "派警"),
            StepKind.CALL: QT_TRANSLATE_NOOP("StepKind", "打电话"),
            StepKind.BROADCAST: QT_TRANSLATE_NOOP("StepKind", "广播"),
            StepKind.VIEW: QT_TRANSLATE_NOOP("StepKind", "看画面"),
            StepKind.PTZ: QT_TRANSLATE_NOOP("StepKind", "转动摄像机"),
            StepKind.DOOR: QT_TRANSLATE_NOOP("StepKind", "门禁"),
            StepKind.LIGHT: QT_TRANSLATE_NOOP("StepKind", "灯光"),
            StepKind.REPORT: QT_TRANSLATE_NOOP("StepKind", "上报"),
            StepKind.WAIT: QT_TRANSLATE_NOOP("StepKind", "等待"),
            StepKind.EVIDENCE: QT_TRANSLATE_NOOP("StepKind", "取证"),
            StepKind.NOTIFY: QT_TRANSLATE_NOOP("StepKind", "通知"),
        },
    ),
    FieldKind: (
        "FieldKind",
        {
            FieldKind.TEXT: QT_TRANSLATE_NOOP("FieldKind", "文字"),
            FieldKind.NUMBER: QT_TRANSLATE_NOOP("FieldKind", "数字"),
            FieldKind.YES_NO: QT_TRANSLATE_NOOP("FieldKind", "是或否"),
            FieldKind.CHOICE: QT_TRANSLATE_NOOP("FieldKind", "选项"),
            FieldKind.TIME: QT_TRANSLATE_NOOP("FieldKind", "时间"),
        },
    ),
    AreaKind: (
        "AreaKind",
        {
            AreaKind.BUILDING: QT_TRANSLATE_NOOP("AreaKind", "楼宇"),
            AreaKind.DORMITORY: QT_TRANSLATE_NOOP("AreaKind", "宿舍"),
            AreaKind.ROAD: QT_TRANSLATE_NOOP("AreaKind", "道路"),
            AreaKind.SPORTS: QT_TRANSLATE_NOOP("AreaKind", "运动场"),
            AreaKind.GREEN: QT_TRANSLATE_NOOP("AreaKind", "绿地"),
            AreaKind.WATER: QT_TRANSLATE_NOOP("AreaKind", "水面"),
            AreaKind.PLAZA: QT_TRANSLATE_NOOP("AreaKind", "广场"),
        },
    ),
    SuggestedBy: (
        "SuggestedBy",
        {
            SuggestedBy.LINKAGE: QT_TRANSLATE_NOOP("SuggestedBy", "联动规则打开"),
            SuggestedBy.CODE: QT_TRANSLATE_NOOP("SuggestedBy", "报警代码相符"),
            SuggestedBy.CLASS: QT_TRANSLATE_NOOP("SuggestedBy", "报警类型相符"),
            SuggestedBy.WORDS: QT_TRANSLATE_NOOP("SuggestedBy", "内容相符"),
            SuggestedBy.PLACE: QT_TRANSLATE_NOOP("SuggestedBy", "地点相符"),
        },
    ),
    PostKind: (
        "PostKind",
        {
            PostKind.FIXED: QT_TRANSLATE_NOOP("PostKind", "固定岗"),
            PostKind.MOBILE: QT_TRANSLATE_NOOP("PostKind", "流动岗"),
            PostKind.GATE: QT_TRANSLATE_NOOP("PostKind", "门岗"),
            PostKind.CONTROL_ROOM: QT_TRANSLATE_NOOP("PostKind", "中控室"),
            PostKind.VIDEO_PATROL: QT_TRANSLATE_NOOP("PostKind", "视频巡查"),
        },
    ),
    ZoneKind: (
        "ZoneKind",
        {
            ZoneKind.PANIC_BUTTON: QT_TRANSLATE_NOOP("ZoneKind", "一键报警按钮"),
            ZoneKind.INFRARED_BEAM: QT_TRANSLATE_NOOP("ZoneKind", "红外对射"),
            ZoneKind.SMOKE_DETECTOR: QT_TRANSLATE_NOOP("ZoneKind", "烟感"),
            ZoneKind.MANUAL_CALL_POINT: QT_TRANSLATE_NOOP("ZoneKind", "手动报警按钮"),
            ZoneKind.HEAT_DETECTOR: QT_TRANSLATE_NOOP("ZoneKind", "感温探测器"),
            ZoneKind.FIRE_DEVICE: QT_TRANSLATE_NOOP("ZoneKind", "消防设备"),
            ZoneKind.DOOR_CONTACT: QT_TRANSLATE_NOOP("ZoneKind", "门磁"),
            ZoneKind.CAMERA_RULE: QT_TRANSLATE_NOOP("ZoneKind", "摄像机规则"),
            ZoneKind.DIGITAL_INPUT: QT_TRANSLATE_NOOP("ZoneKind", "开关量输入"),
            ZoneKind.TAMPER: QT_TRANSLATE_NOOP("ZoneKind", "防拆开关"),
        },
    ),
    ZoneCondition: (
        "ZoneCondition",
        {
            ZoneCondition.ACTIVE: QT_TRANSLATE_NOOP("ZoneCondition", "报警中"),
            ZoneCondition.ISOLATED: QT_TRANSLATE_NOOP("ZoneCondition", "已隔离"),
            ZoneCondition.TEST: QT_TRANSLATE_NOOP("ZoneCondition", "测试中"),
            ZoneCondition.DISARMED: QT_TRANSLATE_NOOP("ZoneCondition", "已撤防"),
            ZoneCondition.ARMED: QT_TRANSLATE_NOOP("ZoneCondition", "已布防"),
            ZoneCondition.ALWAYS: QT_TRANSLATE_NOOP("ZoneCondition", "始终有效"),
        },
    ),
    PanelProtocol: (
        "PanelProtocol",
        {
            PanelProtocol.DC09: QT_TRANSLATE_NOOP("PanelProtocol", "报警主机（DC-09）"),
            PanelProtocol.GB26875: QT_TRANSLATE_NOOP("PanelProtocol", "消防传输装置（GB/T 26875.3）"),
            PanelProtocol.MODBUS: QT_TRANSLATE_NOOP("PanelProtocol", "输入输出模块（Modbus）"),
            PanelProtocol.ONVIF: QT_TRANSLATE_NOOP("PanelProtocol", "摄像机事件（ONVIF）"),
            PanelProtocol.MQTT: QT_TRANSLATE_NOOP("PanelProtocol", "消息主题（MQTT）"),
            PanelProtocol.HTTP: QT_TRANSLATE_NOOP("PanelProtocol", "网络接口（HTTP）"),
        },
    ),
    OutputKind: (
        "OutputKind",
        {
            OutputKind.SOUNDER: QT_TRANSLATE_NOOP("OutputKind", "声光警报"),
            OutputKind.LIGHT: QT_TRANSLATE_NOOP("OutputKind", "灯光"),
            OutputKind.DOOR: QT_TRANSLATE_NOOP("OutputKind", "门"),
            OutputKind.LIFT: QT_TRANSLATE_NOOP("OutputKind", "电梯"),
            OutputKind.SMOKE_FAN: QT_TRANSLATE_NOOP("OutputKind", "排烟风机"),
            OutputKind.SHUTTER: QT_TRANSLATE_NOOP("OutputKind", "防火卷帘"),
            OutputKind.BROADCAST: QT_TRANSLATE_NOOP("OutputKind", "应急广播"),
            OutputKind.PUMP: QT_TRANSLATE_NOOP("OutputKind", "消防泵"),
            OutputKind.GAS_RELEASE: QT_TRANSLATE_NOOP("OutputKind", "气体灭火"),
        },
    ),
    OrderState: (
        "OrderState",
        {
            OrderState.ASKED: QT_TRANSLATE_NOOP("OrderState", "待确认"),
            OrderState.CONFIRMED: QT_TRANSLATE_NOOP("OrderState", "已确认"),
            OrderState.SENT: QT_TRANSLATE_NOOP("OrderState", "已发出"),
            OrderState.STARTED: QT_TRANSLATE_NOOP("OrderState", "启动"),
            OrderState.FEEDBACK: QT_TRANSLATE_NOOP("OrderState", "反馈"),
            OrderState.FAULT: QT_TRANSLATE_NOOP("OrderState", "故障"),
            OrderState.CANCELLED: QT_TRANSLATE_NOOP("OrderState", "已取消"),
        },
    ),
    OrderCause: (
        "OrderCause",
        {
            OrderCause.NO_FEEDBACK: QT_TRANSLATE_NOOP("OrderCause", "无反馈"),
            OrderCause.REFUSED: QT_TRANSLATE_NOOP("OrderCause", "设备拒绝"),
            OrderCause.UNREACHABLE: QT_TRANSLATE_NOOP("OrderCause", "连不上"),
            OrderCause.NO_WIRE: QT_TRANSLATE_NOOP("OrderCause", "没有控制线路"),
            OrderCause.OUTCOME_UNKNOWN: QT_TRANSLATE_NOOP("OrderCause", "是否动作不明"),
            OrderCause.INTERLOCKED: QT_TRANSLATE_NOOP("OrderCause", "联锁阻止"),
            OrderCause.TOO_LATE: QT_TRANSLATE_NOOP("OrderCause", "过期"),
            OrderCause.DRILL: QT_TRANSLATE_NOOP("OrderCause", "演习中，真实命令未执行"),
            OrderCause.SUPERSEDED: QT_TRANSLATE_NOOP("OrderCause", "被新命令取代"),
            OrderCause.BY_PERSON: QT_TRANSLATE_NOOP("OrderCause", "人工取消"),
        },
    ),
    OutputAction: (
        "OutputAction",
        {
            OutputAction.ON: QT_TRANSLATE_NOOP("OutputAction", "启动"),
            OutputAction.OFF: QT_TRANSLATE_NOOP("OutputAction", "停止"),
            OutputAction.PULSE: QT_TRANSLATE_NOOP("OutputAction", "脉冲"),
        },
    ),
    OutputMode: (
        "OutputMode",
        {
            OutputMode.MANUAL: QT_TRANSLATE_NOOP("OutputMode", "手动"),
            OutputMode.AUTOMATIC: QT_TRANSLATE_NOOP("OutputMode", "自动"),
        },
    ),
    Activity: (
        "Activity",
        {
            Activity.OFF: QT_TRANSLATE_NOOP("Activity", "未动作"),
            Activity.ON: QT_TRANSLATE_NOOP("Activity", "已动作"),
            Activity.UNKNOWN: QT_TRANSLATE_NOOP("Activity", "不明"),
        },
    ),
    InterlockKind: (
        "InterlockKind",
        {
            InterlockKind.EXCLUDES: QT_TRANSLATE_NOOP("InterlockKind", "互斥"),
            InterlockKind.REQUIRES: QT_TRANSLATE_NOOP("InterlockKind", "前提"),
        },
    ),
    DaysState: (
        "DaysState",
        {
            DaysState.MISSED: QT_TRANSLATE_NOOP("DaysState", "天数不足"),
            DaysState.WILL_MISS: QT_TRANSLATE_NOOP("DaysState", "将不足"),
            DaysState.NOTHING: QT_TRANSLATE_NOOP("DaysState", "没有录像"),
            DaysState.GROWING: QT_TRANSLATE_NOOP("DaysState", "积累中"),
            DaysState.WELL: QT_TRANSLATE_NOOP("DaysState", "够天数"),
            DaysState.OFF: QT_TRANSLATE_NOOP("DaysState", "不录"),
        },
    ),
    DiskCondition: (
        "DiskCondition",
        {
            DiskCondition.WELL: QT_TRANSLATE_NOOP("DiskCondition", "正常"),
            DiskCondition.FULL: QT_TRANSLATE_NOOP("DiskCondition", "已满，先删最早的"),
            DiskCondition.STUCK: QT_TRANSLATE_NOOP("DiskCondition", "被保护的录像占满"),
            DiskCondition.AWAY: QT_TRANSLATE_NOOP("DiskCondition", "不在"),
        },
    ),
    RecordingMode: (
        "RecordingMode",
        {
            RecordingMode.OFF: QT_TRANSLATE_NOOP("RecordingMode", "不录"),
            RecordingMode.ALARM: QT_TRANSLATE_NOOP("RecordingMode", "报警时"),
            RecordingMode.MOTION: QT_TRANSLATE_NOOP("RecordingMode", "移动和报警时"),
            RecordingMode.SCHEDULED: QT_TRANSLATE_NOOP("RecordingMode", "按时间表"),
            RecordingMode.CONTINUOUS: QT_TRANSLATE_NOOP("RecordingMode", "连续"),
        },
    ),
    RecordedStream: (
        "RecordedStream",
        {
            RecordedStream.MAIN: QT_TRANSLATE_NOOP("RecordedStream", "主码流"),
            RecordedStream.SUB: QT_TRANSLATE_NOOP("RecordedStream", "子码流"),
        },
    ),
    HealthState: (
        "HealthState",
        {
            HealthState.UNKNOWN: QT_TRANSLATE_NOOP("HealthState", "未知"),
            HealthState.LIVE: QT_TRANSLATE_NOOP("HealthState", "正常"),
            HealthState.OFFLINE: QT_TRANSLATE_NOOP("HealthState", "离线"),
            HealthState.FROZEN: QT_TRANSLATE_NOOP("HealthState", "画面定格"),
            HealthState.BLACK: QT_TRANSLATE_NOOP("HealthState", "黑屏"),
            HealthState.COVERED: QT_TRANSLATE_NOOP("HealthState", "遮挡或失焦"),
            HealthState.MOVED: QT_TRANSLATE_NOOP("HealthState", "画面移位"),
            HealthState.UNSTABLE: QT_TRANSLATE_NOOP("HealthState", "不稳定"),
        },
    ),
    ActionKind: (
        "ActionKind",
        {
            ActionKind.POPUP: QT_TRANSLATE_NOOP("ActionKind", "弹出报警"),
            ActionKind.FEEDS: QT_TRANSLATE_NOOP("ActionKind", "现场画面"),
            ActionKind.MAP: QT_TRANSLATE_NOOP("ActionKind", "地图定位"),
            ActionKind.SOUND: QT_TRANSLATE_NOOP("ActionKind", "报警声"),
            ActionKind.VOICE: QT_TRANSLATE_NOOP("ActionKind", "语音播报"),
            ActionKind.WALL_PRESET: QT_TRANSLATE_NOOP("ActionKind", "电视墙预设"),
            ActionKind.NOTIFY: QT_TRANSLATE_NOOP("ActionKind", "通知席位"),
            ActionKind.PTZ_PRESET: QT_TRANSLATE_NOOP("ActionKind", "云台到预置位"),
            ActionKind.PTZ_AIM: QT_TRANSLATE_NOOP("ActionKind", "云台对准现场"),
            ActionKind.SNAPSHOT: QT_TRANSLATE_NOOP("ActionKind", "抓图留存"),
            ActionKind.RECORD: QT_TRANSLATE_NOOP("ActionKind", "录像并保护"),
            ActionKind.OUTPUT: QT_TRANSLATE_NOOP("ActionKind", "控制输出"),
            ActionKind.DOOR: QT_TRANSLATE_NOOP("ActionKind", "开门"),
            ActionKind.BROADCAST: QT_TRANSLATE_NOOP("ActionKind", "应急广播"),
            ActionKind.PLAN: QT_TRANSLATE_NOOP("ActionKind", "启动预案"),
            ActionKind.DISPATCH: QT_TRANSLATE_NOOP("ActionKind", "打开派警"),
            ActionKind.TALK: QT_TRANSLATE_NOOP("ActionKind", "准备对讲"),
            ActionKind.HTTP: QT_TRANSLATE_NOOP("ActionKind", "网络请求（HTTP）"),
            ActionKind.MQTT: QT_TRANSLATE_NOOP("ActionKind", "发布消息（MQTT）"),
        },
    ),
    Result: (
        "Result",
        {
            Result.PENDING: QT_TRANSLATE_NOOP("Result", "进行中"),
            Result.OK: QT_TRANSLATE_NOOP("Result", "成功"),
            Result.LATE: QT_TRANSLATE_NOOP("Result", "超时完成"),
            Result.FAILED: QT_TRANSLATE_NOOP("Result", "失败"),
            Result.UNAVAILABLE: QT_TRANSLATE_NOOP("Result", "无法执行"),
            Result.SKIPPED: QT_TRANSLATE_NOOP("Result", "未执行"),
            Result.INTERRUPTED: QT_TRANSLATE_NOOP("Result", "中断"),
        },
    ),
    OnFail: (
        "OnFail",
        {
            OnFail.GO_ON: QT_TRANSLATE_NOOP("OnFail", "继续"),
            OnFail.STOP: QT_TRANSLATE_NOOP("OnFail", "停止后面的动作"),
            OnFail.RAISE: QT_TRANSLATE_NOOP("OnFail", "紧急报警"),
        },
    ),
    TriggerKind: (
        "TriggerKind",
        {
            TriggerKind.CLASS: QT_TRANSLATE_NOOP("TriggerKind", "报警类型"),
            TriggerKind.CODE: QT_TRANSLATE_NOOP("TriggerKind", "事件代码"),
            TriggerKind.ZONE: QT_TRANSLATE_NOOP("TriggerKind", "防区"),
            TriggerKind.PLACE: QT_TRANSLATE_NOOP("TriggerKind", "地点"),
            TriggerKind.AREA: QT_TRANSLATE_NOOP("TriggerKind", "地图区域"),
            TriggerKind.SCHEDULE: QT_TRANSLATE_NOOP("TriggerKind", "时段"),
            TriggerKind.ARMED: QT_TRANSLATE_NOOP("TriggerKind", "布防"),
            TriggerKind.PRIORITY: QT_TRANSLATE_NOOP("TriggerKind", "级别"),
            TriggerKind.ALL: QT_TRANSLATE_NOOP("TriggerKind", "全部满足"),
            TriggerKind.ANY: QT_TRANSLATE_NOOP("TriggerKind", "任一满足"),
            TriggerKind.NOT: QT_TRANSLATE_NOOP("TriggerKind", "不满足"),
            TriggerKind.COUNT: QT_TRANSLATE_NOOP("TriggerKind", "多次或多点"),
        },
    ),
    StreamState: (
        "StreamState",
        {
            StreamState.CONNECTING: QT_TRANSLATE_NOOP("StreamState", "连接中"),
            StreamState.LIVE: QT_TRANSLATE_NOOP("StreamState", "实时"),
            StreamState.LATE: QT_TRANSLATE_NOOP("StreamState", "延迟"),
            StreamState.RECONNECTING: QT_TRANSLATE_NOOP("StreamState", "重连中"),
            StreamState.OFFLINE: QT_TRANSLATE_NOOP("StreamState", "离线"),
            StreamState.FROZEN: QT_TRANSLATE_NOOP("StreamState", "画面定格"),
            StreamState.BLACK: QT_TRANSLATE_NOOP("StreamState", "黑屏"),
            StreamState.COVERED: QT_TRANSLATE_NOOP("StreamState", "遮挡或失焦"),
            StreamState.MOVED: QT_TRANSLATE_NOOP("StreamState", "画面移位"),
            StreamState.RECORDED: QT_TRANSLATE_NOOP("StreamState", "录像"),
            StreamState.MISSING: QT_TRANSLATE_NOOP("StreamState", "没有录像"),
        },
    ),
}

NAMED_KINDS: tuple[type[Enum], ...] = tuple(_NAMES)


def name_of(member: Enum) -> str:
    """The name people read for an enum member; KeyError for a kind that has no names."""
    context, names = _NAMES[type(member)]
    return QCoreApplication.translate(context, names[member])


def name_of_value(kind: type[Enum], value: object) -> str:
    """Like `name_of` for a stored value; the value itself when `kind` does not know it."""
    try:
        return name_of(kind(value))
    except ValueError:
        return str(value)
