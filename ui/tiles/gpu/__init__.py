"""The wall's pictures by the graphics card; loaded only where one was found."""
