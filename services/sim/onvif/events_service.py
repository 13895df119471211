"""The Events service: subscriptions that are pulled."""

from __future__ import annotations

from datetime import timedelta

from services.sim.onvif.answering import Asked, Operation, seconds_of, stamp
from services.sim.onvif.bell import Bell, Happening, Report, Subscription
from services.sim.onvif.soap import Fault

SUBSCRIPTION = "subscription"
LIFE_S = 60.0
LIFE_LIMIT_S = 3600.0
WAIT_LIMIT_S = 60.0
MESSAGES_LIMIT = 100
_CONCRETE = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
# Topic, name of the source, name of the data item.
TOPICS: dict[Happening, tuple[str, str, str]] = {
    Happening.DIGITAL_INPUT: ("tns1:Device/Trigger/DigitalInput", "InputToken", "LogicalState"),
    Happening.RELAY: ("tns1:Device/Trigger/Relay", "RelayToken", "LogicalState"),
    Happening.MOTION: ("tns1:VideoSource/MotionAlarm", "Source", "State"),
    Happening.TAMPER: ("tns1:VideoSource/GlobalSceneChange/ImagingService", "Source", "State"),
}


def _times(asked: Asked, subscription: Subscription, prefix: str) -> str:
    now = asked.device.now()
    ends_at = now + timedelta(seconds=subscription.ends_s - asked.now_s)
    return (
        f"<{prefix}:CurrentTime>{stamp(now)}</{prefix}:CurrentTime>"
        f"<{prefix}:TerminationTime>{stamp(ends_at)}</{prefix}:TerminationTime>"
    )


def _life_s(text: str) -> float:
    """How long it shall live; only durations are taken, as most devices do."""
    return min(LIFE_LIMIT_S, seconds_of(text, LIFE_S))


def _create(asked: Asked) -> str:
    life_s = _life_s(asked.call.text("InitialTerminationTime"))
    device = asked.device
    made = device.bell.open(asked.now_s, life_s, device.state_of_everything())
    if made is None:
        raise Fault("ter:Action", "too many subscriptions", is_own=True)
    return (
        "<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference>"
        f"<wsa:Address>{asked.base}/{SUBSCRIPTION}/{made.no}</wsa:Address></tev:SubscriptionReference>"
        f"{_times(asked, made, 'wsnt')}</tev:CreatePullPointSubscriptionResponse>"
    )


def _subscription(asked: Asked) -> Subscription:
    found = asked.device.bell.find(asked.path.rpartition("/")[2], asked.now_s)
    if found is None:
        raise Fault("ter:InvalidArgVal", "no such subscription", detail="ter:NoSubscription")
    return found


async def _pull(asked: Asked) -> str:
    subscription = _subscription(asked)
    wait_s = min(WAIT_LIMIT_S, seconds_of(asked.call.text("Timeout"), 5.0))
    text = asked.call.text("MessageLimit", "10")
    limit = max(1, min(MESSAGES_LIMIT, int(text) if text.isascii() and text.isdigit() else 10))
    taken = await Bell.take(subscription, limit, wait_s)
    inner = "".join(_message(report) for report in taken)
    return f"<tev:PullMessagesResponse>{_times(asked, subscription, 'tev')}{inner}</tev:PullMessagesResponse>"


def _message(report: Report) -> str:
    topic, source, data = TOPICS[report.happening]
    value = "true" if report.is_on else "false"
    if report.happening is Happening.RELAY:
        value = "active" if report.is_on else "inactive"
    return (
        f'<wsnt:NotificationMessage><wsnt:Topic Dialect="{_CONCRETE}">{topic}</wsnt:Topic><wsnt:Message>'
        f'<tt:Message UtcTime="{stamp(report.at)}" PropertyOperation="{report.operation}">'
        f'<tt:Source><tt:SimpleItem Name="{source}" Value="{report.source}"/></tt:Source>'
        f'<tt:Data><tt:SimpleItem Name="{data}" Value="{value}"/></tt:Data>'
        "</tt:Message></wsnt:Message></wsnt:NotificationMessage>"
    )


def _renew(asked: Asked) -> str:
    subscription = _subscription(asked)
    subscription.ends_s = asked.now_s + _life_s(asked.call.text("TerminationTime"))
    now = asked.device.now()
    ends_at = now + timedelta(seconds=subscription.ends_s - asked.now_s)
    return (
        f"<wsnt:RenewResponse><wsnt:TerminationTime>{stamp(ends_at)}</wsnt:TerminationTime>"
        f"<wsnt:CurrentTime>{stamp(now)}</wsnt:CurrentTime></wsnt:RenewResponse>"
    )


def _unsubscribe(asked: Asked) -> str:
    asked.device.bell.end(_subscription(asked).no)
    return "<wsnt:UnsubscribeResponse/>"


def _synchronise(asked: Asked) -> str:
    subscription = _subscription(asked)
    subscription.waiting.extend(asked.device.state_of_everything())
    subscription.rung.set()
    return "<tev:SetSynchronizationPointResponse/>"


def _get_event_properties(_asked: Asked) -> str:
    return (
        "<tev:GetEventPropertiesResponse>"
        "<tev:TopicNamespaceLocation>http://www.onvif.org/onvif/ver10/topics/topicns.xml"
        "</tev:TopicNamespaceLocation><wsnt:FixedTopicSet>true</wsnt:FixedTopicSet>"
        '<wstop:TopicSet xmlns:wstop="http://docs.oasis-open.org/wsn/t-1">'
        '<tns1:Device><Trigger><DigitalInput wstop:topic="true"/><Relay wstop:topic="true"/></Trigger>'
        '</tns1:Device><tns1:VideoSource><MotionAlarm wstop:topic="true"/>'
        '<GlobalSceneChange><ImagingService wstop:topic="true"/></GlobalSceneChange></tns1:VideoSource>'
        f"</wstop:TopicSet><wsnt:TopicExpressionDialect>{_CONCRETE}</wsnt:TopicExpressionDialect>"
        "<tev:MessageContentFilterDialect>http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter"
        "</tev:MessageContentFilterDialect>"
        "<tev:MessageContentSchemaLocation>http://www.onvif.org/onvif/ver10/schema/onvif.xsd"
        "</tev:MessageContentSchemaLocation></tev:GetEventPropertiesResponse>"
    )


_EVENTS_ACTION = "http://www.onvif.org/ver10/events/wsdl"
_NOTIFICATION_ACTION = "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager"
# What WS-Addressing asks an answer to be called.
ACTIONS = {
    "CreatePullPointSubscription": f"{_EVENTS_ACTION}/EventPortType/CreatePullPointSubscriptionResponse",
    "GetEventProperties": f"{_EVENTS_ACTION}/EventPortType/GetEventPropertiesResponse",
    "PullMessages": f"{_EVENTS_ACTION}/PullPointSubscription/PullMessagesResponse",
    "SetSynchronizationPoint": f"{_EVENTS_ACTION}/PullPointSubscription/SetSynchronizationPointResponse",
    "Renew": f"{_NOTIFICATION_ACTION}/RenewResponse",
    "Unsubscribe": f"{_NOTIFICATION_ACTION}/UnsubscribeResponse",
}
OPERATIONS: dict[str, Operation] = {
    "CreatePullPointSubscription": _create,
    "GetEventProperties": _get_event_properties,
    "PullMessages": _pull,
    "Renew": _renew,
    "Unsubscribe": _unsubscribe,
    "SetSynchronizationPoint": _synchronise,
}
