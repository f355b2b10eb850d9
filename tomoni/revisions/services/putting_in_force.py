"""Put a revision in force in one transaction, and take it back while nobody has worked on the new shape."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.parties.models import User
from tomoni.plans.importing.commit import one_at_a_time
from tomoni.plans.importing.held import held as held_rows
from tomoni.plans.importing.undo import ChangedSince, restore
from tomoni.plans.importing.write import Kept, write
from tomoni.plans.models import Line, Measure, Plan, Progress
from tomoni.plans.services import touch
from tomoni.revisions.effect import effect_of
from tomoni.revisions.models import ChangedMeasure, FormerSeat, PlanChange, Revision
from tomoni.revisions.shape import MAKING, Draft, Kind
from tomoni.revisions.telling import told_changes
from tomoni.search.services import forget


@transaction.atomic
def put_in_force(revision: Revision, *, at: datetime, by: Actor) -> Revision:
    """Change the plan as decided, and keep what was there before. Afterwards the plan says so on every page.

    NotAllowed at the wrong stage or for the wrong person, RulesBroken when the plan has moved on; then nothing changed.
    """
    one_at_a_time()
    done = cases.take("put_in_force", revision, by=by)
    plan = Plan.objects.select_for_update().get(pk=done.plan_id)
    draft = done.facts()
    said = told_changes(done, draft)
    changes = effect_of(draft, held_rows(plan.pk))
    kept = write(changes, by=User.objects.filter(pk=by.user or 0).first())
    made = _made(kept, [int(one.ref) for one in changes if one.table == "measure" and one.before is None])
    for row in done.changes.order_by("position"):
        row.was = said[row.pk]
        row.save(update_fields=["was"])
    _remember(done, draft, made)
    done.kept, done.put_in_force_at = {"rows": kept, "reports": _reports(done)}, at
    done.save(update_fields=["kept", "put_in_force_at"])
    touch(plan)
    _tell(done, by)
    return done


def _made(kept: Kept, keys: list[int]) -> dict[int, int]:
    """The number of each new measure by the key that stood for it."""
    made = [one["pk"] for one in kept if one["table"] == "measure" and one["before"] is None]
    return {-key: pk for key, pk in zip(keys, made, strict=True)}


def _remember(revision: Revision, draft: Draft, made: dict[int, int]) -> None:
    """Which measures came out of each change, and who led a line before."""
    for change in draft.changes:
        names = draft.shape.measures
        sources = ChangedMeasure.objects.filter(change_id=change.pk, is_after=False)
        for row in sources:  # as they are called on the day, not when the draft was written
            row.number, row.title = names[row.measure_id].number, names[row.measure_id].title
        ChangedMeasure.objects.bulk_update(sources, ["number", "title"])
        after: Iterable[tuple[int, str, str]] = (
            [(made[change.key_of(n)], one.number, one.title) for n, one in enumerate(change.results)]
            if change.kind in MAKING
            else [(pk, change.number, change.title) for pk in change.sources if change.kind == Kind.NAME]
        )
        ChangedMeasure.objects.bulk_create(
            ChangedMeasure(change_id=change.pk, measure_id=pk, is_after=True, number=number, title=title)
            for pk, number, title in after
        )
        if change.kind == Kind.LEADS and change.line:
            _keep_leads(change.pk, change.line, change.leads, draft)


def _keep_leads(change: int, line: int, leads: tuple[int, ...], draft: Draft) -> None:
    before = next(held for one in draft.shape.measures.values() for pk, held in one.lines if pk == line)
    FormerSeat.objects.bulk_create(
        FormerSeat(line_id=line, party_id=party, followed_by_id=leads[0], last_year=draft.year - 1, change_id=change)
        for party in before
        if party not in leads
    )


def _reports(revision: Revision) -> list[int]:
    touched = ChangedMeasure.objects.filter(change__revision=revision).values("measure")
    told = Progress.objects.filter(line__measure__in=touched, year__gte=revision.year)
    return list(told.order_by("pk").values_list("pk", flat=True))


def _tell(revision: Revision, by: Actor) -> None:
    touched = Measure.objects.filter(changes__change__revision=revision).distinct().order_by("pk")
    for measure in touched:
        record("revise", measure, by=by, is_public=True, revision=revision.pk)
    record("revise", revision.plan, by=by, is_public=True, revision=revision.pk)


@transaction.atomic
def take_back(revision: Revision, *, reason: str, by: Actor) -> Revision:
    """Bring the plan back to what it was; the revision is decided again, and can be put in force again.

    RulesBroken when somebody has reported or a later revision stands on it, NotAllowed when people have worked on it.
    """
    one_at_a_time()
    taken = cases.take("take_back", revision, by=by, note=reason)
    mine = PlanChange.objects.filter(revision=taken)
    made = [one["pk"] for one in taken.kept["rows"] if one["table"] == "measure" and one["before"] is None]
    _refuse_what_hangs_on(made)
    ChangedMeasure.objects.filter(change__in=mine, is_after=True).delete()
    FormerSeat.objects.filter(change__in=mine).delete()
    for measure in Measure.objects.filter(pk__in=made):
        forget(measure)
    try:
        restore(taken.kept["rows"], by=User.objects.filter(pk=by.user or 0).first())
    except ChangedSince as since:
        raise NotAllowed(
            _("適用したあとに、変わった施策や見出しへ書き加えられたものがあります。失われるため、取り消せません。")
        ) from since
    mine.update(was={})
    taken.kept, taken.put_in_force_at = {}, None
    taken.save(update_fields=["kept", "put_in_force_at"])
    touch(Plan.objects.get(pk=taken.plan_id))
    record("take_back_revision", taken.plan, by=by, note=reason, is_public=True, revision=taken.pk)
    return taken


def _refuse_what_hangs_on(made: list[int]) -> None:
    """Another revision that is being prepared may already name a measure this one made."""
    if ChangedMeasure.objects.filter(measure__in=made, is_after=False).exists():
        raise NotAllowed(
            _("この改訂でできた施策を、別の改訂の案が変えようとしています。先にその変更を外してください。")
        )
    if FormerSeat.objects.filter(line__in=Line.objects.filter(measure__in=made)).exists():
        raise NotAllowed(_("この改訂のあとに、担当課の移り変わりが記録されています。取り消せません。"))
