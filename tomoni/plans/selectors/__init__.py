"""Reads that the pages of plans need: which plans one may see, and each page's content as small frozen values."""
