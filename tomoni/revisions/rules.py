"""What must hold before a revision is decided, put in force, and taken back; and before a department changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from tomoni.kernel.rules import Rule, rule
from tomoni.revisions.shape import ENDING, MAKING, MOST_RESULTS, Change, Draft, Kind, last_year, numbers_in, reshaped


def _changes(draft: Draft, *kinds: Kind) -> list[Change]:
    return [change for change in draft.changes if change.kind in kinds]


@rule("RV-01", cites="府中市進行管理シート No.32（計画の見直し）", where="reason")
def says_why(draft: Draft) -> bool:
    """改訂の名前と理由を書いてください。"""
    return bool(draft.title.strip() and draft.reason.strip())


@rule("RV-02", cites="府中市進行管理シート No.32（計画の見直し）")
def changes_something(draft: Draft) -> bool:
    """変更が1つもありません。変更を書き足してください。"""
    return bool(draft.changes)


@rule("RV-03", cites="府中市進行管理シート No.32（計画の見直し）")
def every_change_says_why(draft: Draft) -> bool:
    """理由のない変更があります。あとで読む人に分かるように、変更ごとに理由を書いてください。"""
    return all(change.reason.strip() for change in draft.changes)


@rule("RV-04", cites="府中市進行管理シート No.32（計画の見直し）", where="decided_on")
def a_body_has_decided(draft: Draft) -> bool:
    """どの会議や課が、いつ決めたかを書いてください。"""
    return draft.is_decided


@rule("RV-05", cites="府中市進行管理シート No.32（計画の見直し）", where="year")
def begins_within_the_plan(draft: Draft) -> bool:
    """改訂の年度は、計画の2年目から最後の年度までにしてください。計画を延ばすときは「計画の期間」の変更を足してください。"""
    first, last = draft.shape.first, last_year(draft)
    return (first is None or draft.year > first) and (last is None or draft.year <= last)


@rule("RV-06", cites="府中市進行管理シート No.32（計画の見直し）")
def changes_what_is_carried_out(draft: Draft) -> bool:
    """計画にない施策か、改訂の年度より前に終わった施策を変えようとしています。その変更を外してください。"""
    held = draft.shape.measures
    return all(
        pk in held and held[pk].relisted_of is None and (held[pk].ends or draft.year) >= draft.year
        for change in draft.changes
        for pk in change.sources
    ) and all(change.sources for change in _changes(draft, *(set(Kind) - _WITHOUT_SOURCE)))


_WITHOUT_SOURCE = {Kind.ADD, Kind.HEADING_NAME, Kind.HEADING_ADD, Kind.PERIOD}


@rule("RV-07", cites="府中市進行管理シート No.32（計画の見直し）")
def nothing_ends_twice(draft: Draft) -> bool:
    """同じ施策を2回、終えたり、まとめたり、分けたりしています。1回だけにしてください。"""
    ending = [pk for change in _changes(draft, *ENDING) for pk in change.sources]
    return len(ending) == len(set(ending))


@rule("RV-08", cites="府中市進行管理シート No.32（計画の見直し）")
def what_ends_is_not_rewritten(draft: Draft) -> bool:
    """終わる施策を、同じ改訂の中で書き直しています。どちらかの変更を外してください。"""
    ending = {pk for change in _changes(draft, *ENDING) for pk in change.sources}
    return not any(ending & set(change.sources) for change in draft.changes if change.kind not in ENDING)


@rule("RV-09", cites="府中市進行管理シート（施策の番号）")
def numbers_are_used_once(draft: Draft) -> bool:
    """同じ番号の施策が2つになります。番号を変えてください。"""
    was, now = numbers_in(draft.shape, draft.year), numbers_in(reshaped(draft), draft.year)
    if len({number for _heading, number in was}) == len(was):
        return len({number for _heading, number in now}) == len(now)
    before, after = Counter(was), Counter(now)  # this plan numbers anew under each heading
    return all(count == 1 or count <= before[key] for key, count in after.items())


@rule("RV-10", cites="府中市進行管理シート No.32（計画の見直し）")
def merges_and_splits_have_two_sides(draft: Draft) -> bool:
    """まとめるには2つ以上の施策が、分けるには2つから20までの新しい施策が必要です。"""
    return all(
        len(set(change.sources)) >= 2 and len(change.results) == 1 for change in _changes(draft, Kind.MERGE)
    ) and all(
        len(change.sources) == 1 and 2 <= len(change.results) <= MOST_RESULTS for change in _changes(draft, Kind.SPLIT)
    )


@rule("RV-11", cites="府中市進行管理シート No.32（計画の見直し）")
def headings_are_there(draft: Draft) -> bool:
    """計画にない見出しを使っています。見出しを選び直してください。"""
    known = reshaped(draft).headings
    wanted = [one.heading for change in draft.changes for one in change.results]
    wanted += [c.heading for c in _changes(draft, Kind.MOVE, Kind.HEADING_NAME, Kind.HEADING_ADD)]
    named = [c.heading for c in _changes(draft, Kind.HEADING_NAME)]
    return all(heading is None or heading in known for heading in wanted) and None not in named


@rule("RV-12", cites="府中市進行管理シート（年度別計画）")
def schedules_stay_within_the_plan(draft: Draft) -> bool:
    """年度ごとの計画は、改訂の年度から計画の最後の年度までについて書いてください。"""
    last = last_year(draft)
    years = [year for change in _changes(draft, Kind.SCHEDULE) for year in change.schedule]
    written = all(change.schedule for change in _changes(draft, Kind.SCHEDULE))
    return written and all(draft.year <= year <= (last or year) for year in years)


@rule("RV-13", cites="府中市進行管理シート No.32（計画の見直し）")
def nothing_is_changed_twice_the_same_way(draft: Draft) -> bool:
    """同じ施策や見出しに、同じ種類の変更が2つあります。1つにまとめてください。"""
    told: list[tuple[object, ...]] = [
        (change.kind, pk, change.line) for change in draft.changes if change.kind not in ENDING for pk in change.sources
    ]
    told += [(change.kind, change.heading) for change in _changes(draft, Kind.HEADING_NAME)]
    told += [(change.kind,) for change in _changes(draft, Kind.PERIOD)]
    return len(told) == len(set(told))


@rule("RV-14", cites="府中市進行管理シート No.32（計画の見直し）")
def nothing_ends_before_its_reports(draft: Draft) -> bool:
    """終わりの年度より後の報告が、すでにある施策です。改訂の年度を後にしてください。"""
    return all(
        (one.last_report or 0) <= (one.ends or one.last_report or 0)
        for one in reshaped(draft).measures.values()
        if one.pk in _ending(draft)
    )


def _ending(draft: Draft) -> set[int]:
    return {pk for change in _changes(draft, *ENDING) for pk in change.sources}


@rule("RV-15", cites="府中市進行管理シート No.32（計画の見直し）")
def everything_begins_before_it_ends(draft: Draft) -> bool:
    """施策の終わりの年度は、はじまりの年度より後で、改訂の前の年度から計画の最後の年度までにしてください。"""
    after, last = reshaped(draft).measures, last_year(draft)
    ends = [(after[pk].begins, after[pk].ends) for pk in _ending(draft) if pk in after]
    return all(
        (begins or draft.shape.first or end) <= end and draft.year - 1 <= end <= (last or end)
        for begins, end in ends
        if end is not None
    )


@rule("RV-16", cites="府中市進行管理シート No.32（計画の見直し）")
def new_measures_are_whole(draft: Draft) -> bool:
    """新しい施策には、名前と、担当する課が必要です。"""
    made = [change for change in draft.changes if change.kind in MAKING]
    return all(change.results for change in made) and all(
        one.title.strip() and one.leads for change in made for one in change.results
    )


@rule("RV-17", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）")
def departments_are_there(draft: Draft) -> bool:
    """なくなった課か、選ばれていない課を担当にしようとしています。いまある課を選んでください。"""
    leads = [pk for change in draft.changes for one in change.results for pk in one.leads]
    changed = _changes(draft, Kind.LEADS)
    leads += [pk for change in changed for pk in change.leads]
    return all(change.leads for change in changed) and not draft.shape.closed & set(leads)


@rule("RV-18", cites="府中市進行管理シート No.32（計画の見直し）")
def the_plan_keeps_its_reports(draft: Draft) -> bool:
    """計画の最後の年度を、報告のある年度や最初の年度より前にはできません。"""
    told = [change.year for change in _changes(draft, Kind.PERIOD)]
    reports = max((one.last_report or 0 for one in draft.shape.measures.values()), default=0)
    return all(year is not None and year >= max(reports, draft.shape.first or 0) for year in told)


@rule("RV-19", cites="府中市進行管理シート No.32（計画の見直し）")
def every_change_changes_something(draft: Draft) -> bool:
    """いまと同じ内容の変更があります。その変更を外すか、書き直してください。"""
    return all(
        reshaped(replace(draft, changes=(change,))) != draft.shape
        for change in draft.changes
        if _is_known(draft, change)
    )


def _is_known(draft: Draft, change: Change) -> bool:
    """What names something that is not there is another rule's matter."""
    return all(pk in draft.shape.measures for pk in change.sources) and (
        change.heading is None or change.heading in draft.shape.headings
    )


