"""Pages of the desk: for people at work, for those who ask, and the questions everybody may read."""
