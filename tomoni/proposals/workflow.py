"""How a proposal passes from the group through the department and the screening to a decision."""

from django.db import models

from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P
from tomoni.proposals import rules


class State(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TALKS = "talks"
    SCREENING = "screening"
    ADOPTED = "adopted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


S = State
HANDING_IN = (
    rules.sheet_is_complete,
    rules.budget_balances,
    rules.has_the_partners_asked_for,
    rules.round_is_open,
    rules.proposer_is_eligible,
    rules.asks_within_the_cap,
)
REVISING = (rules.sheet_is_complete, rules.budget_balances, rules.asks_within_the_cap)
DECIDING = (rules.all_marks_are_in, rules.decision_names_its_reasons)

WORKFLOW = Workflow(
    name="提案",
    initial=S.DRAFT,
    holder={
        S.DRAFT: Holder.CIVIC,
        S.SUBMITTED: Holder.CITY,
        S.TALKS: Holder.BOTH,
        S.SCREENING: Holder.SCREENERS,
        S.ADOPTED: Holder.NOBODY,
        S.DECLINED: Holder.NOBODY,
        S.WITHDRAWN: Holder.NOBODY,
    },
    labels={
        S.DRAFT: Label("下書き", "準備中"),
        S.SUBMITTED: Label("受付済み", "提出済み"),
        S.TALKS: Label("担当課と協議中", "調整中"),
        S.SCREENING: Label("審査中", "審査中"),
        S.ADOPTED: Label("採択", "採択"),
        S.DECLINED: Label("不採択", "不採択"),
        S.WITHDRAWN: Label("取り下げ", "取り下げ"),
    },
    steps=(
        Step("submit", "提出する", (S.DRAFT,), S.SUBMITTED, P.PROPOSAL_WRITE, HANDING_IN),
        Step(
            "withdraw", "取り下げる", (S.DRAFT, S.SUBMITTED, S.TALKS), S.WITHDRAWN, P.PROPOSAL_WRITE, note_required=True
        ),
        Step("talk", "協議を始める", (S.SUBMITTED,), S.TALKS, P.PROPOSAL_HANDLE),
        Step("send_back", "差し戻す", (S.SUBMITTED,), S.DRAFT, P.PROPOSAL_DECIDE, note_required=True),
        Step("to_screening", "審査に進める", (S.SUBMITTED, S.TALKS), S.SCREENING, P.PROPOSAL_DECIDE, REVISING),
        Step("adopt", "採択する", (S.SCREENING,), S.ADOPTED, P.PROPOSAL_DECIDE, DECIDING),
        Step("decline", "不採択とする", (S.SCREENING,), S.DECLINED, P.PROPOSAL_DECIDE, DECIDING),
    ),
)
