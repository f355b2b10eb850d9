"""Reads of project rooms: what everybody sees, what the sides see, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from tomoni.agreements.models import Agreement, Side
from tomoni.files.models import Visibility
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission, grants
from tomoni.projects.models import Account, Change, Duty, Project, ProjectFigure, RenewalReview, Risk, RoomFile, Talk
from tomoni.projects.workflow import State
from tomoni.rulebooks.schema import Checklist
from tomoni.search.selectors import found

SEARCH_KIND = "project"
STAGE_OF = {State.PREPARING: "planning", State.RUNNING: "doing", State.REPORTED: "reflecting"}


def _with_names() -> QuerySet[Project]:
    return Project.objects.select_related(
        "civic", "city", "rulebook", "municipality", "agreement", "previous", "next_year"
    )


def public() -> QuerySet[Project]:
    """Projects everybody may read about, the newest first."""
    return _with_names().filter(is_public=True).exclude(state=State.PREPARING).order_by("-starts", "-pk")


def visible_to(actor: Actor) -> QuerySet[Project]:
    """What is public, and for the two sides and the division also what is not yet."""
    if actor.may(Permission.PROJECT_STOP):
        return _with_names().order_by("-starts", "-pk")
    own = Q(civic__in=actor.parties) | Q(city__in=actor.parties)
    return _with_names().filter(own | (Q(is_public=True) & ~Q(state=State.PREPARING))).order_by("-starts", "-pk")


def awaiting(actor: Actor) -> QuerySet[Project]:
    """Projects in which something waits for this person: a start, an answer to a change, a report to check."""
    sides = [seat.party for seat in actor.seats if grants(seat.role, Permission.PROJECT_WRITE)]
    checks = [seat.party for seat in actor.seats if grants(seat.role, Permission.PROJECT_CHECK)]
    asked = Change.objects.filter(agreed=None)
    reviews = RenewalReview.objects.filter(project__next_year=None)

    def asked_to_review(side: Side, other: Side) -> Q:
        """The other side has written whether to go on, this one has not."""
        told, own = (reviews.filter(side=each).values("project") for each in (other, side))
        return Q(**{f"{side.value}__in": sides}, pk__in=told) & ~Q(pk__in=own)

    turn = (
        Q(state=State.PREPARING) & (Q(civic__in=sides) | Q(city__in=sides))
        | Q(state=State.REPORTED, city__in=checks)
        | Q(civic__in=sides, pk__in=asked.filter(proposed_by=Side.CITY).values("project"))
        | Q(city__in=sides, pk__in=asked.filter(proposed_by=Side.CIVIC).values("project"))
    )
    going_on = asked_to_review(Side.CIVIC, Side.CITY) | asked_to_review(Side.CITY, Side.CIVIC)
    at_work = turn & ~Q(state__in=[State.FINISHED, State.STOPPED])
    return _with_names().filter(at_work | (going_on & ~Q(state=State.STOPPED))).order_by("begun_on", "pk")


@dataclass(frozen=True, slots=True)
class Sought:
    """How the public list is narrowed; "" for any."""

    words: str = ""
    form_kind: str = ""
    field: str = ""
    state: str = ""


def narrowed(sought: Sought) -> QuerySet[Project]:
    """Public projects that fit; words are found from two letters on."""
    wanted = {"form_kind": sought.form_kind, "field": sought.field, "state": sought.state}
    listed = public().filter(**{name: value for name, value in wanted.items() if value})
    if sought.words.strip():
        listed = listed.filter(pk__in=found(sought.words, kind=SEARCH_KIND).order_by().values("subject_id"))
    return listed


@dataclass(frozen=True, slots=True)
class Tick:
    """One point of a checklist with both sides' answers; None where a side has not answered."""

    key: str
    label: str
    civic: bool | None
    city: bool | None

    @property
    def differs(self) -> bool:
        return self.civic is not None and self.city is not None and self.civic != self.city


@dataclass(frozen=True, slots=True)
class Ticked:
    """A checklist of the present stage, answered by both sides."""

    key: str
    label: str
    cites: str
    ticks: tuple[Tick, ...]


def checklists(project: Project) -> list[Ticked]:
    """The checklists of the project's stage, both sides' answers beside each other."""
    stage = STAGE_OF.get(State(project.state))
    lists: Sequence[Checklist] = project.rulebook.book.checklists_at(stage) if stage else ()  # type: ignore[arg-type]
    held = {(a.checklist, a.side): a.answers for a in project.checklist_answers.all()}

    def answer(checklist: str, side: str, item: str) -> bool | None:
        given = held.get((checklist, side), {}).get(item)
        return None if given is None else bool(given["ok"])

    return [
        Ticked(
            each.key,
            each.label,
            each.cites,
            tuple(
                Tick(i.key, i.label, answer(each.key, Side.CIVIC, i.key), answer(each.key, Side.CITY, i.key))
                for i in each.items
            ),
        )
        for each in lists
    ]


