"""Cleaning what browsers send to the desk: the public form, the quick staff form, the steps, notes and questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tomoni.consultations.models import Channel, Consultation, Outcome, QuestionAnswer
from tomoni.parties.models import Party
from tomoni.rulebooks.schema import Rulebook

LONGEST = 4000
Choices = list[tuple[str, Any]]


def _rows(count: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count, "maxlength": LONGEST, **attrs})


def theme_choices(book: Rulebook, empty: Any) -> Choices:
    """The themes of the routing table, with the words that stand for none."""
    return [("", empty), *((each.key, each.label) for each in book.routing)]


class PartyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the class takes no parameter when it runs
    """A choice among parties, given when the form is made: no party can be read before a city is in scope."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The name; and a warning where nobody would read what is sent there."""
        return str(obj) if getattr(obj, "is_seated", True) else str(_("%s（利用者の登録なし）")) % obj


class AskForm(forms.Form):
    """What a resident writes. Only the matter itself must be filled in."""

    theme = forms.ChoiceField(label=_("何についての相談ですか"), required=False)
    body = forms.CharField(
        label=_("相談の内容"),
        max_length=LONGEST,
        widget=_rows(8),
        help_text=_("困っていること、やってみたいことを、思いついた順に書いてください。4000字まで書けます。"),
    )
    asker_name = forms.CharField(
        label=_("お名前・団体の名前"), max_length=100, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    asker_mail = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("書いた人には、回答を読むためのページと、回答したことをメールで知らせます。"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    asker_contact = forms.CharField(
        label=_("電話番号など、ほかの連絡先"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel"}),
    )
    ticket = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = theme_choices(book, _("分からない・選ばない"))


class IntakeForm(forms.Form):
    """What a person at the desk notes during a call: one field must be filled, the rest has sound defaults."""

    body = forms.CharField(
        label=_("相談の内容"),
        max_length=LONGEST,
        widget=_rows(5, autofocus=True),
        help_text=_("聞いたとおりに短く。はじめの1文が件名になります。"),
    )
    theme = forms.ChoiceField(
        label=_("テーマ"), help_text=_("記録すると、テーマの表にある担当に渡ります。下の欄で変えられます。")
    )
    channel = forms.ChoiceField(
        label=_("受け付けた方法"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )
    asker_name = forms.CharField(label=_("相談した人"), max_length=100, required=False)
    asker_contact = forms.CharField(label=_("電話番号など"), max_length=200, required=False)
    asker_mail = forms.EmailField(
        label=_("メールアドレス"), required=False, help_text=_("書くと、回答を読むためのページをメールで知らせます。")
    )
    asker = PartyField(label=_("登録団体からの相談のとき"), required=False, empty_label=_("登録団体ではない"))
    answer = forms.CharField(
        label=_("その場で答えた内容"),
        max_length=LONGEST,
        widget=_rows(3),
        required=False,
        help_text=_("答え終わっているときだけ書きます。回答済みとして記録します。"),
    )
    hand_to = forms.ChoiceField(
        label=_("担当"),
        choices=[("route", _("テーマの表にある担当に渡す")), ("later", _("あとで決める"))],
        initial="route",
        widget=forms.RadioSelect,
    )
    excluded_as = forms.ChoiceField(label=_("協働の対象外に当たりますか"), required=False)
    excluded_reason = forms.CharField(
        label=_("対象外とした理由"),
        max_length=1000,
        widget=_rows(2),
        required=False,
        help_text=_("相談した人にも見えます。相談は、断らずに記録します。"),
    )
    ticket = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, book: Rulebook, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sorting(self, book)
        self.fields["asker"].queryset = parties  # type: ignore[attr-defined]  # a PartyField, declared above


class SortForm(forms.Form):
    """What an enquiry is about, and whether it is no matter for collaboration."""

    theme = forms.ChoiceField(label=_("テーマ"), required=False)
    excluded_as = forms.ChoiceField(label=_("協働の対象外に当たりますか"), required=False)
    excluded_reason = forms.CharField(
        label=_("対象外とした理由"),
        max_length=1000,
        widget=_rows(2),
        required=False,
        help_text=_("相談した人にも見えます。"),
    )

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sorting(self, book)


def _offer_sorting(form: forms.Form, book: Rulebook) -> None:
    """Offer the city's themes and, where it has any, its excluded activities."""
    theme, excluded = form.fields["theme"], form.fields["excluded_as"]
    assert isinstance(theme, forms.ChoiceField)  # noqa: S101 - declared above
    assert isinstance(excluded, forms.ChoiceField)  # noqa: S101 - declared above
    theme.choices = theme_choices(book, _("選んでください"))
    excluded.choices = [("", _("当たらない")), *((each.key, each.label) for each in book.excluded)]
    if not book.excluded:
        del form.fields["excluded_as"], form.fields["excluded_reason"]


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(label=_("職員だけが読むメモ"), max_length=LONGEST, widget=_rows(3))


class WriteBackForm(forms.Form):
    """What the asker has to add."""

    text = forms.CharField(label=_("続けて伝えたいこと"), max_length=LONGEST, widget=_rows(5))


class PartyForm(forms.Form):
    """To whom an enquiry goes, and why."""

    party = PartyField(label=_("担当"), empty_label=_("選んでください"))
    note = forms.CharField(label=_("添え書き"), max_length=1000, widget=_rows(2), required=False)

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]  # a PartyField, declared above


class HandOverForm(PartyForm):
    """To whom it is handed over; the reason must be given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].label = _("引き継ぐ先")
        self.fields["note"].label = _("引き継ぐ理由")
        self.fields["note"].required = True


class AnswerForm(forms.Form):
    """The answer the asker reads."""

    text = forms.CharField(
        label=_("回答"),
        max_length=LONGEST,
        widget=_rows(6),
        help_text=_("相談した人が、確認用のページで読みます。職員の名前は出ません。"),
    )


class CloseForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(label=_("どう終わりましたか"), choices=[("", _("選んでください")), *Outcome.choices])
    note = forms.CharField(label=_("添え書き"), max_length=1000, widget=_rows(2), required=False)


class ReopenForm(forms.Form):
    """Why it is taken up again."""

    note = forms.CharField(label=_("再開する理由"), max_length=1000, widget=_rows(2))


def step_form(step: str, consultation: Consultation, *, parties: Any, routed: Party | None, sent: Any = None) -> Any:
    """The form of one step, filled with what was sent, or with what is likely. KeyError for a step that is none."""
    if step == "assign":
        return PartyForm(sent, prefix=step, parties=parties, initial={"party": routed})
    if step == "hand_over":
        return HandOverForm(sent, prefix=step, parties=parties.exclude(pk=consultation.assigned_to_id))
    plain: dict[str, type[forms.Form]] = {"answer": AnswerForm, "close": CloseForm, "reopen": ReopenForm}
    return plain[step](sent, prefix=step)


class QuestionForm(forms.ModelForm[QuestionAnswer]):
    """A question as others would ask it, and its answer."""

    theme = forms.ChoiceField(label=_("テーマ"), required=False)

    class Meta:
        model = QuestionAnswer
        fields = ["question", "answer", "theme"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST})}
        help_texts = {
            "question": _("ほかの人もたずねそうな言い方に直します。"),
            "answer": _("名前、住所、団体が分かる事情は消します。"),
        }

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)  # noqa: S101 - declared above
        theme.choices = theme_choices(book, _("選ばない"))


class ConfirmForm(forms.Form):
    """A person looked at what may tell who asked."""

    is_confirmed = forms.BooleanField(label=_("上の言葉は、相談した人の名前や連絡先ではありません"), required=False)
