"""A simulated campus: cameras, panels, people and a timed story; ships for demos, drills and tests."""
