"""Where the figures of a measurement go: to the terminal, and as JSON to a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def tell(figures: Mapping[str, object], json_file: Path | None) -> None:
    """A line each, and all of them in `json_file` too, whose folder is made."""
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        print(f"{name:{width}} {value}")
    write_json(figures, json_file)


def write_json(figures: Mapping[str, object], json_file: Path | None) -> None:
    """None: nowhere."""
    if json_file is not None:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
