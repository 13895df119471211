"""One folder per screen: SPEC, screen and presenter."""
