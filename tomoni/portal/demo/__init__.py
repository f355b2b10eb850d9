"""The demonstration: four cities with people, departments, rulebooks and plans, made from the texts in demo/."""
