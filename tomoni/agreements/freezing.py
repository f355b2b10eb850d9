"""From an agreement to its content, and from an adopted proposal to the beginning of an agreement."""

from __future__ import annotations

from typing import Any

from tomoni.agreements.models import Agreement, Side
from tomoni.proposals.budget import CITY
from tomoni.proposals.models import Proposal


def content_of(agreement: Agreement) -> dict[str, Any]:
    """Everything the two sides sign, readable without the rulebook it was drawn up under."""
    form = agreement.form
    return {
        "title": agreement.title,
        "civic": agreement.civic.name,
        "city": agreement.city.name,
        "form": {"key": agreement.form_kind, "label": form.label if form else "", "cites": form.cites if form else ""},
        "form_reason": agreement.form_reason,
        "partner_reason": agreement.partner_reason,
        "purpose": agreement.purpose,
        "duties": agreement.duties,
        "total": agreement.total,
        "shares": agreement.shares,
        "starts": agreement.starts.isoformat() if agreement.starts else None,
        "ends": agreement.ends.isoformat() if agreement.ends else None,
        "clauses": [
            {"key": clause.key, "label": clause.label, "text": agreement.clauses[clause.key]}
            for clause in agreement.needed_clauses()
            if agreement.clauses.get(clause.key, "").strip()
        ],
    }


def from_proposal(proposal: Proposal) -> dict[str, Any]:
    """What an adopted proposal already says: form, purpose, duties, costs and shares. Nothing is copied by hand."""
    answers: dict[str, Any] = proposal.answers
    heads = {head.key: head.label for head in proposal.rulebook.book.budget.income}
    shares = [
        {
            "side": (Side.CITY if row["head"] == CITY else Side.CIVIC).value,
            "label": row["label"] or heads.get(row["head"], ""),
            "amount": row["amount"],
        }
        for row in proposal.budget
        if row["side"] == "income" and row["amount"]
    ]
    duties = [
        {"side": side.value, "text": answers[key], "due": None}
        for side, key in ((Side.CIVIC, "civic_role"), (Side.CITY, "city_role"))
        if answers.get(key)
    ]
    known = {form.key for form in proposal.rulebook.book.forms}
    return {
        "title": proposal.title,
        "form_kind": proposal.form_kind if proposal.form_kind in known else "",
        "purpose": answers.get("purpose", ""),
        "partner_reason": answers.get("why_together", ""),
        "duties": duties,
        "shares": shares,
        "total": sum(row["amount"] for row in shares),
    }
