"""A film of another maker, brought as a file: in a window of its own, played, stepped, kept as pictures."""
