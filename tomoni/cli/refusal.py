"""What a command raises when it cannot use its input."""


class Unusable(Exception):
    """The input cannot be used; the message is the sentence for the person at the command line (exit code 2)."""
