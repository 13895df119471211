"""One file per step of the schema, four digits, one up."""
