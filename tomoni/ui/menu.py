"""The two menus: what everybody sees, and what people at work see besides. A test resolves every entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.parties.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a menu and the name of the address it leads to."""

    label: str | Promise
    url_name: str
    permission: Permission | None = None
    note: str | Promise = ""  # one sentence for the municipality's home page


PUBLIC: tuple[Entry, ...] = (
    Entry(
        _("さがす"),
        "organisations",
        note=_("このまちで活動している団体と、市の課や会議を、ことばや分野でさがせます。"),
    ),
    Entry(
        _("課題と提供"),
        "board",
        note=_(
            "地域の課題と、してほしいこと、提供できることを持ち寄ります。合いそうな相手が、理由とともに分かります。"
        ),
    ),
    Entry(
        _("提案と募集"),
        "programmes",
        note=_("市と一緒に取り組みたいことを提案できます。いまの募集と、これまでの結果を読めます。"),
    ),
    Entry(
        _("相談と質問"),
        "questions",
        note=_("協働について、登録しなくても相談できます。ほかの人がたずねたことと、その答えも読めます。"),
    ),
    Entry(
        _("協働事業"),
        "projects",
        note=_("団体と市がいっしょに取り組んでいること、取り組んだことを読めます。"),
    ),
    Entry(
        _("計画と進捗"),
        "plans",
        note=_("市の行動計画の取組が、年ごとにどう進んだかを見られます。もとの資料の言葉までたどれます。"),
    ),
    Entry(
        _("協働とは"),
        "about",
        note=_("この市が考える協働の意味、大切にする原則、進め方と、気をつけることをまとめています。"),
    ),
)

AT_WORK: tuple[Entry, ...] = (
    Entry(_("相談"), "consultations", permission=Permission.CONSULTATION_READ),
    Entry(_("紹介"), "introductions", permission=Permission.INTRODUCTION_READ),
    Entry(_("適性の検証と協定"), "agreements-work", permission=Permission.AGREEMENT_READ),
    Entry(_("相互評価"), "evaluations", permission=Permission.EVALUATION_READ),
    Entry(_("提案"), "proposals", permission=Permission.PROPOSAL_READ),
    Entry(_("団体の登録"), "registrations", permission=Permission.ORGANISATION_READ),
    Entry(_("年度の報告"), "reporting", permission=Permission.REPORT_READ),
    Entry(_("計画の改訂"), "revisions", permission=Permission.REVISION_WRITE),
    Entry(_("シートの取り込み"), "imports", permission=Permission.IMPORT_READ),
)
