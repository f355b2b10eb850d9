"""Verbs about plans that are not the import: open one, mark, relist and assess measures, link projects to them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.japanese import search_key
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.plans import permissions
from tomoni.plans.models import Assessment, Figure, Heading, LineDepartment, Measure, Plan, Progress, ProjectLink
from tomoni.plans.redacting import Blackened, description_place, line_place
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.plans.words import TEXTS
from tomoni.projects import selectors as projects
from tomoni.projects.models import Project
from tomoni.search.services import Findable, index_all
from tomoni.tenants.scope import current

SEARCH_KIND = "measure"


@transaction.atomic
def open_plan(plan: Plan, *, by: Actor) -> Plan:
    """Open a new plan as given (title, rulebook, years, names of the levels). A title stands once in a city."""
    permissions.may_write(by).enforce()
    plan.municipality = current()
    plan.full_clean(exclude=["years", "levels"])  # a plan may be opened before anything is reported
    plan.save()
    record("open", plan, by=by, is_public=plan.is_public)
    return plan


@transaction.atomic
def describe(plan: Plan, *, summary: str, by: Actor) -> Plan:
    """Say in a few sentences what the plan is about."""
    permissions.may_write(by).enforce()
    if plan.summary == summary:
        return plan
    plan.summary = summary
    plan.save(update_fields=["summary"])
    record("describe", plan, by=by, is_public=plan.is_public)
    touch(plan)
    return plan


@transaction.atomic
def mark_priority(measure: Measure, *, is_priority: bool = True, by: Actor) -> Measure:
    """Call a measure a priority one, or no longer. Marking it twice changes nothing."""
    permissions.may_write(by).enforce()
    if measure.is_priority == is_priority:
        return measure
    measure.is_priority = is_priority
    measure.save(update_fields=["is_priority"])
    record("mark_priority", measure, by=by, is_public=True, is_priority=is_priority)
    touch(measure.plan)
    return measure


@transaction.atomic
def relist(measure: Measure, *, under: Heading, number: str = "", by: Actor) -> Measure:
    """List a measure a second time under another heading of its plan, at the end; what is listed twice stays one.

    Relisting what is itself relisted points to the original. NotAllowed where it stands already, or in another plan.
    """
    permissions.may_write(by).enforce()
    original = measure.relisted_of or measure
    if under.plan_id != original.plan_id:
        raise NotAllowed(_("再掲できるのは、同じ計画の見出しの下だけです。"))
    if original.heading_id == under.pk or original.relisted.filter(heading=under).exists():
        raise NotAllowed(_("この見出しの下には、もう載っています。"))
    last = Measure.objects.filter(plan=original.plan).aggregate(last=Max("position"))["last"]
    again = Measure(
        plan=original.plan,
        heading=under,
        number=number or original.number,
        title=original.title,
        relisted_of=original,
        position=last + 1,
    )
    again.save()
    record("relist", again, by=by, is_public=True, original=original.pk)
    touch(original.plan)
    return again


@transaction.atomic
def assess(
    of: Measure | Heading, *, committee: Party, year: int, rating: str = "", opinion: str = "", by: Actor
) -> Assessment:
    """Write down what a committee says of a measure or a heading in a year; said again, the new words replace the old.

    NotAllowed for people of other bodies; ValidationError when neither a rating nor an opinion is given.
    """
    held = note_assessment(of, committee=committee, year=year, rating=rating, opinion=opinion, by=by)
    touch(of.plan)
    return held


def note_assessment(
    of: Measure | Heading, *, committee: Party, year: int, rating: str, opinion: str, by: Actor
) -> Assessment:
    """The same without the end: whoever writes many calls `touch(plan)` once for all of them."""
    permissions.may_assess(by, committee).enforce()
    if not (rating.strip() or opinion.strip()):
        raise ValidationError(_("評価か意見のどちらかを書いてください。"))
    held, made = Assessment.objects.update_or_create(
        measure=of if isinstance(of, Measure) else None,
        heading=of if isinstance(of, Heading) else None,
        year=year,
        committee=committee,
        defaults={"rating": rating, "opinion": opinion},
    )
    record("assess", held, by=by, is_public=True, again=not made, rating=rating)
    return held


@transaction.atomic
def link_project(measure: Measure, project: Project, *, by: Actor) -> ProjectLink:
    """Say that a project serves a measure; of a relisted one, the original. Both remember it.

    NotAllowed where they are linked already, or where the plan is not public: its measures would show on the project.
    """
    permissions.may_link(by).enforce()
    original = measure.relisted_of or measure
    if not original.plan.is_public:
        raise NotAllowed(_("公開している計画の施策だけに、事業をつなげます。"))
    held, made = ProjectLink.objects.get_or_create(measure=original, project=project)
    if not made:
        raise NotAllowed(_("この事業と施策は、もうつながっています。"))
    _record_link("link", original, project, by=by)
    return held


@transaction.atomic
def unlink_project(measure: Measure, project: Project, *, by: Actor) -> None:
    """Take a link back; both remember that it was there. NotAllowed where there is none."""
    permissions.may_link(by).enforce()
    original = measure.relisted_of or measure
    gone, _each = ProjectLink.objects.filter(measure=original, project=project).delete()
    if not gone:
        raise NotAllowed(_("この事業と施策は、つながっていません。"))
    _record_link("unlink", original, project, by=by)


def _record_link(verb: str, measure: Measure, project: Project, *, by: Actor) -> None:
    is_told = projects.public().filter(pk=project.pk).exists()
    record(f"{verb}_project", measure, by=by, is_public=is_told, project=project.pk)
    record(f"{verb}_measure", project, by=by, note=str(measure), measure=measure.pk)
    touch(measure.plan)


@transaction.atomic
def touch(plan: Plan) -> None:
    """Everything that writes below a plan ends with this: search keys are made anew, the revision goes up by one."""
    refresh_search_keys(plan)
    count_up(plan)


def count_up(plan: Plan) -> None:
    """Enough where no word people search for has changed: pages that were kept are made anew."""
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
    plan.refresh_from_db(fields=["revision"])


def refresh_search_keys(plan: Plan) -> None:
    """Fold all words of each measure (its names now and before, description, departments, every year's texts)."""
    columns = ("number", "title", "description", "former", "search_key")
    blackened = blackened_in(plan)  # what nobody reads is not found either
    measures = list(Measure.objects.filter(plan=plan).only(*columns))
    words: dict[int, list[str]] = {
        m.pk: [
            m.number,
            m.title,
            blackened.shown(description_place(m.pk), m.description),
            *(f"{was['number']} {was['title']}" for was in m.former),
        ]
        for m in measures
    }
    # Always in the same order, so that the same words make the same key on every database.
    for pk, name in (
        LineDepartment.objects.filter(line__measure__plan=plan)
        .order_by("pk")
        .values_list("line__measure_id", "party__name")
    ):
        words[pk].append(name)
    for pk, line, year, status_text, *texts in (
        Progress.objects.filter(line__measure__plan=plan)
        .order_by("pk")
        .values_list("line__measure_id", "line_id", "year", "status_text", *TEXTS)
    ):
        words[pk].append(status_text)
        words[pk] += [blackened.shown(line_place(line, year, n), t) for n, t in zip(TEXTS, texts, strict=True)]
    for pk, label in (
        Figure.objects.filter(measure__plan=plan, set_aside="").order_by("pk").values_list("measure_id", "label")
    ):
        words[pk].append(label)
    changed = []
    for measure in measures:
        # The line end keeps the last letters of one text from making a word with the first of the next.
        key = "\n".join(dict.fromkeys(search_key(text) for text in words[measure.pk] if text))
        if key != measure.search_key:
            measure.search_key = key
            changed.append(measure)
    Measure.objects.bulk_update(changed, ["search_key"], batch_size=200)
    if plan.is_public:
        slug = current().slug
        index_all(
            Measure._meta.label_lower,
            [
                _findable(measure, blackened, reverse("measure", args=[slug, plan.pk, measure.pk]))
                for measure in changed
            ],
            kind=SEARCH_KIND,
        )


def _findable(measure: Measure, blackened: Blackened, url: str) -> Findable:
    return Findable(
        measure.pk,
        f"{measure.number} {measure.title}".strip(),
        measure.search_key,
        blackened.shown(description_place(measure.pk), measure.description),
        url,
    )
