"""Cleaning what browsers send about a revision: the whole of it, and one form for each kind of change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.plans.models import Plan
from tomoni.plans.words import long_year
from tomoni.revisions.models import Revision
from tomoni.revisions.selectors.revisions import Choices, bodies
from tomoni.revisions.services.revisions import About
from tomoni.revisions.shape import Change, Kind, Result

SPLIT_ROWS = 6
EARLIEST, LATEST = 1990, 2100


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _area(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


class AboutForm(forms.Form):
    """What a revision is called, why, from which year on, and who decided it when."""

    title = forms.CharField(
        label=_("改訂の名前"), max_length=120, help_text=_("「令和3年度 中間見直し」のように書きます。")
    )
    reason = forms.CharField(
        label=_("改訂の理由"), max_length=4000, widget=_area(4, 4000), help_text=_("住民が読んで分かるように書きます。")
    )
    year = forms.TypedChoiceField(label=_("いつの年度から"), coerce=int)
    decided_by: Any = forms.ModelChoiceField(
        label=_("決めた会議や課"), queryset=None, required=False, empty_label=_("まだ決まっていない")
    )
    decided_on = forms.DateField(label=_("決めた日"), required=False, widget=_day())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = (plan.first_year or min(plan.years, default=EARLIEST)) + 1
        last = (plan.last_year or max(plan.years, default=first)) + 5
        self.fields["year"].choices = [(y, long_year(y)) for y in range(first, last + 1)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["decided_by"].queryset = bodies()  # type: ignore[attr-defined]  # a ModelChoiceField

    def about(self) -> About:
        """What was typed, as the service wants it."""
        told = self.cleaned_data
        return About(told["title"], told["reason"], told["year"], told["decided_on"], told["decided_by"])

    @staticmethod
    def initial_of(revision: Revision) -> dict[str, Any]:
        """What stands there now."""
        return {name: getattr(revision, name) for name in ("title", "reason", "year", "decided_on", "decided_by")}


class ChangeForm(forms.Form):
    """A change of one kind: only the fields this kind needs. What contradicts itself is told on the revision's page."""

    def __init__(self, *args: Any, kind: Kind, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.choices = kind, choices
        for name in FIELDS[kind]:
            self.fields.update(_BUILDERS[name](choices))
        self.fields["reason"] = forms.CharField(
            label=_("この変更の理由"),
            max_length=2000,
            required=False,
            widget=_area(3, 2000),
            help_text=_("あとからでも書けます。理由のない変更は、決定できません。"),
        )

    def change(self) -> Change:
        """What was typed, as the rules want it."""
        told = self.cleaned_data
        single = [told["measure"]] if told.get("measure") else []
        line = told.get("line")
        return Change(
            pk=0,
            kind=self.kind,
            reason=told["reason"],
            sources=tuple(told.get("measures") or single or self._measure_of(line)),
            results=tuple(self._results()),
            heading=told.get("heading") if self.kind not in {Kind.ADD, Kind.MERGE, Kind.SPLIT} else None,
            line=line,
            leads=tuple(told.get("leads") or ()) if self.kind == Kind.LEADS else (),
            number=told.get("number", "") if self.kind in _NAMED else "",
            title=told.get("title", "") if self.kind in _NAMED else "",
            year=told.get("last"),
            schedule={y: text for y in self.choices.years if (text := told.get(f"schedule_{y}", ""))},
        )

    @property
    def carries_figures(self) -> bool:
        return bool(self.cleaned_data.get("carries_figures"))

    def _measure_of(self, line: int | None) -> list[int]:
        return [self.choices.measure_of[line]] if line else []

    def _results(self) -> list[Result]:
        told = self.cleaned_data
        if self.kind in {Kind.ADD, Kind.MERGE}:
            return [Result(told["number"], told["title"], told["heading"], tuple(told["leads"]), told["description"])]
        if self.kind != Kind.SPLIT:
            return []
        rows = [(told[f"number_{n}"], told[f"title_{n}"], told[f"lead_{n}"]) for n in range(SPLIT_ROWS)]
        return [
            Result(number, title, told["heading"], (lead,) if lead else ())
            for number, title, lead in rows
            if title or number
        ]


def initial_of(change: Change, *, carries_figures: bool) -> dict[str, Any]:
    """A change as its form shows it again."""
    first = change.results[0] if change.results else None
    shown: dict[str, Any] = {
        "reason": change.reason,
        "measures": list(change.sources),
        "measure": change.sources[0] if change.sources else None,
        "line": change.line,
        "heading": first.heading if first else change.heading,
        "leads": list(first.leads if first else change.leads),
        "number": first.number if first else change.number,
        "title": first.title if first else change.title,
        "description": first.description if first else "",
        "last": change.year,
        "carries_figures": carries_figures,
    }
    for n, one in enumerate(change.results):
        shown |= {f"number_{n}": one.number, f"title_{n}": one.title, f"lead_{n}": one.leads[0] if one.leads else None}
    return shown | {f"schedule_{year}": text for year, text in change.schedule.items()}


_PICK = {"required": _("選んでください。"), "invalid_choice": _("一覧にあるものを選んでください。")}
_EMPTY = ("", _("選んでください"))
Fields = dict[str, forms.Field]


def _measure(choices: Choices) -> Fields:
    listed = [_EMPTY, *choices.measures]
    return {"measure": forms.TypedChoiceField(label=_("施策"), coerce=int, choices=listed, error_messages=_PICK)}


def _measures(choices: Choices) -> Fields:
    return {
        "measures": forms.TypedMultipleChoiceField(
            label=_("施策"),
            coerce=int,
            choices=choices.measures,
            widget=forms.CheckboxSelectMultiple,
            error_messages=_PICK,
        )
    }


def _line(choices: Choices) -> Fields:
    listed = [_EMPTY, *choices.lines]
    label = _("施策と、いまの担当課")
    return {"line": forms.TypedChoiceField(label=label, coerce=int, choices=listed, error_messages=_PICK)}


def _heading(choices: Choices) -> Fields:
    listed = [("", _("見出しなし")), *choices.headings]
    label = _("見出し")
    return {"heading": _optional(label, listed)}


def _own_heading(choices: Choices) -> Fields:
    listed = [_EMPTY, *choices.own_headings]
    return {"heading": forms.TypedChoiceField(label=_("見出し"), coerce=int, choices=listed, error_messages=_PICK)}


def _parent(choices: Choices) -> Fields:
    return {"heading": _optional(_("どの見出しの下に"), [("", _("いちばん上に")), *choices.own_headings])}


def _optional(label: Any, listed: list[Any]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, choices=listed, required=False, error_messages=_PICK
    )


def _leads(choices: Choices) -> Fields:
    return {
        "leads": forms.TypedMultipleChoiceField(
            label=_("担当課"),
            coerce=int,
            choices=choices.departments,
            widget=forms.CheckboxSelectMultiple,
            error_messages=_PICK,
        )
    }


def _name(_choices: Choices) -> Fields:
    return {
        "number": forms.CharField(label=_("新しい番号"), max_length=20, required=False),
        "title": forms.CharField(label=_("新しい名前"), max_length=300),
    }


def _description(_choices: Choices) -> Fields:
    return {"description": forms.CharField(label=_("内容"), required=False, max_length=4000, widget=_area(3, 4000))}


def _figures(_choices: Choices) -> Fields:
    label = _("前の施策の数値を、続けて見られるようにする")
    return {"carries_figures": forms.BooleanField(label=label, required=False)}


def _rows(choices: Choices) -> Fields:
    found: Fields = {}
    for n in range(SPLIT_ROWS):
        names = {"n": n + 1}
        found |= {
            f"number_{n}": forms.CharField(label=_("%(n)sつ目の番号") % names, max_length=20, required=False),
            f"title_{n}": forms.CharField(label=_("%(n)sつ目の名前") % names, max_length=300, required=False),
            f"lead_{n}": _optional(_("%(n)sつ目の担当課") % names, [("", _("選んでください")), *choices.departments]),
        }
    return found


def _last(choices: Choices) -> Fields:
    years = range(choices.years[0] - 1, choices.years[-1] + 1)
    listed = [(year, long_year(year)) for year in years]
    return {"last": forms.TypedChoiceField(label=_("最後に取り組む年度"), coerce=int, choices=listed)}


def _period(choices: Choices) -> Fields:
    listed = [(year, long_year(year)) for year in range(choices.years[0], choices.years[0] + 16)]
    return {"last": forms.TypedChoiceField(label=_("計画の最後の年度"), coerce=int, choices=listed)}


def _schedule(choices: Choices) -> Fields:
    return {
        f"schedule_{year}": forms.CharField(label=long_year(year), max_length=100, required=False)
        for year in choices.years
    }


_BUILDERS = {
    "measure": _measure,
    "measures": _measures,
    "line": _line,
    "heading": _heading,
    "own_heading": _own_heading,
    "parent": _parent,
    "leads": _leads,
    "name": _name,
    "description": _description,
    "figures": _figures,
    "rows": _rows,
    "last": _last,
    "period": _period,
    "schedule": _schedule,
}
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.MERGE: ("measures", "name", "heading", "leads", "description", "figures"),
    Kind.SPLIT: ("measure", "heading", "rows", "figures"),
    Kind.NAME: ("measure", "name"),
    Kind.END: ("measures", "last"),
    Kind.ADD: ("name", "heading", "leads", "description"),
    Kind.MOVE: ("measures", "heading"),
    Kind.LEADS: ("line", "leads"),
    Kind.SCHEDULE: ("measure", "schedule"),
    Kind.HEADING_NAME: ("own_heading", "name"),
    Kind.HEADING_ADD: ("parent", "name"),
    Kind.PERIOD: ("period",),
}
_NAMED = frozenset({Kind.NAME, Kind.HEADING_NAME, Kind.HEADING_ADD})
