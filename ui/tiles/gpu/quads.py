"""Pictures as textures: three planes go up, a shader makes the colours."""

from __future__ import annotations

import struct
from collections.abc import Collection, Hashable

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QMatrix3x3, QOffscreenSurface, QOpenGLContext
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLPixelTransferOptions,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLTexture,
)

from ui.tiles.feed import FeedPicture
from ui.tiles.planes import conversion_of, plane_sizes, planes_of

_SCISSOR_TEST, _BLEND, _STENCIL_TEST, _DEPTH_TEST = 0x0C11, 0x0BE2, 0x0B90, 0x0B71
_TRIANGLE_STRIP, _FLOAT = 0x0005, 0x1406

_VERTEX = """
attribute highp vec2 corner;
uniform highp vec4 target;
uniform highp vec4 source;
uniform highp vec2 halved;
varying highp vec2 luma_at;
varying highp vec2 colour_at;
void main() {
    luma_at = source.xy + corner * source.zw;
    colour_at = luma_at * halved;
    gl_Position = vec4(target.xy + corner * target.zw, 0.0, 1.0);
}
"""
_FRAGMENT = """
uniform sampler2D luma;
uniform sampler2D blue;
uniform sampler2D red;
uniform highp mat3 matrix;
uniform highp vec3 offset;
varying highp vec2 luma_at;
varying highp vec2 colour_at;
void main() {
    highp vec3 yuv = vec3(
        texture2D(luma, luma_at).r, texture2D(blue, colour_at).r, texture2D(red, colour_at).r
    );
    gl_FragColor = vec4(clamp(matrix * (yuv - offset), 0.0, 1.0), 1.0);
}
"""
_CORNERS = struct.pack("8f", 0, 0, 1, 0, 0, 1, 1, 1)
_PLANES = ("luma", "blue", "red")
_UNIFORMS = ("target", "source", "halved", "matrix", "offset", *_PLANES)


class GpuTrouble(Exception):
    """The driver does not do what is asked; its words are for the log."""


class Quads:
    """Made and used while `context` is current; `release` makes it current itself, at any time."""

    def __init__(self, context: QOpenGLContext) -> None:
        self._context = context
        self._gl = context.functions()
        # The widget's own surface may be gone when the context ends.
        self._surface = QOffscreenSurface()
        self._surface.setFormat(context.format())
        self._surface.create()
        self._textures: dict[Hashable, _PictureTextures] = {}
        self._program = _built()
        self._where = {name: self._program.uniformLocation(name) for name in _UNIFORMS}
        self._corner = self._program.attributeLocation("corner")
        self._corners = QOpenGLBuffer()
        self._corners.create()
        self._corners.bind()
        self._corners.allocate(_CORNERS, len(_CORNERS))
        self._corners.release()

    def draw(
        self, owner: Hashable, picture: FeedPicture, target: QRect, source: QRectF, clip: QRect, size: QSize
    ) -> None:
        """The part `source` of the picture, in shares of it, into `target`, not beyond `clip`.

        target, clip, size (of what is drawn on): device pixels, from the top left. owner: whose picture
        it is; it is uploaded once.
        """
        gl = self._gl
        gl.glViewport(0, 0, size.width(), size.height())
        gl.glEnable(_SCISSOR_TEST)
        gl.glScissor(clip.x(), size.height() - clip.y() - clip.height(), clip.width(), clip.height())
        for unwanted in (_BLEND, _STENCIL_TEST, _DEPTH_TEST):
            gl.glDisable(unwanted)
        self._program.bind()
        self._bind_picture(owner, picture)
        self._place(target, source, size)
        self._corners.bind()
        self._program.enableAttributeArray(self._corner)
        self._program.setAttributeBuffer(self._corner, _FLOAT, 0, 2)
        gl.glDrawArrays(_TRIANGLE_STRIP, 0, 4)
        self._program.disableAttributeArray(self._corner)
        self._corners.release()
        self._program.release()
        gl.glDisable(_SCISSOR_TEST)

    def keep(self, owners: Collection[Hashable]) -> None:
        """Forget the pictures of all others."""
        for owner in self._textures.keys() - set(owners):
            self._textures.pop(owner).destroy()

    def trouble(self) -> str:
        """What the driver complained of since the last time, "" for nothing."""
        code = int(self._gl.glGetError())
        return f"GL error {code:#06x}" if code else ""

    def release(self) -> None:
        """Give everything back to the driver; twice does no harm."""
        if self._textures or self._corners.isCreated():
            self._context.makeCurrent(self._surface)
            self.keep(())
            self._corners.destroy()
            self._program.removeAllShaders()
            self._context.doneCurrent()

    def _bind_picture(self, owner: Hashable, picture: FeedPicture) -> None:
        size = picture.width_px, picture.height_px
        textures = self._textures.get(owner)
        if textures is None or textures.size != size:
            if textures is not None:
                textures.destroy()
            textures = self._textures[owner] = _PictureTextures(size)
        if textures.shown is not picture:
            textures.upload(picture)
        textures.bind()
        matrix, offset = conversion_of(picture.format)
        program, where = self._program, self._where
        for unit, name in enumerate(_PLANES):
            program.setUniformValue1i(where[name], unit)
        program.setUniformValue(where["matrix"], QMatrix3x3(matrix.ravel().tolist()))
        program.setUniformValue(where["offset"], *offset.tolist())
        program.setUniformValue(where["halved"], *textures.halved)

    def _place(self, target: QRect, source: QRectF, size: QSize) -> None:
        """From pixels counted down from the top to the card's −1 to 1 counted up."""
        across, up = 2.0 / size.width(), 2.0 / size.height()
        self._program.setUniformValue(
            self._where["target"],
            target.x() * across - 1.0,
            1.0 - target.y() * up,
            target.width() * across,
            -target.height() * up,
        )
        self._program.setUniformValue(
            self._where["source"], source.x(), source.y(), source.width(), source.height()
        )


