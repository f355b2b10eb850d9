"""Migrations of revisions."""
