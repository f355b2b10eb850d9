"""The year blocks of one drifting row: cut at the ratings, and put to years only as far as every likely reading agrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import exp, log2

from tomoni.imports.reading.grid import Cell
from tomoni.kernel.japanese import plain
from tomoni.plans.sheet import loops
from tomoni.plans.sheet.alignment import NEVER, Alignment, Block, Scores, align
from tomoni.plans.sheet.evidence import fits_year, leaning, names_year, tenses
from tomoni.plans.sheet.forms import Form, Place, Slot
from tomoni.plans.sheet.statuses import Scale
from tomoni.plans.sheet.vocabulary import Role

STATUS_SURE = 0.95
TEXT_SURE = 0.8
_PAIR_SURE = 0.65  # that two texts are the two fields in either order; their wording then says which
# A count of ratings that equals the count of years is the best evidence there is; a reading of evidence is less.
COUNTED, WEIGHED, LOOPED = 0.98, 0.95, 0.88

# Log weights. A rating belongs somewhere; a year without a rating is odder than one without remarks.
_RATED, _LABELLED, _FAR_OFF, _SWAPPED, _CONTRARY = 3.0, 2.5, 0.9, 1.8, -2.8
_EMPTY = {Role.STATUS: -1.5, Role.RESULTS: -0.8, Role.ISSUES: -0.3, Role.NEXT: -0.4, Role.REMARKS: 0.0}
_WHOLE_BLOCK = 4  # in a block without a gap, one column off weighs as much as four in another
_YEAR_EMPTY, _RATED_ONLY, _NEVER_ALONE = -2.2, -3.0, -9.0
_DROP_RATING, _DROP_TEXT, _DROP_REPEATED, _DROP_SAME = -4.0, -4.5, -2.2, -3.2

WHY_LOOP = "同じ文がこの行の中でくり返されていて、何年度のものか判断できません。"
WHY_PLACE = "何年度のどの欄の文か、位置と内容からは決められません。"
WHY_SPARE = "進捗状況が年度の数より多く、読み取りの際の繰り返しとみられる部分です。"
WHY_UNSURE = "進捗状況ですが、何年度のものか決められません。"
WHY_FEWER = "この行の進捗状況は{have}つで、年度の数（{years}）と合いません。この年度のものがどれか、またはあるかを決められません。"


@dataclass(frozen=True, slots=True)
class PlacedStatus:
    cell: Cell
    year: int
    sure: float


@dataclass(frozen=True, slots=True)
class PlacedText:
    cell: Cell
    year: int
    name: str


@dataclass(slots=True)
class Placing:
    """Where the cells of a row went, and why the others went nowhere."""

    statuses: list[PlacedStatus] = field(default_factory=list)
    texts: list[PlacedText] = field(default_factory=list)
    open: list[tuple[Cell, str]] = field(default_factory=list)
    why: dict[int, str] = field(default_factory=dict)
    is_looped: bool = False


@dataclass(slots=True)
class _Row:
    cells: Sequence[Cell]
    form: Form
    place: Place
    scale: Scale
    rated: list[int]
    repeated: set[str]

    @property
    def is_counted(self) -> bool:
        return len(self.rated) == len(self.form.years)

    def distance(self, index: int, slot: Slot) -> int:
        """Columns between a cell and where the heads would have the field."""
        return self.form.distance(self.place, slot, self.cells[index].column)

    def near(self, index: int, slot: Slot) -> int:
        """The same, counted from the rating before the cell where that is nearer: rows drift by whole blocks."""
        rated = max((i for i in self.rated if i < index), default=None)
        if rated is None:
            return self.distance(index, slot)
        away = self.form.distance(replace(self.place, rated=self.cells[rated].column), slot, self.cells[index].column)
        return away * (_WHOLE_BLOCK if self.is_whole(rated, slot.year) else 1)

    def is_whole(self, rated: int, year: int) -> bool:
        """Whether the cells from a rating to the next one fill the fields of a year without a gap."""
        end = next((i for i in self.rated if i > rated), len(self.cells))
        block = self.form.width(self.place.head, year)
        return end - rated == block == self.cells[end - 1].column - self.cells[rated].column + 1

    def stands_alone(self, index: int) -> bool:
        """Whether no text follows a rating in the next column."""
        follows = index + 1 < len(self.cells) and index + 1 not in self.rated
        return not follows or self.cells[index + 1].column > self.cells[index].column + 1

    def is_under_heading(self, index: int, slot: Slot) -> bool:
        return self.distance(index, slot) == 0


def place(cells: Sequence[Cell], form: Form, where: Place, scale: Scale) -> Placing:
    """Put the cells after the fixed part to years and fields; what stays open says why."""
    rated = [i for i, cell in enumerate(cells) if scale.knows(cell.text)]
    row = _Row(cells, form, where, scale, rated, loops.repeated(cells))
    placing = Placing(is_looped=len(rated) > len(form.years))
    if not cells:
        return placing
    if placing.is_looped and (kept := loops.without_repeats(cells, rated, len(form.years))):
        return _without(cells, kept, place(kept, form, where, scale))
    found = align(_scores(row), [_drop(row, i) for i in range(len(cells))], _blocks(row))
    used = _put_statuses(row, found, placing) | _put_texts(row, found, placing)
    placing.open = [(cell, _why(row, i, used)) for i, cell in enumerate(cells) if i not in used]
    return placing


def _without(cells: Sequence[Cell], kept: Sequence[Cell], placing: Placing) -> Placing:
    """The placing of a row whose loops were taken out, with these cells set aside and the trust lowered."""
    placing.is_looped = True
    placing.statuses = [replace(found, sure=LOOPED) for found in placing.statuses]
    places = {cell.at for cell in kept}
    placing.open += [(cell, WHY_SPARE) for cell in cells if cell.at not in places]
    return placing


def _scores(row: _Row) -> Scores:
    """A text that goes on with its rating is placed by that rating; what begins a year, by the head."""
    cells, slots = range(len(row.cells)), row.form.slots
    staying = [[_score(row, i, slot, row.near(i, slot)) for slot in slots] for i in cells]
    entering = [[_score(row, i, slot, row.distance(i, slot)) for slot in slots] for i in cells]
    return Scores(staying, entering)


def _score(row: _Row, index: int, slot: Slot, distance: int) -> float:
    cell = row.cells[index]
    is_rating = index in row.rated
    if is_rating != (slot.role is Role.STATUS):
        return NEVER
    if is_rating and row.is_counted:
        return _RATED if row.form.years[row.rated.index(index)] == slot.year else NEVER
    weight = slot.prior - _FAR_OFF * log2(1 + distance)
    if is_rating:
        first = index == 0 and row.place.is_anchored and cell.column == row.place.start
        told = row.form.is_labelled(row.place, slot, cell.column) or (first and slot.year == row.form.years[0])
        return weight + _RATED + _LABELLED * told
    return weight + _leaning(cell.text, slot.role) + fits_year(cell.text, slot.role, slot.year)


def _leaning(text: str, role: Role) -> float:
    """How the wording fits the field. 課題 and 次年度 are often in each other's place, at a price."""
    told = leaning(text)
    other = {Role.ISSUES: Role.NEXT, Role.NEXT: Role.ISSUES}.get(role)
    return told[role] if other is None else max(told[role], told[other] - _SWAPPED)


