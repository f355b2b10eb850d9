"""Taking over what exists: read, recognise, align, review, commit, for any target."""
