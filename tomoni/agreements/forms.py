"""Cleaning what browsers send to this room: answers, the choice of the form, the draft, steps."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.agreements.fitting import NEED_LABELS, Situation
from tomoni.agreements.models import Agreement, Side
from tomoni.rulebooks.forms import WholeNumber
from tomoni.rulebooks.schema import Clause, Entry, Rulebook

ANSWERS = [("yes", gettext_lazy("はい")), ("no", gettext_lazy("いいえ")), ("unsure", gettext_lazy("分からない"))]
MOST_YEN = 2**31 - 1
SPARE_ROWS = 3
LONG = 4000


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


def _text(label: Any, rows: int = 4, help_text: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "maxlength": LONG})
    return forms.CharField(label=label, widget=widget, max_length=LONG, help_text=help_text, **more)


class BeginForm(forms.Form):
    """The two sides and the name, for a check or an agreement."""

    title = forms.CharField(label=gettext_lazy("事業の名前"), max_length=100)
    civic: Any = forms.ModelChoiceField(
        label=gettext_lazy("団体の側"), queryset=None, empty_label=gettext_lazy("選んでください")
    )
    city: Any = forms.ModelChoiceField(
        label=gettext_lazy("市の側（担当する課）"), queryset=None, empty_label=gettext_lazy("選んでください")
    )

    def __init__(self, *args: Any, civic: Any, city: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in ("civic", civic), ("city", city):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class AnswersForm(forms.Form):
    """One side's answers to every item of the examination, each with a reason."""

    def __init__(self, *args: Any, items: tuple[Entry, ...], known: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            told = known.get(item.key, {})
            self.fields[f"{item.key}-answer"] = forms.ChoiceField(
                label=item.label,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
                help_text=escape(item.text),
                initial=told.get("answer", ""),
            )
            self.fields[f"{item.key}-reason"] = forms.CharField(
                label=_("そう考える理由（%(item)s）") % {"item": item.label},
                required=False,
                max_length=600,
                widget=forms.Textarea({"rows": 2, "maxlength": 600}),
                initial=told.get("reason", ""),
            )

    def answers(self) -> dict[str, dict[str, str]]:
        """Answers by item, those that were given."""
        return {
            item.key: {
                "answer": self.cleaned_data[f"{item.key}-answer"],
                "reason": self.cleaned_data[f"{item.key}-reason"],
            }
            for item in self.items
            if self.cleaned_data[f"{item.key}-answer"]
        }


class VerdictForm(forms.Form):
    """What both decided after reading each other's answers."""

    suited = forms.TypedChoiceField(
        label=gettext_lazy("結果"),
        choices=[("yes", gettext_lazy("協働に適している")), ("no", gettext_lazy("協働に適さない"))],
        widget=forms.RadioSelect,
        coerce=lambda told: told == "yes",
    )
    reason = _text(gettext_lazy("判断の理由"))
    talked = forms.BooleanField(
        label=gettext_lazy("双方で話し合って決めました"),
        help_text=gettext_lazy("「適さない」も大切な結果です。どちらの結果も、ずっと残ります。"),
    )


class SituationForm(forms.Form):
    """How the two mean to deal with each other; only asked, never kept."""

    zone = forms.ChoiceField(label=gettext_lazy("だれが中心になりますか"), required=False, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("どのように関わりますか"),
        choices=[(need.value, label) for need, label in NEED_LABELS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(zone.key, zone.label) for zone in book.zones if zone.is_shared]
        self.fields["zone"].choices = [*zones, ("", _("まだ決めていない"))]  # type: ignore[attr-defined]  # a ChoiceField
        if not zones:
            del self.fields["zone"]

    def situation(self) -> Situation:
        """As the advisor looks at it; nothing said when the answers make no sense."""
        if not self.is_valid():
            return Situation()
        told = self.cleaned_data
        return Situation(told.get("zone", ""), frozenset(need for need in NEED_LABELS if need.value in told["needs"]))


class ChoiceForm(forms.Form):
    """Which form, why, and why this partner: people choose and say so."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    form_kind = forms.ChoiceField(label=gettext_lazy("協働の形態"), widget=forms.RadioSelect)
    form_reason = _text(gettext_lazy("この形態を選んだ理由"))

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = agreement.rulebook.book
        self.fields["form_kind"].choices = [(form.key, form.label) for form in book.forms]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["partner_reason"] = _text(
            _("この相手と取り組む理由"),
            required=book.options.agreements.tells_why_this_partner,
            help_text=_("ほかの人に聞かれたときに、説明できるように書きます。"),
        )


class DraftForm(forms.Form):
    """The draft itself; duties and shares are rows of their own, clauses follow the form."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("事業名"), max_length=100)
    purpose = _text(
        gettext_lazy("目的"),
        help_text=gettext_lazy("締結すると公開されます。個人の名前は書かないでください。"),
        required=False,
    )
    starts = _day(gettext_lazy("期間のはじまり"))
    ends = _day(gettext_lazy("期間のおわり"))
    total = WholeNumber(label=gettext_lazy("全体の費用（円）"), min_value=0, max_value=MOST_YEN, required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = agreement.rulebook.book.options.agreements
        self.fields["ends"].help_text = _period_help(must_end=options.must_end, longest=options.longest_years)
        self.clauses = agreement.needed_clauses()
        for clause in self.clauses:
            self.fields[f"clause-{clause.key}"] = _clause(clause, agreement)

    def values(self) -> dict[str, Any]:
        """As the service takes them, without the rows."""
        told = self.cleaned_data
        plain = {name: told[name] for name in ("title", "purpose", "starts", "ends")}
        clauses = {clause.key: told[f"clause-{clause.key}"].strip() for clause in self.clauses}
        return {**plain, "total": told["total"] or 0, "clauses": clauses}


def _clause(clause: Clause, agreement: Agreement) -> forms.CharField:
    need = _("必要な条項です。") if clause.required else _("なくてもよい条項です。")
    field = _text(clause.label, 3, f"{need}（{escape(clause.cites)}）", required=False)
    field.initial = agreement.clauses.get(clause.key, clause.text)
    return field


def _period_help(*, must_end: bool, longest: int | None) -> str:
    told = _("この市では、終わる日を必ず決めます。") if must_end else _("決めないときは、空のままにします。")
    return told + (_("長くても%(n)d年までです。") % {"n": longest} if longest else "")


class RowForm(forms.Form):
    """One row; the sides are called by their names."""

    side = forms.ChoiceField(label=gettext_lazy("だれが"), choices=Side.choices)

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = list(names.items())  # type: ignore[attr-defined]  # a ChoiceField


class DutyForm(RowForm):
    """One duty of one side."""

    text = forms.CharField(
        label=gettext_lazy("何をする"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 2, "maxlength": 600}),
    )
    due = _day(gettext_lazy("いつまで"))

    def clean(self) -> dict[str, Any]:
        """A day without a duty is a slip."""
        told = self.cleaned_data
        if told.get("due") and not told.get("text", "").strip():
            self.add_error("text", _("何をするかを書くか、日付を消してください。"))
        return told


class ShareForm(RowForm):
    """What one side pays."""

    label = forms.CharField(label=gettext_lazy("何を"), max_length=100, required=False)
    amount = WholeNumber(label=gettext_lazy("金額（円）"), min_value=0, max_value=MOST_YEN, required=False)

    def clean(self) -> dict[str, Any]:
        """What is paid for and how much belong together; nothing typed is dropped in silence."""
        told = self.cleaned_data
        if told.get("label", "").strip() and told.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("金額を書くか、行を空にしてください。お金の出ないものは0と書きます。"))
        if told.get("amount") is not None and not told.get("label", "").strip():
            self.add_error("label", _("何の費用かを書いてください。"))
        return told


class _Rows(forms.BaseFormSet[Any]):
    """Rows of which empty ones are left out."""

    kept_by: str

    def rows(self) -> list[dict[str, Any]]:
        """The filled rows as they are kept."""
        return [
            self._kept(form.cleaned_data)
            for form in self.forms
            if form.cleaned_data.get(self.kept_by) not in (None, "")
        ]

    def _kept(self, told: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


class DutyRows(_Rows):
    """Who does what by when."""

    kept_by = "text"

    def _kept(self, told: dict[str, Any]) -> dict[str, Any]:
        due = told["due"]
        return {"side": told["side"], "text": told["text"].strip(), "due": due.isoformat() if due else None}


class ShareRows(_Rows):
    """Who pays what."""

    kept_by = "amount"

    def _kept(self, told: dict[str, Any]) -> dict[str, Any]:
        return {"side": told["side"], "label": told["label"].strip(), "amount": told["amount"]}


DutyFormSet = cast("type[DutyRows]", forms.formset_factory(DutyForm, formset=DutyRows, extra=SPARE_ROWS, max_num=60))
ShareFormSet = cast(
    "type[ShareRows]", forms.formset_factory(ShareForm, formset=ShareRows, extra=SPARE_ROWS, max_num=60)
)


class SignForm(forms.Form):
    """A signature names the version that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    side = forms.ChoiceField(choices=Side.choices, widget=forms.HiddenInput)
    read = forms.BooleanField(label=gettext_lazy("内容を読み、この版に署名します"))
