"""Verbs about papers: decide about names, publish a version, keep its files, withdraw it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tomoni.cases.services import RulesBroken
from tomoni.files.models import Visibility
from tomoni.files.services import attach, store_file
from tomoni.history.services import record
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.rules import broken
from tomoni.papers import permissions, rules
from tomoni.papers.content import Content
from tomoni.papers.making.files import FORMS, Form
from tomoni.papers.models import PublishedFile, PublishedVersion
from tomoni.papers.rules import PublishFacts, WithdrawFacts
from tomoni.papers.selectors import versions
from tomoni.papers.selectors.content import content_of
from tomoni.papers.selectors.names import published_form, undecided
from tomoni.parties.actor import Actor, program
from tomoni.plans.models import Plan, Redaction
from tomoni.plans.services import touch


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decides about some words of a text."""

    place: str
    text: str
    occurrence: int
    is_blackened: bool


@transaction.atomic
def judge_names(plan: Plan, judgements: Iterable[Judgement], *, at: datetime, by: Actor) -> int:
    """Remember for each whether it is blackened or kept; decided again, the new decision holds. How many were new or changed."""
    permissions.may_publish(by).enforce()
    changed = 0
    for each in judgements:
        key: dict[str, Any] = {"plan": plan, "place": each.place, "text": each.text, "occurrence": each.occurrence}
        held = Redaction.objects.filter(**key).first()
        if held is not None and held.is_blackened == each.is_blackened:
            continue
        Redaction.objects.update_or_create(
            **key, defaults={"is_blackened": each.is_blackened, "decided_by_id": by.user, "decided_at": at}
        )
        changed += 1
    if changed:
        record("judge_names", plan, by=by, changed=changed)
        touch(plan)
    return changed


def fingerprint(content: Content) -> str:
    """SHA-256 of the data, written in one way."""
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def facts_of(plan: Plan, year: int, content: Content) -> PublishFacts:
    """What the rules look at. `content` is as the division reads it, names and all."""
    reported = sum(
        any(entry[name] for name in ("results", "status_text"))
        or entry["state"] not in ("unread", "blank", "none", "outside")
        for measure in content["measures"]
        for line in measure["lines"]
        for entry in [line["years"][str(year)]]
    )
    held = versions.in_force(plan, year)
    is_new = held is None or held.sha256 != fingerprint(published_form(content, plan))
    return PublishFacts(undecided(content, plan), reported, is_new)


@transaction.atomic
def publish(plan: Plan, year: int, *, note: str = "", at: datetime, by: Actor) -> PublishedVersion:
    """Freeze the data of a year's papers as its next version.

    NotAllowed for others than the division, or for a year the plan does not report; RulesBroken when names are not decided
    about, nothing is reported, or nothing is new. Its files are made by keep_files, or when somebody first asks for one.
    """
    permissions.may_publish(by).enforce()
    Plan.objects.select_for_update().get(pk=plan.pk)  # two people who publish at once get two numbers
    if year not in plan.years:
        raise NotAllowed(_("この計画には、その年度の記録がありません。"))
    inner = content_of(plan, year)
    if findings := broken(rules.PUBLISHING, facts_of(plan, year, inner)):
        raise RulesBroken(findings)
    content = published_form(inner, plan)
    last = PublishedVersion.objects.filter(plan=plan, year=year).aggregate(last=Max("number"))["last"] or 0
    version = PublishedVersion(
        plan=plan,
        year=year,
        number=last + 1,
        content=content,
        sha256=fingerprint(content),
        note=note.strip(),
        published_at=at,
        published_by_id=by.user,
        published_for=by.acts_for.party_name if by.acts_for else "",
    )
    version.full_clean(exclude=["municipality", "content"])
    version.save()
    record("publish", version, by=by, is_public=True, year=year, number=version.number)
    touch(plan)  # the page of the plan leads to the newest version
    return version


def keep_files(version: PublishedVersion, *, at: datetime) -> list[PublishedFile]:
    """Make and keep every file of a version that is not kept yet."""
    return [keep_file(version, form, at=at) for form in FORMS]


def keep_file(version: PublishedVersion, form: Form, *, at: datetime) -> PublishedFile:
    """The file of a version, made from its frozen data when it is asked for the first time, and the same ever after."""
    held = versions.file_of(version, form)
    if held is not None:
        return held
    note = _("第%(number)s版") % {"number": version.number}
    made = form.make(version.content, note)
    with transaction.atomic():
        PublishedVersion.objects.select_for_update().defer("content").get(pk=version.pk)
        held = versions.file_of(version, form)  # somebody else may have been faster
        if held is None:
            name, maker = form.file_name(version.content, version.number), program("papers")
            stored = store_file(
                made, name=name, at=at, by=maker, visibility=Visibility.PUBLIC, content_type=form.content_type
            )
            attach(stored, to=version, by=maker)
            held = PublishedFile.objects.create(version=version, key=form.key, ending=form.ending, stored=stored)
    return held


@transaction.atomic
def withdraw(version: PublishedVersion, *, reason: str, at: datetime, by: Actor) -> PublishedVersion:
    """Say that a version is wrong, and why. It stays readable under its number; NotAllowed when it was withdrawn already."""
    permissions.may_publish(by).enforce()
    held = PublishedVersion.objects.select_for_update().select_related("plan").get(pk=version.pk)
    if held.is_withdrawn:
        raise NotAllowed(_("この版は、もう取り下げられています。"))
    if findings := broken(rules.WITHDRAWING, WithdrawFacts(reason)):
        raise RulesBroken(findings)
    held.withdrawn_at, held.withdrawn_by_id, held.reason = at, by.user, reason.strip()
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    record("withdraw", held, by=by, is_public=True, note=held.reason)
    touch(held.plan)
    return held
