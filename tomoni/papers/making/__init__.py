"""From the data of a year's papers to their forms: rows first, then workbook, print and page of the same rows."""
