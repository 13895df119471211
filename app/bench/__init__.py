"""Measurements of the whole product, by the command `python -m app.bench`."""
