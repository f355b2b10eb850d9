"""Action plans: headings, measures, yearly progress, and the messy sheets they come from. The model room."""
