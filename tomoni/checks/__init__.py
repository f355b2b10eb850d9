"""What does not add up in a plan's reports: numbered findings with their evidence, and people's answers to them."""
