"""Plans 预案: the library and its versions, how they are written and read in, which one fits."""
