"""Verbs of asking for a year, from the question to the published year."""
