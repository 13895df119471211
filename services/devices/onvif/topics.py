"""What a device's event topics mean as alarms; a topic nobody knows is an unknown alarm, never dropped."""

from __future__ import annotations

from services.domain.classes import AlarmClass

# By the beginning of the topic, the longest that fits; names from the ONVIF topic namespace.
TOPIC_CLASSES: dict[str, AlarmClass] = {
    "Device/Trigger/DigitalInput": AlarmClass.PANIC,
    "Device/Trigger/Relay": AlarmClass.DEVICE,
    "Device/HardwareFailure": AlarmClass.DEVICE,
    "RuleEngine/FieldDetector": AlarmClass.INTRUSION,
    "RuleEngine/LineDetector": AlarmClass.INTRUSION,
    "RuleEngine/LoiteringDetector": AlarmClass.INTRUSION,
    "RuleEngine/CellMotionDetector/Motion": AlarmClass.INTRUSION,
    "RuleEngine/TamperDetector": AlarmClass.TAMPER,
    "RuleEngine/Recognition/Face": AlarmClass.FACE,
    "RuleEngine/Recognition/LicensePlate": AlarmClass.VEHICLE,
    "VideoSource/MotionAlarm": AlarmClass.INTRUSION,
    "VideoSource/SignalLoss": AlarmClass.VIDEO,
    "VideoSource/ImageTooBlurry": AlarmClass.VIDEO,
    "VideoSource/ImageTooDark": AlarmClass.VIDEO,
    "VideoSource/ImageTooBright": AlarmClass.VIDEO,
    "VideoSource/GlobalSceneChange": AlarmClass.TAMPER,
    "AccessControl/Denied": AlarmClass.ACCESS,
    "AccessControl/Duress": AlarmClass.PANIC,
    "Door/State": AlarmClass.ACCESS,
}


def class_of_topic(topic: str) -> AlarmClass:
    """topic: without prefixes, as in `DeviceEvent`."""
    parts = topic.split("/")
    for length in range(len(parts), 0, -1):
        found = TOPIC_CLASSES.get("/".join(parts[:length]))
        if found is not None:
            return found
    return AlarmClass.UNKNOWN
