"""Migrations of search."""
