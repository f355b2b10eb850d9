"""How a project is prepared, carried out, reported and finished."""

from django.db import models

from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.permissions import Permission as P
from tomoni.projects import rules


class State(models.TextChoices):
    """Where a project stands."""

    PREPARING = "preparing"
    RUNNING = "running"
    REPORTED = "reported"
    FINISHED = "finished"
    STOPPED = "stopped"


S = State
CLOSING = (rules.report_is_written, rules.accounts_balance, rules.no_change_waits)
WORKFLOW = Workflow(
    name="協働事業",
    initial=S.PREPARING,
    holder={
        S.PREPARING: Holder.BOTH,
        S.RUNNING: Holder.BOTH,
        S.REPORTED: Holder.DEPARTMENT,
        S.FINISHED: Holder.NOBODY,
        S.STOPPED: Holder.NOBODY,
    },
    labels={
        S.PREPARING: Label("準備", "準備中"),
        S.RUNNING: Label("実施中", "実施中"),
        S.REPORTED: Label("報告済み", "まとめ中"),
        S.FINISHED: Label("完了", "完了"),
        S.STOPPED: Label("中止", "中止"),
    },
    steps=(
        Step("start", "始める", (S.PREPARING,), S.RUNNING, P.PROJECT_WRITE, (rules.agreement_covers_the_period,)),
        Step("report", "完了を報告する", (S.RUNNING,), S.REPORTED, P.PROJECT_WRITE, CLOSING),
        Step("send_back", "差し戻す", (S.REPORTED,), S.RUNNING, P.PROJECT_CHECK, note_required=True),
        Step("finish", "完了にする", (S.REPORTED,), S.FINISHED, P.PROJECT_CHECK, CLOSING),
        Step("stop", "中止する", (S.PREPARING, S.RUNNING), S.STOPPED, P.PROJECT_STOP, note_required=True),
    ),
)
