"""Checks that explain themselves: numbered rules over what a line reports, each with its sentence and its evidence."""
