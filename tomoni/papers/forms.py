"""Cleaning what browsers send about papers."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tomoni.papers.selectors.names import Place
from tomoni.papers.services import Judgement

CHOICES = {"blacken": True, "keep": False}


class PublishForm(forms.Form):
    """A sentence about the new version, when there is one to say."""

    note = forms.CharField(
        label=_("この版について"),
        max_length=400,
        required=False,
        help_text=_("前の版から直したことなど、読む人に伝えることがあれば書きます。"),
    )


class WithdrawForm(forms.Form):
    """Why a version is withdrawn. Everybody reads it."""

    reason = forms.CharField(
        label=_("取り下げる理由"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("版のページに、この理由がそのまま載ります。"),
    )


def judgements_in(sent: QueryDict, places: Iterable[Place]) -> list[Judgement]:
    """What somebody chose on the page of names; only words that stand there count."""
    found = []
    for place in places:
        for number, mark in enumerate(place.marks):
            choice = CHOICES.get(sent.get(f"{place.key}-{number}", ""))
            if choice is not None and sent.get(f"{place.key}-{number}-text") == mark.candidate.text:
                found.append(Judgement(place.key, mark.candidate.text, mark.candidate.occurrence, is_blackened=choice))
    return found