def _drop(row: _Row, index: int) -> float:
    if index in row.rated:
        return NEVER if row.is_counted else _DROP_RATING if len(row.rated) <= len(row.form.years) else _DROP_REPEATED
    if row.cells[index].at not in row.repeated or len(row.rated) < len(row.form.years):
        return _DROP_TEXT
    return _DROP_SAME if row.is_counted else _DROP_REPEATED


def _blocks(row: _Row) -> list[Block]:
    """What it costs to leave fields empty. A whole year can be lost; a rating alone, or a text without one, is odder."""
    alone = _RATED_ONLY if any(row.stands_alone(i) for i in row.rated) else _NEVER_ALONE
    blocks = []
    for year in row.form.years:
        slots = [slot for slot in row.form.slots if slot.year == year]
        is_first = bool(slots) and slots[0].role is Role.STATUS
        empty = tuple(_empty(row, slot) for slot in slots)
        blocks.append(Block(empty, -20.0 if row.is_counted else _YEAR_EMPTY, alone if is_first else 0.0))
    return blocks


def _empty(row: _Row, slot: Slot) -> float:
    if slot.role is Role.STATUS:
        return -20.0 if row.is_counted else _EMPTY[Role.STATUS]
    return _EMPTY[slot.role] * exp(slot.prior)


