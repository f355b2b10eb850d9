"""`tomoni match rank`: which offers may fit which wishes, with reasons."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any, Literal

from pydantic import Field

from tomoni.cli.given import Given, parse, read_text
from tomoni.cli.refusal import Unusable
from tomoni.matching.listing import Category, Kind, Listing
from tomoni.matching.nearness import Board, Suggestion


class _Line(Given):
    id: str
    kind: Literal["offer", "wish", "issue"]
    title: str
    text: str | None = ""
    category: Literal["people", "goods", "money", "place", "skill", "information"]
    field: str | None = ""
    area: str | None = ""
    days: list[str] | None = None
    starts: str | None = Field(default=None, alias="from")  # "from" is a word of Python
    ends: str | None = Field(default=None, alias="to")
    capacity: int | float | None = None
    party: str | None = ""
    party_kind: str | None = ""


def add_parser(groups: Any) -> None:
    """Add `match rank` to the command line."""
    group = groups.add_parser("match", help="マッチング")
    verbs = group.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("rank", help="希望に合いそうな提供を、理由をつけて並べる")
    verb.add_argument("--listings", required=True, metavar="FILE", help="1行に1件の JSON")
    verb.add_argument("--wish", metavar="ID", help="この1件だけ（なければ、希望のすべて）")
    verb.add_argument("--on", required=True, metavar="DATE", help="いつの時点か（2026-12-01 の形）")
    verb.add_argument("--top", type=int, default=5, metavar="N", help="いくつまで（5）")
    verb.add_argument("--json", action="store_true", help="JSON で出す")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the ranking; Unusable for a faulty line, a wrong date or an id that is not there."""
    on = _date(options.on, "--on")
    if on is None:
        raise Unusable("--on: 日付を 2026-12-01 の形で書いてください。")
    if options.top < 1:
        raise Unusable("--top: 1以上の数を書いてください。")
    listings = read_listings(options.listings)
    board = Board(listings.values())
    if options.wish and options.wish not in listings:
        raise Unusable(f"--wish: 「{options.wish}」という id はファイルにありません。")
    asked = [options.wish] if options.wish else [each.id for each in listings.values() if each.kind == Kind.WISH]
    ranked = {wish: board.rank(wish, on=on, top=options.top) for wish in asked}
    print(json.dumps(as_json(ranked), ensure_ascii=False) if options.json else as_text(listings, ranked))
    return 0


def read_listings(path: str) -> dict[str, Listing]:
    """Every line of the file as a listing, by id; Unusable names the faulty line."""
    listings: dict[str, Listing] = {}
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if line.strip():
            listing = _listing(parse(line, _Line, name=f"{number}行目"), f"{number}行目")
            if listing.id in listings:
                raise Unusable(f"{number}行目: id「{listing.id}」が2回あります。")
            listings[listing.id] = listing
    return listings


def _listing(line: _Line, where: str) -> Listing:
    return Listing(
        id=line.id,
        kind=Kind(line.kind),
        title=line.title,
        text=line.text or "",
        category=Category(line.category),
        field=line.field or "",
        area=line.area or "",
        days=tuple(line.days or ()),
        starts=_date(line.starts, f"{where}: from"),
        ends=_date(line.ends, f"{where}: to"),
        capacity=int(line.capacity) if line.capacity else None,
        party=line.party or "",
        party_kind=line.party_kind or "",
    )


def _date(text: str | None, where: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as problem:
        raise Unusable(f"{where}: 日付を 2026-12-01 の形で書いてください。") from problem


def as_json(ranked: dict[str, list[Suggestion]]) -> dict[str, Any]:
    """The stable output form: an empty list where nothing fits."""
    return {
        wish: [{"id": each.id, "score": each.score, "reasons": list(each.reasons)} for each in found]
        for wish, found in ranked.items()
    }


def as_text(listings: dict[str, Listing], ranked: dict[str, list[Suggestion]]) -> str:
    """The same for reading."""
    lines = []
    for wish, found in ranked.items():
        lines.append(f"{wish} {listings[wish].title}")
        lines += [f"  {each.score:>5} {listings[each.id].title}  {''.join(each.reasons)}" for each in found]
        if not found:
            lines.append("  いまは合うものがありません。")
    return "\n".join(lines)
