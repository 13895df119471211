"""Checks that this machine can do the product's work, and says what is missing."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import selftest_papers as papers

Check = Callable[[], str]
Row = dict[str, Any]

REQUIRED_MODULES = (
    "PySide6.QtWidgets",
    "PySide6.QtMultimedia",
    "pyqtgraph",
    "av",
    "cv2",
    "numpy",
    "PIL",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "shapely",
    "argon2",
    "cryptography",
    "pyzipper",
    "httpx",
    "keyring",
    "structlog",
    "pypinyin",
    "qtawesome",
)
FRAME_PX = (640, 360)


class Missing(Exception):
    """A check's negative answer, in words for the person at the machine."""


def run_selftest() -> list[Row]:
    """One row per check: check, ok, optional, detail."""
    rows = [_row(f"import {name}", lambda name=name: _import(name)) for name in REQUIRED_MODULES]  # type: ignore[misc]
    rows.append(_row("libvlc", _libvlc, optional=True))
    rows.append(_row("keyring", _keyring, optional=True))
    rows.append(_row("tls", _tls))
    rows.append(_row("usb cameras", _usb_cameras, optional=True))
    rows.append(_row("joystick", _joystick, optional=True))
    rows.append(_row("decode a frame", _decode_a_frame))
    rows.append(_row("hardware decoding", _hardware_decoding, optional=True))
    rows.append(_row("painting by the graphics card", _gpu_painting, optional=True))
    rows.append(_row("open a database", _open_a_database))
    rows.append(_row("open a window", _open_a_window))
    rows.append(_row("chinese glyphs", _chinese_glyphs))
    rows.append(_row("late modules", papers.late_modules))
    rows.append(_row("own resources", papers.own_resources))
    rows.append(_row("calendar", papers.calendar))
    rows.append(_row("paper as DOCX", papers.paper_as_docx))
    rows.append(_row("paper as XLSX", papers.paper_as_xlsx))
    rows.append(_row("paper as PDF", papers.paper_as_pdf))
    rows.append(_row("QR code", papers.qr_code))
    rows.append(_row("evidence package", papers.evidence_seal))
    rows.append(_row("sound device", _sound_device, optional=True))
    return rows


def _row(name: str, check: Check, *, optional: bool = False) -> Row:
    try:
        detail, ok = check(), True
    except Exception as error:  # noqa: BLE001 - the outermost frame of one check; any failure is its answer
        detail, ok = f"{type(error).__name__}: {error}", False
    return {"check": name, "ok": ok, "optional": optional, "detail": detail}


def _import(name: str) -> str:
    module = importlib.import_module(name)
    return str(getattr(module, "__version__", ""))


def _libvlc() -> str:
    # Without the library, python-vlc raises NameError or OSError on import, or gives no instance.
    try:
        vlc = importlib.import_module("vlc")
        instance = vlc.Instance("--quiet")
    except (NameError, OSError, FileNotFoundError) as error:
        raise Missing(
            f"未安装 VLC，用 PyAV 代替 / VLC is not installed, PyAV serves instead ({error})"
        ) from None
    if instance is None:
        raise Missing("VLC 缺少插件，用 PyAV 代替 / VLC has no plug-ins, PyAV serves instead")
    instance.release()
    return str(vlc.libvlc_get_version().decode())


def _keyring() -> str:
    from services.core.oskeyring import NoKeyring, find_backend, working_keyring

    try:
        working_keyring()
    except NoKeyring:
        raise Missing(
            "没有可用的系统钥匙环，口令的钥匙放在 secrets.key / no keyring that works without asking: "
            "the key of the secrets lies in secrets.key"
        ) from None
    return type(find_backend()).__module__


def _tls() -> str:
    """The library, and where it looks for authorities; a camera's own certificate is pinned instead."""
    import ssl

    from services.core.trust import client_context

    client_context("")
    paths = ssl.get_default_verify_paths()
    return f"{ssl.OPENSSL_VERSION}, {paths.cafile or paths.capath or '-'}"


