"""Tables of published papers, as they came to be."""
