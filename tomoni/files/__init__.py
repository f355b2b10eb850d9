"""Attachments of cases and imported files, checked by content and size, with who may open them."""
