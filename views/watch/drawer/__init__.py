"""Where layouts, presets and tours are made: beside the wall, so that no alarm is ever covered."""
