"""The review of a batch as one value: figures, filters, the cards of one page, and what is asked once for the file."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from tomoni.imports.kept import texts_of
from tomoni.imports.models import Batch, Choice
from tomoni.imports.selectors import choices_of
from tomoni.kernel.japanese import plain
from tomoni.plans.importing.commit import tally
from tomoni.plans.importing.departments import names_in
from tomoni.plans.importing.look import EMPTY, Look, look
from tomoni.plans.importing.pointers import Json, places
from tomoni.plans.imports.cards import FINDING, TWIN, UNPLACED, Card, Deck, Stray, deck, rows_near
from tomoni.plans.imports.values import CORRECTED, DEPARTMENT, INFERRED, LOW, OPEN_STATUS, Reader, Value, Wording
from tomoni.plans.models import Status
from tomoni.plans.words import words_of
from tomoni.rulebooks.models import RulebookVersion

PER_PAGE = 5
LONGEST_POINTER = 200
TODO, ALL, DECIDED = "todo", "all", "decided"
DOUBTS = (OPEN_STATUS, LOW, CORRECTED, INFERRED, DEPARTMENT, TWIN, UNPLACED, FINDING)
SAID = frozenset({FINDING, DEPARTMENT})  # shown on cards, decided elsewhere or not at all
STATES = ("new", "changed", "same")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reviewer wants to see. Anything that makes no sense is left out."""

    show: str = TODO
    against: str = ""
    page: str = "1"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        show, against = query.get("show", TODO), query.get("against", "")
        return cls(
            show if show in (ALL, DECIDED, *DOUBTS) else TODO,
            against if against in STATES else "",
            query.get("page", "1"),
        )

    @property
    def query(self) -> str:
        """The filter without the page, ready to be followed by page=."""
        told = {"show": self.show, "against": self.against}
        return "".join(f"{urlencode({name: value})}&" for name, value in told.items() if value)

    @property
    def address(self) -> str:
        return f"?{self.query}page={self.page}"


@dataclass(slots=True)
class Unknown:
    """A word of the file that is asked about once: a department nobody knows, a status word without a meaning."""

    pointer: str
    word: str
    count: int
    choice: str = ""
    value: str = ""
    chosen_by: str = ""

    @property
    def id(self) -> str:
        return "w" + self.pointer.split("/")[1] + str(zlib.crc32(self.word.encode()))

    @property
    def waits(self) -> bool:
        return not self.choice

    @property
    def said(self) -> str:
        """The option that is chosen: new, open, a status, or a department's number."""
        return {"accept": "new", "open": "open"}.get(self.choice, self.value)


@dataclass(slots=True)
class Review:
    """Everything the review page shows."""

    batch: Batch
    look: Look
    asked: Asked
    cards: Page[Card]
    deck: Deck
    departments: list[Unknown]
    statuses: list[Unknown]
    doubts: dict[str, int]
    tally: dict[str, int]
    wording: Wording
    choices: Mapping[str, Choice]

    @property
    def waiting(self) -> int:
        """Decisions still to be made; a department asked about once for the file counts once."""
        return self.deck.waiting() + sum(one.waits for one in self.departments)

    def sure(self, confidence: float) -> list[Value]:
        """Values that wait, were read, and are at least this sure."""
        return [v for v in self.readable() if v.confidence is not None and v.confidence >= confidence]

    def strays(self) -> list[Stray]:
        """Cells under the filter, on all its pages, that nobody has put anywhere."""
        return [stray for card in filtered(self.deck, self.asked) for stray in card.strays if stray.waits]

    def readable(self) -> list[Value]:
        """Values under the filter, on all its pages, that can be accepted as they were read."""
        return [v for card in filtered(self.deck, self.asked) for v in card.shown if v.waits and v.value]


def review(batch: Batch, *, rulebook: RulebookVersion, asked: Asked) -> Review:
    """Look at a batch and arrange what is asked for."""
    seen = look(batch, rulebook=rulebook)
    document = batch.document or EMPTY
    choices = choices_of(batch)
    people = {pointer: str(one.by) if one.by else "" for pointer, one in choices.items()}
    wording = Wording(words_of(rulebook.book))
    departments = _departments(seen, document, people)
    reader = Reader(
        seen,
        document,
        wording,
        texts=texts_of(batch.grid),
        cells=places(document),
        people=people,
        unknown=frozenset(plain(one.word) for one in departments if one.waits),
    )
    made = deck(reader)
    counts = Counter(doubt for card in made.cards for doubt, waits in card.doubts.items() if waits or doubt in SAID)
    cards = filtered(made, asked)
    shown: Page[Card] = Paginator(cards, PER_PAGE).get_page(asked.page)
    for card in shown:
        card.rows = rows_near(card, document, batch.grid)
    return Review(
        batch=batch,
        look=seen,
        asked=Asked(asked.show, asked.against, str(shown.number)),
        cards=shown,
        deck=made,
        departments=departments,
        statuses=_statuses(seen, document, people),
        doubts={doubt: counts[doubt] for doubt in DOUBTS if counts[doubt]},
        tally=tally(seen),
        wording=wording,
        choices=choices,
    )


