"""The frame round every screen: rail, top bar, banner, content and side."""

from ui.shell.shell import Shell
from ui.shell.words import LampState, ScreenEntry, Severity

__all__ = ["LampState", "ScreenEntry", "Severity", "Shell"]
