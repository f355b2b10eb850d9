"""How a revision of a plan is prepared, decided, put in force, and perhaps taken back."""

from django.db import models

from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P
from tomoni.revisions import rules


class State(models.TextChoices):
    """Where a revision stands."""

    DRAFT = "draft"
    DECIDED = "decided"
    IN_FORCE = "in_force"
    DROPPED = "dropped"


S = State
WORKFLOW = Workflow(
    name="計画の改訂",
    initial=S.DRAFT,
    holder={
        S.DRAFT: Holder.DIVISION,
        S.DECIDED: Holder.DIVISION,
        S.IN_FORCE: Holder.NOBODY,
        S.DROPPED: Holder.NOBODY,
    },
    labels={
        S.DRAFT: Label("案を準備中", "準備中"),
        S.DECIDED: Label("決定", "決定（これから適用）"),
        S.IN_FORCE: Label("適用済み", "適用済み"),
        S.DROPPED: Label("取りやめ", "取りやめ"),
    },
    steps=(
        Step("decide", "決定した案にする", (S.DRAFT,), S.DECIDED, P.REVISION_WRITE, rules.DECIDING),
        Step("reopen", "案に戻す", (S.DECIDED,), S.DRAFT, P.REVISION_WRITE, note_required=True),
        Step("put_in_force", "計画に適用する", (S.DECIDED,), S.IN_FORCE, P.REVISION_WRITE, rules.DECIDING),
        Step(
            "take_back",
            "適用を取り消す",
            (S.IN_FORCE,),
            S.DECIDED,
            P.REVISION_WRITE,
            rules.TAKING_BACK,
            note_required=True,
        ),
        Step("drop", "取りやめる", (S.DRAFT, S.DECIDED), S.DROPPED, P.REVISION_WRITE, note_required=True),
    ),
)
