"""Migrations of cases."""
