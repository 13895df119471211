"""Cameras as devices: found, tried, taken into the site, replaced and removed."""
