"""Reading progress sheets: pure. A Grid becomes a document in the form tomoni-sheet/1."""
