"""Tomoni: an open platform for civic collaboration in Japanese municipalities."""
