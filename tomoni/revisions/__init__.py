"""How a plan changes on its way: measures merged, split, renumbered or ended, departments renamed, ties to the overall plan."""
