"""One index for one search: what is public and worth finding, found by words of two letters and more."""
