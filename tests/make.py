"""Factories that speak the domain. Everything is made in the municipality in scope; every name is plainly invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from tomoni.files.models import StoredFile
from tomoni.imports.models import Batch
from tomoni.kernel.clock import JAPAN
from tomoni.parties.actor import program
from tomoni.parties.models import Party
from tomoni.parties.services import found_party
from tomoni.plans.models import Figure, Heading, Line, LineDepartment, Measure, Plan, Progress, Schedule
from tomoni.plans.services import touch
from tomoni.rulebooks.loading import load
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.services import put_in_force
from tomoni.tenants.models import Municipality

APRIL = date(2026, 4, 1)
NOON = datetime(2026, 4, 1, 12, tzinfo=JAPAN)
YEARS = (2017, 2018, 2019, 2020)
STATUSES = ("on_track", "on_track", "off_track", "changed", "done", "on_track", "")
TOWN = Path(__file__).parent / "rulebooks" / "akarisato" / "2024-04.yaml"


def city(slug: str = "midorino", *, name: str = "みどり野市", code: str = "139998") -> Municipality:
    """A municipality that does not exist."""
    return Municipality.objects.create(slug=slug, name=name, prefecture="架空県", code=code)


@cache  # it is frozen, so everybody may hold the same one
def book() -> Rulebook:
    """The rulebook of the fictional town: levels 柱 and 仕事; statuses 済んだ, 順調 and 遅れ気味."""
    return load(TOWN)


def rulebook(content: Rulebook | None = None, *, number: str = "1", on: date = APRIL) -> RulebookVersion:
    """A version in force from that day; the fictional town's when no content is given."""
    return put_in_force(content or book(), number=number, title="見本の手引", on=on, by=program("test"))


def hall() -> Party:
    """The city hall, above its departments."""
    return found_party(kind="town_hall", name="みどり野市役所")


def department(name: str = "市民協働課") -> Party:
    """A department of the city hall; the same name twice is one department."""
    return found_party(kind="town_hall", name=name, parent=hall())


def group(name: str = "あかりの会") -> Party:
    """A group of citizens."""
    return found_party(kind="neighbours", name=name)


def plan(
    *,
    title: str = "あかり計画",
    measures: int = 0,
    years: Sequence[int] = YEARS,
    is_public: bool = True,
    rulebook: RulebookVersion | None = None,
) -> Plan:
    """A plan; with `measures`, filled with that many under two levels, every fifth with two departments."""
    made = Plan.objects.create(
        title=title,
        summary="みんなで決めた取組の計画です。",
        rulebook=rulebook or RulebookVersion.objects.latest("in_force_from"),
        first_year=years[0],
        last_year=years[-1],
        years=list(years),
        levels=["柱", "目標"],
        is_public=is_public,
    )
    if measures:
        _fill(made, measures)
    return made


def heading(
    plan: Plan, title: str = "市民の意識を育てる", *, number: str = "1", under: Heading | None = None
) -> Heading:
    """A heading at the end of the plan: a 柱, or a 目標 under one."""
    return Heading.objects.create(
        plan=plan,
        parent=under,
        level=plan.levels[1 if under else 0],
        depth=under.depth + 1 if under else 0,
        number=number,
        title=title,
        position=Heading.objects.filter(plan=plan).count(),
    )


def measure(
    plan: Plan, title: str = "出前講座で協働を伝える", *, heading: Heading | None = None, **values: Any
) -> Measure:
    """A measure at the end of the plan, numbered on; it has no line yet unless it is relisted."""
    position = Measure.objects.filter(plan=plan).count()
    return Measure.objects.create(
        plan=plan,
        heading=heading,
        title=title,
        position=position,
        **{"number": str(position + 1), "description": "市の職員が出向いて話します。", **values},
    )


def line(measure: Measure, *leads: str, related: Iterable[str] = (), statuses: Iterable[str] = ()) -> Line:
    """A line led by departments of these names, with a status for each year of the plan in order."""
    made = Line.objects.create(measure=measure, position=Line.objects.filter(measure=measure).count())
    names = [(name, True) for name in leads or ("市民協働課",)] + [(name, False) for name in related]
    for position, (name, is_lead) in enumerate(names):
        LineDepartment.objects.create(line=made, party=department(name), is_lead=is_lead, position=position)
    for year, status in zip(measure.plan.years, statuses, strict=False):
        progress(made, year, status)
    return made


def progress(line: Line, year: int, status: str = "on_track", **values: Any) -> Progress:
    """What a line reports for a year."""
    return Progress.objects.create(line=line, year=year, status=status, **values)


def schedule(measure: Measure, year: int, text: str = "継続実施") -> Schedule:
    """What the plan says for a year."""
    return Schedule.objects.create(measure=measure, year=year, text=text)


def figure(measure: Measure, year: int, value: float, *, label: str = "講座の参加者", **values: Any) -> Figure:
    """A number found in the prose of a year; `unit`, `source_at` and `batch` may be given."""
    return Figure.objects.create(measure=measure, year=year, label=label, value=value, **{"unit": "人", **values})


def touched(plan: Plan) -> Plan:
    """The plan after its search keys were made and its revision went up, as every writing service leaves it."""
    touch(plan)
    return plan


def _fill(plan: Plan, measures: int) -> None:
    goals = []
    for n in range(1, 5):
        pillar = heading(plan, f"柱の見出し{n}", number=str(n))
        goals += [heading(plan, "目標の見出し", number=f"({each})", under=pillar) for each in (1, 2)]
    parties = [department(name) for name in ("市民協働課", "青少年課", "政策課", "広報課", "産業課")]
    made = Measure.objects.bulk_create(
        Measure(
            plan=plan,
            heading=goals[n * len(goals) // measures],
            number=str(n + 1),
            title=f"市民と団体がいっしょに進める取組その{n + 1}",
            description="地域の団体と市が役割を分けて、毎年続けて取り組みます。",
            is_priority=n % 7 == 0,
            position=n,
        )
        for n in range(measures)
    )
    lines = Line.objects.bulk_create(
        Line(measure=one, position=p) for n, one in enumerate(made) for p in range(2 if n % 5 == 0 else 1)
    )
    LineDepartment.objects.bulk_create(
        LineDepartment(line=one, party=parties[n % len(parties)]) for n, one in enumerate(lines)
    )
    Progress.objects.bulk_create(
        Progress(
            line=one,
            year=year,
            status=STATUSES[(n + y) % len(STATUSES)],
            results=f"{year}年度は講座を{n % 9 + 1}回開き、{n * 3 + 20}人が参加しました。参加した人の多くが続けたいと答えました。",
            issues="知っている人がまだ少なく、参加する人が決まっています。",
            next_action="知らせる方法を増やし、新しい人を誘います。",
        )
        for n, one in enumerate(lines)
        for y, year in enumerate(plan.years)
    )
    touch(plan)


def batch(
    plan: Plan, content: bytes, *, name: str = "sheet.csv", document: dict[str, Any] | None = None, **values: Any
) -> Batch:
    """A file on its way into that plan, stored for real."""
    stored = StoredFile(
        name=name, sha256=sha256(content).hexdigest(), size=len(content), content_type="text/csv", uploaded_at=NOON
    )
    stored.content.save(name, ContentFile(content), save=False)
    stored.save()
    return Batch.objects.create(
        target="plans",
        file=stored,
        document=document or {},
        subject_id=plan.pk,
        uploaded_at=NOON,
        read_at=NOON,
        **values,
    )
