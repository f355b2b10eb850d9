"""Reads of this package: revisions one may see, the story of a measure, departments, and the overall plan."""
