"""A progress sheet written in the layout committees know: document in, workbook out. Pure."""
