"""An entry of the site, filled in by its fields and on the plan."""
