"""The case page of an agreement as its two sides and the division see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from tomoni.agreements import permissions, selectors
from tomoni.agreements.content import SIDES, differences, in_words
from tomoni.agreements.forms import SignForm
from tomoni.agreements.freezing import content_of
from tomoni.agreements.models import Agreement, AgreementVersion
from tomoni.agreements.workflow import State
from tomoni.cases.pages import standing
from tomoni.parties.permissions import Permission
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

OWN_VERBS = {"sign": gettext_lazy("署名しました")}


def case_page(request: Request, held: Agreement, *, problem: Exception | None = None) -> HttpResponse:
    """The whole room: where it stands, what is next, what it says, versions, history."""
    versions = selectors.versions_of(held)
    content = content_of(held)
    stands = standing(held, request, problem=problem)
    for event in stands.events:
        event.label = OWN_VERBS.get(event.verb, event.label)  # type: ignore[attr-defined]  # shown
    shown = {
        "agreement": held,
        "standing": stands,
        "steps": [option for option in stands.options if option.step.name != "conclude"],
        "parts": in_words(content),
        "content": content,
        "versions": versions,
        "in_force": next((each for each in versions if each.concluded_on), None),
        "may_write": permissions.may_write(request.actor, held),
        "signing": _signing(request, held, versions),
        "watch": watched(request, held),
        "pending": _pending(held, content, versions),
    }
    return page(request, "agreements/agreement.html", shown, status=422 if problem else 200)


def _signing(request: Request, held: Agreement, versions: list[AgreementVersion]) -> dict[str, Any] | None:
    """Who has signed the offered version, and the form for the side that may sign now."""
    if held.state != State.OFFERED or not versions:
        return None
    signed = {each.side: each for each in versions[0].signatures.all()}
    rows = [{"party": held.side_party(side), "signature": signed.get(side)} for side in SIDES]
    own = permissions.sides_of(request.actor, held, Permission.AGREEMENT_SIGN)
    side = next((each for each in own if each not in signed), "")
    form = SignForm(initial={"number": held.version, "side": side}) if side else None
    return {"rows": rows, "form": form, "has_signed": bool(own) and not side}


def _pending(held: Agreement, content: dict[str, Any], versions: list[AgreementVersion]) -> list[Any]:
    """What the draft says otherwise than the version before it."""
    if held.state != State.DRAFT or not versions:
        return []
    return differences(versions[0].content, content)


def watched(request: Request, held: Agreement) -> list[dict[str, Any]]:
    """Points to watch of the chosen form: the reader's own side's, both sides' for the division."""
    form = held.form
    if form is None:
        return []
    side = permissions.reader_side(request.actor, held)
    notes = form.notes
    own = {"civic": notes.civic, "city": notes.city}
    told: list[dict[str, Any]] = [
        {"party": held.side_party(key), "notes": own[key]} for key in own if side in ("", key)
    ]
    told.append({"party": None, "notes": notes.both})
    return [each for each in told if each["notes"]]
