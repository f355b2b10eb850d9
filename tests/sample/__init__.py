"""A small kind of case that exists only in the tests of tomoni.cases."""
