"""Plans 预案: written, published and found again, carried out when something happens, tried in drills."""
