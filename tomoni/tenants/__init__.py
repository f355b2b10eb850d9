"""Municipalities, and the scope every query runs in."""
