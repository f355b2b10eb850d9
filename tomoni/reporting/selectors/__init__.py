"""Reads of the yearly request: requests, entries, what stands around one, and what the committee reads."""