def filtered(made: Deck, asked: Asked) -> list[Card]:
    """The cards under a filter; each sorts its values into those asked about and the rest."""
    found = []
    for card in made.cards:
        values = card.values
        card.shown = [value for value in values if _is_asked(value, asked.show)]
        card.others = [value for value in values if not _is_asked(value, asked.show) and not value.is_blank]
        if (not asked.against or card.state == asked.against) and _belongs(card, asked.show):
            found.append(card)
    return found


def _is_asked(value: Value, show: str) -> bool:
    if show == TODO:
        return value.waits
    if show == DECIDED:
        return bool(value.choice)
    return show == ALL or show in value.doubts


def _belongs(card: Card, show: str) -> bool:
    if show == ALL:
        return True
    if show == TODO:
        return any(card.doubts.values())
    if show == DECIDED:
        return bool(card.shown or card.match or any(not stray.waits for stray in card.strays))
    return show in card.doubts


def _departments(seen: Look, document: Json, people: Mapping[str, str]) -> list[Unknown]:
    """Departments that are new or were explained here. What was written is asked about, not what it was corrected to."""
    found = []
    for name, count in names_in(document).items():
        pointer = f"/departments/{name}"
        chosen = seen.choices.get(pointer)
        if chosen is None and seen.names.find(name) is not None:
            continue
        made = Unknown(pointer, name, count, chosen_by=people.get(pointer, ""))
        if chosen is not None:
            made.choice, made.value = chosen.kind, str(chosen.value or "")
        found.append(made)
    return found


def _statuses(seen: Look, document: Json, people: Mapping[str, str]) -> list[Unknown]:
    """Status words and marks that stayed open and were not settled one by one, the most frequent first."""
    counts: Counter[str] = Counter()
    for m, measure in enumerate(document["measures"]):
        for n, line in enumerate(measure["lines"]):
            for year, entry in line["years"].items():
                is_told = f"/measures/{m}/lines/{n}/years/{year}/status" in seen.choices
                if entry["status"] is None and entry["status_text"] and not is_told:
                    counts[entry["status_text"].strip()] += 1
    found = []
    for word, count in counts.most_common():
        pointer = f"/statuses/{word}"
        if len(pointer) > LONGEST_POINTER or "\n" in word:
            continue
        chosen = seen.choices.get(pointer)
        made = Unknown(pointer, word, count, chosen_by=people.get(pointer, ""))
        if chosen is not None:
            made.choice, made.value = chosen.kind, str(chosen.value or "")
        found.append(made)
    return found


def with_typed(made: Review, typed: Mapping[str, str]) -> Review:
    """The same with what somebody has just typed, so that a refusal loses nothing."""
    for card in made.cards.object_list:
        card.match = typed.get(f"match:{card.pointer}", card.match)
        for value in card.values:
            value.value = typed.get(f"value:{value.pointer}", value.value)
            value.choice = typed.get(f"do:{value.pointer}", value.choice)
        for stray in card.strays:
            stray.to = typed.get(f"to:{stray.pointer}", stray.to)
            stray.field = typed.get(f"field:{stray.pointer}", stray.field)
    for one in (*made.departments, *made.statuses):
        if (said := typed.get(f"word:{one.pointer}")) is not None:
            one.choice, one.value = {"new": ("accept", ""), "open": ("open", ""), "": ("", "")}.get(
                said, ("correct", said)
            )
    return made


def status_options(wording: Wording) -> list[tuple[str, str]]:
    """What a status can be, in the city's words."""
    return [(status.value, wording.status(status.value)) for status in Status]


def doubt_labels() -> dict[str, str]:
    """What each kind of doubt is called."""
    return {
        OPEN_STATUS: _("進捗状況が空いている"),
        LOW: _("読み取りが確かでない"),
        CORRECTED: _("字の誤りを読み替えた"),
        INFERRED: _("番号を前後から補った"),
        DEPARTMENT: _("知らない担当課がある"),
        TWIN: _("計画によく似たものがある"),
        UNPLACED: _("置き場所の決まらないセルがある"),
        FINDING: _("気づいたことがある"),
    }
