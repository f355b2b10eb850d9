"""Pages of programmes, proposals and their screening."""
