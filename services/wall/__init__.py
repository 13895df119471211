"""The video wall's layouts, presets and tours: kept per operator, shared by who may."""

from services.wall.desk import WallDesk

__all__ = ["WallDesk"]
