"""Migrations of checks."""
