"""How a registration passes from the group to the centre, once a year."""

from django.db import models

from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.organisations import rules
from tomoni.parties.permissions import Permission as P


class State(models.TextChoices):
    """Where a registration stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


S = State
HANDING_IN = (rules.registration_is_complete, rules.activity_is_not_excluded, rules.group_can_be_reached)
# What came on paper or in a list was checked by hand: it may lack answers, but never be an excluded activity.
TAKING_OVER = (rules.activity_is_not_excluded,)
WORKFLOW = Workflow(
    name="団体の登録",
    initial=S.DRAFT,
    holder={
        S.DRAFT: Holder.CIVIC,
        S.SUBMITTED: Holder.COORDINATOR,
        S.ACCEPTED: Holder.NOBODY,
        S.WITHDRAWN: Holder.NOBODY,
    },
    labels={
        S.DRAFT: Label("申請の準備中", "準備中"),
        S.SUBMITTED: Label("確認待ち", "確認中"),
        S.ACCEPTED: Label("登録済み", "登録団体"),
        S.WITHDRAWN: Label("取りやめ", "取りやめ"),
    },
    steps=(
        Step("submit", "申請する", (S.DRAFT,), S.SUBMITTED, P.ORGANISATION_WRITE, HANDING_IN),
        Step("accept", "登録する", (S.SUBMITTED,), S.ACCEPTED, P.ORGANISATION_CHECK, HANDING_IN),
        Step("send_back", "差し戻す", (S.SUBMITTED,), S.DRAFT, P.ORGANISATION_CHECK, note_required=True),
        Step(
            "take_over",
            "紙や名簿の登録を引き継ぐ",
            (S.DRAFT,),
            S.ACCEPTED,
            P.ORGANISATION_CHECK,
            TAKING_OVER,
            note_required=True,
        ),
        Step("withdraw", "登録をやめる", (S.DRAFT, S.ACCEPTED), S.WITHDRAWN, P.ORGANISATION_WRITE, note_required=True),
    ),
)
