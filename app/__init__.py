"""Composition root: roles, wiring by plain constructor calls, command line. No logic."""
