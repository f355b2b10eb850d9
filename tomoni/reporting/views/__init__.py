"""Pages of the yearly request: for the division, for officers, for the committee, and for returned sheets."""
