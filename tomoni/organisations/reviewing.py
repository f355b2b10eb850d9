"""Reviewing a list of groups: what we hold to compare with, what a person decided, and the review as it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tomoni.imports.align import Known, Match
from tomoni.imports.models import Batch, Choice
from tomoni.imports.selectors import choices_of
from tomoni.imports.services import Decided
from tomoni.organisations import grouplist, selectors
from tomoni.organisations.grouplist import COMPARED, LABELS, Line
from tomoni.organisations.models import OtherName, Profile
from tomoni.organisations.sheet import PROFILE
from tomoni.parties.models import Party, Succession
from tomoni.rulebooks.schema import Rulebook

TARGET = "organisations"
CONTACTS_TOO = "/contacts"
SKIP, NEW = "skip", "new"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group that a row might be."""

    pk: int
    name: str
    kind: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A row with what it would do, what a person may choose, and what was chosen."""

    line: Line
    verdict: int | str | None
    candidates: tuple[Candidate, ...]
    differs: tuple[tuple[str, str, str], ...]  # label, what we hold, what the file says


@dataclass(frozen=True, slots=True)
class Review:
    """The whole list as it is decided."""

    rows: tuple[Reviewed, ...]
    with_contacts: bool

    def of(self, match: str) -> list[Reviewed]:
        """The rows of one kind of match."""
        return [row for row in self.rows if row.line.aligned.match == match]

    @property
    def open_rows(self) -> int:
        """How many rows nobody has decided yet."""
        return sum(row.verdict is None for row in self.rows)


def held_groups(book: Rulebook) -> list[Known]:
    """All groups with what is compared of them, also under names they had before or were written with."""
    parties = list(selectors.known_groups(book))
    profiles = {profile.party_id: profile for profile in Profile.objects.filter(party__in=parties)}
    others: dict[int, list[str]] = defaultdict(list)
    for after, name in Succession.objects.filter(after__in=parties).values_list("after", "before__name"):
        others[after].append(name)
    for party, name in OtherName.objects.values_list("party", "name"):
        others[party].append(name)
    return [Known(each.pk, each.name, compared(profiles.get(each.pk)), tuple(others[each.pk])) for each in parties]


def compared(profile: Profile | None) -> dict[str, str]:
    """What is compared of a profile, as text under the keys of the list."""
    if profile is None:
        return {}
    return {key: str(value) for key in COMPARED if (value := getattr(profile, PROFILE[key])) not in (None, "")}


def verdict_of(line: Line, choices: Mapping[str, Choice]) -> int | str | None:
    """What a row will do: the number of the party it is, `new`, `skip`, or None while a person must decide."""
    choice = choices.get(line.pointer)
    if choice is not None:
        return SKIP if choice.kind == "open" else (choice.value or {}).get("party") or NEW
    match = line.aligned.match
    if match == Match.UNSURE:
        return None
    return NEW if match == Match.NEW else int(str(line.aligned.known))


def review(batch: Batch, book: Rulebook) -> Review:
    """Every row beside what we hold now, with what was decided."""
    held = held_groups(book)
    values = {known.id: known for known in held}
    choices = choices_of(batch)
    lines = grouplist.lines_of(batch.document or {}, held, book)
    wanted = {pk for line in lines for pk in line.aligned.candidates if isinstance(pk, int)}
    parties = {party.pk: party for party in Party.objects.filter(pk__in=wanted)}
    kinds = {kind.key: kind.label for kind in book.party_kinds}
    rows = []
    for line in lines:
        verdict = verdict_of(line, choices)
        candidates = tuple(
            Candidate(pk, parties[pk].name, kinds.get(parties[pk].kind, ""), verdict == pk)
            for pk in line.aligned.candidates
            if isinstance(pk, int) and pk in parties
        )
        rows.append(Reviewed(line, verdict, candidates, _differs(line, values.get(line.aligned.known))))
    return Review(tuple(rows), CONTACTS_TOO in choices)


def _differs(line: Line, known: Known | None) -> tuple[tuple[str, str, str], ...]:
    if known is None:
        return ()
    return tuple((LABELS[key], known.values.get(key, ""), line.texts.get(key, "")) for key in line.aligned.changed)


def decisions(posted: Mapping[str, str], shown: Review) -> list[Decided]:
    """What a form says about the rows it showed: `row-3` is a party's number, `new` or `skip`; "" stays open."""
    decided = []
    for row in shown.rows:
        answer = posted.get(f"row-{row.line.number}", "")
        if not answer or answer == str(row.verdict):
            continue
        allowed = {str(candidate.pk) for candidate in row.candidates} | {NEW, SKIP}
        if row.line.name == "":
            allowed = {SKIP}
        if answer in allowed:
            decided.append(_decided(row.line.pointer, answer))
    wants = posted.get("contacts") == "yes"
    if wants != shown.with_contacts:
        decided.append(Decided(CONTACTS_TOO, "accept" if wants else ""))
    return decided


def _decided(pointer: str, answer: str) -> Decided:
    if answer == SKIP:
        return Decided(pointer, "open")
    return Decided(pointer, "accept" if answer == NEW else "correct", {"party": None if answer == NEW else int(answer)})
