"""Municipal progress sheets: from the grid of a file to a document, without guessing. See docs/sheet-format.md."""
