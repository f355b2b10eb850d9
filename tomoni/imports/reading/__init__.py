"""Bytes of any kind of table become a Grid whose every cell knows its place. Nothing is understood here."""