def _put_statuses(row: _Row, found: Alignment, placing: Placing) -> set[int]:
    """A rating is put to a year when the readings that agree on its meaning there outweigh all others."""
    used: set[int] = set()
    for number, year in enumerate(row.form.years):
        slot = next((p for p, s in enumerate(row.form.slots) if s.year == year and s.role is Role.STATUS), None)
        if slot is None:
            continue
        agreed: dict[str, float] = defaultdict(float)
        for i in row.rated:
            agreed[_sense(row, i)] += found.chances[i][slot]
        sense = max(agreed, key=lambda s: agreed[s], default=None)
        if sense is None or agreed[sense] < STATUS_SURE or not _is_said_by_all(row, number):
            placing.why[year] = WHY_FEWER.format(have=len(row.rated), years=len(row.form.years))
            continue
        cell = row.rated[number] if row.is_counted else _likeliest(row, found, slot, sense)
        if cell in used or _is_contradicted(row, cell, row.form.slots[slot]):
            placing.why[year] = WHY_UNSURE
            continue
        used.add(cell)
        trust = COUNTED if row.is_counted else LOOPED if placing.is_looped else WEIGHED
        placing.statuses.append(PlacedStatus(row.cells[cell], year, trust * min(1.0, agreed[sense])))
    return used


def _is_contradicted(row: _Row, index: int, slot: Slot) -> bool:
    """Where ratings are missing: a rating exactly under the head of another year, whose texts do not name this one."""
    if len(row.rated) >= len(row.form.years) or row.distance(index, slot) <= 1:
        return False
    others = [s for s in row.form.slots if s.role is Role.STATUS and s.year != slot.year]
    if all(row.distance(index, other) for other in others):
        return False
    end = next((i for i in row.rated if i > index), len(row.cells))
    return not any(names_year(row.cells[i].text, slot.year) for i in range(index + 1, end))


def _is_said_by_all(row: _Row, number: int) -> bool:
    """In a looped row, whether every rating that may be this year's says the same, however many are repetitions.

    The first rating is the first year's; of the others any may be a repetition, so place is no proof.
    """
    spare = len(row.rated) - len(row.form.years)
    if spare <= 0 or number == 0:
        return True
    return len({_sense(row, i) for i in row.rated[number : number + spare + 1]}) == 1


def _is_in_every_choice(row: _Row, index: int, slot: Slot) -> bool:
    """In a looped row, whether all segments that may be this year's hold these words, or a label names the year."""
    if names_year(row.cells[index].text, slot.year):
        return True
    number = row.form.years.index(slot.year)
    spare = len(row.rated) - len(row.form.years)
    ends = [*row.rated[1:], len(row.cells)]
    segments = [range(start, end) for start, end in zip(row.rated, ends, strict=True)]
    choices = segments[:1] if number == 0 else segments[number : number + spare + 1]
    words = plain(row.cells[index].text)
    return all(any(plain(row.cells[i].text) == words for i in segment) for segment in choices)


def _sense(row: _Row, index: int) -> str:
    text = row.cells[index].text
    return row.scale.read(text).status or plain(text)


def _likeliest(row: _Row, found: Alignment, slot: int, sense: str) -> int:
    """The cell of that meaning that the best reading puts there; without one, the one most readings put there."""
    for i in row.rated:
        if found.best[i] == slot and _sense(row, i) == sense:
            return i
    return max((i for i in row.rated if _sense(row, i) == sense), key=lambda i: found.chances[i][slot])


def _put_texts(row: _Row, found: Alignment, placing: Placing) -> set[int]:
    """A text is put to a field when the readings that put the same words there outweigh all others."""
    told = _swapped(row, found)
    settled = set(told.values())
    for slot, field_ in enumerate(row.form.slots):
        if field_.role is Role.STATUS or field_ in settled:
            continue
        index = _text_for(row, found, slot, set(told))
        if index is None or (placing.is_looped and not _is_in_every_choice(row, index, field_)):
            continue
        if _is_plain(row, index, field_, placing):
            told[index] = field_
    told = _of_one_mind(row, told)
    placing.texts = [PlacedText(row.cells[i], s.year, s.role.value) for i, s in sorted(told.items())]
    return set(told)


