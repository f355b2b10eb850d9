"""Cleaning what a browser sends about departments: who becomes whom, then what follows for lines and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tomoni.parties.models import Membership, Party, SuccessionKind
from tomoni.plans.models import LineDepartment
from tomoni.revisions.selectors import departments as selectors
from tomoni.revisions.services.departments import BOTH, LEAVE, MOVE, STAY, Person, Wanted

MOST_NAMES = 10
LONGEST_NAME = 100


class DepartmentsForm(forms.Form):
    """Who becomes whom, on which day."""

    kind = forms.ChoiceField(label=_("できごと"), choices=SuccessionKind.choices, widget=forms.RadioSelect)
    before: Any = forms.ModelMultipleChoiceField(
        label=_("変わる課"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("変わる課を選んでください。")},
    )
    names = forms.CharField(
        label=_("新しい課の名前"),
        required=False,
        max_length=1200,
        widget=forms.Textarea({"rows": 3, "maxlength": 1200}),
        help_text=_("新しくできる課の名前を、1行に1つずつ書きます。"),
    )
    after: Any = forms.ModelChoiceField(
        label=_("いまある課や団体"),
        queryset=None,
        required=False,
        empty_label=_("選ばない"),
        help_text=_("いまある課へ統合するときや、指定管理者などへ業務を移すときに選びます。"),
    )
    on = forms.DateField(label=_("日付"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label=_("説明"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["before"].queryset = selectors.can_change()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["after"].queryset = selectors.can_follow()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_names(self) -> list[str]:
        """Lines that say something, each once."""
        names = list(dict.fromkeys(line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()))
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_t("新しい課は、一度に%(n)sまでにしてください。") % {"n": MOST_NAMES})
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_t("課の名前は、%(n)s字までにしてください。") % {"n": LONGEST_NAME})
        return names

    def wanted(self) -> Wanted:
        """What was typed, as the service wants it."""
        told = self.cleaned_data
        afters: list[Party | str] = [*told["names"]]
        if told["after"]:
            afters.append(told["after"])
        return Wanted(SuccessionKind(told["kind"]), list(told["before"]), afters, told["on"], told["note"])

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, for the next page to carry along."""
        source: Any = self.data
        return [(name, value) for name in self.fields for value in source.getlist(name)]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A seat in a line with the successors it can go to, and the one chosen."""

    seat: LineDepartment
    name: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a department with what they can do."""

    member: Membership
    role: str
    name: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Following:
    """What follows: lines and people, with what is preselected or was typed. `is_whole` says that nothing is new."""

    lines: list[LineRow]
    people: list[PersonRow]
    is_whole: bool

    def chosen_lines(self) -> dict[int, int | None]:
        """The place of the successor by the seat's number; None stays where it is."""
        return {row.seat.pk: int(row.chosen) if row.chosen else None for row in self.lines}

    def chosen_people(self) -> dict[int, Person]:
        """What each person does, by the number of their seat."""
        told = {row.member.pk: row.chosen.partition(":") for row in self.people}
        return {pk: Person(what, int(to or 0)) for pk, (what, _colon, to) in told.items()}


def following(wanted: Wanted, posted: Mapping[str, str], *, keeps_both: bool) -> Following:
    """Everything a change touches; `posted` is what was chosen, as far as it makes sense."""
    names = [str(after) for after in wanted.afters]
    places = [(str(n), name) for n, name in enumerate(names)]
    lines = [_line(each, wanted, places, posted) for each in selectors.lines_of(wanted.befores, on=wanted.on)]
    people = [
        _person(each, wanted, names, posted, keeps_both=keeps_both)
        for each in selectors.people_in(wanted.befores, on=wanted.on)
    ]
    names_shown = [*(row.name for row in lines), *(row.name for row in people)]
    return Following(lines, people, all(name in posted for name in names_shown))


def _line(
    seat: LineDepartment, wanted: Wanted, places: Sequence[tuple[str, str]], posted: Mapping[str, str]
) -> LineRow:
    options = [*places] if wanted.ends else [("", _t("いまのまま（%s）") % seat.party), *places]
    name = f"line-{seat.pk}"
    return LineRow(seat, name, options, _chosen(options, posted.get(name)))


def _person(
    member: Membership, wanted: Wanted, names: Sequence[str], posted: Mapping[str, str], *, keeps_both: bool
) -> PersonRow:
    moves = [(f"{MOVE}:{n}", _t("%sへ移る") % name) for n, name in enumerate(names)]
    both = [(f"{BOTH}:{n}", _t("いまの課にも残り、%sにも入る") % name) for n, name in enumerate(names)]
    rest = [(STAY, _t("いまのまま")), (LEAVE, _t("所属を終える"))]
    first = rest if not wanted.ends else both if keeps_both else moves
    options = [*first, *(each for group in (moves, both, rest) for each in group if each not in first)]
    name = f"seat-{member.pk}"
    return PersonRow(member, selectors.role_of(member), name, options, _chosen(options, posted.get(name)))


def _chosen(options: Sequence[tuple[str, str]], said: str | None) -> str:
    known = [value for value, _label in options]
    return said if said is not None and said in known else known[0]
