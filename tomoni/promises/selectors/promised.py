"""Promises: what lines said they would do next year, each beside the report of that year and what people decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from tomoni.kernel.japanese import plain
from tomoni.plans.models import Line, Plan, Progress
from tomoni.promises.chain import Proposal, Report, propose
from tomoni.promises.models import PromiseVerdict, Verdict
from tomoni.promises.parts import parts_of


@dataclass(frozen=True)
class Promise:
    """One promise of a line in a year. `verdict` holds for its text; one given to another text is `outdated`."""

    line: int
    measure: int
    topic: str
    year: int
    part: int
    text: str
    made: Report
    after: Report | None
    verdict: PromiseVerdict | None = None
    outdated: PromiseVerdict | None = None

    @property
    def is_reported(self) -> bool:
        """Whether anything is written for the year after."""
        return self.after is not None and any((self.after.results, self.after.remarks, self.after.status))

    @cached_property
    def proposal(self) -> Proposal:
        """What the program proposes; made when asked for, because most pages show only some."""
        return propose(self.text, self.made, self.after, topic=self.topic)


@dataclass(frozen=True, slots=True)
class Counts:
    """How the promises of a year stand. `decided` and `undecided` add up to `reported`; the rest waits for a report."""

    year: int
    promised: int
    reported: int
    by_verdict: dict[str, int]

    @property
    def decided(self) -> int:
        return sum(self.by_verdict.values())

    @property
    def undecided(self) -> int:
        return self.reported - self.decided


COLUMNS = ("line_id", "year", "results", "remarks", "next_action", "status", "line__measure_id", "line__measure__title")


def promises_of(plan: Plan, *, year: int | None = None, measure: int | None = None) -> list[Promise]:
    """Every promise of a plan in its order, or only those of a year or a measure. Two queries."""
    rows = Progress.objects.filter(line__measure__plan=plan)
    verdicts = PromiseVerdict.objects.filter(line__measure__plan=plan)
    if year is not None:
        rows, verdicts = rows.filter(year__in=(year, year + 1)), verdicts.filter(year=year)
    if measure is not None:
        rows, verdicts = rows.filter(line__measure=measure), verdicts.filter(line__measure=measure)
    found = _read(rows.order_by("line__measure__position", "line__measure_id", "line__position", "year"), verdicts)
    return [each for each in found if year is None or each.year == year]


def promises_for(lines: Iterable[int], year: int) -> list[Promise]:
    """The promises some lines made in a year. Two queries."""
    keys = list(lines)
    rows = Progress.objects.filter(line__in=keys, year__in=(year, year + 1)).order_by("line_id", "year")
    found = _read(rows, PromiseVerdict.objects.filter(line__in=keys, year=year))
    return [each for each in found if each.year == year]


def promise_of(line: Line, year: int, part: int) -> Promise | None:
    """One promise; None when the line has no such one."""
    return next((each for each in promises_for([line.pk], year) if each.part == part), None)


def counts_of(promises: Iterable[Promise]) -> list[Counts]:
    """How the promises of each year stand, oldest year first."""
    by_year: dict[int, list[Promise]] = defaultdict(list)
    for each in promises:
        by_year[each.year].append(each)
    return [_counted(year, by_year[year]) for year in sorted(by_year)]


def _counted(year: int, promises: list[Promise]) -> Counts:
    given = Counter(each.verdict.verdict for each in promises if each.verdict)
    reported = sum(each.is_reported or each.verdict is not None for each in promises)
    return Counts(year, len(promises), reported, {each.value: given[each.value] for each in Verdict})


def _read(rows: QuerySet[Progress], verdicts: QuerySet[PromiseVerdict]) -> list[Promise]:
    given = {(each.line_id, each.year, each.part): each for each in verdicts.select_related("given_for")}
    reports: dict[int, dict[int, Report]] = defaultdict(dict)
    about: dict[int, tuple[int, str]] = {}
    for line, year, results, remarks, next_action, status, measure, title in rows.values_list(*COLUMNS):
        reports[line][year] = Report(results, remarks, next_action, status)
        about[line] = measure, title
    return [each for line in reports for each in _of_line(line, about[line], reports[line], given)]


def _of_line(
    line: int,
    about: tuple[int, str],
    reports: dict[int, Report],
    given: dict[tuple[int, int, int], PromiseVerdict],
) -> Iterator[Promise]:
    for year, made in reports.items():
        for part, text in enumerate(parts_of(made.next_action)):
            verdict = given.get((line, year, part))
            holds = verdict is not None and plain(verdict.text) == plain(text)
            yield Promise(
                *(line, *about, year, part, text, made, reports.get(year + 1)),
                verdict=verdict if holds else None,
                outdated=None if holds else verdict,
            )
