"""Recordings taken away 调取取证: asked for, allowed by another, copied, sealed, handed over, registered."""
