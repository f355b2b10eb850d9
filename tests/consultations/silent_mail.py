"""A mail server that does not answer."""

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Silent(BaseEmailBackend):
    """Nobody listens."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Fail as a refused connection does."""
        raise ConnectionRefusedError
