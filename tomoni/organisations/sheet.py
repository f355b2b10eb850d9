"""The rulebook's sheet for registrations: which answers fill the public profile, and which reach a person. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from tomoni.kernel.decisions import NotAllowed
from tomoni.rulebooks.answers import is_answered, standing
from tomoni.rulebooks.schema import Rulebook, Sheet

SHEET = "registration"
# Question of the sheet -> column of the profile.
PROFILE = {
    "purpose": "purpose",
    "activities": "summary",
    "area": "area",
    "field": "fields",
    "members": "members",
    "founded": "founded_on",
    "gives": "gives",
    "seeks": "seeks",
    "vision": "vision",
    "now": "now",
    "website": "website",
    "public_contact": "public_contact",
    "stage": "stage",
    "capabilities": "capabilities",
}
# Question of the sheet -> column of the contact. These answers are never kept with the registration.
CONTACTS = {
    "contact_person": "name",
    "contact_phone": "phone",
    "contact_email": "email",
    "contact_address": "address",
}


class Reached(Protocol):
    """A contact, as far as the sheet asks for it."""

    name: str
    phone: str
    email: str
    address: str


class NoSheet(NotAllowed):
    """This city's rulebook has no sheet for registrations."""


def sheet_of(book: Rulebook) -> Sheet:
    """The sheet for registrations; NoSheet when the rulebook has none."""
    try:
        return book.sheet(SHEET)
    except LookupError as missing:
        raise NoSheet("この市のルールブックには、登録の記入票がありません。") from missing


def contact_answers(contact: Reached | None) -> dict[str, str]:
    """What is known of the contact, under the keys of the sheet; open ones are left out."""
    if contact is None:
        return {}
    return {key: value for key, column in CONTACTS.items() if (value := getattr(contact, column))}


def contact_values(answers: Mapping[str, Any]) -> dict[str, str]:
    """Columns of the contact from the answers of a form."""
    return {column: str(answers.get(key, "")).strip() for key, column in CONTACTS.items() if key in answers}


def without_contacts(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that may be kept with the registration."""
    return {key: value for key, value in answers.items() if key not in CONTACTS}


def profile_values(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of the profile from answers; questions left open are left out, days become dates."""
    values = {column: answers[key] for key, column in PROFILE.items() if answers.get(key) not in (None, "", [])}
    if isinstance(day := values.get("founded_on"), str):
        values["founded_on"] = date.fromisoformat(day)
    return values


def as_answers(values: Mapping[str, Any]) -> dict[str, Any]:
    """The other way: answers from columns of the profile, to begin next year's sheet with."""
    held = {key: values.get(column) for key, column in PROFILE.items()}
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in held.items()
        if value not in (None, "", [])
    }


def missing_questions(book: Rulebook, answers: Mapping[str, Any]) -> list[str]:
    """Labels of the required questions that have no answer yet."""
    return [f.label for f in standing(sheet_of(book), answers) if f.required and not is_answered(f, answers)]


def default_visibility(book: Rulebook) -> dict[str, str]:
    """Who reads a column of the profile when nobody chose: what the sheet says of its question."""
    asked = {field.key: field.visibility for field in sheet_of(book).fields}
    return {column: asked[key] for key, column in PROFILE.items() if key in asked}
