# ruff: noqa: E501 - one sentence per line reads better than a broken one
"""The Chinese sentence of each error code; English comes from the translation file."""

from __future__ import annotations

from ui.text.noop import QT_TRANSLATE_NOOP

# fmt: off
SENTENCES: dict[str, str] = {
    # alarms
    "alarm.already_claimed": QT_TRANSLATE_NOOP("Errors", "{owner} 已于 {at} 接警。这条报警由对方处理，您不必再接。"),
    "alarm.illegal_move": QT_TRANSLATE_NOOP("Errors", "报警现在是“{was}”，不能改为“{wanted}”。请看报警队列中的最新状态。"),
    "alarm.not_owner": QT_TRANSLATE_NOOP("Errors", "报警 {event_no} 的接警人是 {owner}，您不能代为处理。尚未接警时请先按 F1 接警。"),
    "alarm.reason_needed": QT_TRANSLATE_NOOP("Errors", "排除一键报警或火灾报警必须写明原因。请写明原因后再试。"),
    "alarm.source_active": QT_TRANSLATE_NOOP("Errors", "{name} 的报警器还没有恢复，现在复位会再次报警。请先到现场恢复，或写明处理情况后复位。"),
    "alarm.verdict_needed": QT_TRANSLATE_NOOP("Errors", "报警 {event_no} 还没有研判结论，不能复位。请先按 F2 核实或按 F3 记为误报。"),
    "alarm.view_first": QT_TRANSLATE_NOOP("Errors", "排除一键报警或火灾报警之前必须看过现场画面。请先按 F2 核实。"),
    # dispatch and incidents
    "dispatch.alarm_ended": QT_TRANSLATE_NOOP("Errors", "报警 {event_no} 已是“{state}”，不能再派警。请从警情页处理。"),
    "dispatch.bad_count": QT_TRANSLATE_NOOP("Errors", "反馈里的人数（{field}）不合理。请改正后再提交。"),
    "dispatch.claim_first": QT_TRANSLATE_NOOP("Errors", "报警 {event_no} 还没有人接警，不能派警。请先按 F1 接警。"),
    "dispatch.feedback_missing": QT_TRANSLATE_NOOP("Errors", "警情 {incident_no} 还缺反馈，不能办结。请先填写派警反馈。"),
    "dispatch.guard_busy": QT_TRANSLATE_NOOP("Errors", "{guard} 正在执行另一张派警单。请另选一名保安。"),
    "dispatch.guard_unavailable": QT_TRANSLATE_NOOP("Errors", "{guard} 现在是“{status}”，不能派。请另选一名保安。"),
    "dispatch.illegal_move": QT_TRANSLATE_NOOP("Errors", "现在是“{was}”，不能改为“{wanted}”。请看最新状态。"),
    "dispatch.incident_ended": QT_TRANSLATE_NOOP("Errors", "警情 {incident_no} 已经办结，不能再改。请另立警情。"),
    "dispatch.not_owner": QT_TRANSLATE_NOOP("Errors", "报警 {event_no} 由 {owner} 处理，您不能派警。请与对方联系。"),
    "dispatch.position_outside": QT_TRANSLATE_NOOP("Errors", "{guard} 上报的位置不在校区内，没有采用。请检查定位设备。"),
    "dispatch.still_running": QT_TRANSLATE_NOOP("Errors", "警情 {incident_no} 还有 {count} 张派警单没有结束，不能办结。请先等反馈或取消派警。"),
    "dispatch.text_needed": QT_TRANSLATE_NOOP("Errors", "派警指令是空的，没有派出。请写明要保安做什么。"),
    "dispatch.text_too_long": QT_TRANSLATE_NOOP("Errors", "文字超过 {most} 个字，没有保存。请写短一些。"),
    "dispatch.unknown_guard": QT_TRANSLATE_NOOP("Errors", "名册里没有保安 {guard}。请另选一名保安。"),
    # identity
    "identity.forbidden": QT_TRANSLATE_NOOP("Errors", "您的角色没有“{permission}”权限。请由有权限的人员操作。"),
    "identity.wrong_password": QT_TRANSLATE_NOOP("Errors", "用户名或密码不对。请检查大小写后重试。"),
    "identity.locked": QT_TRANSLATE_NOOP("Errors", "密码连续输错，此用户已暂停登录。请在 {seconds} 秒后再试。"),
    "identity.administrator_exists": QT_TRANSLATE_NOOP("Errors", "已经有管理员了，没有新建。请用已有的用户登录。"),
    "identity.name_invalid": QT_TRANSLATE_NOOP("Errors", "用户名不能为空，最多 {longest} 个字，不能有控制字符。请改正。"),
    "identity.name_taken": QT_TRANSLATE_NOOP("Errors", "用户名 {name} 已有人使用。请换一个。"),
    "identity.password_too_short": QT_TRANSLATE_NOOP("Errors", "密码至少要 {least} 个字符。请加长后再试。"),
    "identity.deactivated": QT_TRANSLATE_NOOP("Errors", "此用户已停用，不能登录。请找管理员。"),
    "identity.last_administrator": QT_TRANSLATE_NOOP("Errors", "{name} 是最后一个在用的管理员，没有改动。请先让另一个人当管理员。"),
    "identity.old_password_wrong": QT_TRANSLATE_NOOP("Errors", "现在的密码不对，密码没有改。请检查大小写后重试。"),
    "identity.no_account": QT_TRANSLATE_NOOP("Errors", "您不是用登记的用户登录的（例如演示），没有密码可改。请用自己的用户登录。"),
    "secrets.invalid": QT_TRANSLATE_NOOP("Errors", "密钥文件 {file} 的 {where} 有误。摄像机和加密主机可能连不上，请改正后重启。"),
    # storage
    "storage.backup_failed": QT_TRANSLATE_NOOP("Errors", "备份没有成功：{reason}。原数据没有改动，请检查目标位置后重试。"),
    "storage.bad_address": QT_TRANSLATE_NOOP("Errors", "数据库地址写法不对（不显示其内容）。请核对 settings.toml 或 SHOUWANG_DATABASE。"),
    "storage.closed": QT_TRANSLATE_NOOP("Errors", "数据库已关闭，操作没有执行。请重新打开程序。"),
    "storage.conflict": QT_TRANSLATE_NOOP("Errors", "别的席位刚刚改过这条记录，您的改动没有写入。请看最新内容后再操作。"),
    "storage.damaged": QT_TRANSLATE_NOOP("Errors", "数据库文件已损坏。请不要继续写入，并用最近的备份恢复。"),
    "storage.not_found": QT_TRANSLATE_NOOP("Errors", "找不到要操作的记录，它可能已被别的席位办结。请看最新列表。"),
    "storage.pg_dump_missing": QT_TRANSLATE_NOOP("Errors", "这台电脑没有 pg_dump，不能备份 PostgreSQL。请安装 PostgreSQL 客户端工具。"),
    "storage.schema_newer": QT_TRANSLATE_NOOP("Errors", "数据库由更新版本的程序建立（{found}），本程序只认识 {wanted}。请升级本程序。"),
    "storage.schema_outdated": QT_TRANSLATE_NOOP("Errors", "数据库结构是旧版（{found}），本程序需要 {wanted}。请先运行 shouwang db upgrade。"),
    "storage.timeout": QT_TRANSLATE_NOOP("Errors", "数据库没有及时回答，操作可能没有写入。请看最新状态，必要时再操作一次。"),
    "storage.too_long": QT_TRANSLATE_NOOP("Errors", "{field} 太长，最多 {longest} 个字符，操作没有写入。请缩短后重试。"),
    "storage.unreachable": QT_TRANSLATE_NOOP("Errors", "连不上数据库，操作没有写入。请检查网络和数据库服务器，然后重试。"),
    "storage.unsupported": QT_TRANSLATE_NOOP("Errors", "不支持的数据库类型：{scheme}。请使用 SQLite 或 PostgreSQL。"),
    # app, hub, settings, site
    "app.bad_address": QT_TRANSLATE_NOOP("Errors", "“{text}”不是“主机:端口”形式的地址。请改正后重试。"),
    "app.child_failed": QT_TRANSLATE_NOOP("Errors", "后台程序 {name} 没有启动成功。请查看数据目录下的日志。"),
    "app.no_display": QT_TRANSLATE_NOOP("Errors", "没有可用的显示器，窗口打不开。请登录桌面后再启动。"),
    "app.own_mistake": QT_TRANSLATE_NOOP("Errors", "程序内部出错，刚才的操作可能没有完成。错误已记入日志，请再试一次并告知管理员。"),
    "app.passwords_differ": QT_TRANSLATE_NOOP("Errors", "两次输入的密码不一样，没有改动。请再来一次。"),
    "app.password_unreadable": QT_TRANSLATE_NOOP("Errors", "从标准输入读到的密码不是 UTF-8 文字，没有改动。请改用 UTF-8。"),
    "app.no_seat_login": QT_TRANSLATE_NOOP("Errors", "第二席没有登录凭据。请从演示程序启动第二席。"),
    "camera.invalid": QT_TRANSLATE_NOOP("Errors", "摄像机 {camera} 的 {field} 有误：{reason}。没有保存，请改正后重试。"),
    "camera.no_site": QT_TRANSLATE_NOOP("Errors", "还没有导入校区，摄像机没有地方可放。请先运行 shouwang site import 文件。"),
    "camera.number_taken": QT_TRANSLATE_NOOP("Errors", "编号 {camera} 已有摄像机，没有保存。请换一个编号，或留空由系统编号。"),
    "camera.pinned": QT_TRANSLATE_NOOP("Errors", "防区 {zones} 的联动指定了摄像机 {camera}，没有删除。请先确认从这些防区取下。"),
    "hub.already_running": QT_TRANSLATE_NOOP("Errors", "{host} 上已有接收机在为本校区服务。一个校区只能有一个接收机。"),
    "hub.cannot_listen": QT_TRANSLATE_NOOP("Errors", "接收机不能使用 {host}:{port}：{reason}。报警主机现在连不上，请改正地址设置。"),
    "hub.not_running": QT_TRANSLATE_NOOP("Errors", "接收机没有运行，现在收不到报警。请启动接收机（shouwang hub）并查看日志。"),
    "hub.port_in_use": QT_TRANSLATE_NOOP("Errors", "端口 {port} 已被别的程序占用，报警主机现在连不上。请关闭那个程序或改用别的端口。"),
    "settings.invalid": QT_TRANSLATE_NOOP("Errors", "设置有误：{file} 第 {line} 行 {field}：{reason}。请改正后重新启动。"),
    "site.cannot_write": QT_TRANSLATE_NOOP("Errors", "写不了校区文件 {file}：{reason}。请检查目标文件夹和剩余空间后重试。"),
    "site.invalid": QT_TRANSLATE_NOOP("Errors", "校区文件 {file} 第 {line} 行 {field} 有误：{reason}。没有导入任何内容，请改正后重试。"),
    "site.none": QT_TRANSLATE_NOOP("Errors", "还没有导入校区。请先运行 shouwang site import 文件。"),
    "site.unreadable": QT_TRANSLATE_NOOP("Errors", "读不了校区文件 {file}：{reason}。请检查文件是否存在、编码是否为 UTF-8。"),
    # simulator
    "sim.codec_missing": QT_TRANSLATE_NOOP("Errors", "模拟摄像机缺少编码器 {codec}。请重新安装本程序。"),
    "sim.encoder_failed": QT_TRANSLATE_NOOP("Errors", "模拟摄像机不能编码 {codec} {width}×{height}。请重新安装本程序。"),
    "sim.not_started": QT_TRANSLATE_NOOP("Errors", "模拟摄像机还没有启动。请先启动演示。"),
    "sim.port_taken": QT_TRANSLATE_NOOP("Errors", "模拟摄像机的端口 {port} 已被占用。请关闭占用的程序或改用别的端口。"),
    "sim.unknown_camera": QT_TRANSLATE_NOOP("Errors", "模拟校区里没有摄像机 {camera}。请检查编号。"),
    "sim.story_invalid": QT_TRANSLATE_NOOP("Errors", "模拟剧本 {file} 的 {where} 有误：{reason}。请改正后重新启动。"),
    # benchmark
    "bench.no_cameras": QT_TRANSLATE_NOOP("Errors", "没有可用的摄像机，测量没有开始。请检查来源。"),
    # video; painted on a tile, so short
    "video.bad_stream": QT_TRANSLATE_NOOP("Errors", "码流损坏，请检查摄像机编码设置"),
    "video.ended": QT_TRANSLATE_NOOP("Errors", "摄像机结束了码流，正在重连"),
    "video.not_found": QT_TRANSLATE_NOOP("Errors", "摄像机上没有这一路码流，请检查地址"),
    "video.refused": QT_TRANSLATE_NOOP("Errors", "摄像机拒绝连接，请检查电源和端口"),
    "video.timeout": QT_TRANSLATE_NOOP("Errors", "摄像机没有回答，请检查网络"),
    "video.unauthorized": QT_TRANSLATE_NOOP("Errors", "用户名或密码不对，请检查摄像机账号"),
    "video.unreachable": QT_TRANSLATE_NOOP("Errors", "网络不通，请检查摄像机网络"),
    "video.unsupported": QT_TRANSLATE_NOOP("Errors", "不支持这种码流，请改用 H.264 或 H.265"),
    "video.engine_stopped": QT_TRANSLATE_NOOP("Errors", "视频已停止，画面没有打开。请重新启动程序。"),
    "video.unknown_camera": QT_TRANSLATE_NOOP("Errors", "校区里没有摄像机 {camera}。请从列表中另选一个。"),
    # this workstation
    "ui.sound_missing": QT_TRANSLATE_NOOP("Errors", "这台电脑没有声音设备，报警只有画面没有声音。请接好音箱。"),
}
# fmt: on
