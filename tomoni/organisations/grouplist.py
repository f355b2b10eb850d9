"""A list of groups as it arrives in a file: its columns, its rows as plain values, and what each row would do. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tomoni.imports.align import Aligned, Known
from tomoni.imports.reading.grid import Grid
from tomoni.imports.reading.limits import Unreadable
from tomoni.imports.recognise import Column, NoHeadings, Row, Target, recognise
from tomoni.kernel.japanese import folded, plain
from tomoni.organisations.names import beside
from tomoni.rulebooks.schema import Rulebook

MOST_ROWS = 1_000  # a list is put in force within one request
TARGET = Target(
    (
        Column(
            "name", "団体名", ("名称", "団体の名称", "団体名称", "グループ名", "登録団体名", "組織名"), required=True
        ),
        Column("kind", "種類", ("団体の種類", "区分", "種別", "主体")),
        Column("field", "分野", ("活動分野", "活動の分野", "カテゴリー", "主な活動分野")),
        Column("area", "活動地域", ("活動の場所", "活動場所", "地域", "活動の場所・地域", "活動エリア")),
        Column("activities", "活動内容", ("活動の内容", "主な活動", "主な活動内容", "内容", "紹介文", "概要")),
        Column("purpose", "目的", ("団体の目的", "活動目的", "設立目的")),
        Column("members", "会員数", ("会員の人数", "人数", "メンバー数", "構成員数")),
        Column("website", "ホームページ", ("URL", "HP", "ウェブサイト", "サイト")),
        Column("gives", "提供できること", ("できること", "提供")),
        Column("seeks", "求めていること", ("募集", "求めること", "ほしいもの")),
        # Of persons. Recognised so that they are never taken for something public.
        Column("representative", "代表者", ("代表者名", "代表者氏名", "代表", "会長", "代表者の氏名")),
        Column("contact_person", "担当者", ("連絡先氏名", "担当者名", "連絡担当者", "担当者の氏名", "連絡先")),
        Column("contact_phone", "電話", ("電話番号", "TEL", "連絡先電話番号", "携帯電話", "担当者の電話番号")),
        Column("contact_email", "メール", ("メールアドレス", "E-mail", "Email", "mail", "電子メール")),
        Column("contact_address", "住所", ("連絡先住所", "所在地", "代表者住所", "担当者の住所")),
    )
)
PERSONAL = ("representative", "contact_person", "contact_phone", "contact_email", "contact_address")
PUBLIC = tuple(column.key for column in TARGET.columns if column.key not in PERSONAL)
LABELS = {column.key: column.label for column in TARGET.columns}
COMPARED = ("area", "activities", "purpose", "members", "website", "gives", "seeks")
_APART = re.compile(r"[、,，;；/／|｜\n]+")
_NUMBER = re.compile(r"(\d[\d,]*)\s*(?:人|名|世帯)?")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: where it stands, its texts, and how it stands to what we hold."""

    number: int
    at: str
    texts: Mapping[str, str]
    aligned: Aligned
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.texts.get("name", "")

    @property
    def pointer(self) -> str:
        return f"/rows/{self.number}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Texts of a row in the words of the rulebook: kind and fields as keys, members as a number, and what was not read."""

    kind: str
    values: Mapping[str, Any]
    notes: tuple[str, ...] = field(default=())


def document_of(grid: Grid) -> Json:
    """What a file says, to be kept until somebody has decided. Raises Unreadable with a sentence when it is no list."""
    try:
        table = recognise(grid, TARGET)
    except NoHeadings as problem:
        raise Unreadable(str(problem)) from problem
    if table.missing:
        raise Unreadable("「団体名」の列が見つかりません。見出しの行に「団体名」を入れてください。")
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(f"行が多すぎます（{len(table.rows):,}行）。{MOST_ROWS:,}行までに分けてください。")
    return {
        "columns": [[c.heading, c.key, c.maybe] for c in table.columns],
        "rows": [_kept(row) for row in table.rows],
        "aside": [[cell.at, cell.text, cell.why] for cell in table.aside],
        "notes": list(grid.notes),
    }


def _kept(row: Row) -> Json:
    return {
        "at": row.at,
        "values": {key: [value.text, value.at] for key, value in row.values.items()},
        "others": [[heading, value.text, value.at] for heading, value in row.others],
    }


def counts_of(document: Json) -> dict[str, int]:
    """Rows, and cells set aside, for lists of batches."""
    return {"rows": len(document["rows"]), "aside": len(document["aside"])}


def lines_of(document: Json, held: Iterable[Known], book: Rulebook) -> list[Line]:
    """Every row beside what we hold now."""
    rows = [{key: text.strip() for key, (text, _at) in row["values"].items()} for row in document["rows"]]
    readings = [read(row, book, default_kind="") for row in rows]
    matches = beside([_compared(row, reading) for row, reading in zip(rows, readings, strict=True)], held)
    return [
        Line(number, document["rows"][number]["at"], row, match, reading.notes)
        for number, (row, reading, match) in enumerate(zip(rows, readings, matches, strict=True))
    ]


def _compared(row: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """What was read of a row, not how it was written: 14名 is 14, and what cannot be read changes nothing."""
    return {"name": row.get("name", "")} | {key: str(reading.values[key]) for key in COMPARED if key in reading.values}


def read(texts: Mapping[str, str], book: Rulebook, *, default_kind: str) -> Reading:
    """Texts as values of the profile. What cannot be read stays out and is said."""
    notes: list[str] = []
    values: dict[str, Any] = {key: texts[key] for key in PUBLIC if texts.get(key) and key not in ("name", "kind")}
    if "field" in values:
        values["field"], unknown = _fields(values["field"], book)
        notes += [f"分野「{word}」は、この市の一覧にありません。" for word in unknown]
    if "members" in values:
        number = _NUMBER.fullmatch(folded(values["members"]).strip())
        values["members"] = int(number[1].replace(",", "")) if number else None
        notes += [] if number else ["会員数は、数として読めません。"]
    kind = kind_of(texts.get("kind", ""), book)
    if texts.get("kind") and not kind:
        notes.append(f"種類「{texts['kind']}」は、この市の一覧にありません。")
    filled = {key: value for key, value in values.items() if value not in (None, "", [])}
    return Reading(kind or default_kind, filled, tuple(notes))


def kind_of(text: str, book: Rulebook) -> str:
    """The key of a civic kind of party by its label or one of its examples; "" when there is none."""
    wanted = plain(text)
    for kind in book.party_kinds:
        if kind.side == "civic" and wanted in {plain(kind.label), *map(plain, kind.examples)}:
            return kind.key
    return ""


def _fields(text: str, book: Rulebook) -> tuple[list[str], list[str]]:
    known = {plain(entry.label): entry.key for entry in book.fields}
    if plain(text) in known:
        return [known[plain(text)]], []
    words = [word.strip() for word in _APART.split(text) if word.strip()]
    keys = [known[plain(word)] for word in words if plain(word) in known]
    return list(dict.fromkeys(keys)), [word for word in words if plain(word) not in known]


def personal_columns(document: Json) -> list[str]:
    """Headings of the file under which contacts of persons stand."""
    return [heading for heading, key, _maybe in document["columns"] if key in PERSONAL]


def unknown_columns(document: Json) -> list[str]:
    """Headings nobody knows; they are not taken."""
    return [heading for heading, key, _maybe in document["columns"] if not key]
