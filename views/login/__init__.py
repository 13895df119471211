"""Logging in, and making the first administrator."""
