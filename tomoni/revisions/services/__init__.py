"""Verbs of this package: revisions, departments, and the overall plan."""
