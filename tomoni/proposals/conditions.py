"""The conditions of a programme, read from its settings: in words for everybody, and checked at once for who applies. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tomoni.rulebooks.schema import Programme

KINDS = {
    "citizen": "市民が自由にテーマを決めて提案します",
    "city": "市が示すテーマについて提案します",
    "both": "自由なテーマでも、市が示すテーマでも提案できます",
    "grant": "団体が行う事業の費用の一部を補助します",
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Who may apply for what. Money in yen; None where nothing is set. `partners` is how many partners there must be."""

    kind: str = "citizen"
    cap: int | None = None
    total: int | None = None
    minimum_people: int | None = None
    must_be_based_here: bool = False
    partners: int = 0
    consults_first: bool = True
    cites: str = ""

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Conditions:
        """From what a programme keeps; what is not known there is left at its default."""
        return cls(**{key: value for key, value in settings.items() if key in cls.__slots__})

    @classmethod
    def of(cls, programme: Programme) -> Conditions:
        """As a rulebook announces them."""
        return cls(
            kind=programme.kind,
            cap=programme.cap,
            total=programme.total,
            minimum_people=programme.minimum_people,
            must_be_based_here=programme.must_be_based_here,
            consults_first=programme.consults_first,
            cites=programme.cites,
        )

    def kept(self) -> dict[str, Any]:
        """As a programme keeps them."""
        return asdict(self)

    def in_words(self) -> list[str]:
        """One short sentence for each condition, for everybody."""
        said = [f"{KINDS[self.kind]}。"] if self.kind in KINDS else []
        if self.cap is not None:
            said.append(f"1つの事業につき、市の負担は{self.cap:,}円までです。")
        if self.total is not None:
            said.append(f"1年の予算は、全部で{self.total:,}円です。")
        if self.minimum_people:
            said.append(f"{self.minimum_people}人以上の団体が応募できます。")
        if self.must_be_based_here:
            said.append("市内に活動の拠点がある団体が応募できます。")
        if self.partners:
            said.append(f"いっしょに取り組む相手が{self.partners}つ以上必要です。")
        if self.consults_first:
            said.append("出す前に、担当課と相談できます。")
        return said


@dataclass(frozen=True, slots=True)
class Check:
    """One condition, whether it is met, and why."""

    label: str
    is_met: bool
    reason: str


def check(conditions: Conditions, said: Mapping[str, Any], *, excluded: Mapping[str, str]) -> list[Check]:
    """Every condition on who applies, with its reason. `said` holds people, based_here and excluded (keys of activities).

    `excluded` are the labels of the activities the city's rulebook leaves out, by key.
    """
    checks = []
    if conditions.minimum_people:
        checks.append(_people(conditions.minimum_people, said.get("people")))
    if conditions.must_be_based_here:
        here = bool(said.get("based_here"))
        reason = "拠点があると答えました。" if here else "市内に活動の拠点がある団体だけが応募できます。"
        checks.append(Check("市内に活動の拠点がある", here, reason))
    if excluded:
        named = [excluded[key] for key in said.get("excluded", []) if key in excluded]
        reason = f"「{'」「'.join(named)}」は、協働の対象になりません。" if named else "当たらないと答えました。"
        checks.append(Check("協働の対象にならない活動に当たらない", not named, reason))
    return checks


def _people(least: int, people: int | None) -> Check:
    label = f"{least}人以上の団体である"
    if people is None:
        return Check(label, is_met=False, reason="人数を書いてください。")
    if people < least:
        told = f"{people}人のため、あと{least - people}人足りません。"
        return Check(label, is_met=False, reason=told)
    return Check(label, is_met=True, reason=f"{people}人と答えました。")
