"""The probable names of people in what would be published, and what was decided about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import OWN_WORDS, TEXTS, Content, name_of, texts, with_texts
from tomoni.plans.models import Plan, Redaction
from tomoni.plans.names import Candidate, find
from tomoni.plans.redacting import description_place, line_place, opinion_place
from tomoni.plans.selectors.redactions import blackened_in


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate with what was decided; `is_blackened` None is not decided yet."""

    candidate: Candidate
    is_blackened: bool | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain words, or a candidate."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A text with candidates: where it stands, and the text cut at them."""

    key: str
    about: str
    pieces: tuple[Piece, ...]

    @property
    def marks(self) -> list[Mark]:
        return [piece.mark for piece in self.pieces if piece.mark is not None]


def published_form(content: Content, plan: Plan) -> Content:
    """The content with what people decided to blacken; the inner data stay as they are."""
    blackened = blackened_in(plan)
    return with_texts(content, {place: blackened.shown(place, text) for place, text in texts(content).items()})


def marked(content: Content, plan: Plan, *, also: str = "") -> list[Place]:
    """Every text with candidates. One query, however many texts."""
    decided = {
        (place, text, n): is_blackened
        for place, text, n, is_blackened in Redaction.objects.filter(plan=plan).values_list(
            "place", "text", "occurrence", "is_blackened"
        )
    }
    words = _words(content)
    found = []
    for key, text in texts(content).items():
        candidates = _with_decided(find(text, also=also), key, text, decided)
        if candidates:
            marks = [Mark(one, decided.get((key, one.text, one.occurrence))) for one in candidates]
            found.append(Place(key, words[key], tuple(_pieces(text, marks))))
    return found


def undecided(content: Content, plan: Plan) -> int:
    """How many candidates nobody has decided about."""
    return sum(mark.is_blackened is None for place in marked(content, plan) for mark in place.marks)


def _with_decided(
    found: list[Candidate], key: str, text: str, decided: dict[tuple[str, str, int], bool]
) -> list[Candidate]:
    """Words that were decided about stay marked although no pattern knows them."""
    for place, words, occurrence in decided:
        if place == key and all((one.text, one.occurrence) != (words, occurrence) for one in found):
            for one in find(text, also=words):
                inside = any(one.start < held.end and held.start < one.end for held in found)
                if (one.text, one.occurrence) == (words, occurrence) and not inside:
                    found.append(one)
    return sorted(found, key=lambda one: one.start)


def _pieces(text: str, marks: list[Mark]) -> Iterator[Piece]:
    here = 0
    for mark in marks:
        if mark.candidate.start > here:
            yield Piece(text[here : mark.candidate.start])
        yield Piece(mark.candidate.text, mark)
        here = mark.candidate.end
    if here < len(text):
        yield Piece(text[here:])


def _words(content: Content) -> dict[str, str]:
    """What to call each place: 12 出前講座 令和2年度の実績（協働課）."""
    own = {"self_assessment": _("自己評価"), "response": _("委員会の意見への対応")}
    fields: dict[str, str] = content["words"]["fields"] | own
    told: dict[str, str] = {}
    for heading in content["headings"]:
        told |= _opinions("heading", heading, f"{heading['level']}{heading['number']} {heading['title']}")
    for measure in content["measures"]:
        name = name_of(measure)
        told[description_place(measure["id"])] = f"{name} {fields['description']}"
        told |= _opinions("measure", measure, name)
        for line in measure["lines"]:
            leads = "、".join(line["leads"])
            told |= {
                line_place(line["id"], year, field): f"{name} {FiscalYear(int(year))}の{fields[field]}（{leads}）"
                for year in line["years"]
                for field in (*TEXTS, *OWN_WORDS)
            }
    return told


def _opinions(kind: str, of: Content, name: str) -> dict[str, str]:
    return {
        opinion_place(kind, of["id"], one["year"], one["committee_id"]): (
            f"{name} {FiscalYear(one['year'])}の{one['committee']}の意見"
        )
        for one in of["assessments"]
    }
