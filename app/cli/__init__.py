"""The command `shouwang`: one entry for the workstation, the hub and the tools around them."""

from __future__ import annotations

from app.cli.program import main

__all__ = ["main"]