def account_lines(project: Project) -> list[Account]:
    """Income, then spending."""
    return list(project.accounts.order_by("-is_income", "pk"))


@dataclass(frozen=True, slots=True)
class Sums:
    """Plan and actual of the accounts, in yen."""

    planned_income: int
    planned_spending: int
    actual_income: int
    actual_spending: int

    @property
    def left(self) -> int:
        """What is left over of what came in; below nothing when more was spent."""
        return self.actual_income - self.actual_spending


def sums(lines: Iterable[Account]) -> Sums:
    """Added up over all lines."""
    held = list(lines)

    def total(name: str, *, income: bool) -> int:
        return sum(getattr(line, name) or 0 for line in held if line.is_income == income)

    return Sums(
        total("planned", income=True),
        total("planned", income=False),
        total("actual", income=True),
        total("actual", income=False),
    )


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands in the room, each kind in the order it is read in. One query a kind, however much there is."""

    accounts: list[Account]
    changes: list[Change]
    duties: list[Duty]
    talks: list[Talk]
    risks: list[Risk]
    late: int
    late_risks: int

    @property
    def open_risks(self) -> list[Risk]:
        return [each for each in self.risks if each.settled_on is None]


def inside(project: Project, on: date) -> Inside:
    """All of it for the two sides and the division, and how many duties and risks are past their day and still open."""
    lists = {
        "accounts": Account.objects.order_by("-is_income", "pk"),
        "changes": Change.objects.order_by("-proposed_on", "-pk"),
        "duties": Duty.objects.order_by("done_on", "due", "pk"),
        "talks": Talk.objects.order_by("-held_on", "-pk"),
        "risks": Risk.objects.order_by("settled_on", "due", "pk"),
    }
    prefetch_related_objects([project], *(Prefetch(name, queryset=rows) for name, rows in lists.items()))
    accounts, changes, duties, talks, risks = (list(getattr(project, name).all()) for name in lists)
    named = {each.pk: each.text for each in risks}
    for talk in talks:
        talk.spoken_of = [named[key] for key in talk.risks if key in named]
    late = sum(each.done_on is None and each.due is not None and each.due < on for each in duties)
    late_risks = sum(each.settled_on is None and each.due < on for each in risks)
    # NULLs sort apart on different databases: what is open comes first on both.
    duties.sort(key=lambda each: each.done_on is not None)
    risks.sort(key=lambda each: each.settled_on is not None)
    return Inside(accounts, changes, duties, talks, risks, late, late_risks)


@dataclass(frozen=True, slots=True)
class Going:
    """A project among its years: the one before, the one after, and what both sides think of going on."""

    previous: Project | None
    following: Project | None
    reviews: dict[str, RenewalReview]


def years_beside(project: Project, *, is_inside: bool) -> Going:
    """The years beside this one; from outside only those that are public, and no reviews."""
    beside = [project.previous, project.following]
    for each in beside:
        if each is not None:
            each.municipality = project.municipality
    previous, following = (
        each if each and (is_inside or (each.is_public and each.state != State.PREPARING)) else None for each in beside
    )
    if not is_inside:
        return Going(previous, following, {})
    prefetch_related_objects([project], "reviews")
    return Going(previous, following, {each.side: each for each in project.reviews.all()})


def agreements_without_room(actor: Actor) -> QuerySet[Agreement]:
    """Concluded agreements of this person's parties that have no project yet."""
    own = Q(civic__in=actor.parties) | Q(city__in=actor.parties)
    return Agreement.objects.filter(own, state="concluded", projects=None).select_related("civic", "city")


def files_in(project: Project, *, is_inside: bool) -> QuerySet[RoomFile]:
    """The files of a room, newest first; from outside only those marked as public."""
    kept = project.room_files.select_related("stored__uploaded_by", "project").order_by("-stored__uploaded_at", "-pk")
    return kept if is_inside else kept.filter(stored__visibility=Visibility.PUBLIC)


def figures_for(projects: Iterable[Project], year: int) -> QuerySet[ProjectFigure]:
    """What reported and finished projects among these tell of that fiscal year, with the project of each."""
    told = ProjectFigure.objects.filter(project__in=projects, project__state__in=[State.REPORTED, State.FINISHED])
    return told.filter(year=year).select_related("project__municipality").order_by("label", "project", "pk")