def _usb_cameras() -> str:
    import av

    name = "dshow" if sys.platform == "win32" else "video4linux2,v4l2"
    if name not in av.formats_available:
        raise Missing("FFmpeg 没有 USB 摄像机的输入 / FFmpeg has no input for USB cameras")
    found = sorted(str(path) for path in Path("/dev").glob("video*"))
    return f"{name} {' '.join(found) or '-'}"


def _joystick() -> str:
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    import pygame

    pygame.joystick.init()
    try:
        names = [pygame.joystick.Joystick(index).get_name() for index in range(pygame.joystick.get_count())]
    finally:
        pygame.joystick.quit()
    return f"pygame {pygame.version.ver} {', '.join(names) or '-'}"


def _decode_a_frame() -> str:
    """Encode one grey picture and decode it again."""
    import av
    import numpy as np

    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = FRAME_PX
    encoder.pix_fmt = "yuv420p"
    encoder.time_base = __import__("fractions").Fraction(1, 25)
    grey = np.full((FRAME_PX[1], FRAME_PX[0], 3), 128, np.uint8)
    packets = [*encoder.encode(av.VideoFrame.from_ndarray(grey, "bgr24")), *encoder.encode(None)]
    decoder = av.CodecContext.create("h264", "r")
    assert isinstance(decoder, av.VideoCodecContext)
    frames = [frame for packet in [*packets, None] for frame in decoder.decode(packet)]
    if not frames or (frames[0].width, frames[0].height) != FRAME_PX:
        raise Missing("解码没有得到画面 / decoding gave no picture")
    return f"h264 {frames[0].width}x{frames[0].height}"


def _hardware_decoding() -> str:
    from services.video.hardware import candidates, works_here

    kinds = candidates()
    found = next((kind for kind in kinds if works_here(kind)), "")
    if not found:
        tried = ", ".join(kinds) or "–"
        raise Missing(
            f"没有可用的硬件解码，用软件解码 / no hardware decoding, software serves (tried: {tried})"
        )
    return found


def _gpu_painting() -> str:
    from ui.tiles.gpu.choice import found_once

    _application()
    found = found_once()
    if found is None:
        raise Missing("没有 OpenGL，画面用普通绘制 / no OpenGL, pictures are painted without a card")
    if not found.is_hardware:
        why = f"{found.name}, {'software' if found.works else 'wrong colours or too old'}"
        raise Missing(
            f"OpenGL 不能用来绘制画面，用普通绘制 / OpenGL is no help here, painted without it ({why})"
        )
    return found.name


def _open_a_database() -> str:
    from services.storage import Database, care, sqlite_url

    with tempfile.TemporaryDirectory(prefix="shouwang-selftest-") as folder:
        url = sqlite_url(Path(folder) / "selftest.db")
        care.upgrade(url)
        database = Database(url)
        database.open()
        try:
            database.read(lambda view: view.site())
        finally:
            database.close()
    return "sqlite"


def _open_a_window() -> str:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QLabel

    application = _application()
    window = QLabel("守望")
    window.show()
    application.processEvents()
    picture = window.grab()
    window.close()
    window.deleteLater()
    if picture.isNull():
        raise Missing("窗口没有画出来 / the window painted nothing")
    return f"Qt {QGuiApplication.platformName()}"


def _chinese_glyphs() -> str:
    from PySide6.QtGui import QFont, QRawFont

    from ui.fonts import load_fonts

    _application()
    load_fonts()
    from PySide6.QtGui import QFontDatabase

    for family in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        if QRawFont.fromFont(QFont(family)).supportsCharacter(ord("守")):
            return family
    raise Missing("没有中文字体：apt install fonts-noto-cjk / no Chinese font")


def _sound_device() -> str:
    from PySide6.QtMultimedia import QMediaDevices

    _application()
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        raise Missing("没有声音设备，报警只有画面没有声音 / no sound device: alarms are seen but not heard")
    return device.description()


def _application() -> Any:
    """The Qt application, offscreen where there is no display."""
    from PySide6.QtWidgets import QApplication

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication.instance() or QApplication([])
