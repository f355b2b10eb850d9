"""How people come to an account: staff and groups are invited, nobody signs up alone."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No open sign-up: an account is made by the city or comes from its own sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
