"""The sheet, the evaluation table and the summary as committees and the public know them, and the versions published."""
