"""How an enquiry passes from the desk to the party that answers it."""

from django.db import models

from tomoni.consultations import rules
from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P


class State(models.TextChoices):
    """Where an enquiry stands."""

    RECEIVED = "received"
    WITH_DESK = "with_desk"
    ANSWERED = "answered"
    CLOSED = "closed"


S = State
WORKFLOW = Workflow(
    name="相談",
    initial=S.RECEIVED,
    holder={
        S.RECEIVED: Holder.COORDINATOR,
        S.WITH_DESK: Holder.DEPARTMENT,
        S.ANSWERED: Holder.CIVIC,
        S.CLOSED: Holder.NOBODY,
    },
    labels={
        S.RECEIVED: Label("受付", "受け付けました"),
        S.WITH_DESK: Label("対応中", "担当が調べています"),
        S.ANSWERED: Label("回答済み", "回答しました"),
        S.CLOSED: Label("完了", "終わりました"),
    },
    steps=(
        Step(
            "assign", "担当を決める", (S.RECEIVED,), S.WITH_DESK, P.CONSULTATION_RECEIVE, (rules.somebody_is_in_charge,)
        ),
        Step(
            "answer",
            "回答する",
            (S.RECEIVED, S.WITH_DESK),
            S.ANSWERED,
            P.CONSULTATION_ANSWER,
            (rules.is_answered, rules.somebody_is_in_charge),
        ),
        Step(
            "hand_over",
            "引き継ぐ",
            (S.WITH_DESK,),
            S.WITH_DESK,
            P.CONSULTATION_ANSWER,
            (rules.somebody_is_in_charge,),
            note_required=True,
            tells=True,
        ),
        Step(
            "close",
            "完了にする",
            (S.RECEIVED, S.WITH_DESK, S.ANSWERED),
            S.CLOSED,
            P.CONSULTATION_ANSWER,
            (rules.has_an_outcome, rules.somebody_is_in_charge),
        ),
        Step("reopen", "再開する", (S.ANSWERED, S.CLOSED), S.WITH_DESK, P.CONSULTATION_ANSWER, note_required=True),
    ),
)
