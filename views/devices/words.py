# ruff: noqa: E501 - one sentence per line reads better than a broken one
"""What is wrong with a camera, as a heading and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.devices.diagnosis import Cause, Diagnosis
from ui.text.noop import QT_TRANSLATE_NOOP

# fmt: off
_HEADS: dict[Cause, str] = {
    Cause.FINE: QT_TRANSLATE_NOOP("Diagnosis", "有画面"),
    Cause.BAD_ADDRESS: QT_TRANSLATE_NOOP("Diagnosis", "地址：写法不对"),
    Cause.UNKNOWN_NAME: QT_TRANSLATE_NOOP("Diagnosis", "地址：没有叫 {host} 的主机"),
    Cause.NO_ROUTE: QT_TRANSLATE_NOOP("Diagnosis", "网络：到不了 {host}"),
    Cause.FILTERED: QT_TRANSLATE_NOOP("Diagnosis", "网络：{host} 的 {port} 端口没有反应"),
    Cause.REFUSED: QT_TRANSLATE_NOOP("Diagnosis", "端口：{host} 在线，但 {port} 端口没有开"),
    Cause.SILENT: QT_TRANSLATE_NOOP("Diagnosis", "没有回答：{host}:{port} 接了连接却不说话"),
    Cause.NOT_A_CAMERA: QT_TRANSLATE_NOOP("Diagnosis", "端口：{host}:{port} 上的不是摄像机"),
    Cause.HUNG_UP: QT_TRANSLATE_NOOP("Diagnosis", "{host} 挂断了连接"),
    Cause.LOGIN_NEEDED: QT_TRANSLATE_NOOP("Diagnosis", "密码：这台摄像机要用户名和密码"),
    Cause.WRONG_LOGIN: QT_TRANSLATE_NOOP("Diagnosis", "密码：用户名或密码不对"),
    Cause.LOCKED_OUT: QT_TRANSLATE_NOOP("Diagnosis", "密码：账号没有权限或已被锁定（{detail}）"),
    Cause.CLOCK_OFF: QT_TRANSLATE_NOOP("Diagnosis", "时间：摄像机的钟差 {detail} 秒，登录因此失败"),
    Cause.WRONG_PATH: QT_TRANSLATE_NOOP("Diagnosis", "路径：摄像机上没有这一路码流（{detail}）"),
    Cause.BUSY: QT_TRANSLATE_NOOP("Diagnosis", "摄像机忙：连接数或带宽已满（{detail}）"),
    Cause.NO_VIDEO: QT_TRANSLATE_NOOP("Diagnosis", "这一路里没有视频"),
    Cause.CODEC: QT_TRANSLATE_NOOP("Diagnosis", "编码：不支持 {detail}"),
    Cause.NO_PICTURE: QT_TRANSLATE_NOOP("Diagnosis", "连上了，但没有画面过来"),
    Cause.DEVICE_ERROR: QT_TRANSLATE_NOOP("Diagnosis", "摄像机出错（{detail}）"),
}
_NEXT: dict[Cause, str] = {
    Cause.FINE: QT_TRANSLATE_NOOP("Diagnosis", "按回车保存。"),
    Cause.BAD_ADDRESS: QT_TRANSLATE_NOOP("Diagnosis", "写成 rtsp://192.168.1.64/路径，或先在左边搜索。"),
    Cause.UNKNOWN_NAME: QT_TRANSLATE_NOOP("Diagnosis", "检查拼写，或改用 IP 地址。"),
    Cause.NO_ROUTE: QT_TRANSLATE_NOOP("Diagnosis", "检查网线、交换机和网段；本机要能到摄像机所在的网段。"),
    Cause.FILTERED: QT_TRANSLATE_NOOP("Diagnosis", "摄像机可能没通电或地址已换，也可能被防火墙拦住。先看电源灯，再试地址范围搜索。"),
    Cause.REFUSED: QT_TRANSLATE_NOOP("Diagnosis", "核对端口号（RTSP 一般是 554），或在摄像机网页里打开 RTSP。"),
    Cause.SILENT: QT_TRANSLATE_NOOP("Diagnosis", "摄像机可能正在启动或已死机。等一分钟再试，不行就断电重启它。"),
    Cause.NOT_A_CAMERA: QT_TRANSLATE_NOOP("Diagnosis", "地址或端口属于别的设备。核对后重填。"),
    Cause.HUNG_UP: QT_TRANSLATE_NOOP("Diagnosis", "可能要用加密连接，或摄像机限制了来访地址。查看摄像机的访问设置。"),
    Cause.LOGIN_NEEDED: QT_TRANSLATE_NOOP("Diagnosis", "在上面填写用户名和密码，再按回车测试。"),
    Cause.WRONG_LOGIN: QT_TRANSLATE_NOOP("Diagnosis", "核对大小写后重填。不要反复试：多数摄像机连错五次就锁定账号。"),
    Cause.LOCKED_OUT: QT_TRANSLATE_NOOP("Diagnosis", "等三十分钟，或在摄像机网页里解锁并给此账号“预览”权限。"),
    Cause.CLOCK_OFF: QT_TRANSLATE_NOOP("Diagnosis", "在摄像机网页里校时或设 NTP，然后再测试。"),
    Cause.WRONG_PATH: QT_TRANSLATE_NOOP("Diagnosis", "在“手工”里按厂家选路径，或查说明书。"),
    Cause.BUSY: QT_TRANSLATE_NOOP("Diagnosis", "关掉别处的预览，或用子码流，再测试。"),
    Cause.NO_VIDEO: QT_TRANSLATE_NOOP("Diagnosis", "这个路径可能只有声音。换一路码流。"),
    Cause.CODEC: QT_TRANSLATE_NOOP("Diagnosis", "在摄像机网页里把编码改为 H.264 或 H.265（关闭 Smart/+ 编码）。"),
    Cause.NO_PICTURE: QT_TRANSLATE_NOOP("Diagnosis", "检查镜头盖和编码设置；跨网段时改用 TCP 并检查防火墙。"),
    Cause.DEVICE_ERROR: QT_TRANSLATE_NOOP("Diagnosis", "重启摄像机后再测试；仍不行请升级它的固件。"),
}
# fmt: on


def heading(diagnosis: Diagnosis) -> str:
    """In the language of the moment; plain text."""
    text = QCoreApplication.translate("Diagnosis", _HEADS[diagnosis.cause])
    return text.format(host=diagnosis.host, port=diagnosis.port, detail=diagnosis.detail or "–")


def what_next(diagnosis: Diagnosis) -> str:
    return QCoreApplication.translate("Diagnosis", _NEXT[diagnosis.cause])
