"""The request as our views see it: with a municipality, an actor and htmx."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tomoni.parties.actor import Actor
from tomoni.parties.models import User
from tomoni.tenants.models import Municipality


class Request(HttpRequest):
    """Only for types: the middleware put these attributes on every request."""

    municipality: Municipality
    actor: Actor
    htmx: HtmxDetails
    user: User
