"""Reads of checks: the facts of lines, what the checks find in them, and what people answered."""
