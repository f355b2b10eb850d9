"""The pages of docs/ that the program prints itself, so that they cannot grow old."""
