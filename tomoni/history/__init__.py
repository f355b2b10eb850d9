"""One line of what happened, by whom; and who has been told of it."""
