"""What was promised for the next year beside what was then done, and what became of a committee's advice."""
