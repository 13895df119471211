"""Shows what was recorded: several cameras on one clock, forwards, backwards, picture by picture."""
