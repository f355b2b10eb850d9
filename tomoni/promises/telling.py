"""Proposals, verdicts and standings in words and tones, for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tomoni.promises.chain import Because, Outcome, Proposal
from tomoni.promises.models import Verdict
from tomoni.promises.standing import Standing

TONES: dict[str, str] = {"kept": "ok", "partly": "warn", "dropped": "bad", "repeated": "wait", "": "open"}
STANDING_TONES: dict[Standing, str] = {
    Standing.UNANSWERED: "open",
    Standing.CONSIDERED: "wait",
    Standing.UNDER_WAY: "warn",
    Standing.FOLLOWED_UP: "ok",
    Standing.DECLINED: "done",
}
MOST_WORDS = 6


def standing_label(standing: Standing) -> str:
    """Where a recommendation stands, in the words people read."""
    return {
        Standing.UNANSWERED: _("回答待ち"),
        Standing.CONSIDERED: _("検討中"),
        Standing.UNDER_WAY: _("採り入れて取組中"),
        Standing.FOLLOWED_UP: _("その後を確認済み"),
        Standing.DECLINED: _("見送り"),
    }[standing]


def proposed(proposal: Proposal) -> str:
    """The proposal in one word, as a guess."""
    if proposal.outcome == Outcome.UNCLEAR:
        return _("文からは分かりません")
    return _("「%s」のようです") % Verdict(proposal.outcome.value).label


def reasons(proposal: Proposal) -> list[str]:
    """Why, in sentences: the sign that decided, then the words found and those missed."""
    because = {
        Because.AGAIN: _("同じ約束が、翌年度にも書かれています。"),
        Because.NO_REPORT: _("翌年度の実績が書かれていません。"),
        Because.NO_WORDS: _("約束の文に、実績とくらべられることばがありません。"),
        Because.SAME_REPORT: _("翌年度の実績が、前の年度と同じ文です。"),
        Because.NOT_DONE: _("しなかったという文に、約束のことばが出てきます。"),
        Because.BEHIND: _("約束のことばは実績に出てきますが、進捗状況は遅れか未着手です。"),
        Because.WORDS: "",
    }[proposal.because]
    found = _("%sが実績に出てきます。") % _quoted(proposal.found) if proposal.found else ""
    missing = _("%sは出てきません。") % _quoted(proposal.missing) if proposal.missing else ""
    return [sentence for sentence in (because, found, missing) if sentence]


def _quoted(words: Iterable[str]) -> str:
    held = list(words)
    more = _("など") if len(held) > MOST_WORDS else ""
    return "".join(f"「{word}」" for word in held[:MOST_WORDS]) + more
