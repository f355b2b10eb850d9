"""Tables of the sample case."""
