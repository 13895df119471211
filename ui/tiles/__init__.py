"""The video wall: one surface, one timer, honest tiles."""
