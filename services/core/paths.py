"""Where things lie: the product's own resources, and the user's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP_NAME = "shouwang"


def resource(*parts: str) -> Path:
    """A file shipped with the product, frozen or not; raises FileNotFoundError when it is missing."""
    frozen_root = getattr(sys, "_MEIPASS", None)
    root = Path(frozen_root) if frozen_root else Path(__file__).resolve().parents[2]
    path = root.joinpath("resources", *parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def default_data_dir() -> Path:
    """The platform's folder for this product's data; `SHOUWANG_DATA_DIR` overrides it."""
    override = os.environ.get("SHOUWANG_DATA_DIR")
    return Path(override) if override else Path(platformdirs.user_data_dir(APP_NAME, False))


def default_cache_dir() -> Path:
    """The platform's folder for what can be made again; `SHOUWANG_CACHE_DIR` overrides it."""
    override = os.environ.get("SHOUWANG_CACHE_DIR")
    return Path(override) if override else Path(platformdirs.user_cache_dir(APP_NAME, False))


def default_snapshot_dir() -> Path:
    """Where pictures that operators keep go: in the user's own pictures folder."""
    return Path(platformdirs.user_pictures_path()) / APP_NAME
