"""What differs between two versions of a year's papers: by measure, year and field. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tomoni.kernel.fiscal import FiscalYear
from tomoni.papers.content import TEXTS, Content, name_of

ADDED, GONE, CHANGED = "added", "gone", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `field` says what (令和2年度の実績・協働課); a thing that came or went has no field."""

    about: str
    kind: str
    field: str = ""
    was: str = ""
    now: str = ""


def compare(old: Content, new: Content) -> list[Change]:
    """Every difference, in the order of the newer version; what is gone comes last."""
    fields = new["words"]["fields"]
    told = list(_simple(old, new))
    told += _things(old["headings"], new["headings"], _heading_name, lambda h: _of_heading(h))
    told += _things(old["measures"], new["measures"], name_of, lambda m: _of_measure(m, fields, new))
    return told


def _simple(old: Content, new: Content) -> Iterator[Change]:
    for key, label in (("title", "計画の名前"), ("summary", "説明")):
        if old["plan"][key] != new["plan"][key]:
            yield Change("計画", CHANGED, label, old["plan"][key], new["plan"][key])
    if old["promises"] != new["promises"]:
        yield Change("前の年度の約束", CHANGED, "件数", _promises(old), _promises(new))


def _promises(content: Content) -> str:
    held = content["promises"]
    return "、".join(f"{word} {n}件" for word, n in held["by_verdict"]) if held else ""


def _heading_name(heading: Content) -> str:
    return f"{heading['level']}{heading['number']} {heading['title']}"


def _things(old: list[Content], new: list[Content], name: Any, fields: Any) -> list[Change]:
    before = {each["id"]: each for each in old}
    after = {each["id"] for each in new}
    told: list[Change] = []
    for each in new:
        if each["id"] not in before:
            told.append(Change(name(each), ADDED))
            continue
        was, now = fields(before[each["id"]]), fields(each)
        told += [
            Change(name(each), CHANGED, key, was.get(key, ""), now.get(key, ""))
            for key in {**now, **was}
            if was.get(key, "") != now.get(key, "")
        ]
    return told + [Change(name(each), GONE) for each in old if each["id"] not in after]


def _of_heading(heading: Content) -> dict[str, str]:
    return {"名前": _heading_name(heading)} | _said(heading)


def _of_measure(measure: Content, fields: dict[str, str], content: Content) -> dict[str, str]:
    told = {
        fields["number"]: measure["number"],
        fields["title"]: measure["title"],
        fields["description"]: measure["description"],
        content["words"]["priority"]: "あり" if measure["is_priority"] else "",
        content["words"]["relisted"]: measure["original"],
    }
    told |= {f"{FiscalYear(int(y))}の{fields['schedule']}": text for y, text in measure["schedule"].items()}
    several = len(measure["lines"]) > 1
    for line in measure["lines"]:
        leads = "、".join(line["leads"])
        tail = f"（{leads}）" if several else ""
        told[f"{fields['leads']}{tail}"] = leads
        told[f"{fields['related']}{tail}"] = "、".join(line["related"])
        for year, entry in line["years"].items():
            here = str(FiscalYear(int(year)))
            told[f"{here}の{fields['status']}{tail}"] = content["words"]["full"].get(entry["state"], "")
            told |= {f"{here}の{fields[name]}{tail}": entry[name] for name in TEXTS}
    for figure in measure["figures"]:
        told[f"{FiscalYear(figure['year'])}の{figure['label']}"] = f"{figure['value']:g}{figure['unit']}"
    return told | _said(measure)


def _said(of: Content) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in of["assessments"]:
        here = f"{FiscalYear(one['year'])}の{one['committee']}"
        told |= {f"{here}の評価": one["rating"], f"{here}の意見": one["opinion"]}
    return told
