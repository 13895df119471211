"""Simulated cameras as ONVIF devices: found, asked, steered and heard like real ones."""
