"""What a municipality means by working together, as data in versions."""