@rule("RV-20", cites="府中市進行管理シート No.32（計画の見直し）")
def nobody_has_reported_since(draft: Draft) -> bool:
    """改訂後の形で、すでに報告などが書かれています。取り消すと失われるため、取り消せません。新しい改訂で直してください。"""
    return draft.reports_since == 0


@rule("RV-21", cites="府中市進行管理シート No.32（計画の見直し）")
def no_later_revision_stands_on_it(draft: Draft) -> bool:
    """この後に、別の改訂が適用されています。後の改訂から順に取り消してください。"""
    return draft.later_revisions == 0


CONTENT: tuple[Rule, ...] = (
    says_why, changes_something, every_change_says_why, begins_within_the_plan, changes_what_is_carried_out,
    nothing_ends_twice, what_ends_is_not_rewritten, numbers_are_used_once, merges_and_splits_have_two_sides,
    headings_are_there, schedules_stay_within_the_plan, nothing_is_changed_twice_the_same_way,
    nothing_ends_before_its_reports, everything_begins_before_it_ends, new_measures_are_whole, departments_are_there,
    the_plan_keeps_its_reports, every_change_changes_something,
)  # fmt: skip
DECIDING: tuple[Rule, ...] = (*CONTENT, a_body_has_decided)
TAKING_BACK: tuple[Rule, ...] = (nobody_has_reported_since, no_later_revision_stands_on_it)


