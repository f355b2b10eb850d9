"""Verbs about plans that are not the import: open one, mark and relist measures, write down a committee's view."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from tomoni.kernel.japanese import search_key
from tomoni.plans.models import Figure, LineDepartment, Measure, Plan, Progress


@transaction.atomic
def touch(plan: Plan) -> None:
    """Everything that writes below a plan ends with this: search keys are made anew, the revision goes up by one."""
    refresh_search_keys(plan)
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
    plan.refresh_from_db(fields=["revision"])


def refresh_search_keys(plan: Plan) -> None:
    """Fold all words of each measure (number, title, description, departments, every year's texts) into its key."""
    measures = list(Measure.objects.filter(plan=plan).only("number", "title", "description", "search_key"))
    words: dict[int, list[str]] = {m.pk: [m.number, m.title, m.description] for m in measures}
    for pk, name in LineDepartment.objects.filter(line__measure__plan=plan).values_list(
        "line__measure_id", "party__name"
    ):
        words[pk].append(name)
    for pk, *texts in Progress.objects.filter(line__measure__plan=plan).values_list(
        "line__measure_id", "status_text", "results", "issues", "next_action", "remarks"
    ):
        words[pk] += texts
    for pk, label in Figure.objects.filter(measure__plan=plan).values_list("measure_id", "label"):
        words[pk].append(label)
    changed = []
    for measure in measures:
        # The line end keeps the last letters of one text from making a word with the first of the next.
        key = "\n".join(dict.fromkeys(search_key(text) for text in words[measure.pk] if text))
        if key != measure.search_key:
            measure.search_key = key
            changed.append(measure)
    Measure.objects.bulk_update(changed, ["search_key"], batch_size=200)
