"""Writes cameras' streams to disk as they come, keeps them as long as they must be kept, finds them again."""
