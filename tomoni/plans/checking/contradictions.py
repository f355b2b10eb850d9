"""Ratings that do not go with what was reported: zero, a target missed, nothing done, done yet going on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tomoni.kernel.japanese import plain
from tomoni.plans.checking.check import Evidence, Found, Kind, check
from tomoni.plans.checking.facts import Entry, LineFacts, Target, Value
from tomoni.plans.checking.words import STATUSES, amount, quoted, sentences_of, year_word

# Of these, none is what one hopes for.
_BETTER_NONE = re.compile(
    r"事故|苦情|待機|違反|未|不|欠|中止|トラブル|被害|滞納|残|空き|減|廃止|クレーム|辞退|離職|差額"
)
_DID = re.compile(
    r"(?:実施|開催|作成|配布|発行|開設|開始|設置|締結|公表|掲載|派遣|訪問|支援|整備)(?:を?し|を行[いっ]|され)|[をも回](?:開[いき]|配[りっ]|作[りっ])"
)
_DID_NOT = re.compile(
    r"(?:(?:中止|延期|休止|未実施|未開催|未着手|不開催)(?:と|に)?(?:した|なった|しました|なりました|している|しています|です|である)?"
    r"|(?:実施|開催|行|作成|着手|発行)(?:する|い|う|い?する)?(?:こと)?(?:は|が|を|には|に)?"
    r"(?:しなかった|できなかった|わなかった|えなかった|していない|できていない|っていない|至らなかった|至っていない|見送った|"
    r"しませんでした|できませんでした|至りませんでした|見送りました))$"
)
_CHANGED = re.compile(r"(?<![一-龥々])計画を(?:一部)?変更(?:し|する)")
_GOES_ON = re.compile(r"^(?:今後も)?(?:引き続き|引続き|継続して)|継続(?:する|して(?:実施|取り組|行))")
_CONSIDERED = re.compile(
    r"(?:検討|研究|調査・研究)(?:を?(?:し|行っ|行い|進め|重ね|続け)[^。]{0,6}|中(?:である|です)?)?$"
)
_TO_CONSIDER = re.compile(r"^(?:継続)?(?:検討|研究|調査・?研究|調査・?検討)(?:継続)?$")
_TO_DO = re.compile(r"^(?:継続)?(?:実施|発行|開始|運用|設置|整備|作成|開催|配布)$")
_STOP = re.compile(r"[。.)\s]+$")


@check(
    "SH-08",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート No.2（講座の要請）",
    advice="0になったわけを実績に書くか、進捗状況を確かめてください。",
)
def nothing_counted_is_not_on_plan(line: LineFacts) -> Iterator[Found]:
    """数が0ですが、進捗状況は計画どおりです。0になったわけを書くか、進捗状況を確かめてください。"""
    wanted_less = {plain(each.label) for each in line.targets if each.less_is_better}
    for year, entry in line.years():
        for one in line.figures if entry.is_on_plan else ():
            if one.year != year or one.value or _BETTER_NONE.search(one.label) or plain(one.label) in wanted_less:
                continue
            message = f"「{one.label}」が{amount(0, one.unit)}ですが、進捗状況は{STATUSES[entry.status]}です。"
            yield Found(year, "status", message, _beside(year, entry, f"{one.label} {amount(0, one.unit)}"))


@check(
    "SH-09",
    Kind.CONTRADICTION,
    cites="武蔵野市 市民活動促進基本計画 VII 1-2（参考指標）",
    advice="届かなかったわけと次にすることを書くか、進捗状況を確かめてください。",
)
def targets_missed_are_not_on_plan(line: LineFacts) -> Iterator[Found]:
    """目標に届いていませんが、進捗状況は計画どおりです。届かなかったわけを書くか、進捗状況を確かめてください。"""
    for year, entry in line.years():
        for target in line.targets if entry.is_on_plan else ():
            for one in _reached(line, target, year):
                message = (
                    f"「{target.label}」の目標は{amount(target.value, target.unit)}ですが、実績は{amount(one.value, one.unit)}です。"
                    f"進捗状況は{STATUSES[entry.status]}です。"
                )
                said = f"{target.label} {amount(one.value, one.unit)}（目標 {amount(target.value, target.unit)}）"
                yield Found(year, "status", message, _beside(year, entry, said))


@check(
    "SH-10",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート（進捗状況と実績の欄）",
    advice="始めているときは、進捗状況を選び直してください。",
)
def what_was_done_has_begun(line: LineFacts) -> Iterator[Found]:
    """未着手ですが、実績に行ったことが書かれています。進捗状況を確かめてください。"""
    for year, entry in line.years():
        done = next((one for one in sentences_of(entry.results) if _DID.search(one)), "")
        if entry.status == "not_started" and done:
            message = f"進捗状況は{STATUSES[entry.status]}ですが、実績に{quoted(done)}とあります。"
            yield Found(year, "status", message, _beside(year, entry, done))


@check(
    "SH-11",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート No.11、No.31（未実施の年度）",
    advice="代わりにしたことがあれば実績に書くか、進捗状況を確かめてください。",
)
def what_was_not_done_is_not_on_plan(line: LineFacts) -> Iterator[Found]:
    """行わなかったと書かれていますが、進捗状況は計画どおりです。代わりにしたことを書くか、進捗状況を確かめてください。"""
    for year, entry in line.years():
        said = [_STOP.sub("", one) for one in sentences_of(entry.results)]
        not_done = [one for one in said if _DID_NOT.search(one)]
        if entry.is_on_plan and not_done and not any(_DID.search(one) for one in said if one not in not_done):
            message = f"実績に{quoted(not_done[0])}とありますが、進捗状況は{STATUSES[entry.status]}です。"
            yield Found(year, "status", message, _beside(year, entry, entry.results))


@check(
    "SH-12",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート No.11（完了の次の年度）",
    advice="施策が終わったのか、この年度の分が終わったのかを確かめ、続くときは進捗状況を選び直してください。",
)
def what_is_done_has_ended(line: LineFacts) -> Iterator[Found]:
    """完了ですが、続いています。施策が終わったのか、この年度の分が終わったのかを確かめてください。"""
    for year, entry in line.years():
        if entry.status != "done":
            continue
        after = line.entries.get(year + 1, Entry()).status
        goes_on = next((one for one in sentences_of(entry.next_action) if _GOES_ON.search(one)), "")
        if after not in {"", "done"}:
            message = f"{year_word(year)}は完了ですが、{year_word(year + 1)}は{STATUSES[after]}です。"
            yield Found(year, "status", message, (_status(year, entry), Evidence(year + 1, "status", after)))
        elif goes_on:
            message = f"進捗状況は完了ですが、次年度の取組に{quoted(goes_on)}とあります。"
            yield Found(year, "status", message, (_status(year, entry), Evidence(year, "next_action", goes_on)))


@check(
    "SH-13",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート No.18、No.20（検討の続く計画）",
    advice="いつまでに何を決めるかを、次年度の取組に書いてください。",
)
def considering_comes_to_an_end(line: LineFacts) -> Iterator[Found]:
    """計画のどの年度も検討のままで、実績も検討で終わっています。いつまでに何を決めるかを書いてください。"""
    planned = [line.schedule[year] for year in sorted(line.schedule)]
    told = [(year, entry) for year, entry in line.years() if entry.results]
    if len(planned) < 2 or not told or not all(_TO_CONSIDER.match(word.strip()) for word in planned):
        return
    year, entry = told[-1]
    if year >= max(line.schedule) - 1 and _only_considered(entry.results):
        message = f"計画は{len(planned)}年度とも検討で、{year_word(year)}の実績も検討で終わっています。"
        yield Found(
            year, "results", message, (Evidence(0, "schedule", "、".join(planned)), _results(year, entry.results))
        )


@check(
    "SH-18",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート No.32（計画を変更した年度）",
    advice="計画を変えたときは、進捗状況で計画変更を選んでください。",
)
def a_changed_plan_is_rated_so(line: LineFacts) -> Iterator[Found]:
    """計画を変更したと書かれていますが、進捗状況は計画どおりです。進捗状況を確かめてください。"""
    for year, entry in line.years():
        said = next((one for one in sentences_of(entry.results) if _CHANGED.search(one)), "")
        if entry.is_on_plan and said:
            message = f"実績に{quoted(said)}とありますが、進捗状況は{STATUSES[entry.status]}です。"
            yield Found(year, "status", message, _beside(year, entry, said))


@check(
    "SH-19",
    Kind.CONTRADICTION,
    cites="府中市 進行管理シート No.3（発行の年度の検討）",
    advice="検討のほかに行ったことを実績に書くか、進捗状況を確かめてください。",
)
def what_was_to_be_done_was_not_only_considered(line: LineFacts) -> Iterator[Found]:
    """計画は実施の年度ですが、実績は検討だけです。行ったことを書くか、進捗状況を確かめてください。"""
    for year, entry in line.years():
        planned = line.schedule.get(year, "").strip()
        if entry.is_on_plan and _TO_DO.match(planned) and _only_considered(entry.results):
            message = (
                f"計画は「{planned}」の年度ですが、実績は検討で終わっています。進捗状況は{STATUSES[entry.status]}です。"
            )
            evidence = (Evidence(year, "schedule", planned), _status(year, entry), _results(year, entry.results))
            yield Found(year, "status", message, evidence)


def _reached(line: LineFacts, target: Target, year: int) -> Iterator[Value]:
    """The figure of the year that misses the target, once the target counts."""
    if year < (target.year or year) or year > (target.until or year):
        return
    for one in line.figures:
        is_meant = one.year == year and plain(one.label) == plain(target.label)
        if is_meant and (not one.unit or not target.unit or plain(one.unit) == plain(target.unit)):
            missed = one.value > target.value if target.less_is_better else one.value < target.value
            if missed:
                yield one
            return


def _only_considered(results: str) -> bool:
    said = [_STOP.sub("", one) for one in sentences_of(results)]
    return bool(said) and all(_CONSIDERED.search(one) and not _DID.search(one) for one in said)


def _status(year: int, entry: Entry) -> Evidence:
    return Evidence(year, "status", entry.status)


def _results(year: int, words: str) -> Evidence:
    return Evidence(year, "results", words)


def _beside(year: int, entry: Entry, words: str) -> tuple[Evidence, ...]:
    return (_status(year, entry), _results(year, words))
