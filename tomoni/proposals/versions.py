"""A proposal at one moment as labels and text, and what changed between two moments, sentence by sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from tomoni.kernel.japanese import sentences
from tomoni.rulebooks.answers import read_back
from tomoni.rulebooks.schema import Rulebook, Sheet

SHEET = "proposal"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed ("same"), went ("out") or came ("in")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part that is not as it was."""

    label: str
    pieces: tuple[Piece, ...]


def sheet_of(book: Rulebook) -> Sheet | None:
    """The proposal sheet of a rulebook; None when it has none."""
    return next((sheet for sheet in book.sheets if sheet.key == SHEET), None)


def heads_of(book: Rulebook) -> dict[str, dict[str, str]]:
    """The heads of the budget by side, key to label."""
    return {side: {head.key: head.label for head in getattr(book.budget, side)} for side in ("income", "spending")}


def budget_lines(rows: list[dict[str, Any]], book: Rulebook) -> list[dict[str, Any]]:
    """The rows of a budget in words: side, head and label joined, amount."""
    heads, sides = heads_of(book), {"income": "収入", "spending": "支出"}
    return [
        {
            "side": sides[row["side"]],
            "label": " ".join(filter(None, (heads[row["side"]].get(row.get("head", ""), ""), row["label"]))),
            "amount": row["amount"],
        }
        for row in rows
    ]


def in_words(content: Mapping[str, Any], book: Rulebook) -> dict[str, str]:
    """Everything a version says, by label, in the order of the sheet."""
    said = {"事業名": content.get("title", ""), "担当課": content.get("department", "")}
    partners = content.get("partners", [])
    said["いっしょに取り組む相手"] = "\n".join(
        f"{each['name']}（{each['part']}）" if each["part"] else each["name"] for each in partners
    )
    if sheet := sheet_of(book):
        for answer in read_back(sheet, content.get("answers", {}), book=book):
            said[answer.label] = "\n".join(answer.lines)
    rows = budget_lines(content.get("budget", []), book)
    said["予算"] = "\n".join(f"{row['side']} {row['label']} {row['amount']:,}円。" for row in rows)
    return {label: text for label, text in said.items() if text}


def difference(old: Mapping[str, Any], new: Mapping[str, Any], book: Rulebook) -> list[Change]:
    """What changed from one version to the next; empty when nothing did."""
    before, after = in_words(old, book), in_words(new, book)
    labels = [*after, *(label for label in before if label not in after)]
    return [
        Change(label, pieces(before.get(label, ""), after.get(label, "")))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts in one, whole sentences marked as gone or come."""
    a, b = _split(old), _split(new)
    found = []
    for tag, start, end, first, last in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(a[start:end])))
            continue
        found += [Piece("out", "".join(a[start:end]))] if end > start else []
        found += [Piece("in", "".join(b[first:last]))] if last > first else []
    return tuple(found)


def _split(text: str) -> list[str]:
    """Sentences of every line, each with what ends it, so that joined they are the text again."""
    parts: list[str] = []
    for line in text.splitlines(keepends=True):
        rest = line
        for sentence in sentences(line):
            place = rest.find(sentence)
            if place >= 0:
                parts.append(rest[: place + len(sentence)])
                rest = rest[place + len(sentence) :]
        if rest:
            parts.append(rest)
    return parts
