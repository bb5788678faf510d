"""Values and decisions. Imports the standard library alone."""
