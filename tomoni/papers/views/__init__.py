"""Pages of papers: what is published, what is being prepared, names, and what differs between versions."""
