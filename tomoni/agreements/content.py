"""What an agreement says, as one frozen value that needs no rulebook to be read; and what changed between two. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tomoni.ui.dates import day

SIDES = {"civic": "団体", "city": "市"}
LABELS = {
    "title": "事業名",
    "form": "協働の形態",
    "form_reason": "この形態を選んだ理由",
    "partner_reason": "この相手と取り組む理由",
    "purpose": "目的",
    "duties": "役割分担",
    "total": "全体の費用",
    "shares": "費用の分担",
    "period": "期間",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that reads otherwise than before; "" where nothing stood."""

    label: str
    before: str
    after: str


def in_words(content: Mapping[str, Any]) -> dict[str, str]:
    """Every part of an agreement as text, under the words people read, in order."""
    told = {LABELS["title"]: content["title"]}
    told[LABELS["form"]] = content["form"]["label"]
    for key in ("form_reason", "partner_reason", "purpose"):
        told[LABELS[key]] = content[key]
    told[LABELS["duties"]] = "\n".join(_duty(row) for row in content["duties"])
    told[LABELS["total"]] = yen(content["total"])
    told[LABELS["shares"]] = "\n".join(_share(row) for row in content["shares"])
    told[LABELS["period"]] = period_words(content["starts"], content["ends"])
    for clause in content["clauses"]:
        told[f"条項: {clause['label']}"] = clause["text"]
    return told


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What reads otherwise in `after`, in the order of the agreement; parts that are gone come last."""
    old, new = in_words(before), in_words(after)
    labels = [*new, *(label for label in old if label not in new)]
    return [
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


def _duty(row: Mapping[str, Any]) -> str:
    due = f"（{day_words(row['due'])}まで）" if row.get("due") else ""
    return f"{SIDES[row['side']]}: {row['text']}{due}"


def _share(row: Mapping[str, Any]) -> str:
    return f"{SIDES[row['side']]}: {row['label']} {yen(row['amount'])}"


def yen(amount: int) -> str:
    """A sum of yen as people write it."""
    return f"{amount:,}円"


def day_words(on: date | str | None) -> str:
    """A day (or its ISO form) as people here write it; "" for none."""
    return day(date.fromisoformat(on) if isinstance(on, str) and on else on or None)


def period_words(starts: date | str | None, ends: date | str | None) -> str:
    """From when to when; an open end is said."""
    if not starts and not ends:
        return ""
    return f"{day_words(starts) or 'はじまり未定'}から{day_words(ends) + 'まで' if ends else '（おわりは定めない）'}"