def blamed(broken: Rule, draft: Draft) -> list[int]:
    """Numbers of the changes a rule stumbles over: one that breaks it alone, else the pairs that break it together."""

    def breaks(changes: Iterable[Change]) -> bool:
        return not broken(replace(draft, changes=tuple(changes)))

    if breaks([change for change in draft.changes if change.kind == Kind.PERIOD]):
        return []
    period = [change for change in draft.changes if change.kind == Kind.PERIOD]
    alone = [one.pk for one in draft.changes if breaks([*period, one] if one not in period else period)]
    if alone:
        return alone
    pairs = [
        pair for pair in combinations(draft.changes, 2) if breaks([*period, *(c for c in pair if c not in period)])
    ]
    return list(dict.fromkeys(change.pk for pair in pairs for change in pair))


@dataclass(frozen=True, slots=True)
class Past:
    """A line of a department's history: one became another, or handed work to it, on a day."""

    before: int
    after: int
    on: date


@dataclass(frozen=True, slots=True)
class Handover:
    """What the rules look at when departments change: who becomes whom on which day, and what is known of them."""

    kind: str
    befores: tuple[int, ...]
    afters: tuple[int | str, ...]  # a number of one that is there, the name of a new one
    on: date
    today: date
    ended: frozenset[int] = frozenset()
    taken_names: frozenset[str] = frozenset()
    history: tuple[Past, ...] = ()


@rule("RV-31", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="after")
def successors_are_there(change: Handover) -> bool:
    """後を継ぐ課が、すでになくなっています。いまある課を選んでください。"""
    return not change.ended & {after for after in change.afters if isinstance(after, int)}


@rule("RV-32", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="before")
def predecessors_are_there(change: Handover) -> bool:
    """変わる課が、すでになくなっています。後を継いだ課を選んでください。"""
    return not change.ended & set(change.befores)


@rule("RV-33", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="on")
def days_are_in_order(change: Handover) -> bool:
    """この課には、より新しい日付の移り変わりがあります。その日より後の日付にしてください。"""
    touched = {*change.befores, *(after for after in change.afters if isinstance(after, int))}
    return all(past.on <= change.on for past in change.history if {past.before, past.after} & touched)


@rule("RV-34", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="on")
def the_day_has_come(change: Handover) -> bool:
    """まだ来ていない日付です。その日になってから記録してください。"""
    return change.on <= change.today


@rule("RV-35", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="after")
def nothing_goes_in_a_circle(change: Handover) -> bool:
    """同じ日に行って戻る移り変わりになっています。相手の課を確かめてください。"""
    goals, seen = set(change.befores), {after for after in change.afters if isinstance(after, int)}
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        further = {past.after for past in change.history if past.before == here and past.on >= change.on} - seen
        seen |= further
        waiting += sorted(further)
    return not goals & seen


@rule("RV-36", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="after")
def both_sides_are_named(change: Handover) -> bool:
    """名称変更は1つから1つ、統合は2つ以上から1つ（または1つからいまある1つ）、分割は1つから2つ以上、移管は1つから1つです。"""
    befores, afters = len(set(change.befores)), len(set(change.afters))
    joins = any(isinstance(after, int) for after in change.afters)
    return {
        "renamed": (befores, afters) == (1, 1) and not joins,
        "merged": afters == 1 and befores >= (1 if joins else 2),
        "split": befores == 1 and afters >= 2,
        "handed_over": (befores, afters) == (1, 1),
    }.get(change.kind, False)


@rule("RV-37", cites="府中市進行管理シート 備考（組織の変更、指定管理者への移行）", where="after")
def new_names_are_free(change: Handover) -> bool:
    """同じ名前の課が、すでにあります。「いまある課」から選んでください。"""
    return not change.taken_names & {after for after in change.afters if isinstance(after, str)}


CHANGING: tuple[Rule, ...] = (
    both_sides_are_named, successors_are_there, predecessors_are_there, days_are_in_order, the_day_has_come,
    nothing_goes_in_a_circle, new_names_are_free,
)  # fmt: skip
