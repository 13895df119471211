"""What a name of OpenGL's tells of the machine; loads no driver."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

# In lower case: what draws with the processor, or not well enough to show pictures.
SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "basic render", "gdi generic")
# Without one of these no driver of a graphics card is at work on Linux.
SIGNS = ("/dev/dri/renderD128", "/dev/dri/card0", "/dev/dri/card1", "/dev/nvidiactl", "/dev/dxg")
# Textures of one colour came with it.
LEAST_VERSION = (3, 0)


@dataclass(frozen=True, slots=True)
class Renderer:
    """name: as the driver calls it. works: it made the right colours of a picture."""

    name: str
    works: bool

    @property
    def is_hardware(self) -> bool:
        return self.works and bool(self.name) and not any(word in self.name.lower() for word in SOFTWARE)


def may_have_card(system: str = sys.platform) -> bool:
    """False where the probe can be spared: it takes a second."""
    return not system.startswith("linux") or any(Path(sign).exists() for sign in SIGNS)
