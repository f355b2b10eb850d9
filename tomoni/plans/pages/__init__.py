"""What the templates of plans print: the values of the selectors in the city's words, with their addresses."""
