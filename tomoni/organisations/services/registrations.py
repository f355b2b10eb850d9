"""Registering a party for a year: begin (filled in from last year), write, and the steps with what follows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.cases import services as cases
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.fiscal import fiscal_year_on
from tomoni.organisations import permissions, selectors
from tomoni.organisations.models import Registration
from tomoni.organisations.services.contacts import keep_contact
from tomoni.organisations.services.profiles import publish, written
from tomoni.organisations.sheet import as_answers, contact_values, profile_values, sheet_of, without_contacts
from tomoni.organisations.showing import LABELS
from tomoni.organisations.workflow import State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.rulebooks.schema import Rulebook


class WrittenMeanwhile(Exception):
    """Somebody else has written since the form was opened; `registration` is as it stands now."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(
            _(
                "開いている間に、ほかの方が書き直しました。下の内容はまだ保存していません。見比べて、もう一度保存してください。"
            )
        )
        self.registration = registration


@dataclass(frozen=True, slots=True)
class Writing:
    """What a form brought: the answers, the excluded activity if any, and the revision the writer saw."""

    answers: Mapping[str, Any]
    excluded_as: str = ""
    revision: int | None = None


@transaction.atomic
def begin_registration(party: Party, *, year: int, on: date, by: Actor, at_desk: bool = False) -> Registration:
    """Begin the registration of a party for this or the next fiscal year, filled in from the year before.

    Raises NotAllowed for another year, another's group, and a year that is registered already. What the desk begins
    (`at_desk`) came on paper or in a list.
    """
    permissions.may_begin(by, party).enforce()
    if at_desk and not permissions.is_desk(by):
        raise NotAllowed(_("紙の登録を書き写せるのは、窓口の担当者だけです。"))
    this = fiscal_year_on(on).year
    if year not in (this, this + 1):
        raise NotAllowed(_("登録できるのは、今年度と次の年度です。"))
    # The party's row is the lock: two windows cannot both begin the same year.
    Party.objects.select_for_update().get(pk=party.pk)
    if selectors.has_begun(party.pk, year=year):
        raise NotAllowed(_("この年度の登録は、すでにあります。"))
    registration = Registration(party=party, year=year, taken_at_desk=at_desk, answers=_from_last_year(party, year))
    begun = cases.begin(registration, on=on, by=by)
    sheet_of(begun.rulebook.book)
    return begun


def _from_last_year(party: Party, year: int) -> dict[str, Any]:
    """Last year's answers, with what the profile says since; contacts stay where they are."""
    last = selectors.last_before(party, year)
    profile = selectors.profile_of(party)
    described = as_answers({column: getattr(profile, column) for column in LABELS}) if profile.pk else {}
    return {**(last.answers if last else {}), **described}


@transaction.atomic
def write_registration(registration: Registration, writing: Writing, *, by: Actor) -> Registration:
    """Keep the answers so far; what reaches a person is kept as the party's contact.

    Raises NotAllowed, and WrittenMeanwhile when the writer saw an older revision; then nothing has changed.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    permissions.may_write(by, locked).enforce()
    if writing.revision is not None and writing.revision != locked.revision:
        raise WrittenMeanwhile(locked)
    _keep_contact(locked.party, writing.answers, by=by)
    kept = without_contacts(writing.answers)
    changed = sorted(k for k in {*kept, *locked.answers} if kept.get(k) != locked.answers.get(k))
    locked.answers, locked.excluded_as = kept, writing.excluded_as
    locked.revision += 1
    locked.save(update_fields=["answers", "excluded_as", "revision"])
    record("write", locked, by=by, changed=changed, excluded_as=writing.excluded_as)
    return locked


def _keep_contact(party: Party, answers: Mapping[str, Any], *, by: Actor) -> None:
    values = contact_values(answers)
    held = party.contacts.first()
    if held or any(values.values()):
        keep_contact(party, values, by=by, contact=held)


@transaction.atomic
def take_step(step: str, registration: Registration, *, on: date, by: Actor, note: str = "") -> Registration:
    """Take a step, and do what follows: an accepted one fills the public profile, a withdrawn one may take it away.

    Raises NotAllowed and RulesBroken as `cases.take` does; then nothing has changed.
    """
    moved = cases.take(step, registration, by=by, note=note)
    if moved.state == State.SUBMITTED:
        moved.handed_in_on = on
    if moved.state == State.ACCEPTED:
        moved.accepted_on = on
    moved.save(update_fields=["handed_in_on", "accepted_on"])
    _show(moved, moved.rulebook.book)
    return moved


def _show(registration: Registration, book: Rulebook) -> None:
    party = registration.party
    if registration.state == State.ACCEPTED:
        publish(written(party, profile_values(registration.answers), book=book), book)
    elif registration.state == State.WITHDRAWN and (profile := selectors.profile_of(party)).pk:
        publish(profile, book)