def _of_one_mind(row: _Row, told: dict[int, Slot]) -> dict[int, Slot]:
    """The same words (numbers aside) are the same field in every year; those that say otherwise are left open."""
    groups: dict[str, dict[Role, float]] = defaultdict(lambda: defaultdict(float))
    for index, slot in told.items():
        groups[loops.words(row.cells[index])][slot.role] += exp(leaning(row.cells[index].text)[slot.role])
    agreed = {words: max(roles, key=lambda role: roles[role]) for words, roles in groups.items()}
    return {i: s for i, s in told.items() if agreed[loops.words(row.cells[i])] is s.role}


def _text_for(row: _Row, found: Alignment, slot: int, used: set[int]) -> int | None:
    agreed: dict[str, float] = defaultdict(float)
    texts = [i for i in range(len(row.cells)) if i not in row.rated]
    for i in texts:
        agreed[plain(row.cells[i].text)] += found.chances[i][slot]
    key = max(agreed, key=lambda k: agreed[k], default=None)
    if key is None or agreed[key] < TEXT_SURE:
        return None
    likely = 0.2 * max(found.chances[i][slot] for i in texts)
    candidates = [i for i in texts if plain(row.cells[i].text) == key and i not in used]
    return next((i for i in candidates if found.chances[i][slot] >= likely), None)


def _is_plain(row: _Row, index: int, slot: Slot, placing: Placing) -> bool:
    """Whether nothing speaks against the placing: a text of two minds must stand exactly under its heading, and a text
    that follows a rating of an unsure year is as unsure as the rating."""
    text = row.cells[index].text
    told = leaning(text)
    says = max(told, key=lambda role: told[role])
    is_usual = {says, slot.role} == {Role.ISSUES, Role.NEXT} and row.near(index, slot) == 0
    if told[slot.role] < _CONTRARY and not is_usual:
        return False
    if tenses(text).is_mixed and not row.is_under_heading(index, slot):
        return False
    before = max((i for i in row.rated if i < index), default=None)
    if before is None or len(row.rated) >= len(row.form.years):
        return True
    return any(found.cell is row.cells[before] for found in placing.statuses)


def _swapped(row: _Row, found: Alignment) -> dict[int, Slot]:
    """課題 and 次年度 of one year that say each other's thing change places, where the two are surely these two."""
    told: dict[int, Slot] = {}
    for year in row.form.years:
        slots = {s.role: p for p, s in enumerate(row.form.slots) if s.year == year}
        pair = [
            next((i for i, p in enumerate(found.best) if p == slots.get(role, -1)), None)
            for role in (Role.ISSUES, Role.NEXT)
        ]
        if pair[0] is None or pair[1] is None:
            continue
        sure = [
            found.chances[i][slots[Role.ISSUES]] + found.chances[i][slots[Role.NEXT]] for i in pair if i is not None
        ]
        if min(sure) >= _PAIR_SURE and _are_swapped(row.cells[pair[0]].text, row.cells[pair[1]].text):
            told[pair[0]], told[pair[1]] = row.form.slots[slots[Role.NEXT]], row.form.slots[slots[Role.ISSUES]]
    return told


def _are_swapped(issues: str, following: str) -> bool:
    one, two = leaning(issues), leaning(following)
    promise, complaint = one[Role.NEXT] - one[Role.ISSUES], two[Role.ISSUES] - two[Role.NEXT]
    return min(promise, complaint) > 0.3 and promise + complaint > 1.5


def _why(row: _Row, index: int, used: set[int]) -> str:
    if index in row.rated:
        return WHY_SPARE if len(row.rated) > len(row.form.years) else WHY_UNSURE
    is_used = any(plain(row.cells[i].text) == plain(row.cells[index].text) for i in used)
    return WHY_LOOP if is_used or row.cells[index].at in row.repeated else WHY_PLACE
