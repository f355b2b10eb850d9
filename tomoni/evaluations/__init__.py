"""Both sides answer the same sheet, then both read, then they talk."""
