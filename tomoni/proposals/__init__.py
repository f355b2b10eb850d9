"""Programmes, rounds, proposals and their screening."""
