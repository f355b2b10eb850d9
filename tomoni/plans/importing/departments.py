"""Which party a department written in a sheet is: by its name, by what people explained, by what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tomoni.imports.selectors import meanings
from tomoni.kernel.japanese import plain
from tomoni.parties.models import Party, Succession
from tomoni.parties.selectors import departments
from tomoni.plans.importing.pointers import Json
from tomoni.plans.importing.settle import CORRECT, Chosen
from tomoni.rulebooks.schema import Rulebook
from tomoni.tenants.scope import current

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Hall:
    """The city itself, above its departments: its row if there is one, and what it would be made as."""

    pk: int | None
    kind: str
    name: str


@dataclass(slots=True)
class Directory:
    """The city's departments by the key of their name; `spelled` explains other ways of writing one."""

    hall: Hall
    by_name: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)  # decided in this batch

    def find(self, name: str) -> int | None:
        """The party of a name as written, or None for one nobody knows yet."""
        key = plain(name)
        if (pk := self.told.get(key)) is not None:
            return pk
        return self.by_name.get(key) or self.by_name.get(plain(self.spelled.get(key, "")))

    def with_choices(self, choices: Mapping[str, Chosen]) -> Directory:
        """The same, knowing what was decided in a batch (`/departments/NAME` -> a party's number)."""
        start = "/departments/"
        told = {
            plain(pointer.removeprefix(start)): chosen.value
            for pointer, chosen in choices.items()
            if pointer.startswith(start) and chosen.kind == CORRECT and chosen.value in self.names
        }
        return Directory(self.hall, self.by_name, self.names, self.spelled, told)


def directory(book: Rulebook) -> Directory:
    """The departments of the municipality in scope, with their former names, in three queries."""
    kinds = [kind.key for kind in book.party_kinds if kind.side == "city"] or ["city"]
    halls = list(Party.objects.filter(parent=None, kind__in=kinds, ended_on=None).order_by("pk"))
    hall = Hall(halls[0].pk, halls[0].kind, halls[0].name) if halls else Hall(None, kinds[0], current().name)
    known = list(departments())
    became = _became()
    ended = {one.pk for one in known if one.ended_on}
    made = Directory(hall, names={one.pk: one.name for one in known})
    for one in sorted(known, key=lambda p: (p.pk not in ended, p.pk)):  # a department of today hides a former one
        made.by_name[plain(one.name)] = _today(one.pk, became, ended)
    made.spelled = {plain(also): entry.name for entry in book.reading.departments for also in entry.also}
    made.spelled |= {plain(spelling): meaning for spelling, meaning in meanings("department").items()}
    return made


def _became() -> dict[int, set[int]]:
    became: dict[int, set[int]] = defaultdict(set)
    for before, after in Succession.objects.values_list("before_id", "after_id"):
        became[before].add(after)
    return became


def _today(pk: int, became: Mapping[int, set[int]], ended: set[int]) -> int:
    """What a department is called today. One that was split, or whose end nobody explained, stays itself."""
    seen: set[int] = set()
    while pk in ended and pk not in seen and len(became.get(pk, ())) == 1:
        seen.add(pk)
        pk = next(iter(became[pk]))
    return pk


def names_in(document: Json) -> dict[str, int]:
    """Every department a document names, each once in the order of the sheet, and in how many cells it stands."""
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for measure in document["measures"]:
        for line in measure["lines"]:
            for name in filter(str.strip, (*line["leads"], *line["related"])):
                key = plain(name)
                found.setdefault(key, name.strip()[:LONGEST_NAME])
                counts[key] += 1
    return {name: counts[key] for key, name in found.items()}
