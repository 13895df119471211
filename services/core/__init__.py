"""Clock, errors, ids, bus, jobs, back-off, paths, settings and logging: what every service stands on."""
