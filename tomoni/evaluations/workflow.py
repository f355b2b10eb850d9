"""How two sides evaluate blind, talk, agree, hear an opinion, and look back a year later."""

from django.db import models

from tomoni.evaluations import rules
from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P


class State(models.TextChoices):
    """Where an evaluation stands."""

    ANSWERING = "answering"
    TALKING = "talking"
    AGREED = "agreed"
    OPINED = "opined"
    PUBLISHED = "published"
    FOLLOWED_UP = "followed_up"


S = State
WORKFLOW = Workflow(
    name="相互評価",
    initial=S.ANSWERING,
    holder={
        S.ANSWERING: Holder.BOTH,
        S.TALKING: Holder.BOTH,
        S.AGREED: Holder.COMMITTEE,
        S.OPINED: Holder.DIVISION,
        S.PUBLISHED: Holder.BOTH,
        S.FOLLOWED_UP: Holder.NOBODY,
    },
    labels={
        S.ANSWERING: Label("それぞれ記入中", "評価中"),
        S.TALKING: Label("話し合い", "評価中"),
        S.AGREED: Label("まとめ済み", "まとめ中"),
        S.OPINED: Label("意見あり", "まとめ中"),
        S.PUBLISHED: Label("公表", "公表"),
        S.FOLLOWED_UP: Label("追跡済み", "公表（1年後の確認済み）"),
    },
    steps=(
        Step("open", "開いて見くらべる", (S.ANSWERING,), S.TALKING, P.EVALUATION_ANSWER, (rules.both_have_handed_in,)),
        Step(
            "agree",
            "話し合いをまとめる",
            (S.TALKING,),
            S.AGREED,
            P.EVALUATION_ANSWER,
            (rules.talk_is_recorded, rules.improvements_have_owner_and_day),
        ),
        Step("opine", "意見を出す", (S.AGREED,), S.OPINED, P.EVALUATION_OPINE, note_required=True),
        Step("publish", "公表する", (S.AGREED, S.OPINED), S.PUBLISHED, P.EVALUATION_PUBLISH),
        Step(
            "follow_up", "1年後の様子を記録する", (S.PUBLISHED,), S.FOLLOWED_UP, P.EVALUATION_ANSWER, note_required=True
        ),
    ),
)
