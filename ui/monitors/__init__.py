"""Windows of one seat on several monitors: where each belongs, and how it gets back there."""
