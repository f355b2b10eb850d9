"""A department is renamed, joined, split, or hands work over: lines of plans and people follow, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.kernel.rules import broken
from tomoni.parties.actor import Actor
from tomoni.parties.models import Membership, Party, Succession, SuccessionKind
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party, seat, succeed
from tomoni.plans.importing.commit import one_at_a_time
from tomoni.plans.models import LineDepartment, Measure, Plan
from tomoni.plans.services import touch
from tomoni.revisions import permissions
from tomoni.revisions.models import FormerSeat
from tomoni.revisions.rules import CHANGING
from tomoni.revisions.selectors import departments as selectors

ENDING = frozenset({SuccessionKind.RENAMED, SuccessionKind.MERGED, SuccessionKind.SPLIT})
MOVE, BOTH, STAY, LEAVE = "move", "both", "stay", "leave"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of whom on which day. `afters` are parties that are there, or names of new departments."""

    kind: SuccessionKind
    befores: Sequence[Party]
    afters: Sequence[Party | str]
    on: date
    note: str = ""

    @property
    def ends(self) -> bool:
        """Are the departments before gone afterwards?"""
        return self.kind in ENDING


@dataclass(frozen=True, slots=True)
class Person:
    """What a person does: moves to a successor, sits in both, stays, or leaves. `to` is its place in `afters`."""

    what: str
    to: int = 0


@transaction.atomic
def change_departments(
    wanted: Wanted, *, lines: Mapping[int, int | None], people: Mapping[int, Person], today: date, by: Actor
) -> list[Party]:
    """Write down what became of departments. `lines` says which successor (its place) takes each seat of a line.

    Answers the successors. RulesBroken says what is in the way, NotAllowed who may not or what is left without anybody.
    """
    one_at_a_time()
    check_departments(wanted, today=today, by=by)
    seats = list(selectors.lines_of(wanted.befores, on=wanted.on))
    if wanted.ends and any(lines.get(each.pk) is None for each in seats):
        raise NotAllowed(_("なくなる課が受け持ったままの取組があります。すべての取組に、引き継ぐ課を選んでください。"))
    members = list(selectors.people_in(wanted.befores, on=wanted.on))
    afters = [_found(each, wanted.befores[0]) for each in wanted.afters]
    told = {
        (before.pk, after.pk): succeed(before, after, kind=wanted.kind, on=wanted.on, note=wanted.note)
        for before in wanted.befores
        for after in afters
    }
    if wanted.kind == SuccessionKind.SPLIT:
        for before in wanted.befores:
            before.ended_on = wanted.on
            before.save(update_fields=["ended_on"])
    for each in seats:
        if (to := lines.get(each.pk)) is not None:
            _hand_over(each, afters[to], told[each.party_id, afters[to].pk])
    for member in members:
        _reseat(member, people.get(member.pk, Person(STAY)), afters, wanted.on)
    _tell(wanted, seats, lines, by)
    return afters


def check_departments(wanted: Wanted, *, today: date, by: Actor) -> None:
    """Raise what stands against a change, before anything is written."""
    permissions.may_change_departments(by).enforce()
    afters = [each if isinstance(each, str) else each.pk for each in wanted.afters]
    facts = selectors.known_about(wanted.kind, wanted.befores, afters, on=wanted.on, today=today)
    if findings := broken(CHANGING, facts):
        raise RulesBroken(findings)


def _found(after: Party | str, before: Party) -> Party:
    return after if isinstance(after, Party) else found_party(kind=before.kind, name=after, parent=before.parent)


def _hand_over(seat_of_line: LineDepartment, after: Party, succession: Succession) -> None:
    """The line answers to its successor from that year on; whose it was stays readable beside the years before."""
    FormerSeat(
        line_id=seat_of_line.line_id,
        party_id=seat_of_line.party_id,
        followed_by=after,
        is_lead=seat_of_line.is_lead,
        last_year=fiscal_year_on(succession.on).year - 1,
        succession=succession,
    ).save()
    beside = LineDepartment.objects.filter(line_id=seat_of_line.line_id, party=after, is_lead=seat_of_line.is_lead)
    if beside.exists():
        seat_of_line.delete()
    else:
        seat_of_line.party = after
        seat_of_line.save(update_fields=["party"])


def _reseat(member: Membership, person: Person, afters: Sequence[Party], on: date) -> None:
    if person.what in {MOVE, BOTH}:
        seat(member.user, afters[person.to], role=Role(member.role), since=on)
    if person.what in {MOVE, LEAVE}:
        member.until = max(member.since, on - timedelta(days=1))
        member.save(update_fields=["until"])


def _tell(wanted: Wanted, seats: Sequence[LineDepartment], lines: Mapping[int, int | None], by: Actor) -> None:
    for before in wanted.befores:
        record("change_department", before, by=by, note=wanted.note, is_public=True, kind=wanted.kind.value)
    moved = {each.line.measure_id for each in seats if lines.get(each.pk) is not None}
    for measure in Measure.objects.filter(pk__in=moved).order_by("pk"):
        record("change_department", measure, by=by, note=wanted.note, is_public=True)
    for plan in Plan.objects.filter(measures__in=moved).distinct():
        touch(plan)
