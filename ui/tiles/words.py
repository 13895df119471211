"""What the tiles say, in the language of the moment; the drawing itself knows no words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.video import Economy, StreamState
from ui.tiles.paint import TileWords
from ui.tiles.plate import PlateWords


def tile_words() -> TileWords:
    return TileWords(
        states={
            StreamState.CONNECTING: QCoreApplication.translate("TileSurface", "正在连接"),
            StreamState.LIVE: QCoreApplication.translate("TileSurface", "实时"),
            StreamState.LATE: QCoreApplication.translate("TileSurface", "延迟"),
            StreamState.RECONNECTING: QCoreApplication.translate("TileSurface", "重新连接中"),
            StreamState.OFFLINE: QCoreApplication.translate("TileSurface", "离线"),
            StreamState.FROZEN: QCoreApplication.translate("TileSurface", "画面定格"),
            StreamState.BLACK: QCoreApplication.translate("TileSurface", "黑屏"),
            StreamState.COVERED: QCoreApplication.translate("TileSurface", "遮挡或失焦"),
            StreamState.MOVED: QCoreApplication.translate("TileSurface", "画面移位"),
            StreamState.RECORDED: QCoreApplication.translate("TileSurface", "录像"),
            StreamState.MISSING: QCoreApplication.translate("TileSurface", "没有录像"),
        },
        economies={
            Economy.LOOP_FILTER: QCoreApplication.translate("TileSurface", "降质"),
            Economy.NON_REFERENCE: QCoreApplication.translate("TileSurface", "减帧"),
            Economy.KEY_FRAMES: QCoreApplication.translate("TileSurface", "仅关键帧"),
        },
        empty_title=QCoreApplication.translate("TileSurface", "空画面"),
        empty_hint=QCoreApplication.translate("TileSurface", "从摄像机列表或地图拖一台摄像机到这里"),
        no_feed=QCoreApplication.translate("TileSurface", "没有画面"),
        unverified=QCoreApplication.translate("TileSurface", "证书未核对"),
        unseen=QCoreApplication.translate("TileSurface", "没有摄像机看得到这里，请看地图"),
        never=QCoreApplication.translate("TileSurface", "还没有收到画面"),
        no_picture=QCoreApplication.translate("TileSurface", "已 {age} 没有新画面"),
        unchanged=QCoreApplication.translate("TileSurface", "内容已 {age} 没有变化"),
        rates=QCoreApplication.translate("TileSurface", "源 {source} 显示 {shown} 帧/秒"),
        dropped=QCoreApplication.translate("TileSurface", "丢 {count}"),
    )


def plate_words() -> PlateWords:
    return PlateWords(
        actions={
            "claim": QCoreApplication.translate("TileSurface", "接警"),
            "verify": QCoreApplication.translate("TileSurface", "核实"),
            "false": QCoreApplication.translate("TileSurface", "误报"),
            "dispatch": QCoreApplication.translate("TileSurface", "派警"),
            "silence": QCoreApplication.translate("TileSurface", "消音"),
            "reset": QCoreApplication.translate("TileSurface", "复位"),
        },
        owned=QCoreApplication.translate("TileSurface", "{owner} 处理中"),
    )
