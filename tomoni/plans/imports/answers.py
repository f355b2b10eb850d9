"""What a reviewer's form says, as decisions: only what differs from what stands already. Wrong input stays, with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tomoni.imports.services import Decided
from tomoni.plans.importing.decide import Spelling
from tomoni.plans.importing.departments import LONGEST_NAME
from tomoni.plans.importing.pointers import place_of, read_value
from tomoni.plans.importing.settle import ACCEPT, CORRECT, OPEN
from tomoni.plans.importing.tables import decimal_text
from tomoni.plans.imports.cards import UNUSED, Card, Stray, target_fields
from tomoni.plans.imports.review import Review, Unknown
from tomoni.plans.imports.values import FIGURE, NAMES, SHORT, STATUS, Value, joined
from tomoni.plans.models import Status
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.statuses import Scale

NEW = "new"
LONGEST = {"number": 20, "title": 300, "heading_number": 20, "heading_title": 300, "schedule": 100}
LONGEST_TEXT = 20_000


class Wrong(ValueError):
    """What was typed cannot be taken; the message says what to do."""


@dataclass(slots=True)
class Answers:
    """Decisions to write down, spellings to remember, and what was wrong, by pointer."""

    decided: list[Decided] = field(default_factory=list)
    spellings: list[Spelling] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def answers(made: Review, posted: Mapping[str, str], reading: Reading) -> Answers:
    """Go through everything the form may have asked about. Fields that were not sent say nothing."""
    found = Answers()
    for card in made.deck.cards:
        for pointer, decision in _of_card(made, card, posted, reading):
            _take(found, pointer, decision)
    for one in (*made.departments, *made.statuses):
        if f"word:{one.pointer}" in posted:
            _take(found, one.pointer, _word(made, one, posted))
            _remember(found, made, one, posted)
    return found


def _take(found: Answers, pointer: str, decision: Decided | Wrong | None) -> None:
    if isinstance(decision, Wrong):
        found.errors[pointer] = str(decision)
    elif decision is not None:
        found.decided.append(decision)


def _of_card(
    made: Review, card: Card, posted: Mapping[str, str], reading: Reading
) -> Iterator[tuple[str, Decided | Wrong | None]]:
    for value in card.values:
        if f"value:{value.pointer}" in posted or f"do:{value.pointer}" in posted:
            yield value.pointer, _tried(_value, made, value, posted)
    for stray in card.strays:
        if f"to:{stray.pointer}" in posted:
            yield stray.pointer, _tried(_stray, stray, posted, reading)
    if f"match:{card.pointer}" in posted:
        yield card.pointer, _match(made, card, posted[f"match:{card.pointer}"])


def _tried(decide: Any, *told: Any) -> Decided | Wrong | None:
    try:
        decision: Decided | None = decide(*told)
    except Wrong as wrong:
        return wrong
    return decision


def _value(made: Review, value: Value, posted: Mapping[str, str]) -> Decided | None:
    """A control that was changed is a correction, whatever the select beside it says; an emptied one stays open."""
    typed = _clean(posted.get(f"value:{value.pointer}", value.value))
    said = posted.get(f"do:{value.pointer}", value.choice)
    if typed == _clean(value.value):
        if said == value.choice:
            return None
        if said == CORRECT:
            raise Wrong(_("直した値を書いてください。"))
        return Decided(value.pointer, said) if said in {ACCEPT, OPEN} else Decided(value.pointer, "")
    if not typed:
        return Decided(value.pointer, OPEN)
    place = place_of(value.pointer)
    meant = _meant(value, place.field if place else "", typed)
    read = read_value(made.batch.document or {}, place) if place else ""
    kind = ACCEPT if meant == read else CORRECT
    return Decided(value.pointer, kind, meant if kind == CORRECT else None)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _meant(value: Value, name: str, typed: str) -> Any:
    """The typed text as the document holds such a value. Raises Wrong."""
    if value.control == STATUS:
        if typed not in Status.values:
            raise Wrong(_("進捗状況を選んでください。"))
        return typed
    if value.control == NAMES:
        names = [one.strip() for one in re.split(r"[、,，\n]", typed) if one.strip()]
        if any(len(one) > LONGEST_NAME for one in names):
            raise Wrong(_("課の名前は%(n)s字までです。「、」で区切って書いてください。") % {"n": LONGEST_NAME})
        return list(dict.fromkeys(names))
    if value.control == FIGURE:
        try:
            decimal_text(typed.replace(",", "").replace("，", ""))
        except ArithmeticError as wrong:
            raise Wrong(_("数字で書いてください。")) from wrong
        return typed.replace(",", "").replace("，", "")
    longest = LONGEST.get(name, LONGEST_TEXT)
    if len(typed) > longest:
        raise Wrong(_("%(n)s字までで書いてください（いま%(now)s字）。") % {"n": longest, "now": len(typed)})
    return " ".join(typed.split()) if value.control == SHORT else typed


def _stray(stray: Stray, posted: Mapping[str, str], reading: Reading) -> Decided | None:
    to, name = posted[f"to:{stray.pointer}"], posted.get(f"field:{stray.pointer}", "")
    if (to, name) == (stray.to, stray.field) or (to == stray.to and to in {"", UNUSED}):
        return None
    if not to:
        return Decided(stray.pointer, "")
    if to == UNUSED:
        return Decided(stray.pointer, ACCEPT)
    if "/lines/" not in to:
        name = "description"
    elif name not in target_fields():
        raise Wrong(_("どの欄に入れるかを選んでください。"))
    if place_of(f"{to}/{name}") is None:
        raise Wrong(_("入れる場所を選んでください。"))
    value: dict[str, Any] = {"to": f"{to}/{name}"}
    if name == "status":
        value["status"] = Scale.of(reading, {}).read(stray.cell.text).status
    return Decided(stray.pointer, CORRECT, value)


def _match(made: Review, card: Card, said: str) -> Decided | None:
    if said == card.match:
        return None
    if not said:
        return Decided(card.pointer, "")
    if said == "0":
        return Decided(card.pointer, ACCEPT)
    known = said.isdigit() and int(said) in made.look.held.rows["measure"]
    return Decided(card.pointer, CORRECT, int(said)) if known else None


def _word(made: Review, one: Unknown, posted: Mapping[str, str]) -> Decided | None:
    """A department: new, or one of those we have. A status word: one of the statuses, or to be left open."""
    said = posted[f"word:{one.pointer}"]
    now = {ACCEPT: NEW, OPEN: OPEN}.get(one.choice, one.value)
    if said == now:
        return None
    if said in {NEW, OPEN, ""}:
        return Decided(one.pointer, {NEW: ACCEPT, OPEN: OPEN, "": ""}[said])
    if said in Status.values:
        return Decided(one.pointer, CORRECT, said)
    known = said.isdigit() and int(said) in made.look.names.names
    return Decided(one.pointer, CORRECT, int(said)) if known else None


def _remember(found: Answers, made: Review, one: Unknown, posted: Mapping[str, str]) -> None:
    said = posted[f"word:{one.pointer}"]
    if f"remember:{one.pointer}" not in posted:
        return
    names: Mapping[int, str] = made.look.names.names
    if said in Status.values:
        found.spellings.append(Spelling("status", one.word, said))
    elif said.isdigit() and int(said) in names:
        found.spellings.append(Spelling("department", one.word, names[int(said)]))


def described(made: Review, pointer: str) -> str:
    """A value in words, for the sentence that tells what somebody else has changed."""
    values = {value.pointer: (card, value) for card in made.deck.cards for value in card.values}
    if pointer in values:
        card, value = values[pointer]
        label = joined(filter(None, (value.line, value.label)))
        return _("%(number)s %(title)s の「%(label)s」") % {
            "number": card.number,
            "title": card.title,
            "label": label,
        }
    place = place_of(pointer)
    if place and place.word:
        return _("「%s」の読み方") % place.word
    if place and place.field == "match" and place.measure is not None:
        title: str = made.look.settled["measures"][place.measure]["title"]
        return _("「%s」と計画との対応") % title
    return _("置き場所の決まらないセル")
