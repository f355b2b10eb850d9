"""Migrations of history."""
