"""Verbs of a project room: open it from an agreement, share out the work, keep accounts, agree changes, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.agreements.models import Agreement
from tomoni.cases import services as cases
from tomoni.cases.notices import tell_new_holder
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import Actor
from tomoni.projects import permissions
from tomoni.projects.models import Account, Change, ChecklistAnswer, Duty, Project, ProjectFigure, Risk, Talk
from tomoni.projects.selectors import SEARCH_KIND
from tomoni.projects.workflow import State
from tomoni.search.services import forget, index


@transaction.atomic
def open_project(agreement: Agreement, *, on: date, by: Actor, summary: str = "") -> Project:
    """Open the room of a concluded agreement, with its duties and its costs. NotAllowed when it has one already."""
    permissions.may_open_for(by, agreement.civic_id, agreement.city_id).enforce()
    if agreement.state not in {"concluded", "ended"}:
        raise NotAllowed(_("締結した協定から、事業を始められます。"))
    if agreement.projects.exists():
        raise NotAllowed(_("この協定の事業は、すでにあります。"))
    project = cases.begin(
        Project(
            title=agreement.title,
            agreement=agreement,
            civic=agreement.civic,
            city=agreement.city,
            summary=summary or agreement.purpose,
            form_kind=agreement.form_kind,
            starts=agreement.starts,
            ends=agreement.ends,
        ),
        on=on,
        by=by,
    )
    Duty.objects.bulk_create(
        Duty(project=project, side=line["side"], text=line["text"][:200], due=line.get("due") or None)
        for line in agreement.duties
    )
    Account.objects.bulk_create(
        Account(project=project, is_income=True, label=line["label"], planned=line["amount"])
        for line in agreement.shares
    )
    return project


@transaction.atomic
def start(project: Project, *, by: Actor) -> Project:
    """Begin to work; from now on everybody may read about it."""
    started = cases.take("start", project, by=by)
    _publish(started)
    return started


def report(project: Project, *, by: Actor) -> Project:
    """Hand the closing report in; RulesBroken says what is missing."""
    return cases.take("report", project, by=by)


def send_back(project: Project, *, reason: str, by: Actor) -> Project:
    """Give a report back, with the reason."""
    return cases.take("send_back", project, by=by, note=reason)


@transaction.atomic
def finish(project: Project, *, by: Actor) -> Project:
    """Close a project whose report is in order."""
    finished = cases.take("finish", project, by=by)
    _publish(finished)
    return finished


@transaction.atomic
def stop(project: Project, *, reason: str, by: Actor) -> Project:
    """Stop it before its end, with the reason."""
    was_public = project.state != State.PREPARING
    stopped = cases.take("stop", project, by=by, note=reason)
    if not was_public:
        forget(stopped)
    return stopped


@transaction.atomic
def describe(project: Project, *, summary: str, issue: str, field: str, by: Actor) -> Project:
    """Say in plain words what it is about, for everybody."""
    permissions.may_work(by, project).enforce()
    project.summary, project.issue, project.field = summary, issue, field
    project.save(update_fields=["summary", "issue", "field"])
    record("write", project, by=by)
    if project.state != State.PREPARING:
        _publish(project)
    return project


@transaction.atomic
def add_duty(project: Project, *, side: str, text: str, due: date | None, by: Actor) -> Duty:
    """Write down who does what by when."""
    permissions.may_work(by, project).enforce()
    duty = Duty(project=project, side=side, text=text, due=due)
    duty.save()
    record("add_duty", project, by=by, text=text)
    return duty


@transaction.atomic
def finish_duty(duty: Duty, *, on: date, by: Actor) -> Duty:
    """It is done. Doing it twice keeps the first day."""
    permissions.may_work(by, duty.project).enforce()
    if duty.done_on is None:
        duty.done_on = on
        duty.save(update_fields=["done_on"])
        record("finish_duty", duty.project, by=by, text=duty.text)
    return duty


@transaction.atomic
def tick(project: Project, checklist: str, ticks: Mapping[str, bool], *, on: date, by: Actor) -> ChecklistAnswer:
    """Answer a checklist for one's own side; answering again replaces the answers."""
    permissions.may_work(by, project).enforce()
    answer, _made = ChecklistAnswer.objects.update_or_create(
        project=project,
        checklist=checklist,
        side=project.side_of(by),
        defaults={"answers": {key: {"ok": ok} for key, ok in ticks.items()}, "answered_on": on},
    )
    record("tick", project, by=by, checklist=checklist)
    return answer


