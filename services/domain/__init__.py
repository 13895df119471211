"""What exists on a campus, its states and its clocks; standard library only."""
