"""Words for people: the names of states, kinds and roles, and sentences for errors."""

from ui.text.sentences import sentence

__all__ = ["sentence"]
