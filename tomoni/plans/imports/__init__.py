"""The pages on which a sheet is taken in: upload, wait, review, commit, undo."""
