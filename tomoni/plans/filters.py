"""What a reader asked for: words, a department, a status, a year. Anything that makes no sense is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from tomoni.kernel.japanese import search_key
from tomoni.plans.models import Plan, Status

OPEN = "open"
STATUSES = (*Status.values, OPEN)
MAX_QUERY = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty text and None mean: all."""

    q: str = ""
    department: int | None = None
    status: str = ""
    year: int | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Each word of `q` folded as the search keys are; a measure must hold all of them."""
        return tuple(filter(None, (search_key(word) for word in self.q.split())))

    @property
    def is_empty(self) -> bool:
        return self == Filter()

    @property
    def query(self) -> str:
        """As the end of an address, "?q=…" or ""."""
        given = {name: value for name, value in asdict(self).items() if value}
        return "?" + urlencode(given) if given else ""

    def without(self, name: str) -> Filter:
        """The same with one condition taken away."""
        return replace(self, **{name: getattr(Filter(), name)})


def asked(given: Mapping[str, str], plan: Plan) -> Filter:
    """Read an address's query; unknown statuses, years outside the plan and broken numbers are as if not given."""
    year = _number(given.get("year", ""))
    status = given.get("status", "")
    return Filter(
        q=given.get("q", "").replace("\0", "").strip()[:MAX_QUERY],
        department=_number(given.get("department", "")),
        status=status if status in STATUSES else "",
        year=year if year in plan.years else None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
