"""How what a department reports of a line passes to the division, the committee and the public."""

from django.db import models

from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P
from tomoni.reporting import rules


class State(models.TextChoices):
    """Where the report of a line stands."""

    ASKED = "asked"
    HANDED_IN = "handed_in"
    CONFIRMED = "confirmed"
    ASSESSED = "assessed"
    PUBLISHED = "published"
    RELEASED = "released"


S = State
WORKFLOW = Workflow(
    name="年度の報告",
    initial=S.ASKED,
    holder={
        S.ASKED: Holder.DEPARTMENT,
        S.HANDED_IN: Holder.DIVISION,
        S.CONFIRMED: Holder.COMMITTEE,  # without a committee it is the division's turn: Entry.holder
        S.ASSESSED: Holder.DIVISION,
        S.PUBLISHED: Holder.NOBODY,
        S.RELEASED: Holder.NOBODY,
    },
    labels={
        S.ASKED: Label("記入中", "担当課が記入中"),
        S.HANDED_IN: Label("提出済み", "確認中"),
        S.CONFIRMED: Label("確認済み", "確認済み"),
        S.ASSESSED: Label("委員会の評価済み", "確認済み"),
        S.PUBLISHED: Label("公表済み", "公表"),
        S.RELEASED: Label("報告なし", "この年度は報告なし"),
    },
    steps=(
        Step(
            "hand_in",
            "提出する",
            (S.ASKED,),
            S.HANDED_IN,
            P.REPORT_WRITE,
            (
                rules.somebody_is_in_charge,
                rules.status_is_chosen,
                rules.results_are_told,
                rules.no_change_has_its_reason,
                rules.asked_numbers_are_given,
            ),
        ),
        Step("hand_over", "ほかの課に引き継ぐ", (S.ASKED,), S.ASKED, P.REPORT_WRITE, note_required=True, tells=True),
        Step("take_back", "提出を取りやめて直す", (S.HANDED_IN,), S.ASKED, P.REPORT_WRITE),
        Step("confirm", "確認済みにする", (S.HANDED_IN,), S.CONFIRMED, P.REPORT_CHECK),
        Step(
            "send_back",
            "たずねて差し戻す",
            (S.HANDED_IN, S.CONFIRMED, S.ASSESSED),
            S.ASKED,
            P.REPORT_CHECK,
            note_required=True,
        ),
        Step("assess", "評価を記録する", (S.CONFIRMED,), S.ASSESSED, P.PLAN_ASSESS, (rules.view_is_written,)),
        Step(
            "publish",
            "公表する",
            (S.CONFIRMED, S.ASSESSED),
            S.PUBLISHED,
            P.REPORT_CHECK,
            (rules.committee_was_heard, rules.names_are_decided),
        ),
        Step(
            "release",
            "この年度は報告しないことにする",
            (S.ASKED, S.HANDED_IN, S.CONFIRMED, S.ASSESSED),
            S.RELEASED,
            P.REPORT_CHECK,
            note_required=True,
        ),
        Step("ask_again", "もう一度たずねる", (S.RELEASED,), S.ASKED, P.REPORT_CHECK),
        Step("correct", "公表したものを直す", (S.PUBLISHED,), S.ASKED, P.REPORT_CHECK, note_required=True),
    ),
)
