"""Bodies that advise and judge: seats, terms, meetings, opinions."""
