<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>ActForm</name>
    <message>
        <source>请求增援</source>
        <translation>Ask for backup</translation>
    </message>
    <message>
        <source>接下来派出的单位记为增援，看板上显示还差几个。</source>
        <translation>The next units sent count as backup; the board shows how many are missing.</translation>
    </message>
    <message>
        <source>并入另一起警情</source>
        <translation>Merge into another incident</translation>
    </message>
    <message>
        <source>报警和未结束的派警单转过去，本警情只留记录。</source>
        <translation>Alarms and orders still out move there; this incident stays as a record.</translation>
    </message>
    <message>
        <source>关联另一起警情</source>
        <translation>Link with another incident</translation>
    </message>
    <message>
        <source>两起警情各自处理，互相注明。</source>
        <translation>Both are handled on their own and name each other.</translation>
    </message>
    <message>
        <source>拆分警情</source>
        <translation>Split the incident</translation>
    </message>
    <message>
        <source>勾选的报警和派警单成为另一起警情。</source>
        <translation>What is ticked becomes an incident of its own.</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Unfounded</translation>
    </message>
    <message>
        <source>没有发生警情，写明原因后结束。</source>
        <translation>Nothing happened; it ends with a reason.</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>交公安或其他单位处理，我方人员须已撤回。</source>
        <translation>The police or others carry on; our people must be back.</translation>
    </message>
    <message>
        <source>重新打开</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>已结束的警情继续处理，须写明原因。</source>
        <translation>An ended incident is taken up again, with a reason.</translation>
    </message>
    <message>
        <source>110 警情编号</source>
        <translation>110 number</translation>
    </message>
    <message>
        <source>公安给的编号，结束后也可补填。</source>
        <translation>The number the police gave; it may be added after the end.</translation>
    </message>
    <message>
        <source>新警情名称</source>
        <translation>Name of the new incident</translation>
    </message>
    <message>
        <source>要什么</source>
        <translation>What is needed</translation>
    </message>
    <message>
        <source>几个单位</source>
        <translation>How many units</translation>
    </message>
    <message>
        <source>哪一起</source>
        <translation>Which one</translation>
    </message>
    <message>
        <source>拆出</source>
        <translation>Split off</translation>
    </message>
    <message>
        <source>移交给</source>
        <translation>Handed to</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>Do it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>派岗位、队伍、部门</source>
        <translation>Send a post, team or department</translation>
    </message>
    <message>
        <source>派出该单位现在可派的人；部门要写名称。</source>
        <translation>Everybody of it who is free now is sent; a department needs a name.</translation>
    </message>
    <message>
        <source>派警指令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>部门名称</source>
        <translation>Department</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>接警</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>消音</source>
        <translation>Silence</translation>
    </message>
    <message>
        <source>复位</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>接管</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>Genuine</translation>
    </message>
    <message>
        <source>没有选中的报警</source>
        <translation>No alarm selected</translation>
    </message>
    <message>
        <source>按键作用于：{title} {place}</source>
        <translation>Keys act on: {title}, {place}</translation>
    </message>
    <message>
        <source>转交</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>搁置</source>
        <translation>Shelve</translation>
    </message>
    <message>
        <source>整组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>取回</source>
        <translation>Bring back</translation>
    </message>
</context>
<context>
    <name>ActionBox</name>
    <message>
        <source>由人来做</source>
        <translation>a person</translation>
    </message>
    <message>
        <source>谁来做</source>
        <translation>Who does it</translation>
    </message>
    <message>
        <source>动作对象</source>
        <translation>Target of the action</translation>
    </message>
    <message>
        <source>动作文字</source>
        <translation>Words of the action</translation>
    </message>
</context>
<context>
    <name>ActionFields</name>
    <message>
        <source>由报警决定</source>
        <translation>as the alarm suggests</translation>
    </message>
    <message>
        <source>所有席位</source>
        <translation>all workstations</translation>
    </message>
    <message>
        <source>接通</source>
        <translation>on</translation>
    </message>
    <message>
        <source>断开</source>
        <translation>off</translation>
    </message>
    <message>
        <source>点动</source>
        <translation>pulse</translation>
    </message>
    <message>
        <source>看得见的画面或报警舞台</source>
        <translation>where it is seen, or on the stage</translation>
    </message>
    <message>
        <source>放到电视墙</source>
        <translation>on the wall</translation>
    </message>
    <message>
        <source>放到报警监视窗</source>
        <translation>on the alarm monitor</translation>
    </message>
    <message>
        <source>动作</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>登录名称</source>
        <translation>Log-in name</translation>
    </message>
    <message>
        <source>证书</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>限时</source>
        <translation>Time allowed</translation>
    </message>
    <message>
        <source>失败时</source>
        <translation>If it fails</translation>
    </message>
    <message>
        <source>通常</source>
        <translation>usual</translation>
    </message>
    <message>
        <source>可用 {place} {name} {class} {event_no}</source>
        <translation>{place} {name} {class} {event_no} may be used</translation>
    </message>
    <message>
        <source>英文文字</source>
        <translation>English text</translation>
    </message>
    <message>
        <source>空着则同上</source>
        <translation>empty: the same as above</translation>
    </message>
</context>
<context>
    <name>ActionKind</name>
    <message>
        <source>弹出报警</source>
        <translation>Alarm shown</translation>
    </message>
    <message>
        <source>现场画面</source>
        <translation>Live pictures</translation>
    </message>
    <message>
        <source>地图定位</source>
        <translation>Place on the map</translation>
    </message>
    <message>
        <source>报警声</source>
        <translation>Alarm sound</translation>
    </message>
    <message>
        <source>语音播报</source>
        <translation>Spoken message</translation>
    </message>
    <message>
        <source>电视墙预设</source>
        <translation>Wall preset</translation>
    </message>
    <message>
        <source>通知席位</source>
        <translation>Notify workstations</translation>
    </message>
    <message>
        <source>云台到预置位</source>
        <translation>PTZ to preset</translation>
    </message>
    <message>
        <source>云台对准现场</source>
        <translation>PTZ aims at the scene</translation>
    </message>
    <message>
        <source>抓图留存</source>
        <translation>Snapshot kept</translation>
    </message>
    <message>
        <source>录像并保护</source>
        <translation>Record and protect</translation>
    </message>
    <message>
        <source>控制输出</source>
        <translation>Switch an output</translation>
    </message>
    <message>
        <source>开门</source>
        <translation>Open a door</translation>
    </message>
    <message>
        <source>应急广播</source>
        <translation>Emergency broadcast</translation>
    </message>
    <message>
        <source>启动预案</source>
        <translation>Open a plan</translation>
    </message>
    <message>
        <source>打开派警</source>
        <translation>Open the dispatch panel</translation>
    </message>
    <message>
        <source>准备对讲</source>
        <translation>Prepare talk-back</translation>
    </message>
    <message>
        <source>网络请求（HTTP）</source>
        <translation>Web request (HTTP)</translation>
    </message>
    <message>
        <source>发布消息（MQTT）</source>
        <translation>Publish a message (MQTT)</translation>
    </message>
</context>
<context>
    <name>ActionList</name>
    <message>
        <source>添加动作</source>
        <translation>Add action</translation>
    </message>
    <message>
        <source>删除动作</source>
        <translation>Delete action</translation>
    </message>
    <message>
        <source>上移</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>下移</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>动作</source>
        <translation>Action</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>未动作</source>
        <translation>At rest</translation>
    </message>
    <message>
        <source>已动作</source>
        <translation>Moved</translation>
    </message>
    <message>
        <source>不明</source>
        <translation>Unknown</translation>
    </message>
</context>
<context>
    <name>AlarmClass</name>
    <message>
        <source>一键报警</source>
        <translation>Panic alarm</translation>
    </message>
    <message>
        <source>入侵报警</source>
        <translation>Intrusion</translation>
    </message>
    <message>
        <source>火灾报警</source>
        <translation>Fire alarm</translation>
    </message>
    <message>
        <source>医疗求助</source>
        <translation>Medical call</translation>
    </message>
    <message>
        <source>人脸布控</source>
        <translation>Watch-list face</translation>
    </message>
    <message>
        <source>车辆布控</source>
        <translation>Watch-list vehicle</translation>
    </message>
    <message>
        <source>门禁报警</source>
        <translation>Access alarm</translation>
    </message>
    <message>
        <source>防拆报警</source>
        <translation>Tamper</translation>
    </message>
    <message>
        <source>视频报警</source>
        <translation>Video alarm</translation>
    </message>
    <message>
        <source>设备故障</source>
        <translation>Device fault</translation>
    </message>
    <message>
        <source>通信中断</source>
        <translation>Communication lost</translation>
    </message>
    <message>
        <source>测试信号</source>
        <translation>Test signal</translation>
    </message>
    <message>
        <source>未知报警</source>
        <translation>Unknown alarm</translation>
    </message>
    <message>
        <source>查岗</source>
        <translation>Duty check</translation>
    </message>
</context>
<context>
    <name>AlarmEntryForm</name>
    <message>
        <source>始终有效的防区不能分组，也没有延时</source>
        <translation>A zone that always counts is in no group and has no delay</translation>
    </message>
</context>
<context>
    <name>AlarmStage</name>
    <message>
        <source>上一条报警</source>
        <translation>Previous alarm</translation>
    </message>
    <message>
        <source>下一条报警</source>
        <translation>Next alarm</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Put away</translation>
    </message>
    <message>
        <source>报警舞台</source>
        <translation>Alarm stage</translation>
    </message>
    <message>
        <source>到回放：报警那一刻</source>
        <translation>To playback: the moment of the alarm</translation>
    </message>
</context>
<context>
    <name>AlarmState</name>
    <message>
        <source>待接警</source>
        <translation>Unclaimed</translation>
    </message>
    <message>
        <source>已接警</source>
        <translation>Claimed</translation>
    </message>
    <message>
        <source>核实中</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>Genuine</translation>
    </message>
    <message>
        <source>已立警情</source>
        <translation>Incident opened</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False alarm</translation>
    </message>
    <message>
        <source>测试</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>重复</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <source>设备故障</source>
        <translation>Device fault</translation>
    </message>
    <message>
        <source>已复位</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>语音播报已打开</source>
        <translation>Alarms are called out</translation>
    </message>
    <message>
        <source>{title}，{place}</source>
        <translation>{title}, {place}</translation>
    </message>
</context>
<context>
    <name>AreaKind</name>
    <message>
        <source>楼宇</source>
        <translation>Building</translation>
    </message>
    <message>
        <source>宿舍</source>
        <translation>Dormitory</translation>
    </message>
    <message>
        <source>道路</source>
        <translation>Road</translation>
    </message>
    <message>
        <source>运动场</source>
        <translation>Sports ground</translation>
    </message>
    <message>
        <source>绿地</source>
        <translation>Green</translation>
    </message>
    <message>
        <source>水面</source>
        <translation>Water</translation>
    </message>
    <message>
        <source>广场</source>
        <translation>Plaza</translation>
    </message>
</context>
<context>
    <name>AuditDeed</name>
    <message>
        <source>接收</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>启用</source>
        <translation>Activated</translation>
    </message>
    <message>
        <source>新增</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>布防</source>
        <translation>Armed</translation>
    </message>
    <message>
        <source>请求</source>
        <translation>Asked</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begun</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>改自己的密码</source>
        <translation>Own password changed</translation>
    </message>
    <message>
        <source>报平安</source>
        <translation>Checked in</translation>
    </message>
    <message>
        <source>接警</source>
        <translation>Claimed</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Completed</translation>
    </message>
    <message>
        <source>已控制</source>
        <translation>Contained</translation>
    </message>
    <message>
        <source>建立用户</source>
        <translation>User made</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Deactivated</translation>
    </message>
    <message>
        <source>研判</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>拒绝</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>撤防</source>
        <translation>Disarmed</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>遇险</source>
        <translation>In distress</translation>
    </message>
    <message>
        <source>出发</source>
        <translation>Set out</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>升级</source>
        <translation>Escalated</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Exported</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Imported</translation>
    </message>
    <message>
        <source>隔离</source>
        <translation>Isolated</translation>
    </message>
    <message>
        <source>取消隔离</source>
        <translation>Isolation ended</translation>
    </message>
    <message>
        <source>出示二维码</source>
        <translation>Code shown</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>联动</source>
        <translation>By linkage</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Log-in</translation>
    </message>
    <message>
        <source>登录失败</source>
        <translation>Log-in failed</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Log-out</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Logged</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>Made</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Noted</translation>
    </message>
    <message>
        <source>已阅通知</source>
        <translation>Notice read</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>编制</source>
        <translation>Prepared</translation>
    </message>
    <message>
        <source>发布</source>
        <translation>Published</translation>
    </message>
    <message>
        <source>排入</source>
        <translation>Put in</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Raised</translation>
    </message>
    <message>
        <source>放开</source>
        <translation>Released</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>链接被再次打开</source>
        <translation>Link opened again</translation>
    </message>
    <message>
        <source>复位</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Responding</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>派出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>改限制</source>
        <translation>Limits changed</translation>
    </message>
    <message>
        <source>设密码</source>
        <translation>Password set</translation>
    </message>
    <message>
        <source>改角色</source>
        <translation>Role changed</translation>
    </message>
    <message>
        <source>搁置</source>
        <translation>Shelved</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>签到</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>签退</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source>消音</source>
        <translation>Silenced</translation>
    </message>
    <message>
        <source>抓图</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>启动</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>改状态</source>
        <translation>Status changed</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>接管</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>收回</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>接手</source>
        <translation>Taken over</translation>
    </message>
    <message>
        <source>开始测试</source>
        <translation>Test begun</translation>
    </message>
    <message>
        <source>结束测试</source>
        <translation>Test ended</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlocked</translation>
    </message>
    <message>
        <source>取回</source>
        <translation>Brought back</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Checked</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>以密码作保</source>
        <translation>Vouched by password</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>延长</source>
        <translation>Extended</translation>
    </message>
    <message>
        <source>保护</source>
        <translation>Protected</translation>
    </message>
    <message>
        <source>调看</source>
        <translation>Viewed</translation>
    </message>
    <message>
        <source>查找移动</source>
        <translation>Search for motion</translation>
    </message>
    <message>
        <source>改写</source>
        <translation>Written anew</translation>
    </message>
    <message>
        <source>回看</source>
        <translation>Looked back</translation>
    </message>
    <message>
        <source>启用新硬盘</source>
        <translation>New disk taken in</translation>
    </message>
    <message>
        <source>看小画面</source>
        <translation>Looked over</translation>
    </message>
    <message>
        <source>回答</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>中断</source>
        <translation>Broken off</translation>
    </message>
    <message>
        <source>办完一步</source>
        <translation>Step carried out</translation>
    </message>
    <message>
        <source>校验</source>
        <translation>Checked</translation>
    </message>
    <message>
        <source>定响应时限</source>
        <translation>Response limits laid down</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>定期限</source>
        <translation>Dated</translation>
    </message>
    <message>
        <source>演练结束</source>
        <translation>Drill ended</translation>
    </message>
    <message>
        <source>随演练结束</source>
        <translation>Over with the drill</translation>
    </message>
    <message>
        <source>开始导出</source>
        <translation>Export begun</translation>
    </message>
    <message>
        <source>提前收到反馈</source>
        <translation>Feedback came early</translation>
    </message>
    <message>
        <source>迟到的反馈</source>
        <translation>Feedback came late</translation>
    </message>
    <message>
        <source>按班制排满</source>
        <translation>Filled by pattern</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>回守望位</source>
        <translation>Back home</translation>
    </message>
    <message>
        <source>借出</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>并入</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>改控制方式</source>
        <translation>Mode changed</translation>
    </message>
    <message>
        <source>转到另一警情</source>
        <translation>Moved to another incident</translation>
    </message>
    <message>
        <source>撤回记事</source>
        <translation>Note withdrawn</translation>
    </message>
    <message>
        <source>定值守要求</source>
        <translation>Standing orders laid down</translation>
    </message>
    <message>
        <source>未报平安</source>
        <translation>Check-in overdue</translation>
    </message>
    <message>
        <source>改班制</source>
        <translation>Pattern changed</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>报警响起</source>
        <translation>Alarm played</translation>
    </message>
    <message>
        <source>附证</source>
        <translation>Proof added</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redone</translation>
    </message>
    <message>
        <source>查看登记簿</source>
        <translation>Register read</translation>
    </message>
    <message>
        <source>驳回</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>填写</source>
        <translation>Written</translation>
    </message>
    <message>
        <source>中止</source>
        <translation>Aborted</translation>
    </message>
    <message>
        <source>删预置位</source>
        <translation>Preset removed</translation>
    </message>
    <message>
        <source>改名</source>
        <translation>Renamed</translation>
    </message>
    <message>
        <source>替换</source>
        <translation>Replaced</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Requested</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>停止使用</source>
        <translation>Retired</translation>
    </message>
    <message>
        <source>复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>恢复使用</source>
        <translation>Revived</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>存预置位</source>
        <translation>Preset saved</translation>
    </message>
    <message>
        <source>已看</source>
        <translation>Seen</translation>
    </message>
    <message>
        <source>共享</source>
        <translation>Shared</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submitted</translation>
    </message>
    <message>
        <source>换班</source>
        <translation>Swapped</translation>
    </message>
    <message>
        <source>移交外单位</source>
        <translation>Transferred</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Tried again</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Unfounded</translation>
    </message>
    <message>
        <source>取消共享</source>
        <translation>No longer shared</translation>
    </message>
    <message>
        <source>走测开始</source>
        <translation>Walk test begun</translation>
    </message>
    <message>
        <source>走测结束</source>
        <translation>Walk test ended</translation>
    </message>
    <message>
        <source>接过上一班手上的</source>
        <translation>Last shift&apos;s work taken over</translation>
    </message>
    <message>
        <source>接班接过</source>
        <translation>Taken over with the shift</translation>
    </message>
</context>
<context>
    <name>AuditScreen</name>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>之前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>之后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>停止核对</source>
        <translation>Stop checking</translation>
    </message>
    <message>
        <source>核对审计链</source>
        <translation>Check the chain</translation>
    </message>
    <message>
        <source>已停止：前 {rows} 条完好，其余没有核对。</source>
        <translation>Stopped: the first {rows} rows are sound, the others were not checked.</translation>
    </message>
    <message>
        <source>审计链完好，共 {rows} 条。</source>
        <translation>The chain is sound: {rows} rows.</translation>
    </message>
    <message>
        <source>内容被改过</source>
        <translation>its text was changed</translation>
    </message>
    <message>
        <source>被删除或移动</source>
        <translation>it was deleted or moved</translation>
    </message>
    <message>
        <source>与前一条对不上</source>
        <translation>it does not follow the row before</translation>
    </message>
    <message>
        <source>末尾的记录不见了</source>
        <translation>rows are gone from the end</translation>
    </message>
    <message>
        <source>审计链从第 {seq} 条起不可信：{reason}。请保留现场并报告保卫处。</source>
        <translation>The chain cannot be trusted from row {seq} on: {reason}. Leave everything as it is and tell the security office.</translation>
    </message>
    <message>
        <source>导出审计记录</source>
        <translation>Export the audit</translation>
    </message>
    <message>
        <source>已导出到 {path}</source>
        <translation>Exported to {path}</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>在上面选一条，这里列出改了什么</source>
        <translation>Choose a line above; what it changed is listed here</translation>
    </message>
    <message>
        <source>时间范围</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>谁做的</source>
        <translation>Who did it</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Object</translation>
    </message>
    <message>
        <source>审计记录，最新在前</source>
        <translation>Audit, newest first</translation>
    </message>
    <message>
        <source>所选记录的前后内容</source>
        <translation>Before and after of the chosen row</translation>
    </message>
    <message>
        <source>核对进度</source>
        <translation>Progress of the check</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>更早的记录</source>
        <translation>Earlier rows</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export …</translation>
    </message>
    <message>
        <source>这段时间没有符合条件的记录。请放宽条件后再找。</source>
        <translation>No such rows in this time. Widen the search and look again.</translation>
    </message>
    <message>
        <source>近 24 小时</source>
        <translation>Last 24 hours</translation>
    </message>
    <message>
        <source>近 7 天</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <source>近 30 天</source>
        <translation>Last 30 days</translation>
    </message>
    <message>
        <source>自定时间</source>
        <translation>Own times</translation>
    </message>
    <message>
        <source>所有类别</source>
        <translation>All kinds</translation>
    </message>
    <message>
        <source>编号、用户名、摄像机……</source>
        <translation>Number, user name, camera …</translation>
    </message>
</context>
<context>
    <name>AuditSubject</name>
    <message>
        <source>报警</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>布防</source>
        <translation>Arming</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>通话</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>Drill</translation>
    </message>
    <message>
        <source>消防装置</source>
        <translation>Fire device</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>Guard</translation>
    </message>
    <message>
        <source>保安手机</source>
        <translation>Guard&apos;s phone</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>接收机</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>用户</source>
        <translation>User</translation>
    </message>
    <message>
        <source>警情</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>借出物品</source>
        <translation>Lent item</translation>
    </message>
    <message>
        <source>整改措施</source>
        <translation>Lesson</translation>
    </message>
    <message>
        <source>联动规则</source>
        <translation>Linkage rule</translation>
    </message>
    <message>
        <source>联动输出</source>
        <translation>Output</translation>
    </message>
    <message>
        <source>预案执行</source>
        <translation>Plan run</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>程序</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>云台</source>
        <translation>PTZ</translation>
    </message>
    <message>
        <source>录像</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Roster</translation>
    </message>
    <message>
        <source>校区</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>对讲</source>
        <translation>Talk</translation>
    </message>
    <message>
        <source>电视墙</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>书签</source>
        <translation>Bookmark</translation>
    </message>
    <message>
        <source>布防组</source>
        <translation>Arm groups</translation>
    </message>
    <message>
        <source>录像文件</source>
        <translation>Clip file</translation>
    </message>
    <message>
        <source>调阅取证</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>保安名单</source>
        <translation>Guard list</translation>
    </message>
    <message>
        <source>报警主机</source>
        <translation>Panels</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>班组</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>防区表</source>
        <translation>Zone list</translation>
    </message>
</context>
<context>
    <name>AuditWords</name>
    <message>
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <source>序号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>动作</source>
        <translation>Deed</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Object</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>审计记录</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>导出人</source>
        <translation>Exported by</translation>
    </message>
    <message>
        <source>导出时间</source>
        <translation>Exported at</translation>
    </message>
    <message>
        <source>条件</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>条数</source>
        <translation>Rows</translation>
    </message>
    <message>
        <source>没有符合条件的记录</source>
        <translation>No such rows</translation>
    </message>
    <message>
        <source>次序为从新到旧。导出本身也记入审计。</source>
        <translation>Newest first. The export itself is in the audit.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>BeginBox</name>
    <message>
        <source>（该演练了）</source>
        <translation> (drill due)</translation>
    </message>
    <message>
        <source>按预案演练</source>
        <translation>Try a plan</translation>
    </message>
    <message>
        <source>重放过去的警情</source>
        <translation>Play a past incident again</translation>
    </message>
    <message>
        <source>开始演练</source>
        <translation>Begin drill</translation>
    </message>
    <message>
        <source>开始重放</source>
        <translation>Begin replay</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>从哪个防区报警</source>
        <translation>Zone that raises the alarm</translation>
    </message>
    <message>
        <source>要重放的警情</source>
        <translation>Incident to play again</translation>
    </message>
    <message>
        <source>由程序模拟保安</source>
        <translation>The program plays the guards</translation>
    </message>
    <message>
        <source>演练期间联动输出只演不动</source>
        <translation>Outputs are only played meanwhile</translation>
    </message>
    <message>
        <source>报警 5 秒后响起。真实的特急和紧急报警一来，演练自动暂停，输出恢复真动。</source>
        <translation>The alarm rings after 5 s. A real alarm of priority 1 or 2 pauses the drill by itself, and outputs move again.</translation>
    </message>
    <message>
        <source>还没有已发布的预案，先在“预案”页发布一份。</source>
        <translation>No plan is published; publish one on the Plans screen first.</translation>
    </message>
</context>
<context>
    <name>BookmarkPanel</name>
    <message>
        <source>书签：{when}</source>
        <translation>Bookmark: {when}</translation>
    </message>
    <message>
        <source>改写 {when} 的书签</source>
        <translation>Write the bookmark of {when} anew</translation>
    </message>
    <message>
        <source>撤下 {author} 的书签，原因：</source>
        <translation>Take down {author}&apos;s bookmark; the reason:</translation>
    </message>
    <message>
        <source>找书签</source>
        <translation>Find bookmarks</translation>
    </message>
    <message>
        <source>找书签：文字、作者、摄像机</source>
        <translation>Find bookmarks: text, author, camera</translation>
    </message>
    <message>
        <source>书签；回车跳到，E 改写，Delete 撤下</source>
        <translation>Bookmarks; Enter goes there, E writes it anew, Delete takes it down</translation>
    </message>
    <message>
        <source>没有书签。按 B 在现在的时刻加一个。</source>
        <translation>No bookmarks. Press B to add one at this moment.</translation>
    </message>
    <message>
        <source>到此刻</source>
        <translation>To here</translation>
    </message>
    <message>
        <source>书签从开始的时刻一直到现在的画面 Shift+B</source>
        <translation>The bookmark reaches from where it began to the picture shown now Shift+B</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message>
        <source>对方还没有复述：{items}</source>
        <translation>Not said back yet: {items}</translation>
    </message>
    <message>
        <source>打 {name}</source>
        <translation>Call {name}</translation>
    </message>
    <message>
        <source>记录通话</source>
        <translation>Log a call</translation>
    </message>
    <message>
        <source>对方复述正确的打勾</source>
        <translation>Tick what they said back rightly</translation>
    </message>
    <message>
        <source>对方</source>
        <translation>Other party</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>对方编号</source>
        <translation>Their number for it</translation>
    </message>
    <message>
        <source>对方说了什么</source>
        <translation>What they said</translation>
    </message>
    <message>
        <source>去电或来电</source>
        <translation>Called out or in</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>记下通话</source>
        <translation>Log the call</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>CallDialog</name>
    <message>
        <source>可能已经有人报过（{count}）：选一条并入，或仍作为新报警</source>
        <translation>Perhaps reported already ({count}): attach to one, or raise it anyway</translation>
    </message>
    <message>
        <source>十分钟内附近没有相似的报警</source>
        <translation>Nothing like it near here in the last ten minutes</translation>
    </message>
    <message>
        <source>{age}前</source>
        <translation>{age} ago</translation>
    </message>
    <message>
        <source>无人接警</source>
        <translation>Nobody has claimed it</translation>
    </message>
    <message>
        <source>接警登记</source>
        <translation>Report an alarm</translation>
    </message>
    <message>
        <source>求助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>火灾</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>医疗</source>
        <translation>Medical</translation>
    </message>
    <message>
        <source>闯入</source>
        <translation>Intruder</translation>
    </message>
    <message>
        <source>门禁</source>
        <translation>Door</translation>
    </message>
    <message>
        <source>设备损坏</source>
        <translation>Broken</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>报警人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>楼、门、路口，或在右边图上点一下</source>
        <translation>building, gate, crossing, or click on the plan</translation>
    </message>
    <message>
        <source>发生了什么、几个人、有没有人受伤</source>
        <translation>what happened, how many people, anyone hurt</translation>
    </message>
    <message>
        <source>现场位置</source>
        <translation>Place of the incident</translation>
    </message>
    <message>
        <source>相似的报警</source>
        <translation>Alarms like it</translation>
    </message>
    <message>
        <source>报警  Ctrl+回车</source>
        <translation>Raise alarm  Ctrl+Enter</translation>
    </message>
    <message>
        <source>并入所选  Ctrl+J</source>
        <translation>Attach to chosen  Ctrl+J</translation>
    </message>
    <message>
        <source>取消  Esc</source>
        <translation>Cancel  Esc</translation>
    </message>
</context>
<context>
    <name>CallDirection</name>
    <message>
        <source>去电</source>
        <translation>Called out</translation>
    </message>
    <message>
        <source>来电</source>
        <translation>Called in</translation>
    </message>
</context>
<context>
    <name>CallKind</name>
    <message>
        <source>110</source>
        <translation>110</translation>
    </message>
    <message>
        <source>119</source>
        <translation>119</translation>
    </message>
    <message>
        <source>120</source>
        <translation>120</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>CallOutcome</name>
    <message>
        <source>已受理，派人</source>
        <translation>Accepted, coming</translation>
    </message>
    <message>
        <source>已告知</source>
        <translation>Told</translation>
    </message>
    <message>
        <source>未受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>无人接听</source>
        <translation>No answer</translation>
    </message>
</context>
<context>
    <name>CallScript</name>
    <message>
        <source>您好，这里是{site}保卫处，我是{caller}，要报警。</source>
        <translation>Hello, this is the security office of {site}, {caller} speaking. I want to report an emergency. </translation>
    </message>
    <message>
        <source>您好，这里是{site}保卫处，我是{caller}，要报火警。</source>
        <translation>Hello, this is the security office of {site}, {caller} speaking. I want to report a fire. </translation>
    </message>
    <message>
        <source>您好，这里是{site}保卫处，我是{caller}，要叫救护车。</source>
        <translation>Hello, this is the security office of {site}, {caller} speaking. We need an ambulance. </translation>
    </message>
    <message>
        <source>您好，这里是{site}保卫处，我是{caller}。</source>
        <translation>Hello, this is the security office of {site}, {caller} speaking. </translation>
    </message>
    <message>
        <source>地点：{text}。</source>
        <translation>Place: {text}. </translation>
    </message>
    <message>
        <source>情况：{text}。</source>
        <translation>What happened: {text}. </translation>
    </message>
    <message>
        <source>人员：{text}。</source>
        <translation>People: {text}. </translation>
    </message>
    <message>
        <source>危险：{text}。</source>
        <translation>Dangers: {text}. </translation>
    </message>
    <message>
        <source>我们在{text}接应。</source>
        <translation>We meet you at {text}. </translation>
    </message>
    <message>
        <source>请回拨 {text}。</source>
        <translation>Call back on {text}. </translation>
    </message>
    <message>
        <source>请您复述一遍。</source>
        <translation>Please say that back to me.</translation>
    </message>
    <message>
        <source>伤亡情况不明</source>
        <translation>casualties unknown</translation>
    </message>
    <message>
        <source>暂未发现</source>
        <translation>none seen</translation>
    </message>
</context>
<context>
    <name>CalmPage</name>
    <message>
        <source>没有未结束的报警</source>
        <translation>No open alarms</translation>
    </message>
    <message>
        <source>新的报警会带着现场画面出现在这里。</source>
        <translation>A new alarm appears here with its pictures.</translation>
    </message>
    <message>
        <source>没有需要看画面的报警</source>
        <translation>No alarm needs looking at</translation>
    </message>
    <message>
        <source>最早的一条：{at}  {title}  {place}</source>
        <translation>The oldest: {at}  {title}  {place}</translation>
    </message>
    <message>
        <source>队列中 {total} 条：待接 {waiting}，我的 {own}    {levels}</source>
        <translation>{total} in the queue: {waiting} waiting, {own} mine    {levels}</translation>
    </message>
</context>
<context>
    <name>CameBy</name>
    <message>
        <source>报警设备</source>
        <translation>Alarm device</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>当面</source>
        <translation>In person</translation>
    </message>
    <message>
        <source>对讲机</source>
        <translation>Radio</translation>
    </message>
    <message>
        <source>巡逻发现</source>
        <translation>Found on patrol</translation>
    </message>
</context>
<context>
    <name>CameraChoice</name>
    <message>
        <source>要回放的摄像机</source>
        <translation>Cameras to play back</translation>
    </message>
    <message>
        <source>勾选 1 到 9 台；回车换到选中的画面上，时刻不变</source>
        <translation>Tick 1 to 9; Enter puts the camera in the place of the chosen picture, at the same moment</translation>
    </message>
</context>
<context>
    <name>CameraFields</name>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>楼栋</source>
        <translation>Building</translation>
    </message>
    <message>
        <source>楼层</source>
        <translation>Floor</translation>
    </message>
    <message>
        <source>主码流</source>
        <translation>Main stream</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>Sub-stream</translation>
    </message>
    <message>
        <source>留空则用地址命名</source>
        <translation>Empty: named by its address</translation>
    </message>
    <message>
        <source>留空则与主码流相同</source>
        <translation>Empty: the same as the main stream</translation>
    </message>
    <message>
        <source>可留空</source>
        <translation>May be empty</translation>
    </message>
</context>
<context>
    <name>CameraModel</name>
    <message>
        <source>取消收藏（Ctrl+D）</source>
        <translation>Remove from favourites (Ctrl+D)</translation>
    </message>
    <message>
        <source>收藏（Ctrl+D）</source>
        <translation>Add to favourites (Ctrl+D)</translation>
    </message>
    <message>
        <source>收藏</source>
        <translation>Favourites</translation>
    </message>
    <message>
        <source>室外</source>
        <translation>Outdoors</translation>
    </message>
</context>
<context>
    <name>CameraTable</name>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>已标</source>
        <translation>On it</translation>
    </message>
    <message>
        <source>未标</source>
        <translation>Not yet</translation>
    </message>
</context>
<context>
    <name>CameraTree</name>
    <message>
        <source>筛选摄像机</source>
        <translation>Filter cameras</translation>
    </message>
    <message>
        <source>摄像机列表</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>楼宇</source>
        <translation>Building</translation>
    </message>
    <message>
        <source>楼层</source>
        <translation>Floor</translation>
    </message>
    <message>
        <source>按地点分组（Ctrl+G）</source>
        <translation>Group by place (Ctrl+G)</translation>
    </message>
    <message>
        <source>按楼宇分组（Ctrl+G）</source>
        <translation>Group by building (Ctrl+G)</translation>
    </message>
    <message>
        <source>按楼层分组（Ctrl+G）</source>
        <translation>Group by floor (Ctrl+G)</translation>
    </message>
    <message>
        <source>展开或收起全部分组</source>
        <translation>Open or close all groups</translation>
    </message>
    <message>
        <source>名称、拼音或首字母</source>
        <translation>Name, pinyin or initials</translation>
    </message>
</context>
<context>
    <name>Cause</name>
    <message>
        <source>连续</source>
        <translation>continuous</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>alarm</translation>
    </message>
    <message>
        <source>移动侦测</source>
        <translation>motion</translation>
    </message>
</context>
<context>
    <name>CauseKind</name>
    <message>
        <source>人</source>
        <translation>People</translation>
    </message>
    <message>
        <source>物</source>
        <translation>Things</translation>
    </message>
    <message>
        <source>管理</source>
        <translation>Management</translation>
    </message>
</context>
<context>
    <name>ChangeKind</name>
    <message>
        <source>新增</source>
        <translation>New</translation>
    </message>
    <message>
        <source>有变</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>已了结</source>
        <translation>Over</translation>
    </message>
</context>
<context>
    <name>Channel</name>
    <message>
        <source>对讲机</source>
        <translation>Radio</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>手机应用</source>
        <translation>App</translation>
    </message>
    <message>
        <source>110</source>
        <translation>110</translation>
    </message>
</context>
<context>
    <name>ChosenOutput</name>
    <message>
        <source>等待反馈，最迟 {at}</source>
        <translation>Waiting for feedback until {at}</translation>
    </message>
    <message>
        <source>确认对“{name}”执行“{action}”？</source>
        <translation>Really &quot;{action}&quot; for &quot;{name}&quot;?</translation>
    </message>
    <message>
        <source>确认 (Ctrl+回车)</source>
        <translation>Confirm (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>取消 (Esc)</source>
        <translation>Cancel (Esc)</translation>
    </message>
    <message>
        <source>联动</source>
        <translation>Linkage</translation>
    </message>
    <message>
        <source>{who} 要求对“{name}”执行“{action}”，等待确认。{reason}</source>
        <translation>{who} asks to &quot;{action}&quot; &quot;{name}&quot; and waits for confirmation. {reason}</translation>
    </message>
    <message>
        <source>允许 (Ctrl+回车)</source>
        <translation>Allow (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>撤回命令</source>
        <translation>Take the order back</translation>
    </message>
    <message>
        <source>{mark} {kind} {name}：{reason}</source>
        <translation>{mark} {kind} {name}: {reason}</translation>
    </message>
    <message>
        <source>单独改为手动</source>
        <translation>Keep this one manual</translation>
    </message>
    <message>
        <source>取消单独手动</source>
        <translation>Follow the whole site again</translation>
    </message>
    <message>
        <source>在上面选一个输出</source>
        <translation>Choose an output above</translation>
    </message>
</context>
<context>
    <name>ChosenRequest</name>
    <message>
        <source>在左边选一份申请，或按 Ctrl+N 新建。</source>
        <translation>Choose a request at the left, or press Ctrl+N for a new one.</translation>
    </message>
    <message>
        <source>导出到哪个文件夹</source>
        <translation>Export into which folder</translation>
    </message>
    <message>
        <source>导出到 {folder}</source>
        <translation>Export into {folder}</translation>
    </message>
    <message>
        <source>截取</source>
        <translation>Cutting</translation>
    </message>
    <message>
        <source>从录像机取</source>
        <translation>Fetching from the recorder</translation>
    </message>
    <message>
        <source>制作副本</source>
        <translation>Making copies</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signing</translation>
    </message>
    <message>
        <source>打包</source>
        <translation>Packing</translation>
    </message>
    <message>
        <source>批准</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>不批准</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>校验</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>移交…</source>
        <translation>Hand over…</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>File</translation>
    </message>
    <message>
        <source>记为退回</source>
        <translation>Note as returned</translation>
    </message>
    <message>
        <source>重新导出</source>
        <translation>Export again</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>打印…</source>
        <translation>Print…</translation>
    </message>
    <message>
        <source>用包里的校验程序核对每个字节</source>
        <translation>Checks every byte with the verifier that lies in the package</translation>
    </message>
    <message>
        <source>申请审批表；移交后为移交单 (Ctrl+P)</source>
        <translation>The request form; after the hand-over the hand-over slip (Ctrl+P)</translation>
    </message>
    <message>
        <source>不批准、撤回、重新导出或退回须写明原因</source>
        <translation>A reason is needed to reject, withdraw, export again or note as returned</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>包的密码；请另行告知接收人</source>
        <translation>Password of the package; tell it to the recipient by another way</translation>
    </message>
    <message>
        <source>包的密码</source>
        <translation>Password of the package</translation>
    </message>
    <message>
        <source>缺的录像留空并写明</source>
        <translation>Leave gaps for what is missing, and say so</translation>
    </message>
    <message>
        <source>换文件夹…</source>
        <translation>Other folder…</translation>
    </message>
    <message>
        <source>停止导出</source>
        <translation>Stop the export</translation>
    </message>
    <message>
        <source>导出进度</source>
        <translation>Progress of the export</translation>
    </message>
    <message>
        <source>要调取的录像</source>
        <translation>Recordings asked for</translation>
    </message>
    <message>
        <source>看遮挡框</source>
        <translation>See the masks</translation>
    </message>
    <message>
        <source>在录像画面上看申请遮挡的地方，不能改 (Ctrl+B)</source>
        <translation>See on the recording what the request masks; nothing can be changed (Ctrl+B)</translation>
    </message>
    <message>
        <source>原因（批准时可不写）</source>
        <translation>Reason (not needed to approve)</translation>
    </message>
</context>
<context>
    <name>ChosenUser</name>
    <message>
        <source>{name} 已启用，可以登录。</source>
        <translation>{name} is switched on and can log in.</translation>
    </message>
    <message>
        <source>{name} 的密码已改，请当面告知本人。</source>
        <translation>The password of {name} is changed; tell it in person.</translation>
    </message>
    <message>
        <source>{name} 已解锁，可以再试。</source>
        <translation>{name} is unlocked and can try again.</translation>
    </message>
    <message>
        <source>请先在左边选一个用户</source>
        <translation>Choose a user at the left first</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Switch off</translation>
    </message>
    <message>
        <source>启用</source>
        <translation>Switch on</translation>
    </message>
    <message>
        <source>停用后不能再登录，记录仍然保留</source>
        <translation>A switched-off user cannot log in; records stay</translation>
    </message>
    <message>
        <source>启用后可以再登录</source>
        <translation>A switched-on user can log in again</translation>
    </message>
    <message>
        <source>所选用户的角色</source>
        <translation>Role of the chosen user</translation>
    </message>
    <message>
        <source>改角色</source>
        <translation>Change role</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>密码连续输错后暂停登录的，可以立即解除</source>
        <translation>Ends the wait after too many wrong passwords</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>再输一次新密码</source>
        <translation>New password again</translation>
    </message>
    <message>
        <source>设密码</source>
        <translation>Set password</translation>
    </message>
    <message>
        <source>{name} 的角色已改：少了的权限立即停用，多了的下次登录起生效。</source>
        <translation>The role of {name} is changed: rights that are gone end now, new ones begin at the next log-in.</translation>
    </message>
    <message>
        <source>{name} 已停用，不能再登录；已登录的席位自动锁定。</source>
        <translation>{name} is switched off and cannot log in again; a seat that is logged in locks by itself.</translation>
    </message>
</context>
<context>
    <name>ClipPresenter</name>
    <message>
        <source>文件内 {place}</source>
        <translation>{place} into the file</translation>
    </message>
    <message>
        <source>外来录像文件的画面，{at} 截取</source>
        <translation>Picture of a recording from elsewhere, taken {at}</translation>
    </message>
    <message>
        <source>已保存抓图 {file}，SHA-256 {digest}</source>
        <translation>Snapshot saved: {file}, SHA-256 {digest}</translation>
    </message>
</context>
<context>
    <name>ClipWindow</name>
    <message>
        <source>打开录像文件</source>
        <translation>Open a recording file</translation>
    </message>
    <message>
        <source>正在打开 {name}…</source>
        <translation>Opening {name}…</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>播放</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>−10 秒</source>
        <translation>−10 seconds</translation>
    </message>
    <message>
        <source>上一帧</source>
        <translation>Picture before</translation>
    </message>
    <message>
        <source>下一帧</source>
        <translation>Next picture</translation>
    </message>
    <message>
        <source>+10 秒</source>
        <translation>+10 seconds</translation>
    </message>
    <message>
        <source>倒放或正放</source>
        <translation>Backwards or forwards</translation>
    </message>
    <message>
        <source>声音</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>把画面按原大小存成图片</source>
        <translation>Save the picture in its own size</translation>
    </message>
    <message>
        <source>把录像文件拖到这里，或按 Ctrl+O 选一个。</source>
        <translation>Drop a recording file here, or press Ctrl+O to choose one.</translation>
    </message>
    <message>
        <source>播放位置</source>
        <translation>Place in the film</translation>
    </message>
    <message>
        <source>速度</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>解码引擎</source>
        <translation>Decoding engine</translation>
    </message>
    <message>
        <source>解码引擎：FFmpeg 能倒放、逐帧；打不开时用 VLC</source>
        <translation>Decoding engine: FFmpeg can go backwards and step; VLC for what it cannot open</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>{engine} 播放：{coding}，{width}×{height}，{size} MB</source>
        <translation>Played by {engine}: {coding}, {width}×{height}, {size} MB</translation>
    </message>
    <message>
        <source>{engine} 播放：{width}×{height}，{size} MB</source>
        <translation>Played by {engine}: {width}×{height}, {size} MB</translation>
    </message>
</context>
<context>
    <name>ClockField</name>
    <message>
        <source>接警</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>升级通知</source>
        <translation>Escalation</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>岗位到场</source>
        <translation>Post arrives</translation>
    </message>
    <message>
        <source>巡逻到场</source>
        <translation>Patrol arrives</translation>
    </message>
    <message>
        <source>增援到场</source>
        <translation>Backup arrives</translation>
    </message>
    <message>
        <source>处置完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>无动作可接手</source>
        <translation>Free after silence</translation>
    </message>
</context>
<context>
    <name>ClocksPage</name>
    <message>
        <source>已保存。等待中的报警从下一秒起按新时限计；已发出的派警单仍按原时限。</source>
        <translation>Saved. Waiting alarms are judged by the new limits from the next second; orders already sent keep theirs.</translation>
    </message>
    <message>
        <source>从收到报警（签收、到场从派警）起算。接警和第一级通知不能取消：没有报警可以无人过问。</source>
        <translation>Counted from the alarm (signing and arriving from the order). Claiming and the first notice cannot be switched off: no alarm may go unasked.</translation>
    </message>
    <message>
        <source>不限</source>
        <translation>No limit</translation>
    </message>
    <message>
        <source>不通知</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>填入默认时限</source>
        <translation>Fill in the defaults</translation>
    </message>
    <message>
        <source>通知{rung}</source>
        <translation>Tell {rung}</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>命令 {key}</source>
        <translation>Command {key}</translation>
    </message>
    <message>
        <source>派 12 3 ｜ 退 12 3 原因 ｜ 结 12 结果 ｜ ? 帮助</source>
        <translation>send 12 3 | return 12 3 reason | close 12 result | ? help</translation>
    </message>
    <message>
        <source>命令行</source>
        <translation>Command line</translation>
    </message>
    <message>
        <source>不认识“{word}”。输入 ? 看全部命令。</source>
        <translation>&quot;{word}&quot; is no command. Type ? to see them all.</translation>
    </message>
    <message>
        <source>“{verb}”后面要写警情号，例如 {verb} 12。</source>
        <translation>&quot;{verb}&quot; needs an incident number, e.g. {verb} 12.</translation>
    </message>
    <message>
        <source>“{verb}”要写警情号和保安号，例如 {verb} 12 3。</source>
        <translation>&quot;{verb}&quot; needs an incident and a guard number, e.g. {verb} 12 3.</translation>
    </message>
    <message>
        <source>“{verb}”最后要写文字，例如原因或结果。</source>
        <translation>&quot;{verb}&quot; needs words at the end, a reason or result.</translation>
    </message>
    <message>
        <source>没有未结束的警情 {number}。</source>
        <translation>There is no open incident {number}.</translation>
    </message>
    <message>
        <source>有几起警情是 {number} 号，请写全号：{numbers}</source>
        <translation>Several incidents have the number {number}; type one in full: {numbers}</translation>
    </message>
    <message>
        <source>没有保安 {number}。</source>
        <translation>There is no guard {number}.</translation>
    </message>
    <message>
        <source>有几名保安是 {number} 号：{numbers}。请在名单里选。</source>
        <translation>Several guards have the number {number}: {numbers}. Choose in the list.</translation>
    </message>
    <message>
        <source>{guard} 在警情 {number} 没有可以这样处理的派警单。</source>
        <translation>{guard} has no order at incident {number} that this can be done with.</translation>
    </message>
    <message>
        <source>派 {who} 到 {number} {title}</source>
        <translation>{who} sent to {number} {title}</translation>
    </message>
    <message>
        <source>再派 {who} 到 {number} {title}</source>
        <translation>{who} sent again to {number} {title}</translation>
    </message>
    <message>
        <source>{who} 退单：{text}</source>
        <translation>{who} gives the order back: {text}</translation>
    </message>
    <message>
        <source>取消派 {who}：{text}</source>
        <translation>{who} called off: {text}</translation>
    </message>
    <message>
        <source>{who} 签收</source>
        <translation>{who} signed</translation>
    </message>
    <message>
        <source>{who} 出警</source>
        <translation>{who} en route</translation>
    </message>
    <message>
        <source>{who} 到场</source>
        <translation>{who} on scene</translation>
    </message>
    <message>
        <source>{who} 处置完毕</source>
        <translation>{who} done</translation>
    </message>
    <message>
        <source>{number} {title} 请求增援 {units} 个单位</source>
        <translation>{number} {title}: backup of {units} asked for</translation>
    </message>
    <message>
        <source>{number} {title} 已控制</source>
        <translation>{number} {title} contained</translation>
    </message>
    <message>
        <source>{number} {title} 办结</source>
        <translation>{number} {title} closed</translation>
    </message>
    <message>
        <source>已记入 {number} {title}</source>
        <translation>Noted in {number} {title}</translation>
    </message>
    <message>
        <source>{number} {title}</source>
        <translation>{number} {title}</translation>
    </message>
    <message>
        <source>派 警情 保安… [指令] · 再派/退/撤 警情 保安 原因 · 签/出/到/完 警情 保安 · 增援 警情 数量 要什么 · 控 警情 [情况] · 结 警情 结果 · 记 警情 内容 · 看 警情</source>
        <translation>send INCIDENT GUARD… [order] · again/return/cancel INCIDENT GUARD reason · signed/left/arrived/done INCIDENT GUARD · backup INCIDENT UNITS what · contain INCIDENT [how] · close INCIDENT result · note INCIDENT text · open INCIDENT</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>语音播报 开 / 关</source>
        <translation>Voice: call out alarms on / off</translation>
    </message>
    <message>
        <source>布局 {count}</source>
        <translation>Layout of {count}</translation>
    </message>
    <message>
        <source>接警登记</source>
        <translation>Report an alarm</translation>
    </message>
    <message>
        <source>启动预案 {name}</source>
        <translation>Begin a plan for {name}</translation>
    </message>
    <message>
        <source>回放报警那一刻 {name}</source>
        <translation>Play back the moment of {name}</translation>
    </message>
</context>
<context>
    <name>ConclusionForm</name>
    <message>
        <source>在上面选一个复盘。警情标为“已控制”时，复盘自动开始。</source>
        <translation>Choose a review above. A review opens by itself when an incident is marked contained.</translation>
    </message>
    <message>
        <source>待写：写好概述和原因后提交，由另一人批准。</source>
        <translation>To be written: give a summary and causes and submit it; somebody else approves.</translation>
    </message>
    <message>
        <source>{name} 已于 {at} 提交，等另一人批准。</source>
        <translation>Submitted by {name} on {at}; somebody else has to approve it.</translation>
    </message>
    <message>
        <source>{name} 退回：{reason}</source>
        <translation>Sent back by {name}: {reason}</translation>
    </message>
    <message>
        <source>{name} 已于 {at} 批准。</source>
        <translation>Approved by {name} on {at}.</translation>
    </message>
    <message>
        <source>概述</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>原因（一行一条）</source>
        <translation>Causes (one a line)</translation>
    </message>
    <message>
        <source>改进措施</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>发生了什么，处置得怎样</source>
        <translation>What happened, and how it was handled</translation>
    </message>
    <message>
        <source>原因：{kind}</source>
        <translation>Causes: {kind}</translation>
    </message>
    <message>
        <source>退回须写明原因</source>
        <translation>Sending back needs a reason</translation>
    </message>
    <message>
        <source>退回原因</source>
        <translation>Why it is sent back</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>批准</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出为 PDF、DOCX 或 XLSX (Ctrl+E)</source>
        <translation>Export as PDF, DOCX or XLSX (Ctrl+E)</translation>
    </message>
</context>
<context>
    <name>Conditions</name>
    <message>
        <source>添加条件</source>
        <translation>Add condition</translation>
    </message>
    <message>
        <source>删除条件</source>
        <translation>Delete condition</translation>
    </message>
    <message>
        <source>条件</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>怎样组合</source>
        <translation>How they are combined</translation>
    </message>
</context>
<context>
    <name>ContactsPage</name>
    <message>
        <source>已保存。</source>
        <translation>Saved.</translation>
    </message>
    <message>
        <source>已删除。</source>
        <translation>Removed.</translation>
    </message>
    <message>
        <source>再按一次删除 {name}。</source>
        <translation>Press again to remove {name}.</translation>
    </message>
    <message>
        <source>机动</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>班组</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>对讲机</source>
        <translation>Radio</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>技能</source>
        <translation>Skills</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>最少人数</source>
        <translation>Least staff</translation>
    </message>
    <message>
        <source>常驻人员</source>
        <translation>Usual staff</translation>
    </message>
    <message>
        <source>带班人</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>在表中找</source>
        <translation>Find in the table</translation>
    </message>
    <message>
        <source>新建 Ins</source>
        <translation>New Ins</translation>
    </message>
    <message>
        <source>修改 Enter</source>
        <translation>Change Enter</translation>
    </message>
    <message>
        <source>删除 Del</source>
        <translation>Remove Del</translation>
    </message>
    <message>
        <source>通讯录</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>已导入。</source>
        <translation>Imported.</translation>
    </message>
    <message>
        <source>导出通讯录</source>
        <translation>Export contacts</translation>
    </message>
    <message>
        <source>导入通讯录</source>
        <translation>Import contacts</translation>
    </message>
    <message>
        <source>已写入 {file}</source>
        <translation>Written to {file}</translation>
    </message>
    <message>
        <source>导入…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
</context>
<context>
    <name>CourseTable</name>
    <message>
        <source>经过</source>
        <translation>Course</translation>
    </message>
</context>
<context>
    <name>Custody</name>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>现有 / 应有（天）</source>
        <translation>There / wanted (days)</translation>
    </message>
    <message>
        <source>有录像</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>最早</source>
        <translation>Oldest</translation>
    </message>
    <message>
        <source>每天</source>
        <translation>A day</translation>
    </message>
    <message>
        <source>占用</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>预计</source>
        <translation>Outlook</translation>
    </message>
    <message>
        <source>硬盘不够，已提前删除，最多到 {days} 天</source>
        <translation>Too little room, deleted early: {days} days at most</translation>
    </message>
    <message>
        <source>{day} 起不足，最多到 {days} 天</source>
        <translation>Too few from {day} on: {days} days at most</translation>
    </message>
    <message>
        <source>应该录，但没有录像</source>
        <translation>Should be recorded, and is not</translation>
    </message>
    <message>
        <source>还差 {days} 天，够放</source>
        <translation>{days} days still to come, there is room</translation>
    </message>
    <message>
        <source>{count} 台，保管天数都够</source>
        <translation>{count} cameras, all with their days</translation>
    </message>
    <message>
        <source>{count} 台，{short} 台天数不足或将不足，{nothing} 台没有录像</source>
        <translation>{count} cameras: {short} have or will have too few days, {nothing} without recordings</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>时长</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>何人</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>Expires</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>goes on</translation>
    </message>
    <message>
        <source>目录</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>还能写</source>
        <translation>Room left</translation>
    </message>
    <message>
        <source>总共</source>
        <translation>In all</translation>
    </message>
    <message>
        <source>正在写</source>
        <translation>Written now</translation>
    </message>
    <message>
        <source>硬盘编号</source>
        <translation>Disk id</translation>
    </message>
    <message>
        <source>保管天数</source>
        <translation>Days kept</translation>
    </message>
    <message>
        <source>录像保护</source>
        <translation>Protected recordings</translation>
    </message>
    <message>
        <source>录像硬盘</source>
        <translation>Recording disks</translation>
    </message>
    <message>
        <source>{camera} 的缺口</source>
        <translation>Gaps of {camera}</translation>
    </message>
    <message>
        <source>预计按最近七天的码流推算；原因不明的缺口就写“不明”。</source>
        <translation>The outlook reckons with the rate of the last seven days; a gap whose cause nobody noted is said to be unknown.</translation>
    </message>
    <message>
        <source>录像保管情况</source>
        <translation>Recordings kept</translation>
    </message>
    <message>
        <source>导出人</source>
        <translation>Exported by</translation>
    </message>
    <message>
        <source>导出时间</source>
        <translation>Exported at</translation>
    </message>
    <message>
        <source>概况</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>{days} 天 {clock}</source>
        <translation>{days} d {clock}</translation>
    </message>
    <message>
        <source>记录只说明其中 {share} %</source>
        <translation>the record explains {share} % of it only</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>按配额最多到 {days} 天</source>
        <translation>By its quota {days} days at most</translation>
    </message>
</context>
<context>
    <name>CustodyScreen</name>
    <message>
        <source>正在统计…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>在上面选一台摄像机，这里列出它的缺口和原因。</source>
        <translation>Choose a camera above: its gaps and their causes stand here.</translation>
    </message>
    <message>
        <source>{camera} 没有缺口。</source>
        <translation>{camera} has no gaps.</translation>
    </message>
    <message>
        <source>{camera} 有 {count} 处缺口；选中一处，到“保护”页可保护它前后的录像。</source>
        <translation>{camera} has {count} gaps. Choose one: on the page Protected its span is proposed.</translation>
    </message>
    <message>
        <source>录像保管 {day}</source>
        <translation>Recordings kept {day}</translation>
    </message>
    <message>
        <source>导出录像保管情况</source>
        <translation>Export recordings kept</translation>
    </message>
    <message>
        <source>录像保管</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>只看天数不足的</source>
        <translation>Only with too few days</translation>
    </message>
    <message>
        <source>也列出本来就不录的时间</source>
        <translation>Also when nothing was to be recorded</translation>
    </message>
    <message>
        <source>刷新（Ctrl+R）</source>
        <translation>Refresh (Ctrl+R)</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>各摄像机的保管天数</source>
        <translation>Days kept of each camera</translation>
    </message>
    <message>
        <source>录像缺口</source>
        <translation>Gaps in recordings</translation>
    </message>
    <message>
        <source>录像硬盘</source>
        <translation>Recording disks</translation>
    </message>
    <message>
        <source>缺口</source>
        <translation>Gaps</translation>
    </message>
    <message>
        <source>保护</source>
        <translation>Protected</translation>
    </message>
    <message>
        <source>硬盘</source>
        <translation>Disks</translation>
    </message>
</context>
<context>
    <name>DaysPopup</name>
    <message>
        <source>有录像的日子加粗</source>
        <translation>Days with video are bold</translation>
    </message>
</context>
<context>
    <name>DaysState</name>
    <message>
        <source>天数不足</source>
        <translation>Too few days</translation>
    </message>
    <message>
        <source>将不足</source>
        <translation>Will be short</translation>
    </message>
    <message>
        <source>没有录像</source>
        <translation>No recordings</translation>
    </message>
    <message>
        <source>积累中</source>
        <translation>Growing</translation>
    </message>
    <message>
        <source>够天数</source>
        <translation>Has its days</translation>
    </message>
    <message>
        <source>不录</source>
        <translation>Off</translation>
    </message>
</context>
<context>
    <name>DevicesScreen</name>
    <message>
        <source>导出到</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>先选一台摄像机</source>
        <translation>Choose a camera first</translation>
    </message>
    <message>
        <source>防区 {zones} 的联动指定了 {camera}。确定从这些防区取下并删除？</source>
        <translation>The linkage of zones {zones} names {camera}. Take it out of these zones and remove it?</translation>
    </message>
    <message>
        <source>确定删除 {camera}？它的记录会保留，编号不再使用。</source>
        <translation>Remove {camera}? Its records stay; its number is not used again.</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>搜索  Ctrl+F：编号、名称、位置、地址</source>
        <translation>Search  Ctrl+F: number, name, place, address</translation>
    </message>
    <message>
        <source>搜索摄像机</source>
        <translation>Search cameras</translation>
    </message>
    <message>
        <source>添加  Ctrl+N</source>
        <translation>Add  Ctrl+N</translation>
    </message>
    <message>
        <source>导出表格</source>
        <translation>Export table</translation>
    </message>
    <message>
        <source>放到画面</source>
        <translation>Put on the wall</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>更换设备</source>
        <translation>Replace device</translation>
    </message>
    <message>
        <source>编号、名称、位置和记录不变，只换地址和账号</source>
        <translation>Number, name, place and records stay; only address and log-in change</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>不删</source>
        <translation>Keep it</translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>有画面</source>
        <translation>There is a picture</translation>
    </message>
    <message>
        <source>地址：写法不对</source>
        <translation>Address: not written as one</translation>
    </message>
    <message>
        <source>地址：没有叫 {host} 的主机</source>
        <translation>Address: no host is called {host}</translation>
    </message>
    <message>
        <source>网络：到不了 {host}</source>
        <translation>Network: no way to {host}</translation>
    </message>
    <message>
        <source>网络：{host} 的 {port} 端口没有反应</source>
        <translation>Network: port {port} of {host} does not react</translation>
    </message>
    <message>
        <source>端口：{host} 在线，但 {port} 端口没有开</source>
        <translation>Port: {host} is there, but port {port} is closed</translation>
    </message>
    <message>
        <source>没有回答：{host}:{port} 接了连接却不说话</source>
        <translation>No answer: {host}:{port} takes the connection and says nothing</translation>
    </message>
    <message>
        <source>端口：{host}:{port} 上的不是摄像机</source>
        <translation>Port: what answers at {host}:{port} is no camera</translation>
    </message>
    <message>
        <source>{host} 挂断了连接</source>
        <translation>{host} hung up</translation>
    </message>
    <message>
        <source>密码：这台摄像机要用户名和密码</source>
        <translation>Password: this camera wants a user name and password</translation>
    </message>
    <message>
        <source>密码：用户名或密码不对</source>
        <translation>Password: user name or password is wrong</translation>
    </message>
    <message>
        <source>密码：账号没有权限或已被锁定（{detail}）</source>
        <translation>Password: the account has no permission or is locked ({detail})</translation>
    </message>
    <message>
        <source>时间：摄像机的钟差 {detail} 秒，登录因此失败</source>
        <translation>Time: the camera&apos;s clock is {detail} s off, so the log-in fails</translation>
    </message>
    <message>
        <source>路径：摄像机上没有这一路码流（{detail}）</source>
        <translation>Path: the camera has no such stream ({detail})</translation>
    </message>
    <message>
        <source>摄像机忙：连接数或带宽已满（{detail}）</source>
        <translation>The camera is busy: no connection or bandwidth left ({detail})</translation>
    </message>
    <message>
        <source>这一路里没有视频</source>
        <translation>There is no video in this stream</translation>
    </message>
    <message>
        <source>编码：不支持 {detail}</source>
        <translation>Codec: {detail} is not supported</translation>
    </message>
    <message>
        <source>连上了，但没有画面过来</source>
        <translation>Connected, but no picture comes</translation>
    </message>
    <message>
        <source>摄像机出错（{detail}）</source>
        <translation>The camera reports an error ({detail})</translation>
    </message>
    <message>
        <source>按回车保存。</source>
        <translation>Press Enter to save.</translation>
    </message>
    <message>
        <source>写成 rtsp://192.168.1.64/路径，或先在左边搜索。</source>
        <translation>Write it as rtsp://192.168.1.64/path, or search at the left first.</translation>
    </message>
    <message>
        <source>检查拼写，或改用 IP 地址。</source>
        <translation>Check the spelling, or use the IP address.</translation>
    </message>
    <message>
        <source>检查网线、交换机和网段；本机要能到摄像机所在的网段。</source>
        <translation>Check cable, switch and subnet; this computer must reach the camera&apos;s subnet.</translation>
    </message>
    <message>
        <source>摄像机可能没通电或地址已换，也可能被防火墙拦住。先看电源灯，再试地址范围搜索。</source>
        <translation>It may have no power, another address, or a firewall before it. Look at its lamp, then search the address range.</translation>
    </message>
    <message>
        <source>核对端口号（RTSP 一般是 554），或在摄像机网页里打开 RTSP。</source>
        <translation>Check the port (RTSP is usually 554), or switch RTSP on in the camera&apos;s web page.</translation>
    </message>
    <message>
        <source>摄像机可能正在启动或已死机。等一分钟再试，不行就断电重启它。</source>
        <translation>It may be starting or hung. Wait a minute and test again; else switch its power off and on.</translation>
    </message>
    <message>
        <source>地址或端口属于别的设备。核对后重填。</source>
        <translation>The address or port is another device&apos;s. Check and correct it.</translation>
    </message>
    <message>
        <source>可能要用加密连接，或摄像机限制了来访地址。查看摄像机的访问设置。</source>
        <translation>It may want an encrypted connection or admit only some addresses. Look at the camera&apos;s access settings.</translation>
    </message>
    <message>
        <source>在上面填写用户名和密码，再按回车测试。</source>
        <translation>Fill in user name and password above and press Enter to test.</translation>
    </message>
    <message>
        <source>核对大小写后重填。不要反复试：多数摄像机连错五次就锁定账号。</source>
        <translation>Check capitals and type it again. Do not keep trying: most cameras lock the account after five.</translation>
    </message>
    <message>
        <source>等三十分钟，或在摄像机网页里解锁并给此账号“预览”权限。</source>
        <translation>Wait thirty minutes, or unlock it in the camera&apos;s web page and allow the account live view.</translation>
    </message>
    <message>
        <source>在摄像机网页里校时或设 NTP，然后再测试。</source>
        <translation>Set the time or NTP in the camera&apos;s web page, then test again.</translation>
    </message>
    <message>
        <source>在“手工”里按厂家选路径，或查说明书。</source>
        <translation>Choose the path by maker under &quot;By hand&quot;, or look into its manual.</translation>
    </message>
    <message>
        <source>关掉别处的预览，或用子码流，再测试。</source>
        <translation>Close its live view elsewhere, or use the sub-stream, and test again.</translation>
    </message>
    <message>
        <source>这个路径可能只有声音。换一路码流。</source>
        <translation>This path may carry sound only. Take another stream.</translation>
    </message>
    <message>
        <source>在摄像机网页里把编码改为 H.264 或 H.265（关闭 Smart/+ 编码）。</source>
        <translation>Set the codec to H.264 or H.265 in the camera&apos;s web page (Smart/+ coding off).</translation>
    </message>
    <message>
        <source>检查镜头盖和编码设置；跨网段时改用 TCP 并检查防火墙。</source>
        <translation>Check lens cap and encoder settings; across subnets use TCP and check the firewall.</translation>
    </message>
    <message>
        <source>重启摄像机后再测试；仍不行请升级它的固件。</source>
        <translation>Restart the camera and test again; if it stays so, update its firmware.</translation>
    </message>
</context>
<context>
    <name>DiscoveryPage</name>
    <message>
        <source>正在找……约 3 秒</source>
        <translation>Looking … about 3 s</translation>
    </message>
    <message>
        <source>向本网段发一次 ONVIF 询问，不带密码。</source>
        <translation>Asks the subnet once over ONVIF, without any password.</translation>
    </message>
    <message>
        <source>选一台，按回车。</source>
        <translation>Choose one and press Enter.</translation>
    </message>
    <message>
        <source>没有摄像机回答。它可能关了 ONVIF 或在别的网段：试“地址范围”。</source>
        <translation>No camera answered. It may have ONVIF off or be in another subnet: try &quot;Addresses&quot;.</translation>
    </message>
    <message>
        <source>再找一次</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>发现的摄像机</source>
        <translation>Cameras that answered</translation>
    </message>
</context>
<context>
    <name>DiskCondition</name>
    <message>
        <source>正常</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>已满，先删最早的</source>
        <translation>Full: the oldest goes</translation>
    </message>
    <message>
        <source>被保护的录像占满</source>
        <translation>Full of protected recordings</translation>
    </message>
    <message>
        <source>不在</source>
        <translation>Away</translation>
    </message>
</context>
<context>
    <name>DispatchPanel</name>
    <message>
        <source>正在派出…</source>
        <translation>Sending…</translation>
    </message>
    <message>
        <source>正在排序保安…</source>
        <translation>Ranking guards…</translation>
    </message>
    <message>
        <source>没有可派的保安</source>
        <translation>No guard available</translation>
    </message>
    <message>
        <source>派 {guard}（{distance}） Enter</source>
        <translation>Send {guard} ({distance})  Enter</translation>
    </message>
    <message>
        <source>处置进展 {count}</source>
        <translation>Progress {count}</translation>
    </message>
    <message>
        <source>派 {guard}（{distance}）</source>
        <translation>Send {guard} ({distance})</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>选派</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>收起 Esc</source>
        <translation>Put away Esc</translation>
    </message>
    <message>
        <source>可派保安，最合适的在前</source>
        <translation>Guards, best first</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
</context>
<context>
    <name>DispatchState</name>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>已派出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>已签收</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>途中</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>退单</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
</context>
<context>
    <name>DrillState</name>
    <message>
        <source>演练中</source>
        <translation>Running</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已停止</source>
        <translation>Stopped</translation>
    </message>
</context>
<context>
    <name>DrillStrip</name>
    <message>
        <source>【演练暂停】{name}：有真实报警 {reason}，先处置真实报警。</source>
        <translation>[DRILL PAUSED] {name}: real alarm {reason}, deal with that first.</translation>
    </message>
    <message>
        <source>【演练】{name}：带“演练”字样的报警、警情和派警都不是真的，真实报警排在前面。</source>
        <translation>[DRILL] {name}: alarms, incidents and orders marked as drill are not real; real alarms stand first.</translation>
    </message>
    <message>
        <source>继续演练</source>
        <translation>Resume drill</translation>
    </message>
    <message>
        <source>停止演练</source>
        <translation>Stop drill</translation>
    </message>
</context>
<context>
    <name>DrillWords</name>
    <message>
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>实际</source>
        <translation>Actual</translation>
    </message>
    <message>
        <source>当时</source>
        <translation>Then</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>{points} 分 · 达标 {met} · 超时 {late} · 未做 {missed} · 跳过 {skipped} · 用时 {time}</source>
        <translation>{points} points · met {met} · late {late} · missed {missed} · skipped {skipped} · took {time}</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>Drill</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begun</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>组织</source>
        <translation>Organised by</translation>
    </message>
    <message>
        <source>结束情况</source>
        <translation>How it ended</translation>
    </message>
    <message>
        <source>成绩</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>得分：达标计 1，超时计 0.5，未做和跳过计 0。演练不计入正式统计。</source>
        <translation>Points: met counts 1, late 0.5, missed and skipped 0. Drills are not part of the figures.</translation>
    </message>
    <message>
        <source>应急演练评估表</source>
        <translation>Drill score sheet</translation>
    </message>
    <message>
        <source>评估</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>组织人</source>
        <translation>Organiser</translation>
    </message>
    <message>
        <source>评估人</source>
        <translation>Assessor</translation>
    </message>
    <message>
        <source>重放过去的警情</source>
        <translation>Play a past incident again</translation>
    </message>
    <message>
        <source>按预案</source>
        <translation>By plan</translation>
    </message>
</context>
<context>
    <name>DrillsScreen</name>
    <message>
        <source>还没有演练过</source>
        <translation>No drill yet</translation>
    </message>
    <message>
        <source>在左边选一份预案和地点，按“开始演练”。</source>
        <translation>Choose a plan and a place at the left, then press Begin drill.</translation>
    </message>
    <message>
        <source>导出演练评估表</source>
        <translation>Export the score sheet</translation>
    </message>
    <message>
        <source>演练记录</source>
        <translation>Drills</translation>
    </message>
    <message>
        <source>演练记录，最新在前</source>
        <translation>Drills, newest first</translation>
    </message>
    <message>
        <source>评估表</source>
        <translation>Score sheet</translation>
    </message>
    <message>
        <source>结束演练</source>
        <translation>End drill</translation>
    </message>
    <message>
        <source>立即停止</source>
        <translation>Stop now</translation>
    </message>
    <message>
        <source>导出评估表…</source>
        <translation>Export score sheet…</translation>
    </message>
</context>
<context>
    <name>DryRunPage</name>
    <message>
        <source>看这条规则在过去的报警里会触发几次；什么都不会执行。</source>
        <translation>See how often this rule would have run for past alarms; nothing is done.</translation>
    </message>
    <message>
        <source>看了 {count} 条报警，会触发 {hits} 次；什么都没有执行。</source>
        <translation>Of {count} alarms it would have run for {hits}; nothing was done.</translation>
    </message>
    <message>
        <source>试运行</source>
        <translation>Dry run</translation>
    </message>
    <message>
        <source>过去 </source>
        <translation>Last </translation>
    </message>
    <message>
        <source> 天</source>
        <translation> days</translation>
    </message>
    <message>
        <source>过去多少天</source>
        <translation>How many past days</translation>
    </message>
    <message>
        <source>会触发的报警</source>
        <translation>Alarms it would have run for</translation>
    </message>
</context>
<context>
    <name>DurationBox</name>
    <message>
        <source>{count} 时</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} 分</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 秒</source>
        <translation>{count} s</translation>
    </message>
</context>
<context>
    <name>Duty</name>
    <message>
        <source>派出到签收</source>
        <translation>Sent to signed</translation>
    </message>
    <message>
        <source>派出到到场</source>
        <translation>Sent to on scene</translation>
    </message>
    <message>
        <source>派出到完毕</source>
        <translation>Sent to done</translation>
    </message>
    <message>
        <source>岗位（1 分钟）</source>
        <translation>Post (1 minute)</translation>
    </message>
    <message>
        <source>巡逻（3 分钟）</source>
        <translation>Patrol (3 minutes)</translation>
    </message>
    <message>
        <source>增援（5 分钟）</source>
        <translation>Backup (5 minutes)</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>signing</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>arriving</translation>
    </message>
    <message>
        <source>完毕</source>
        <translation>finishing</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>其中属实</source>
        <translation>of these genuine</translation>
    </message>
    <message>
        <source>其中误报</source>
        <translation>of these false</translation>
    </message>
    <message>
        <source>警情</source>
        <translation>Incidents</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatches</translation>
    </message>
    <message>
        <source>指标</source>
        <translation>Figure</translation>
    </message>
    <message>
        <source>本期</source>
        <translation>This period</translation>
    </message>
    <message>
        <source>上期</source>
        <translation>Period before</translation>
    </message>
    <message>
        <source>总数（不含演练）</source>
        <translation>Totals (without drills)</translation>
    </message>
    <message>
        <source>演练报警</source>
        <translation>Drill alarms</translation>
    </message>
    <message>
        <source>演练警情</source>
        <translation>Drill incidents</translation>
    </message>
    <message>
        <source>演练派警</source>
        <translation>Drill dispatches</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>Drill</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>接警时限（秒）</source>
        <translation>Claim within (s)</translation>
    </message>
    <message>
        <source>按时接警</source>
        <translation>Claimed in time</translation>
    </message>
    <message>
        <source>接警按时率</source>
        <translation>Claim rate</translation>
    </message>
    <message>
        <source>派警时限（秒）</source>
        <translation>Send within (s)</translation>
    </message>
    <message>
        <source>按时派警</source>
        <translation>Sent in time</translation>
    </message>
    <message>
        <source>派警按时率</source>
        <translation>Send rate</translation>
    </message>
    <message>
        <source>接警和派警按时率</source>
        <translation>Claimed and sent in time</translation>
    </message>
    <message>
        <source>用时（秒）</source>
        <translation>Time (s)</translation>
    </message>
    <message>
        <source>次数</source>
        <translation>Times</translation>
    </message>
    <message>
        <source>中位数</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95%</source>
        <translation>95%</translation>
    </message>
    <message>
        <source>最长</source>
        <translation>Longest</translation>
    </message>
    <message>
        <source>处置用时</source>
        <translation>Times taken</translation>
    </message>
    <message>
        <source>力量</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>应到</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>按时到场</source>
        <translation>On scene in time</translation>
    </message>
    <message>
        <source>全时段每 10 分钟</source>
        <translation>Per 10 minutes, whole period</translation>
    </message>
    <message>
        <source>迟到</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>Never came</translation>
    </message>
    <message>
        <source>按时率</source>
        <translation>Rate in time</translation>
    </message>
    <message>
        <source>1-3-5 到场</source>
        <translation>1-3-5 on scene</translation>
    </message>
    <message>
        <source>校外力量</source>
        <translation>Outside help</translation>
    </message>
    <message>
        <source>增援</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>退单</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>按推荐派出</source>
        <translation>As recommended</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>Genuine</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False</translation>
    </message>
    <message>
        <source>报警类型</source>
        <translation>Classes of alarms</translation>
    </message>
    <message>
        <source>警情号</source>
        <translation>Incident no.</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>接到</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>控制</source>
        <translation>Contained</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>派警号</source>
        <translation>Dispatch no.</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>派出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>超时的环节</source>
        <translation>Late in</translation>
    </message>
    <message>
        <source>超时的派警</source>
        <translation>Late dispatches</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>逐日</source>
        <translation>Day by day</translation>
    </message>
    <message>
        <source>时段</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>一天中的时段</source>
        <translation>Hours of the day</translation>
    </message>
    <message>
        <source>多发的位置</source>
        <translation>Places with most</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>已研判</source>
        <translation>Judged</translation>
    </message>
    <message>
        <source>误报率</source>
        <translation>False rate</translation>
    </message>
    <message>
        <source>响得最多的防区</source>
        <translation>Zones that rang most</translation>
    </message>
    <message>
        <source>值班员</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>最忙 10 分钟</source>
        <translation>Busiest 10 min</translation>
    </message>
    <message>
        <source>签收中位数（秒）</source>
        <translation>Median to signed (s)</translation>
    </message>
    <message>
        <source>到场中位数（秒）</source>
        <translation>Median to on scene (s)</translation>
    </message>
    <message>
        <source>迟到或未到</source>
        <translation>Late or never</translation>
    </message>
    <message>
        <source>出警考核</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>故障次数</source>
        <translation>Faults</translation>
    </message>
    <message>
        <source>期末状态</source>
        <translation>At the end</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>Faulty</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>摄像机故障</source>
        <translation>Camera faults</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>交班人</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>交班时间</source>
        <translation>Handed over at</translation>
    </message>
    <message>
        <source>接班人</source>
        <translation>Taken over by</translation>
    </message>
    <message>
        <source>接班时间</source>
        <translation>Taken over at</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>Guard</translation>
    </message>
    <message>
        <source>班组</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Planned</translation>
    </message>
    <message>
        <source>到岗</source>
        <translation>Came</translation>
    </message>
    <message>
        <source>缺勤</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>早退</source>
        <translation>Left early</translation>
    </message>
    <message>
        <source>工时</source>
        <translation>Hours</translation>
    </message>
    <message>
        <source>出勤</source>
        <translation>Attendance</translation>
    </message>
    <message>
        <source>责任部门或责任人</source>
        <translation>Department or person</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>责任清单汇总（不含演练）</source>
        <translation>Responsibilities by department (without drills)</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Measure</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done at</translation>
    </message>
    <message>
        <source>责任清单</source>
        <translation>Responsibilities</translation>
    </message>
    <message>
        <source>无</source>
        <translation>None</translation>
    </message>
    <message>
        <source>值班日报</source>
        <translation>Daily duty report</translation>
    </message>
    <message>
        <source>周检查报告</source>
        <translation>Weekly check</translation>
    </message>
    <message>
        <source>月调度报告</source>
        <translation>Monthly schedule</translation>
    </message>
    <message>
        <source>季考核报告</source>
        <translation>Quarterly assessment</translation>
    </message>
    <message>
        <source>审核人</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>检查人</source>
        <translation>Checked by</translation>
    </message>
    <message>
        <source>主持人</source>
        <translation>Chaired by</translation>
    </message>
    <message>
        <source>记录人</source>
        <translation>Recorded by</translation>
    </message>
    <message>
        <source>考核人</source>
        <translation>Assessed by</translation>
    </message>
    <message>
        <source>演练单独计数，不在其他数字中。迟到：到场时已过时限；未到：始终没有到场。</source>
        <translation>Drills are counted apart and in no other figure. Late: on scene after the limit; never came: not on scene at all.</translation>
    </message>
    <message>
        <source>制表</source>
        <translation>Made</translation>
    </message>
    <message>
        <source>{year} 年 {month} 月 {day} 日</source>
        <translation>{year}-{month}-{day}</translation>
    </message>
    <message>
        <source>程序</source>
        <translation>the program</translation>
    </message>
    <message>
        <source>演练计数</source>
        <translation>Drills counted</translation>
    </message>
    <message>
        <source>组织人</source>
        <translation>Led by</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Began</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>日报</source>
        <translation>Daily</translation>
    </message>
    <message>
        <source>周检查</source>
        <translation>Weekly</translation>
    </message>
    <message>
        <source>月调度</source>
        <translation>Monthly</translation>
    </message>
    <message>
        <source>季考核</source>
        <translation>Quarterly</translation>
    </message>
</context>
<context>
    <name>DutyPage</name>
    <message>
        <source>导出报表</source>
        <translation>Export the report</translation>
    </message>
    <message>
        <source>报表的日期</source>
        <translation>Day of the report</translation>
    </message>
    <message>
        <source>上一期</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>上一期 (Alt+左)</source>
        <translation>Previous period (Alt+Left)</translation>
    </message>
    <message>
        <source>下一期</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>下一期 (Alt+右)</source>
        <translation>Next period (Alt+Right)</translation>
    </message>
    <message>
        <source>重新统计</source>
        <translation>Count anew</translation>
    </message>
    <message>
        <source>重新统计 (Ctrl+R)</source>
        <translation>Count anew (Ctrl+R)</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出为 PDF、DOCX 或 XLSX (Ctrl+E)</source>
        <translation>Export as PDF, DOCX or XLSX (Ctrl+E)</translation>
    </message>
    <message>
        <source>报警数</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>按时率（%）：接警 P1 到 P4，到场 1-3-5</source>
        <translation>In time (%): claims P1 to P4, on scene 1-3-5</translation>
    </message>
    <message>
        <source>按时率</source>
        <translation>Rate in time</translation>
    </message>
</context>
<context>
    <name>EditorPage</name>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>保存（Ctrl+Return）</source>
        <translation>Save (Ctrl+Return)</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>EntryFields</name>
    <message>
        <source>不分组，始终布防</source>
        <translation>no group, always armed</translation>
    </message>
    <message>
        <source>没有反馈</source>
        <translation>no feedback</translation>
    </message>
    <message>
        <source>按类别</source>
        <translation>by class</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>英文名称</source>
        <translation>English name</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>主机</source>
        <translation>Panel</translation>
    </message>
    <message>
        <source>点位名</source>
        <translation>Point name</translation>
    </message>
    <message>
        <source>协议用名字而不用号码时才填</source>
        <translation>where the protocol has names, not numbers</translation>
    </message>
    <message>
        <source>防区号</source>
        <translation>Zone number</translation>
    </message>
    <message>
        <source>探测器</source>
        <translation>Detector</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>布防组</source>
        <translation>Arm group</translation>
    </message>
    <message>
        <source>进入延时 (秒)</source>
        <translation>Entry delay (s)</translation>
    </message>
    <message>
        <source>指定摄像机</source>
        <translation>Pinned cameras</translation>
    </message>
    <message>
        <source>编号用空格隔开，例如 C01 C02；其余由地图决定</source>
        <translation>as C01 C02; the map decides the rest</translation>
    </message>
    <message>
        <source>常闭输入</source>
        <translation>Normally closed</translation>
    </message>
    <message>
        <source>消抖 (毫秒)</source>
        <translation>Debounce (ms)</translation>
    </message>
    <message>
        <source>协议</source>
        <translation>Protocol</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>3 到 16 位十六进制</source>
        <translation>3 to 16 hexadecimal digits</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>主动去问的才填：主机:端口、摄像机编号或主题</source>
        <translation>only for what we ask: host:port, camera number or topic</translation>
    </message>
    <message>
        <source>站号</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>凭据名</source>
        <translation>Credential</translation>
    </message>
    <message>
        <source>密码在各机器的密钥文件里，这里只写名字</source>
        <translation>the password is in each machine&apos;s secrets file, here is its name only</translation>
    </message>
    <message>
        <source>巡检 (秒)</source>
        <translation>Supervision (s)</translation>
    </message>
    <message>
        <source>静默这么久就报通信中断；0 = 不巡检</source>
        <translation>silent for so long raises an alarm; 0 = not supervised</translation>
    </message>
    <message>
        <source>必须加密</source>
        <translation>Must encrypt</translation>
    </message>
    <message>
        <source>自动布防时段</source>
        <translation>Arms by itself</translation>
    </message>
    <message>
        <source>一行一段，例如 mon-fri 22:00-06:00；空 = 只由人工布防</source>
        <translation>one span a line, as mon-fri 22:00-06:00; empty = by hand only</translation>
    </message>
    <message>
        <source>输出号</source>
        <translation>Output number</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>反馈防区</source>
        <translation>Feedback zone</translation>
    </message>
    <message>
        <source>反馈限时 (秒)</source>
        <translation>Feedback within (s)</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>英文姓名</source>
        <translation>English name</translation>
    </message>
    <message>
        <source>班组</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>对讲机</source>
        <translation>Radio</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>技能</source>
        <translation>Skills</translation>
    </message>
    <message>
        <source>其他技能，用空格隔开</source>
        <translation>Other skills, separated by spaces</translation>
    </message>
    <message>
        <source>最少人数</source>
        <translation>Least staff</translation>
    </message>
    <message>
        <source>带班人</source>
        <translation>Leader</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>在图上点一下，方向键微调（Shift 每次 10 米）</source>
        <translation>Click on the plan, move with the arrows (Shift: 10 m)</translation>
    </message>
    <message>
        <source>保存  Ctrl+S</source>
        <translation>Save  Ctrl+S</translation>
    </message>
    <message>
        <source>不保存  Esc</source>
        <translation>Discard  Esc</translation>
    </message>
    <message>
        <source>在图上的位置</source>
        <translation>Place on the plan</translation>
    </message>
    <message>
        <source>修改 {no}</source>
        <translation>Change {no}</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
</context>
<context>
    <name>EntryPage</name>
    <message>
        <source>新建  Ctrl+N</source>
        <translation>New  Ctrl+N</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>确定删除</source>
        <translation>Remove it</translation>
    </message>
    <message>
        <source>不删</source>
        <translation>Keep it</translation>
    </message>
    <message>
        <source>这里还没有内容。管理员按 Ctrl+N 新建，防区也可以从表格导入。</source>
        <translation>Nothing here yet. An administrator makes one with Ctrl+N; zones can also be imported from a table.</translation>
    </message>
    <message>
        <source>确定删除 {no}？它的记录会保留，编号不再使用。</source>
        <translation>Remove {no}? Its records stay, its number is not used again.</translation>
    </message>
    <message>
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>已删除</source>
        <translation>Removed</translation>
    </message>
</context>
<context>
    <name>EntryRefusals</name>
    <message>
        <source>“{field}”不对：{reason}</source>
        <translation>&quot;{field}&quot; is wrong: {reason}</translation>
    </message>
    <message>
        <source>这类防区始终有效，不能分组、延时或设例外</source>
        <translation>such a zone always counts: no group, delay or exception</translation>
    </message>
    <message>
        <source>这类防区的级别不能降低</source>
        <translation>the priority of such a zone cannot be lowered</translation>
    </message>
    <message>
        <source>校区里没有 {no}</source>
        <translation>the site has no {no}</translation>
    </message>
    <message>
        <source>已经由 {no} 使用</source>
        <translation>already used by {no}</translation>
    </message>
    <message>
        <source>不在平面图内</source>
        <translation>outside the plan</translation>
    </message>
    <message>
        <source>要像 mon-fri 22:00-06:00，一行一段</source>
        <translation>must be as mon-fri 22:00-06:00, one a line</translation>
    </message>
    <message>
        <source>不能为空</source>
        <translation>must not be empty</translation>
    </message>
    <message>
        <source>要 3 到 16 位十六进制</source>
        <translation>must be 3 to 16 hexadecimal digits</translation>
    </message>
</context>
<context>
    <name>EntryTable</name>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>上移</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>下移</source>
        <translation>Down</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>{owner} 已于 {at} 接警。这条报警由对方处理，您不必再接。</source>
        <translation>{owner} claimed this alarm at {at} and is handling it. You need not do anything.</translation>
    </message>
    <message>
        <source>报警现在是“{was}”，不能改为“{wanted}”。请看报警队列中的最新状态。</source>
        <translation>The alarm is now &quot;{was}&quot; and cannot become &quot;{wanted}&quot;. Look at its present state in the queue.</translation>
    </message>
    <message>
        <source>报警 {event_no} 的接警人是 {owner}，您不能代为处理。尚未接警时请先按 F1 接警。</source>
        <translation>Alarm {event_no} belongs to {owner}, so you cannot act on it. If nobody owns it, claim it first with F1.</translation>
    </message>
    <message>
        <source>排除一键报警或火灾报警必须写明原因。请写明原因后再试。</source>
        <translation>A panic or fire alarm cannot be dismissed without a reason. Write the reason and try again.</translation>
    </message>
    <message>
        <source>{name} 的报警器还没有恢复，现在复位会再次报警。请先到现场恢复，或写明处理情况后复位。</source>
        <translation>The sensor of {name} has not restored and would alarm again. Restore it on site, or say how it was dealt with and reset.</translation>
    </message>
    <message>
        <source>报警 {event_no} 还没有研判结论，不能复位。请先按 F2 核实或按 F3 记为误报。</source>
        <translation>Alarm {event_no} has no verdict yet and cannot be reset. Verify it with F2 or dismiss it with F3 first.</translation>
    </message>
    <message>
        <source>排除一键报警或火灾报警之前必须看过现场画面。请先按 F2 核实。</source>
        <translation>A panic or fire alarm must be viewed before it is dismissed. Press F2 to verify first.</translation>
    </message>
    <message>
        <source>报警潮中不再逐条动作</source>
        <translation>not done one by one in a flood</translation>
    </message>
    <message>
        <source>这台电脑没有可用的语音，语音播报没有打开，报警仍用声音提示。请安装系统语音后再试。</source>
        <translation>This computer has no voice; alarms are not called out, but still sound. Install a system voice and try again.</translation>
    </message>
    <message>
        <source>报警 {event_no} 已是“{state}”，不能再派警。请从警情页处理。</source>
        <translation>Alarm {event_no} is already &quot;{state}&quot;, so nobody was sent. Go on from the incidents screen.</translation>
    </message>
    <message>
        <source>反馈里的人数（{field}）不合理。请改正后再提交。</source>
        <translation>A number in the feedback ({field}) makes no sense. Correct it and send it again.</translation>
    </message>
    <message>
        <source>报警 {event_no} 还没有人接警，不能派警。请先按 F1 接警。</source>
        <translation>Nobody has claimed alarm {event_no}, so nobody was sent. Claim it with F1 first.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 还缺反馈，不能办结。请先填写派警反馈。</source>
        <translation>Incident {incident_no} has no feedback yet and cannot be closed. Fill in the feedback first.</translation>
    </message>
    <message>
        <source>{guard} 正在执行另一张派警单。请另选一名保安。</source>
        <translation>{guard} is on another order. Choose another guard.</translation>
    </message>
    <message>
        <source>{guard} 现在是“{status}”，不能派。请另选一名保安。</source>
        <translation>{guard} is now &quot;{status}&quot; and cannot be sent. Choose another guard.</translation>
    </message>
    <message>
        <source>现在是“{was}”，不能改为“{wanted}”。请看最新状态。</source>
        <translation>It is now &quot;{was}&quot; and cannot become &quot;{wanted}&quot;. Look at the present state.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 已经办结，不能再改。请另立警情。</source>
        <translation>Incident {incident_no} is closed and cannot be changed. Open a new one.</translation>
    </message>
    <message>
        <source>报警 {event_no} 由 {owner} 处理，您不能派警。请与对方联系。</source>
        <translation>Alarm {event_no} belongs to {owner}, so you cannot dispatch for it. Speak to them.</translation>
    </message>
    <message>
        <source>{guard} 上报的位置不在校区内，没有采用。请检查定位设备。</source>
        <translation>{guard} reported a position outside the campus; it was not used. Check the positioning device.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 还有 {count} 张派警单没有结束，不能办结。请先等反馈或取消派警。</source>
        <translation>Incident {incident_no} has {count} unfinished orders and cannot be closed. Wait for their feedback or cancel them.</translation>
    </message>
    <message>
        <source>派警指令是空的，没有派出。请写明要保安做什么。</source>
        <translation>The order is empty, so nobody was sent. Write what the guard is to do.</translation>
    </message>
    <message>
        <source>文字超过 {most} 个字，没有保存。请写短一些。</source>
        <translation>The text is longer than {most} characters and was not kept. Make it shorter.</translation>
    </message>
    <message>
        <source>前面的步骤刚换成“{step}”，您的这一次没有记下。请看清这一步后再按。</source>
        <translation>The step in front has just become &quot;{step}&quot;; your press was not written down. Look at this step, then press again.</translation>
    </message>
    <message>
        <source>这些摄像机没有抓到图：{cameras}</source>
        <translation>No picture from these cameras: {cameras}</translation>
    </message>
    <message>
        <source>摄像机 {camera} 已转向更紧急或更新的报警</source>
        <translation>Camera {camera} has been turned to a more urgent or a newer alarm</translation>
    </message>
    <message>
        <source>“几次、多久之内”里面不能再放“几次、多久之内”。</source>
        <translation>A count within a time cannot hold another count within a time.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 的预案还有 {count} 个必做步骤（{step}），不能办结。请先完成，或写明原因跳过。</source>
        <translation>A plan of incident {incident_no} still has {count} mandatory steps ({step}); it cannot be closed. Finish them or skip them with a reason.</translation>
    </message>
    <message>
        <source>给 {guard} 的派警单因程序出错没有送出，已留在“未送出”里。请用对讲机通知，或重新派警，并报告管理员。</source>
        <translation>The order to {guard} was not sent because of a fault in the program; it is kept under &quot;Not sent&quot;. Use the radio or send again, and tell the administrator.</translation>
    </message>
    <message>
        <source>这张派警单已经送出，没有撤回。要叫回保安，请在警情页取消派警，并用对讲机通知。</source>
        <translation>This order has been sent already and was not taken back. To call the guard off, cancel the dispatch on the incident page and use the radio.</translation>
    </message>
    <message>
        <source>这张派警单已不再待发，但数据库没有回答，不能确定先前是否已经送出。请用对讲机确认，恢复后核对派警单。</source>
        <translation>This order waits no longer, but the database does not answer, so it may have gone out before. Ask by radio, and check the orders when the database is back.</translation>
    </message>
    <message>
        <source>名册里没有保安 {guard}。请另选一名保安。</source>
        <translation>Guard {guard} is not on the list. Choose another guard.</translation>
    </message>
    <message>
        <source>校区里没有消防传输装置 {panel}，没有下发。请看最新的列表。</source>
        <translation>The site has no fire transmission device {panel}; nothing was sent. Look at the newest list.</translation>
    </message>
    <message>
        <source>{panel} 的同一条指令还没有完成，没有再次下发。请等它的结果。</source>
        <translation>The same request to {panel} is still under way; it was not sent again. Wait for its result.</translation>
    </message>
    <message>
        <source>没有下发：点位“{point}”不对。系统写“类型.地址”（如 1.1），部件写“类型.地址.区.位”（如 1.1.10.2）。</source>
        <translation>Not sent: “{point}” is no such point. A system is “type.address” (1.1), a component “type.address.zone.position” (1.1.10.2).</translation>
    </message>
    <message>
        <source>您的角色没有“{permission}”权限。请由有权限的人员操作。</source>
        <translation>Your role does not include &quot;{permission}&quot;. Ask someone who may do this.</translation>
    </message>
    <message>
        <source>用户名或密码不对。请检查大小写后重试。</source>
        <translation>Wrong user name or password. Check upper and lower case and try again.</translation>
    </message>
    <message>
        <source>密码连续输错，此用户已暂停登录。请在 {seconds} 秒后再试。</source>
        <translation>Too many wrong passwords: this user is locked. Try again in {seconds} s.</translation>
    </message>
    <message>
        <source>已经有管理员了，没有新建。请用已有的用户登录。</source>
        <translation>There is an administrator already, so none was made. Log in as an existing user.</translation>
    </message>
    <message>
        <source>用户名不能为空，最多 {longest} 个字，不能有控制字符。请改正。</source>
        <translation>A user name needs 1 to {longest} printable characters. Correct it.</translation>
    </message>
    <message>
        <source>用户名 {name} 已有人使用。请换一个。</source>
        <translation>The user name {name} is taken. Choose another.</translation>
    </message>
    <message>
        <source>密码至少要 {least} 个字符。请加长后再试。</source>
        <translation>A password needs at least {least} characters. Make it longer.</translation>
    </message>
    <message>
        <source>{name} 是最后一个在用的管理员，没有改动。请先让另一个人当管理员。</source>
        <translation>{name} is the last active administrator, so nothing was changed. Make somebody else administrator first.</translation>
    </message>
    <message>
        <source>现在的密码不对，密码没有改。请检查大小写后重试。</source>
        <translation>The present password is wrong, so it was not changed. Check upper and lower case and try again.</translation>
    </message>
    <message>
        <source>您不是用登记的用户登录的（例如演示），没有密码可改。请用自己的用户登录。</source>
        <translation>You are not logged in as a listed user (the demo, for example), so there is no password to change. Log in as yourself.</translation>
    </message>
    <message>
        <source>密钥文件 {file} 的 {where} 有误。摄像机和加密主机可能连不上，请改正后重启。</source>
        <translation>The secrets file {file} is wrong at {where}. Cameras and encrypted panels may not connect; correct it and restart.</translation>
    </message>
    <message>
        <source>这段录像在申请 {number} 中，办结以前不能解除保护。要提前解除，请先撤回申请。</source>
        <translation>Request {number} keeps these recordings; they cannot be released until it is closed. To release them earlier, withdraw the request first.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的遮挡框不对：每个框至少一个时刻，并且要落在画面之内。没有导出，请重画。</source>
        <translation>A mask of camera {camera} is wrong: it needs at least one moment and must lie within the picture. Nothing was exported; draw it again.</translation>
    </message>
    <message>
        <source>写不进 {folder}：{reason}。没有留下半份导出，请检查目标位置后重试。</source>
        <translation>Cannot write into {folder}: {reason}. No half-made export was left; check the place and try again.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的录像所在的硬盘不在本机。没有导出，请接好硬盘，或在能到达它的席位上导出。</source>
        <translation>The disk with the recording of camera {camera} is not on this machine. Nothing was exported; connect the disk, or export at a seat that reaches it.</translation>
    </message>
    <message>
        <source>{folder} 的剩余空间不够。没有留下半份导出，请换一个位置或腾出空间后重试。</source>
        <translation>There is not enough room in {folder}. No half-made export was left; choose another place or make room and try again.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的一段录像读不出来。没有导出，请选择略过缺失的录像，或缩短时间。</source>
        <translation>A part of the recording of camera {camera} cannot be read. Nothing was exported; choose to leave out what is missing, or shorten the time.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的一段录像文件已经不在。没有导出，请选择略过缺失的录像，或缩短时间。</source>
        <translation>A file of the recording of camera {camera} is gone. Nothing was exported; choose to leave out what is missing, or shorten the time.</translation>
    </message>
    <message>
        <source>公钥名册 {file} 读不出来，没有签名。请从备份恢复它。</source>
        <translation>The list of public keys {file} cannot be read; nothing was signed. Restore it from a backup.</translation>
    </message>
    <message>
        <source>{case} 要的时间里没有录像，没有导出。请核对摄像机和时间。</source>
        <translation>Nothing was recorded in the time that {case} asks for, and nothing was exported. Check the cameras and the time.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 缺的录像要到录像机 {recorder} 上取，没有取到：{trouble}。没有导出，请稍后再导出，或选择缺的录像留空。</source>
        <translation>What is missing of camera {camera} lies on the recorder {recorder} and could not be fetched: {trouble}. Nothing was exported; export again later, or choose to leave missing recordings out.</translation>
    </message>
    <message>
        <source>导出已取消，没有留下文件。</source>
        <translation>The export was cancelled; no file was left.</translation>
    </message>
    <message>
        <source>备份没有成功：{reason}。原数据没有改动，请检查目标位置后重试。</source>
        <translation>The backup failed: {reason}. The data is unchanged; check the target and try again.</translation>
    </message>
    <message>
        <source>数据库地址写法不对（不显示其内容）。请核对 settings.toml 或 SHOUWANG_DATABASE。</source>
        <translation>The database address is malformed (it is not shown). Check settings.toml or SHOUWANG_DATABASE.</translation>
    </message>
    <message>
        <source>数据库已关闭，操作没有执行。请重新打开程序。</source>
        <translation>The database is closed, so nothing was done. Start the program again.</translation>
    </message>
    <message>
        <source>已有 {most} 个，不能再存。请先删除不用的布局、预设或轮巡。</source>
        <translation>There are {most} already; no more can be kept. Delete layouts, presets or tours that are not used.</translation>
    </message>
    <message>
        <source>别的席位刚刚改过这条记录，您的改动没有写入。请看最新内容后再操作。</source>
        <translation>Another seat has just changed this record, so yours was not written. Look at it as it is now, then act.</translation>
    </message>
    <message>
        <source>数据库文件已损坏。请不要继续写入，并用最近的备份恢复。</source>
        <translation>The database file is damaged. Do not go on writing; restore the latest backup.</translation>
    </message>
    <message>
        <source>磁盘或暂存区已满，没有写入。请腾出空间，之后重试。</source>
        <translation>The disk or the store for waiting signals is full; nothing was written. Make room, then try again.</translation>
    </message>
    <message>
        <source>还没有数据库：{database}。请先启动工作站或导入校区文件；地址不对时请核对 --data-dir 和 --database。</source>
        <translation>There is no database yet: {database}. Start the workstation or import a site file first; if the address is wrong, check --data-dir and --database.</translation>
    </message>
    <message>
        <source>找不到要操作的记录，它可能已被别的席位办结。请看最新列表。</source>
        <translation>The record was not found; another seat may have closed it. Look at the present list.</translation>
    </message>
    <message>
        <source>这台电脑没有 pg_dump，不能备份 PostgreSQL。请安装 PostgreSQL 客户端工具。</source>
        <translation>This machine has no pg_dump, so PostgreSQL cannot be backed up. Install the PostgreSQL client tools.</translation>
    </message>
    <message>
        <source>数据库由更新版本的程序建立（{found}），本程序只认识 {wanted}。请升级本程序。</source>
        <translation>The database was made by a newer version ({found}); this program knows {wanted}. Upgrade this program.</translation>
    </message>
    <message>
        <source>数据库结构是旧版（{found}），本程序需要 {wanted}。请先运行 shouwang db upgrade。</source>
        <translation>The database has an older structure ({found}); this program needs {wanted}. Run shouwang db upgrade first.</translation>
    </message>
    <message>
        <source>数据库没有及时回答，操作可能没有写入。请看最新状态，必要时再操作一次。</source>
        <translation>The database did not answer in time; the change may not be written. Look at the present state and repeat it if needed.</translation>
    </message>
    <message>
        <source>{field} 太长，最多 {longest} 个字符，操作没有写入。请缩短后重试。</source>
        <translation>{field} is too long: {longest} characters at most. Nothing was written; shorten it and try again.</translation>
    </message>
    <message>
        <source>连不上数据库，操作没有写入。请检查网络和数据库服务器，然后重试。</source>
        <translation>The database cannot be reached, so nothing was written. Check network and server, then try again.</translation>
    </message>
    <message>
        <source>不支持的数据库类型：{scheme}。请使用 SQLite 或 PostgreSQL。</source>
        <translation>This kind of database is not supported: {scheme}. Use SQLite or PostgreSQL.</translation>
    </message>
    <message>
        <source>“{text}”不是“主机:端口”形式的地址。请改正后重试。</source>
        <translation>&quot;{text}&quot; is not an address of the form HOST:PORT. Correct it and try again.</translation>
    </message>
    <message>
        <source>后台程序 {name} 没有启动成功。请查看数据目录下的日志。</source>
        <translation>The background program {name} did not start. See the logs in the data folder.</translation>
    </message>
    <message>
        <source>没有可用的显示器，窗口打不开。请登录桌面后再启动。</source>
        <translation>There is no display, so no window can open. Log in to a desktop and start again.</translation>
    </message>
    <message>
        <source>程序内部出错，刚才的操作可能没有完成。错误已记入日志，请再试一次并告知管理员。</source>
        <translation>The program made a mistake; what you just did may be incomplete. It is in the log: try again and tell the administrator.</translation>
    </message>
    <message>
        <source>两次输入的密码不一样，没有改动。请再来一次。</source>
        <translation>The two passwords differ, so nothing was changed. Try once more.</translation>
    </message>
    <message>
        <source>截图存不进 {folder}：{reason}。没有启动，请换一个文件夹后重试。</source>
        <translation>Pictures cannot be saved in {folder}: {reason}. Nothing was started; choose another folder and try again.</translation>
    </message>
    <message>
        <source>从标准输入读到的密码不是 UTF-8 文字，没有改动。请改用 UTF-8。</source>
        <translation>The password read from standard input is not UTF-8, so nothing was changed. Use UTF-8.</translation>
    </message>
    <message>
        <source>第二席没有登录凭据。请从演示程序启动第二席。</source>
        <translation>The second seat has no log-in. Start it from the demo.</translation>
    </message>
    <message>
        <source>{file} 里除了第一行没有内容，没有导入。请按模板填写后再试。</source>
        <translation>{file} holds nothing below its first row; nothing was imported. Fill in the template and try again.</translation>
    </message>
    <message>
        <source>{address} 没有回答，命令没有执行。请检查模块的电源和网络。</source>
        <translation>{address} does not answer, nothing was switched. Check the module&apos;s power and network.</translation>
    </message>
    <message>
        <source>{address} 拒绝了第 {number} 路输出，没有执行。请核对校区文件中的编号。</source>
        <translation>{address} refused output {number}, nothing was switched. Check the number in the site file.</translation>
    </message>
    <message>
        <source>地址“{address}”不能用。请写成 主机:端口。</source>
        <translation>The address &quot;{address}&quot; cannot be used. Write it as host:port.</translation>
    </message>
    <message>
        <source>接收机没有连接主机 {panel}，命令没有执行。请核对校区文件，并确认接收机在运行。</source>
        <translation>The hub is not connected to panel {panel}, nothing was switched. Check the site file and that the hub runs.</translation>
    </message>
    <message>
        <source>{host} 上已有接收机在为本校区服务。一个校区只能有一个接收机。</source>
        <translation>A hub on {host} serves this site already. A site has only one hub.</translation>
    </message>
    <message>
        <source>接收机不能使用 {host}:{port}：{reason}。报警主机现在连不上，请改正地址设置。</source>
        <translation>The hub cannot use {host}:{port}: {reason}. Panels cannot connect now; correct the address.</translation>
    </message>
    <message>
        <source>接收机没有运行，现在收不到报警。请启动接收机（shouwang hub）并查看日志。</source>
        <translation>The hub is not running: no alarms can arrive. Start it (shouwang hub) and see the logs.</translation>
    </message>
    <message>
        <source>端口 {port} 已被别的程序占用，报警主机现在连不上。请关闭那个程序或改用别的端口。</source>
        <translation>Another program uses port {port}, so panels cannot connect. Close it or use another port.</translation>
    </message>
    <message>
        <source>用不了数据目录 {folder}：{reason}。请换一个目录，或改好权限后重新启动。</source>
        <translation>The data folder {folder} cannot be used: {reason}. Choose another, or set its rights right, and restart.</translation>
    </message>
    <message>
        <source>设置有误：{file} 第 {line} 行 {field}：{reason}。请改正后重新启动。</source>
        <translation>Wrong setting: {file} line {line}, {field}: {reason}. Correct it and restart.</translation>
    </message>
    <message>
        <source>写不了校区文件 {file}：{reason}。请检查目标文件夹和剩余空间后重试。</source>
        <translation>Cannot write the site file {file}: {reason}. Check the folder and the free space, then try again.</translation>
    </message>
    <message>
        <source>校区文件 {file} 第 {line} 行 {field} 有误：{reason}。没有导入任何内容，请改正后重试。</source>
        <translation>Site file {file} is wrong at line {line}, {field}: {reason}. Nothing was imported; correct it and try again.</translation>
    </message>
    <message>
        <source>还没有导入校区。请先运行 shouwang site import 文件。</source>
        <translation>No site has been imported. Run shouwang site import FILE first.</translation>
    </message>
    <message>
        <source>读不了校区文件 {file}：{reason}。请检查文件是否存在、编码是否为 UTF-8。</source>
        <translation>The site file {file} cannot be read: {reason}. Check that it exists and is UTF-8.</translation>
    </message>
    <message>
        <source>模拟摄像机缺少编码器 {codec}。请重新安装本程序。</source>
        <translation>The simulated cameras lack the encoder {codec}. Install the program again.</translation>
    </message>
    <message>
        <source>模拟摄像机不能编码 {codec} {width}×{height}。请重新安装本程序。</source>
        <translation>The simulated cameras cannot encode {codec} {width}×{height}. Install the program again.</translation>
    </message>
    <message>
        <source>模拟摄像机还没有启动。请先启动演示。</source>
        <translation>The simulated cameras have not started. Start the demo first.</translation>
    </message>
    <message>
        <source>模拟摄像机的端口 {port} 已被占用。请关闭占用的程序或改用别的端口。</source>
        <translation>Port {port} of the simulated cameras is taken. Close the program that uses it or choose another port.</translation>
    </message>
    <message>
        <source>模拟校区里没有摄像机 {camera}。请检查编号。</source>
        <translation>The simulated campus has no camera {camera}. Check the number.</translation>
    </message>
    <message>
        <source>模拟剧本 {file} 的 {where} 有误：{reason}。请改正后重新启动。</source>
        <translation>The simulator&apos;s story {file} is wrong at {where}: {reason}. Correct it and restart.</translation>
    </message>
    <message>
        <source>没有可用的摄像机，测量没有开始。请检查来源。</source>
        <translation>There is no camera to measure, so the measurement did not begin. Check the source.</translation>
    </message>
    <message>
        <source>码流损坏，请检查摄像机编码设置</source>
        <translation>Damaged stream: check the camera&apos;s encoding</translation>
    </message>
    <message>
        <source>摄像机结束了码流，正在重连</source>
        <translation>The camera ended the stream; reconnecting</translation>
    </message>
    <message>
        <source>摄像机上没有这一路码流，请检查地址</source>
        <translation>The camera has no such stream: check the address</translation>
    </message>
    <message>
        <source>摄像机拒绝连接，请检查电源和端口</source>
        <translation>The camera refused: check power and port</translation>
    </message>
    <message>
        <source>摄像机没有回答，请检查网络</source>
        <translation>The camera does not answer: check the network</translation>
    </message>
    <message>
        <source>用户名或密码不对，请检查摄像机账号</source>
        <translation>Wrong user or password: check the camera&apos;s account</translation>
    </message>
    <message>
        <source>网络不通，请检查摄像机网络</source>
        <translation>No way to the camera: check its network</translation>
    </message>
    <message>
        <source>不支持这种码流，请改用 H.264 或 H.265</source>
        <translation>Unsupported stream: use H.264 or H.265</translation>
    </message>
    <message>
        <source>视频已停止，画面没有打开。请重新启动程序。</source>
        <translation>Video has stopped, so the picture was not opened. Start the program again.</translation>
    </message>
    <message>
        <source>校区里没有摄像机 {camera}。请从列表中另选一个。</source>
        <translation>The site has no camera {camera}. Choose another from the list.</translation>
    </message>
    <message>
        <source>这台电脑没有可用的话筒，不能对讲。请接好话筒后再试。</source>
        <translation>This computer has no usable microphone, so nobody can be talked to. Plug one in and try again.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 没有可以对讲的扬声器。请另选一台，或用电话、对讲机。</source>
        <translation>Camera {camera} has no loudspeaker that can be talked through. Choose another one, or use telephone or radio.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 不接受用户名或密码，没有接通。请核对它的登录。</source>
        <translation>Camera {camera} does not accept the user name or password, so it was not connected. Check its log-in.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 没有应答，没有接通。请检查网络，或用电话、对讲机。</source>
        <translation>Camera {camera} did not answer, so it was not connected. Check the network, or use telephone or radio.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 拒绝了对讲（{status}）。它可能正被别人使用，请稍后再试。</source>
        <translation>Camera {camera} refused the talk ({status}). Somebody else may be using it; try again later.</translation>
    </message>
    <message>
        <source>与摄像机 {camera} 的对讲断了，之前的话已录音。请再按一次。</source>
        <translation>The talk with camera {camera} broke off; what was said before is recorded. Press again.</translation>
    </message>
    <message>
        <source>一次对讲最长两分钟，已自动结束并录音。需要时请再按一次。</source>
        <translation>One talk lasts two minutes at most; it was ended and recorded. Press again if needed.</translation>
    </message>
    <message>
        <source>现在没有对讲，没有什么可结束的。</source>
        <translation>Nobody is being talked to, so there is nothing to end.</translation>
    </message>
    <message>
        <source>本席正在与 {camera} 对讲。请先结束，再与别处对讲。</source>
        <translation>This seat is talking with {camera}. End that first, then talk elsewhere.</translation>
    </message>
    <message>
        <source>校区里没有摄像机 {camera}，没有接通。请从列表中另选一个。</source>
        <translation>The campus has no camera {camera}; nothing was connected. Choose another one from the list.</translation>
    </message>
    <message>
        <source>录音写不进数据目录：{reason}。没有对讲，因为对讲必须录音。请检查剩余空间和权限。</source>
        <translation>The recording cannot be written into the data folder: {reason}. There was no talk, because talks must be recorded. Check free space and permissions.</translation>
    </message>
    <message>
        <source>这台电脑没有声音设备，报警只有画面没有声音。请接好音箱。</source>
        <translation>This machine has no sound device: alarms are seen but not heard. Connect a speaker.</translation>
    </message>
    <message>
        <source>操作没有完成（{code}）。请重试；若仍不行，请把这个代号告诉管理员。</source>
        <translation>It was not done ({code}). Try again; if it fails again, tell the administrator this code.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的 {field} 有误：{reason}。没有保存，请改正后重试。</source>
        <translation>Camera {camera}: {field} is wrong: {reason}. Nothing was saved; correct it and try again.</translation>
    </message>
    <message>
        <source>还没有导入校区，摄像机没有地方可放。请先运行 shouwang site import 文件。</source>
        <translation>No site is imported yet, so a camera has nowhere to go. Run shouwang site import FILE first.</translation>
    </message>
    <message>
        <source>编号 {camera} 已有摄像机，没有保存。请换一个编号，或留空由系统编号。</source>
        <translation>Number {camera} is another camera&apos;s; nothing was saved. Choose another number, or leave it empty to get the next free one.</translation>
    </message>
    <message>
        <source>防区 {zones} 的联动指定了摄像机 {camera}，没有删除。请先确认从这些防区取下。</source>
        <translation>The linkage of zones {zones} names camera {camera}; it was not removed. Confirm first that it is taken out of these zones.</translation>
    </message>
    <message>
        <source>名称要有 1 到 40 个字符，没有保存。请改名后重试。</source>
        <translation>A name has 1 to 40 characters; nothing was saved. Change the name and try again.</translation>
    </message>
    <message>
        <source>名称 {name} 已经有了，没有保存。请换一个名称。</source>
        <translation>The name {name} is taken; nothing was saved. Choose another one.</translation>
    </message>
    <message>
        <source>{name} 是共享的或别人的，您不能改动。请另存为自己的，或找班长。</source>
        <translation>{name} is shared or somebody else&apos;s, and you may not change it. Save it as your own, or ask the shift leader.</translation>
    </message>
    <message>
        <source>要保存的内容不完整，没有保存。请重新编辑。</source>
        <translation>What was to be saved is incomplete; nothing was saved. Edit it again.</translation>
    </message>
    <message>
        <source>布局有空缺或重叠，或多于 64 画面，没有保存。请重新编辑。</source>
        <translation>The layout has gaps, overlaps or more than 64 tiles; nothing was saved. Edit it again.</translation>
    </message>
    <message>
        <source>切换时段不完整，没有保存。请选好星期和起止时间。</source>
        <translation>A time slot is incomplete; nothing was saved. Choose its weekdays, start and end.</translation>
    </message>
    <message>
        <source>轮巡要有 1 到 200 站，没有保存。请添加后重试。</source>
        <translation>A tour has 1 to 200 stops; nothing was saved. Add some and try again.</translation>
    </message>
    <message>
        <source>摄像机不能和预设、布局混在一个轮巡里，没有保存。请分成两个轮巡。</source>
        <translation>Cameras cannot be in one tour with presets or layouts; nothing was saved. Make two tours.</translation>
    </message>
    <message>
        <source>停留时间要在 3 到 3600 秒之间，没有保存。请改后重试。</source>
        <translation>A stop lasts 3 to 3600 seconds; nothing was saved. Change it and try again.</translation>
    </message>
    <message>
        <source>设备地址应是 http:// 或 https:// 开头的完整地址。请改正后重试。</source>
        <translation>The device address must be complete and begin with http:// or https://. Correct it and try again.</translation>
    </message>
    <message>
        <source>{host} 有回答，但不是 ONVIF 设备的回答。请核对地址和端口，并在设备上启用 ONVIF。</source>
        <translation>{host} answers, but not as an ONVIF device. Check the address and port, and switch ONVIF on in the device.</translation>
    </message>
    <message>
        <source>{host} 的时钟与本机相差 {seconds} 秒，因此拒绝登录。请先校准设备时间（或设置 NTP）后重试。</source>
        <translation>The clock of {host} differs from this machine&apos;s by {seconds} s, so it refuses the log-in. Set the device&apos;s time (or NTP) and try again.</translation>
    </message>
    <message>
        <source>{host} 拒绝连接：这个端口上没有 ONVIF 服务。请核对端口，并在设备上启用 ONVIF。</source>
        <translation>{host} refused the connection: no ONVIF service on this port. Check the port, and switch ONVIF on in the device.</translation>
    </message>
    <message>
        <source>设备没有执行这个命令：{reason}。请看设备的当前状态后重试。</source>
        <translation>The device did not carry out the command: {reason}. Look at its present state and try again.</translation>
    </message>
    <message>
        <source>{host} 不接受用户名或密码。请核对设备的 ONVIF 用户（常与网页登录用户分开设置）。</source>
        <translation>{host} does not accept the user name or password. Check the device&apos;s ONVIF user (often separate from its web user).</translation>
    </message>
    <message>
        <source>连不上 {host} 或它没有及时回答。请检查网线、电源和网络地址。</source>
        <translation>{host} cannot be reached or did not answer in time. Check cable, power and network address.</translation>
    </message>
    <message>
        <source>这台设备没有这项功能。请换一台设备或改用别的方法。</source>
        <translation>This device cannot do that. Use another device or another way.</translation>
    </message>
    <message>
        <source>{field} 不能用：要在一行之内，最多 {most} 个字。没有保存，请改正。</source>
        <translation>{field} cannot be used: it must be one line of at most {most} characters. Nothing was saved; correct it.</translation>
    </message>
    <message>
        <source>主机 {account} 的密钥要是 32、48 或 64 位十六进制数字。没有保存，请改正。</source>
        <translation>The key of panel {account} must be 32, 48 or 64 hexadecimal digits. Nothing was saved; correct it.</translation>
    </message>
    <message>
        <source>写不了密钥文件 {file}：{reason}。原文件没有改动，请检查数据目录的权限和剩余空间。</source>
        <translation>The secrets file {file} cannot be written: {reason}. The old file is unchanged; check the data folder&apos;s rights and free space.</translation>
    </message>
    <message>
        <source>密钥文件是加密的，可是找不到钥匙 {file}。什么都没有改动。请把钥匙从备份放回原处；找不回来时删去密钥文件，重新输入口令。</source>
        <translation>The secrets file is encrypted, and its key {file} is missing. Nothing was changed. Put the key back from a backup; if it is lost, delete the secrets file and enter the passwords again.</translation>
    </message>
    <message>
        <source>钥匙 {file} 打不开密钥文件，它属于另一个文件。什么都没有改动。请放回原来的钥匙；找不回来时删去密钥文件，重新输入口令。</source>
        <translation>The key {file} does not open the secrets file; it belongs to another one. Nothing was changed. Put the right key back; if it is lost, delete the secrets file and enter the passwords again.</translation>
    </message>
    <message>
        <source>系统钥匙环锁着、不在或没有回答，口令打不开。什么都没有改动。请登录桌面解锁；要在无人登录时运行，先在桌面上运行 shouwang secrets key file。</source>
        <translation>The system&apos;s keyring is locked, absent or silent, so the passwords cannot be opened. Nothing was changed. Log in to the desktop to unlock it; to run with nobody logged in, first run shouwang secrets key file on the desktop.</translation>
    </message>
    <message>
        <source>密钥文件 {file} 的 {where} 被改动过，打不开。什么都没有改动。请恢复备份，或删去这一条后重新输入口令。</source>
        <translation>{where} in the secrets file {file} was tampered with and cannot be opened. Nothing was changed. Restore a backup, or delete the entry and enter its password again.</translation>
    </message>
    <message>
        <source>没有名为 {name} 的登录。请用 shouwang secrets list 查看名称。</source>
        <translation>There is no log-in named {name}. See the names with shouwang secrets list.</translation>
    </message>
    <message>
        <source>没有说用户名，没有保存。请加上 --username 用户名。</source>
        <translation>No user name was given, so nothing was saved. Add --username NAME.</translation>
    </message>
    <message>
        <source>“{text}”不是端口。请写 1 到 65535 的数字，用逗号分开，最多 {most} 个。</source>
        <translation>&quot;{text}&quot; is not a list of ports. Write numbers from 1 to 65535 with commas between them, at most {most}.</translation>
    </message>
    <message>
        <source>“{text}”不是地址范围。请写成 192.168.1.0/24 或 192.168.1.10-60。</source>
        <translation>&quot;{text}&quot; is not a range of addresses. Write it as 192.168.1.0/24 or 192.168.1.10-60.</translation>
    </message>
    <message>
        <source>这个范围有 {count} 个地址，一次最多 {most} 个。没有开始，请缩小范围。</source>
        <translation>This range has {count} addresses; at most {most} are looked at in one go. Nothing was started; choose a smaller range.</translation>
    </message>
    <message>
        <source>“{column}”一格不能用：公式、过长或不是数字。请改正。</source>
        <translation>The cell &quot;{column}&quot; cannot be used: a formula, too long, or not a number. Correct it.</translation>
    </message>
    <message>
        <source>写不了文件 {file}：{reason}。请换一个位置再试。</source>
        <translation>The file {file} cannot be written: {reason}. Choose another place and try again.</translation>
    </message>
    <message>
        <source>{file} 缺少列：{missing}。请用导出的模板，不要改第一行。</source>
        <translation>{file} lacks the columns {missing}. Use the exported template and leave its first row as it is.</translation>
    </message>
    <message>
        <source>{file} 太大，最多 {most} MB。没有读入，请分几次导入。</source>
        <translation>{file} is too big; the limit is {most} MB. Nothing was read; import it in parts.</translation>
    </message>
    <message>
        <source>表格超过 {most} 行，没有读入。请分几次导入。</source>
        <translation>The table has more than {most} rows; nothing was read. Import it in parts.</translation>
    </message>
    <message>
        <source>读不了表格 {file}：{reason}。请另存为 XLSX 或 UTF-8 的 CSV 后再试。</source>
        <translation>The table {file} cannot be read: {reason}. Save it as XLSX or as UTF-8 CSV and try again.</translation>
    </message>
    <message>
        <source>此格还没有画面，没有抓图。请等画面出现，或另选一格。</source>
        <translation>This tile has no picture yet, no snapshot was taken. Wait for the picture or choose another tile.</translation>
    </message>
    <message>
        <source>磁盘已满，抓图没有保存到 {folder}。请清理磁盘，或在设置 snapshot_dir 中改用别的文件夹。</source>
        <translation>The disk is full, the snapshot was not saved to {folder}. Free some space, or name another folder in the setting snapshot_dir.</translation>
    </message>
    <message>
        <source>没有写入 {folder} 的权限，抓图没有保存。请找管理员开放权限，或改设置 snapshot_dir。</source>
        <translation>You may not write to {folder}, the snapshot was not saved. Ask an administrator for access, or change the setting snapshot_dir.</translation>
    </message>
    <message>
        <source>抓图写不进 {folder}：{reason}。没有留下文件，请检查文件夹后重试。</source>
        <translation>The snapshot cannot be written to {folder}: {reason}. No file was left; check the folder and try again.</translation>
    </message>
    <message>
        <source>抓图已保存为 {file}，但数据库没有记下这次抓图。请记下时间并告知管理员。</source>
        <translation>The snapshot is saved as {file}, but the database did not record it. Note the time and tell an administrator.</translation>
    </message>
    <message>
        <source>证书不可信，请核对后记下指纹</source>
        <translation>Certificate not trusted; check it, then pin its fingerprint</translation>
    </message>
    <message>
        <source>设备正被别的程序使用，请关闭那个程序</source>
        <translation>The device is used by another program; close that one</translation>
    </message>
    <message>
        <source>没有使用该设备的权限，请加入 video 组</source>
        <translation>No right to use the device; join the group video</translation>
    </message>
    <message>
        <source>VLC 打不开这一路（Debian 的 VLC 没有 RTSP），请把引擎改为自动</source>
        <translation>VLC cannot open this (Debian&apos;s has no RTSP); set the engine to auto</translation>
    </message>
    <message>
        <source>没有这个视频设备，请检查 USB 连接</source>
        <translation>No such video device; check the USB cable</translation>
    </message>
    <message>
        <source>没有安装 VLC，请安装，或把引擎改为自动</source>
        <translation>VLC is not installed; install it or set the engine to auto</translation>
    </message>
    <message>
        <source>这个地址给的不是 JPEG 图片，请检查地址</source>
        <translation>This address gives no JPEG picture; check the address</translation>
    </message>
    <message>
        <source>这个地址不是 MJPEG 视频；单张图片请用 http+snapshot://</source>
        <translation>This address gives no MJPEG; for single pictures use http+snapshot://</translation>
    </message>
    <message>
        <source>显示器已接回，{windows} 已回到原来的位置。</source>
        <translation>The monitor is connected again: {windows} stands where it stood.</translation>
    </message>
    <message>
        <source>显示器已断开，{windows} 已收起，报警回到主窗口。接回显示器后自动恢复；也可在“显示器”菜单里换一台。</source>
        <translation>A monitor was disconnected: {windows} is put away and alarms come to the main window. It returns with the monitor; or choose another one in the Monitors menu.</translation>
    </message>
    <message>
        <source>用户名和密码太长（RTSP 共 127 字节），请在摄像机上改短</source>
        <translation>Log-in too long (RTSP: 127 bytes in all); shorten it on the camera</translation>
    </message>
    <message>
        <source>这台电脑没有可用的声音设备，听不到摄像机。请接好音箱或耳机后再试。</source>
        <translation>This computer has no usable sound device, the camera cannot be heard. Connect loudspeakers or headphones and try again.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 不传声音。请确认它带麦克风，并在摄像机设置中打开音频。</source>
        <translation>Camera {camera} sends no sound. Make sure that it has a microphone, and switch audio on in its settings.</translation>
    </message>
    <message>
        <source>{address} 没有给出证书：{reason}。请核对地址，以及摄像机是否开启了 TLS。</source>
        <translation>{address} showed no certificate: {reason}. Check the address, and whether the camera has TLS switched on.</translation>
    </message>
    <message>
        <source>{holder} 正在控制这台云台，{seconds} 秒没有操作后才会放开。请稍候或与对方联系。</source>
        <translation>{holder} is steering this camera; it is free after {seconds} s without an operation. Wait, or talk to them.</translation>
    </message>
    <message>
        <source>预置位要有名称，最多 {longest} 个字。请改正后再保存。</source>
        <translation>A preset needs a name of at most {longest} characters. Correct it and save again.</translation>
    </message>
    <message>
        <source>设置要求硬件解码，但这台电脑没有可用的，已改用软件解码。请装好显卡驱动，或把 hardware_decoding 设为 auto。</source>
        <translation>The settings ask for hardware decoding, but this computer has none that works; software decodes instead. Install the graphics driver, or set hardware_decoding to auto.</translation>
    </message>
    <message>
        <source>设置要求由显卡绘制画面，但这台电脑的 OpenGL 不是显卡提供的（{renderer}），已改用普通绘制。请装好显卡驱动，或把 painter 设为 auto。</source>
        <translation>The settings ask the graphics card to paint the pictures, but OpenGL on this computer does not come from one ({renderer}); they are painted without it. Install the graphics driver, or set painter to auto.</translation>
    </message>
    <message>
        <source>显卡绘制出错，画面已改用普通绘制，直到程序重新启动。如果再次出现，请更新显卡驱动，或把 painter 设为 raster。</source>
        <translation>The graphics card failed; the pictures are painted without it until the program starts anew. If it happens again, update the graphics driver, or set painter to raster.</translation>
    </message>
    <message>
        <source>防区 {zone} {name} 始终有效，不能撤防、隔离或测试：一键报警、火灾、医疗求助、防拆和故障信号任何时候都要报警。</source>
        <translation>Zone {zone} {name} always counts and cannot be disarmed, isolated or tested: panic, fire, medical, tamper and fault signals raise an alarm at any time.</translation>
    </message>
    <message>
        <source>结束时间要在现在之后，最长 {most_hours} 小时。请改正结束时间。</source>
        <translation>The end must be later than now, by {most_hours} hours at most. Correct the end.</translation>
    </message>
    <message>
        <source>防区 {zone} 已由 {owner} 隔离。要改原因或时间，请先取消隔离。</source>
        <translation>Zone {zone} is already isolated by {owner}. To change reason or time, end the isolation first.</translation>
    </message>
    <message>
        <source>没有布防组 {group}，可能刚被删除。请看最新的布防组。</source>
        <translation>There is no arm group {group}; it may just have been removed. See the present groups.</translation>
    </message>
    <message>
        <source>找不到这次步行测试。请重新开始一次。</source>
        <translation>This walk test is not on record. Begin a new one.</translation>
    </message>
    <message>
        <source>没有防区 {zone}，可能刚被删除。请看最新的防区表。</source>
        <translation>There is no zone {zone}; it may just have been removed. See the present table.</translation>
    </message>
    <message>
        <source>没有选中防区。请先选要测试的防区。</source>
        <translation>No zone is selected. Select the zones to test first.</translation>
    </message>
    <message>
        <source>隔离防区必须写明原因。请写明原因后再试。</source>
        <translation>Isolating a zone needs a reason. Write it down and try again.</translation>
    </message>
    <message>
        <source>{owner} 的步行测试还没有结束。请等它结束，或先结束它。</source>
        <translation>The walk test of {owner} still runs. Wait for its end, or end it first.</translation>
    </message>
    <message>
        <source>这个席位没有预设“{name}”</source>
        <translation>This workstation has no preset &quot;{name}&quot;</translation>
    </message>
    <message>
        <source>演练中不对外动作</source>
        <translation>Nothing outside is moved in a drill</translation>
    </message>
    <message>
        <source>没有看得见现场的摄像机</source>
        <translation>No camera sees the place</translation>
    </message>
    <message>
        <source>报警没有地图位置</source>
        <translation>The alarm has no place on the map</translation>
    </message>
    <message>
        <source>这里没有做这件事的设备</source>
        <translation>Nothing here can do that</translation>
    </message>
    <message>
        <source>30 秒内没有席位报告完成</source>
        <translation>No workstation reported it within 30 s</translation>
    </message>
    <message>
        <source>时限内没有完成，已放弃</source>
        <translation>Not done within its time; given up</translation>
    </message>
    <message>
        <source>报警 {event_no} 已经结束，不能转交。请看报警队列中的最新状态。</source>
        <translation>Alarm {event_no} has ended and cannot be handed over. Look at its latest state in the alarm queue.</translation>
    </message>
    <message>
        <source>报警 {event_no} 现在是“{hand}”，不能这样转交。15 秒内无人接收时报警仍归原接警人。</source>
        <translation>Alarm {event_no} is now &quot;{hand}&quot; and cannot change hands like this. When nobody accepts within 15 seconds it stays with its owner.</translation>
    </message>
    <message>
        <source>报警 {event_no} 不是转交给您的，没有改动。请由被转交的人接收。</source>
        <translation>Alarm {event_no} was not handed to you; nothing was changed. The person who was asked must accept it.</translation>
    </message>
    <message>
        <source>{name} 不能处理报警，或就是您本人，没有转交。请另选一人。</source>
        <translation>{name} may not handle alarms, or is you; nothing was handed over. Choose someone else.</translation>
    </message>
    <message>
        <source>报警 {event_no} 不能搁置：特急、一键、火灾、医疗求助、防拆报警和已有结论的报警不许搁置。请直接处置。</source>
        <translation>Alarm {event_no} cannot be shelved: P1, panic, fire, medical and tamper alarms and those with a verdict never are. Handle it now.</translation>
    </message>
    <message>
        <source>搁置必须写明原因，没有搁置。请写明原因后再试。</source>
        <translation>Shelving needs a reason; nothing was shelved. Write the reason and try again.</translation>
    </message>
    <message>
        <source>搁置时间要在 {least} 到 {most} 分钟之间，没有搁置。请改后重试。</source>
        <translation>The time must be between {least} and {most} minutes; nothing was shelved. Correct it and try again.</translation>
    </message>
    <message>
        <source>成批研判只能排除，不能记为属实。属实的报警请逐条处置。</source>
        <translation>A verdict on a group can only dismiss. Handle genuine alarms one by one.</translation>
    </message>
    <message>
        <source>这些报警不是同一原因，一条也没有排除。请按组逐一研判。</source>
        <translation>These alarms have different causes; none was dismissed. Decide on each group by itself.</translation>
    </message>
    <message>
        <source>成批研判必须写明原因，一条也没有排除。请写明原因后再试。</source>
        <translation>A verdict on a group needs a reason; none was dismissed. Write the reason and try again.</translation>
    </message>
    <message>
        <source>报警 {event_no} 属于特急或防拆，不能成批排除，一条也没有排除。请逐条处置。</source>
        <translation>Alarm {event_no} is most urgent or a tamper alarm and cannot be dismissed with a group; none was dismissed. Handle it by itself.</translation>
    </message>
    <message>
        <source>没有名为 {name} 的用户，值班规定没有保存。请核对用户名。</source>
        <translation>There is no user named {name}; the standing orders were not saved. Check the name.</translation>
    </message>
    <message>
        <source>电话通知一栏最多 {most} 个字，值班规定没有保存。请写短一些。</source>
        <translation>&quot;To be called&quot; may have {most} characters at most; the standing orders were not saved. Write less.</translation>
    </message>
    <message>
        <source>再次鸣响的时间要在 0 到 {most} 秒之间，值班规定没有保存。请改后重试。</source>
        <translation>The time to sound again must be between 0 and {most} seconds; the standing orders were not saved. Correct it and try again.</translation>
    </message>
    <message>
        <source>证书文件 {file} 用不了：{reason}。接收机没有启动，请核对 http_certificate 和 http_key。</source>
        <translation>The certificate file {file} cannot be used: {reason}. The hub did not start; check http_certificate and http_key.</translation>
    </message>
    <message>
        <source>校区里没有联动输出 {output}，没有操作。请看最新的列表。</source>
        <translation>The campus has no output {output}; nothing was done. Look at the current list.</translation>
    </message>
    <message>
        <source>{output} 与 {other} 有联锁，命令没有发出：{reason}。请先处理 {other}。</source>
        <translation>{output} is interlocked with {other}, so the order was not sent: {reason}. See to {other} first.</translation>
    </message>
    <message>
        <source>{output} 正在执行别的命令，没有发出。请看它的状态，几秒后再试。</source>
        <translation>{output} is busy with another order, so this one was not sent. Look at its state and try again in a few seconds.</translation>
    </message>
    <message>
        <source>命令现在是“{was}”，不能改为“{wanted}”。请看最新状态。</source>
        <translation>The order is &quot;{was}&quot; now and cannot become &quot;{wanted}&quot;. Look at its latest state.</translation>
    </message>
    <message>
        <source>{name} 已经确认过，还要另一个人确认。请另一名值班员输入自己的用户名和密码。</source>
        <translation>{name} has confirmed already; another person must confirm too. Let another operator enter their own user name and password.</translation>
    </message>
    <message>
        <source>{output} 是危险输出，须两人各输密码确认，没有发出。请打开双人确认。</source>
        <translation>{output} is dangerous: two persons must each confirm with a password, so nothing was sent. Open the confirmation by two persons.</translation>
    </message>
    <message>
        <source>{output} 的命令等待太久，已作废。情况仍需要时请重新下命令。</source>
        <translation>The order for {output} waited too long and is void. If it is still needed, order it again.</translation>
    </message>
    <message>
        <source>演练最长 {hours} 小时，没有开始。请选短一些的时间。</source>
        <translation>A drill lasts {hours} hours at most; it was not started. Choose a shorter time.</translation>
    </message>
    <message>
        <source>设备拒绝了命令，没有动作：{reason}。请看设备的状态。</source>
        <translation>The device refused the order and did not move: {reason}. Look at the state of the device.</translation>
    </message>
    <message>
        <source>连不上控制设备 {address}，命令没有发出。请检查电源和网络。</source>
        <translation>The control device {address} cannot be reached, so the order was not sent. Check power and network.</translation>
    </message>
    <message>
        <source>控制设备没有回答，是否动作不明：{reason}。请到现场查看。</source>
        <translation>The control device did not answer, so nobody knows whether it moved: {reason}. Go and look.</translation>
    </message>
    <message>
        <source>没有能控制它的线路。请管理员检查校区文件中的主机。</source>
        <translation>Nothing here can switch it. Ask an administrator to check its panel in the site file.</translation>
    </message>
    <message>
        <source>接收机在发送中断过，是否动作不明。请到现场查看，需要时重新下命令。</source>
        <translation>The hub was interrupted while sending, so nobody knows whether it moved. Go and look, and order it again if needed.</translation>
    </message>
    <message>
        <source>接收机停顿过，命令没有发出。请重新下命令。</source>
        <translation>The hub stood still for a moment, so the order was not sent. Order it again.</translation>
    </message>
    <message>
        <source>{address} 不接受登录。请核对密钥文件中的用户名和密码。</source>
        <translation>{address} refuses the log-in. Check user name and password in the secrets file.</translation>
    </message>
    <message>
        <source>校区里没有这样的输出 {no}</source>
        <translation>The site has no such output {no}</translation>
    </message>
    <message>
        <source>没有能转向现场的云台摄像机</source>
        <translation>No camera can turn to the place</translation>
    </message>
    <message>
        <source>摄像机 {camera} 不能按 ONVIF 抓图</source>
        <translation>Camera {camera} gives no snapshot by ONVIF</translation>
    </message>
    <message>
        <source>本机没有名为 {name} 的登录</source>
        <translation>This machine has no log-in called {name}</translation>
    </message>
    <message>
        <source>云台没有按时转到位</source>
        <translation>The camera did not get there in time</translation>
    </message>
    <message>
        <source>地址不对，或写有用户名和密码（请用登录名称）</source>
        <translation>Wrong address, or one with user and password (name a log-in instead)</translation>
    </message>
    <message>
        <source>对方拒绝（HTTP {status}）</source>
        <translation>Refused by the other side (HTTP {status})</translation>
    </message>
    <message>
        <source>连不上 {host}，或它没有及时回答</source>
        <translation>{host} cannot be reached or did not answer in time</translation>
    </message>
    <message>
        <source>消息服务器 {host} 连不上，或没有收下</source>
        <translation>The broker {host} cannot be reached or did not take it</translation>
    </message>
    <message>
        <source>{host} 的证书不可信</source>
        <translation>The certificate of {host} is not trusted</translation>
    </message>
    <message>
        <source>输出在手动方式，等人确认</source>
        <translation>The output is in manual mode and waits for a person</translation>
    </message>
    <message>
        <source>输出 {output} 没有动作（{cause}）</source>
        <translation>Output {output} did not move ({cause})</translation>
    </message>
    <message>
        <source>这个席位没有打开报警监视窗</source>
        <translation>No alarm monitor is open at this workstation</translation>
    </message>
    <message>
        <source>没有声音设备，或报警已消音</source>
        <translation>No sound device, or the alarm is silenced</translation>
    </message>
    <message>
        <source>这台电脑不能语音播报</source>
        <translation>This computer cannot speak</translation>
    </message>
    <message>
        <source>规则要有名称，最多 40 个字。请改正后保存。</source>
        <translation>A rule needs a name of at most 40 characters. Correct it and save again.</translation>
    </message>
    <message>
        <source>已有名为“{name}”的规则，没有保存。请换一个名称。</source>
        <translation>There is a rule called &quot;{name}&quot; already; nothing was saved. Choose another name.</translation>
    </message>
    <message>
        <source>冷却时间要在 0 到 3600 秒之间。请改正后保存。</source>
        <translation>The cool-down must be 0 to 3600 seconds. Correct it and save again.</translation>
    </message>
    <message>
        <source>规则要有 1 到 20 个动作。请添加动作后保存。</source>
        <translation>A rule needs 1 to 20 actions. Add one and save again.</translation>
    </message>
    <message>
        <source>动作的限时最长 60 秒。请改正后保存。</source>
        <translation>An action may be allowed 60 seconds at most. Correct it and save again.</translation>
    </message>
    <message>
        <source>动作里的文字最多 500 个字。请写短一些。</source>
        <translation>The text of an action may have 500 characters. Shorten it.</translation>
    </message>
    <message>
        <source>有动作没有填全（对象、方式或文字）。请补全后保存。</source>
        <translation>An action is incomplete (target, way or text). Complete it and save again.</translation>
    </message>
    <message>
        <source>条件套得太深，最多 6 层。请简化后保存。</source>
        <translation>The conditions are nested too deeply; 6 levels are the most. Simplify them and save again.</translation>
    </message>
    <message>
        <source>条件太多，最多 60 个。请拆成几条规则。</source>
        <translation>Too many conditions; 60 are the most. Make several rules of it.</translation>
    </message>
    <message>
        <source>有条件没有填写。请补全或删除它。</source>
        <translation>A condition is empty. Complete it or delete it.</translation>
    </message>
    <message>
        <source>地图区域至少要有三个角。请补全后保存。</source>
        <translation>An area on the map needs three corners or more. Complete it and save again.</translation>
    </message>
    <message>
        <source>“几次、多久之内”不对：次数不能多于条件数，时间最长 3600 秒。</source>
        <translation>&quot;How often, within how long&quot; is wrong: not more than there are conditions, and 3600 seconds at most.</translation>
    </message>
    <message>
        <source>有条件写了没有的报警类型。请改正后保存。</source>
        <translation>A condition names an alarm class that does not exist. Correct it and save again.</translation>
    </message>
    <message>
        <source>级别只能是 1 到 4。请改正后保存。</source>
        <translation>A priority is 1 to 4. Correct it and save again.</translation>
    </message>
    <message>
        <source>时段要写成 mon-fri 22:00-06:00 这样。请改正后保存。</source>
        <translation>Write times like mon-fri 22:00-06:00. Correct it and save again.</translation>
    </message>
    <message>
        <source>已有 {most} 条规则，不能再加。请先删除不用的规则。</source>
        <translation>There are {most} rules already. Delete some that are not used first.</translation>
    </message>
    <message>
        <source>文件超过 {most_kb} KB，没有导入。请核对是不是联动规则文件。</source>
        <translation>The file has more than {most_kb} KB; nothing was imported. Check that it is a file of linkage rules.</translation>
    </message>
    <message>
        <source>规则文件的 {where} 有误：{reason}。什么都没有导入，请改正文件。</source>
        <translation>The rule file is wrong at {where}: {reason}. Nothing was imported; correct the file.</translation>
    </message>
    <message>
        <source>规则文件的 {where}（{name}）不完整或不对：{fault}。什么都没有导入，请改正文件。</source>
        <translation>The rule file is incomplete or wrong at {where} ({name}): {fault}. Nothing was imported; correct the file.</translation>
    </message>
    <message>
        <source>{no} 还被 {users} 引用，没有删除。请先改这些条目。</source>
        <translation>{no} is still named by {users} and was not removed. Change those first.</translation>
    </message>
    <message>
        <source>{no} 的“{field}”不对，没有保存：{reason}。请改正后再试。</source>
        <translation>&quot;{field}&quot; of {no} is wrong, nothing was saved: {reason}. Correct it and try again.</translation>
    </message>
    <message>
        <source>编号 {no} 已经在用，没有保存。请换一个编号。</source>
        <translation>Number {no} is in use, nothing was saved. Choose another.</translation>
    </message>
    <message>
        <source>读不了文件 {file}：{reason}。什么都没有导入。</source>
        <translation>The file {file} cannot be read: {reason}. Nothing was imported.</translation>
    </message>
    <message>
        <source>写不了文件 {file}：{reason}。没有导出，请换一个文件夹。</source>
        <translation>The file {file} cannot be written: {reason}. Nothing was exported; choose another folder.</translation>
    </message>
    <message>
        <source>报警 {event_no} 已有结论或已结束，不能再并入。请作为新报警登记。</source>
        <translation>Alarm {event_no} has a verdict or has ended and takes no more reports. Report it as a new alarm.</translation>
    </message>
    <message>
        <source>所选位置不在校区平面图内。请在图上重新点一下。</source>
        <translation>The spot lies outside the campus plan. Click on the plan again.</translation>
    </message>
    <message>
        <source>还没有写位置，没有报警。请写明位置，或在图上点一下。</source>
        <translation>There is no place yet, no alarm was raised. Write the place or click on the plan.</translation>
    </message>
    <message>
        <source>文字太长（内容最多 {most} 个字），没有报警。请写短一些。</source>
        <translation>The text is too long (at most {most} characters), no alarm was raised. Write less.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 是 Ⅲ 级以上，复盘批准后才能办结。请先标为“已控制”，在复盘页写好提交，由别人批准。</source>
        <translation>Incident {incident_no} is level III or above and is closed only after its review is approved. Mark it contained, write and submit the review on the Review screen, and have someone else approve it.</translation>
    </message>
    <message>
        <source>不能写成 {file} 这种文件。请用 .pdf、.docx 或 .xlsx。</source>
        <translation>{file} is of a kind that cannot be written. Please use .pdf, .docx or .xlsx.</translation>
    </message>
    <message>
        <source>预案要有名称，最多 60 个字，写在一行里。请改正后保存。</source>
        <translation>A plan needs a name of at most 60 characters on one line. Correct it, then save.</translation>
    </message>
    <message>
        <source>已有名为“{name}”的预案，没有保存。请换一个名称。</source>
        <translation>There is a plan called &quot;{name}&quot; already; nothing was saved. Choose another name.</translation>
    </message>
    <message>
        <source>预案太大：最多 120 步，角色、电话、物资、资料各 80 条。请拆成几个预案。</source>
        <translation>The plan is too large: at most 120 steps and 80 each of roles, calls, resources and documents. Split it into several plans.</translation>
    </message>
    <message>
        <source>有一段文字超过 4000 个字，没有保存。请写短一些，或把细节放进附件。</source>
        <translation>A passage has more than 4000 characters; nothing was saved. Shorten it, or put the details into a document.</translation>
    </message>
    <message>
        <source>已有 {most} 个预案，不能再加。请先整理不用的预案。</source>
        <translation>There are {most} plans already and no more can be added. Tidy up those that are not used.</translation>
    </message>
    <message>
        <source>预案“{name}”正在审核，不能修改。请等审核结果，或请审核人退回。</source>
        <translation>The plan &quot;{name}&quot; is in review and cannot be edited. Wait for the review, or ask the reviewer to give it back.</translation>
    </message>
    <message>
        <source>预案现在是“{was}”，不能改为“{wanted}”。请看它的最新状态。</source>
        <translation>The plan is now &quot;{was}&quot; and cannot become &quot;{wanted}&quot;. Look at its present state.</translation>
    </message>
    <message>
        <source>预案“{name}”还有 {count} 处问题，不能送审。请按列出的问题逐条改正。</source>
        <translation>The plan &quot;{name}&quot; still has {count} faults and cannot go to review. Correct the faults listed one by one.</translation>
    </message>
    <message>
        <source>退回和停用必须写明原因。请写明原因后再试。</source>
        <translation>Giving back and retiring need a reason. Write the reason, then try again.</translation>
    </message>
    <message>
        <source>预案“{name}”是您编写或送审的，不能由您自己发布。请另一位保卫处人员审核。</source>
        <translation>You wrote the plan &quot;{name}&quot; or sent it to review, so you cannot publish it. Ask another person of the security office to review it.</translation>
    </message>
    <message>
        <source>预案“{name}”没有生效的版本。请先审核发布。</source>
        <translation>The plan &quot;{name}&quot; has no version in force. Have it reviewed and published first.</translation>
    </message>
    <message>
        <source>预案文件 {file} 在 {where} 处不对（{reason}），没有读入。请改正文件后再试。</source>
        <translation>The plan file {file} is wrong at {where} ({reason}) and was not read. Correct the file and try again.</translation>
    </message>
    <message>
        <source>{guard} 现在是“{was}”，不能直接改为“{wanted}”。请先改为在岗或备勤。</source>
        <translation>{guard} is now &quot;{was}&quot; and cannot become &quot;{wanted}&quot; directly. Set them on post or available first.</translation>
    </message>
    <message>
        <source>{guard} 没有派警单，不能放到派出或到场。请从报警或警情页派警。</source>
        <translation>{guard} has no order and cannot be put under Sent or On scene. Dispatch them from an alarm or an incident.</translation>
    </message>
    <message>
        <source>{guard} 正在执行派警单 {dispatch_no}，状态没有改。请先在警情页办结、退单或取消这张派警单。</source>
        <translation>{guard} is on dispatch {dispatch_no}; the status was not changed. Finish, return or cancel that dispatch on the Incidents screen first.</translation>
    </message>
    <message>
        <source>{guard} 正在遇险，解除必须写明原因。请写明怎样确认安全后再试。</source>
        <translation>{guard} is in distress; ending it needs a reason. Write down how their safety was confirmed and try again.</translation>
    </message>
    <message>
        <source>现在是“{was}”，不能改为“{wanted}”，没有改动。请看最新状态。</source>
        <translation>It is now &quot;{was}&quot; and cannot become &quot;{wanted}&quot;; nothing was changed. Look at its newest state.</translation>
    </message>
    <message>
        <source>复盘要有概述和至少一条原因，没有提交。请补全后再提交。</source>
        <translation>A review needs a summary and at least one cause; it was not submitted. Complete it and submit again.</translation>
    </message>
    <message>
        <source>改进措施“{text}”没有写责任人，没有保存。请写明由谁落实。</source>
        <translation>The action &quot;{text}&quot; names nobody to do it; nothing was saved. Write who will see to it.</translation>
    </message>
    <message>
        <source>复盘现在是“{state}”，不能再改。要改请批准人先退回。</source>
        <translation>The review is now &quot;{state}&quot; and can no longer be changed. Ask the reviewer to send it back first.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 由您指挥或复盘由您所写，不能由您批准或退回。请由另一人审批。</source>
        <translation>You led incident {incident_no} or wrote its review, so you cannot approve it or send it back. Somebody else has to judge it.</translation>
    </message>
    <message>
        <source>没有写明原因或完成情况，没有改动。请写明后再试。</source>
        <translation>Neither reason nor result was written; nothing was changed. Write it down and try again.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 还在处置，不能复盘。请先标为“已控制”。</source>
        <translation>Incident {incident_no} is still being handled and cannot be reviewed. Mark it contained first.</translation>
    </message>
    <message>
        <source>文字最多 {most} 个字，没有保存。请写短一些。</source>
        <translation>Text may have at most {most} characters; nothing was saved. Write it shorter.</translation>
    </message>
    <message>
        <source>原因或措施最多 {most} 条，没有保存。请合并后再试。</source>
        <translation>There may be at most {most} causes or actions; nothing was saved. Merge some and try again.</translation>
    </message>
    <message>
        <source>此用户已停用，不能登录，也不能操作。请找管理员。</source>
        <translation>This user has been deactivated and can neither log in nor act. Ask an administrator.</translation>
    </message>
    <message>
        <source>您的角色已改为{role}，没有执行。请锁定席位并重新登录。</source>
        <translation>Your role is {role} now; nothing was done. Lock the seat and log in again.</translation>
    </message>
    <message>
        <source>这一步没有答案“{answer}”，没有记下。请从列出的答案中选一个。</source>
        <translation>This step has no answer &quot;{answer}&quot;; nothing was written down. Choose one of the answers shown.</translation>
    </message>
    <message>
        <source>“{step}”要有凭据才算完成。请先附上抓图、文件或一句说明。</source>
        <translation>&quot;{step}&quot; is done only with evidence. Attach a snapshot, a file or a note first.</translation>
    </message>
    <message>
        <source>还没有填“{field}”，没有记下。请填好后再试。</source>
        <translation>&quot;{field}&quot; is empty; nothing was written down. Fill it in and try again.</translation>
    </message>
    <message>
        <source>“{field}”填得不对，没有记下。请按要求改正。</source>
        <translation>&quot;{field}&quot; is not right; nothing was written down. Correct it and try again.</translation>
    </message>
    <message>
        <source>读不到文件 {file}（{reason}），没有附上。请检查文件后再试。</source>
        <translation>The file {file} cannot be read ({reason}) and was not attached. Check the file and try again.</translation>
    </message>
    <message>
        <source>文件超过 {most} MB，没有附上。请截取需要的部分。</source>
        <translation>The file is larger than {most} MB and was not attached. Cut out the part that is needed.</translation>
    </message>
    <message>
        <source>现在是“{was}”，不能改为“{wanted}”。请看预案的最新状态。</source>
        <translation>It is &quot;{was}&quot; now and cannot become &quot;{wanted}&quot;. Look at the plan as it stands.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 已经结束，不能再启动预案。请另立警情。</source>
        <translation>Incident {incident_no} is over; no plan can be started for it. Open another incident.</translation>
    </message>
    <message>
        <source>“{step}”还没有派出人。请先派警；不需要派人时请写明原因跳过。</source>
        <translation>Nobody has been sent in &quot;{step}&quot; yet. Dispatch first; if nobody is needed, skip it with a reason.</translation>
    </message>
    <message>
        <source>还没有轮到“{step}”。请先完成前面的步骤。</source>
        <translation>It is not the turn of &quot;{step}&quot; yet. Finish the steps before it.</translation>
    </message>
    <message>
        <source>这张派警单不属于“{step}”所在的警情，没有记到这一步。</source>
        <translation>This order belongs to another incident than &quot;{step}&quot; and was not taken.</translation>
    </message>
    <message>
        <source>预案“{plan}”已经结束，不能再改。</source>
        <translation>The plan &quot;{plan}&quot; is over and can no longer be changed.</translation>
    </message>
    <message>
        <source>预案“{plan}”已暂停。请先继续执行。</source>
        <translation>The plan &quot;{plan}&quot; is paused. Resume it first.</translation>
    </message>
    <message>
        <source>跳过、做不到、暂停和终止都要写明原因。请写明原因后再试。</source>
        <translation>Skipping, giving up, pausing and aborting need a reason. Write the reason and try again.</translation>
    </message>
    <message>
        <source>“{step}”已由 {by} 处理，您的这一次没有记下。请看最新的步骤。</source>
        <translation>{by} has already dealt with &quot;{step}&quot;; your press was not written down. Look at the steps as they stand.</translation>
    </message>
    <message>
        <source>“{step}”到时间会自己结束。不必再等时请写明原因跳过。</source>
        <translation>&quot;{step}&quot; ends by itself when its time is over. If there is no need to wait, skip it with a reason.</translation>
    </message>
    <message>
        <source>文字超过 {most} 个字，没有记下。请写短一些。</source>
        <translation>The text is longer than {most} characters and was not written down. Make it shorter.</translation>
    </message>
    <message>
        <source>通话的结束时间早于开始时间，没有记录。请改正后再保存。</source>
        <translation>The call ends before it begins and was not logged. Correct the times and save again.</translation>
    </message>
    <message>
        <source>没有写对方是谁，通话没有记录。请填写对方。</source>
        <translation>It does not say who was on the line; the call was not logged. Fill in the other party.</translation>
    </message>
    <message>
        <source>级别 {level} 不存在，没有保存。请选择Ⅰ至Ⅳ级。</source>
        <translation>There is no level {level}; nothing was saved. Choose I to IV.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 与本警情一真一演练，不能合在一起。请另选一起警情。</source>
        <translation>One of this incident and {incident_no} is a drill; they cannot be joined. Choose another.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 的“{fields}”刚被别人改过，您的修改没有保存。请看过最新内容后再改。</source>
        <translation>Somebody has just changed &quot;{fields}&quot; of incident {incident_no}; your change was not saved. Look at it and change it again.</translation>
    </message>
    <message>
        <source>所选的报警或派警单已不属于警情 {incident_no}，没有拆分。请刷新后重选。</source>
        <translation>What you chose no longer belongs to incident {incident_no}; nothing was split. Look again and choose.</translation>
    </message>
    <message>
        <source>没有选择要从警情 {incident_no} 拆出的报警或派警单。请至少选一项。</source>
        <translation>No alarm or order of incident {incident_no} was chosen to split off. Choose at least one.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 不能与自己合并或关联。请另选一起警情。</source>
        <translation>Incident {incident_no} cannot be joined with itself. Choose another.</translation>
    </message>
    <message>
        <source>警情没有名称，没有保存。请写明发生了什么。</source>
        <translation>The incident has no name and was not saved. Say what happened.</translation>
    </message>
    <message>
        <source>{unit} 现在没有可派的保安。请另选单位，或逐个派人。</source>
        <translation>Nobody of {unit} can be sent now. Choose another unit or send guards one by one.</translation>
    </message>
    <message>
        <source>没有找到要派的单位 {unit}。请另选单位，或写明单位名称。</source>
        <translation>The unit {unit} was not found. Choose another or write its name.</translation>
    </message>
    <message>
        <source>交接班 {no} 已由 {name} 签字交班，还没有人接班，不能再改。请接班人先签字。</source>
        <translation>{name} has signed handover {no} and nobody has taken over yet, so it cannot be changed. The person taking over signs first.</translation>
    </message>
    <message>
        <source>您看过之后情况又有变化，没有签字。请看列出的变化，再签一次。</source>
        <translation>Something has changed since you looked, so nothing was signed. Please read the changes listed and sign again.</translation>
    </message>
    <message>
        <source>交接班现在是“{was}”，不能改为“{wanted}”。请看它的最新状态。</source>
        <translation>The handover is &quot;{was}&quot; and cannot become &quot;{wanted}&quot;. Please look at its present state.</translation>
    </message>
    <message>
        <source>找不到这条记事，或者它不是您写的，没有撤回。</source>
        <translation>This note is not there or was not written by you, so it was not withdrawn.</translation>
    </message>
    <message>
        <source>记事要有内容，最多 {most} 个字。请改正后再试。</source>
        <translation>A note needs a text of at most {most} characters. Please correct it and try again.</translation>
    </message>
    <message>
        <source>还没有准备好的交接班。请先按“准备交接班”。</source>
        <translation>No handover is prepared. Please press &quot;Prepare handover&quot; first.</translation>
    </message>
    <message>
        <source>还有特急报警没有人接警，不能交接班：{alarms}。请先接警。</source>
        <translation>P1 alarms have no owner, so the shift cannot be handed over: {alarms}. Please claim them first.</translation>
    </message>
    <message>
        <source>交班人 {name} 不能自己接班。请接班人用自己的用户名和密码签字。</source>
        <translation>{name} handed the shift over and cannot take it over too. The person taking over signs with their own name and password.</translation>
    </message>
    <message>
        <source>这件物品 {name} 已于 {at} 收回，不必再收。</source>
        <translation>{name} took this item back at {at}; nothing more is to be done.</translation>
    </message>
    <message>
        <source>借出要写明物品、件数（1 到 999）和借用人，各最多 {most} 个字。请补全后再试。</source>
        <translation>To lend, name the item, how many (1 to 999) and the borrower, at most {most} characters each. Please complete it and try again.</translation>
    </message>
    <message>
        <source>{priority} 的“{field}”要在 {least} 到 {most} 秒之间，没有保存。请改正。</source>
        <translation>&quot;{field}&quot; of {priority} must be from {least} to {most} seconds; nothing was saved. Please correct it.</translation>
    </message>
    <message>
        <source>{priority} 的升级通知要有一到三级，没有保存。请改正。</source>
        <translation>{priority} needs one to three levels of escalation; nothing was saved. Please correct it.</translation>
    </message>
    <message>
        <source>{priority} 的升级通知要一级比一级晚，没有保存。请改正。</source>
        <translation>Each level of {priority} must be told later than the one before; nothing was saved. Please correct it.</translation>
    </message>
    <message>
        <source>{priority} 的第一级通知不能早于接警时限，没有保存。请改正。</source>
        <translation>The first level of {priority} must not be told before the time to claim is over; nothing was saved. Please correct it.</translation>
    </message>
    <message>
        <source>给 {guard} 的派警单在数据库恢复后被拒绝，没有送出。原因在警情页的“未送出”里，请重新派警。</source>
        <translation>The order to {guard} was refused when the database came back; it did not go out. The reason stands on the incidents screen under &quot;not sent&quot;. Send somebody again.</translation>
    </message>
    <message>
        <source>名册里没有保安 {guard}，可能刚被删除。请看最新的通讯录。</source>
        <translation>There is no guard {guard} on the list, perhaps just removed. See the current contact list.</translation>
    </message>
    <message>
        <source>{guard} 已经签到，不必再签。</source>
        <translation>{guard} has signed in already.</translation>
    </message>
    <message>
        <source>{guard} 还没有签到，不能签退。</source>
        <translation>{guard} has not signed in and cannot sign out.</translation>
    </message>
    <message>
        <source>{guard} 正在遇险，不能签退。请先确认安全并解除遇险。</source>
        <translation>{guard} is in distress and cannot sign out. Make sure they are safe and end the distress first.</translation>
    </message>
    <message>
        <source>排班模板的“{field}”不对，没有保存。请写成“早 08:00-16:00”和“早早中中夜夜休休”的样子。</source>
        <translation>&quot;{field}&quot; of the shift template is wrong and was not saved. Write shifts like &quot;D 08:00-20:00&quot; and the cycle like &quot;D D N N - -&quot; (- = off).</translation>
    </message>
    <message>
        <source>没有这个排班模板，可能刚被改名。请重新选择。</source>
        <translation>There is no such shift template, perhaps just renamed. Choose again.</translation>
    </message>
    <message>
        <source>没有班组 {team}。请看最新的班组表。</source>
        <translation>There is no team {team}. See the current list of teams.</translation>
    </message>
    <message>
        <source>这一周没有可排的班：选的班组没有人，或者班次都已经开始。请换一周或换班组。</source>
        <translation>Nothing can be planned in this week: the chosen teams have nobody, or all shifts have begun. Choose another week or other teams.</translation>
    </message>
    <message>
        <source>{guard} {day} 的班已经结束，留作记录，不能再改。</source>
        <translation>The shift of {guard} on {day} is over; it is kept as a record and cannot be changed.</translation>
    </message>
    <message>
        <source>两个班是同一个人的，不用换。请选两名保安的班。</source>
        <translation>Both shifts are the same guard&apos;s. Choose shifts of two guards.</translation>
    </message>
    <message>
        <source>{guard} 在 {day} 已有{shift}，时间重叠，没有保存。请先改那个班。</source>
        <translation>{guard} already has {shift} on {day}; the times overlap and nothing was saved. Change that shift first.</translation>
    </message>
    <message>
        <source>这个班已经取消，不能再改。请看最新的排班表。</source>
        <translation>This shift was cancelled and cannot be changed. See the current roster.</translation>
    </message>
    <message>
        <source>名册里没有保安“{guard}”。请改正编号。</source>
        <translation>There is no guard &quot;{guard}&quot; on the list. Correct the number.</translation>
    </message>
    <message>
        <source>没有岗位“{post}”。请改正编号。</source>
        <translation>There is no post &quot;{post}&quot;. Correct the number.</translation>
    </message>
    <message>
        <source>{guard} 是{name}，表里写的是“{said}”。请改正编号或姓名。</source>
        <translation>{guard} is {name}, but the table says &quot;{said}&quot;. Correct the number or the name.</translation>
    </message>
    <message>
        <source>这个手机链接不存在、已过期或已收回。请在席位上重新出示二维码。</source>
        <translation>This phone link does not exist, is too old or was taken back. Show the guard a new code at the seat.</translation>
    </message>
    <message>
        <source>这个手机链接已经用过。请在席位上重新出示二维码。</source>
        <translation>This phone link was used already. Show the guard a new code at the seat.</translation>
    </message>
    <message>
        <source>接收机没有打开保安手机页，没有出示二维码（{trouble}）。请在接收机的设置里写 guard_port，并看接收机日志。</source>
        <translation>The hub does not serve the guards&apos; page, so there is no code ({trouble}). Set guard_port in the hub&apos;s settings and look into its log.</translation>
    </message>
    <message>
        <source>这张派警单没有派给保安 {guard}，没有出示二维码。</source>
        <translation>This order was not given to guard {guard}, so there is no code.</translation>
    </message>
    <message>
        <source>派警单 {dispatch_no} 已经结束，没有出示二维码。</source>
        <translation>Order {dispatch_no} is over, so there is no code.</translation>
    </message>
    <message>
        <source>这部手机已退出。请在席位上重新出示二维码。</source>
        <translation>This phone is out. Show the guard a new code at the seat.</translation>
    </message>
    <message>
        <source>“{role}”不是席位的角色，没有保存。请选值班员、班长、保卫处或管理员。</source>
        <translation>&quot;{role}&quot; is no role of a seat, nothing was saved. Choose operator, shift leader, supervisor or administrator.</translation>
    </message>
    <message>
        <source>这些摄像机没有录像：接收机没有设录像硬盘，或摄像机设为不录。请在设置中打开录像。</source>
        <translation>These cameras are not recorded: the hub has no recording disk, or the cameras are set not to record. Turn recording on in the settings.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的录像没有及时开始，报警仍照常处理。请检查摄像机和硬盘。</source>
        <translation>Recording of camera {camera} did not begin in time; the alarm is handled as usual. Check the camera and the disk.</translation>
    </message>
    <message>
        <source>录像目录 {folder} 不能用：{reason}。请检查硬盘是否接好、是否可写。</source>
        <translation>The recording folder {folder} cannot be used: {reason}. Check that the disk is connected and can be written to.</translation>
    </message>
    <message>
        <source>“{permission}”不含这里（{place}{camera}），没有执行。请由有权限的人员操作。</source>
        <translation>&quot;{permission}&quot; was taken from you here ({place}{camera}), nothing was done. Ask somebody who has it.</translation>
    </message>
    <message>
        <source>“{permission}”不能限制，没有保存。</source>
        <translation>&quot;{permission}&quot; cannot be limited, nothing was saved.</translation>
    </message>
    <message>
        <source>您的权限刚被限制，没有执行。请重新登录。</source>
        <translation>A right of yours was just limited, nothing was done. Log in again.</translation>
    </message>
    <message>
        <source>主机 {panels} 靠摄像机 {camera} 的事件报警，没有移除。请先移除这些主机或改用别的摄像机。</source>
        <translation>Panel {panels} raises its alarms from the events of camera {camera}, which was not removed. Remove those panels first, or let them use another camera.</translation>
    </message>
    <message>
        <source>派警单 {dispatch_no} 是演练，不发到保安手机。演练中的保安由程序模拟。</source>
        <translation>Order {dispatch_no} is a drill&apos;s and goes to nobody&apos;s phone. The program plays the guards of a drill.</translation>
    </message>
    <message>
        <source>演练现在是“{was}”，不能改为“{wanted}”。请看它的最新状态。</source>
        <translation>The drill is &quot;{was}&quot; now and cannot become &quot;{wanted}&quot;. Look at it as it stands.</translation>
    </message>
    <message>
        <source>没有防区 {zone}，演练没有开始。请另选一个地点。</source>
        <translation>There is no zone {zone}; the drill was not begun. Choose another place.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 没有报警也没有地点，不能重放。请另选一条。</source>
        <translation>Incident {incident_no} has neither alarms nor a place and cannot be played again. Choose another.</translation>
    </message>
    <message>
        <source>真实报警 {event_no} {name} 还没有处置，不能开始演练。请先处置。</source>
        <translation>The real alarm {event_no} {name} is not dealt with; no drill can begin. Deal with it first.</translation>
    </message>
    <message>
        <source>演练“{name}”还在进行。请先结束它，再开始另一场。</source>
        <translation>The drill &quot;{name}&quot; is still being played. End it before beginning another.</translation>
    </message>
    <message>
        <source>数据库里没有角色 {role}，没有授权。请先由数据库管理员执行 CREATE ROLE {role} LOGIN PASSWORD &apos;…&apos;。</source>
        <translation>The database has no role {role}, nothing was granted. Let the database administrator say CREATE ROLE {role} LOGIN PASSWORD &apos;…&apos; first.</translation>
    </message>
    <message>
        <source>只有 PostgreSQL 有角色，没有授权。SQLite 的审计由触发器保护。</source>
        <translation>Only PostgreSQL has roles, nothing was granted. On SQLite triggers guard the audit.</translation>
    </message>
    <message>
        <source>角色 {role} 是超级用户、能建角色或拥有这些表，没有授权：这样的角色能去掉保护。请另建一个普通角色。</source>
        <translation>Role {role} is a superuser, makes roles or owns the tables, nothing was granted: such a role could take the guard off. Make an ordinary one.</translation>
    </message>
    <message>
        <source>符合条件的记录超过 {most} 条，没有导出。请缩小时间范围。</source>
        <translation>More than {most} rows fit, nothing was exported. Narrow the time.</translation>
    </message>
    <message>
        <source>{file} 已损坏或结构不对，没有读入。请用 Word 或 WPS 打开后另存为新的 DOCX、XLSX 再试。</source>
        <translation>{file} is damaged or not built as it should be; it was not read. Open it in Word or WPS, save it as a new DOCX or XLSX, and try again.</translation>
    </message>
    <message>
        <source>{file} 里没有文字，没有读入。扫描图片请先转成文字。</source>
        <translation>There is no text in {file}; it was not read. Turn scanned pictures into text first.</translation>
    </message>
    <message>
        <source>{file} 有密码，不能读。请去掉密码后另存再试。</source>
        <translation>{file} has a password and cannot be read. Remove the password, save it and try again.</translation>
    </message>
    <message>
        <source>{file} 带有宏，为安全没有打开。请另存为不带宏的 DOCX 或 XLSX 再试。</source>
        <translation>{file} has macros and was not opened, for safety. Save it as DOCX or XLSX without macros and try again.</translation>
    </message>
    <message>
        <source>{file} 是旧格式（DOC、XLS），不能读。请另存为 DOCX 或 XLSX 再试。</source>
        <translation>{file} is of an old format (DOC, XLS) and cannot be read. Save it as DOCX or XLSX and try again.</translation>
    </message>
    <message>
        <source>{file} 太大或展开后异常大，没有打开。预案文件最大 {most} MB，请删去图片后再试。</source>
        <translation>{file} is too large, or grows beyond measure when unpacked; it was not opened. A plan file has at most {most} MB; remove pictures and try again.</translation>
    </message>
    <message>
        <source>{file} 超过 {most} 行，没有读入。请把几个预案分成几个文件。</source>
        <translation>{file} has more than {most} lines; it was not read. Put each plan into a file of its own.</translation>
    </message>
    <message>
        <source>读不了文件 {file}：{reason}。请检查文件是否还在、是否有权读取。</source>
        <translation>The file {file} cannot be read: {reason}. Check that it is still there and that you may read it.</translation>
    </message>
    <message>
        <source>{file} 不是 DOCX 或 XLSX 文件，没有读入。请选择 Word 或 Excel 的预案文件。</source>
        <translation>{file} is no DOCX or XLSX file; it was not read. Choose a plan file of Word or Excel.</translation>
    </message>
    <message>
        <source>此刻没有录像</source>
        <translation>No recording at this moment</translation>
    </message>
    <message>
        <source>录像文件不在本机能到的硬盘上</source>
        <translation>The recording is on no disk that this machine reaches</translation>
    </message>
    <message>
        <source>录像文件损坏，放不出来</source>
        <translation>The recording file is damaged and cannot be played</translation>
    </message>
    <message>
        <source>设置里的 {field} 不对，目录登录没有启用。请按手册改正 settings.toml。</source>
        <translation>{field} in the settings is wrong, so log-in by the directory is off. Correct settings.toml as the manual says.</translation>
    </message>
    <message>
        <source>连不上目录服务器 {host}，或它的证书不可信，现在不能用校园账号登录。请用本机用户登录，并通知管理员。</source>
        <translation>The directory {host} cannot be reached, or its certificate is not trusted: campus accounts cannot log in now. Use a local user and tell the administrator.</translation>
    </message>
    <message>
        <source>您的校园账号不在任何值班组里，不能登录。请联系管理员。</source>
        <translation>Your campus account is in no group of ours and cannot log in. Ask the administrator.</translation>
    </message>
    <message>
        <source>此用户用校园账号登录，密码不在这里改。请到学校的账号系统修改。</source>
        <translation>This user logs in with a campus account; its password is changed in the college&apos;s account system.</translation>
    </message>
    <message>
        <source>新密码和现在的一样，没有改。请换一个。</source>
        <translation>The new password is the present one, nothing was changed. Choose another.</translation>
    </message>
    <message>
        <source>这个密码太容易猜到，没有保存。不要用用户名、连续的键或常见的密码；几个不相干的词连起来就很好。</source>
        <translation>This password is guessed too easily, nothing was saved. Use neither the user name nor a row of keys nor a common one; a few words that have nothing to do with each other are good.</translation>
    </message>
    <message>
        <source>预案“{plan}”所属的警情现在或曾经是 Ⅲ 级以上，终止由班长办理。请联系班长，或逐步写明原因跳过。</source>
        <translation>The incident of the plan {plan} is or was level III or above, so the plan is aborted by a shift leader. Ask the shift leader, or skip its steps one by one with a reason.</translation>
    </message>
    <message>
        <source>警情 {incident_no} 现在或曾经是 Ⅲ 级以上，降低级别和定为不属实由班长办理。请联系班长。</source>
        <translation>Incident {incident_no} is or was level III or above. Lowering its level or declaring it unfounded is for a shift leader. Ask the shift leader.</translation>
    </message>
    <message>
        <source>退单和降低级别必须写明原因。请写明原因后再试。</source>
        <translation>Returning an order or lowering a level needs a reason. Write the reason and try again.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的时间不对：起要早于止，止不能晚于现在，最长 {most_hours} 小时。请改正时间。</source>
        <translation>The times of camera {camera} are wrong: the start must be before the end, the end not after now, at most {most_hours} hours. Please correct them.</translation>
    </message>
    <message>
        <source>申请 {number} 现在是“{was}”，不能改为“{wanted}”，没有改动。请看它的最新状态。</source>
        <translation>Request {number} is &quot;{was}&quot; now and cannot become &quot;{wanted}&quot;; nothing was changed. Please look at its newest state.</translation>
    </message>
    <message>
        <source>申请还没有写全：单位、申请人、证件或文书编号、用途，以及至少一台摄像机。请补全后再提交。</source>
        <translation>The request is not complete: unit, person, number of the document, purpose, and at least one camera. Please complete it and submit again.</translation>
    </message>
    <message>
        <source>申请 {number} 已经过期，没有改动。还需要的话，请重新申请。</source>
        <translation>Request {number} has lapsed; nothing was changed. If it is still needed, please ask again.</translation>
    </message>
    <message>
        <source>申请 {number} 的导出被认为已经中断，现已停下，没有留下文件。请重新导出。</source>
        <translation>The export of request {number} was taken for dead; it has stopped and left no files. Please export again.</translation>
    </message>
    <message>
        <source>申请 {number} 是您自己提出的，不能由您审批。请由另一人审批。</source>
        <translation>Request {number} is your own; you cannot decide on it. Somebody else has to.</translation>
    </message>
    <message>
        <source>没有写明原因，没有改动。请写明原因后再试。</source>
        <translation>No reason was given; nothing was changed. Please give the reason and try again.</translation>
    </message>
    <message>
        <source>移交要写明接收人和证件号码，没有改动。请补全后再试。</source>
        <translation>A hand-over needs the recipient&apos;s name and document number; nothing was changed. Please complete it and try again.</translation>
    </message>
    <message>
        <source>一份申请最多 {most} 段录像，没有保存。请分成几份。</source>
        <translation>One request holds at most {most} spans; nothing was saved. Please make several requests.</translation>
    </message>
    <message>
        <source>校区里没有摄像机 {camera}，没有保存。请另选摄像机。</source>
        <translation>The site has no camera {camera}; nothing was saved. Please choose another camera.</translation>
    </message>
    <message>
        <source>书签的时间要在过去，最长一天，没有保存。请改正时间后再试。</source>
        <translation>A bookmark&apos;s time must lie in the past and be one day long at most; it was not saved. Correct the time and try again.</translation>
    </message>
    <message>
        <source>这个书签已经撤下，不能再改。请看最新的书签列表。</source>
        <translation>This bookmark was taken down and can no longer be changed. Look at the latest list of bookmarks.</translation>
    </message>
    <message>
        <source>还没有选摄像机，书签没有保存。请先勾选摄像机。</source>
        <translation>No camera is chosen, so the bookmark was not saved. Tick a camera first.</translation>
    </message>
    <message>
        <source>书签要写明是什么，没有保存。请写几个字再存。</source>
        <translation>A bookmark must say what it is; it was not saved. Write a few words first.</translation>
    </message>
    <message>
        <source>这个书签是 {author} 写的，您不能改。可以另加一个书签，或写明原因后撤下它。</source>
        <translation>{author} wrote this bookmark, so you cannot change it. Add another one, or take it down with a reason.</translation>
    </message>
    <message>
        <source>撤下 {author} 的书签必须写明原因。请写明原因后再试。</source>
        <translation>Taking down {author}&apos;s bookmark needs a reason. Give the reason and try again.</translation>
    </message>
    <message>
        <source>书签最多 {most} 个字，没有保存。请写短一些。</source>
        <translation>A bookmark holds {most} characters at most; it was not saved. Make it shorter.</translation>
    </message>
    <message>
        <source>没有别的摄像机看得到同一个地方。请在左边另选摄像机。</source>
        <translation>No other camera sees the same place. Choose another camera at the left.</translation>
    </message>
    <message>
        <source>一个月之内没有找到。请换一类，或另选摄像机。</source>
        <translation>Nothing was found within a month. Choose another kind, or other cameras.</translation>
    </message>
    <message>
        <source>您只能回看最近 {minutes} 分钟的画面。更早的录像请找班长或保卫处。</source>
        <translation>You may look back {minutes} minutes only. For anything earlier ask the shift leader or the security office.</translation>
    </message>
    <message>
        <source>这份申请要求加密导出，没有开始。请输入密码，并另行告知接收人。</source>
        <translation>This request asks for an encrypted export; nothing was begun. Please enter a password and tell it to the recipient by another way.</translation>
    </message>
    <message>
        <source>这段保护已经结束，没有改动。请看最新的列表。</source>
        <translation>This protection has already ended; nothing was changed. See the current list.</translation>
    </message>
    <message>
        <source>没有摄像机 {camera}，也没有它的录像。请核对编号。</source>
        <translation>There is no camera {camera} and no recording of it. Check the number.</translation>
    </message>
    <message>
        <source>到期时间要在现在之后，没有保存。请改正到期时间。</source>
        <translation>The expiry must be later than now; nothing was saved. Correct the expiry.</translation>
    </message>
    <message>
        <source>新的到期时间不比原来的晚，没有改动。要提前结束，请按“解除保护”。</source>
        <translation>The new expiry is not later than the old one; nothing was changed. To end it earlier, use Release.</translation>
    </message>
    <message>
        <source>保护、延长和解除录像保护都要写明原因（最多 {most} 个字）。请写明原因后再试。</source>
        <translation>Protecting, extending and releasing recordings all need a reason (at most {most} characters). Give the reason and try again.</translation>
    </message>
    <message>
        <source>结束时间要在开始时间之后，没有保存。请改正时间。</source>
        <translation>The end must be later than the beginning; nothing was saved. Correct the times.</translation>
    </message>
    <message>
        <source>目录服务器 {host} 要本机去问另一台服务器，密码没有告诉它，现在不能用校园账号登录。请用本机用户登录，并请管理员在设置里写上那一台。</source>
        <translation>The directory server {host} sends this machine on to another server, which was not told the password; campus accounts cannot log in now. Log in as a local user, and ask an administrator to enter the other server in the settings.</translation>
    </message>
    <message>
        <source>{number} 的包是加密的。请先用密码解开，再运行里面的 verify.py。</source>
        <translation>The package of {number} is encrypted. Unpack it with its password first, then run the verify.py in it.</translation>
    </message>
    <message>
        <source>这个席位上找不到 {number} 的包。请在导出它的席位上校验，或插上它所在的盘。</source>
        <translation>The package of {number} is not at this seat. Verify it at the seat that exported it, or plug in the disk it lies on.</translation>
    </message>
    <message>
        <source>请先在画面上画出要查的地方，至少三个角。</source>
        <translation>First draw the place to search on the picture, with at least three corners.</translation>
    </message>
    <message>
        <source>要查的时间不对：结束要晚于开始，最多 {days} 天。</source>
        <translation>The time to search is wrong: the end must be after the beginning, by at most {days} days.</translation>
    </message>
    <message>
        <source>包的密码只能用英文字母、数字和符号，{least} 到 {most} 个字符，否则别的程序打不开。没有导出，请另设密码。</source>
        <translation>The password may hold only English letters, digits and signs, {least} to {most} of them, or other programs could not open the file. Nothing was exported; choose another password.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的副本没有做成，录像的编码可能不支持。没有导出，可以改为不加水印和遮挡。</source>
        <translation>The copy of camera {camera} could not be made; its coding may not be supported. Nothing was exported; try it without watermark and masks.</translation>
    </message>
    <message>
        <source>没有摄像机看得到那里，没有录像可放。请在左边自己选摄像机。</source>
        <translation>No camera sees that place, so there is nothing to play. Choose cameras at the left.</translation>
    </message>
    <message>
        <source>这一格放的是录像，没有抓图。请先按空格回到实时，或到“回放”页抓图。</source>
        <translation>This tile plays a recording, so no snapshot was taken. Press Space to go back to live first, or take it on the Playback page.</translation>
    </message>
    <message>
        <source>设置里没有录像目录 {folder}。请先把它写进 settings.toml 的 recording_dirs。</source>
        <translation>The settings name no recording folder {folder}. Write it into recording_dirs in settings.toml first.</translation>
    </message>
    <message>
        <source>摄像机 {camera} 的最后一段录像还在写盘，没有导出。请在 {seconds} 秒后重试。</source>
        <translation>The last piece of camera {camera} is still being written; nothing was exported. Please try again in {seconds} s.</translation>
    </message>
    <message>
        <source>正在询问录像机</source>
        <translation>asking the recorder</translation>
    </message>
    <message>
        <source>录像机上没有通道“{channel}”</source>
        <translation>the recorder has no channel &quot;{channel}&quot;</translation>
    </message>
    <message>
        <source>录像机没有说明录像从何时到何时</source>
        <translation>the recorder does not say from when to when it has recordings</translation>
    </message>
    <message>
        <source>录像机的回答看不懂</source>
        <translation>the recorder’s answer makes no sense</translation>
    </message>
    <message>
        <source>找不到文件 {name}，或者它不是文件。请确认它还在原处，U 盘没有拔出。</source>
        <translation>{name} was not found, or is no file. Check that it is still there and the USB stick is plugged in.</translation>
    </message>
    <message>
        <source>文件 {name} 是空的，没有可看的内容。请重新拷贝一次。</source>
        <translation>The file {name} is empty; there is nothing to see. Copy it again.</translation>
    </message>
    <message>
        <source>{name} 打不开：不是录像文件，已损坏，或是认不出的私有格式。请用原设备的播放器导出为 MP4 或 AVI 后再打开。</source>
        <translation>{name} cannot be opened: it is no recording, is damaged, or has a private format. Export it as MP4 or AVI with the player of the device it came from, then open that.</translation>
    </message>
    <message>
        <source>{name} 用 FFmpeg 打不开，这台电脑没有安装 VLC，没有别的办法可试。请安装 VLC 后重试，或用原设备的播放器导出为 MP4。</source>
        <translation>FFmpeg cannot open {name}, and VLC is not installed on this computer to try it with. Install VLC and try again, or export it as MP4 with the player of the device it came from.</translation>
    </message>
    <message>
        <source>{name} 里没有能解出的画面。它可能只有声音，或用了认不出的编码。</source>
        <translation>{name} has no pictures that can be decoded. It may hold sound only, or use an unknown coding.</translation>
    </message>
    <message>
        <source>这个录像文件没有声音。</source>
        <translation>This recording has no sound.</translation>
    </message>
    <message>
        <source>录像机的地址不对：要以 http://、https://、rtsp://、rtsps:// 或 mediamtx+http:// 开头，用户名和密码另填。</source>
        <translation>The recorder&apos;s address is not right: it begins with http://, https://, rtsp://, rtsps:// or mediamtx+http://; user name and password have fields of their own.</translation>
    </message>
    <message>
        <source>录像机上有 {count} 个通道：请在“录像机通道”里选一个，再看一次。</source>
        <translation>The recorder has {count} channels: choose one under &quot;Recorder channel&quot; and look again.</translation>
    </message>
    <message>
        <source>录像机列出了录像，却放不出画面。请在录像机上检查回放权限。</source>
        <translation>The recorder lists recordings but plays no picture of them. Check on the recorder who may play back.</translation>
    </message>
    <message>
        <source>签名钥匙不见了（指纹 {fingerprint}），没有签名。请从备份恢复 secrets.toml；找不回来时由管理员运行 shouwang evidence key --new。</source>
        <translation>The signing key is gone (fingerprint {fingerprint}); nothing was signed. Restore secrets.toml from a backup; if there is none, let an administrator run shouwang evidence key --new.</translation>
    </message>
    <message>
        <source>数据库刚好在登记时断开，{number} 的导出算不算数还不知道。恢复后自动了结：已登记的，包会出现在文件夹里；没有登记的，包会删去，申请仍是已批准。</source>
        <translation>The database went away just as it was to register the export of {number}; whether it counts is not known yet. When it is back this settles itself: a registered package appears in its folder; of one that is not registered nothing stays and the request is approved as before.</translation>
    </message>
    <message>
        <source>画面越来越晚，正在重连。线路跟不上码流，请检查网络，或把摄像机的码率调低</source>
        <translation>Pictures come ever later; reconnecting. The line is too slow for this stream: check the network, or lower the camera’s bit rate</translation>
    </message>
    <message>
        <source>这台摄像机没有任何录像。请查看设备页的录像方式。</source>
        <translation>There is no recording of this camera at all. See how it is set to record on the Devices screen.</translation>
    </message>
    <message>
        <source>席位 {name} 已经打开（数据目录 {folder}）。请用那个窗口，或给这一个另一个席位名（workstation）或数据目录。</source>
        <translation>Workstation {name} is already open on the data folder {folder}. Use that window, or give this one another name (workstation) or data folder.</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>申请单位和人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>录像时间</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>登记时间</source>
        <translation>Entered at</translation>
    </message>
    <message>
        <source>登记人</source>
        <translation>Entered by</translation>
    </message>
    <message>
        <source>审批人</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>申请单位</source>
        <translation>Asking unit</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>证件或文书编号</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>联系方式</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>对方案号</source>
        <translation>Their case number</translation>
    </message>
    <message>
        <source>本单位警情</source>
        <translation>Our incident</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Ground</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>附加要求</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Entered</translation>
    </message>
    <message>
        <source>审批</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>接收人</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>接收人证件</source>
        <translation>Recipient&apos;s document</translation>
    </message>
    <message>
        <source>交接地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>介质</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>Filed</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Exported</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>{files} 个，{size}</source>
        <translation>{files}, {size}</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Lies in</translation>
    </message>
    <message>
        <source>清单 SHA-256</source>
        <translation>Manifest SHA-256</translation>
    </message>
    <message>
        <source>签名公钥指纹</source>
        <translation>Fingerprint of the signing key</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>起</source>
        <translation>From</translation>
    </message>
    <message>
        <source>止</source>
        <translation>To</translation>
    </message>
    <message>
        <source>等另一人审批，{until} 过期。相关录像已锁定，不会被覆盖。</source>
        <translation>Waits for somebody else to decide; lapses {until}. The recordings are kept meanwhile.</translation>
    </message>
    <message>
        <source>{name} 已批准，{until} 以前可以导出。</source>
        <translation>Approved by {name}; may be exported until {until}.</translation>
    </message>
    <message>
        <source>{name} 正在 {seat} 导出，{percent}%。</source>
        <translation>{name} is exporting at {seat}, {percent}%.</translation>
    </message>
    <message>
        <source>已导出，等移交。移交以前请先校验。</source>
        <translation>Exported, waits to be handed over. Please verify it first.</translation>
    </message>
    <message>
        <source>已移交。签字的交接单收好后归档；对方退回时记退回。</source>
        <translation>Handed over. File it when the signed slip is kept; note it when it is returned.</translation>
    </message>
    <message>
        <source>对方已退回，等归档。</source>
        <translation>The recipient has returned it; to be filed.</translation>
    </message>
    <message>
        <source>{name} 不批准：{reason}</source>
        <translation>Rejected by {name}: {reason}</translation>
    </message>
    <message>
        <source>已撤回：{reason}</source>
        <translation>Withdrawn: {reason}</translation>
    </message>
    <message>
        <source>过期未办，录像不再锁定。还需要的话，请重新申请。</source>
        <translation>Lapsed; the recordings are kept no longer. If it is still needed, please ask again.</translation>
    </message>
    <message>
        <source>已归档。</source>
        <translation>Filed.</translation>
    </message>
    <message>
        <source>上次导出中断（席位停止），没有留下文件</source>
        <translation>The last export died with its seat and left no files</translation>
    </message>
    <message>
        <source>上次导出被取消</source>
        <translation>The last export was stopped</translation>
    </message>
    <message>
        <source>上次导出没有完成（{code}）</source>
        <translation>The last export was not completed ({code})</translation>
    </message>
    <message>
        <source>加水印副本</source>
        <translation>copy with watermark</translation>
    </message>
    <message>
        <source>遮挡 {count} 处</source>
        <translation>{count} masks</translation>
    </message>
    <message>
        <source>只给副本</source>
        <translation>copies only</translation>
    </message>
    <message>
        <source>加密</source>
        <translation>encrypted</translation>
    </message>
    <message>
        <source>原样导出</source>
        <translation>as recorded</translation>
    </message>
    <message>
        <source>{where}：{what}</source>
        <translation>{where}: {what}</translation>
    </message>
</context>
<context>
    <name>EvidenceKind</name>
    <message>
        <source>抓图</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>EvidencePaper</name>
    <message>
        <source>视频图像信息调取申请审批表</source>
        <translation>Request for video recordings, with its decision</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>登记人</source>
        <translation>Entered by</translation>
    </message>
    <message>
        <source>审批人</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>移交的材料</source>
        <translation>What is handed over</translation>
    </message>
    <message>
        <source>接收人可在任何一台装有 Python 3 的电脑上运行材料中的 verify.py，核对文件自导出以来未被改动；清单 SHA-256 和签名公钥指纹应与本单一致。</source>
        <translation>On any computer with Python 3 the recipient can run the verify.py among the files to see that nothing was changed since the export; the manifest SHA-256 and the fingerprint of the signing key must be those on this slip.</translation>
    </message>
    <message>
        <source>移交人</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>接收人（签字）</source>
        <translation>Recipient (signature)</translation>
    </message>
    <message>
        <source>视频图像信息移交单</source>
        <translation>Hand-over slip for video recordings</translation>
    </message>
    <message>
        <source>视频图像信息调阅登记簿</source>
        <translation>Register of video recordings taken away</translation>
    </message>
    <message>
        <source>起止</source>
        <translation>From and to</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>登记簿</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>制表 {at}</source>
        <translation>Made {at}</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>申请单位和人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>证件或文书</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>依据和用途</source>
        <translation>Ground and purpose</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>录像时间</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>接收人和时间</source>
        <translation>Recipient and time</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>{ground}：{why}</source>
        <translation>{ground}: {why}</translation>
    </message>
    <message>
        <source>调取的录像</source>
        <translation>Recordings</translation>
    </message>
    <message>
        <source>办理情况</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>接收单位</source>
        <translation>Recipient&apos;s unit</translation>
    </message>
    <message>
        <source>接收人</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>接收人证件</source>
        <translation>Recipient&apos;s document</translation>
    </message>
    <message>
        <source>交接地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>介质</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>交接时间</source>
        <translation>Handed over at</translation>
    </message>
    <message>
        <source>{number}&#x3000;打印 {at}</source>
        <translation>{number}  printed {at}</translation>
    </message>
</context>
<context>
    <name>EvidenceScene</name>
    <message>
        <source>取证演示完成：校验程序说没有改动。</source>
        <translation>The evidence scene is complete: the verifier says UNCHANGED.</translation>
    </message>
    <message>
        <source>取证演示不能继续：这几台摄像机还没有足够的录像。</source>
        <translation>The evidence scene cannot go on: these cameras have not recorded enough yet.</translation>
    </message>
    <message>
        <source>取证演示不能继续：申请没有登记上。</source>
        <translation>The evidence scene cannot go on: the request was not entered.</translation>
    </message>
    <message>
        <source>取证演示不能继续：没有人审批。</source>
        <translation>The evidence scene cannot go on: nobody has approved.</translation>
    </message>
    <message>
        <source>取证演示不能继续：没有导出来。</source>
        <translation>The evidence scene cannot go on: the export did not succeed.</translation>
    </message>
    <message>
        <source>取证演示不能继续：校验没有通过。</source>
        <translation>The evidence scene cannot go on: the verifier found a change.</translation>
    </message>
</context>
<context>
    <name>EvidenceScreen</name>
    <message>
        <source>导出登记簿</source>
        <translation>Export the register</translation>
    </message>
    <message>
        <source>保存为</source>
        <translation>Save as</translation>
    </message>
    <message>
        <source>已登记，等另一人审批。相关录像已锁定。</source>
        <translation>Entered; waits for somebody else to decide. The recordings are kept.</translation>
    </message>
    <message>
        <source>已批准，可以导出。</source>
        <translation>Approved; it may be exported.</translation>
    </message>
    <message>
        <source>已记为不批准。</source>
        <translation>Noted as rejected.</translation>
    </message>
    <message>
        <source>已撤回，录像不再为它锁定。</source>
        <translation>Withdrawn; the recordings are no longer kept for it.</translation>
    </message>
    <message>
        <source>已导出。移交以前请按“校验”。</source>
        <translation>Exported. Please press Verify before you hand it over.</translation>
    </message>
    <message>
        <source>已记下，可以重新导出。</source>
        <translation>Noted; it may be exported again.</translation>
    </message>
    <message>
        <source>已移交。请打印移交单，双方签字。</source>
        <translation>Handed over. Please print the slip for both to sign.</translation>
    </message>
    <message>
        <source>已记为退回。</source>
        <translation>Noted as returned.</translation>
    </message>
    <message>
        <source>已归档。</source>
        <translation>Filed.</translation>
    </message>
    <message>
        <source>{number} 校验通过：{files} 个文件（{size}）自导出以来未被改动。</source>
        <translation>{number} is unchanged: {files} files ({size}) are as they were exported.</translation>
    </message>
    <message>
        <source>{number} 校验不通过，不要移交：{faults}</source>
        <translation>{number} was changed, do not hand it over: {faults}</translation>
    </message>
    <message>
        <source>已保存到 {path}</source>
        <translation>Saved to {path}</translation>
    </message>
    <message>
        <source>未办结</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>待审批</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>待导出</source>
        <translation>To export</translation>
    </message>
    <message>
        <source>待移交</source>
        <translation>To hand over</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>列出哪些申请</source>
        <translation>Which requests to list</translation>
    </message>
    <message>
        <source>找申请</source>
        <translation>Find requests</translation>
    </message>
    <message>
        <source>调取申请</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>没有这样的申请。按 Ctrl+N 登记一份；也可以在回放里按“申请导出”。</source>
        <translation>No such request. Press Ctrl+N to enter one, or use Request export in Playback.</translation>
    </message>
    <message>
        <source>新申请</source>
        <translation>New request</translation>
    </message>
    <message>
        <source>登记簿起始日</source>
        <translation>Register from</translation>
    </message>
    <message>
        <source>登记簿截止日</source>
        <translation>Register to</translation>
    </message>
    <message>
        <source>查找 (Ctrl+F)</source>
        <translation>Find (Ctrl+F)</translation>
    </message>
    <message>
        <source>按单位、人、案号、摄像机找</source>
        <translation>By unit, person, case or camera</translation>
    </message>
</context>
<context>
    <name>EvidenceState</name>
    <message>
        <source>待批</source>
        <translation>To be decided</translation>
    </message>
    <message>
        <source>已批准，待导出</source>
        <translation>Approved, to be exported</translation>
    </message>
    <message>
        <source>不批准</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Lapsed</translation>
    </message>
    <message>
        <source>导出中</source>
        <translation>Exporting</translation>
    </message>
    <message>
        <source>已导出，待移交</source>
        <translation>Exported, to be handed over</translation>
    </message>
    <message>
        <source>已移交，待归档</source>
        <translation>Handed over, to be filed</translation>
    </message>
    <message>
        <source>已退回，待归档</source>
        <translation>Returned, to be filed</translation>
    </message>
    <message>
        <source>已归档</source>
        <translation>Filed</translation>
    </message>
</context>
<context>
    <name>FactList</name>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>警情</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>报警号</source>
        <translation>Alarm no.</translation>
    </message>
</context>
<context>
    <name>FeedbackForm</name>
    <message>
        <source>反馈：现场情况与处置结果</source>
        <translation>Feedback: what was found and done</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>反馈并结束</source>
        <translation>Report and end</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>救助</source>
        <translation>Rescued</translation>
    </message>
    <message>
        <source>受伤</source>
        <translation>Injured</translation>
    </message>
    <message>
        <source>抓获</source>
        <translation>Caught</translation>
    </message>
    <message>
        <source>死亡</source>
        <translation>Dead</translation>
    </message>
    <message>
        <source>出动人数</source>
        <translation>Persons</translation>
    </message>
    <message>
        <source>车辆</source>
        <translation>Vehicles</translation>
    </message>
    <message>
        <source>损失</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>提取证据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>移交给</source>
        <translation>Handed to</translation>
    </message>
</context>
<context>
    <name>FieldKind</name>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>是或否</source>
        <translation>Yes or no</translation>
    </message>
    <message>
        <source>选项</source>
        <translation>Choice</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>到接警</source>
        <translation>until claimed</translation>
    </message>
    <message>
        <source>到核实</source>
        <translation>until verified</translation>
    </message>
    <message>
        <source>到派警</source>
        <translation>until somebody was sent</translation>
    </message>
    <message>
        <source>到复位</source>
        <translation>until reset</translation>
    </message>
    <message>
        <source>用时</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>条数</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>中位数</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95%</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>最长</source>
        <translation>Longest</translation>
    </message>
    <message>
        <source>到首幅画面</source>
        <translation>until the first picture</translation>
    </message>
    <message>
        <source>值班员</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>全时段每 10 分钟</source>
        <translation>Per 10 minutes, whole period</translation>
    </message>
    <message>
        <source>最忙 10 分钟</source>
        <translation>Busiest 10 min</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>次数</source>
        <translation>Times</translation>
    </message>
    <message>
        <source>已研判</source>
        <translation>Judged</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False</translation>
    </message>
    <message>
        <source>误报率</source>
        <translation>False rate</translation>
    </message>
    <message>
        <source>报警 {total} 条；{within} / {count} 条在 {limit} 秒内出画面</source>
        <translation>{total} alarms; {within} of {count} had a picture within {limit} s</translation>
    </message>
    <message>
        <source>十分钟起点</source>
        <translation>Ten minutes from</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>导出报警统计</source>
        <translation>Export the alarm figures</translation>
    </message>
    <message>
        <source>从哪一天</source>
        <translation>From day</translation>
    </message>
    <message>
        <source>到哪一天</source>
        <translation>To day</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>30 天</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出为 XLSX 或 CSV (Ctrl+E)</source>
        <translation>Export as XLSX or CSV (Ctrl+E)</translation>
    </message>
    <message>
        <source>每 10 分钟报警数（参考线：{steady} 和 {flood}）</source>
        <translation>Alarms per 10 min (reference lines: {steady} and {flood})</translation>
    </message>
    <message>
        <source>响得最多的防区（黄色：误报）</source>
        <translation>Zones that spoke most (yellow: false)</translation>
    </message>
    <message>
        <source>处置用时</source>
        <translation>Times of handling</translation>
    </message>
    <message>
        <source>值班员负荷</source>
        <translation>Load of operators</translation>
    </message>
    <message>
        <source>防区误报率</source>
        <translation>False rate by zone</translation>
    </message>
    <message>
        <source>每 10 分钟报警数</source>
        <translation>Alarms per 10 min</translation>
    </message>
    <message>
        <source>响得最多的防区</source>
        <translation>Zones that spoke most</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>没有找到</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>在手册中查找 Ctrl+F</source>
        <translation>Find in the manual  Ctrl+F</translation>
    </message>
    <message>
        <source>在手册中查找</source>
        <translation>Find in the manual</translation>
    </message>
    <message>
        <source>上一处</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一处</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>FireDevices</name>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>通信</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>未复位报警</source>
        <translation>Open alarms</translation>
    </message>
    <message>
        <source>中断</source>
        <translation>Lost</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>装置</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>指令</source>
        <translation>Request</translation>
    </message>
    <message>
        <source>下令人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>一切正常</source>
        <translation>All is well</translation>
    </message>
</context>
<context>
    <name>FireDevicesScreen</name>
    <message>
        <source>再按一次：初始化</source>
        <translation>Press again: initialise</translation>
    </message>
    <message>
        <source>消防传输装置</source>
        <translation>Fire transmission devices</translation>
    </message>
    <message>
        <source>指令与回答</source>
        <translation>Requests and answers</translation>
    </message>
    <message>
        <source>点位（系统 1.1，部件 1.1.10.2）</source>
        <translation>Point (system 1.1, component 1.1.10.2)</translation>
    </message>
    <message>
        <source>还没有问过。选一台装置，再按上面的按钮。</source>
        <translation>Nothing has been asked yet. Choose a device and press a button above.</translation>
    </message>
    <message>
        <source>校区里没有消防传输装置。请管理员在校区文件中加一台，协议为 gb26875。</source>
        <translation>The site has no fire transmission device. An administrator adds one to the site file, with the protocol gb26875.</translation>
    </message>
</context>
<context>
    <name>FireOutcome</name>
    <message>
        <source>已接受</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>装置否认</source>
        <translation>The device refused</translation>
    </message>
    <message>
        <source>装置没有回答</source>
        <translation>The device did not answer</translation>
    </message>
    <message>
        <source>装置没有连接</source>
        <translation>The device is not connected</translation>
    </message>
    <message>
        <source>超过 60 秒未下发，已作废</source>
        <translation>Not sent within 60 s, cancelled</translation>
    </message>
    <message>
        <source>接收机中断，结果不明，请核实后重发</source>
        <translation>The hub was interrupted, result unknown; check, then ask again</translation>
    </message>
</context>
<context>
    <name>FireRequestKind</name>
    <message>
        <source>查岗</source>
        <translation>Duty check</translation>
    </message>
    <message>
        <source>校时</source>
        <translation>Set clock</translation>
    </message>
    <message>
        <source>读状态</source>
        <translation>Read state</translation>
    </message>
    <message>
        <source>读版本</source>
        <translation>Read version</translation>
    </message>
    <message>
        <source>读配置</source>
        <translation>Read configuration</translation>
    </message>
    <message>
        <source>读时间</source>
        <translation>Read time</translation>
    </message>
    <message>
        <source>读操作记录</source>
        <translation>Read operations</translation>
    </message>
    <message>
        <source>读系统状态</source>
        <translation>Read system state</translation>
    </message>
    <message>
        <source>读系统操作记录</source>
        <translation>Read system operations</translation>
    </message>
    <message>
        <source>读系统版本</source>
        <translation>Read system version</translation>
    </message>
    <message>
        <source>读系统配置</source>
        <translation>Read system configuration</translation>
    </message>
    <message>
        <source>读系统时间</source>
        <translation>Read system time</translation>
    </message>
    <message>
        <source>读部件状态</source>
        <translation>Read component state</translation>
    </message>
    <message>
        <source>读部件配置</source>
        <translation>Read component configuration</translation>
    </message>
    <message>
        <source>读模拟量</source>
        <translation>Read analogue values</translation>
    </message>
    <message>
        <source>初始化</source>
        <translation>Initialise</translation>
    </message>
</context>
<context>
    <name>FireRequestState</name>
    <message>
        <source>下发中</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <source>等装置回答</source>
        <translation>Waiting for the device</translation>
    </message>
    <message>
        <source>等人应答</source>
        <translation>Waiting for a person</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>失败</source>
        <translation>Failed</translation>
    </message>
    <message>
        <source>无人应答</source>
        <translation>Nobody answered</translation>
    </message>
</context>
<context>
    <name>FireScreen</name>
    <message>
        <source>还没有命令。</source>
        <translation>No orders yet.</translation>
    </message>
    <message>
        <source>没有火灾报警。</source>
        <translation>No fire alarms.</translation>
    </message>
    <message>
        <source>全局：{mode}</source>
        <translation>Whole site: {mode}</translation>
    </message>
    <message>
        <source>{name} {at} 设定</source>
        <translation>set by {name} at {at}</translation>
    </message>
    <message>
        <source>全局改为手动</source>
        <translation>Set all to manual</translation>
    </message>
    <message>
        <source>全局改为自动</source>
        <translation>Set all to automatic</translation>
    </message>
    <message>
        <source>结束演练</source>
        <translation>End the drill</translation>
    </message>
    <message>
        <source>开始演练</source>
        <translation>Start a drill</translation>
    </message>
    <message>
        <source>演练中有真实火警！现在的命令不会动作，需要动作请立即结束演练 (Ctrl+D)。</source>
        <translation>A real fire alarm during the drill! Orders move nothing now; end the drill at once if anything must move (Ctrl+D).</translation>
    </message>
    <message>
        <source>演练中：命令只走流程，任何设备都不会动作。{who} 开始，{until} 自动结束。</source>
        <translation>Drill: orders only run through their steps and move nothing. Started by {who}, ends by itself at {until}.</translation>
    </message>
    <message>
        <source>消防联动</source>
        <translation>Fire linkage</translation>
    </message>
    <message>
        <source>火灾报警</source>
        <translation>Fire alarms</translation>
    </message>
    <message>
        <source>命令记录</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>校区文件里还没有联动输出。请管理员在 [outputs] 一节写入。</source>
        <translation>The site file has no outputs yet. An administrator writes them in its section [outputs].</translation>
    </message>
    <message>
        <source>联动输出</source>
        <translation>Outputs of the fire linkage</translation>
    </message>
</context>
<context>
    <name>FireTable</name>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>输出</source>
        <translation>Output</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>命令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>启动</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>Fault</translation>
    </message>
    <message>
        <source>[演练] {text}</source>
        <translation>[Drill] {text}</translation>
    </message>
    <message>
        <source>联动</source>
        <translation>Linkage</translation>
    </message>
    <message>
        <source>确认 {names}</source>
        <translation>confirmed by {names}</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>请输入用户名。</source>
        <translation>Enter a user name.</translation>
    </message>
    <message>
        <source>至少 8 个字符</source>
        <translation>At least 8 characters</translation>
    </message>
    <message>
        <source>强度：弱，容易被猜到</source>
        <translation>Strength: weak, easy to guess</translation>
    </message>
    <message>
        <source>强度：中，再长一些更好</source>
        <translation>Strength: fair, longer is better</translation>
    </message>
    <message>
        <source>强度：强</source>
        <translation>Strength: strong</translation>
    </message>
    <message>
        <source>首次使用</source>
        <translation>First use</translation>
    </message>
    <message>
        <source>建立管理员</source>
        <translation>Make the administrator</translation>
    </message>
    <message>
        <source>第一次使用，请建立管理员。管理员负责用户和校区设置，请妥善保管密码。</source>
        <translation>This is the first start: make the administrator, who looks after users and the site. Keep the password safe.</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>再输一次密码</source>
        <translation>Password again</translation>
    </message>
    <message>
        <source>建立并登录</source>
        <translation>Make and log in</translation>
    </message>
</context>
<context>
    <name>FootageAsking</name>
    <message>
        <source>申请导出</source>
        <translation>Request export</translation>
    </message>
    <message>
        <source>申请调取这些摄像机的这段录像</source>
        <translation>Request these recordings of these cameras</translation>
    </message>
</context>
<context>
    <name>FormFields</name>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>已是 {camera}</source>
        <translation>Is {camera} already</translation>
    </message>
    <message>
        <source>密码正确</source>
        <translation>Password fits</translation>
    </message>
    <message>
        <source>密码正确，路径未知</source>
        <translation>Password fits, path unknown</translation>
    </message>
    <message>
        <source>要密码：填的不对</source>
        <translation>Wants a password: the typed one is wrong</translation>
    </message>
    <message>
        <source>要用户名和密码</source>
        <translation>Wants user name and password</translation>
    </message>
    <message>
        <source>不要密码</source>
        <translation>Wants no password</translation>
    </message>
    <message>
        <source>路径未知</source>
        <translation>Path unknown</translation>
    </message>
    <message>
        <source>开着端口 {ports}，不像摄像机</source>
        <translation>Ports {ports} open; not like a camera</translation>
    </message>
</context>
<context>
    <name>GapCause</name>
    <message>
        <source>摄像机不在线</source>
        <translation>the camera is away</translation>
    </message>
    <message>
        <source>码流不能录</source>
        <translation>the stream cannot be recorded</translation>
    </message>
    <message>
        <source>录像硬盘不在</source>
        <translation>the recording disk is away</translation>
    </message>
    <message>
        <source>硬盘满</source>
        <translation>the disk is full</translation>
    </message>
    <message>
        <source>硬盘写不进</source>
        <translation>the disk cannot be written</translation>
    </message>
    <message>
        <source>录像进程停了</source>
        <translation>the recorder had stopped</translation>
    </message>
    <message>
        <source>接收机停了</source>
        <translation>the hub had stopped</translation>
    </message>
    <message>
        <source>正在启动</source>
        <translation>starting</translation>
    </message>
    <message>
        <source>不在录像时段</source>
        <translation>outside the recording hours</translation>
    </message>
    <message>
        <source>设为不录</source>
        <translation>set to record nothing</translation>
    </message>
    <message>
        <source>没有报警或移动</source>
        <translation>no alarm and no motion</translation>
    </message>
    <message>
        <source>为新录像腾出空间</source>
        <translation>made room for newer recordings</translation>
    </message>
    <message>
        <source>原因不明</source>
        <translation>cause unknown</translation>
    </message>
</context>
<context>
    <name>Ground</name>
    <message>
        <source>国家机关执法办案</source>
        <translation>An authority&apos;s case</translation>
    </message>
    <message>
        <source>处置突发事件</source>
        <translation>An emergency being handled</translation>
    </message>
    <message>
        <source>本人或被监护人的生命、健康、财产</source>
        <translation>Life, health or property of the asker or of somebody in their care</translation>
    </message>
    <message>
        <source>本单位安全管理</source>
        <translation>Our own security management</translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message>
        <source>进入延时中，撤防即取消</source>
        <translation>Entry delay runs, disarming cancels it</translation>
    </message>
    <message>
        <source>{count} 个防区</source>
        <translation>{count} zones</translation>
    </message>
    <message>
        <source>布防</source>
        <translation>Arm</translation>
    </message>
    <message>
        <source>撤防</source>
        <translation>Disarm</translation>
    </message>
    <message>
        <source>布防 {group}</source>
        <translation>Arm {group}</translation>
    </message>
    <message>
        <source>撤防 {group}</source>
        <translation>Disarm {group}</translation>
    </message>
</context>
<context>
    <name>GuardStatus</name>
    <message>
        <source>下班</source>
        <translation>Off duty</translation>
    </message>
    <message>
        <source>待命</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>在岗</source>
        <translation>On post</translation>
    </message>
    <message>
        <source>巡逻中</source>
        <translation>Patrolling</translation>
    </message>
    <message>
        <source>已派警</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>途中</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>在现场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>On break</translation>
    </message>
    <message>
        <source>停勤</source>
        <translation>Out of service</translation>
    </message>
    <message>
        <source>遇险</source>
        <translation>Duress</translation>
    </message>
</context>
<context>
    <name>Hand</name>
    <message>
        <source>无人接警</source>
        <translation>Nobody has claimed it</translation>
    </message>
    <message>
        <source>有人处理</source>
        <translation>In somebody&apos;s hands</translation>
    </message>
    <message>
        <source>无应答，可接手</source>
        <translation>Owner silent, may be claimed</translation>
    </message>
    <message>
        <source>转交中</source>
        <translation>Being handed over</translation>
    </message>
</context>
<context>
    <name>HandOverDialog</name>
    <message>
        <source>移交 {number}</source>
        <translation>Hand over {number}</translation>
    </message>
    <message>
        <source>请核对接收人的证件。确认后打印移交单，双方签字；录像再锁定 30 天后解锁。</source>
        <translation>Please check the recipient&apos;s document. Then print the slip for both to sign; the recordings are kept for 30 more days.</translation>
    </message>
    <message>
        <source>接收单位</source>
        <translation>Recipient&apos;s unit</translation>
    </message>
    <message>
        <source>接收人</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>接收人证件</source>
        <translation>Recipient&apos;s document</translation>
    </message>
    <message>
        <source>交接地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>介质</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>U 盘、光盘的编号</source>
        <translation>Number of the USB stick or disc</translation>
    </message>
    <message>
        <source>确认移交</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>准备</source>
        <translation>Prepared</translation>
    </message>
    <message>
        <source>准备之后、交班之前的变化</source>
        <translation>Changed between preparing and handing over</translation>
    </message>
    <message>
        <source>交班之后、接班之前的变化</source>
        <translation>Changed between handing over and taking over</translation>
    </message>
    <message>
        <source>交班人</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>接班人</source>
        <translation>Taken over by</translation>
    </message>
    <message>
        <source>交接班记录</source>
        <translation>Handover record</translation>
    </message>
    <message>
        <source>{kind}：无</source>
        <translation>{kind}: none</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>负责人</source>
        <translation>In charge</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>变化</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>本班报警 {alarms} 条（属实 {genuine}，误报 {false}），警情 {incidents} 起，派警 {dispatches} 次，演练报警 {drills} 条</source>
        <translation>This shift: {alarms} alarms ({genuine} genuine, {false} false), {incidents} incidents, {dispatches} dispatches, {drills} drill alarms</translation>
    </message>
    <message>
        <source>物品</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>借用人</source>
        <translation>Borrower</translation>
    </message>
    <message>
        <source>联系方式</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>借出</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>经手人</source>
        <translation>Lent by</translation>
    </message>
    <message>
        <source>应还</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>归还</source>
        <translation>Returned at</translation>
    </message>
    <message>
        <source>收回人</source>
        <translation>Taken back by</translation>
    </message>
    <message>
        <source>班次开始</source>
        <translation>Shift began</translation>
    </message>
    <message>
        <source>交班时间</source>
        <translation>Handed over at</translation>
    </message>
    <message>
        <source>接班时间</source>
        <translation>Taken over at</translation>
    </message>
    <message>
        <source>条数</source>
        <translation>Lines</translation>
    </message>
</context>
<context>
    <name>HandoverScreen</name>
    <message>
        <source>导出交接班记录</source>
        <translation>Export the handover record</translation>
    </message>
    <message>
        <source>{no} 已由 {name} 接班。请接班人登录这个席位。</source>
        <translation>{name} has taken over {no}. The new operator now logs in at this seat.</translation>
    </message>
    <message>
        <source>{no} 已由 {name} 交班，等接班人签字。</source>
        <translation>{name} has handed over {no}; whoever takes over signs next.</translation>
    </message>
    <message>
        <source>已导出到 {path}</source>
        <translation>Exported to {path}</translation>
    </message>
    <message>
        <source>本班交接</source>
        <translation>This shift</translation>
    </message>
    <message>
        <source>借出物品</source>
        <translation>Items lent</translation>
    </message>
    <message>
        <source>历次交接</source>
        <translation>Past handovers</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>还没有交接过班</source>
        <translation>No shift has been handed over yet</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出为 PDF 或 DOCX (Ctrl+E)</source>
        <translation>Export as PDF or DOCX (Ctrl+E)</translation>
    </message>
</context>
<context>
    <name>HandoverState</name>
    <message>
        <source>已准备</source>
        <translation>Prepared</translation>
    </message>
    <message>
        <source>交班人已签</source>
        <translation>Handed over, not yet taken</translation>
    </message>
    <message>
        <source>已接班</source>
        <translation>Taken over</translation>
    </message>
</context>
<context>
    <name>HeadPage</name>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>英文名称</source>
        <translation>English name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>最高级别</source>
        <translation>Gravest level</translation>
    </message>
    <message>
        <source>目的和原则</source>
        <translation>Purpose and principle</translation>
    </message>
    <message>
        <source>目的（英文）</source>
        <translation>Purpose (English)</translation>
    </message>
    <message>
        <source>报警类型</source>
        <translation>Alarm classes</translation>
    </message>
    <message>
        <source>只用于这些地点</source>
        <translation>Only at these places</translation>
    </message>
    <message>
        <source>警情中出现的词</source>
        <translation>Words in an incident</translation>
    </message>
    <message>
        <source>报警代码</source>
        <translation>Alarm codes</translation>
    </message>
    <message>
        <source>多久演练一次</source>
        <translation>Drill every</translation>
    </message>
    <message>
        <source>用、隔开，中英文都可以，如：起火、冒烟、smoke</source>
        <translation>Separated by commas, in either language, as: fire, smoke</translation>
    </message>
    <message>
        <source>用、隔开，如：GA、151</source>
        <translation>Separated by a comma: GA, 151</translation>
    </message>
    <message>
        <source> 天</source>
        <translation> days</translation>
    </message>
    <message>
        <source>不用演练</source>
        <translation>no drill</translation>
    </message>
</context>
<context>
    <name>HealthScreen</name>
    <message>
        <source>没有符合条件的摄像机。请清空搜索，或取消“只看有问题的”。</source>
        <translation>No camera matches. Clear the search, or untick &quot;Only troubled&quot;.</translation>
    </message>
    <message>
        <source>还没有摄像机。请先导入校区，或由管理员添加摄像机。</source>
        <translation>There are no cameras yet. Import a site first, or have an administrator add cameras.</translation>
    </message>
    <message>
        <source>有问题 {troubled}，正常 {well}，未知 {unknown}</source>
        <translation>Troubled {troubled}, well {well}, unknown {unknown}</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Events</translation>
    </message>
    <message>
        <source>在上面选一台摄像机，这里列出它的状态变化。</source>
        <translation>Choose a camera above; its changes of state are listed here.</translation>
    </message>
    <message>
        <source>事件：{no} {name}</source>
        <translation>Events: {no} {name}</translation>
    </message>
    <message>
        <source>还没有状态变化。</source>
        <translation>No change of state yet.</translation>
    </message>
    <message>
        <source>导出设备健康表</source>
        <translation>Export camera health</translation>
    </message>
    <message>
        <source>已导出到 {path}</source>
        <translation>Exported to {path}</translation>
    </message>
    <message>
        <source>读不到设备健康记录，显示的是上次读到的。程序会继续尝试。</source>
        <translation>The record of device health cannot be read; what is shown was read before. The program keeps trying.</translation>
    </message>
    <message>
        <source>设备健康</source>
        <translation>Camera health</translation>
    </message>
    <message>
        <source>搜索摄像机</source>
        <translation>Search cameras</translation>
    </message>
    <message>
        <source>只看有问题的</source>
        <translation>Only troubled</translation>
    </message>
    <message>
        <source>在墙上显示</source>
        <translation>Show on wall</translation>
    </message>
    <message>
        <source>双击或回车</source>
        <translation>Double click or Enter</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出为 XLSX 或 CSV (Ctrl+E)</source>
        <translation>Export as XLSX or CSV (Ctrl+E)</translation>
    </message>
    <message>
        <source>摄像机健康</source>
        <translation>Camera health</translation>
    </message>
    <message>
        <source>编号、名称、位置 (Ctrl+F)</source>
        <translation>Number, name, place (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>HealthState</name>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Well</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>画面定格</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>黑屏</source>
        <translation>Black</translation>
    </message>
    <message>
        <source>遮挡或失焦</source>
        <translation>Covered or blurred</translation>
    </message>
    <message>
        <source>画面移位</source>
        <translation>Camera moved</translation>
    </message>
    <message>
        <source>不稳定</source>
        <translation>Unstable</translation>
    </message>
</context>
<context>
    <name>HealthTable</name>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>始于</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>24 小时完好率</source>
        <translation>Well in 24 h</translation>
    </message>
    <message>
        <source>重连</source>
        <translation>Reconnects</translation>
    </message>
    <message>
        <source>码率</source>
        <translation>Bit rate</translation>
    </message>
    <message>
        <source>帧率 / 应有</source>
        <translation>Fps / expected</translation>
    </message>
    <message>
        <source>时钟偏差</source>
        <translation>Clock offset</translation>
    </message>
    <message>
        <source>最近故障</source>
        <translation>Last fault</translation>
    </message>
    <message>
        <source>固件</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>{count} 次变化合为一条</source>
        <translation>{count} changes in one</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>接警登记，报警 {event_no}</source>
        <translation>Report taken, alarm {event_no}</translation>
    </message>
    <message>
        <source>又一次报案并入报警 {event_no}</source>
        <translation>Another report attached to alarm {event_no}</translation>
    </message>
    <message>
        <source>接警 {event_no}</source>
        <translation>Claimed {event_no}</translation>
    </message>
    <message>
        <source>接管报警 {event_no}：{reason}</source>
        <translation>Took alarm {event_no} over: {reason}</translation>
    </message>
    <message>
        <source>调看现场画面核实</source>
        <translation>Looked at the live pictures</translation>
    </message>
    <message>
        <source>研判 {event_no} 为“{verdict}”：{reason}</source>
        <translation>Judged {event_no} &quot;{verdict}&quot;: {reason}</translation>
    </message>
    <message>
        <source>消音 {event_no}</source>
        <translation>Silenced {event_no}</translation>
    </message>
    <message>
        <source>报警 {event_no} 未复位，重新响起</source>
        <translation>Alarm {event_no} not reset, sounds again</translation>
    </message>
    <message>
        <source>复位 {event_no}：{reason}</source>
        <translation>Reset {event_no}: {reason}</translation>
    </message>
    <message>
        <source>报警 {event_no} 随警情办结</source>
        <translation>Alarm {event_no} closed with its incident</translation>
    </message>
    <message>
        <source>无人处理，升到第 {level} 级</source>
        <translation>Nobody answered; escalated to level {level}</translation>
    </message>
    <message>
        <source>接警人没有动作，交其他席位接警</source>
        <translation>Owner silent; offered to the other seats</translation>
    </message>
    <message>
        <source>转交 15 秒内无人接收，仍归原接警人</source>
        <translation>Nobody took it within 15 s; it stays with its owner</translation>
    </message>
    <message>
        <source>搁置 {event_no}：{reason}</source>
        <translation>Shelved {event_no}: {reason}</translation>
    </message>
    <message>
        <source>取回搁置的报警 {event_no}</source>
        <translation>Brought back shelved alarm {event_no}</translation>
    </message>
    <message>
        <source>请求把 {event_no} 转交他人：{reason}</source>
        <translation>Asked somebody to take {event_no}: {reason}</translation>
    </message>
    <message>
        <source>接收转交的报警 {event_no}</source>
        <translation>Took over alarm {event_no} as asked</translation>
    </message>
    <message>
        <source>不接收转交的报警 {event_no}</source>
        <translation>Declined to take over alarm {event_no}</translation>
    </message>
    <message>
        <source>撤回转交 {event_no}</source>
        <translation>Withdrew the hand-over of {event_no}</translation>
    </message>
    <message>
        <source>自动开始复盘</source>
        <translation>Review opened by itself</translation>
    </message>
    <message>
        <source>写复盘</source>
        <translation>Wrote the review</translation>
    </message>
    <message>
        <source>提交复盘</source>
        <translation>Submitted the review</translation>
    </message>
    <message>
        <source>批准复盘</source>
        <translation>Approved the review</translation>
    </message>
    <message>
        <source>退回复盘：{reason}</source>
        <translation>Sent the review back: {reason}</translation>
    </message>
    <message>
        <source>{name} 再次报警</source>
        <translation>{name} in alarm again</translation>
    </message>
    <message>
        <source>{name} 仍在报警</source>
        <translation>{name} still in alarm</translation>
    </message>
    <message>
        <source>{name} 恢复</source>
        <translation>{name} restored</translation>
    </message>
    <message>
        <source>{name} 测试信号</source>
        <translation>{name} test signal</translation>
    </message>
    <message>
        <source>接警</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>首次派警</source>
        <translation>First dispatch</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>控制</source>
        <translation>Contained</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>救助 {count}</source>
        <translation>{count} rescued</translation>
    </message>
    <message>
        <source>受伤 {count}</source>
        <translation>{count} injured</translation>
    </message>
    <message>
        <source>死亡 {count}</source>
        <translation>{count} dead</translation>
    </message>
    <message>
        <source>抓获 {count}</source>
        <translation>{count} caught</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>画面</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>处警</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>联动</source>
        <translation>Linkage</translation>
    </message>
    <message>
        <source>{camera} 抓图 {file}</source>
        <translation>{camera} snapshot {file}</translation>
    </message>
    <message>
        <source>录像标记</source>
        <translation>Video mark</translation>
    </message>
    <message>
        <source>升级通知</source>
        <translation>Notice</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>警情</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>{level} 级</source>
        <translation>Level {level}</translation>
    </message>
    <message>
        <source>{seconds} 秒</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{event_no} {name} 报警（{kind}，{priority}）</source>
        <translation>{event_no} {name} in alarm ({kind}, {priority})</translation>
    </message>
    <message>
        <source>席位弹出报警 {event_no}</source>
        <translation>Alarm {event_no} shown at a seat</translation>
    </message>
    <message>
        <source>第一帧现场画面，报警后 {ms} ms</source>
        <translation>First live picture, {ms} ms after the alarm</translation>
    </message>
    <message>
        <source>{whom} 已读第 {level} 级通知</source>
        <translation>{whom} read the notice of level {level}</translation>
    </message>
    <message>
        <source>第 {level} 级，通知 {whom}</source>
        <translation>Level {level}, told {whom}</translation>
    </message>
    <message>
        <source>{text}（理由：{why}）</source>
        <translation>{text} (why: {why})</translation>
    </message>
    <message>
        <source>移交 {to}</source>
        <translation>handed over to {to}</translation>
    </message>
    <message>
        <source>{state}：{name}，{at}</source>
        <translation>{state}: {name}, {at}</translation>
    </message>
    <message>
        <source>第 {version} 版：{by} 编制，{reviewer} 于 {at} 发布</source>
        <translation>Version {version}: written by {by}, published by {reviewer} on {at}</translation>
    </message>
    <message>
        <source>第一份，没有更早的版本。</source>
        <translation>The first one; there is no earlier version.</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>改动</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>与前一份相比</source>
        <translation>Compared with the one before</translation>
    </message>
    <message>
        <source>预案步骤</source>
        <translation>Plan step</translation>
    </message>
    <message>
        <source>通话</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Guard</translation>
    </message>
    <message>
        <source>致电 {party} {number}（{outcome}）：{said}</source>
        <translation>Called {party} {number} ({outcome}): {said}</translation>
    </message>
    <message>
        <source>{party} {number} 来电：{said}</source>
        <translation>{party} {number} called: {said}</translation>
    </message>
    <message>
        <source>{call}；对方编号 {ref}</source>
        <translation>{call}; their no. {ref}</translation>
    </message>
    <message>
        <source>{call}；没有复述：{items}</source>
        <translation>{call}; not said back: {items}</translation>
    </message>
    <message>
        <source>损失 {loss}</source>
        <translation>loss {loss}</translation>
    </message>
    <message>
        <source>证据 {evidence}</source>
        <translation>evidence {evidence}</translation>
    </message>
    <message>
        <source>接班，接过报警 {event_no}</source>
        <translation>Took alarm {event_no} over with the shift</translation>
    </message>
</context>
<context>
    <name>HoldBar</name>
    <message>
        <source>测试 {zones}</source>
        <translation>Test {zones}</translation>
    </message>
    <message>
        <source>隔离 {zones}</source>
        <translation>Isolate {zones}</translation>
    </message>
    <message>
        <source>原因（必填），例如：对射被树枝挡住，已报修</source>
        <translation>Reason (needed), as: beam blocked by a branch, repair ordered</translation>
    </message>
    <message>
        <source>隔离原因</source>
        <translation>Reason of the isolation</translation>
    </message>
    <message>
        <source>多久</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 小时</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} 天</source>
        <translation>{count} d</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>选择防区表格</source>
        <translation>Choose a table of zones</translation>
    </message>
    <message>
        <source>模板存到</source>
        <translation>Save the template to</translation>
    </message>
    <message>
        <source>已写入 {file}。</source>
        <translation>{file} written.</translation>
    </message>
    <message>
        <source>{wrong} 行有误，什么都没有导入。请在表格里改正后再选一次。</source>
        <translation>{wrong} rows are wrong, nothing was imported. Correct them in the table and choose it again.</translation>
    </message>
    <message>
        <source>行</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>主机/防区号</source>
        <translation>Panel/zone</translation>
    </message>
    <message>
        <source>探测器</source>
        <translation>Detector</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>检查</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>选择文件…</source>
        <translation>Choose file…</translation>
    </message>
    <message>
        <source>存模板…</source>
        <translation>Save template…</translation>
    </message>
    <message>
        <source>表格里的防区</source>
        <translation>Zones of the table</translation>
    </message>
    <message>
        <source>写入（新增 {added}，更改 {changed}）</source>
        <translation>Write ({added} new, {changed} changed)</translation>
    </message>
    <message>
        <source>已新增 {added} 个防区，更改 {changed} 个。</source>
        <translation>{added} zones added, {changed} changed.</translation>
    </message>
    <message>
        <source>还没有写入：新增 {added}，更改 {changed}，不变 {same}。表格里没有的 {rest} 个防区保持原样，不会删除。</source>
        <translation>Not written yet: {added} new, {changed} changed, {same} the same. The {rest} zones that the table does not name stay; nothing is removed.</translation>
    </message>
    <message>
        <source>先存模板，或导出现有防区改好，再选择文件。这里先逐行检查并列出差别，按“写入”才写入；有一行不对就一行也不写，从不删除。</source>
        <translation>Save the template, or export the zones and edit them, then choose the file. Every row is checked and shown with its differences first; only &quot;Write&quot; stores them, all or none, and nothing is ever removed.</translation>
    </message>
    <message>
        <source>新增</source>
        <translation>New</translation>
    </message>
    <message>
        <source>不变</source>
        <translation>The same</translation>
    </message>
    <message>
        <source>更改：{differences}</source>
        <translation>Changed: {differences}</translation>
    </message>
    <message>
        <source>导入 {file}</source>
        <translation>Import {file}</translation>
    </message>
    <message>
        <source>共 {lines} 行：步骤 {steps} 个，没有理解 {left_out} 行。没有理解的不会进入预案，请在编辑时补上。</source>
        <translation>{lines} lines: {steps} steps, {left_out} lines not understood. Those are not in the plan; add them while editing.</translation>
    </message>
    <message>
        <source>未保存</source>
        <translation>Not saved</translation>
    </message>
    <message>
        <source>{fate} {number}</source>
        <translation>{fate} {number}</translation>
    </message>
    <message>
        <source>步骤 {number}：{fate}</source>
        <translation>Step {number}: {fate}</translation>
    </message>
    <message>
        <source>文件里的文字</source>
        <translation>Text of the file</translation>
    </message>
    <message>
        <source>读作</source>
        <translation>Read as</translation>
    </message>
    <message>
        <source>文件里的每一行</source>
        <translation>Every line of the file</translation>
    </message>
    <message>
        <source>读出的预案</source>
        <translation>The plan as it was understood</translation>
    </message>
    <message>
        <source>只看没有理解的行</source>
        <translation>Only lines not understood</translation>
    </message>
    <message>
        <source>不导入</source>
        <translation>Do not import</translation>
    </message>
    <message>
        <source>在编辑器中打开</source>
        <translation>Open in the editor</translation>
    </message>
</context>
<context>
    <name>Incident</name>
    <message>
        <source>【演练】{title}</source>
        <translation>[DRILL] {title}</translation>
    </message>
</context>
<context>
    <name>IncidentAct</name>
    <message>
        <source>接警单</source>
        <translation>Incident form</translation>
    </message>
    <message>
        <source>增援</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>记录通话</source>
        <translation>Log a call</translation>
    </message>
    <message>
        <source>关联</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>合并</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>拆分</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Unfounded</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>重新打开</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>填 110 警情编号</source>
        <translation>Enter 110 number</translation>
    </message>
    <message>
        <source>打印 110 移交单</source>
        <translation>Print 110 form</translation>
    </message>
    <message>
        <source>看复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>派岗位、队伍、部门</source>
        <translation>Send a post, team or department</translation>
    </message>
    <message>
        <source>申请调取录像</source>
        <translation>Request recordings</translation>
    </message>
    <message>
        <source>看录像</source>
        <translation>Watch the recording</translation>
    </message>
</context>
<context>
    <name>IncidentCard</name>
    <message>
        <source>久</source>
        <translation>long</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>late</translation>
    </message>
</context>
<context>
    <name>IncidentCategory</name>
    <message>
        <source>求助</source>
        <translation>Help needed</translation>
    </message>
    <message>
        <source>打架斗殴</source>
        <translation>Fight</translation>
    </message>
    <message>
        <source>盗窃</source>
        <translation>Theft</translation>
    </message>
    <message>
        <source>闯入</source>
        <translation>Intruder</translation>
    </message>
    <message>
        <source>火灾</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>急病受伤</source>
        <translation>Illness or injury</translation>
    </message>
    <message>
        <source>人员走失</source>
        <translation>Missing person</translation>
    </message>
    <message>
        <source>纠纷</source>
        <translation>Dispute</translation>
    </message>
    <message>
        <source>诈骗</source>
        <translation>Fraud</translation>
    </message>
    <message>
        <source>交通</source>
        <translation>Traffic</translation>
    </message>
    <message>
        <source>设施故障</source>
        <translation>Broken facility</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>IncidentDetail</name>
    <message>
        <source>办结须写明结果</source>
        <translation>A close needs a result</translation>
    </message>
    <message>
        <source>加备注</source>
        <translation>Add note</translation>
    </message>
    <message>
        <source>已控制</source>
        <translation>Contain</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>备注、控制情况或办结结果</source>
        <translation>Note, how it was contained, or the result</translation>
    </message>
    <message>
        <source>时间线，最新在前</source>
        <translation>Timeline, newest first</translation>
    </message>
    <message>
        <source>派警单</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>时间线</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>新警情</source>
        <translation>New incident</translation>
    </message>
    <message>
        <source>没有报警的警情：填好并保存后出现在左侧。</source>
        <translation>What came without an alarm: fill in and save it; it then appears on the left.</translation>
    </message>
    <message>
        <source>没有警情</source>
        <translation>No incident</translation>
    </message>
    <message>
        <source>派警后会自动立警情，并出现在左侧。</source>
        <translation>Dispatching opens an incident; it then appears at the left.</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>保存 110 移交单</source>
        <translation>Save the 110 form</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>{event_no} 升级：{told}</source>
        <translation>{event_no} escalated: {told}</translation>
    </message>
</context>
<context>
    <name>IncidentFacts</name>
    <message>
        <source>{state} · {place} · 接报 {received} · 负责人 {owner}</source>
        <translation>{state} · {place} · received {received} · owner {owner}</translation>
    </message>
    <message>
        <source>报警人 {caller}</source>
        <translation>caller {caller}</translation>
    </message>
    <message>
        <source>指挥员 {name}</source>
        <translation>commander {name}</translation>
    </message>
    <message>
        <source>110 编号 {number}</source>
        <translation>110 number {number}</translation>
    </message>
    <message>
        <source>还差增援 {count}</source>
        <translation>backup missing: {count}</translation>
    </message>
    <message>
        <source>已并入 {number}</source>
        <translation>merged into {number}</translation>
    </message>
    <message>
        <source>关联 {numbers}</source>
        <translation>linked with {numbers}</translation>
    </message>
    <message>
        <source>已移交 {to}</source>
        <translation>transferred to {to}</translation>
    </message>
    <message>
        <source>{kind} {name}  可派 {count}</source>
        <translation>{kind} {name}  {count} free</translation>
    </message>
</context>
<context>
    <name>IncidentField</name>
    <message>
        <source>警情</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>报警内容</source>
        <translation>What was reported</translation>
    </message>
    <message>
        <source>报警方式</source>
        <translation>Came by</translation>
    </message>
    <message>
        <source>报警人</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>发生时间</source>
        <translation>Happened at</translation>
    </message>
    <message>
        <source>现场危险</source>
        <translation>Dangers on scene</translation>
    </message>
    <message>
        <source>指挥员</source>
        <translation>Commander</translation>
    </message>
    <message>
        <source>110 警情编号</source>
        <translation>110 number</translation>
    </message>
    <message>
        <source>处置结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>损失</source>
        <translation>Loss</translation>
    </message>
</context>
<context>
    <name>IncidentLevel</name>
    <message>
        <source>Ⅰ级（红）</source>
        <translation>Level I (red)</translation>
    </message>
    <message>
        <source>Ⅱ级（橙）</source>
        <translation>Level II (orange)</translation>
    </message>
    <message>
        <source>Ⅲ级（黄）</source>
        <translation>Level III (yellow)</translation>
    </message>
    <message>
        <source>Ⅳ级（蓝）</source>
        <translation>Level IV (blue)</translation>
    </message>
</context>
<context>
    <name>IncidentState</name>
    <message>
        <source>新警情</source>
        <translation>New</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>处置中</source>
        <translation>Responding</translation>
    </message>
    <message>
        <source>已控制</source>
        <translation>Contained</translation>
    </message>
    <message>
        <source>复盘中</source>
        <translation>In review</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已合并</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Unfounded</translation>
    </message>
    <message>
        <source>已移交</source>
        <translation>Transferred</translation>
    </message>
    <message>
        <source>重新处置</source>
        <translation>Reopened</translation>
    </message>
</context>
<context>
    <name>IncidentsScreen</name>
    <message>
        <source>待派</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>处置中</source>
        <translation>Responding</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>增援 {count}</source>
        <translation>backup {count}</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>可派 {count}</source>
        <translation>{count} free</translation>
    </message>
    <message>
        <source>日志</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>超时 {count}</source>
        <translation>{count} late</translation>
    </message>
    <message>
        <source>没有待派的警情</source>
        <translation>No incident waits for an order</translation>
    </message>
    <message>
        <source>没有已办结的警情</source>
        <translation>No closed incident</translation>
    </message>
    <message>
        <source>没有处置中的警情</source>
        <translation>No incident is being dealt with</translation>
    </message>
    <message>
        <source>拖到警情卡片上，或按回车派往所选警情</source>
        <translation>Drag onto an incident, or press Enter to send to the chosen one</translation>
    </message>
    <message>
        <source>看已办结</source>
        <translation>Show closed</translation>
    </message>
    <message>
        <source>新警情 {key}</source>
        <translation>New incident {key}</translation>
    </message>
</context>
<context>
    <name>InterlockKind</name>
    <message>
        <source>互斥</source>
        <translation>Excludes</translation>
    </message>
    <message>
        <source>前提</source>
        <translation>Requires</translation>
    </message>
</context>
<context>
    <name>ItemKind</name>
    <message>
        <source>未结报警</source>
        <translation>Open alarms</translation>
    </message>
    <message>
        <source>未结警情</source>
        <translation>Open incidents</translation>
    </message>
    <message>
        <source>未反馈的派警单</source>
        <translation>Orders without feedback</translation>
    </message>
    <message>
        <source>执行中的预案</source>
        <translation>Running plans</translation>
    </message>
    <message>
        <source>搁置的报警</source>
        <translation>Shelved alarms</translation>
    </message>
    <message>
        <source>隔离或测试的防区</source>
        <translation>Zones isolated or under test</translation>
    </message>
    <message>
        <source>设备故障</source>
        <translation>Device faults</translation>
    </message>
    <message>
        <source>借出物品</source>
        <translation>Items lent</translation>
    </message>
    <message>
        <source>本班记事</source>
        <translation>Notes of the shift</translation>
    </message>
</context>
<context>
    <name>KeepPanel</name>
    <message>
        <source>继续</source>
        <translation>goes on</translation>
    </message>
    <message>
        <source>解除 {camera} {when} 的保护，原因：</source>
        <translation>Release {camera} {when}, because:</translation>
    </message>
    <message>
        <source>解除</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>保护 {cameras}，{since} 到 {until}，原因：</source>
        <translation>Protect {cameras}, {since} to {until}, because:</translation>
    </message>
    <message>
        <source>保护</source>
        <translation>Protect</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>被保护的录像；回车跳到，Delete 解除</source>
        <translation>Protected recordings; Enter goes there, Delete releases</translation>
    </message>
    <message>
        <source>时间轴上没有被保护的录像。I、O 标出起止，按 K 保护。</source>
        <translation>Nothing on the line of time is protected. Mark from and to with I and O, then press K.</translation>
    </message>
    <message>
        <source>解除选中的保护…</source>
        <translation>Release the chosen one…</translation>
    </message>
    <message>
        <source>原因（必填）</source>
        <translation>Reason (required)</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>联动</source>
        <translation>Linkage</translation>
    </message>
    <message>
        <source>直到解除</source>
        <translation>Until released</translation>
    </message>
    <message>
        <source>已保护直到解除，{who}：{reason}</source>
        <translation>Protected until released, {who}: {reason}</translation>
    </message>
    <message>
        <source>已保护到 {until}，{who}：{reason}</source>
        <translation>Protected until {until}, {who}: {reason}</translation>
    </message>
</context>
<context>
    <name>KeptBox</name>
    <message>
        <source>保留多久</source>
        <translation>How long it is kept</translation>
    </message>
    <message>
        <source>保留 {days} 天</source>
        <translation>Keep {days} days</translation>
    </message>
    <message>
        <source>直到解除</source>
        <translation>Until released</translation>
    </message>
</context>
<context>
    <name>Lamps</name>
    <message>
        <source>没有可写的录像硬盘</source>
        <translation>No recording disk can be written</translation>
    </message>
    <message>
        <source>{well} / {cameras} 台摄像机在录</source>
        <translation>{well} of {cameras} cameras are being recorded</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>在岗</source>
        <translation>On duty</translation>
    </message>
    <message>
        <source>巡逻</source>
        <translation>Patrol</translation>
    </message>
    <message>
        <source>派出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>Break</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>遇险</source>
        <translation>Distress</translation>
    </message>
</context>
<context>
    <name>LayoutBar</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>显示或收起摄像机列表（Ctrl+L）</source>
        <translation>Show or hide the camera list (Ctrl+L)</translation>
    </message>
    <message>
        <source>画面数据</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>显示帧率、丢帧、码流与分辨率（I）</source>
        <translation>Show frame rate, losses, stream and size (I)</translation>
    </message>
    <message>
        <source>双击或 Esc 返回多画面</source>
        <translation>Double click or Esc: all pictures</translation>
    </message>
    <message>
        <source>全部布局</source>
        <translation>All layouts</translation>
    </message>
    <message>
        <source>{tiles} 画面（按键 {key}）</source>
        <translation>{tiles} pictures (key {key})</translation>
    </message>
    <message>
        <source>{tiles} 画面布局</source>
        <translation>Layout of {tiles} pictures</translation>
    </message>
    <message>
        <source>{tiles} 画面</source>
        <translation>Layout {tiles}</translation>
    </message>
    <message>
        <source>自定义</source>
        <translation>Own</translation>
    </message>
    <message>
        <source>在其他显示器上打开电视墙、焦点画面、报警监视（Ctrl+Shift+D）</source>
        <translation>Open walls, the spot picture and the alarm monitor on other monitors (Ctrl+Shift+D)</translation>
    </message>
    <message>
        <source>显示器</source>
        <translation>Monitors</translation>
    </message>
</context>
<context>
    <name>LayoutPage</name>
    <message>
        <source>修改布局</source>
        <translation>Change layout</translation>
    </message>
    <message>
        <source>自定义布局</source>
        <translation>Own layout</translation>
    </message>
    <message>
        <source>拖过几格就合并；双击拆开。键盘：Shift+方向键选，回车合并，Delete 拆开。</source>
        <translation>Drag over tiles to merge them; double-click to split. Keys: Shift+arrows mark, Enter merges, Delete splits.</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>拆开</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>列数</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>行数</source>
        <translation>Rows</translation>
    </message>
    <message>
        <source> 列</source>
        <translation> columns</translation>
    </message>
    <message>
        <source> 行</source>
        <translation> rows</translation>
    </message>
    <message>
        <source>布局的格子</source>
        <translation>Tiles of the layout</translation>
    </message>
    <message>
        <source>{count} 画面</source>
        <translation>{count} tiles</translation>
    </message>
</context>
<context>
    <name>LeftPages</name>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>书签</source>
        <translation>Bookmarks</translation>
    </message>
    <message>
        <source>移动</source>
        <translation>Motion</translation>
    </message>
    <message>
        <source>保护</source>
        <translation>Kept</translation>
    </message>
</context>
<context>
    <name>LentPage</name>
    <message>
        <source>物品</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>借用人</source>
        <translation>Borrower</translation>
    </message>
    <message>
        <source>联系方式</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>归还情况（可不填）</source>
        <translation>How it came back (optional)</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>应还</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>应还时间</source>
        <translation>Due at</translation>
    </message>
    <message>
        <source>只看没有归还的</source>
        <translation>Only what is still out</translation>
    </message>
    <message>
        <source>借出（回车）</source>
        <translation>Lend (Enter)</translation>
    </message>
    <message>
        <source>收回选中的</source>
        <translation>Take back the selected one</translation>
    </message>
    <message>
        <source>借出物品</source>
        <translation>Items lent</translation>
    </message>
</context>
<context>
    <name>LentState</name>
    <message>
        <source>借出</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>已归还</source>
        <translation>Returned</translation>
    </message>
</context>
<context>
    <name>LessonState</name>
    <message>
        <source>未完成</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>LessonsPage</name>
    <message>
        <source>未完成 {open}，其中逾期 {overdue}</source>
        <translation>{open} open, {overdue} of them overdue</translation>
    </message>
    <message>
        <source>逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>只看未完成的</source>
        <translation>Open ones only</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>责任人</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>警情编号</source>
        <translation>Incident no.</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>完成情况</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>改进措施</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>没有要落实的措施。复盘批准后，其中的措施列在这里。</source>
        <translation>Nothing to be done. The actions of approved reviews are listed here.</translation>
    </message>
    <message>
        <source>完成情况，或重新打开的原因</source>
        <translation>What was done, or why it is open again</translation>
    </message>
    <message>
        <source>重新打开</source>
        <translation>Reopen</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>布局</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>预设</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>轮巡</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>{kind} · {name} · 共享</source>
        <translation>{kind} · {name} · shared</translation>
    </message>
    <message>
        <source>{kind} · {name}</source>
        <translation>{kind} · {name}</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>另存为我的</source>
        <translation>Copy as my own</translation>
    </message>
    <message>
        <source>取消共享</source>
        <translation>Stop sharing</translation>
    </message>
    <message>
        <source>共享给所有席位</source>
        <translation>Share with all seats</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>确认删除</source>
        <translation>Really delete</translation>
    </message>
    <message>
        <source>布局、预设和轮巡</source>
        <translation>Layouts, presets and tours</translation>
    </message>
    <message>
        <source>还没有保存过。用“布局”“预设”“轮巡”菜单新建。</source>
        <translation>Nothing is kept yet. Make one from the menus More, Presets and Tours.</translation>
    </message>
    <message>
        <source>使用</source>
        <translation>Use</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>LimitEditor</name>
    <message>
        <source>{name} 本人</source>
        <translation>{name} alone</translation>
    </message>
    <message>
        <source>所有{role}</source>
        <translation>Every {role}</translation>
    </message>
    <message>
        <source>全校</source>
        <translation>Whole campus</translation>
    </message>
    <message>
        <source>不得{action}：{where}</source>
        <translation>Not allowed: {action}: {where}</translation>
    </message>
    <message>
        <source>限制（从角色的权限中取走）</source>
        <translation>Limits (taken from what the role gives)</translation>
    </message>
    <message>
        <source>限制谁</source>
        <translation>Who is limited</translation>
    </message>
    <message>
        <source>现有的限制</source>
        <translation>Present limits</translation>
    </message>
    <message>
        <source>没有限制：角色有的权限都可用</source>
        <translation>No limits: all that the role allows</translation>
    </message>
    <message>
        <source>不得做什么</source>
        <translation>What may not be done</translation>
    </message>
    <message>
        <source>在哪里、对哪台摄像机</source>
        <translation>Where, or to which camera</translation>
    </message>
    <message>
        <source>加限制</source>
        <translation>Add limit</translation>
    </message>
    <message>
        <source>取消限制</source>
        <translation>Remove limit</translation>
    </message>
</context>
<context>
    <name>LineKind</name>
    <message>
        <source>接警</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>首次派警</source>
        <translation>First dispatch</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>处置完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>启动预案</source>
        <translation>Plan begun</translation>
    </message>
    <message>
        <source>预案步骤</source>
        <translation>Plan step</translation>
    </message>
</context>
<context>
    <name>Linkage</name>
    <message>
        <source>{rule}（第 {version} 版）</source>
        <translation>{rule} (version {version})</translation>
    </message>
    <message>
        <source>{ms} ms {result}</source>
        <translation>{ms} ms {result}</translation>
    </message>
    <message>
        <source>限时 {ms} ms</source>
        <translation>allowed {ms} ms</translation>
    </message>
</context>
<context>
    <name>LinkageChip</name>
    <message>
        <source>弹出报警</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>现场画面</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>地图定位</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>报警声</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>语音播报</source>
        <translation>Voice</translation>
    </message>
    <message>
        <source>电视墙预设</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>通知席位</source>
        <translation>Notify</translation>
    </message>
    <message>
        <source>云台预置位</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>云台对准</source>
        <translation>PTZ aim</translation>
    </message>
    <message>
        <source>抓图留存</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>录像保护</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>控制输出</source>
        <translation>Output</translation>
    </message>
    <message>
        <source>开门</source>
        <translation>Door</translation>
    </message>
    <message>
        <source>应急广播</source>
        <translation>Broadcast</translation>
    </message>
    <message>
        <source>启动预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>打开派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>准备对讲</source>
        <translation>Talk</translation>
    </message>
    <message>
        <source>网络请求</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>发布消息</source>
        <translation>Message</translation>
    </message>
</context>
<context>
    <name>LinkageChips</name>
    <message>
        <source>联动记录</source>
        <translation>Linkage record</translation>
    </message>
</context>
<context>
    <name>LinkageRecord</name>
    <message>
        <source>联动记录</source>
        <translation>Linkage record</translation>
    </message>
</context>
<context>
    <name>LinkageScreen</name>
    <message>
        <source>{name}（第 {version} 版）</source>
        <translation>{name} (version {version})</translation>
    </message>
    <message>
        <source>{name}（已停用）</source>
        <translation>{name} (off)</translation>
    </message>
    <message>
        <source>启用</source>
        <translation>Switch on</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Switch off</translation>
    </message>
    <message>
        <source>联动规则</source>
        <translation>Linkage rules</translation>
    </message>
    <message>
        <source>新规则</source>
        <translation>New rule</translation>
    </message>
    <message>
        <source>{name} 副本</source>
        <translation>{name} copy</translation>
    </message>
    <message>
        <source>导入规则</source>
        <translation>Import rules</translation>
    </message>
    <message>
        <source>导出规则</source>
        <translation>Export rules</translation>
    </message>
    <message>
        <source>已保存 {name}，一秒内生效。</source>
        <translation>{name} is saved and counts within a second.</translation>
    </message>
    <message>
        <source>已启用 {name}。</source>
        <translation>{name} is on.</translation>
    </message>
    <message>
        <source>已停用 {name}。</source>
        <translation>{name} is off.</translation>
    </message>
    <message>
        <source>已删除。</source>
        <translation>Deleted.</translation>
    </message>
    <message>
        <source>已恢复为 {name} 的新版本。</source>
        <translation>Restored as the new version of {name}.</translation>
    </message>
    <message>
        <source>已导入 {name} 条规则。</source>
        <translation>{name} rules were imported.</translation>
    </message>
    <message>
        <source>已导出到 {name}。</source>
        <translation>Exported to {name}.</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>载入常用规则</source>
        <translation>Load usual rules</translation>
    </message>
    <message>
        <source>导入…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rule</translation>
    </message>
    <message>
        <source>试运行</source>
        <translation>Dry run</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>改动还没有保存。再按一次放弃改动。</source>
        <translation>The change is not saved. Press once more to give it up.</translation>
    </message>
    <message>
        <source>再按一次删除这条规则。它的版本和运行记录会保留。</source>
        <translation>Press once more to delete this rule. Its versions and records are kept.</translation>
    </message>
</context>
<context>
    <name>LinkageSentence</name>
    <message>
        <source>当{when}时：还没有动作。</source>
        <translation>When {when}: no action yet.</translation>
    </message>
    <message>
        <source>，然后</source>
        <translation>, then </translation>
    </message>
    <message>
        <source>当{when}时，则{then}。同一报警点 {seconds} 秒内不重复。</source>
        <translation>When {when}: {then}. Not again for the same alarm point within {seconds} s.</translation>
    </message>
    <message>
        <source>发生{values}</source>
        <translation>there is: {values}</translation>
    </message>
    <message>
        <source>事件代码是 {values}</source>
        <translation>the event code is {values}</translation>
    </message>
    <message>
        <source>来自防区 {values}</source>
        <translation>it comes from zone {values}</translation>
    </message>
    <message>
        <source>地点是{values}</source>
        <translation>the place is {values}</translation>
    </message>
    <message>
        <source>在地图上画出的 {corners} 角区域内</source>
        <translation>it lies in the marked area of {corners} corners</translation>
    </message>
    <message>
        <source>时间在 {values}</source>
        <translation>it is {values}</translation>
    </message>
    <message>
        <source>{values}已布防</source>
        <translation>{values} is armed</translation>
    </message>
    <message>
        <source>级别不低于 P{values}</source>
        <translation>the priority is P{values} or higher</translation>
    </message>
    <message>
        <source>{action}（{about}）</source>
        <translation>{action} ({about})</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{words}[失败则{on_fail}]</source>
        <translation>{words} [if it fails: {on_fail}]</translation>
    </message>
    <message>
        <source>（还没有条件）</source>
        <translation>(no condition yet)</translation>
    </message>
    <message>
        <source>不是（{part}）</source>
        <translation>not ({part})</translation>
    </message>
    <message>
        <source> 且 </source>
        <translation> and </translation>
    </message>
    <message>
        <source> 或 </source>
        <translation> or </translation>
    </message>
    <message>
        <source>（{parts}）</source>
        <translation>({parts})</translation>
    </message>
    <message>
        <source>{seconds} 秒内 {least} 次{part}</source>
        <translation>within {seconds} s, {least} times: {part}</translation>
    </message>
    <message>
        <source>{seconds} 秒内以下 {count} 项中有 {least} 项：{parts}</source>
        <translation>within {seconds} s, {least} of these {count}: {parts}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>或</source>
        <translation> or </translation>
    </message>
    <message>
        <source>和</source>
        <translation> and </translation>
    </message>
    <message>
        <source>{names}等 {count} 个</source>
        <translation>{names} and more, {count} in all</translation>
    </message>
    <message>
        <source>〔报警名称〕</source>
        <translation>[alarm]</translation>
    </message>
    <message>
        <source>〔地点〕</source>
        <translation>[place]</translation>
    </message>
    <message>
        <source>〔类别〕</source>
        <translation>[class]</translation>
    </message>
    <message>
        <source>〔报警号〕</source>
        <translation>[alarm no.]</translation>
    </message>
    <message>
        <source>左右各能转 {degrees} 度</source>
        <translation>turns {degrees}° to either side</translation>
    </message>
    <message>
        <source>所有席位</source>
        <translation>all workstations</translation>
    </message>
    <message>
        <source>接通</source>
        <translation>on</translation>
    </message>
    <message>
        <source>断开</source>
        <translation>off</translation>
    </message>
    <message>
        <source>点动</source>
        <translation>pulse</translation>
    </message>
    <message>
        <source>放到电视墙</source>
        <translation>on the wall</translation>
    </message>
    <message>
        <source>放到报警监视窗</source>
        <translation>on the alarm monitor</translation>
    </message>
</context>
<context>
    <name>LoginDialog</name>
    <message>
        <source>请输入用户名和密码。</source>
        <translation>Enter user name and password.</translation>
    </message>
    <message>
        <source>登录守望</source>
        <translation>Log in to Shouwang</translation>
    </message>
    <message>
        <source>守望 校园指挥中心</source>
        <translation>Shouwang Campus Command Centre</translation>
    </message>
    <message>
        <source>请登录。值守期间的每个操作都会记在您的名下。</source>
        <translation>Please log in. Everything done on your watch is recorded under your name.</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
</context>
<context>
    <name>LoginFields</name>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>摄像机的{field}</source>
        <translation>{field} of the camera</translation>
    </message>
    <message>
        <source>不改就留空</source>
        <translation>Empty: as it is</translation>
    </message>
</context>
<context>
    <name>LookTools</name>
    <message>
        <source>回到实时</source>
        <translation>Back to live</translation>
    </message>
    <message>
        <source>在这一格回看 30 秒</source>
        <translation>Look 30 s back in this tile</translation>
    </message>
    <message>
        <source>再往前 30 秒</source>
        <translation>30 s further back</translation>
    </message>
</context>
<context>
    <name>ManualPage</name>
    <message>
        <source>填地址，选厂家，按回车；或直接在右边写码流地址。</source>
        <translation>Type the address, choose the maker, press Enter; or write the stream&apos;s address at the right.</translation>
    </message>
    <message>
        <source>摄像机地址</source>
        <translation>Address of the camera</translation>
    </message>
    <message>
        <source>厂家</source>
        <translation>Maker</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>手册目录</source>
        <translation>Contents of the manual</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>还没有导入校园平面图</source>
        <translation>No campus plan has been imported</translation>
    </message>
    <message>
        <source>校园平面图</source>
        <translation>Campus plan</translation>
    </message>
    <message>
        <source>滚轮缩放，拖动平移；可以把摄像机拖到画面上</source>
        <translation>Wheel zooms, drag pans; drag a camera onto a picture</translation>
    </message>
    <message>
        <source>备</source>
        <translation>A</translation>
    </message>
    <message>
        <source>岗</source>
        <translation>P</translation>
    </message>
    <message>
        <source>巡</source>
        <translation>R</translation>
    </message>
    <message>
        <source>派</source>
        <translation>D</translation>
    </message>
    <message>
        <source>途</source>
        <translation>E</translation>
    </message>
    <message>
        <source>场</source>
        <translation>S</translation>
    </message>
    <message>
        <source>休</source>
        <translation>B</translation>
    </message>
    <message>
        <source>停</source>
        <translation>X</translation>
    </message>
    <message>
        <source>急</source>
        <translation>!</translation>
    </message>
    <message>
        <source>在此报警…</source>
        <translation>Report an alarm here…</translation>
    </message>
</context>
<context>
    <name>MapScreen</name>
    <message>
        <source>摄像机视野</source>
        <translation>Camera views</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>显示全图</source>
        <translation>Whole plan</translation>
    </message>
    <message>
        <source>或在图上点右键：在此报警</source>
        <translation>or right-click on the plan: report an alarm here</translation>
    </message>
    <message>
        <source>接警登记  F12</source>
        <translation>Report an alarm  F12</translation>
    </message>
</context>
<context>
    <name>Mark</name>
    <message>
        <source>达标</source>
        <translation>Met</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>未做</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skipped</translation>
    </message>
</context>
<context>
    <name>MarkKind</name>
    <message>
        <source>报警</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>警情</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>书签</source>
        <translation>Bookmark</translation>
    </message>
    <message>
        <source>缺录像</source>
        <translation>Gap</translation>
    </message>
    <message>
        <source>移动</source>
        <translation>Motion</translation>
    </message>
</context>
<context>
    <name>MaskPanel</name>
    <message>
        <source>{moment} 正在取画面</source>
        <translation>{moment} fetching picture</translation>
    </message>
    <message>
        <source>{moment} 没有录像</source>
        <translation>{moment} no recording</translation>
    </message>
    <message>
        <source>正在取画面</source>
        <translation>Fetching the picture</translation>
    </message>
    <message>
        <source>这台摄像机这一刻没有录像。请移动下面的时刻，或另选一台摄像机。</source>
        <translation>Nothing was recorded of this camera at this moment. Move the time below, or choose another camera.</translation>
    </message>
    <message>
        <source>框 {number}，{count} 个关键点</source>
        <translation>Box {number} (keys: {count})</translation>
    </message>
    <message>
        <source>用鼠标拖出要遮挡的地方；或用方向键移动十字，空格定两个角。框在整段录像里都在。</source>
        <translation>Drag over what must not be seen; or move the cross by arrow keys and set two corners by Space. A box stays for the whole recording.</translation>
    </message>
    <message>
        <source>换一个时刻，把框拖到那时的位置（Alt+方向键），两个关键点之间框匀速移动。</source>
        <translation>Go to another moment and drag the box to where it must be then (Alt+arrows). Between two keys it moves evenly.</translation>
    </message>
    <message>
        <source>这里的框由前后关键点推算；拖动或重画就在这一刻加一个关键点。</source>
        <translation>Here the box lies between its keys. Drag it or draw it anew to set a key at this moment.</translation>
    </message>
    <message>
        <source>画遮挡框</source>
        <translation>Draw masks</translation>
    </message>
    <message>
        <source>在哪台摄像机的画面上画</source>
        <translation>Camera whose picture is drawn on</translation>
    </message>
    <message>
        <source>录像画面：拖出框，或拖动框；方向键、空格画框，Alt+方向键移动框</source>
        <translation>Recorded picture: drag a box or move it; arrows and Space draw, Alt+arrows move the box</translation>
    </message>
    <message>
        <source>录像时刻</source>
        <translation>Moment of the recording</translation>
    </message>
    <message>
        <source>框</source>
        <translation>Boxes</translation>
    </message>
    <message>
        <source>关键点</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>这台摄像机的框</source>
        <translation>Boxes of this camera</translation>
    </message>
    <message>
        <source>这个框的关键点</source>
        <translation>Keys of this box</translation>
    </message>
    <message>
        <source>新框</source>
        <translation>New box</translation>
    </message>
    <message>
        <source>删框</source>
        <translation>Remove box</translation>
    </message>
    <message>
        <source>上一个</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一个</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>删这个</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>完成，回到申请</source>
        <translation>Done, back to the request</translation>
    </message>
    <message>
        <source>看遮挡后的样子</source>
        <translation>Show as masked</translation>
    </message>
    <message>
        <source>副本里这些框盖住的地方看不见；两个关键点之间框匀速移动。只能看，不能改。</source>
        <translation>What these boxes cover cannot be seen in the copy; between two key moments a box moves evenly. Only to look at.</translation>
    </message>
    <message>
        <source>申请的遮挡框</source>
        <translation>Masks of the request</translation>
    </message>
    <message>
        <source>看哪台摄像机的画面</source>
        <translation>Which camera&apos;s picture</translation>
    </message>
    <message>
        <source>录像画面和申请的遮挡框</source>
        <translation>The recording&apos;s picture with the masks of the request</translation>
    </message>
    <message>
        <source>回到申请</source>
        <translation>Back to the request</translation>
    </message>
</context>
<context>
    <name>MonitorMenu</name>
    <message>
        <source>关闭此窗口</source>
        <translation>Close this window</translation>
    </message>
    <message>
        <source>电视墙 2</source>
        <translation>Wall 2</translation>
    </message>
    <message>
        <source>电视墙 3</source>
        <translation>Wall 3</translation>
    </message>
    <message>
        <source>电视墙 4</source>
        <translation>Wall 4</translation>
    </message>
    <message>
        <source>焦点画面</source>
        <translation>Spot picture</translation>
    </message>
    <message>
        <source>报警监视</source>
        <translation>Alarm monitor</translation>
    </message>
    <message>
        <source>显示器 {number}（主窗口所在）  {said}  {size}</source>
        <translation>Monitor {number} (main window)  {said}  {size}</translation>
    </message>
    <message>
        <source>显示器 {number}  {said}  {size}</source>
        <translation>Monitor {number}  {said}  {size}</translation>
    </message>
</context>
<context>
    <name>MoreFields</name>
    <message>
        <source>收起  ▴</source>
        <translation>Less  ▴</translation>
    </message>
    <message>
        <source>更多  ▾</source>
        <translation>More  ▾</translation>
    </message>
    <message>
        <source>更多：英文名、传输、解码引擎、视场</source>
        <translation>More: English name, transport, engine, field of view</translation>
    </message>
    <message>
        <source>英文名</source>
        <translation>English name</translation>
    </message>
    <message>
        <source>传输</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>引擎</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>视场角</source>
        <translation>Field of view</translation>
    </message>
    <message>
        <source>可视距离</source>
        <translation>Range</translation>
    </message>
    <message>
        <source>安装高度</source>
        <translation>Height</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
</context>
<context>
    <name>MotionPanel</name>
    <message>
        <source>在画面上画出要查的地方；不画就查整幅画面。</source>
        <translation>Draw the place to search on the picture; without a drawing the whole picture is searched.</translation>
    </message>
    <message>
        <source>已查 {percent}%，找到 {count} 处。</source>
        <translation>{percent}% searched, {count} found.</translation>
    </message>
    <message>
        <source>找到 {count} 处；查了 {length} 的录像。</source>
        <translation>{count} found in {length} of recording.</translation>
    </message>
    <message>
        <source>已停止。</source>
        <translation>Stopped.</translation>
    </message>
    <message>
        <source>其中 {length} 没有逐秒的移动索引，只看了关键帧，短的移动可能漏掉。</source>
        <translation>{length} of it has no motion index by the second: only its key pictures were looked at, and short motion may be missed.</translation>
    </message>
    <message>
        <source>另有 {length} 的录像不在本机能到的硬盘上，没有查。</source>
        <translation>Another {length} lies on disks that this machine does not reach and was not searched.</translation>
    </message>
    <message>
        <source>后面还有：请缩小地方或时间。</source>
        <translation>There is more: choose a smaller place or a shorter time.</translation>
    </message>
    <message>
        <source>在 {camera} 的画面里找移动</source>
        <translation>Find motion in the picture of {camera}</translation>
    </message>
    <message>
        <source>先勾选一台摄像机，再找它画面里的移动</source>
        <translation>Tick a camera first, then search its picture for motion</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>灵敏度</source>
        <translation>Sensitivity</translation>
    </message>
    <message>
        <source>至少持续</source>
        <translation>At least</translation>
    </message>
    <message>
        <source>查找从何时起</source>
        <translation>Search from when on</translation>
    </message>
    <message>
        <source>查找到何时止</source>
        <translation>Search until when</translation>
    </message>
    <message>
        <source>矩形</source>
        <translation>Rectangle</translation>
    </message>
    <message>
        <source>多边形</source>
        <translation>Outline</translation>
    </message>
    <message>
        <source>画什么形状</source>
        <translation>Shape to draw</translation>
    </message>
    <message>
        <source>要查的地方：拖出矩形，或逐点画多边形；方向键、空格、回车，退格退一点，Delete 清除</source>
        <translation>The place to search: drag a rectangle, or draw an outline corner by corner; arrows, Space, Enter, Backspace takes a corner back, Delete clears</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>换画面</source>
        <translation>New picture</translation>
    </message>
    <message>
        <source>用现在播放的画面来画</source>
        <translation>Draw on the picture that is shown now</translation>
    </message>
    <message>
        <source>按时间轴</source>
        <translation>By timeline</translation>
    </message>
    <message>
        <source>时间取时间轴上显示的一段</source>
        <translation>Take the time that the timeline shows</translation>
    </message>
    <message>
        <source>开始查找</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>查找进度</source>
        <translation>Progress of the search</translation>
    </message>
    <message>
        <source>找到的移动；回车跳到</source>
        <translation>Motion found; Enter goes there</translation>
    </message>
    <message>
        <source>其中 {length} 在录像机上。</source>
        <translation>Of it {length} lie on the recorder.</translation>
    </message>
    <message>
        <source>录像机上的没有查完：{why}</source>
        <translation>What lies on the recorder was not all searched: {why}</translation>
    </message>
</context>
<context>
    <name>NewUserForm</name>
    <message>
        <source>请输入用户名。</source>
        <translation>Enter a user name.</translation>
    </message>
    <message>
        <source>已建立用户 {name}，可以登录了。</source>
        <translation>User {name} is made and can log in.</translation>
    </message>
    <message>
        <source>新建用户</source>
        <translation>New user</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>再输一次密码</source>
        <translation>Password again</translation>
    </message>
    <message>
        <source>登录时输入的名字</source>
        <translation>The name typed at log-in</translation>
    </message>
    <message>
        <source>至少 8 个字符</source>
        <translation>At least 8 characters</translation>
    </message>
    <message>
        <source>建立</source>
        <translation>Make</translation>
    </message>
</context>
<context>
    <name>NoSiteNote</name>
    <message>
        <source>还没有导入校区</source>
        <translation>No site has been imported yet</translation>
    </message>
    <message>
        <source>导入之前没有摄像机、防区和保安。请管理员在终端运行下面的命令，然后重新打开本程序：</source>
        <translation>Until then there are no cameras, zones or guards. An administrator runs this command in a terminal and then opens the program again:</translation>
    </message>
    <message>
        <source>shouwang site import 校区文件.toml</source>
        <translation>shouwang site import campus.toml</translation>
    </message>
    <message>
        <source>导入校区的命令</source>
        <translation>Command that imports a site</translation>
    </message>
    <message>
        <source>想先看一看：运行 shouwang demo，会打开一个完整的示范校区。</source>
        <translation>To look around first: shouwang demo opens a whole demo campus.</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>接收 F6</source>
        <translation>Accept F6</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Decline</translation>
    </message>
    <message>
        <source>{seconds} 秒内请答复：{owner} 转交 {title} {place} {note}</source>
        <translation>Answer within {seconds} s: {owner} hands you {title}, {place} {note}</translation>
    </message>
    <message>
        <source>等待 {name} 接收（{seconds} 秒）：{place}</source>
        <translation>Waiting for {name} ({seconds} s): {place}</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>升级通知（{rung}）：{title} {place} 无人处置</source>
        <translation>Escalated to {rung}: {title}, {place}, nobody has dealt with it</translation>
    </message>
    <message>
        <source>请电话通知 {call}。{text}</source>
        <translation>Please call {call}. {text}</translation>
    </message>
    <message>
        <source>共 {count} 条 {text}</source>
        <translation>{count} in all. {text}</translation>
    </message>
    <message>
        <source>已阅</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>升级通知（{rung}）：您接的 {title} {place} 超时未核实</source>
        <translation>Escalated to {rung}: {title}, {place}, which is yours, is overdue: not verified in time</translation>
    </message>
    <message>
        <source>升级通知（{rung}）：{title} {place} {owner} 已接警，超时未核实</source>
        <translation>Escalated to {rung}: {title}, {place}: {owner} has it and has not verified it in time</translation>
    </message>
    <message>
        <source>您已接班；{name} 手上还有报警 {alarms} 条、警情 {incidents} 起</source>
        <translation>You have the watch; still with {name}: alarms {alarms}, incidents {incidents}</translation>
    </message>
    <message>
        <source>全部接过来</source>
        <translation>Take all over</translation>
    </message>
    <message>
        <source>暂不</source>
        <translation>Not now</translation>
    </message>
</context>
<context>
    <name>NowPage</name>
    <message>
        <source>{ready} 人可派 · {short} 个岗位缺人 · {missed} 人未签到</source>
        <translation>{ready} can be sent · posts short: {short} · not signed in: {missed}</translation>
    </message>
    <message>
        <source>{guard} 已报平安。</source>
        <translation>{guard} has checked in.</translation>
    </message>
    <message>
        <source>{guard} 已签到。</source>
        <translation>{guard} has signed in.</translation>
    </message>
    <message>
        <source>{guard} 已签退。</source>
        <translation>{guard} has signed out.</translation>
    </message>
    <message>
        <source>{guard} 解除遇险的原因</source>
        <translation>Why {guard} is safe</translation>
    </message>
    <message>
        <source>签退 S</source>
        <translation>Sign out S</translation>
    </message>
    <message>
        <source>签到 S</source>
        <translation>Sign in S</translation>
    </message>
    <message>
        <source>先选一名保安：点卡片，或用方向键。</source>
        <translation>Choose a guard first: click a card, or use the arrows.</translation>
    </message>
    <message>
        <source>对讲机 {radio}</source>
        <translation>Radio {radio}</translation>
    </message>
    <message>
        <source>电话 {phone}</source>
        <translation>Phone {phone}</translation>
    </message>
    <message>
        <source>机动</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>位置 {x:.0f}, {y:.0f}（{source}）</source>
        <translation>At {x:.0f}, {y:.0f} ({source})</translation>
    </message>
    <message>
        <source>上次报平安 {at}</source>
        <translation>Last check-in {at}</translation>
    </message>
    <message>
        <source>{at} 签到，迟到 {minutes} 分</source>
        <translation>Signed in {at}, {minutes} min late</translation>
    </message>
    <message>
        <source>{at} 签到</source>
        <translation>Signed in {at}</translation>
    </message>
    <message>
        <source>应上{shift}，未签到</source>
        <translation>Planned for {shift}, not signed in</translation>
    </message>
    <message>
        <source>找人：姓名、编号、对讲机、岗位</source>
        <translation>Find: name, number, radio, post</translation>
    </message>
    <message>
        <source>找人</source>
        <translation>Find a guard</translation>
    </message>
    <message>
        <source>怎样确认安全的，例如：李班长当面确认，误触</source>
        <translation>How their safety was confirmed, e.g. shift leader Li met them; pressed by mistake</translation>
    </message>
    <message>
        <source>解除遇险的原因</source>
        <translation>Why the distress ends</translation>
    </message>
    <message>
        <source>解除遇险</source>
        <translation>End distress</translation>
    </message>
    <message>
        <source>不解除</source>
        <translation>Keep it</translation>
    </message>
    <message>
        <source>报平安 C</source>
        <translation>Check in C</translation>
    </message>
    <message>
        <source>已听到本人，报平安的时限重新计</source>
        <translation>The guard was heard; the check-in clock begins anew</translation>
    </message>
    <message>
        <source>放到{lane}</source>
        <translation>Put under {lane}</translation>
    </message>
</context>
<context>
    <name>NumberKeys</name>
    <message>
        <source>摄像机 {typed}_ → 没有这台摄像机</source>
        <translation>Camera {typed}_ → no such camera</translation>
    </message>
    <message>
        <source>摄像机 {typed}_ → {no} {name}（回车调入）</source>
        <translation>Camera {typed}_ → {no} {name} (Enter shows it)</translation>
    </message>
</context>
<context>
    <name>OnFail</name>
    <message>
        <source>继续</source>
        <translation>go on</translation>
    </message>
    <message>
        <source>停止后面的动作</source>
        <translation>stop what follows</translation>
    </message>
    <message>
        <source>紧急报警</source>
        <translation>urgent alarm</translation>
    </message>
</context>
<context>
    <name>OperatorDesk</name>
    <message>
        <source>摇杆已接好：{name}</source>
        <translation>Joystick ready: {name}</translation>
    </message>
</context>
<context>
    <name>OrderCause</name>
    <message>
        <source>无反馈</source>
        <translation>No feedback</translation>
    </message>
    <message>
        <source>设备拒绝</source>
        <translation>Refused by the device</translation>
    </message>
    <message>
        <source>连不上</source>
        <translation>Unreachable</translation>
    </message>
    <message>
        <source>没有控制线路</source>
        <translation>No way to switch it</translation>
    </message>
    <message>
        <source>是否动作不明</source>
        <translation>Unknown whether it moved</translation>
    </message>
    <message>
        <source>联锁阻止</source>
        <translation>Kept by an interlock</translation>
    </message>
    <message>
        <source>过期</source>
        <translation>Too late</translation>
    </message>
    <message>
        <source>演习中，真实命令未执行</source>
        <translation>A drill is on: real order not carried out</translation>
    </message>
    <message>
        <source>被新命令取代</source>
        <translation>Superseded</translation>
    </message>
    <message>
        <source>人工取消</source>
        <translation>Taken back</translation>
    </message>
</context>
<context>
    <name>OrderEnd</name>
    <message>
        <source>退单或取消的原因</source>
        <translation>Why it is given back or called off</translation>
    </message>
    <message>
        <source>退单</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>保安退回这张派警单</source>
        <translation>The guard gives this order back</translation>
    </message>
    <message>
        <source>取消派警</source>
        <translation>Call off</translation>
    </message>
</context>
<context>
    <name>OrderForm</name>
    <message>
        <source>派警指令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Enter 派出，Shift+Enter 换行</source>
        <translation>Enter sends, Shift+Enter makes a new line</translation>
    </message>
</context>
<context>
    <name>OrderState</name>
    <message>
        <source>待确认</source>
        <translation>To confirm</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>已发出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>启动</source>
        <translation>Started</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>Fault</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>{time} {place}，有人求助。立即前往，先保护人员安全，到场后报告情况。</source>
        <translation>{time} {place}: somebody calls for help. Go at once, protect people first, report when you are there.</translation>
    </message>
    <message>
        <source>{time} {place} 报火警。立即前往核实，组织疏散，到场后报告火情。</source>
        <translation>{time} {place}: fire alarm. Go at once and check, lead people out, report the fire when you are there.</translation>
    </message>
    <message>
        <source>{time} {place}，有人需要急救。带急救包立即前往，到场后报告。</source>
        <translation>{time} {place}: somebody needs first aid. Go at once with the kit, report when you are there.</translation>
    </message>
    <message>
        <source>{time} {place} 被触发。前往查看，发现人员先问明身份，到场后报告。</source>
        <translation>{time} {place} was triggered. Go and look, ask anyone there who they are, report when you are there.</translation>
    </message>
    <message>
        <source>{time} {place} {kind}。前往查看，到场后报告。</source>
        <translation>{time} {place}: {kind}. Go and look, report when you are there.</translation>
    </message>
    <message>
        <source>{sign}内签收 · {arrive} 内到场</source>
        <translation>Sign {sign} · arrive {arrive}</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>通知谁</source>
        <translation>Told</translation>
    </message>
    <message>
        <source>电话通知</source>
        <translation>To be called</translation>
    </message>
    <message>
        <source>已阅</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>已保存，接收机一秒内照此执行。</source>
        <translation>Saved; the hub follows it within a second.</translation>
    </message>
    <message>
        <source>报警超过时限没有处置时，依次通知下列人员，每级一次。不写用户名就通知该角色的所有人。</source>
        <translation>When nobody deals with an alarm in time these are told in turn, each level once. Without user names everyone of the role is told.</translation>
    </message>
    <message>
        <source>{rung}的用户名</source>
        <translation>User names: {rung}</translation>
    </message>
    <message>
        <source>需电话通知的人和号码</source>
        <translation>Whom to call, with number</translation>
    </message>
    <message>
        <source>{rung}的电话</source>
        <translation>Telephone: {rung}</translation>
    </message>
    <message>
        <source>特急报警消音后再响（秒）</source>
        <translation>A silenced P1 alarm sounds again after (s)</translation>
    </message>
    <message>
        <source>不再响</source>
        <translation>never</translation>
    </message>
    <message>
        <source>有结论或已派警后也再响，直到复位</source>
        <translation>Also after a verdict or dispatch, until it is reset</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>最近的升级通知</source>
        <translation>Latest notices</translation>
    </message>
    <message>
        <source>空 = 每位{role}；多人用逗号分开</source>
        <translation>none = every {role}; commas between</translation>
    </message>
</context>
<context>
    <name>OutcomeKind</name>
    <message>
        <source>成为新报警</source>
        <translation>Raised an alarm</translation>
    </message>
    <message>
        <source>并入已有报警</source>
        <translation>Counted with an open alarm</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>重发的报文</source>
        <translation>Repeated frame</translation>
    </message>
    <message>
        <source>只记录</source>
        <translation>Only recorded</translation>
    </message>
    <message>
        <source>已撤防，只记录</source>
        <translation>Disarmed, only recorded</translation>
    </message>
    <message>
        <source>已隔离，只记录</source>
        <translation>Isolated, only recorded</translation>
    </message>
    <message>
        <source>测试中，只记录</source>
        <translation>Under test, only recorded</translation>
    </message>
    <message>
        <source>延时中</source>
        <translation>Entry delay running</translation>
    </message>
</context>
<context>
    <name>OutputAction</name>
    <message>
        <source>启动</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>脉冲</source>
        <translation>Pulse</translation>
    </message>
</context>
<context>
    <name>OutputKind</name>
    <message>
        <source>声光警报</source>
        <translation>Sounder</translation>
    </message>
    <message>
        <source>灯光</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>门</source>
        <translation>Door</translation>
    </message>
    <message>
        <source>电梯</source>
        <translation>Lift</translation>
    </message>
    <message>
        <source>排烟风机</source>
        <translation>Smoke fan</translation>
    </message>
    <message>
        <source>防火卷帘</source>
        <translation>Fire shutter</translation>
    </message>
    <message>
        <source>应急广播</source>
        <translation>Emergency broadcast</translation>
    </message>
    <message>
        <source>消防泵</source>
        <translation>Fire pump</translation>
    </message>
    <message>
        <source>气体灭火</source>
        <translation>Gas release</translation>
    </message>
</context>
<context>
    <name>OutputMode</name>
    <message>
        <source>手动</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
</context>
<context>
    <name>OwnPasswordDialog</name>
    <message>
        <source>请输入现在的密码。</source>
        <translation>Enter the present password.</translation>
    </message>
    <message>
        <source>密码已改，下次登录请用新密码。</source>
        <translation>The password is changed; use the new one from the next log-in.</translation>
    </message>
    <message>
        <source>修改我的密码</source>
        <translation>Change my password</translation>
    </message>
    <message>
        <source>用户 {name}。新密码至少 8 个字符。</source>
        <translation>User {name}. A new password needs at least 8 characters.</translation>
    </message>
    <message>
        <source>现在的密码</source>
        <translation>Present password</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>再输一次新密码</source>
        <translation>New password again</translation>
    </message>
    <message>
        <source>修改密码</source>
        <translation>Change password</translation>
    </message>
</context>
<context>
    <name>OwnTimes</name>
    <message>
        <source>{camera} 另定起止时间</source>
        <translation>{camera}: times of its own</translation>
    </message>
    <message>
        <source>选中的摄像机另定起止时间</source>
        <translation>Times of its own for the chosen camera</translation>
    </message>
    <message>
        <source>在上面选中一台已勾选的摄像机</source>
        <translation>Choose a ticked camera above</translation>
    </message>
    <message>
        <source>这台摄像机的录像起</source>
        <translation>This camera&apos;s recording from</translation>
    </message>
    <message>
        <source>这台摄像机的录像止</source>
        <translation>This camera&apos;s recording until</translation>
    </message>
</context>
<context>
    <name>PagedScreen</name>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>已导出到 {path}</source>
        <translation>Exported to {path}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>搜索（Ctrl+K）</source>
        <translation>Find (Ctrl+K)</translation>
    </message>
    <message>
        <source>找命令、摄像机、地点：汉字、拼音或首字母</source>
        <translation>Finds commands, cameras and places by their names, pinyin or initials</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
</context>
<context>
    <name>PanelProtocol</name>
    <message>
        <source>报警主机（DC-09）</source>
        <translation>Alarm panel (DC-09)</translation>
    </message>
    <message>
        <source>消防传输装置（GB/T 26875.3）</source>
        <translation>Fire transmission device (GB/T 26875.3)</translation>
    </message>
    <message>
        <source>输入输出模块（Modbus）</source>
        <translation>I/O module (Modbus)</translation>
    </message>
    <message>
        <source>摄像机事件（ONVIF）</source>
        <translation>Camera events (ONVIF)</translation>
    </message>
    <message>
        <source>消息主题（MQTT）</source>
        <translation>Message topic (MQTT)</translation>
    </message>
    <message>
        <source>网络接口（HTTP）</source>
        <translation>Web interface (HTTP)</translation>
    </message>
</context>
<context>
    <name>Passwords</name>
    <message>
        <source>密码至少要 8 个字符。</source>
        <translation>A password needs at least 8 characters.</translation>
    </message>
    <message>
        <source>两次输入的密码不一样。</source>
        <translation>The two passwords differ.</translation>
    </message>
</context>
<context>
    <name>PastShots</name>
    <message>
        <source>主码流录像</source>
        <translation>recording of the main stream</translation>
    </message>
    <message>
        <source>子码流录像</source>
        <translation>recording of the sub stream</translation>
    </message>
    <message>
        <source>录像画面，{at} 截取</source>
        <translation>Picture of a recording, taken out on {at}</translation>
    </message>
    <message>
        <source>已保存抓图 {file}，SHA-256 {digest}</source>
        <translation>Snapshot saved to {file}, SHA-256 {digest}</translation>
    </message>
</context>
<context>
    <name>PatternForm</name>
    <message>
        <source>模板名称</source>
        <translation>Template</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>轮班次序</source>
        <translation>Turns</translation>
    </message>
    <message>
        <source>早 08:00-16:00  中 16:00-00:00  夜 00:00-08:00</source>
        <translation>E 08:00-16:00  L 16:00-00:00  N 00:00-08:00</translation>
    </message>
    <message>
        <source>早 早 中 中 夜 夜 休 休</source>
        <translation>E E L L N N - -</translation>
    </message>
    <message>
        <source>按法定节假日和调休</source>
        <translation>Follows public holidays</translation>
    </message>
    <message>
        <source>保存模板</source>
        <translation>Save template</translation>
    </message>
    <message>
        <source>不保存</source>
        <translation>Do not save</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>{post}：{have} 人，应有 {wanted} 人，缺岗</source>
        <translation>{post}: {have} of {wanted}, short</translation>
    </message>
    <message>
        <source>{post}：{have} 人，派出一人后剩 {left} 人，应有 {wanted} 人</source>
        <translation>{post}: {have}; sending one leaves {left} of {wanted}</translation>
    </message>
    <message>
        <source>{post}：{have} 人，应有 {wanted} 人</source>
        <translation>{post}: {have} of {wanted}</translation>
    </message>
    <message>
        <source>缺 {count}  {counts}</source>
        <translation>−{count}  {counts}</translation>
    </message>
    <message>
        <source>{counts} 派即缺</source>
        <translation>{counts} at limit</translation>
    </message>
    <message>
        <source>未报平安 {order}</source>
        <translation>Overdue {order}</translation>
    </message>
    <message>
        <source>未签到 {shift}</source>
        <translation>Not in: {shift}</translation>
    </message>
    <message>
        <source>迟到 {minutes} 分</source>
        <translation>{minutes} min late</translation>
    </message>
    <message>
        <source>{counts} 派即空</source>
        <translation>{counts} last one</translation>
    </message>
</context>
<context>
    <name>PeopleFields</name>
    <message>
        <source>机动，不属岗位</source>
        <translation>Reserve, no post</translation>
    </message>
    <message>
        <source>不分班组</source>
        <translation>No team</translation>
    </message>
    <message>
        <source>没有指定</source>
        <translation>Nobody named</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Roster</translation>
    </message>
    <message>
        <source>通讯录</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>人员各页</source>
        <translation>Pages of people</translation>
    </message>
</context>
<context>
    <name>Peril</name>
    <message>
        <source>有凶器</source>
        <translation>Weapon</translation>
    </message>
    <message>
        <source>有危险品</source>
        <translation>Dangerous goods</translation>
    </message>
    <message>
        <source>有人被困</source>
        <translation>People trapped</translation>
    </message>
    <message>
        <source>有人受伤</source>
        <translation>People injured</translation>
    </message>
    <message>
        <source>有人死亡</source>
        <translation>People dead</translation>
    </message>
</context>
<context>
    <name>Permission</name>
    <message>
        <source>值守</source>
        <translation>Watch</translation>
    </message>
    <message>
        <source>处理报警</source>
        <translation>Handle alarms</translation>
    </message>
    <message>
        <source>复位报警</source>
        <translation>Reset alarms</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>修改校区</source>
        <translation>Edit the site</translation>
    </message>
    <message>
        <source>管理用户</source>
        <translation>Manage users</translation>
    </message>
    <message>
        <source>执行预案</source>
        <translation>Run plans</translation>
    </message>
    <message>
        <source>编制和审核预案</source>
        <translation>Write and review plans</translation>
    </message>
    <message>
        <source>共享布局、预设和轮巡</source>
        <translation>Share layouts, presets and tours</translation>
    </message>
    <message>
        <source>布防撤防</source>
        <translation>Arm and disarm</translation>
    </message>
    <message>
        <source>测试防区</source>
        <translation>Test zones</translation>
    </message>
    <message>
        <source>隔离防区</source>
        <translation>Isolate zones</translation>
    </message>
    <message>
        <source>修改联动规则</source>
        <translation>Change linkage rules</translation>
    </message>
    <message>
        <source>消防联动操作</source>
        <translation>Switch fire outputs</translation>
    </message>
    <message>
        <source>切换联动手动自动</source>
        <translation>Set outputs to manual or automatic</translation>
    </message>
    <message>
        <source>写复盘</source>
        <translation>Write reviews</translation>
    </message>
    <message>
        <source>修改人员和岗位</source>
        <translation>edit people and posts</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>plan rosters</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>规定响应时限</source>
        <translation>set response limits</translation>
    </message>
    <message>
        <source>用手机答复派警</source>
        <translation>Answer orders by phone</translation>
    </message>
    <message>
        <source>组织演练</source>
        <translation>Run drills</translation>
    </message>
    <message>
        <source>查看审计</source>
        <translation>Read the audit</translation>
    </message>
    <message>
        <source>申请调取录像</source>
        <translation>Request recordings</translation>
    </message>
    <message>
        <source>审批调取申请</source>
        <translation>Decide on requests</translation>
    </message>
    <message>
        <source>导出和移交录像</source>
        <translation>Export and hand over recordings</translation>
    </message>
    <message>
        <source>回看刚才的画面</source>
        <translation>Look back at the last minutes</translation>
    </message>
    <message>
        <source>保护录像</source>
        <translation>protect recordings</translation>
    </message>
    <message>
        <source>解除录像保护</source>
        <translation>release protected recordings</translation>
    </message>
</context>
<context>
    <name>PhoneCard</name>
    <message>
        <source>保安手机</source>
        <translation>Guard&apos;s phone</translation>
    </message>
    <message>
        <source>复制链接</source>
        <translation>Copy link</translation>
    </message>
    <message>
        <source>发给保安的链接</source>
        <translation>Link to send to the guard</translation>
    </message>
    <message>
        <source>保安扫描的二维码</source>
        <translation>Code for the guard to scan</translation>
    </message>
    <message>
        <source>整个班次有效（12 小时），不只这张派警单</source>
        <translation>For the whole shift (12 hours), not only for this order</translation>
    </message>
    <message>
        <source>收回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>这名保安的手机立即退出，没有用过的链接也失效</source>
        <translation>This guard&apos;s phone is out at once, and links not used yet open no more</translation>
    </message>
    <message>
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <source>浏览器提示证书时，请保安核对证书指纹（SHA-256）：</source>
        <translation>When the browser asks about the certificate, let the guard compare its fingerprint (SHA-256):</translation>
    </message>
    <message>
        <source>请保安用手机扫描。只能打开一次，{until} 之前有效；手机要连校园网。</source>
        <translation>Let the guard scan it by phone. It opens once, until {until}; the phone must be on the campus network.</translation>
    </message>
    <message>
        <source>哪一名保安的手机</source>
        <translation>Whose phone</translation>
    </message>
</context>
<context>
    <name>PlanCategory</name>
    <message>
        <source>火灾</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>非法侵入</source>
        <translation>Intrusion</translation>
    </message>
    <message>
        <source>打架斗殴</source>
        <translation>Fight</translation>
    </message>
    <message>
        <source>人员走失失联</source>
        <translation>Missing person</translation>
    </message>
    <message>
        <source>突发伤病</source>
        <translation>Medical emergency</translation>
    </message>
    <message>
        <source>暴雨内涝</source>
        <translation>Flood</translation>
    </message>
    <message>
        <source>停电</source>
        <translation>Power cut</translation>
    </message>
    <message>
        <source>人员聚集拥挤</source>
        <translation>Crowd</translation>
    </message>
    <message>
        <source>危险化学品</source>
        <translation>Dangerous goods</translation>
    </message>
    <message>
        <source>爆炸威胁</source>
        <translation>Bomb threat</translation>
    </message>
    <message>
        <source>校园交通</source>
        <translation>Traffic</translation>
    </message>
    <message>
        <source>极端天气</source>
        <translation>Severe weather</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>PlanDifferences</name>
    <message>
        <source>步骤</source>
        <translation>step</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>role</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>call</translation>
    </message>
    <message>
        <source>物资</source>
        <translation>resource</translation>
    </message>
    <message>
        <source>资料</source>
        <translation>document</translation>
    </message>
    <message>
        <source>不能做的事</source>
        <translation>thing not to do</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>英文名称</source>
        <translation>English name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>目的</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>英文目的</source>
        <translation>English purpose</translation>
    </message>
    <message>
        <source>什么时候用</source>
        <translation>When to use it</translation>
    </message>
    <message>
        <source>演练间隔（天）</source>
        <translation>Days between drills</translation>
    </message>
    <message>
        <source>代号</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>英文标题</source>
        <translation>English title</translation>
    </message>
    <message>
        <source>由谁做</source>
        <translation>Done by</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Deadline</translation>
    </message>
    <message>
        <source>必须做</source>
        <translation>Must be done</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>英文说明</source>
        <translation>English text</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next step</translation>
    </message>
    <message>
        <source>选项</source>
        <translation>Answers</translation>
    </message>
    <message>
        <source>栏目</source>
        <translation>Fields</translation>
    </message>
    <message>
        <source>自动动作</source>
        <translation>Automatic action</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>派几人</source>
        <translation>How many are sent</translation>
    </message>
    <message>
        <source>等待时间</source>
        <translation>Waiting time</translation>
    </message>
    <message>
        <source>要有证据</source>
        <translation>Needs evidence</translation>
    </message>
    <message>
        <source>由谁担任</source>
        <translation>Held by</translation>
    </message>
    <message>
        <source>由谁担任（英文）</source>
        <translation>Held by (English)</translation>
    </message>
    <message>
        <source>职责</source>
        <translation>Duty</translation>
    </message>
    <message>
        <source>英文职责</source>
        <translation>English duty</translation>
    </message>
    <message>
        <source>打给谁</source>
        <translation>Who is called</translation>
    </message>
    <message>
        <source>打给谁（英文）</source>
        <translation>Who is called (English)</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>由谁转告</source>
        <translation>Called by</translation>
    </message>
    <message>
        <source>多久之内</source>
        <translation>Within</translation>
    </message>
    <message>
        <source>怎么说</source>
        <translation>What to say</translation>
    </message>
    <message>
        <source>怎么说（英文）</source>
        <translation>What to say (English)</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>英文单位</source>
        <translation>English unit</translation>
    </message>
    <message>
        <source>在哪里</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>在哪里（英文）</source>
        <translation>Where (English)</translation>
    </message>
    <message>
        <source>新增{part}：{name}</source>
        <translation>Added {part}: {name}</translation>
    </message>
    <message>
        <source>删除{part}：{name}</source>
        <translation>Removed {part}: {name}</translation>
    </message>
    <message>
        <source>{part}换了位置：{name}，从第 {before} 移到第 {after}</source>
        <translation>Moved {part}: {name}, from place {before} to {after}</translation>
    </message>
    <message>
        <source>{part}有改动：{name}</source>
        <translation>Changed {part}: {name}</translation>
    </message>
    <message>
        <source>{field}：“{before}” → “{after}”</source>
        <translation>{field}: &quot;{before}&quot; → &quot;{after}&quot;</translation>
    </message>
    <message>
        <source>没有不同。</source>
        <translation>No difference.</translation>
    </message>
</context>
<context>
    <name>PlanEditor</name>
    <message>
        <source>新预案</source>
        <translation>New plan</translation>
    </message>
    <message>
        <source>{name}（有未保存的修改）</source>
        <translation>{name} (changes not saved)</translation>
    </message>
    <message>
        <source>{name} 在您修改期间保存了这个预案。您的修改没有丢，也还没有保存。下面是对方与您的不同，请决定以谁的为准。</source>
        <translation>{name} saved this plan while you were editing it. Your changes are not lost, and not saved yet. Below is what differs between theirs and yours; decide whose stands.</translation>
    </message>
    <message>
        <source>已恢复您上次没有保存的修改。不要的话按“放弃修改”。</source>
        <translation>Your changes that were not saved are here again. If you do not want them, press &quot;Give up changes&quot;.</translation>
    </message>
    <message>
        <source>已保存草稿。还有 {count} 处要改，才能送审。</source>
        <translation>Draft saved. {count} faults must be corrected before it can go to review.</translation>
    </message>
    <message>
        <source>已保存草稿。可以送审了。</source>
        <translation>Draft saved. It can go to review.</translation>
    </message>
    <message>
        <source>您的修改保存在本机，不会丢失。</source>
        <translation>Your changes are kept on this machine and are not lost.</translation>
    </message>
    <message>
        <source>以您的为准：再按“保存草稿”写入，对方的版本留在审计记录里。</source>
        <translation>Yours stands: press &quot;Save draft&quot; to write it; theirs stays in the audit record.</translation>
    </message>
    <message>
        <source>放弃修改</source>
        <translation>Give up changes</translation>
    </message>
    <message>
        <source>返回预案库</source>
        <translation>Back to the library</translation>
    </message>
    <message>
        <source>同时写英文</source>
        <translation>Write English too</translation>
    </message>
    <message>
        <source>以我的为准</source>
        <translation>Mine stands</translation>
    </message>
    <message>
        <source>用对方的，放弃我的</source>
        <translation>Take theirs, give up mine</translation>
    </message>
    <message>
        <source>对方与您的不同</source>
        <translation>What differs between theirs and yours</translation>
    </message>
    <message>
        <source>还要改的地方</source>
        <translation>What must be corrected</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>保存草稿</source>
        <translation>Save draft</translation>
    </message>
    <message>
        <source>基本</source>
        <translation>Basics</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>人员和电话</source>
        <translation>People and calls</translation>
    </message>
    <message>
        <source>禁忌、物资和资料</source>
        <translation>Never do, resources, documents</translation>
    </message>
    <message>
        <source>没有保存的修改会丢失。再按一次放弃修改。</source>
        <translation>What is not saved will be lost. Press once more to give it up.</translation>
    </message>
</context>
<context>
    <name>PlanFate</name>
    <message>
        <source>预案名称</source>
        <translation>Name of the plan</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Heading</translation>
    </message>
    <message>
        <source>目的</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>物资</source>
        <translation>Resource</translation>
    </message>
    <message>
        <source>资料</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>不能做的事</source>
        <translation>Never do</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>text</translation>
    </message>
    <message>
        <source>由谁做</source>
        <translation>done by</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>deadline</translation>
    </message>
    <message>
        <source>表头</source>
        <translation>Column headings</translation>
    </message>
    <message>
        <source>没有理解</source>
        <translation>Not understood</translation>
    </message>
</context>
<context>
    <name>PlanList</name>
    <message>
        <source>{date} 已过期</source>
        <translation>{date} overdue</translation>
    </message>
    <message>
        <source>生效 {in_force}，待审核 {in_review}，演练过期 {overdue}</source>
        <translation>In force {in_force}, in review {in_review}, drills overdue {overdue}</translation>
    </message>
    <message>
        <source>正在读取预案…</source>
        <translation>Reading the plans…</translation>
    </message>
    <message>
        <source>没有符合条件的预案。请清空搜索和筛选。</source>
        <translation>No plan fits. Clear the search and the filters.</translation>
    </message>
    <message>
        <source>还没有预案。可以载入十个高校范本审核后使用，也可以新建，或从 DOCX、XLSX 导入。</source>
        <translation>There are no plans yet. Load ten sample plans of a college and review them, write one, or import from DOCX or XLSX.</translation>
    </message>
    <message>
        <source>还没有预案。请保卫处编写或载入范本。</source>
        <translation>There are no plans yet. The security office writes them or loads the samples.</translation>
    </message>
    <message>
        <source>预案库</source>
        <translation>Plan library</translation>
    </message>
    <message>
        <source>名称、拼音或关键词（Ctrl+F）</source>
        <translation>Name, pinyin or keyword (Ctrl+F)</translation>
    </message>
    <message>
        <source>搜索预案</source>
        <translation>Search plans</translation>
    </message>
    <message>
        <source>演练过期</source>
        <translation>Drill overdue</translation>
    </message>
    <message>
        <source>载入范本</source>
        <translation>Load samples</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>演练期限</source>
        <translation>Drill due</translation>
    </message>
    <message>
        <source>全部类别</source>
        <translation>All categories</translation>
    </message>
    <message>
        <source>全部级别</source>
        <translation>All levels</translation>
    </message>
    <message>
        <source>在用的</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
    <message>
        <source>导入…</source>
        <translation>Import…</translation>
    </message>
</context>
<context>
    <name>PlanReader</name>
    <message>
        <source>第 {version} 版</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edited</translation>
    </message>
    <message>
        <source>编制</source>
        <translation>Written by</translation>
    </message>
    <message>
        <source>停用…</source>
        <translation>Retire…</translation>
    </message>
    <message>
        <source>审核发布</source>
        <translation>Review and publish</translation>
    </message>
    <message>
        <source>演练期限</source>
        <translation>Drill due</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>审核发布人</source>
        <translation>Published by</translation>
    </message>
    <message>
        <source>从左边选一个预案。</source>
        <translation>Choose a plan at the left.</translation>
    </message>
    <message>
        <source>审核退回：{note}</source>
        <translation>Given back by the reviewer: {note}</translation>
    </message>
    <message>
        <source>停用原因：{note}</source>
        <translation>Retired because: {note}</translation>
    </message>
    <message>
        <source>{name} 送审。看完全文和改动后发布，或写明原因退回。</source>
        <translation>Sent in by {name}. Read the whole text and the changes, then publish it, or give it back with a reason.</translation>
    </message>
    <message>
        <source>这份是您编写或送审的，要由另一位保卫处人员发布。</source>
        <translation>You wrote or sent in this one; another person of the security office must publish it.</translation>
    </message>
    <message>
        <source>放弃草稿，回到第 {version} 版</source>
        <translation>Give up the draft, back to version {version}</translation>
    </message>
    <message>
        <source>恢复使用</source>
        <translation>Use again</translation>
    </message>
    <message>
        <source>预案存到</source>
        <translation>Save the plan to</translation>
    </message>
    <message>
        <source>{name} 已送审，请另一位保卫处人员审核。</source>
        <translation>{name} is in review; another person of the security office reviews it.</translation>
    </message>
    <message>
        <source>{name} 已退回。</source>
        <translation>{name} was given back.</translation>
    </message>
    <message>
        <source>{name} 已发布，从现在起按这一版执行。</source>
        <translation>{name} is published; from now on this version is run.</translation>
    </message>
    <message>
        <source>{name} 的草稿已放弃。</source>
        <translation>The draft of {name} was given up.</translation>
    </message>
    <message>
        <source>{name} 已停用。</source>
        <translation>{name} is retired.</translation>
    </message>
    <message>
        <source>{name} 已恢复。</source>
        <translation>{name} is in use again.</translation>
    </message>
    <message>
        <source>已载入 {name} 个范本，请逐个看过后发布。</source>
        <translation>{name} samples loaded; read each of them and publish it.</translation>
    </message>
    <message>
        <source>已写入 {name}。</source>
        <translation>Written to {name}.</translation>
    </message>
    <message>
        <source>{name} 已保存。</source>
        <translation>{name} is saved.</translation>
    </message>
    <message>
        <source>全文</source>
        <translation>Full text</translation>
    </message>
    <message>
        <source>版本和改动</source>
        <translation>Versions and changes</translation>
    </message>
    <message>
        <source>预案全文</source>
        <translation>Full text of the plan</translation>
    </message>
    <message>
        <source>说明或原因</source>
        <translation>Note or reason</translation>
    </message>
    <message>
        <source>编辑</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>送审</source>
        <translation>Send to review</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>执行预案</source>
        <translation>Run plan</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Retire</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>Drill</translation>
    </message>
    <message>
        <source>打印、导出…</source>
        <translation>Print, export…</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>PlanRun</name>
    <message>
        <source>正在执行…</source>
        <translation>being carried out…</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>已接通并复述</source>
        <translation>Reached, read back</translation>
    </message>
    <message>
        <source>无人接听</source>
        <translation>No answer</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>已报告</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>执行</source>
        <translation>Carry out</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>PlanRunScreen</name>
    <message>
        <source>预案执行：进行中 {count}</source>
        <translation>Plan runs, under way: {count}</translation>
    </message>
    <message>
        <source>预案执行记录，进行中的在前</source>
        <translation>Plan runs, open ones first</translation>
    </message>
    <message>
        <source>没有执行过预案。在报警上按 Shift+F4，或在警情页按“预案”，即可启动。</source>
        <translation>No plan has been carried out. Press Shift+F4 on an alarm, or Plan on the incidents screen, to begin one.</translation>
    </message>
    <message>
        <source>【演练】{plan}</source>
        <translation>[DRILL] {plan}</translation>
    </message>
    <message>
        <source>{state} {over}/{whole}</source>
        <translation>{state} {over}/{whole}</translation>
    </message>
    <message>
        <source>{said} · 超时 {late}</source>
        <translation>{said} · late: {late}</translation>
    </message>
</context>
<context>
    <name>PlanRunState</name>
    <message>
        <source>执行中</source>
        <translation>Running</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Completed</translation>
    </message>
    <message>
        <source>已终止</source>
        <translation>Aborted</translation>
    </message>
</context>
<context>
    <name>PlanState</name>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>待审核</source>
        <translation>In review</translation>
    </message>
    <message>
        <source>已发布</source>
        <translation>Published</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Retired</translation>
    </message>
</context>
<context>
    <name>PlanTargets</name>
    <message>
        <source>程序推荐的人</source>
        <translation>the unit the program recommends</translation>
    </message>
    <message>
        <source>执行时再定</source>
        <translation>decided when it is run</translation>
    </message>
    <message>
        <source>看得见现场的摄像机</source>
        <translation>cameras that see the place</translation>
    </message>
    <message>
        <source>能转向现场的云台</source>
        <translation>a camera that can turn there</translation>
    </message>
    <message>
        <source>所有席位</source>
        <translation>all seats</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>预案要有名称，最多 60 个字，写在一行里。</source>
        <translation>The plan needs a name of at most 60 characters on one line.</translation>
    </message>
    <message>
        <source>预案太大：最多 120 步，角色、电话、物资、资料各 80 条。</source>
        <translation>The plan is too large: at most 120 steps and 80 each of roles, calls, resources and documents.</translation>
    </message>
    <message>
        <source>有一段文字超过 4000 个字。</source>
        <translation>A passage has more than 4000 characters.</translation>
    </message>
    <message>
        <source>级别只能是Ⅰ至Ⅳ级。</source>
        <translation>The level must be Ⅰ to Ⅳ.</translation>
    </message>
    <message>
        <source>演练间隔要在 0 到 3650 天之间。</source>
        <translation>The days between drills must be 0 to 3650.</translation>
    </message>
    <message>
        <source>角色“{what}”没有名称，或与另一个角色重复。</source>
        <translation>The role &quot;{what}&quot; has no name, or is there twice.</translation>
    </message>
    <message>
        <source>物资“{what}”没有名称，或级别、数量不对。</source>
        <translation>The resource &quot;{what}&quot; has no name, or a wrong level or amount.</translation>
    </message>
    <message>
        <source>电话“{what}”没有写给谁，或级别、时限不对，或重复。</source>
        <translation>The call &quot;{what}&quot; says nobody, has a wrong level or time, or is there twice.</translation>
    </message>
    <message>
        <source>电话“{what}”要由一个不存在的人转告。</source>
        <translation>The call &quot;{what}&quot; is to be made by somebody who is not in the table.</translation>
    </message>
    <message>
        <source>电话“{what}”绕回到自己，没有人先打。</source>
        <translation>The call &quot;{what}&quot; leads back to itself; nobody begins.</translation>
    </message>
    <message>
        <source>{step}：打给“{what}”，电话表里没有，也不是号码。请从电话表中选，或写号码。</source>
        <translation>{step}: calls &quot;{what}&quot;, who is not in the call table and is no number. Choose from the table or write a number.</translation>
    </message>
    <message>
        <source>还没有步骤。请至少写一步。</source>
        <translation>There are no steps yet. Write at least one.</translation>
    </message>
    <message>
        <source>步骤太多，最多 {what} 步。请拆成几个预案。</source>
        <translation>Too many steps, at most {what}. Split it into several plans.</translation>
    </message>
    <message>
        <source>{step}：代号“{what}”不能用。请删除这一步后重新添加。</source>
        <translation>{step}: the code &quot;{what}&quot; cannot be used. Remove the step and add it again.</translation>
    </message>
    <message>
        <source>{step}：代号“{what}”重复。请删除这一步后重新添加。</source>
        <translation>{step}: the code &quot;{what}&quot; is there twice. Remove the step and add it again.</translation>
    </message>
    <message>
        <source>{step}：没有标题，或标题超过 120 个字。</source>
        <translation>{step}: has no title, or one of more than 120 characters.</translation>
    </message>
    <message>
        <source>{step}：说明超过 {what} 个字。</source>
        <translation>{step}: the text has more than {what} characters.</translation>
    </message>
    <message>
        <source>{step}：时限要在 0 秒到 24 小时之间。</source>
        <translation>{step}: the deadline must be between 0 seconds and 24 hours.</translation>
    </message>
    <message>
        <source>{step}：角色“{what}”不在人员表里。</source>
        <translation>{step}: the role &quot;{what}&quot; is not in the table of people.</translation>
    </message>
    <message>
        <source>{step}：下一步“{what}”已经没有了。请重新选择。</source>
        <translation>{step}: the next step &quot;{what}&quot; is gone. Choose again.</translation>
    </message>
    <message>
        <source>{step}：判断只能回答“是”或“否”。</source>
        <translation>{step}: a yes/no step can only be answered with yes or no.</translation>
    </message>
    <message>
        <source>{step}：选择要有 2 到 {what} 个不同的选项。</source>
        <translation>{step}: needs 2 to {what} different answers.</translation>
    </message>
    <message>
        <source>{step}：有一个选项没有文字。</source>
        <translation>{step}: an answer has no words.</translation>
    </message>
    <message>
        <source>{step}：写了选项，但这一步不是判断或选择。</source>
        <translation>{step}: has answers, but asks nothing.</translation>
    </message>
    <message>
        <source>{step}：表单要有 1 到 {what} 个不同的栏目。</source>
        <translation>{step}: the form needs 1 to {what} different fields.</translation>
    </message>
    <message>
        <source>{step}：有一个栏目没有名称。</source>
        <translation>{step}: a field has no name.</translation>
    </message>
    <message>
        <source>{step}：栏目“{what}”要有两个以上选项。</source>
        <translation>{step}: the field &quot;{what}&quot; needs at least two options.</translation>
    </message>
    <message>
        <source>{step}：写了栏目，但这一步不是填写。</source>
        <translation>{step}: has fields, but is no form.</translation>
    </message>
    <message>
        <source>{step}：等待时间要在 1 秒到 24 小时之间。</source>
        <translation>{step}: the waiting time must be between 1 second and 24 hours.</translation>
    </message>
    <message>
        <source>{step}：派警要派 1 到 {what} 人。</source>
        <translation>{step}: a dispatch sends 1 to {what} people.</translation>
    </message>
    <message>
        <source>{step}：自动动作没有填全。请补全，或改为由人来做。</source>
        <translation>{step}: the automatic action is incomplete. Complete it, or let a person do the step.</translation>
    </message>
    <message>
        <source>{step}：没有任何一步通到这里。请改上面的“下一步”，或删除它。</source>
        <translation>{step}: no step leads here. Change a &quot;next step&quot; above, or remove it.</translation>
    </message>
    <message>
        <source>{step}：从这里走不到结束，会一直绕圈。请给它一条出路。</source>
        <translation>{step}: from here the end is never reached, it goes round for ever. Give it a way out.</translation>
    </message>
    <message>
        <source>第 {number} 步</source>
        <translation>Step {number}</translation>
    </message>
    <message>
        <source>第 {number} 步“{title}”</source>
        <translation>Step {number} &quot;{title}&quot;</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>end</translation>
    </message>
    <message>
        <source>接着下一步</source>
        <translation>the step below</translation>
    </message>
    <message>
        <source>{count} 天</source>
        <translation>{count} days</translation>
    </message>
    <message>
        <source>{count} 小时</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 秒</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>随程序范本</source>
        <translation>the program&apos;s samples</translation>
    </message>
    <message>
        <source>第 {version} 版</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>{state}（第 {version} 版有效）</source>
        <translation>{state} (version {version} in force)</translation>
    </message>
    <message>
        <source>{state}（到第 {version} 版）</source>
        <translation>{state} (up to version {version})</translation>
    </message>
</context>
<context>
    <name>PlansScreen</name>
    <message>
        <source>新预案</source>
        <translation>New plan</translation>
    </message>
    <message>
        <source>选择预案文件</source>
        <translation>Choose a plan file</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
</context>
<context>
    <name>PlaybackAbsent</name>
    <message>
        <source>之前的录像到 {before}，之后的从 {after} 起</source>
        <translation>The recording before ends at {before}, the one after begins at {after}</translation>
    </message>
    <message>
        <source>最近的录像到 {before} 为止</source>
        <translation>The nearest recording ends at {before}</translation>
    </message>
    <message>
        <source>录像从 {after} 才开始</source>
        <translation>Recordings begin at {after} only</translation>
    </message>
    <message>
        <source>这台摄像机没有设为录像</source>
        <translation>This camera is not set to record</translation>
    </message>
    <message>
        <source>这台摄像机还没有录像</source>
        <translation>Nothing has been recorded of this camera yet</translation>
    </message>
    <message>
        <source>{said}（G 键前往）</source>
        <translation>{said} (G goes there)</translation>
    </message>
</context>
<context>
    <name>PlaybackLines</name>
    <message>
        <source>已导出 {number}，{unit}</source>
        <translation>Exported {number}, {unit}</translation>
    </message>
</context>
<context>
    <name>PlaybackScreen</name>
    <message>
        <source>在左边勾选 1 到 9 台摄像机。没有录像时，请在设置中指定录像硬盘（recording_dirs）。</source>
        <translation>Tick 1 to 9 cameras on the left. If nothing is recorded, name a recording disk in the settings (recording_dirs).</translation>
    </message>
    <message>
        <source>邻近</source>
        <translation>Neighbours</translation>
    </message>
    <message>
        <source>加上看得到同一处或旁边的摄像机</source>
        <translation>Add the cameras that see the same place or the ground beside it</translation>
    </message>
    <message>
        <source>抓图</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>把选中画面按原大小存成图片</source>
        <translation>Keep the chosen picture as a file, as large as it was recorded</translation>
    </message>
    <message>
        <source>书签</source>
        <translation>Bookmark</translation>
    </message>
    <message>
        <source>在此刻加书签</source>
        <translation>Add a bookmark at this moment</translation>
    </message>
    <message>
        <source>到此刻</source>
        <translation>Until here</translation>
    </message>
    <message>
        <source>正在写的书签到此刻为止</source>
        <translation>The bookmark being written ends at this moment</translation>
    </message>
    <message>
        <source>找书签</source>
        <translation>Find bookmarks</translation>
    </message>
    <message>
        <source>书签列表</source>
        <translation>List of bookmarks</translation>
    </message>
    <message>
        <source>时间轴：滚轮缩放，左键拖动定位，右键拖动平移；← → Home End PageUp PageDown</source>
        <translation>Line of time: the wheel zooms, the left button seeks, the right button moves; ← → Home End PageUp PageDown</translation>
    </message>
    <message>
        <source>找移动</source>
        <translation>Motion</translation>
    </message>
    <message>
        <source>在选中画面的一处找什么时候有移动</source>
        <translation>Find when something moved at a place in the chosen picture</translation>
    </message>
    <message>
        <source>声音</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>听或不听选中画面的声音，只在原速正放时有</source>
        <translation>Hear the chosen picture or not; only at 1× forwards</translation>
    </message>
    <message>
        <source>打开文件</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>打开录像文件，也可以把文件拖到这里</source>
        <translation>Open a recording file; it can also be dropped here</translation>
    </message>
    <message>
        <source>起点</source>
        <translation>From here</translation>
    </message>
    <message>
        <source>从此刻起</source>
        <translation>From this moment on</translation>
    </message>
    <message>
        <source>止点</source>
        <translation>To here</translation>
    </message>
    <message>
        <source>到此刻止</source>
        <translation>Up to this moment</translation>
    </message>
    <message>
        <source>保护</source>
        <translation>Protect</translation>
    </message>
    <message>
        <source>保护这些摄像机的这段录像，到期或解除之前谁也删不了</source>
        <translation>Protect this span of these cameras: nothing deletes it until it runs out or is released</translation>
    </message>
</context>
<context>
    <name>PolicePaper</name>
    <message>
        <source>警情移交单（110）</source>
        <translation>Incident transfer form (110)</translation>
    </message>
    <message>
        <source>接警单</source>
        <translation>Incident form</translation>
    </message>
    <message>
        <source>派警单 {number}</source>
        <translation>Dispatch order {number}</translation>
    </message>
    <message>
        <source>反馈单 {number}</source>
        <translation>Feedback {number}</translation>
    </message>
    <message>
        <source>演练，不是真实警情。</source>
        <translation>A drill, no real incident.</translation>
    </message>
    <message>
        <source>字段名后的代码是公安“三台合一”接处警单的字段名，各地平台可能不同。</source>
        <translation>The codes beside the labels are the police&apos;s field names of the joint 110/119/122 forms; platforms differ.</translation>
    </message>
    <message>
        <source>移交人</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>接收民警</source>
        <translation>Taken over by (police)</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
</context>
<context>
    <name>PositionSources</name>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>打卡点</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>模拟</source>
        <translation>Simulated</translation>
    </message>
    <message>
        <source>已离岗</source>
        <translation>Left post</translation>
    </message>
    <message>
        <source>{told}，过时</source>
        <translation>{told}, old</translation>
    </message>
    <message>
        <source>{source} {count} 秒前</source>
        <translation>{source} {count} s ago</translation>
    </message>
    <message>
        <source>{source} {count} 分前</source>
        <translation>{source} {count} min ago</translation>
    </message>
    <message>
        <source>{source} {count} 小时前</source>
        <translation>{source} {count} h ago</translation>
    </message>
</context>
<context>
    <name>PostKind</name>
    <message>
        <source>固定岗</source>
        <translation>Fixed post</translation>
    </message>
    <message>
        <source>流动岗</source>
        <translation>Mobile post</translation>
    </message>
    <message>
        <source>门岗</source>
        <translation>Gate post</translation>
    </message>
    <message>
        <source>中控室</source>
        <translation>Control room</translation>
    </message>
    <message>
        <source>视频巡查</source>
        <translation>Video patrol</translation>
    </message>
</context>
<context>
    <name>PresetPage</name>
    <message>
        <source>修改预设</source>
        <translation>Change preset</translation>
    </message>
    <message>
        <source>把现在的画面存为预设</source>
        <translation>Keep the wall as a preset</translation>
    </message>
    <message>
        <source>换成墙上现在的画面</source>
        <translation>Take what the wall shows now</translation>
    </message>
    <message>
        <source>按时段自动切换（没有报警在处理时）</source>
        <translation>Comes up by itself at these times (when no alarm is being handled)</translation>
    </message>
    <message>
        <source>加一个时段</source>
        <translation>Add a time slot</translation>
    </message>
    <message>
        <source>{tiles} 画面，{count} 台摄像机</source>
        <translation>{tiles} tiles, {count} cameras</translation>
    </message>
</context>
<context>
    <name>PresetPanel</name>
    <message>
        <source>还没有预置位。把画面转到要记住的位置，写上名称，然后保存。</source>
        <translation>No presets yet. Turn the camera to the place to remember, give it a name, and save.</translation>
    </message>
    <message>
        <source>预置位名称</source>
        <translation>Preset name</translation>
    </message>
    <message>
        <source>预置位</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>保存当前位置</source>
        <translation>Save this position</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>回守望位</source>
        <translation>Go home</translation>
    </message>
    <message>
        <source>速度</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>云台速度</source>
        <translation>Steering speed</translation>
    </message>
</context>
<context>
    <name>Priority</name>
    <message>
        <source>特急</source>
        <translation>Critical</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>一般</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Notice</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>超时</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>人工记为“{state}”</source>
        <translation>Mark &quot;{state}&quot;</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>出示二维码：保安用自己的手机看派警单并签收</source>
        <translation>Show a code: the guard sees and signs the order on their own phone</translation>
    </message>
    <message>
        <source>{guard} 的手机二维码</source>
        <translation>Phone code of {guard}</translation>
    </message>
    <message>
        <source>增援</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>数据库恢复后补发</source>
        <translation>sent when the database was back</translation>
    </message>
    <message>
        <source>程序推荐 {name}</source>
        <translation>{name} was recommended</translation>
    </message>
    <message>
        <source>退单/取消</source>
        <translation>Give back / call off</translation>
    </message>
    <message>
        <source>再派</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>签收超时</source>
        <translation>Signed late</translation>
    </message>
    <message>
        <source>到场超时</source>
        <translation>Arrived late</translation>
    </message>
    <message>
        <source>完毕超时</source>
        <translation>Done late</translation>
    </message>
</context>
<context>
    <name>ProposalLines</name>
    <message>
        <source>添加措施</source>
        <translation>Add an action</translation>
    </message>
</context>
<context>
    <name>ProtectionPage</name>
    <message>
        <source>先在上面选摄像机</source>
        <translation>Choose cameras above first</translation>
    </message>
    <message>
        <source>保护 {cameras}</source>
        <translation>Protect {cameras}</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>保护从什么时候起</source>
        <translation>Protect from when</translation>
    </message>
    <message>
        <source>保护到什么时候止</source>
        <translation>Protect until when</translation>
    </message>
    <message>
        <source>原因（必填）</source>
        <translation>Reason (needed)</translation>
    </message>
    <message>
        <source>保护(&amp;B)</source>
        <translation>Protect (&amp;B)</translation>
    </message>
    <message>
        <source>延长(&amp;E)</source>
        <translation>&amp;Extend</translation>
    </message>
    <message>
        <source>解除保护(&amp;J)</source>
        <translation>Release (&amp;J)</translation>
    </message>
    <message>
        <source>被保护的录像</source>
        <translation>Protected recordings</translation>
    </message>
    <message>
        <source>没有被保护的录像。</source>
        <translation>No protected recordings.</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>【演练】{title}</source>
        <translation>[Drill] {title}</translation>
    </message>
    <message>
        <source>尚未共享：只有本机看见，请先用电台或电话处置</source>
        <translation>Not shared yet: seen on this machine only; act by radio or telephone</translation>
    </message>
    <message>
        <source>{state} · {owner} 无应答，可接手</source>
        <translation>{state} · {owner} is silent: may be taken over</translation>
    </message>
    <message>
        <source>{title}【测试位】</source>
        <translation>{title} [test bit]</translation>
    </message>
    <message>
        <source>主机 {panel}，{places} 处</source>
        <translation>Panel {panel}, {places} places</translation>
    </message>
    <message>
        <source>{count} 条 {mark}</source>
        <translation>{count} alarms {mark}</translation>
    </message>
    <message>
        <source>{count} 条</source>
        <translation>{count} alarms</translation>
    </message>
    <message>
        <source>{owner} 搁置至 {until}：{reason}</source>
        <translation>Shelved by {owner} until {until}: {reason}</translation>
    </message>
    <message>
        <source>{owner} 正转交给 {name}</source>
        <translation>{owner} hands over to {name}</translation>
    </message>
    <message>
        <source>{state} · 已报{rung}</source>
        <translation>{state} · told: {rung}</translation>
    </message>
</context>
<context>
    <name>QueueChips</name>
    <message>
        <source>频发 {count}</source>
        <translation>Chattering {count}</translation>
    </message>
    <message>
        <source>滞留 {count}</source>
        <translation>Stale {count}</translation>
    </message>
    <message>
        <source>一分钟内响过三次及以上的报警，可以搁置并报修</source>
        <translation>Alarms that spoke three times or more within a minute; they may be shelved and reported for repair</translation>
    </message>
    <message>
        <source>超过 24 小时没有办结的报警</source>
        <translation>Alarms that have been open for more than 24 hours</translation>
    </message>
    <message>
        <source>按原因归并</source>
        <translation>Group by cause</translation>
    </message>
    <message>
        <source>同一主机、同一类的报警合成一行；特急报警永远单列在最前</source>
        <translation>Alarms of one class and panel become one line; most urgent alarms always stand alone on top</translation>
    </message>
    <message>
        <source>报警潮：10 分钟内 {count} 条</source>
        <translation>Alarm flood: {count} in 10 minutes</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>待处理</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>没有报警。新的报警会出现在这里，并在画面上弹出。</source>
        <translation>No alarms. A new one appears here and over the pictures.</translation>
    </message>
    <message>
        <source>这一栏没有所选的这类报警。再按一次上面的按钮，列出全部。</source>
        <translation>No alarms of the chosen kind in this list. Press the button above again to list them all.</translation>
    </message>
    <message>
        <source>没有待处理的报警。新的报警会出现在这里，并在画面上弹出。</source>
        <translation>No alarms to do. A new one appears here and over the pictures.</translation>
    </message>
    <message>
        <source>您手上没有报警。在“待处理”中按 F1 接警。</source>
        <translation>You have no alarms in hand. Press F1 under &quot;To do&quot; to claim one.</translation>
    </message>
    <message>
        <source>没有搁置的报警。</source>
        <translation>No shelved alarms.</translation>
    </message>
    <message>
        <source>报警队列</source>
        <translation>Alarm queue</translation>
    </message>
    <message>
        <source>报警队列的分类</source>
        <translation>Parts of the alarm queue</translation>
    </message>
    <message>
        <source>已搁置</source>
        <translation>Shelved</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>更多屏幕</source>
        <translation>More screens</translation>
    </message>
</context>
<context>
    <name>RangePage</name>
    <message>
        <source>已看 {done} / {total} 个地址</source>
        <translation>{done} of {total} addresses looked at</translation>
    </message>
    <message>
        <source>看过 {done} 个地址。选一台，按回车。</source>
        <translation>{done} addresses looked at. Choose one and press Enter.</translation>
    </message>
    <message>
        <source>看过 {done} 个地址，没有摄像机。核对网段和端口。</source>
        <translation>{done} addresses looked at, no camera. Check subnet and ports.</translation>
    </message>
    <message>
        <source>将连接 {count} 个地址。密码只用加密方式试。</source>
        <translation>Will contact {count} addresses. The password is tried encrypted only.</translation>
    </message>
    <message>
        <source>写 192.168.1.0/24 或 192.168.1.10-60，最多 1024 个地址。</source>
        <translation>Write 192.168.1.0/24 or 192.168.1.10-60, at most 1024 addresses.</translation>
    </message>
    <message>
        <source>地址范围</source>
        <translation>Addresses</translation>
    </message>
    <message>
        <source>端口</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>开始搜索</source>
        <translation>Start the search</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>搜到的摄像机</source>
        <translation>Cameras found</translation>
    </message>
</context>
<context>
    <name>ReadBackItem</name>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>事情</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>人员情况</source>
        <translation>People</translation>
    </message>
    <message>
        <source>危险</source>
        <translation>Dangers</translation>
    </message>
    <message>
        <source>在哪里接应</source>
        <translation>Where they are met</translation>
    </message>
    <message>
        <source>回拨电话</source>
        <translation>Call-back number</translation>
    </message>
</context>
<context>
    <name>ReasonPanel</name>
    <message>
        <source>返回 Esc</source>
        <translation>Back Esc</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>复位：{place}</source>
        <translation>Reset: {place}</translation>
    </message>
    <message>
        <source>报警器尚未恢复，请写明如何处理</source>
        <translation>The sensor has not restored: how was it dealt with?</translation>
    </message>
    <message>
        <source>例如：已到现场，按钮需钥匙复原，已通知维修。</source>
        <translation>For example: been there, the button needs its key, repair informed.</translation>
    </message>
    <message>
        <source>复位 Enter</source>
        <translation>Reset Enter</translation>
    </message>
    <message>
        <source>接管 {owner} 的报警：{place}</source>
        <translation>Take over {owner}&apos;s alarm: {place}</translation>
    </message>
    <message>
        <source>原因（可不填）</source>
        <translation>Reason (optional)</translation>
    </message>
    <message>
        <source>报警立即归您；对方会收到提示，记录留痕。</source>
        <translation>The alarm is yours at once; the other is told, and it is on record.</translation>
    </message>
    <message>
        <source>接管 Enter</source>
        <translation>Take over Enter</translation>
    </message>
    <message>
        <source>排除：{place}</source>
        <translation>Dismiss: {place}</translation>
    </message>
    <message>
        <source>一键报警和火灾报警须先看过画面，并写明原因。</source>
        <translation>Panic and fire alarms must be viewed first, and need a reason.</translation>
    </message>
    <message>
        <source>确认 Enter</source>
        <translation>Confirm Enter</translation>
    </message>
    <message>
        <source>整组排除：{title} {count} 条</source>
        <translation>Dismiss the group: {title}, {count} alarms</translation>
    </message>
    <message>
        <source>原因（必填）</source>
        <translation>Reason (required)</translation>
    </message>
    <message>
        <source>只含同一主机、同一类的报警；特急报警不在其中，每条各自留痕。</source>
        <translation>Only alarms of the same class and panel; none that is most urgent. Each is recorded by itself.</translation>
    </message>
    <message>
        <source>全部排除 Enter</source>
        <translation>Dismiss all Enter</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>步行 {metres} 米</source>
        <translation>{metres} m on foot</translation>
    </message>
    <message>
        <source>{status}</source>
        <translation>{status}</translation>
    </message>
    <message>
        <source>具备{skill}技能</source>
        <translation>Trained in {skill}</translation>
    </message>
    <message>
        <source>离开后{post}剩 {left} 人（应有 {wanted} 人）</source>
        <translation>Leaves {post} with {left} of {wanted}</translation>
    </message>
    <message>
        <source>近 4 小时已派 {count} 次</source>
        <translation>{count} orders in the last 4 h</translation>
    </message>
    <message>
        <source>离开后{post}剩 {left} 人</source>
        <translation>leaves {left} at {post}</translation>
    </message>
</context>
<context>
    <name>RecordScreen</name>
    <message>
        <source>信号：为什么没有弹出</source>
        <translation>Signals: why no pop-up</translation>
    </message>
    <message>
        <source>升级与值班规定</source>
        <translation>Escalation and standing orders</translation>
    </message>
    <message>
        <source>报警记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>响应时限</source>
        <translation>Response limits</translation>
    </message>
</context>
<context>
    <name>RecordedStream</name>
    <message>
        <source>主码流</source>
        <translation>Main stream</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>Sub-stream</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>录像机不认这个用户名和密码。请核对录像机上的账号；留空则用摄像机的账号。</source>
        <translation>The recorder does not accept this user name and password. Check the account on the recorder; left empty, the camera&apos;s is used.</translation>
    </message>
    <message>
        <source>录像机上没有这个地址或通道。请核对地址和通道。</source>
        <translation>The recorder has no such address or channel. Check both.</translation>
    </message>
    <message>
        <source>录像机拒绝了：端口没有开，或它不能按时间回放。请核对端口，并在录像机上启用回放。</source>
        <translation>The recorder refused: the port is closed, or it cannot play by time. Check the port and switch playback on at the recorder.</translation>
    </message>
    <message>
        <source>录像机没有及时回答。请检查网络，或稍后再试。</source>
        <translation>The recorder did not answer in time. Check the network, or try again later.</translation>
    </message>
    <message>
        <source>到不了录像机。请检查地址和网络。</source>
        <translation>The recorder cannot be reached. Check address and network.</translation>
    </message>
    <message>
        <source>录像机给的码流读不懂。请在录像机上把编码改为 H.264 或 H.265。</source>
        <translation>What the recorder sends cannot be read. Set its coding to H.264 or H.265.</translation>
    </message>
    <message>
        <source>录像机的编码或地址不支持。要 H.264 或 H.265。</source>
        <translation>The recorder&apos;s coding or address is not supported. It must be H.264 or H.265.</translation>
    </message>
    <message>
        <source>录像机挂断了连接。请看它的回放路数是否已满。</source>
        <translation>The recorder hung up. See whether all its playback sessions are taken.</translation>
    </message>
    <message>
        <source>录像机的证书不可信。请核对后记下它的指纹。</source>
        <translation>The recorder&apos;s certificate is not trusted. Check it, then note its fingerprint.</translation>
    </message>
    <message>
        <source>录像机答应了，但这个通道没有录像。</source>
        <translation>The recorder answered, but this channel has no recordings.</translation>
    </message>
    <message>
        <source>取到了 {at} 的画面。</source>
        <translation>A picture of {at} was fetched.</translation>
    </message>
    <message>
        <source>录像机的时钟与本机差 {seconds} 秒，时间轴会跟着错：请给它校时。</source>
        <translation>The recorder&apos;s clock is {seconds} s off this machine&apos;s, and the timeline with it: set its clock.</translation>
    </message>
    <message>
        <source>有 {days} 天的录像，从 {since} 到 {until}，中断 {gaps} 处。</source>
        <translation>Days with recordings: {days}, from {since} to {until}; gaps: {gaps}.</translation>
    </message>
</context>
<context>
    <name>RecorderFields</name>
    <message>
        <source>不改就留空</source>
        <translation>Leave empty to keep</translation>
    </message>
    <message>
        <source>正在询问录像机……</source>
        <translation>Asking the recorder …</translation>
    </message>
    <message>
        <source>录像机  ▴</source>
        <translation>Recorder  ▴</translation>
    </message>
    <message>
        <source>录像机  ▾</source>
        <translation>Recorder  ▾</translation>
    </message>
    <message>
        <source>录像机：已有的 NVR、摄像机自带的卡或 MediaMTX</source>
        <translation>Recorder: an NVR that is there already, the camera&apos;s own card, or MediaMTX</translation>
    </message>
    <message>
        <source>录像机地址</source>
        <translation>Recorder address</translation>
    </message>
    <message>
        <source>录像机通道</source>
        <translation>Recorder channel</translation>
    </message>
    <message>
        <source>录像机用户名</source>
        <translation>Recorder user</translation>
    </message>
    <message>
        <source>录像机密码</source>
        <translation>Recorder password</translation>
    </message>
    <message>
        <source>http://…/onvif/device_service（ONVIF Profile G）、rtsp://…（按时间回放）或 mediamtx+http://主机:9996</source>
        <translation>http://…/onvif/device_service (ONVIF Profile G), rtsp://… (plays by time) or mediamtx+http://host:9996</translation>
    </message>
    <message>
        <source>留空则用摄像机的</source>
        <translation>Empty: the camera&apos;s</translation>
    </message>
    <message>
        <source>看看有什么</source>
        <translation>See what is there</translation>
    </message>
</context>
<context>
    <name>RecordingFields</name>
    <message>
        <source>录像  ▴</source>
        <translation>Recording  ▴</translation>
    </message>
    <message>
        <source>录像  ▾</source>
        <translation>Recording  ▾</translation>
    </message>
    <message>
        <source>录像：方式、时间表、码流、保管天数、配额</source>
        <translation>Recording: mode, hours, stream, days kept, quota</translation>
    </message>
    <message>
        <source>录像方式</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>时间表</source>
        <translation>Hours</translation>
    </message>
    <message>
        <source>时间表之外</source>
        <translation>Outside hours</translation>
    </message>
    <message>
        <source>录哪路</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>保管</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>最多占用</source>
        <translation>At most</translation>
    </message>
    <message>
        <source>报警前</source>
        <translation>Before alarm</translation>
    </message>
    <message>
        <source>报警后</source>
        <translation>After alarm</translation>
    </message>
    <message>
        <source>移动后</source>
        <translation>After motion</translation>
    </message>
    <message>
        <source>一周的时间段，分号隔开，mon 到 sun 为周一到周日</source>
        <translation>Spans of the week, apart by semicolons, mon to sun or daily</translation>
    </message>
    <message>
        <source> 天</source>
        <translation> days</translation>
    </message>
    <message>
        <source>不限</source>
        <translation>No limit</translation>
    </message>
</context>
<context>
    <name>RecordingMode</name>
    <message>
        <source>不录</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>报警时</source>
        <translation>On alarm</translation>
    </message>
    <message>
        <source>移动和报警时</source>
        <translation>On motion and alarm</translation>
    </message>
    <message>
        <source>按时间表</source>
        <translation>By hours</translation>
    </message>
    <message>
        <source>连续</source>
        <translation>Continuous</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>守望没有打开</source>
        <translation>Shouwang did not open</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>ReportsScreen</name>
    <message>
        <source>值班报表</source>
        <translation>Duty reports</translation>
    </message>
    <message>
        <source>报警统计</source>
        <translation>Alarm figures</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Reports</translation>
    </message>
</context>
<context>
    <name>RequestForm</name>
    <message>
        <source>申请单位</source>
        <translation>Asking unit</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>证件或文书编号</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>联系方式</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>对方案号</source>
        <translation>Their case number</translation>
    </message>
    <message>
        <source>本单位警情</source>
        <translation>Our incident</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Ground</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>录像起</source>
        <translation>Recorded from</translation>
    </message>
    <message>
        <source>录像止</source>
        <translation>Recorded to</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>调证通知书、警官证或身份证号</source>
        <translation>Number of warrant, police card or identity card</translation>
    </message>
    <message>
        <source>为什么要、用来做什么</source>
        <translation>Why it is needed and what for</translation>
    </message>
    <message>
        <source>新的调取申请</source>
        <translation>New request for recordings</translation>
    </message>
    <message>
        <source>另做一份带水印的副本</source>
        <translation>Also make a copy with a watermark</translation>
    </message>
    <message>
        <source>只给副本，不给原始录像</source>
        <translation>Give the copies only, not the originals</translation>
    </message>
    <message>
        <source>加密（AES-256）</source>
        <translation>Encrypt (AES-256)</translation>
    </message>
    <message>
        <source>密码在导出时设，另行告知接收人</source>
        <translation>The password is set at the export and told to the recipient by another way</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>遮挡 {count} 处</source>
        <translation>Masks: {count}</translation>
    </message>
    <message>
        <source>画遮挡框…</source>
        <translation>Draw masks…</translation>
    </message>
    <message>
        <source>先勾选摄像机，写对起止时间</source>
        <translation>Tick cameras first and set a valid span</translation>
    </message>
    <message>
        <source>画框要看录像，由有复核权限的人来登记</source>
        <translation>Drawing needs a look at the recording: somebody who may review (shift leader, supervisor) registers it</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>进行中</source>
        <translation>under way</translation>
    </message>
    <message>
        <source>成功</source>
        <translation>done</translation>
    </message>
    <message>
        <source>超时完成</source>
        <translation>late</translation>
    </message>
    <message>
        <source>失败</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>无法执行</source>
        <translation>not possible</translation>
    </message>
    <message>
        <source>未执行</source>
        <translation>not done</translation>
    </message>
    <message>
        <source>中断</source>
        <translation>interrupted</translation>
    </message>
</context>
<context>
    <name>ReviewPaper</name>
    <message>
        <source>复盘报告</source>
        <translation>Incident review</translation>
    </message>
    <message>
        <source>复盘报告（演练）</source>
        <translation>Incident review (drill)</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>Course</translation>
    </message>
    <message>
        <source>用时与目标</source>
        <translation>Times and targets</translation>
    </message>
    <message>
        <source>改进措施</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>警情编号</source>
        <translation>Incident no.</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>负责人</source>
        <translation>Led by</translation>
    </message>
    <message>
        <source>接报</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>控制</source>
        <translation>Contained</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>处置结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>复盘状态</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>制表时间</source>
        <translation>Made at</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>概述</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>原因分析</source>
        <translation>Causes</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>距报警</source>
        <translation>Since alarm</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>环节</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Of</translation>
    </message>
    <message>
        <source>实际</source>
        <translation>Actual</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>评定</source>
        <translation>Judged</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>达标</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>责任人</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>拟定</source>
        <translation>Proposed</translation>
    </message>
    <message>
        <source>复盘人</source>
        <translation>Written by</translation>
    </message>
    <message>
        <source>批准人</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>指挥员</source>
        <translation>Commander</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>导出复盘报告</source>
        <translation>Export the review</translation>
    </message>
    <message>
        <source>已保存。</source>
        <translation>Saved.</translation>
    </message>
    <message>
        <source>已提交，等另一人批准。</source>
        <translation>Submitted; somebody else has to approve it.</translation>
    </message>
    <message>
        <source>已批准。改进措施已列入清单。</source>
        <translation>Approved. Its actions are on the list now.</translation>
    </message>
    <message>
        <source>已退回。</source>
        <translation>Sent back.</translation>
    </message>
    <message>
        <source>已记为完成。</source>
        <translation>Marked done.</translation>
    </message>
    <message>
        <source>已重新打开。</source>
        <translation>Open again.</translation>
    </message>
    <message>
        <source>已导出到 {path}</source>
        <translation>Exported to {path}</translation>
    </message>
    <message>
        <source>复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>改进措施</source>
        <translation>Actions</translation>
    </message>
</context>
<context>
    <name>ReviewState</name>
    <message>
        <source>待写</source>
        <translation>To be written</translation>
    </message>
    <message>
        <source>待批</source>
        <translation>Awaiting approval</translation>
    </message>
    <message>
        <source>已批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>退回重写</source>
        <translation>Sent back</translation>
    </message>
</context>
<context>
    <name>ReviewsPage</name>
    <message>
        <source>未批准 {waiting}</source>
        <translation>{waiting} not approved</translation>
    </message>
    <message>
        <source>只看未批准的</source>
        <translation>Unapproved ones only</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>警情编号</source>
        <translation>Incident no.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>复盘人</source>
        <translation>Written by</translation>
    </message>
    <message>
        <source>批准人</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>还没有复盘。警情标为“已控制”时，复盘自动开始，在这里写。</source>
        <translation>No reviews yet. One opens by itself when an incident is marked contained, and is written here.</translation>
    </message>
    <message>
        <source>经过</source>
        <translation>Course</translation>
    </message>
    <message>
        <source>用时与目标</source>
        <translation>Times and targets</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>值班员</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>班长</source>
        <translation>Shift leader</translation>
    </message>
    <message>
        <source>保卫处</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>管理员</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>Guard</translation>
    </message>
</context>
<context>
    <name>Roster</name>
    <message>
        <source>缺{count} 全天</source>
        <translation>−{count} all day</translation>
    </message>
    <message>
        <source>缺{count} {begins}–{until}</source>
        <translation>−{count} {begins}–{until}</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>假日</source>
        <translation>Holiday</translation>
    </message>
    <message>
        <source>调休上班</source>
        <translation>Worked instead</translation>
    </message>
    <message>
        <source>迟{minutes}分</source>
        <translation>+{minutes} min</translation>
    </message>
    <message>
        <source>未到</source>
        <translation>missed</translation>
    </message>
    <message>
        <source>机动</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>与{guard}换班</source>
        <translation>swapped with {guard}</translation>
    </message>
</context>
<context>
    <name>RosterPage</name>
    <message>
        <source>程序还不知道 {years} 年的放假和调休安排，只按周末和节日本身显示。请按国务院通知核对。</source>
        <translation>The holiday arrangement of {years} is not known to the program yet; weekends and the festivals themselves are shown. Check with the official notice.</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>Guard</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>已排 {count} 个班。</source>
        <translation>{count} shifts planned.</translation>
    </message>
    <message>
        <source>已换班。</source>
        <translation>Swapped.</translation>
    </message>
    <message>
        <source>已排这个班。</source>
        <translation>The shift is planned.</translation>
    </message>
    <message>
        <source>已取消这个班。</source>
        <translation>The shift is cancelled.</translation>
    </message>
    <message>
        <source>已导入 {count} 个班。</source>
        <translation>{count} shifts imported.</translation>
    </message>
    <message>
        <source>模板已保存。</source>
        <translation>The template is saved.</translation>
    </message>
    <message>
        <source>这一周还没开始的班会按模板重排，再按一次执行。</source>
        <translation>Shifts of this week that have not begun will be planned anew. Press again to do it.</translation>
    </message>
    <message>
        <source>再按一次取消 {day} {shift}。</source>
        <translation>Press again to cancel {shift} on {day}.</translation>
    </message>
    <message>
        <source>再选另一名保安的班按 X 换班，按同一个班取消。</source>
        <translation>Choose another guard&apos;s shift and press X to swap; on the same shift X takes the mark away.</translation>
    </message>
    <message>
        <source>导出排班</source>
        <translation>Export the roster</translation>
    </message>
    <message>
        <source>导入排班</source>
        <translation>Import a roster</translation>
    </message>
    <message>
        <source>已写入 {file}</source>
        <translation>Written to {file}</translation>
    </message>
    <message>
        <source>上一周</source>
        <translation>Week before</translation>
    </message>
    <message>
        <source>上一周 Ctrl+PgUp</source>
        <translation>Week before Ctrl+PgUp</translation>
    </message>
    <message>
        <source>下一周</source>
        <translation>Week after</translation>
    </message>
    <message>
        <source>下一周 Ctrl+PgDn</source>
        <translation>Week after Ctrl+PgDn</translation>
    </message>
    <message>
        <source>本周</source>
        <translation>This week</translation>
    </message>
    <message>
        <source>排班模板</source>
        <translation>Shift template</translation>
    </message>
    <message>
        <source>班组次序</source>
        <translation>Order of teams</translation>
    </message>
    <message>
        <source>班组次序，例如 T1 T2 T3 T4</source>
        <translation>Order of teams, e.g. T1 T2 T3 T4</translation>
    </message>
    <message>
        <source>排在前面的班组先上轮班次序里的第一个班</source>
        <translation>The first team begins with the first shift of the turns</translation>
    </message>
    <message>
        <source>按模板排这一周</source>
        <translation>Plan this week</translation>
    </message>
    <message>
        <source>改模板</source>
        <translation>Change template</translation>
    </message>
    <message>
        <source>新模板</source>
        <translation>New template</translation>
    </message>
    <message>
        <source>导入…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>一周的班</source>
        <translation>Shifts of the week</translation>
    </message>
    <message>
        <source>各岗位的缺口</source>
        <translation>Gaps of each post</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>英文名称</source>
        <translation>English name</translation>
    </message>
    <message>
        <source>冷却</source>
        <translation>Cool-down</translation>
    </message>
    <message>
        <source> 秒</source>
        <translation> s</translation>
    </message>
    <message>
        <source>当</source>
        <translation>When</translation>
    </message>
    <message>
        <source>则</source>
        <translation>Then</translation>
    </message>
    <message>
        <source>规则的意思</source>
        <translation>What the rule says</translation>
    </message>
    <message>
        <source>依次执行</source>
        <translation>One after another</translation>
    </message>
    <message>
        <source>前一个动作结束后才做下一个</source>
        <translation>Each action waits until the one before has ended</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>没有了</source>
        <translation>nothing more</translation>
    </message>
    <message>
        <source>接下来：{steps}</source>
        <translation>Next: {steps}</translation>
    </message>
    <message>
        <source>写明暂停或终止的原因，再按一次</source>
        <translation>Say why it is paused or aborted, then press again</translation>
    </message>
    <message>
        <source>★ 建议</source>
        <translation>★ suggested</translation>
    </message>
    <message>
        <source>{count} 步</source>
        <translation>{count} steps</translation>
    </message>
    <message>
        <source>可启动的预案，建议的在前</source>
        <translation>Plans that may be begun, suggested ones first</translation>
    </message>
    <message>
        <source>启动预案 Enter</source>
        <translation>Begin plan Enter</translation>
    </message>
    <message>
        <source>选一条报警或警情，再启动预案。</source>
        <translation>Choose an alarm or incident, then begin a plan.</translation>
    </message>
    <message>
        <source>还没有已发布的预案。请保卫处在“预案”页编制并发布。</source>
        <translation>No plan is published yet. The security office writes and publishes them on the Plans screen.</translation>
    </message>
    <message>
        <source>选一份预案启动；建议的在前。</source>
        <translation>Choose a plan to begin; suggested ones stand first.</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>DRILL</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>另启</source>
        <translation>Another</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>终止</source>
        <translation>Abort</translation>
    </message>
    <message>
        <source>{over}/{whole} 步</source>
        <translation>{over}/{whole} steps</translation>
    </message>
    <message>
        <source>超时 {late}</source>
        <translation>late: {late}</translation>
    </message>
    <message>
        <source>启动预案</source>
        <translation>Begin plan</translation>
    </message>
</context>
<context>
    <name>Rung</name>
    <message>
        <source>班长</source>
        <translation>Shift leader</translation>
    </message>
    <message>
        <source>保卫处</source>
        <translation>Security office</translation>
    </message>
    <message>
        <source>校领导</source>
        <translation>College leader</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>警情</source>
        <translation>Incidents</translation>
    </message>
    <message>
        <source>手册</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>值守</source>
        <translation>Watch</translation>
    </message>
    <message>
        <source>用户</source>
        <translation>Users</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>设备健康</source>
        <translation>Health</translation>
    </message>
    <message>
        <source>{name} 接管了您的报警 {no} {alarm}。</source>
        <translation>{name} has taken over your alarm {no} {alarm}.</translation>
    </message>
    <message>
        <source>退出全屏</source>
        <translation>Leave full screen</translation>
    </message>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>没有人接收，报警 {no} {name} 仍由您处理。</source>
        <translation>Nobody accepted; alarm {no} {name} is still yours.</translation>
    </message>
    <message>
        <source>消防联动</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>消防装置</source>
        <translation>Fire units</translation>
    </message>
    <message>
        <source>联动</source>
        <translation>Linkage</translation>
    </message>
    <message>
        <source>报警记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>复盘</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>执行预案</source>
        <translation>Plan runs</translation>
    </message>
    <message>
        <source>预案</source>
        <translation>Plans</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>已保存到 {path}</source>
        <translation>Saved to {path}</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>Drills</translation>
    </message>
    <message>
        <source>回放</source>
        <translation>Playback</translation>
    </message>
    <message>
        <source>没有选中报警。请先在值守页选中一条，或按 F12 登记，再执行预案。</source>
        <translation>No alarm is chosen. Choose one on the watch screen, or report one with F12, then run the plan.</translation>
    </message>
    <message>
        <source>调阅取证</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>录像保管</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>{name} 接班，接过了您手上的报警和警情，共 {count} 件。</source>
        <translation>{name} took the watch over, and with it the alarms and incidents that you had: {count}.</translation>
    </message>
</context>
<context>
    <name>SeatPlans</name>
    <message>
        <source>{name} 跳过了预案“{plan}”的“{step}”：{reason}</source>
        <translation>{name} skipped &quot;{step}&quot; of the plan {plan}: {reason}</translation>
    </message>
    <message>
        <source>{name} 终止了预案“{plan}”：{reason}</source>
        <translation>{name} aborted the plan {plan}: {reason}</translation>
    </message>
</context>
<context>
    <name>Sensitivity</name>
    <message>
        <source>低：大的移动</source>
        <translation>Low: large motion</translation>
    </message>
    <message>
        <source>中：人和车</source>
        <translation>Medium: people, vehicles</translation>
    </message>
    <message>
        <source>高：最小的移动</source>
        <translation>High: the smallest motion</translation>
    </message>
</context>
<context>
    <name>SheetForm</name>
    <message>
        <source>报警人姓名</source>
        <translation>Caller&apos;s name</translation>
    </message>
    <message>
        <source>联系电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>匿名</source>
        <translation>Anonymous</translation>
    </message>
    <message>
        <source>已知</source>
        <translation>Known</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>降低级别的原因</source>
        <translation>Reason for lowering the level</translation>
    </message>
</context>
<context>
    <name>ShelfPanel</name>
    <message>
        <source>搁置：{place}</source>
        <translation>Shelve: {place}</translation>
    </message>
    <message>
        <source>15 分钟</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 小时</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>4 小时</source>
        <translation>4 h</translation>
    </message>
    <message>
        <source>24 小时</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>原因（必填），例如：树枝晃动，已报修</source>
        <translation>Reason (required), e.g. branches in the wind, repair ordered</translation>
    </message>
    <message>
        <source>搁置原因</source>
        <translation>Reason for shelving</translation>
    </message>
    <message>
        <source>到时自动取回并鸣响；期间照常计数，升级时限不停。</source>
        <translation>It comes back by itself with sound; until then it counts on and its clocks go on.</translation>
    </message>
    <message>
        <source>搁置 Enter</source>
        <translation>Shelve Enter</translation>
    </message>
    <message>
        <source>返回 Esc</source>
        <translation>Back Esc</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>守望 校园指挥中心</source>
        <translation>Shouwang Campus Command Centre</translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>还没有准备交接班</source>
        <translation>No handover is prepared yet</translation>
    </message>
    <message>
        <source>与上面不同的现状（{count} 处），签字时一并记入</source>
        <translation>Now otherwise than above ({count}); recorded with the signature</translation>
    </message>
    <message>
        <source>特急报警没有人接警，现在不能签字：{alarms}</source>
        <translation>P1 alarms without an owner, so nobody can sign now: {alarms}</translation>
    </message>
    <message>
        <source>准备交接班</source>
        <translation>Prepare handover</translation>
    </message>
    <message>
        <source>按记录重新写一遍交接内容 ({key})</source>
        <translation>Write the content anew from the record ({key})</translation>
    </message>
    <message>
        <source>本班记事：下一班要知道的事</source>
        <translation>Note of the shift: what the next one must know</translation>
    </message>
    <message>
        <source>本班记事</source>
        <translation>Notes of the shift</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>把记事写进交接班 ({key})</source>
        <translation>Put the note into the handover ({key})</translation>
    </message>
    <message>
        <source>撤回选中的记事</source>
        <translation>Withdraw the selected note</translation>
    </message>
    <message>
        <source>交接内容</source>
        <translation>Content of the handover</translation>
    </message>
    <message>
        <source>准备之后的变化</source>
        <translation>Changes since it was prepared</translation>
    </message>
    <message>
        <source>按“准备交接班”，程序会从记录中列出未结报警和警情、未反馈的派警单、预案、隔离、故障和借出物品。</source>
        <translation>Press &quot;Prepare handover&quot;: from the record come open alarms and incidents, orders without feedback, plans, isolated zones, faults and lent items.</translation>
    </message>
</context>
<context>
    <name>SignPanel</name>
    <message>
        <source>接班人签字</source>
        <translation>Taking over</translation>
    </message>
    <message>
        <source>交班人签字</source>
        <translation>Handing over</translation>
    </message>
    <message>
        <source>签字接班</source>
        <translation>Sign: take over</translation>
    </message>
    <message>
        <source>签字交班</source>
        <translation>Sign: hand over</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>签字人的用户名</source>
        <translation>User name of the one who signs</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>签字人的密码</source>
        <translation>Password of the one who signs</translation>
    </message>
    <message>
        <source>意见（可不填）</source>
        <translation>Remark (optional)</translation>
    </message>
    <message>
        <source>签字人的意见</source>
        <translation>Remark of the one who signs</translation>
    </message>
</context>
<context>
    <name>SignalsPage</name>
    <message>
        <source>收到</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>代码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>防区或点位</source>
        <translation>Zone or point</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>全部结果</source>
        <translation>Any outcome</translation>
    </message>
    <message>
        <source>从何时</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到何时</source>
        <translation>To</translation>
    </message>
    <message>
        <source>账号（开头几位）</source>
        <translation>Account (how it begins)</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>更早的</source>
        <translation>Older</translation>
    </message>
    <message>
        <source>信号</source>
        <translation>Signals</translation>
    </message>
    <message>
        <source>回放这一刻（{key}）</source>
        <translation>Play this moment ({key})</translation>
    </message>
    <message>
        <source>从信号收到的那一秒起，看报警选中的摄像机当时录下的</source>
        <translation>What the alarm&apos;s cameras recorded, from the second in which the signal came</translation>
    </message>
    <message>
        <source>为什么弹出或没有弹出</source>
        <translation>Why it popped up or not</translation>
    </message>
    <message>
        <source>选一个信号，这里逐步说明它经过了什么、为什么弹出或没有弹出。</source>
        <translation>Choose a signal; here you see step by step what happened to it and why it popped up or not.</translation>
    </message>
    <message>
        <source>这段时间没有符合条件的信号。请放宽时间、账号或结果。</source>
        <translation>No signal of that time matches. Widen the time, account or outcome.</translation>
    </message>
</context>
<context>
    <name>Skills</name>
    <message>
        <source>消防</source>
        <translation>fire fighting</translation>
    </message>
    <message>
        <source>急救</source>
        <translation>first aid</translation>
    </message>
    <message>
        <source>驾驶</source>
        <translation>driving</translation>
    </message>
    <message>
        <source>防暴</source>
        <translation>riot control</translation>
    </message>
</context>
<context>
    <name>SkipStrip</name>
    <message>
        <source>{count} 个步骤被跳过，请阅：{plan}“{step}”，{name}：{reason}</source>
        <translation>Steps skipped: {count}. Please read: {plan}, &quot;{step}&quot;, {name}: {reason}</translation>
    </message>
    <message>
        <source>已阅</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
</context>
<context>
    <name>SlotBar</name>
    <message>
        <source>机动</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>排这个班</source>
        <translation>Plan it</translation>
    </message>
    <message>
        <source>换班 X</source>
        <translation>Swap X</translation>
    </message>
    <message>
        <source>先在一个班上按 X，再在另一名保安的班上按 X</source>
        <translation>Press X on one shift, then X on another guard&apos;s shift</translation>
    </message>
    <message>
        <source>取消这个班 Del</source>
        <translation>Cancel it Del</translation>
    </message>
</context>
<context>
    <name>SlotRow</name>
    <message>
        <source>一</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>星期一</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>二</source>
        <translation>Tu</translation>
    </message>
    <message>
        <source>星期二</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>三</source>
        <translation>We</translation>
    </message>
    <message>
        <source>星期三</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>四</source>
        <translation>Th</translation>
    </message>
    <message>
        <source>星期四</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>五</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>星期五</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>六</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>星期六</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>日</source>
        <translation>Su</translation>
    </message>
    <message>
        <source>星期日</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到；不晚于开始就是次日</source>
        <translation>To; not after the start means the next day</translation>
    </message>
    <message>
        <source>去掉这个时段</source>
        <translation>Remove this time slot</translation>
    </message>
</context>
<context>
    <name>SnapshotPresenter</name>
    <message>
        <source>主码流</source>
        <translation>main stream</translation>
    </message>
    <message>
        <source>子码流</source>
        <translation>sub-stream</translation>
    </message>
    <message>
        <source>{shown}（摄像机 {source}）</source>
        <translation>{shown} (camera: {source})</translation>
    </message>
    <message>
        <source>画面延迟 {age}</source>
        <translation>Picture late by {age}</translation>
    </message>
    <message>
        <source>非实时画面：截取时摄像机没有新画面，这一幅是 {age}前的</source>
        <translation>NOT LIVE: the camera gave no new picture then; this one was {age} old</translation>
    </message>
    <message>
        <source>已保存抓图 {file}，SHA-256 {digest}</source>
        <translation>Snapshot saved: {file}, SHA-256 {digest}</translation>
    </message>
</context>
<context>
    <name>SpanMarks</name>
    <message>
        <source>起点 {at}</source>
        <translation>From {at}</translation>
    </message>
    <message>
        <source>止点 {at}</source>
        <translation>To {at}</translation>
    </message>
</context>
<context>
    <name>SpanPanel</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Splash</name>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
</context>
<context>
    <name>SpokenAlarms</name>
    <message>
        <source>语音播报已打开</source>
        <translation>Alarms are called out</translation>
    </message>
    <message>
        <source>语音播报已关闭</source>
        <translation>Alarms are no longer called out</translation>
    </message>
</context>
<context>
    <name>SteerTools</name>
    <message>
        <source>云台预置位和速度…</source>
        <translation>PTZ presets and speed…</translation>
    </message>
    <message>
        <source>云台回守望位</source>
        <translation>PTZ: back home</translation>
    </message>
</context>
<context>
    <name>SteeringPresenter</name>
    <message>
        <source>云台速度 {speed} / {most}</source>
        <translation>Steering speed {speed} / {most}</translation>
    </message>
    <message>
        <source>{name} 接管了 {camera} 的云台控制</source>
        <translation>{name} has taken over the steering of {camera}</translation>
    </message>
    <message>
        <source>云台：您在控制</source>
        <translation>PTZ: you are steering</translation>
    </message>
    <message>
        <source>云台：{name} 在控制</source>
        <translation>PTZ: {name} is steering</translation>
    </message>
</context>
<context>
    <name>StepCard</name>
    <message>
        <source>写明为什么跳过，再按一次</source>
        <translation>Say why it is skipped, then press again</translation>
    </message>
    <message>
        <source>写明为什么做不到，再按一次</source>
        <translation>Say why it cannot be done, then press again</translation>
    </message>
    <message>
        <source>写好要留作凭据的话，再按一次</source>
        <translation>Write the note to keep as evidence, then press again</translation>
    </message>
    <message>
        <source>附上文件</source>
        <translation>Attach a file</translation>
    </message>
    <message>
        <source>必做</source>
        <translation>mandatory</translation>
    </message>
    <message>
        <source>可选</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>凭据 {count} 件</source>
        <translation>Evidence: {count}</translation>
    </message>
    <message>
        <source>正在附上…</source>
        <translation>Attaching…</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>做不到</source>
        <translation>Cannot be done</translation>
    </message>
    <message>
        <source>再试</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>凭据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>把写的话附上</source>
        <translation>Attach what is written</translation>
    </message>
    <message>
        <source>附上刚才的抓图</source>
        <translation>Attach the last snapshot</translation>
    </message>
    <message>
        <source>附上文件…</source>
        <translation>Attach a file…</translation>
    </message>
    <message>
        <source>备注或原因</source>
        <translation>Note or reason</translation>
    </message>
</context>
<context>
    <name>StepForm</name>
    <message>
        <source>执行的人</source>
        <translation>whoever runs it</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What is done</translation>
    </message>
    <message>
        <source>做什么（英文）</source>
        <translation>What is done (English)</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>由谁做</source>
        <translation>Done by</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Deadline</translation>
    </message>
    <message>
        <source>说明或要说的话</source>
        <translation>Text, or words to say</translation>
    </message>
    <message>
        <source>说明（英文）</source>
        <translation>Text (English)</translation>
    </message>
    <message>
        <source>对象</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>派几人</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>等多久</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>回答</source>
        <translation>Answers</translation>
    </message>
    <message>
        <source>要填的栏目</source>
        <translation>Fields to fill in</translation>
    </message>
    <message>
        <source>然后</source>
        <translation>Then</translation>
    </message>
    <message>
        <source>谁来做</source>
        <translation>Who does it</translation>
    </message>
    <message>
        <source>如 30 秒、3 分钟；空 = 不限</source>
        <translation>as 30 s, 3 min; empty = none</translation>
    </message>
    <message>
        <source>必须做，略过要写原因</source>
        <translation>must be done; skipping needs a reason</translation>
    </message>
    <message>
        <source>要有证据才算做完</source>
        <translation>done only with evidence</translation>
    </message>
    <message>
        <source>英文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>栏目</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>必填</source>
        <translation>must</translation>
    </message>
    <message>
        <source>选项（用、隔开）</source>
        <translation>Options (by comma)</translation>
    </message>
    <message>
        <source>英文选项</source>
        <translation>English options</translation>
    </message>
</context>
<context>
    <name>StepKind</name>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>判断</source>
        <translation>Yes or no</translation>
    </message>
    <message>
        <source>选择</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>填写</source>
        <translation>Fill in</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>打电话</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>广播</source>
        <translation>Broadcast</translation>
    </message>
    <message>
        <source>看画面</source>
        <translation>Look at cameras</translation>
    </message>
    <message>
        <source>转动摄像机</source>
        <translation>Turn camera</translation>
    </message>
    <message>
        <source>门禁</source>
        <translation>Doors</translation>
    </message>
    <message>
        <source>灯光</source>
        <translation>Lights</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>等待</source>
        <translation>Wait</translation>
    </message>
    <message>
        <source>取证</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>通知</source>
        <translation>Notify</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>预案的各个步骤</source>
        <translation>Steps of the plan</translation>
    </message>
    <message>
        <source>超时</source>
        <translation>Late</translation>
    </message>
</context>
<context>
    <name>StepState</name>
    <message>
        <source>未到</source>
        <translation>To come</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skipped</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Not done</translation>
    </message>
</context>
<context>
    <name>StepsPage</name>
    <message>
        <source>（没有标题）</source>
        <translation>(no title)</translation>
    </message>
    <message>
        <source>步骤，Alt+上下键移动</source>
        <translation>Steps; Alt and the arrows move one</translation>
    </message>
    <message>
        <source>拖动或按 Alt+上下键移动，Ctrl+回车在下面添加，Ctrl+Delete 删除</source>
        <translation>Drag, or Alt with the arrows, to move; Ctrl+Enter adds one below, Ctrl+Delete removes</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>上移</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>下移</source>
        <translation>Down</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>发生</source>
        <translation>event</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>restore</translation>
    </message>
    <message>
        <source>仍在</source>
        <translation>still there</translation>
    </message>
    <message>
        <source>测试</source>
        <translation>test</translation>
    </message>
    <message>
        <source>没有可并入的未结报警，成为新报警。</source>
        <translation>There was no open alarm to count it in, so it became a new alarm.</translation>
    </message>
    <message>
        <source>同一防区、同一类的报警还没有办结，计数加一并再次鸣响（搁置的不响）。</source>
        <translation>An alarm of this zone and class was still open: it counted once more and sounded again (a shelved one does not sound).</translation>
    </message>
    <message>
        <source>恢复信号：只记下报警器已恢复，报警仍须人工复位。</source>
        <translation>A restore: it is noted that the sensor is quiet; the alarm still needs a person&apos;s reset.</translation>
    </message>
    <message>
        <source>两分钟内收到过同一报文，是主机重发，不再计数。</source>
        <translation>The same frame came within two minutes before: the panel repeated it, so it was not counted.</translation>
    </message>
    <message>
        <source>这类代码只记录，不报警；恢复信号没有对应的未结报警时也只记录。</source>
        <translation>A code like this is only recorded; so is a restore without an open alarm.</translation>
    </message>
    <message>
        <source>防区所在的布防组当时已撤防，只记录。</source>
        <translation>The group of the zone was disarmed then; it was only recorded.</translation>
    </message>
    <message>
        <source>防区当时已隔离，只记录。</source>
        <translation>The zone was isolated then; it was only recorded.</translation>
    </message>
    <message>
        <source>防区当时在测试，只记录。</source>
        <translation>The zone was under test then; it was only recorded.</translation>
    </message>
    <message>
        <source>进入延时开始，在延时内撤防就不报警。</source>
        <translation>An entry delay began; no alarm when the group is disarmed within it.</translation>
    </message>
    <message>
        <source>驱动</source>
        <translation>Driver</translation>
    </message>
    <message>
        <source>归并</source>
        <translation>Folding</translation>
    </message>
    <message>
        <source>动作</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>没有弹出：这个信号没有引起报警。</source>
        <translation>No pop-up: this signal led to no alarm.</translation>
    </message>
    <message>
        <source>报警 {no}，{state}，共 {count} 次；收到 {received}，首次显示 {shown}，首幅画面 {framed}</source>
        <translation>Alarm {no}, {state}, {count} times; received {received}, first shown {shown}, first picture {framed}</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rule</translation>
    </message>
    <message>
        <source>升级通知</source>
        <translation>Notice</translation>
    </message>
    <message>
        <source>{source}，{at} 收到账号 {account}，代码 {code}，防区 {zone}，{qualifier}</source>
        <translation>{source}, {at}: account {account}, code {code}, zone {zone}, {qualifier}</translation>
    </message>
    <message>
        <source>映射</source>
        <translation>Mapping</translation>
    </message>
    <message>
        <source>旧版本收到的信号，没有留下过程。</source>
        <translation>Received by an older version, which kept no trace.</translation>
    </message>
    <message>
        <source>校区里没有这个账号，按“未知主机”处理。</source>
        <translation>The site does not know this account; it was taken as &quot;unknown account&quot;.</translation>
    </message>
    <message>
        <source>主机 {panel} {name}；信号没有对应的防区</source>
        <translation>Panel {panel} {name}; no zone of the site fits the signal</translation>
    </message>
    <message>
        <source>主机 {panel} {name} → 防区 {zone} {zone_name}，{place}</source>
        <translation>Panel {panel} {name} → zone {zone} {zone_name}, {place}</translation>
    </message>
    <message>
        <source>代码含义：{label}，不是报警代码</source>
        <translation>Code: {label}, no alarm code</translation>
    </message>
    <message>
        <source>代码含义：{label} → {kind}，P{priority}</source>
        <translation>Code: {label} → {kind}, P{priority}</translation>
    </message>
    <message>
        <source>含义</source>
        <translation>Meaning</translation>
    </message>
    <message>
        <source>布防</source>
        <translation>Arming</translation>
    </message>
    <message>
        <source>不受布防、隔离和测试影响</source>
        <translation>Not subject to arming, isolation or tests</translation>
    </message>
    <message>
        <source>已布防（或始终布防），没有隔离，不在测试：计入</source>
        <translation>Armed (or always armed), not isolated, not under test: it counts</translation>
    </message>
    <message>
        <source>{at} 第 {level} 级，通知 {who}</source>
        <translation>{at} level {level}, told {who}</translation>
    </message>
    <message>
        <source>{text}，电话 {call}</source>
        <translation>{text}, to be called: {call}</translation>
    </message>
    <message>
        <source>{text}；{name} {at} 已阅</source>
        <translation>{text}; read by {name} at {at}</translation>
    </message>
</context>
<context>
    <name>StreamState</name>
    <message>
        <source>连接中</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>实时</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>延迟</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>重连中</source>
        <translation>Reconnecting</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>画面定格</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>黑屏</source>
        <translation>Black</translation>
    </message>
    <message>
        <source>遮挡或失焦</source>
        <translation>Covered or blurred</translation>
    </message>
    <message>
        <source>画面移位</source>
        <translation>Camera moved</translation>
    </message>
    <message>
        <source>录像</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>没有录像</source>
        <translation>No recording</translation>
    </message>
</context>
<context>
    <name>SuggestedBy</name>
    <message>
        <source>联动规则打开</source>
        <translation>Opened by a linkage rule</translation>
    </message>
    <message>
        <source>报警代码相符</source>
        <translation>Alarm code fits</translation>
    </message>
    <message>
        <source>报警类型相符</source>
        <translation>Alarm class fits</translation>
    </message>
    <message>
        <source>内容相符</source>
        <translation>Words fit</translation>
    </message>
    <message>
        <source>地点相符</source>
        <translation>Place fits</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>全部导入（{count}）</source>
        <translation>Import all ({count})</translation>
    </message>
    <message>
        <source>选择摄像机表格</source>
        <translation>Choose a table of cameras</translation>
    </message>
    <message>
        <source>模板存到</source>
        <translation>Save the template to</translation>
    </message>
    <message>
        <source>已导入 {count} 台摄像机。</source>
        <translation>{count} cameras imported.</translation>
    </message>
    <message>
        <source>已写入 {file}。</source>
        <translation>{file} written.</translation>
    </message>
    <message>
        <source>{wrong} 行有误，没有导入。请在表格里改正后再选一次。</source>
        <translation>{wrong} rows are wrong; nothing was imported. Correct them in the table and choose it again.</translation>
    </message>
    <message>
        <source>{count} 行都对。按回车全部导入。</source>
        <translation>All {count} rows are right. Press Enter to import them.</translation>
    </message>
    <message>
        <source>先存模板，填好后选择文件。密码列可空，只存本机，不会导出。</source>
        <translation>Save the template, fill it in, choose the file. The password column may be empty; it stays on this computer and is never exported.</translation>
    </message>
    <message>
        <source>第 {line} 行  {name}</source>
        <translation>Row {line}  {name}</translation>
    </message>
    <message>
        <source>选择文件</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>存模板</source>
        <translation>Save template</translation>
    </message>
    <message>
        <source>表格里的摄像机</source>
        <translation>Cameras in the table</translation>
    </message>
</context>
<context>
    <name>TablePreview</name>
    <message>
        <source>第 {line} 行（{said}）：{trouble}</source>
        <translation>Line {line} ({said}): {trouble}</translation>
    </message>
    <message>
        <source>读懂 {good} 行，{bad} 行有误。有误的改好之前，一行也不导入。</source>
        <translation>{good} lines understood, {bad} wrong. Nothing is imported until these are put right.</translation>
    </message>
    <message>
        <source>全部 {good} 行都读懂了，可以导入。</source>
        <translation>All {good} lines are understood and can be imported.</translation>
    </message>
    <message>
        <source>导入全部</source>
        <translation>Import all</translation>
    </message>
    <message>
        <source>不导入</source>
        <translation>Do not import</translation>
    </message>
    <message>
        <source>有误的行</source>
        <translation>Wrong lines</translation>
    </message>
</context>
<context>
    <name>TalkBar</name>
    <message>
        <source>可以对讲：{name}</source>
        <translation>Can be talked to: {name}</translation>
    </message>
    <message>
        <source>正在接通 {name} 的扬声器…</source>
        <translation>Connecting the loudspeaker of {name} …</translation>
    </message>
    <message>
        <source>● 正在对 {name} 讲话，内容已录音</source>
        <translation>● Talking to {name}, being recorded</translation>
    </message>
    <message>
        <source>正在保存与 {name} 的对讲…</source>
        <translation>Keeping the talk with {name} …</translation>
    </message>
    <message>
        <source>按住对讲 ({key})</source>
        <translation>Hold to talk ({key})</translation>
    </message>
</context>
<context>
    <name>TalkTools</name>
    <message>
        <source>开始对讲</source>
        <translation>Start talking</translation>
    </message>
    <message>
        <source>结束对讲</source>
        <translation>End talking</translation>
    </message>
</context>
<context>
    <name>TargetKind</name>
    <message>
        <source>保安</source>
        <translation>Guard</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>巡逻</source>
        <translation>Patrol</translation>
    </message>
    <message>
        <source>队伍</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>110</source>
        <translation>110</translation>
    </message>
    <message>
        <source>119</source>
        <translation>119</translation>
    </message>
    <message>
        <source>120</source>
        <translation>120</translation>
    </message>
    <message>
        <source>部门</source>
        <translation>Department</translation>
    </message>
</context>
<context>
    <name>TileSurface</name>
    <message>
        <source>正在连接</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>实时</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>延迟</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>重新连接中</source>
        <translation>Reconnecting</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>空画面</source>
        <translation>Empty</translation>
    </message>
    <message>
        <source>从摄像机列表或地图拖一台摄像机到这里</source>
        <translation>Drag a camera here from the list or the map</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>没有摄像机看得到这里，请看地图</source>
        <translation>No camera sees this place: use the map</translation>
    </message>
    <message>
        <source>还没有收到画面</source>
        <translation>No picture received yet</translation>
    </message>
    <message>
        <source>已 {age} 没有新画面</source>
        <translation>No new picture for {age}</translation>
    </message>
    <message>
        <source>接警</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False</translation>
    </message>
    <message>
        <source>派警</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>消音</source>
        <translation>Silence</translation>
    </message>
    <message>
        <source>复位</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>{owner} 处理中</source>
        <translation>{owner} has it</translation>
    </message>
    <message>
        <source>视频墙</source>
        <translation>Video wall</translation>
    </message>
    <message>
        <source>画面定格</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>黑屏</source>
        <translation>Black</translation>
    </message>
    <message>
        <source>遮挡或失焦</source>
        <translation>Covered or blurred</translation>
    </message>
    <message>
        <source>画面移位</source>
        <translation>Camera moved</translation>
    </message>
    <message>
        <source>录像</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>内容已 {age} 没有变化</source>
        <translation>Unchanged for {age}</translation>
    </message>
    <message>
        <source>源 {source} 显示 {shown} 帧/秒</source>
        <translation>Source {source} shown {shown} fps</translation>
    </message>
    <message>
        <source>丢 {count}</source>
        <translation>Dropped {count}</translation>
    </message>
    <message>
        <source>证书未核对</source>
        <translation>Certificate unchecked</translation>
    </message>
    <message>
        <source>降质</source>
        <translation>Coarser</translation>
    </message>
    <message>
        <source>减帧</source>
        <translation>Fewer pictures</translation>
    </message>
    <message>
        <source>仅关键帧</source>
        <translation>Key frames only</translation>
    </message>
    <message>
        <source>没有录像</source>
        <translation>No recording</translation>
    </message>
</context>
<context>
    <name>TileTools</name>
    <message>
        <source>抓图</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>停止监听</source>
        <translation>Stop listening</translation>
    </message>
    <message>
        <source>监听声音</source>
        <translation>Listen</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>曾超过时限</source>
        <translation>Was late</translation>
    </message>
    <message>
        <source>已暂停，剩 {time}</source>
        <translation>Paused, {time} left</translation>
    </message>
    <message>
        <source>等待 {time}</source>
        <translation>Waiting {time}</translation>
    </message>
    <message>
        <source>已超时 {time}</source>
        <translation>Late by {time}</translation>
    </message>
    <message>
        <source>剩 {time}</source>
        <translation>{time} left</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>立警情 {incident_no}，来自报警 {alarm}</source>
        <translation>Incident {incident_no} opened from alarm {alarm}</translation>
    </message>
    <message>
        <source>现场已控制：{result}</source>
        <translation>Contained: {result}</translation>
    </message>
    <message>
        <source>警情办结：{result}</source>
        <translation>Closed: {result}</translation>
    </message>
    <message>
        <source>并入其他警情：{result}</source>
        <translation>Merged: {result}</translation>
    </message>
    <message>
        <source>警情不属实：{result}</source>
        <translation>Unfounded: {result}</translation>
    </message>
    <message>
        <source>移交：{result}</source>
        <translation>Transferred: {result}</translation>
    </message>
    <message>
        <source>备注：{text}</source>
        <translation>Note: {text}</translation>
    </message>
    <message>
        <source>派 {guard}：{order}</source>
        <translation>{guard} sent: {order}</translation>
    </message>
    <message>
        <source>派警单已送达 {guard}</source>
        <translation>Order delivered to {guard}</translation>
    </message>
    <message>
        <source>{guard} 签收</source>
        <translation>{guard} signed</translation>
    </message>
    <message>
        <source>{guard} 出发</source>
        <translation>{guard} set out</translation>
    </message>
    <message>
        <source>{guard} 到场</source>
        <translation>{guard} on scene</translation>
    </message>
    <message>
        <source>{guard} 处置完毕</source>
        <translation>{guard} done</translation>
    </message>
    <message>
        <source>{guard} 反馈：{result}</source>
        <translation>{guard} reports: {result}</translation>
    </message>
    <message>
        <source>{guard} 退单：{reason}</source>
        <translation>{guard} returned the order: {reason}</translation>
    </message>
    <message>
        <source>取消派 {guard}：{reason}</source>
        <translation>Order to {guard} cancelled: {reason}</translation>
    </message>
    <message>
        <source>{guard} 未按时签收</source>
        <translation>{guard} did not sign in time</translation>
    </message>
    <message>
        <source>{guard} 未按时到场</source>
        <translation>{guard} did not arrive in time</translation>
    </message>
    <message>
        <source>{guard} 未按时完毕</source>
        <translation>{guard} was not done in time</translation>
    </message>
    <message>
        <source>{guard} 久未报平安，请呼叫</source>
        <translation>{guard} has not checked in for a while, please call</translation>
    </message>
    <message>
        <source>{guard} 逾时未报平安，已升级为报警</source>
        <translation>{guard} has not checked in; an alarm was raised</translation>
    </message>
    <message>
        <source>启动预案 {plan}（第 {version} 版）</source>
        <translation>Plan {plan} started (version {version})</translation>
    </message>
    <message>
        <source>暂停预案 {plan}：{reason}</source>
        <translation>Plan {plan} paused: {reason}</translation>
    </message>
    <message>
        <source>继续预案 {plan}</source>
        <translation>Plan {plan} resumed</translation>
    </message>
    <message>
        <source>终止预案 {plan}：{reason}</source>
        <translation>Plan {plan} aborted: {reason}</translation>
    </message>
    <message>
        <source>预案 {plan} 执行完毕</source>
        <translation>Plan {plan} completed</translation>
    </message>
    <message>
        <source>完成：{step}</source>
        <translation>Done: {step}</translation>
    </message>
    <message>
        <source>{step}：{said}</source>
        <translation>{step}: {said}</translation>
    </message>
    <message>
        <source>跳过“{step}”：{reason}</source>
        <translation>Skipped &quot;{step}&quot;: {reason}</translation>
    </message>
    <message>
        <source>“{step}”做不到：{reason}</source>
        <translation>&quot;{step}&quot; could not be done: {reason}</translation>
    </message>
    <message>
        <source>{step}：无人接听</source>
        <translation>{step}: no answer</translation>
    </message>
    <message>
        <source>“{step}”没有自动完成</source>
        <translation>&quot;{step}&quot; was not carried out by itself</translation>
    </message>
    <message>
        <source>“{step}”超过时限</source>
        <translation>&quot;{step}&quot; is past its deadline</translation>
    </message>
    <message>
        <source>再试“{step}”</source>
        <translation>Trying &quot;{step}&quot; again</translation>
    </message>
    <message>
        <source>“{step}”附上凭据 {said}</source>
        <translation>Evidence for &quot;{step}&quot;: {said}</translation>
    </message>
    <message>
        <source>立警情 {incident_no}，报警人 {caller}</source>
        <translation>Incident {incident_no} opened, reported by {caller}</translation>
    </message>
    <message>
        <source>接警单已修改：{fields}</source>
        <translation>Incident form changed: {fields}</translation>
    </message>
    <message>
        <source>级别由 {was} 改为 {level}</source>
        <translation>Level changed from {was} to {level}</translation>
    </message>
    <message>
        <source>110 警情编号 {number}</source>
        <translation>110 incident number {number}</translation>
    </message>
    <message>
        <source>请求增援 {units} 个单位：{text}</source>
        <translation>Backup of {units} asked for: {text}</translation>
    </message>
    <message>
        <source>重新打开：{reason}</source>
        <translation>Reopened: {reason}</translation>
    </message>
    <message>
        <source>并入警情 {incident_no}：{reason}</source>
        <translation>Took in incident {incident_no}: {reason}</translation>
    </message>
    <message>
        <source>关联警情 {incident_no}</source>
        <translation>Linked with incident {incident_no}</translation>
    </message>
    <message>
        <source>拆出警情 {incident_no}：{title}</source>
        <translation>Split off incident {incident_no}: {title}</translation>
    </message>
    <message>
        <source>由警情 {incident_no} 拆出</source>
        <translation>Split from incident {incident_no}</translation>
    </message>
    <message>
        <source>派 {guard}（程序推荐 {recommended}）：{order}</source>
        <translation>{guard} sent ({recommended} was recommended): {order}</translation>
    </message>
    <message>
        <source>再派 {guard}：{order}</source>
        <translation>{guard} sent again: {order}</translation>
    </message>
    <message>
        <source>派警单 {dispatch_no} {guard} 转到本警情</source>
        <translation>Order {dispatch_no} of {guard} moved to this incident</translation>
    </message>
    <message>
        <source>致电 {party} {number}（{outcome}）：{said}</source>
        <translation>Called {party} {number} ({outcome}): {said}</translation>
    </message>
    <message>
        <source>{party} {number} 来电：{said}</source>
        <translation>{party} {number} called: {said}</translation>
    </message>
    <message>
        <source>{party} 没有复述：{items}</source>
        <translation>{party} did not say back: {items}</translation>
    </message>
    <message>
        <source>{guard} 遇险呼救</source>
        <translation>{guard} called for help</translation>
    </message>
    <message>
        <source>级别由 {was} 降为 {level}：{reason}</source>
        <translation>Level lowered from {was} to {level}: {reason}</translation>
    </message>
    <message>
        <source>{level}警情没有经过复盘就移交，预案还有 {count} 个必做步骤没有做</source>
        <translation>Handed over without a review at {level}; mandatory plan steps not done: {count}</translation>
    </message>
    <message>
        <source>预案 {plan} 转到本警情</source>
        <translation>Plan {plan} moved to this incident</translation>
    </message>
    <message>
        <source>{camera}：有录像（{cause}），画面有移动</source>
        <translation>{camera}: recorded ({cause}), something moved</translation>
    </message>
    <message>
        <source>{camera}：有录像（{cause}）</source>
        <translation>{camera}: recorded ({cause})</translation>
    </message>
    <message>
        <source>{camera}：缺录像，{why}</source>
        <translation>{camera}: recording missing, {why}</translation>
    </message>
    <message>
        <source>{camera}：没有录像</source>
        <translation>{camera}: no recording</translation>
    </message>
    <message>
        <source>{camera}：录像在录像机上</source>
        <translation>{camera}: recorded by the other recorder</translation>
    </message>
    <message>
        <source>{camera}：{kept}</source>
        <translation>{camera}: {kept}</translation>
    </message>
    <message>
        <source>接班，从 {was} 接过警情</source>
        <translation>Took the incident over from {was} with the shift</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>{seconds} 秒</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{metres} 米</source>
        <translation>{metres} m</translation>
    </message>
    <message>
        <source>{kilometres} 公里</source>
        <translation>{kilometres} km</translation>
    </message>
    <message>
        <source>约 {seconds} 秒</source>
        <translation>about {seconds} s</translation>
    </message>
    <message>
        <source>约 {minutes} 分钟</source>
        <translation>about {minutes} min</translation>
    </message>
</context>
<context>
    <name>TimesTable</name>
    <message>
        <source>用时与目标</source>
        <translation>Times and targets</translation>
    </message>
</context>
<context>
    <name>ToPlayback</name>
    <message>
        <source>回放：从 30 秒前看起</source>
        <translation>Playback: from 30 s ago</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>演示</source>
        <translation>DEMO</translation>
    </message>
    <message>
        <source>模拟的校园和报警，不是真实情况</source>
        <translation>A simulated campus and simulated alarms, not real ones</translation>
    </message>
    <message>
        <source>修改我的密码</source>
        <translation>Change my password</translation>
    </message>
    <message>
        <source>English</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>切换语言</source>
        <translation>Switch language</translation>
    </message>
    <message>
        <source>锁定屏幕</source>
        <translation>Lock the screen</translation>
    </message>
    <message>
        <source>录像</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>数据库</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>接收机</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>good</translation>
    </message>
    <message>
        <source>不稳</source>
        <translation>unsteady</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>down</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>未启用</source>
        <translation>not in use</translation>
    </message>
    <message>
        <source>摄像机 {live}/{total}</source>
        <translation>Cameras {live}/{total}</translation>
    </message>
</context>
<context>
    <name>TourBar</name>
    <message>
        <source>轮巡 {name}&#x3000;{position}/{count}&#x3000;{stop}&#x3000;还有 {seconds} 秒</source>
        <translation>Tour {name}  {position}/{count}  {stop}  {seconds} s left</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>您在操作这里，轮巡停住；按 ▶ 继续</source>
        <translation>You are working here, so the tour stands; ▶ goes on</translation>
    </message>
    <message>
        <source>有报警，轮巡停住；处理后自动继续</source>
        <translation>An alarm is here, so the tour stands; it goes on afterwards</translation>
    </message>
    <message>
        <source>没有可显示的下一站</source>
        <translation>No next stop can be shown</translation>
    </message>
    <message>
        <source>上一站（Ctrl+Shift+Left）</source>
        <translation>Previous stop (Ctrl+Shift+Left)</translation>
    </message>
    <message>
        <source>暂停轮巡（Ctrl+T）</source>
        <translation>Pause the tour (Ctrl+T)</translation>
    </message>
    <message>
        <source>继续轮巡（Ctrl+T）</source>
        <translation>Continue the tour (Ctrl+T)</translation>
    </message>
    <message>
        <source>下一站（Ctrl+Shift+Right）</source>
        <translation>Next stop (Ctrl+Shift+Right)</translation>
    </message>
    <message>
        <source>结束轮巡（Ctrl+Shift+T）</source>
        <translation>End the tour (Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
</context>
<context>
    <name>TourPage</name>
    <message>
        <source>修改轮巡</source>
        <translation>Change tour</translation>
    </message>
    <message>
        <source>新建轮巡</source>
        <translation>New tour</translation>
    </message>
    <message>
        <source>摄像机</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>预设</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>布局</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>可选的站</source>
        <translation>Stops to choose from</translation>
    </message>
    <message>
        <source>轮巡的站</source>
        <translation>Stops of the tour</translation>
    </message>
    <message>
        <source>加入所选</source>
        <translation>Add marked</translation>
    </message>
    <message>
        <source> 秒</source>
        <translation> s</translation>
    </message>
    <message>
        <source>停留秒数</source>
        <translation>Seconds per stop</translation>
    </message>
    <message>
        <source>去掉这一站（Delete）</source>
        <translation>Remove this stop (Delete)</translation>
    </message>
    <message>
        <source>{name} · {seconds} 秒</source>
        <translation>{name} · {seconds} s</translation>
    </message>
    <message>
        <source>上移（Ctrl+Shift+Up）</source>
        <translation>Move up (Ctrl+Shift+Up)</translation>
    </message>
    <message>
        <source>下移（Ctrl+Shift+Down）</source>
        <translation>Move down (Ctrl+Shift+Down)</translation>
    </message>
</context>
<context>
    <name>TransferPanel</name>
    <message>
        <source>转交：{place}</source>
        <translation>Hand over: {place}</translation>
    </message>
    <message>
        <source>转交给谁</source>
        <translation>To whom</translation>
    </message>
    <message>
        <source>附言（可不填）</source>
        <translation>Note (optional)</translation>
    </message>
    <message>
        <source>附言</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>对方 15 秒内按 F6 接收才算转交；否则仍归您。</source>
        <translation>It is handed over when the other presses F6 within 15 seconds; otherwise it stays yours.</translation>
    </message>
    <message>
        <source>转交 Enter</source>
        <translation>Hand over Enter</translation>
    </message>
    <message>
        <source>返回 Esc</source>
        <translation>Back Esc</translation>
    </message>
    <message>
        <source>任何一位{role}</source>
        <translation>Any {role}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>播放</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>倒放</source>
        <translation>Play backwards</translation>
    </message>
    <message>
        <source>正放</source>
        <translation>Play forwards</translation>
    </message>
    <message>
        <source>日历，有录像的日子加粗</source>
        <translation>Calendar, days with video are bold</translation>
    </message>
    <message>
        <source>上一个</source>
        <translation>The one before</translation>
    </message>
    <message>
        <source>−10 秒</source>
        <translation>−10 s</translation>
    </message>
    <message>
        <source>上一帧</source>
        <translation>Previous picture</translation>
    </message>
    <message>
        <source>下一帧</source>
        <translation>Next picture</translation>
    </message>
    <message>
        <source>+10 秒</source>
        <translation>+10 s</translation>
    </message>
    <message>
        <source>下一个</source>
        <translation>The next one</translation>
    </message>
    <message>
        <source>回放时刻</source>
        <translation>Moment shown</translation>
    </message>
    <message>
        <source>速度</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>P 和 N 跳到什么（J 换一类）</source>
        <translation>What P and N go to (J changes the kind)</translation>
    </message>
</context>
<context>
    <name>TrialView</name>
    <message>
        <source>第一幅画面</source>
        <translation>First picture</translation>
    </message>
    <message>
        <source>正在连接……</source>
        <translation>Connecting …</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>测试后这里是第一幅画面</source>
        <translation>After the test the first picture is here</translation>
    </message>
    <message>
        <source>子码流不行。{why}</source>
        <translation>The sub-stream fails. {why}</translation>
    </message>
    <message>
        <source>主</source>
        <translation>Main</translation>
    </message>
    <message>
        <source>子</source>
        <translation>Sub</translation>
    </message>
    <message>
        <source>时钟差 {seconds} 秒</source>
        <translation>Clock {seconds} s off</translation>
    </message>
</context>
<context>
    <name>TriggerKind</name>
    <message>
        <source>报警类型</source>
        <translation>Alarm class</translation>
    </message>
    <message>
        <source>事件代码</source>
        <translation>Event code</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>地图区域</source>
        <translation>Area on the map</translation>
    </message>
    <message>
        <source>时段</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>布防</source>
        <translation>Armed</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>全部满足</source>
        <translation>All of these</translation>
    </message>
    <message>
        <source>任一满足</source>
        <translation>Any of these</translation>
    </message>
    <message>
        <source>不满足</source>
        <translation>Not this</translation>
    </message>
    <message>
        <source>多次或多点</source>
        <translation>Several times or places</translation>
    </message>
</context>
<context>
    <name>TurnStrip</name>
    <message>
        <source>尚未显示过的报警 {count} 条，轮流显示</source>
        <translation>{count} alarms not shown yet, in turn</translation>
    </message>
    <message>
        <source>报警比列表能显示的多：没有显示过的在这里轮流显示，点一下选中</source>
        <translation>More alarms than the list has room for: those not shown yet have their turn here. Click one to choose it.</translation>
    </message>
</context>
<context>
    <name>TwoPersons</name>
    <message>
        <source>{names} 已确认。还要另一个人输入自己的用户名和密码。</source>
        <translation>{names} has confirmed. Another person must enter their own user name and password.</translation>
    </message>
    <message>
        <source>危险输出：须两个人先后输入各自的用户名和密码。第一个人：</source>
        <translation>Dangerous output: two persons enter their own user name and password, one after the other. The first:</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>确认人的用户名</source>
        <translation>User name of who confirms</translation>
    </message>
    <message>
        <source>确认人的密码</source>
        <translation>Password of who confirms</translation>
    </message>
    <message>
        <source>确认这条命令（回车）</source>
        <translation>Confirm this order (Enter)</translation>
    </message>
</context>
<context>
    <name>UsersScreen</name>
    <message>
        <source>在用</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>用户</source>
        <translation>Users</translation>
    </message>
    <message>
        <source>还没有能处理报警的人。请在右边建立值班员或班长。</source>
        <translation>Nobody can handle alarms yet. Make an operator or a shift leader at the right.</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>登录锁定</source>
        <translation>Lock-out</translation>
    </message>
</context>
<context>
    <name>ValueFields</name>
    <message>
        <source>取自平面图…</source>
        <translation>Take from the plan…</translation>
    </message>
    <message>
        <source>设备发来的代码，多个用分号隔开，例如 130; BA</source>
        <translation>Codes as devices send them, separated by semicolons, such as 130; BA</translation>
    </message>
    <message>
        <source>例如 mon-fri 22:00-06:00; sat,sun 00:00-24:00</source>
        <translation>For example mon-fri 22:00-06:00; sat,sun 00:00-24:00</translation>
    </message>
    <message>
        <source>角点的米数，例如 470,170; 500,170; 500,200</source>
        <translation>Corners in metres, such as 470,170; 500,170; 500,200</translation>
    </message>
    <message>
        <source>次数（或点数），和多少秒之内</source>
        <translation>How often (or at how many points), and within how many seconds</translation>
    </message>
    <message>
        <source>勾选的布防组都已布防</source>
        <translation>All ticked arm groups are armed</translation>
    </message>
    <message>
        <source>条件的取值</source>
        <translation>What the condition says</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>角点</source>
        <translation>Corners</translation>
    </message>
    <message>
        <source>取自平面图</source>
        <translation>Take from the plan</translation>
    </message>
    <message>
        <source>次数</source>
        <translation>How often</translation>
    </message>
    <message>
        <source>秒数</source>
        <translation>Seconds</translation>
    </message>
    <message>
        <source> 秒内</source>
        <translation> s</translation>
    </message>
    <message>
        <source> 次</source>
        <translation> times</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>属实</source>
        <translation>Genuine</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False</translation>
    </message>
    <message>
        <source>误触</source>
        <translation>Accidental</translation>
    </message>
    <message>
        <source>测试</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>设备故障</source>
        <translation>Device fault</translation>
    </message>
    <message>
        <source>重复</source>
        <translation>Duplicate</translation>
    </message>
</context>
<context>
    <name>VersionsPage</name>
    <message>
        <source>第 {version} 版  {at}  {name}</source>
        <translation>Version {version}  {at}  {name}</translation>
    </message>
    <message>
        <source>恢复这一版</source>
        <translation>Restore this version</translation>
    </message>
    <message>
        <source>版本，最新在前</source>
        <translation>Versions, the newest first</translation>
    </message>
</context>
<context>
    <name>WaitingOrders</name>
    <message>
        <source>待发 {count}：数据库不可用，已存在本机，恢复后按顺序自动送出。请先用对讲机通知。</source>
        <translation>To be sent {count}: the database is away. They are safe on this computer and go out in order when it is back. Tell the guards by radio now.</translation>
    </message>
    <message>
        <source>未送出 {count}：请处理后关闭。</source>
        <translation>Not sent {count}: deal with each, then close it.</translation>
    </message>
</context>
<context>
    <name>WalkPage</name>
    <message>
        <source>已应答</source>
        <translation>answered</translation>
    </message>
    <message>
        <source>未应答</source>
        <translation>no answer</translation>
    </message>
    <message>
        <source>照常报警</source>
        <translation>sounds as always</translation>
    </message>
    <message>
        <source>选范围和时长，按“开始”，请保安逐个触发探测器。入侵和门禁防区期间只记录；一键报警、火灾、医疗求助、防拆照常报警。</source>
        <translation>Choose what and how long, press &quot;Begin&quot; and let a guard set off one detector after the other. Intrusion and access zones are only recorded meanwhile; panic, fire, medical and tamper sound as always.</translation>
    </message>
    <message>
        <source>{owner} 的步行测试进行中：{answered}/{total} 已应答，最晚 {time} 结束。</source>
        <translation>The walk test of {owner} runs: {answered} of {total} answered, it ends at {time} at the latest.</translation>
    </message>
    <message>
        <source>{owner} 的步行测试已结束：{answered}/{total} 已应答，{time}。</source>
        <translation>The walk test of {owner} has ended: {answered} of {total} answered, {time}.</translation>
    </message>
    <message>
        <source>应答</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>信号</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>全部防区（{count}）</source>
        <translation>All zones ({count})</translation>
    </message>
    <message>
        <source>选中的防区（{count}）</source>
        <translation>Chosen zones ({count})</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 小时</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>测试范围</source>
        <translation>What to test</translation>
    </message>
    <message>
        <source>多久</source>
        <translation>How long</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>结束并出报告</source>
        <translation>End and report</translation>
    </message>
    <message>
        <source>导出报告…</source>
        <translation>Export report…</translation>
    </message>
    <message>
        <source>步行测试</source>
        <translation>Walk test</translation>
    </message>
</context>
<context>
    <name>WallActions</name>
    <message>
        <source>返回多画面</source>
        <translation>Back to all tiles</translation>
    </message>
    <message>
        <source>单画面放大</source>
        <translation>Show this tile alone</translation>
    </message>
    <message>
        <source>还原数字变焦</source>
        <translation>Show the whole picture</translation>
    </message>
    <message>
        <source>清空此格</source>
        <translation>Empty this tile</translation>
    </message>
    <message>
        <source>取消热点格</source>
        <translation>No longer the hotspot</translation>
    </message>
    <message>
        <source>设为热点格（总是显示最后选中的摄像机）</source>
        <translation>Make this the hotspot (shows the camera chosen last)</translation>
    </message>
    <message>
        <source>此格上一台摄像机</source>
        <translation>Previous camera of this tile</translation>
    </message>
    <message>
        <source>此格下一台摄像机</source>
        <translation>Next camera of this tile</translation>
    </message>
</context>
<context>
    <name>WallDrawer</name>
    <message>
        <source>{tiles} 画面</source>
        <translation>Layout {tiles}</translation>
    </message>
</context>
<context>
    <name>WallPresenter</name>
    <message>
        <source>热点 · {name}</source>
        <translation>Hotspot · {name}</translation>
    </message>
</context>
<context>
    <name>WallTools</name>
    <message>
        <source>管理布局、预设和轮巡…</source>
        <translation>Manage layouts, presets and tours…</translation>
    </message>
    <message>
        <source>自定义布局…</source>
        <translation>Make an own layout…</translation>
    </message>
    <message>
        <source>按时段自动切换</source>
        <translation>Switch by the time of day</translation>
    </message>
    <message>
        <source>把现在的画面存为预设…</source>
        <translation>Keep the wall as a preset…</translation>
    </message>
    <message>
        <source>新建轮巡…</source>
        <translation>New tour…</translation>
    </message>
    <message>
        <source>预设</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>轮巡</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>预设（Ctrl+1 至 Ctrl+9）</source>
        <translation>Presets (Ctrl+1 to Ctrl+9)</translation>
    </message>
    <message>
        <source>{name} 已保存</source>
        <translation>{name} is saved</translation>
    </message>
    <message>
        <source>按时段切换到预设 {name}；您的改动会保留到下一个时段</source>
        <translation>Preset {name} by its time slot; your changes stay until the next</translation>
    </message>
    <message>
        <source>到了预设 {name} 的时段；报警处理完后切换</source>
        <translation>It is time for preset {name}; it comes up when the alarm is handled</translation>
    </message>
    <message>
        <source>布局</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>用列表里的一组摄像机铺满墙</source>
        <translation>Fill the wall with the list&apos;s group of cameras</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>添加摄像机</source>
        <translation>Add a camera</translation>
    </message>
    <message>
        <source>修改 {camera}</source>
        <translation>Change {camera}</translation>
    </message>
    <message>
        <source>更换 {camera} 的设备</source>
        <translation>Replace the device of {camera}</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>测试</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>停止测试</source>
        <translation>Stop the test</translation>
    </message>
    <message>
        <source>再测试</source>
        <translation>Test again</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>正在保存</source>
        <translation>Saving</translation>
    </message>
    <message>
        <source>放到画面</source>
        <translation>Put on the wall</translation>
    </message>
    <message>
        <source>{action}  回车</source>
        <translation>{action}  Enter</translation>
    </message>
    <message>
        <source>不管测试，先保存</source>
        <translation>Save without a test</translation>
    </message>
    <message>
        <source>已保存为 {camera}，所有席位马上看得到。</source>
        <translation>Saved as {camera}; every seat sees it at once.</translation>
    </message>
    <message>
        <source>返回  Esc</source>
        <translation>Back  Esc</translation>
    </message>
    <message>
        <source>自动发现</source>
        <translation>Discovery</translation>
    </message>
    <message>
        <source>地址范围</source>
        <translation>Addresses</translation>
    </message>
    <message>
        <source>手工</source>
        <translation>By hand</translation>
    </message>
    <message>
        <source>表格</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>怎样找摄像机</source>
        <translation>How to find the camera</translation>
    </message>
    <message>
        <source>点一下定位置，按住拖动定朝向；键盘：方向键移动，“,”“.”转动。</source>
        <translation>Click for the place, drag for where it looks; keys: arrows move, &quot;,&quot; and &quot;.&quot; turn.</translation>
    </message>
    <message>
        <source>摄像机的位置</source>
        <translation>Place of the camera</translation>
    </message>
</context>
<context>
    <name>ZoneCells</name>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>主机/防区号</source>
        <translation>Panel/zone</translation>
    </message>
    <message>
        <source>布防组</source>
        <translation>Arm group</translation>
    </message>
    <message>
        <source>延时</source>
        <translation>Delay</translation>
    </message>
    <message>
        <source>指定摄像机</source>
        <translation>Pinned cameras</translation>
    </message>
    <message>
        <source>最近信号</source>
        <translation>Last signal</translation>
    </message>
    <message>
        <source>{state}，至 {time}</source>
        <translation>{state} until {time}</translation>
    </message>
    <message>
        <source>{owner} 隔离：{reason}</source>
        <translation>Isolated by {owner}: {reason}</translation>
    </message>
    <message>
        <source>不能撤防、隔离或测试：任何时候都报警</source>
        <translation>Cannot be disarmed, isolated or tested: it raises an alarm at any time</translation>
    </message>
    <message>
        <source>报警</source>
        <translation>alarm</translation>
    </message>
    <message>
        <source>重复</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>record</translation>
    </message>
    <message>
        <source>撤防未报</source>
        <translation>disarmed</translation>
    </message>
    <message>
        <source>隔离未报</source>
        <translation>isolated</translation>
    </message>
    <message>
        <source>测试</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>延时中</source>
        <translation>delayed</translation>
    </message>
    <message>
        <source>协议</source>
        <translation>Protocol</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>巡检</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>防区数</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>失联，{time} 起</source>
        <translation>silent since {time}</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>well</translation>
    </message>
    <message>
        <source>不巡检</source>
        <translation>not supervised</translation>
    </message>
    <message>
        <source>时段</source>
        <translation>Hours</translation>
    </message>
    <message>
        <source>最近操作</source>
        <translation>Last operation</translation>
    </message>
    <message>
        <source>人工</source>
        <translation>by hand</translation>
    </message>
    <message>
        <source>按时段 {time}</source>
        <translation>by schedule {time}</translation>
    </message>
    <message>
        <source>无人操作过</source>
        <translation>never operated</translation>
    </message>
    <message>
        <source>{time} 自动布防</source>
        <translation>arms at {time}</translation>
    </message>
    <message>
        <source>{time} 自动撤防</source>
        <translation>disarms at {time}</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>主机/输出号</source>
        <translation>Panel/output</translation>
    </message>
    <message>
        <source>点位</source>
        <translation>Point</translation>
    </message>
    <message>
        <source>反馈防区</source>
        <translation>Feedback zone</translation>
    </message>
    <message>
        <source>反馈限时</source>
        <translation>Feedback within</translation>
    </message>
</context>
<context>
    <name>ZoneCondition</name>
    <message>
        <source>报警中</source>
        <translation>in alarm</translation>
    </message>
    <message>
        <source>已隔离</source>
        <translation>isolated</translation>
    </message>
    <message>
        <source>测试中</source>
        <translation>under test</translation>
    </message>
    <message>
        <source>已撤防</source>
        <translation>disarmed</translation>
    </message>
    <message>
        <source>已布防</source>
        <translation>armed</translation>
    </message>
    <message>
        <source>始终有效</source>
        <translation>always on</translation>
    </message>
</context>
<context>
    <name>ZoneKind</name>
    <message>
        <source>一键报警按钮</source>
        <translation>Panic button</translation>
    </message>
    <message>
        <source>红外对射</source>
        <translation>Infrared beam</translation>
    </message>
    <message>
        <source>烟感</source>
        <translation>Smoke detector</translation>
    </message>
    <message>
        <source>手动报警按钮</source>
        <translation>Manual call point</translation>
    </message>
    <message>
        <source>感温探测器</source>
        <translation>Heat detector</translation>
    </message>
    <message>
        <source>消防设备</source>
        <translation>Fire device</translation>
    </message>
    <message>
        <source>门磁</source>
        <translation>Door contact</translation>
    </message>
    <message>
        <source>摄像机规则</source>
        <translation>Camera rule</translation>
    </message>
    <message>
        <source>开关量输入</source>
        <translation>Digital input</translation>
    </message>
    <message>
        <source>防拆开关</source>
        <translation>Tamper switch</translation>
    </message>
</context>
<context>
    <name>ZonePage</name>
    <message>
        <source>一键报警、火灾、医疗求助、防拆和故障始终有效</source>
        <translation>Panic, fire, medical, tamper and faults always count</translation>
    </message>
    <message>
        <source>搜索防区</source>
        <translation>Search zones</translation>
    </message>
    <message>
        <source>只看</source>
        <translation>Show only</translation>
    </message>
    <message>
        <source>全部状态</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>测试…</source>
        <translation>Test…</translation>
    </message>
    <message>
        <source>隔离…</source>
        <translation>Isolate…</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>取消隔离和测试</source>
        <translation>End isolation and test</translation>
    </message>
    <message>
        <source>步行测试…</source>
        <translation>Walk test…</translation>
    </message>
    <message>
        <source>导入…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>导出防区表</source>
        <translation>Export zones</translation>
    </message>
    <message>
        <source>先在表中选防区</source>
        <translation>Choose zones in the table first</translation>
    </message>
    <message>
        <source>编号、名称、位置 (Ctrl+F)</source>
        <translation>Number, name, place (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>ZonesScreen</name>
    <message>
        <source>导出步行测试报告</source>
        <translation>Export walk test report</translation>
    </message>
    <message>
        <source>已写入 {file}</source>
        <translation>Written to {file}</translation>
    </message>
    <message>
        <source>防区</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>全部布防</source>
        <translation>Arm all</translation>
    </message>
    <message>
        <source>主机</source>
        <translation>Panels</translation>
    </message>
    <message>
        <source>布防组</source>
        <translation>Arm groups</translation>
    </message>
    <message>
        <source>输出</source>
        <translation>Outputs</translation>
    </message>
    <message>
        <source>步行测试</source>
        <translation>Walk test</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>防区各页</source>
        <translation>Pages of the zones screen</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>已阅</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>要做什么</source>
        <translation>What is to be done</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>责任人</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>去掉这条措施</source>
        <translation>Remove this action</translation>
    </message>
</context>
<context>
    <name>_ListWords</name>
    <message>
        <source>值班员</source>
        <translation>Duty officer</translation>
    </message>
    <message>
        <source>英文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>人员和职责</source>
        <translation>People and duties</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>由谁担任</source>
        <translation>Held by</translation>
    </message>
    <message>
        <source>职责</source>
        <translation>Duty</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Calls</translation>
    </message>
    <message>
        <source>打给谁</source>
        <translation>Who is called</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>由谁转告</source>
        <translation>Called by</translation>
    </message>
    <message>
        <source>几级起</source>
        <translation>From level</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Within</translation>
    </message>
    <message>
        <source>怎么说</source>
        <translation>What to say</translation>
    </message>
    <message>
        <source>物资和力量</source>
        <translation>Resources</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>在哪里</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>手边资料</source>
        <translation>Documents at hand</translation>
    </message>
    <message>
        <source>不能做的事</source>
        <translation>Never do</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>_PlanPaper</name>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>最高级别</source>
        <translation>Gravest level</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>编制</source>
        <translation>Written by</translation>
    </message>
    <message>
        <source>审核</source>
        <translation>Reviewed by</translation>
    </message>
    <message>
        <source>报警类型</source>
        <translation>Alarm classes</translation>
    </message>
    <message>
        <source>报警代码</source>
        <translation>Alarm codes</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>出现的词</source>
        <translation>Words that occur</translation>
    </message>
    <message>
        <source>什么时候用</source>
        <translation>When to use it</translation>
    </message>
    <message>
        <source>不能做的事</source>
        <translation>Never do</translation>
    </message>
    <message>
        <source>步</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What is done</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Deadline</translation>
    </message>
    <message>
        <source>还没有步骤。</source>
        <translation>There are no steps yet.</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>可以略过</source>
        <translation>may be skipped</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>automatic</translation>
    </message>
    <message>
        <source>要有证据</source>
        <translation>needs evidence</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>由谁担任</source>
        <translation>Held by</translation>
    </message>
    <message>
        <source>职责</source>
        <translation>Duty</translation>
    </message>
    <message>
        <source>人员和职责</source>
        <translation>People and duties</translation>
    </message>
    <message>
        <source>打给谁</source>
        <translation>Who is called</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>由谁转告</source>
        <translation>Called by</translation>
    </message>
    <message>
        <source>几级起</source>
        <translation>From level</translation>
    </message>
    <message>
        <source>怎么说</source>
        <translation>What to say</translation>
    </message>
    <message>
        <source>值班员</source>
        <translation>Duty officer</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Calls</translation>
    </message>
    <message>
        <source>物资和力量</source>
        <translation>Resources</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>在哪里</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>手边资料</source>
        <translation>Documents at hand</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Take back</translation>
    </message>
</context>
</TS>
