"""Pages of projects: what everybody reads, and the room in which both sides work."""
