"""Why an entry was refused, in the reader's language: the site file's own rules speak English only."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.core.errors import ServiceError
from ui.text import sentence
from views.zones.fields import FIELDS


def refusal(error: ServiceError) -> str:
    """The whole sentence, with the field's label instead of its name."""
    if error.code != "entry.invalid":
        return sentence(error)
    field, reason = str(error.params["field"]), str(error.params["reason"])
    labels = {one.name: one.label_text for fields in FIELDS.values() for one in fields}
    text = QCoreApplication.translate("EntryRefusals", "“{field}”不对：{reason}")
    return text.format(field=labels.get(field, field), reason=_reason(field, reason))


def _reason(field: str, reason: str) -> str:
    """The usual ones in words; what is seldom stays as the rule says it."""
    if "always armed" in reason:
        return QCoreApplication.translate("EntryRefusals", "这类防区始终有效，不能分组、延时或设例外")
    if "must not be lowered" in reason:
        return QCoreApplication.translate("EntryRefusals", "这类防区的级别不能降低")
    if reason.startswith("there is no"):
        return QCoreApplication.translate("EntryRefusals", "校区里没有 {no}").format(no=reason.split()[-1])
    if "is already" in reason:
        return QCoreApplication.translate("EntryRefusals", "已经由 {no} 使用").format(no=reason.split()[-1])
    if "outside" in reason:
        return QCoreApplication.translate("EntryRefusals", "不在平面图内")
    if field == "schedule":
        return QCoreApplication.translate("EntryRefusals", "要像 mon-fri 22:00-06:00，一行一段")
    if "must not be empty" in reason or reason == "is missing":
        return QCoreApplication.translate("EntryRefusals", "不能为空")
    if field == "account":
        return QCoreApplication.translate("EntryRefusals", "要 3 到 16 位十六进制")
    return reason
