"""Draws what a simulated camera sees: the plan as a backdrop, the story's actors in front of it."""
