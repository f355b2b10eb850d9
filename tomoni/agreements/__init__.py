"""Does collaboration fit, in which form, and who does and pays what, signed by both sides."""
