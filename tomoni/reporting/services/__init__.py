"""Verbs of the yearly request, from the question to the published year."""
