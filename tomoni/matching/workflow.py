"""How an introduction passes between the two who might work together."""

from django.db import models

from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.matching import rules
from tomoni.parties.permissions import Permission as P


class State(models.TextChoices):
    """Where an introduction stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONCLUDED = "concluded"


S = State
WORKFLOW = Workflow(
    name="紹介",
    initial=S.PROPOSED,
    holder={
        S.PROPOSED: Holder.BOTH,
        S.ACCEPTED: Holder.COORDINATOR,
        S.DECLINED: Holder.NOBODY,
        S.CONCLUDED: Holder.NOBODY,
    },
    labels={
        S.PROPOSED: Label("打診中", "打診しています"),
        S.ACCEPTED: Label("引き合わせ済み", "話し合いが始まりました"),
        S.DECLINED: Label("見送り", "今回は見送りました"),
        S.CONCLUDED: Label("結果を記録", "結果を記録しました"),
    },
    steps=(
        Step("confirm", "引き合わせる", (S.PROPOSED,), S.ACCEPTED, P.INTRODUCTION_READ, (rules.both_have_accepted,)),
        Step("decline", "見送る", (S.PROPOSED,), S.DECLINED, P.INTRODUCTION_ANSWER, note_required=True),
        Step(
            "record_outcome",
            "結果を記録する",
            (S.ACCEPTED,),
            S.CONCLUDED,
            P.INTRODUCTION_READ,
            (rules.outcome_is_written,),
        ),
    ),
)
