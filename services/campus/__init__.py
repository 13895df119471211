"""The plan of the campus: the site file, what each camera sees, and the ways people walk."""
