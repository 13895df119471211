"""The PTZ service: turning, zooming, remembered positions."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from services.sim.onvif.answering import Asked, Operation, seconds_of, stamp
from services.sim.onvif.device import PRESETS_LIMIT, PTZ_CONFIGURATION, PTZ_NODE
from services.sim.onvif.head import Look, PtzHead
from services.sim.onvif.soap import Fault, bad_argument, find

DEFAULT_TIMEOUT_S = 10.0  # a continuous move that is not renewed
_SPACE = "http://www.onvif.org/ver10/tptz"
_POSITION = f"{_SPACE}/PanTiltSpaces/PositionGenericSpace"
_ZOOM_POSITION = f"{_SPACE}/ZoomSpaces/PositionGenericSpace"


def configuration(tag: str, token: str) -> str:
    """A PTZ configuration as an element called `tag`."""
    return (
        f'<{tag} token="{token}"><tt:Name>{token}</tt:Name><tt:UseCount>2</tt:UseCount>'
        f"<tt:NodeToken>{PTZ_NODE}</tt:NodeToken>"
        f"<tt:DefaultPTZTimeout>PT{DEFAULT_TIMEOUT_S:g}S</tt:DefaultPTZTimeout></{tag}>"
    )


def _head(asked: Asked) -> PtzHead:
    if asked.device.head is None:
        raise Fault("ter:ActionNotSupported", "PTZ not supported", is_own=True)
    token = asked.call.text("ProfileToken")
    if asked.call.has("ProfileToken") and token not in {e.token for e in asked.device.encodings}:
        raise bad_argument("ter:NoProfile", "unknown profile token")
    return asked.device.head


def _pair(vector: Element | None, name: str) -> tuple[float, float] | None:
    """x and y of PanTilt or Zoom inside `vector`; None when it is left out."""
    found = None if vector is None else find(vector, name)
    if found is None:
        return None
    try:
        x, y = float(found.get("x", "0")), float(found.get("y", "0"))
    except ValueError:
        raise bad_argument("ter:InvalidPosition", "not a number") from None
    if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= 2 and abs(y) <= 2):
        raise bad_argument("ter:InvalidPosition", "out of range")
    return x, y


def _continuous_move(asked: Asked) -> str:
    head, now_s = _head(asked), asked.now_s
    velocity = find(asked.call.body, "Velocity")
    until_s = now_s + seconds_of(asked.call.text("Timeout"), DEFAULT_TIMEOUT_S)
    turn, zoom = _pair(velocity, "PanTilt"), _pair(velocity, "Zoom")
    if turn is not None:
        head.turn(*turn, now_s, until_s)
    if zoom is not None:
        head.zoom(zoom[0], now_s, until_s)
    return "<tptz:ContinuousMoveResponse/>"


def _target(asked: Asked, name: str, now: Look, base: Look) -> Look:
    """Where to go: the vector called `name` on top of `base`; an axis left out stays as it is now."""
    vector = find(asked.call.body, name)
    turn, zoom = _pair(vector, "PanTilt"), _pair(vector, "Zoom")
    pan, tilt = (now.pan, now.tilt) if turn is None else (base.pan + turn[0], base.tilt + turn[1])
    return Look(pan, tilt, now.zoom if zoom is None else base.zoom + zoom[0])


def _speed(asked: Asked) -> float:
    pair = _pair(find(asked.call.body, "Speed"), "PanTilt")
    return 1.0 if pair is None else max(abs(pair[0]), abs(pair[1]))


def _absolute_move(asked: Asked) -> str:
    head = _head(asked)
    now = head.look(asked.now_s)
    head.go_to(_target(asked, "Position", now, Look(0, 0, 0)), asked.now_s, _speed(asked))
    return "<tptz:AbsoluteMoveResponse/>"


def _relative_move(asked: Asked) -> str:
    head = _head(asked)
    now = head.look(asked.now_s)
    head.go_to(_target(asked, "Translation", now, now), asked.now_s, _speed(asked))
    return "<tptz:RelativeMoveResponse/>"


def _stop(asked: Asked) -> str:
    turning = asked.call.text("PanTilt", "true") not in ("false", "0")
    zooming = asked.call.text("Zoom", "true") not in ("false", "0")
    _head(asked).stop(asked.now_s, turning=turning, zooming=zooming)
    return "<tptz:StopResponse/>"


def _position(look: Look) -> str:
    return (
        f'<tt:PanTilt x="{look.pan:.5f}" y="{look.tilt:.5f}" space="{_POSITION}"/>'
        f'<tt:Zoom x="{look.zoom:.5f}" space="{_ZOOM_POSITION}"/>'
    )


def _get_status(asked: Asked) -> str:
    head, now_s = _head(asked), asked.now_s
    turning = "MOVING" if head.is_turning(now_s) else "IDLE"
    zooming = "MOVING" if head.is_zooming(now_s) else "IDLE"
    return (
        "<tptz:GetStatusResponse><tptz:PTZStatus>"
        f"<tt:Position>{_position(head.look(now_s))}</tt:Position>"
        f"<tt:MoveStatus><tt:PanTilt>{turning}</tt:PanTilt><tt:Zoom>{zooming}</tt:Zoom></tt:MoveStatus>"
        f"<tt:UtcTime>{stamp(asked.device.now())}</tt:UtcTime>"
        "</tptz:PTZStatus></tptz:GetStatusResponse>"
    )


def _get_presets(asked: Asked) -> str:
    _head(asked)
    inner = "".join(
        f"<tptz:Preset token={quoteattr(token)}><tt:Name>{escape(name)}</tt:Name>"
        f"<tt:PTZPosition>{_position(look)}</tt:PTZPosition></tptz:Preset>"
        for token, (name, look) in asked.device.presets.items()
    )
    return f"<tptz:GetPresetsResponse>{inner}</tptz:GetPresetsResponse>"


def _known_preset(asked: Asked) -> str:
    token = asked.call.text("PresetToken")
    if token not in asked.device.presets:
        raise bad_argument("ter:NoToken", "unknown preset token")
    return token


def _set_preset(asked: Asked) -> str:
    head, device = _head(asked), asked.device
    token = _known_preset(asked) if asked.call.text("PresetToken") else device.free_preset_token()
    if not token:
        raise Fault("ter:Action", "no room for another preset", detail="ter:TooManyPresets", is_own=True)
    name = asked.call.text("PresetName") or token
    device.presets[token] = (name, head.look(asked.now_s))
    return f"<tptz:SetPresetResponse><tptz:PresetToken>{token}</tptz:PresetToken></tptz:SetPresetResponse>"


def _goto_preset(asked: Asked) -> str:
    head = _head(asked)
    head.go_to(asked.device.presets[_known_preset(asked)][1], asked.now_s, _speed(asked))
    return "<tptz:GotoPresetResponse/>"


def _remove_preset(asked: Asked) -> str:
    _head(asked)
    del asked.device.presets[_known_preset(asked)]
    return "<tptz:RemovePresetResponse/>"


def _goto_home(asked: Asked) -> str:
    head = _head(asked)
    head.go_to(head.home, asked.now_s, _speed(asked))
    return "<tptz:GotoHomePositionResponse/>"


def _set_home(asked: Asked) -> str:
    head = _head(asked)
    head.home = head.look(asked.now_s)
    return "<tptz:SetHomePositionResponse/>"


def _range(tag: str, space: str, axes: str, low: int) -> str:
    inner = "".join(
        f"<tt:{axis}Range><tt:Min>{low}</tt:Min><tt:Max>1</tt:Max></tt:{axis}Range>" for axis in axes
    )
    return f"<tt:{tag}><tt:URI>{_SPACE}/{space}</tt:URI>{inner}</tt:{tag}>"


def _node(tag: str) -> str:
    spaces = (
        _range("AbsolutePanTiltPositionSpace", "PanTiltSpaces/PositionGenericSpace", "XY", -1)
        + _range("AbsoluteZoomPositionSpace", "ZoomSpaces/PositionGenericSpace", "X", 0)
        + _range("RelativePanTiltTranslationSpace", "PanTiltSpaces/TranslationGenericSpace", "XY", -1)
        + _range("RelativeZoomTranslationSpace", "ZoomSpaces/TranslationGenericSpace", "X", -1)
        + _range("ContinuousPanTiltVelocitySpace", "PanTiltSpaces/VelocityGenericSpace", "XY", -1)
        + _range("ContinuousZoomVelocitySpace", "ZoomSpaces/VelocityGenericSpace", "X", -1)
    )
    return (
        f'<tptz:{tag} token="{PTZ_NODE}" FixedHomePosition="false"><tt:Name>{PTZ_NODE}</tt:Name>'
        f"<tt:SupportedPTZSpaces>{spaces}</tt:SupportedPTZSpaces>"
        f"<tt:MaximumNumberOfPresets>{PRESETS_LIMIT}</tt:MaximumNumberOfPresets>"
        f"<tt:HomeSupported>true</tt:HomeSupported></tptz:{tag}>"
    )


def _get_nodes(asked: Asked) -> str:
    _head(asked)
    return f"<tptz:GetNodesResponse>{_node('PTZNode')}</tptz:GetNodesResponse>"


def _get_node(asked: Asked) -> str:
    _head(asked)
    return f"<tptz:GetNodeResponse>{_node('PTZNode')}</tptz:GetNodeResponse>"


def _get_configurations(asked: Asked) -> str:
    _head(asked)
    inner = configuration("tptz:PTZConfiguration", PTZ_CONFIGURATION)
    return f"<tptz:GetConfigurationsResponse>{inner}</tptz:GetConfigurationsResponse>"


OPERATIONS: dict[str, Operation] = {
    "GetNodes": _get_nodes,
    "GetNode": _get_node,
    "GetConfigurations": _get_configurations,
    "ContinuousMove": _continuous_move,
    "AbsoluteMove": _absolute_move,
    "RelativeMove": _relative_move,
    "Stop": _stop,
    "GetStatus": _get_status,
    "GetPresets": _get_presets,
    "SetPreset": _set_preset,
    "GotoPreset": _goto_preset,
    "RemovePreset": _remove_preset,
    "GotoHomePosition": _goto_home,
    "SetHomePosition": _set_home,
}
