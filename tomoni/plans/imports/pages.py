"""What the pages of an import show, by the stage it is at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tomoni.history.models import Event
from tomoni.history.selectors import story_of
from tomoni.imports import permissions
from tomoni.imports.models import Alias, Batch, Choice
from tomoni.imports.selectors import aliases, choices_since
from tomoni.parties.actor import Actor
from tomoni.plans.importing.look import target_of
from tomoni.plans.importing.settle import ACCEPT, OPEN
from tomoni.plans.imports.answers import described
from tomoni.plans.imports.review import ALL, DECIDED, TODO, Asked, Review, doubt_labels, review, status_options
from tomoni.plans.models import Plan
from tomoni.plans.words import words_of
from tomoni.rulebooks.models import RulebookVersion

STUCK = timedelta(minutes=10)  # a reading that takes longer has been lost with its worker
SURE = (("0.95", "95%"), ("0.9", "90%"), ("0.8", "80%"))
TONES = {"reading": "wait", "failed": "bad", "review": "warn", "committed": "ok", "undone": "open"}


def stage_labels() -> dict[str, str]:
    """What each stage is called."""
    return {
        "reading": _("読み取り中"),
        "failed": _("読み取れません"),
        "review": _("確認待ち"),
        "committed": _("反映済み"),
        "undone": _("取り消し済み"),
    }


@dataclass(frozen=True, slots=True)
class Told:
    """One line of history in words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An alias in words."""

    alias: Alias
    kind: str
    meaning: str


def steps(batch: Batch) -> list[dict[str, str]]:
    """Where a batch stands on its way."""
    way = [_("受け取る"), _("読み取る"), _("確かめる"), _("計画に反映する")]
    now = {"reading": 1, "failed": 1, "review": 2, "undone": 2, "committed": 4}[batch.stage]
    return [{"label": word, "state": "past" if n < now else "now" if n == now else ""} for n, word in enumerate(way)]


def frame(batch: Batch, actor: Actor) -> dict[str, Any]:
    """What every page of a batch shows: where it stands, what may be done, what has happened."""
    return {
        "batch": batch,
        "stage": stage_labels()[batch.stage],
        "tone": TONES[batch.stage],
        "steps": steps(batch),
        "plan": _plan(batch),
        "may_choose": permissions.may_choose(actor, batch),
        "may_commit": permissions.may_commit(actor, batch),
        "may_undo": permissions.may_undo(actor, batch),
        "may_read_again": permissions.may_read_again(actor, batch),
        "story": [told(event) for event in story_of(batch)[:50]],
    }


def _plan(batch: Batch) -> Plan | None:
    try:
        return target_of(batch)
    except Plan.DoesNotExist:
        return None


def waiting(batch: Batch, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """The page of a batch that is being read."""
    labels = [
        _("順番を待っています"),
        _("ファイルを開いています"),
        _("表の中身を見分けています"),
        _("結果を保存しています"),
    ]
    return {
        **frame(batch, actor),
        "label": labels[min(batch.done_steps, len(labels) - 1)],
        "of": batch.all_steps or 4,
        "is_stuck": at - batch.uploaded_at > STUCK,
    }


def reviewing(made: Review, actor: Actor) -> dict[str, Any]:
    """The page of a batch under review."""
    labels = doubt_labels()
    counts = made.batch.counts
    return {
        **frame(made.batch, actor),
        "review": made,
        "word": made.wording.words.measure,
        "asked": made.asked,
        "facts": [
            {"label": made.wording.words.measure, "value": counts.get("measures", 0), "note": _("件")},
            {"label": _("読み取れた進捗状況"), "value": counts.get("read", 0), "note": _("件")},
            {"label": _("空いている進捗状況"), "value": counts.get("open", 0), "note": _("件")},
            {"label": _("置き場所の決まらないセル"), "value": counts.get("unplaced", 0), "note": _("件")},
        ],
        "fields": _filters(made, labels),
        "labels": labels,
        "statuses": status_options(made.wording),
        "field_options": [
            (name, made.wording.words.fields[name])
            for name in ("status", "results", "issues", "next_action", "remarks")
        ],
        "known_departments": sorted(made.look.names.names.items(), key=lambda each: each[1]),
        "sure": SURE,
        "readable": len(made.readable()),
        "strays": len(made.strays()),
        "new_departments": sum(one.waits for one in made.departments),
    }


def _filters(made: Review, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    shows = [(TODO, _("確かめる必要があるもの")), (ALL, _("読み取ったものすべて")), (DECIDED, _("判断したもの"))]
    doubts = [(key, f"{labels[key]}（{count}）") for key, count in made.doubts.items()]
    states = list(made.look.difference.measures.values())
    against = [
        ("new", _("計画にない（%s）") % states.count("new")),
        ("changed", _("計画と違う（%s）") % states.count("changed")),
        ("same", _("計画と同じ（%s）") % states.count("same")),
    ]
    return [
        {"name": "show", "label": _("見るもの"), "value": made.asked.show, "options": _options([*shows, *doubts])},
        {
            "name": "against",
            "label": _("いまの計画と比べて"),
            "value": made.asked.against,
            "options": _options(against),
        },
    ]


def _options(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in pairs]


def committed(batch: Batch, actor: Actor) -> dict[str, Any]:
    """The page of a batch that is in force."""
    event = next((one for one in story_of(batch) if one.verb == "commit"), None)
    counts = event.details if event else {}
    plan = _plan(batch)
    word = words_of(plan.rulebook.book).measure if plan else _("施策")
    return {
        **frame(batch, actor),
        "facts": [
            {"label": _("新しい%s") % word, "value": counts.get("new_measures", 0), "note": _("件")},
            {"label": _("変わった%s") % word, "value": counts.get("changed_measures", 0), "note": _("件")},
            {"label": _("変わらない%s") % word, "value": counts.get("same_measures", 0), "note": _("件")},
            {
                "label": _("書いた年度の記録"),
                "value": counts.get("new_years", 0) + counts.get("changed_years", 0),
                "note": _("件"),
            },
        ],
        "changes": len(batch.changes),
    }


def moved(batch: Batch, made: Review, *, seen: int) -> list[str]:
    """What others have done since somebody opened the page, a sentence each."""
    since: list[Choice] = choices_since(batch, seen)
    told = [
        _("%(who)sさんが%(what)sを、%(how)sと決めました。")
        % {"who": one.by or _("ほかの方"), "what": described(made, one.pointer), "how": _decision(made, one)}
        for one in since[:10]
    ]
    if len(since) > 10:
        told.append(_("ほかに%s件の判断があります。") % (len(since) - 10))
    return told or [_("ほかの方が、この取り込みの判断を取り消すか、先へ進めました。")]


def _decision(made: Review, choice: Choice) -> str:
    if choice.kind == ACCEPT:
        return _("このとおりでよい")
    if choice.kind == OPEN:
        return _("空けておく")
    if not isinstance(choice.value, str):
        return _("直す")
    return _("「%s」に直す") % made.wording.words.full.get(choice.value, choice.value)[:40]


def told(event: Event) -> Told:
    """An event of a batch in a sentence."""
    details = event.details
    words = {
        "upload": _("ファイルを受け取りました。"),
        "read": _("ファイルを読み取りました。"),
        "fail": _("ファイルを読み取れませんでした。"),
        "read_again": _("もう一度読み取ることにしました。"),
        "decide": _("%s件の判断を保存しました。") % len(details.get("pointers", [])),
        "commit": _("計画に反映しました（変わった行 %s件）。") % details.get("changes", 0),
        "undo": _("反映を取り消しました。"),
    }
    return Told(event.at, event.actor_name, words.get(event.verb, event.verb))


def explained(rulebook: RulebookVersion | None) -> list[Explained]:
    """All aliases with their meanings in the city's words."""
    kinds = {"status": _("進捗状況"), "department": _("担当課"), "column": _("列の見出し")}
    words = words_of(rulebook.book) if rulebook else None
    return [
        Explained(
            one,
            kinds[one.kind],
            words.full.get(one.meaning, one.meaning) if words and one.kind == "status" else one.meaning,
        )
        for one in aliases()
    ]


def open_review(batch: Batch, *, rulebook: RulebookVersion, asked: Asked) -> Review | None:
    """The review of a batch; None when the plan it was meant for is gone."""
    try:
        return review(batch, rulebook=rulebook, asked=asked)
    except Plan.DoesNotExist:
        return None


def all_of(made: Review, posted: Mapping[str, str]) -> list[str]:
    """The pointers that one act accepts together; none for an act we do not know."""
    which = posted.get("which", "")
    if which == "sure" and posted.get("confidence") in {value for value, _label in SURE}:
        return [value.pointer for value in made.sure(float(posted["confidence"]))]
    if which == "unused":
        return [stray.pointer for stray in made.strays()]
    if which == "departments":
        return [one.pointer for one in made.departments if one.waits]
    return [value.pointer for value in made.readable()] if which == "shown" else []
