"""Floor 0: rules, workflows, decisions, fiscal years and Japanese text. Knows nothing, not even Django."""
