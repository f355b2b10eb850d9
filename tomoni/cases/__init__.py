"""Anything that passes from hand to hand: begin() and take(), the only code that moves a state."""
