"""What people decided to blacken in a plan."""

from __future__ import annotations

from tomoni.plans.models import Plan, Redaction
from tomoni.plans.redacting import Blackened, places_of


def blackened_in(plan: Plan) -> Blackened:
    """The words the public does not read. One query."""
    rows = Redaction.objects.filter(plan=plan, is_blackened=True).order_by("pk")
    return places_of(rows.values_list("place", "text", "occurrence"))
