"""Filters for the templates of proposals."""
