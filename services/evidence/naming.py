"""What files in a package are called: names that every system takes and no archive program spoils."""

from __future__ import annotations

import re
from datetime import tzinfo

from services.evidence.film import Reel

VIDEO_FOLDER, COPY_FOLDER, PAPER_FOLDER = "video", "copies", "papers"
LIST_FILE, README_FILE, VERIFIER_FILE = "list.pdf", "README.txt", "verify.py"
# Beside the folder it lies in; Windows allows 260 for all.
MOST_CHARACTERS = 80
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


def safe(name: str) -> str:
    """`name` in ASCII's letters, digits, dots and dashes; of a long one the end, where its kind stands."""
    return _UNSAFE.sub("-", name)[-MOST_CHARACTERS:].strip("-.") or "package"


def film_path(folder: str, reel: Reel, number: int, zone: tzinfo | None) -> str:
    """Camera and times, by the local clock. number: of the film in the package, so that no two are alike."""
    first, last = (at.astimezone(zone) for at in (reel.first_at, reel.ends_at))
    return f"{folder}/{number:02}_{safe(reel.camera)}_{first:%Y%m%d-%H%M%S}_{last:%H%M%S}.{reel.form}"
