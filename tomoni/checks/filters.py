"""Which findings a reader wants to see: a kind, a department, a year, answered or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tomoni.checks.cards import KINDS
from tomoni.checks.selectors.findings import Told
from tomoni.plans.models import Plan
from tomoni.plans.words import long_year

ANSWERED, UNANSWERED = "yes", "no"


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty text and None mean: all."""

    kind: str = ""
    department: int | None = None
    year: int | None = None
    answered: str = ""

    @property
    def query(self) -> str:
        """As the beginning of an address's query, "kind=sum&" or ""."""
        given = {name: value for name, value in asdict(self).items() if value}
        return urlencode(given) + "&" if given else ""

    def fits(self, told: Told) -> bool:
        """Is this one of those asked for?"""
        return (
            self.kind in {"", told.finding.kind}
            and (self.department is None or any(each.pk == self.department for each in told.leads))
            and self.year in {None, told.finding.year}
            and (not self.answered or (self.answered == ANSWERED) == told.is_answered)
        )


def asked(given: Mapping[str, str], plan: Plan) -> Filter:
    """Read an address's query; what makes no sense is as if not given."""
    kind, answered, year = given.get("kind", ""), given.get("answered", ""), _number(given.get("year", ""))
    return Filter(
        kind=kind if kind in KINDS else "",
        department=_number(given.get("department", "")),
        year=year if year in plan.years else None,
        answered=answered if answered in {ANSWERED, UNANSWERED} else "",
    )


def fields(chosen: Filter, plan: Plan, found: Iterable[Told]) -> list[dict[str, Any]]:
    """The controls of the filter, with the departments that have findings."""
    departments = {lead.pk: lead.name for told in found for lead in told.leads}
    return [
        _choice("kind", _("種類"), chosen.kind, KINDS.items()),
        _choice("department", _("担当課"), chosen.department, sorted(departments.items(), key=lambda each: each[1])),
        _choice("year", _("年度"), chosen.year, ((year, long_year(year)) for year in plan.years)),
        _choice(
            "answered",
            _("答え"),
            chosen.answered,
            ((UNANSWERED, _("まだ答えのないもの")), (ANSWERED, _("答えのあるもの"))),
        ),
    ]


def kinds(chosen: Filter, found: Iterable[Told]) -> list[dict[str, Any]]:
    """How many findings of each kind there are under the other conditions, each a way to see only those."""
    others = replace(chosen, kind="")
    counts: Counter[str] = Counter(each.finding.kind for each in found if others.fits(each))
    return [
        {
            "label": str(label),
            "count": counts[kind],
            "query": "?" + replace(chosen, kind=kind).query.rstrip("&"),
            "is_chosen": chosen.kind == kind,
        }
        for kind, label in KINDS.items()
        if counts[kind]
    ]


def _choice(name: str, label: str, value: Any, options: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    shown = [{"value": str(key), "label": str(word)} for key, word in options]
    return {"name": name, "label": label, "value": "" if value is None else value, "options": shown}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
