"""The campus plan and what moves and flashes on it."""
