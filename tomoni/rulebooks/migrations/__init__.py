"""Migrations of rulebooks."""
