"""Addresses that lead from a value to the cell of the file it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.urls import reverse

from tomoni.plans.models import Plan
from tomoni.plans.selectors.source import anchor
from tomoni.tenants.scope import current


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file: as people name it, and where it is shown. Falsy when there is none."""

    at: str = ""
    url: str = ""

    def __bool__(self) -> bool:
        return bool(self.at and self.url)


class Places:
    """Makes the addresses of cells; each file's own address is looked up once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.known: dict[int, str] = {}

    def of(self, at: str, batch: int | None) -> Place:
        """The cell `at` in the file of a batch; no place when a person wrote the value."""
        if not at or batch is None:
            return Place()
        if batch not in self.known:
            self.known[batch] = reverse("plan-source", args=[current().slug, self.plan.pk, batch])
        return Place(at, f"{self.known[batch]}?{urlencode({'at': at})}#{quote(anchor(at))}")
