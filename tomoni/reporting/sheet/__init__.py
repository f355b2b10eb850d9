"""The Excel form of one's lines: written, and compared with what is kept when it comes back filled in. Pure."""
