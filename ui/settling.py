"""How long keys rest when what they act on has changed by itself."""

# A person needs longer than this to see that something else is in front and not press the key after all.
SETTLE_S = 0.5
