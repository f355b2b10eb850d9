"""Pages of this room: reading, drafting, signing, papers, and suitability checks."""
