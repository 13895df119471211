"""The Media service: profiles, where their streams are, where a still picture is."""

from __future__ import annotations

from xml.sax.saxutils import escape

from services.sim.onvif.answering import Asked, Operation
from services.sim.onvif.device import PTZ_CONFIGURATION, VIDEO_SOURCE, Encoding
from services.sim.onvif.ptz_service import configuration
from services.sim.onvif.soap import Fault

SNAPSHOT = "snapshot.jpg"


def _encoding(asked: Asked) -> Encoding:
    token = asked.call.text("ProfileToken")
    for encoding in asked.device.encodings:
        if encoding.token == token:
            return encoding
    raise Fault("ter:InvalidArgVal", "unknown profile token", detail="ter:NoProfile")


def _profile(asked: Asked, encoding: Encoding, tag: str) -> str:
    ptz = configuration("tt:PTZConfiguration", PTZ_CONFIGURATION) if asked.device.head is not None else ""
    return (
        f'<trt:{tag} token="{encoding.token}" fixed="true"><tt:Name>{encoding.token}</tt:Name>'
        f'<tt:VideoSourceConfiguration token="{VIDEO_SOURCE}"><tt:Name>{VIDEO_SOURCE}</tt:Name>'
        f"<tt:UseCount>2</tt:UseCount><tt:SourceToken>{VIDEO_SOURCE}</tt:SourceToken>"
        '<tt:Bounds x="0" y="0" width="1920" height="1080"/></tt:VideoSourceConfiguration>'
        f"{_encoder(encoding)}{ptz}</trt:{tag}>"
    )


def _encoder(encoding: Encoding) -> str:
    """Media 1 knows no H.265; cameras write it all the same."""
    return (
        f'<tt:VideoEncoderConfiguration token="encoder_{encoding.token}"><tt:Name>{encoding.token}</tt:Name>'
        f"<tt:UseCount>1</tt:UseCount><tt:Encoding>{encoding.codec}</tt:Encoding>"
        f"<tt:Resolution><tt:Width>{encoding.width_px}</tt:Width>"
        f"<tt:Height>{encoding.height_px}</tt:Height></tt:Resolution><tt:Quality>4</tt:Quality>"
        f"<tt:RateControl><tt:FrameRateLimit>{encoding.fps}</tt:FrameRateLimit>"
        "<tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>4096</tt:BitrateLimit></tt:RateControl>"
        "<tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration>"
    )


def _get_profiles(asked: Asked) -> str:
    inner = "".join(_profile(asked, encoding, "Profiles") for encoding in asked.device.encodings)
    return f"<trt:GetProfilesResponse>{inner}</trt:GetProfilesResponse>"


def _get_profile(asked: Asked) -> str:
    return f"<trt:GetProfileResponse>{_profile(asked, _encoding(asked), 'Profile')}</trt:GetProfileResponse>"


def _get_video_sources(_asked: Asked) -> str:
    return (
        f'<trt:GetVideoSourcesResponse><trt:VideoSources token="{VIDEO_SOURCE}">'
        "<tt:Framerate>25</tt:Framerate><tt:Resolution><tt:Width>1920</tt:Width>"
        "<tt:Height>1080</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>"
    )


def _media_uri(url: str) -> str:
    return (
        f"<trt:MediaUri><tt:Uri>{escape(url)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>"
        "<tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri>"
    )


def _get_stream_uri(asked: Asked) -> str:
    return f"<trt:GetStreamUriResponse>{_media_uri(_encoding(asked).url)}</trt:GetStreamUriResponse>"


def _get_snapshot_uri(asked: Asked) -> str:
    _encoding(asked)
    return (
        f"<trt:GetSnapshotUriResponse>{_media_uri(f'{asked.base}/{SNAPSHOT}')}</trt:GetSnapshotUriResponse>"
    )


OPERATIONS: dict[str, Operation] = {
    "GetProfiles": _get_profiles,
    "GetProfile": _get_profile,
    "GetVideoSources": _get_video_sources,
    "GetStreamUri": _get_stream_uri,
    "GetSnapshotUri": _get_snapshot_uri,
}
