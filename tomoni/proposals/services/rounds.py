"""Verbs about programmes and rounds: take them over from the rulebook, write them, open a round, publish results."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases.notices import tell
from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.proposals import permissions
from tomoni.proposals.conditions import Conditions
from tomoni.proposals.models import Programme, Proposal, Round
from tomoni.proposals.services.shown import show
from tomoni.proposals.workflow import State
from tomoni.rulebooks.schema import Rulebook
from tomoni.search.services import index

KIND = "round"


@transaction.atomic
def take_over_programmes(book: Rulebook, *, by: Actor) -> list[Programme]:
    """Make the programmes the rulebook announces that are not there yet; those made."""
    permissions.may_arrange(by).enforce()
    held = set(Programme.objects.values_list("key", flat=True))
    made = []
    for each in book.programmes:
        if each.key not in held:
            programme = Programme(key=each.key, name=each.label, summary=each.text, settings=Conditions.of(each).kept())
            programme.save()
            record("take_over", programme, by=by)
            made.append(programme)
    return made


@transaction.atomic
def write_programme(programme: Programme, conditions: Conditions, *, by: Actor) -> Programme:
    """Keep a programme and its conditions as they now stand. A new one gets a key of its own."""
    permissions.may_arrange(by).enforce()
    programme.settings = conditions.kept()
    if not programme.key:
        programme.key = f"own_{Programme.objects.count() + 1}"
    programme.save()
    record("write", programme, by=by)
    return programme


@transaction.atomic
def open_round(call: Round, *, by: Actor) -> Round:
    """Open a round, or change one: its days, what is asked for, who screens. Everybody can find it."""
    permissions.may_arrange(by).enforce()
    is_new = call.pk is None
    call.save()
    record("open" if is_new else "write", call, by=by, is_public=True)
    text = f"{call.programme.name}\n{call.theme}"
    index(call, kind=KIND, title=call.title, text=text, url=call.get_absolute_url())
    return call


@transaction.atomic
def publish_results(call: Round, *, on: date, by: Actor) -> Round:
    """Let everybody read what was adopted and declined, and why; those who proposed are told.

    NotAllowed while anything is undecided.
    """
    held = Round.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=call.pk)
    permissions.may_publish(by, held).enforce()
    held.published_on = on
    held.save(update_fields=["published_on"])
    event = record("publish", held, by=by, is_public=True)
    decided = Proposal.objects.filter(round=held, state__in=[State.ADOPTED, State.DECLINED])
    for each in decided.select_related("lead", "rulebook", "municipality", "round").prefetch_related("seats__party"):
        show(each)
        told = _("「%(title)s」の結果が公表されました。") % {"title": each.title}
        tell(each.together(), told, event=event, about=each, by=by)
    return held
