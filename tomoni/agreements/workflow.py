"""How an agreement is drawn up by both sides, offered, signed by both, and changed by both."""

from django.db import models

from tomoni.agreements import rules
from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P


class State(models.TextChoices):
    """Where an agreement stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    CONCLUDED = "concluded"
    ENDED = "ended"


S = State
OFFERING = (
    rules.form_is_chosen,
    rules.every_clause_is_filled,
    rules.shares_add_up,
    rules.period_is_in_order,
    rules.each_side_has_a_duty,
    rules.period_is_short_enough,
    rules.form_reason_is_written,
    rules.partner_reason_is_written,
)
WORKFLOW = Workflow(
    name="協定",
    initial=S.DRAFT,
    holder={S.DRAFT: Holder.BOTH, S.OFFERED: Holder.BOTH, S.CONCLUDED: Holder.NOBODY, S.ENDED: Holder.NOBODY},
    labels={
        S.DRAFT: Label("案の作成中", "準備中"),
        S.OFFERED: Label("署名待ち", "準備中"),
        S.CONCLUDED: Label("締結", "締結"),
        S.ENDED: Label("終了", "終了"),
    },
    steps=(
        Step("offer", "案を固めて署名を求める", (S.DRAFT,), S.OFFERED, P.AGREEMENT_WRITE, OFFERING, tells=True),
        Step("reopen", "案に戻す", (S.OFFERED,), S.DRAFT, P.AGREEMENT_WRITE, note_required=True, tells=True),
        Step("conclude", "締結する", (S.OFFERED,), S.CONCLUDED, P.AGREEMENT_SIGN, (*OFFERING, rules.both_have_signed)),
        Step("amend", "変更の案をつくる", (S.CONCLUDED,), S.DRAFT, P.AGREEMENT_WRITE, note_required=True),
        Step(
            "keep",
            "変更をやめて、今の協定のままにする",
            (S.DRAFT,),
            S.CONCLUDED,
            P.AGREEMENT_WRITE,
            (rules.was_concluded,),
            note_required=True,
        ),
        Step(
            "drop", "取りやめる", (S.DRAFT,), S.ENDED, P.AGREEMENT_WRITE, (rules.never_concluded,), note_required=True
        ),
        Step("end", "終える", (S.CONCLUDED,), S.ENDED, P.AGREEMENT_SIGN, note_required=True),
    ),
)
