"""What people decided to blacken in a plan."""

from __future__ import annotations

from collections.abc import Mapping

from tomoni.plans.models import Plan, Redaction
from tomoni.plans.names import find
from tomoni.plans.redacting import Blackened, places_of


def blackened_in(plan: Plan) -> Blackened:
    """The words the public does not read. One query."""
    rows = Redaction.objects.filter(plan=plan, is_blackened=True).order_by("pk")
    return places_of(rows.values_list("place", "text", "occurrence"))


def undecided_in(plan: int, texts: Mapping[str, str]) -> int:
    """How many probable names in texts, by their place, nobody has decided about. One query; none without such names."""
    found = {(place, one.text, one.occurrence) for place, text in texts.items() for one in find(text)}
    if not found:
        return 0
    decided = Redaction.objects.filter(plan=plan, place__in={place for place, _, _ in found})
    return len(found - set(decided.values_list("place", "text", "occurrence")))
