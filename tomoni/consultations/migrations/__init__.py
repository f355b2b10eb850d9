"""Migrations of consultations."""