@transaction.atomic
def note_talk(
    project: Project, *, held_on: date, title: str, minutes: str, by: Actor, risks: Iterable[int] = ()
) -> Talk:
    """Keep the minutes of a talk, and which risks of this project it spoke of."""
    permissions.may_work(by, project).enforce()
    spoken_of = list(project.risks.filter(pk__in=risks).order_by("pk").values_list("pk", flat=True))
    talk = Talk(project=project, held_on=held_on, title=title, minutes=minutes, risks=spoken_of)
    talk.save()
    record("talk", project, by=by, title=title)
    return talk


@transaction.atomic
def add_risk(project: Project, risk: Risk, *, by: Actor) -> Risk:
    """Write down what may delay the project, who watches it and until when."""
    permissions.may_work(by, project).enforce()
    risk.project = project
    risk.save()
    record("add_risk", project, by=by, note=risk.text)
    return risk


@transaction.atomic
def settle_risk(risk: Risk, *, outcome: str, on: date, by: Actor) -> Risk:
    """Say how it was settled. Doing it twice keeps the first day."""
    permissions.may_work(by, risk.project).enforce()
    if risk.settled_on is None:
        risk.settled_on, risk.outcome = on, outcome
        risk.save(update_fields=["settled_on", "outcome"])
        record("settle_risk", risk.project, by=by, note=outcome or risk.text)
    return risk


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the accounts as both sides see it, in yen."""

    is_income: bool
    label: str
    planned: int
    actual: int | None


@transaction.atomic
def keep_accounts(project: Project, lines: list[AccountLine], *, by: Actor) -> None:
    """Write all lines anew; what was there before stands in the history."""
    permissions.may_work(by, project).enforce()
    before = [[a.is_income, a.label, a.planned, a.actual] for a in project.accounts.order_by("pk")]
    project.accounts.all().delete()
    Account.objects.bulk_create(
        Account(project=project, is_income=each.is_income, label=each.label, planned=each.planned, actual=each.actual)
        for each in lines
    )
    record("accounts", project, by=by, before=before)


@dataclass(frozen=True, slots=True)
class Told:
    """A number the closing report tells: what is counted, how many, in which fiscal year."""

    label: str
    value: Decimal
    unit: str
    year: int


@transaction.atomic
def tell_figures(project: Project, figures: list[Told], *, by: Actor) -> None:
    """Write the numbers of the closing report anew. NotAllowed for a year outside the project and a number told twice."""
    permissions.may_work(by, project).enforce()
    if any(each.year not in project.years for each in figures):
        raise NotAllowed(_("数値の年度は、事業の期間の中から選んでください。"))
    if len({(each.label, each.year) for each in figures}) < len(figures):
        raise NotAllowed(_("同じ年度の同じ名前の数値が2つあります。1つにまとめてください。"))
    before = [[f.label, str(f.value), f.unit, f.year] for f in project.figures.order_by("pk")]
    if before == [[f.label, str(f.value.quantize(Decimal("0.001"))), f.unit, f.year] for f in figures]:
        return
    project.figures.all().delete()
    ProjectFigure.objects.bulk_create(
        ProjectFigure(project=project, label=f.label, value=f.value, unit=f.unit, year=f.year) for f in figures
    )
    record("figures", project, by=by, before=before)


@transaction.atomic
def propose_change(project: Project, *, what: str, why: str, on: date, by: Actor) -> Change:
    """Ask the other side to agree to a change of plan or cost."""
    permissions.may_work(by, project).enforce()
    change = Change(project=project, proposed_by=project.side_of(by), what=what, why=why, proposed_on=on)
    change.save()
    event = record("propose_change", project, by=by, note=why)
    tell_new_holder(project, event, by=by)
    return change


@transaction.atomic
def answer_change(change: Change, *, agreed: bool, answer: str, on: date, by: Actor) -> Change:
    """Say yes or no to a change the other side asked for."""
    held = Change.objects.select_for_update(of=("self",)).select_related("project").get(pk=change.pk)
    permissions.may_answer(by, held).enforce()
    held.agreed, held.answer, held.answered_on = agreed, answer, on
    held.save(update_fields=["agreed", "answer", "answered_on"])
    record("answer_change", held.project, by=by, note=answer, agreed=agreed)
    return held


@transaction.atomic
def write_report(project: Project, answers: dict[str, Any], *, by: Actor, figures: list[Told] | None = None) -> Project:
    """Keep the closing report as far as it is written, and its figures when they are given."""
    permissions.may_work(by, project).enforce()
    project.report = answers
    project.save(update_fields=["report"])
    record("write", project, by=by)
    if figures is not None:
        tell_figures(project, figures, by=by)
    return project


def _publish(project: Project) -> None:
    if not project.is_public:
        return
    text = "\n".join([project.summary, project.issue, project.civic.name, project.city.name])
    index(project, kind=SEARCH_KIND, title=project.title, text=text, url=project.get_absolute_url())
