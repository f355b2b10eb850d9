"""Cleaning what browsers send to a project room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.agreements.models import Side
from tomoni.kernel.fiscal import FiscalYear
from tomoni.projects.models import Project, RenewalReview, Risk
from tomoni.projects.services import AccountLine, Told
from tomoni.rulebooks.schema import Rulebook

SPARE_ROWS = 4
MOST_YEN = 10**10


def _area(rows: int, most: int = 4000) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": most})


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class DescribeForm(forms.Form):
    """What everybody reads about the project."""

    issue = forms.CharField(label=_("地域の課題"), widget=_area(3), max_length=1000, required=False)
    summary = forms.CharField(label=_("あらまし"), widget=_area(4), max_length=2000)
    field = forms.ChoiceField(label=_("分野"), required=False)

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.key, each.label) for each in book.fields]
        self.fields["field"].choices = [("", _("選ばない")), *named]  # type: ignore[attr-defined]  # a ChoiceField


class DutyForm(forms.Form):
    """Who does what by when."""

    side = forms.ChoiceField(label=_("どちらが"), choices=Side.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("すること"), max_length=200)
    due = forms.DateField(label=_("いつまでに"), required=False, widget=_day())


class TalkForm(forms.Form):
    """The minutes of a talk."""

    held_on = forms.DateField(label=_("話し合った日"), widget=_day())
    title = forms.CharField(label=_("題"), max_length=100)
    minutes = forms.CharField(label=_("記録"), widget=_area(5), max_length=4000)
    risks = forms.TypedMultipleChoiceField(
        label=_("話題にした遅れのおそれ"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, risks: Iterable[Risk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risks"].choices = [(each.pk, each.text) for each in risks]  # type: ignore[attr-defined]  # choices
        if not self.fields["risks"].choices:  # type: ignore[attr-defined]  # a ChoiceField
            del self.fields["risks"]


class RiskForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter when it runs
    """What may delay the project."""

    side = forms.ChoiceField(label=_("見守る側"), choices=Side.choices, widget=forms.RadioSelect)

    class Meta:
        model = Risk
        fields = ["text", "side", "answer", "due"]
        widgets = {"due": _day(), "answer": forms.TextInput()}
        help_texts = {"text": _("例: 会場の工事が、秋まで延びるかもしれない"), "answer": _("起きたとき、どうするか。")}


class SettleForm(forms.Form):
    """How a risk was settled."""

    outcome = forms.CharField(label=_("どうなったか"), max_length=300)


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter when it runs
    """What one side thinks before the project goes on for another year."""

    goes_on = forms.TypedChoiceField(
        label=_("次の年度も続けたいですか"),
        choices=[("yes", _("続けたい")), ("no", _("ここで終わりにしたい"))],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = RenewalReview
        fields = ["went_well", "to_mend", "goes_on", "why"]
        widgets = {"went_well": _area(3), "to_mend": _area(3), "why": _area(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["goes_on"] = "yes" if self.instance.goes_on else "no"


class ChangeForm(forms.Form):
    """A change of plan or cost that the other side is asked to agree to."""

    what = forms.CharField(label=_("変えること"), widget=_area(2), max_length=1000)
    why = forms.CharField(label=_("理由"), widget=_area(2), max_length=1000)


class AnswerForm(forms.Form):
    """Yes or no to a change, with a word."""

    agreed = forms.ChoiceField(
        label=_("返事"), choices=[("yes", _("合意する")), ("no", _("合意しない"))], widget=forms.RadioSelect
    )
    answer = forms.CharField(label=_("ひとこと"), widget=_area(2), max_length=1000, required=False)


class AccountRow(forms.Form):
    """One line of the accounts; a line without a label is left out."""

    is_income = forms.ChoiceField(label=_("区分"), choices=[("yes", _("収入")), ("no", _("支出"))])
    label = forms.CharField(label=_("費目"), max_length=100, required=False)
    planned = forms.IntegerField(label=_("予算（円）"), min_value=0, max_value=MOST_YEN, required=False)
    actual = forms.IntegerField(label=_("決算（円）"), min_value=0, max_value=MOST_YEN, required=False)

    def clean(self) -> dict[str, Any]:
        """An amount needs a label."""
        given = super().clean() or {}
        if not given.get("label") and (given.get("planned") or given.get("actual")):
            self.add_error("label", _("費目を書いてください。"))
        return given


AccountRows = forms.formset_factory(AccountRow, extra=SPARE_ROWS, max_num=60, absolute_max=60, validate_max=True)


class FileForm(forms.Form):
    """A file for the room."""

    title = forms.CharField(label=_("何の資料か"), max_length=100, help_text=_("例: 夏の会場の見取り図"))
    file = forms.FileField(
        label=_("ファイル"),
        help_text=_(
            "PDF、画像、Office文書など、50MBまで。双方と協働担当課だけが開けます。公開は、置いたあとに選べます。"
        ),
    )


class FigureRow(forms.Form):
    """One number the report tells; a line without a label is left out."""

    label = forms.CharField(label=_("何の数か"), max_length=100, required=False)
    value = forms.DecimalField(label=_("値"), max_digits=13, decimal_places=3, required=False)
    unit = forms.CharField(label=_("単位"), max_length=20, required=False)
    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)

    def __init__(self, *args: Any, years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.fields["year"]
        year.choices = [(each, str(FiscalYear(each))) for each in years]  # type: ignore[attr-defined]  # a ChoiceField
        year.initial = years[-1]

    def clean(self) -> dict[str, Any]:
        """A number needs its label, and a label its number."""
        given = super().clean() or {}
        has_value = given.get("value") is not None
        if has_value and not given.get("label"):
            self.add_error("label", _("何の数かを書いてください。"))
        if given.get("label") and not has_value and "value" not in self.errors:
            self.add_error("value", _("値を数字で書いてください。"))
        return given


FigureRows = forms.formset_factory(FigureRow, extra=2, max_num=40, absolute_max=40, validate_max=True)


def figure_rows(project: Project, sent: Any = None) -> Any:
    """The rows for the figures of a report: those that are told, and two more."""
    told = [
        {"label": f.label, "value": f"{f.value.normalize():f}", "unit": f.unit, "year": f.year}
        for f in project.figures.order_by("pk")
    ]
    return FigureRows(sent, initial=told, prefix="figure", form_kwargs={"years": project.years})


def figures_of(rows: Any) -> list[Told]:
    """The filled lines of a valid set of rows."""
    given = [row for row in rows.cleaned_data if row.get("label")]
    return [Told(row["label"], row["value"], row["unit"], row["year"]) for row in given]


def lines_of(rows: Any) -> list[AccountLine]:
    """The filled lines of a valid set of rows."""
    given = [row for row in rows.cleaned_data if row.get("label")]
    return [AccountLine(row["is_income"] == "yes", row["label"], row["planned"] or 0, row["actual"]) for row in given]
