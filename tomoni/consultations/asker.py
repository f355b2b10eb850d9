"""The person who asked, known only by the private link they hold."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission

NAME = "相談した人"
ANYBODY = Actor(user=None, name=NAME)  # who asks without an account


@dataclass(frozen=True, slots=True)
class Asker(Actor):
    """Whoever holds the private link of one consultation: may take that one up again, and nothing else anywhere."""

    consultation: int = 0

    def may(self, permission: str, party: Party | None = None) -> bool:
        """Only what the step `reopen` needs; Consultation.objection() holds them to their own consultation."""
        return permission == Permission.CONSULTATION_ANSWER and party is None


def holder_of_link(consultation: int) -> Asker:
    """The person who came with the private link of that consultation."""
    return Asker(user=None, name=NAME, consultation=consultation)


def new_token() -> str:
    """128 random bits as 22 letters for an address."""
    return secrets.token_urlsafe(16)


def fingerprint(token: str) -> str:
    """The SHA-256 of a token: all that is ever stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
