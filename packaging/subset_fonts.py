"""Cuts the bundled fonts out of Debian's fonts-noto-cjk; needs fonttools, which the project does not.

Usage: python3 packaging/subset_fonts.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-{style}.ttc"
FACE = "Noto Sans CJK SC"
# A name of its own: a system that has the whole Noto gives that one for the name, and from its features
# come glyphs that say in a PDF no longer which letter they are.
OWN_FACE = "Shouwang Sans SC"
NAMES_OF_FACE = (1, 2, 3, 4, 6, 16, 17)
STYLES = ("Regular", "Bold")
# GB 2312: symbols in rows 1-9, level 1 in rows 16-55, level 2 in rows 56-87.
ROWS = (*range(1, 10), *range(16, 88))
LATIN_AND_SIGNS = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x2010, 0x2040),
    range(0x2160, 0x216C),
    range(0x3000, 0x3040),
    range(0xFF01, 0xFF5F),
)
SIGNS = "€℃←↑→↓⇄■□▲▼●○①②③×±°²³≤≥≈…—✓✕"
NAMES = "喆堃珺淼昇祎赟旻玥翀垚琤璟瑄晞煊睿祺翊霖沄岍镕镠囧"  # in people's names, not in GB 2312
DROPPED = ["vhea", "vmtx", "VORG", "BASE"]  # vertical writing
KEPT_FEATURES = ["kern", "ccmp", "mark", "mkmk"]


def wanted() -> set[int]:
    letters = {code for span in LATIN_AND_SIGNS for code in span} | set(map(ord, SIGNS + NAMES))
    for row in ROWS:
        for cell in range(1, 95):
            letters.update(map(ord, bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312", "ignore")))
    return letters


def cut(style: str, folder: Path) -> None:
    source = SOURCE.format(style=style)
    fonts = TTCollection(source).fonts
    number = next(n for n, font in enumerate(fonts) if font["name"].getDebugName(4).startswith(FACE))
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    options = subset.Options(
        layout_features=KEPT_FEATURES, name_IDs=["*"], hinting=False, notdef_outline=True, glyph_names=False
    )
    options.drop_tables += DROPPED
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    rename(font, style)
    font.save(folder / f"NotoSansCJKsc-Subset-{style}.otf")


def rename(font: TTFont, style: str) -> None:
    names, bare = font["name"], f"{OWN_FACE.replace(' ', '')}-{style}"
    names.names = [record for record in names.names if record.nameID not in NAMES_OF_FACE]
    for number, text in ((1, OWN_FACE), (2, style), (3, bare), (4, f"{OWN_FACE} {style}"), (6, bare)):
        names.setName(text, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [bare]


if __name__ == "__main__":
    for each in STYLES:
        cut(each, Path(sys.argv[1]))
