"""Verbs of proposals, rounds and marks."""
