"""Reads: the data of a year's papers, the versions published, and what was decided about names."""
