"""From the document a sheet became to the rows of a plan: settle, match, compare, commit, undo."""
