"""What stands in the audit as codes, in words: what an action is about, and what was done."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.text.noop import QT_TRANSLATE_NOOP

# The first part of an action, as "alarm" of "alarm.claimed".
SUBJECTS: dict[str, str] = {
    "alarm": QT_TRANSLATE_NOOP("AuditSubject", "报警"),
    "arming": QT_TRANSLATE_NOOP("AuditSubject", "布防"),
    "audit": QT_TRANSLATE_NOOP("AuditSubject", "审计"),
    "call": QT_TRANSLATE_NOOP("AuditSubject", "通话"),
    "camera": QT_TRANSLATE_NOOP("AuditSubject", "摄像机"),
    "dispatch": QT_TRANSLATE_NOOP("AuditSubject", "派警"),
    "drill": QT_TRANSLATE_NOOP("AuditSubject", "演练"),
    "fire": QT_TRANSLATE_NOOP("AuditSubject", "消防装置"),
    "guard": QT_TRANSLATE_NOOP("AuditSubject", "保安"),
    "guard_link": QT_TRANSLATE_NOOP("AuditSubject", "保安手机"),
    "handover": QT_TRANSLATE_NOOP("AuditSubject", "交接班"),
    "hub": QT_TRANSLATE_NOOP("AuditSubject", "接收机"),
    "identity": QT_TRANSLATE_NOOP("AuditSubject", "用户"),
    "incident": QT_TRANSLATE_NOOP("AuditSubject", "警情"),
    "lent": QT_TRANSLATE_NOOP("AuditSubject", "借出物品"),
    "lesson": QT_TRANSLATE_NOOP("AuditSubject", "整改措施"),
    "linkage": QT_TRANSLATE_NOOP("AuditSubject", "联动规则"),
    "output": QT_TRANSLATE_NOOP("AuditSubject", "联动输出"),
    "plan_run": QT_TRANSLATE_NOOP("AuditSubject", "预案执行"),
    "plans": QT_TRANSLATE_NOOP("AuditSubject", "预案"),
    "program": QT_TRANSLATE_NOOP("AuditSubject", "程序"),
    "ptz": QT_TRANSLATE_NOOP("AuditSubject", "云台"),
    "recording": QT_TRANSLATE_NOOP("AuditSubject", "录像"),
    "review": QT_TRANSLATE_NOOP("AuditSubject", "复盘"),
    "roster": QT_TRANSLATE_NOOP("AuditSubject", "排班"),
    "site": QT_TRANSLATE_NOOP("AuditSubject", "校区"),
    "talk": QT_TRANSLATE_NOOP("AuditSubject", "对讲"),
    "wall": QT_TRANSLATE_NOOP("AuditSubject", "电视墙"),
    "zone": QT_TRANSLATE_NOOP("AuditSubject", "防区"),
}

# The rest of it; one word does for every subject.
_DEEDS: dict[str, str] = {
    "accepted": QT_TRANSLATE_NOOP("AuditDeed", "接收"),
    "activate": QT_TRANSLATE_NOOP("AuditDeed", "启用"),
    "add": QT_TRANSLATE_NOOP("AuditDeed", "新增"),
    "added": QT_TRANSLATE_NOOP("AuditDeed", "新增"),
    "armed": QT_TRANSLATE_NOOP("AuditDeed", "布防"),
    "asked": QT_TRANSLATE_NOOP("AuditDeed", "请求"),
    "began": QT_TRANSLATE_NOOP("AuditDeed", "开始"),
    "cancelled": QT_TRANSLATE_NOOP("AuditDeed", "取消"),
    "change": QT_TRANSLATE_NOOP("AuditDeed", "修改"),
    "change_own_password": QT_TRANSLATE_NOOP("AuditDeed", "改自己的密码"),
    "changed": QT_TRANSLATE_NOOP("AuditDeed", "修改"),
    "checked_in": QT_TRANSLATE_NOOP("AuditDeed", "报平安"),
    "claimed": QT_TRANSLATE_NOOP("AuditDeed", "接警"),
    "closed": QT_TRANSLATE_NOOP("AuditDeed", "办结"),
    "completed": QT_TRANSLATE_NOOP("AuditDeed", "完成"),
    "contained": QT_TRANSLATE_NOOP("AuditDeed", "已控制"),
    "create_user": QT_TRANSLATE_NOOP("AuditDeed", "建立用户"),
    "deactivate": QT_TRANSLATE_NOOP("AuditDeed", "停用"),
    "decided": QT_TRANSLATE_NOOP("AuditDeed", "研判"),
    "declined": QT_TRANSLATE_NOOP("AuditDeed", "拒绝"),
    "delivered": QT_TRANSLATE_NOOP("AuditDeed", "送达"),
    "disarmed": QT_TRANSLATE_NOOP("AuditDeed", "撤防"),
    "dispatched": QT_TRANSLATE_NOOP("AuditDeed", "派警"),
    "done": QT_TRANSLATE_NOOP("AuditDeed", "完毕"),
    "duress": QT_TRANSLATE_NOOP("AuditDeed", "遇险"),
    "en_route": QT_TRANSLATE_NOOP("AuditDeed", "出发"),
    "ended": QT_TRANSLATE_NOOP("AuditDeed", "结束"),
    "escalated": QT_TRANSLATE_NOOP("AuditDeed", "升级"),
    "exit": QT_TRANSLATE_NOOP("AuditDeed", "退出"),
    "exported": QT_TRANSLATE_NOOP("AuditDeed", "导出"),
    "feedback": QT_TRANSLATE_NOOP("AuditDeed", "反馈"),
    "imported": QT_TRANSLATE_NOOP("AuditDeed", "导入"),
    "isolated": QT_TRANSLATE_NOOP("AuditDeed", "隔离"),
    "isolation_ended": QT_TRANSLATE_NOOP("AuditDeed", "取消隔离"),
    "issued": QT_TRANSLATE_NOOP("AuditDeed", "出示二维码"),
    "late": QT_TRANSLATE_NOOP("AuditDeed", "超时"),
    "left": QT_TRANSLATE_NOOP("AuditDeed", "退出"),
    "log_in": QT_TRANSLATE_NOOP("AuditDeed", "登录"),
    "log_in_failed": QT_TRANSLATE_NOOP("AuditDeed", "登录失败"),
    "log_out": QT_TRANSLATE_NOOP("AuditDeed", "退出登录"),
    "logged": QT_TRANSLATE_NOOP("AuditDeed", "登记"),
    "made": QT_TRANSLATE_NOOP("AuditDeed", "新建"),
    "noted": QT_TRANSLATE_NOOP("AuditDeed", "备注"),
    "notice_seen": QT_TRANSLATE_NOOP("AuditDeed", "已阅通知"),
    "on_scene": QT_TRANSLATE_NOOP("AuditDeed", "到场"),
    "opened": QT_TRANSLATE_NOOP("AuditDeed", "打开"),
    "prepared": QT_TRANSLATE_NOOP("AuditDeed", "编制"),
    "published": QT_TRANSLATE_NOOP("AuditDeed", "发布"),
    "expired": QT_TRANSLATE_NOOP("AuditDeed", "到期"),
    "extended": QT_TRANSLATE_NOOP("AuditDeed", "延长"),
    "protected": QT_TRANSLATE_NOOP("AuditDeed", "保护"),
    "put": QT_TRANSLATE_NOOP("AuditDeed", "排入"),
    "raised": QT_TRANSLATE_NOOP("AuditDeed", "报警"),
    "released": QT_TRANSLATE_NOOP("AuditDeed", "放开"),
    "remove": QT_TRANSLATE_NOOP("AuditDeed", "删除"),
    "removed": QT_TRANSLATE_NOOP("AuditDeed", "删除"),
    "replayed": QT_TRANSLATE_NOOP("AuditDeed", "链接被再次打开"),
    "reset": QT_TRANSLATE_NOOP("AuditDeed", "复位"),
    "responding": QT_TRANSLATE_NOOP("AuditDeed", "处置"),
    "returned": QT_TRANSLATE_NOOP("AuditDeed", "退回"),
    "sent": QT_TRANSLATE_NOOP("AuditDeed", "派出"),
    "set_limits": QT_TRANSLATE_NOOP("AuditDeed", "改限制"),
    "set_password": QT_TRANSLATE_NOOP("AuditDeed", "设密码"),
    "set_role": QT_TRANSLATE_NOOP("AuditDeed", "改角色"),
    "shelved": QT_TRANSLATE_NOOP("AuditDeed", "搁置"),
    "signed": QT_TRANSLATE_NOOP("AuditDeed", "签收"),
    "signed_in": QT_TRANSLATE_NOOP("AuditDeed", "签到"),
    "signed_out": QT_TRANSLATE_NOOP("AuditDeed", "签退"),
    "silenced": QT_TRANSLATE_NOOP("AuditDeed", "消音"),
    "snapshot": QT_TRANSLATE_NOOP("AuditDeed", "抓图"),
    "start": QT_TRANSLATE_NOOP("AuditDeed", "启动"),
    "started": QT_TRANSLATE_NOOP("AuditDeed", "开始"),
    "status": QT_TRANSLATE_NOOP("AuditDeed", "改状态"),
    "stopped": QT_TRANSLATE_NOOP("AuditDeed", "停止"),
    "taken": QT_TRANSLATE_NOOP("AuditDeed", "接管"),
    "taken_back": QT_TRANSLATE_NOOP("AuditDeed", "收回"),
    "taken_over": QT_TRANSLATE_NOOP("AuditDeed", "接手"),
    "test_begun": QT_TRANSLATE_NOOP("AuditDeed", "开始测试"),
    "test_ended": QT_TRANSLATE_NOOP("AuditDeed", "结束测试"),
    "unlock": QT_TRANSLATE_NOOP("AuditDeed", "解锁"),
    "unshelved": QT_TRANSLATE_NOOP("AuditDeed", "取回"),
    "searched": QT_TRANSLATE_NOOP("AuditDeed", "查找移动"),
    "viewed": QT_TRANSLATE_NOOP("AuditDeed", "调看"),
    "verified": QT_TRANSLATE_NOOP("AuditDeed", "核对"),
    "verifying": QT_TRANSLATE_NOOP("AuditDeed", "核实"),
    "vouched": QT_TRANSLATE_NOOP("AuditDeed", "以密码作保"),
    "withdrawn": QT_TRANSLATE_NOOP("AuditDeed", "撤回"),
}


def subject_words(action: str) -> str:
    """The code itself where there is no word, so that nothing is hidden."""
    subject = action.partition(".")[0]
    source = SUBJECTS.get(subject)
    return QCoreApplication.translate("AuditSubject", source) if source else subject


def deed_words(action: str) -> str:
    deed = action.partition(".")[2] or action
    source = _DEEDS.get(deed)
    return QCoreApplication.translate("AuditDeed", source) if source else deed
