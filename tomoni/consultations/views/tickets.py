"""The token of a form: made and signed when the form is shown, so that sending it twice is one enquiry."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from tomoni.consultations.asker import new_token

SALT = "consultations.ticket"
GOOD_FOR = timedelta(days=2)


def new_ticket() -> str:
    """A fresh token with our signature, for a hidden field."""
    return signing.dumps(new_token(), salt=SALT)


def token_in(ticket: str) -> str:
    """The token of a ticket we signed; a fresh one when it is old or not ours, so that nobody chooses a token."""
    try:
        return str(signing.loads(ticket, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return new_token()