class _PictureTextures:
    """The planes of one tile's picture on the card."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.shown: FeedPicture | None = None
        sizes = plane_sizes(*size)
        (width, height), (half_width, half_height), _ = sizes
        # The last colour of an odd side reaches one pixel beyond the picture.
        self.halved = width / (2 * half_width), height / (2 * half_height)
        self._textures = [_texture(*plane) for plane in sizes]
        self._packed = QOpenGLPixelTransferOptions()
        self._packed.setAlignment(1)

    def upload(self, picture: FeedPicture) -> None:
        red, byte = QOpenGLTexture.PixelFormat.Red, QOpenGLTexture.PixelType.UInt8
        for texture, plane in zip(self._textures, planes_of(picture), strict=True):
            # PySide takes any buffer here, whatever its stubs say; a plain address it refuses.
            texture.setData(red, byte, plane, self._packed)  # type: ignore[call-overload]
        self.shown = picture

    def bind(self) -> None:
        for unit, texture in enumerate(self._textures):
            texture.bind(unit)

    def destroy(self) -> None:
        for texture in self._textures:
            texture.destroy()
        self.shown = None


def _texture(width_px: int, height_px: int) -> QOpenGLTexture:
    texture = QOpenGLTexture(QOpenGLTexture.Target.Target2D)
    texture.setFormat(QOpenGLTexture.TextureFormat.R8_UNorm)
    texture.setSize(width_px, height_px)
    texture.setMipLevels(1)
    texture.setMinMagFilters(QOpenGLTexture.Filter.Linear, QOpenGLTexture.Filter.Linear)
    texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
    texture.allocateStorage(QOpenGLTexture.PixelFormat.Red, QOpenGLTexture.PixelType.UInt8)
    if not texture.isStorageAllocated():
        raise GpuTrouble("no memory for a texture")
    return texture


def _built() -> QOpenGLShaderProgram:
    program = QOpenGLShaderProgram()
    kinds = ((QOpenGLShader.ShaderTypeBit.Vertex, _VERTEX), (QOpenGLShader.ShaderTypeBit.Fragment, _FRAGMENT))
    if not (all(program.addShaderFromSourceCode(*kind) for kind in kinds) and program.link()):
        raise GpuTrouble(f"shader: {program.log()}")
    return program
