"""Small documents in the form tomoni-sheet/1, written by hand, and batches that carry them."""

from __future__ import annotations

from typing import Any

from tests import make
from tomoni.imports.models import Batch
from tomoni.kernel.clock import now
from tomoni.parties.actor import Actor
from tomoni.plans.importing.counts import counts_of

Json = dict[str, Any]


def text(words: str, at: str) -> Json:
    return {"text": words, "at": at}


def year(status: str | None = "on_track", *, at: str = "I10", **values: Any) -> Json:
    """A year of a line: a status as printed, and texts as they are given."""
    blank: Json = {"results": None, "issues": None, "next_action": None, "remarks": None}
    printed = {"on_track": "順調", "off_track": "遅れ気味", "done": "済んだ", None: None}.get(status, "？")
    return {
        "status": status,
        "status_text": printed,
        "status_at": at if printed else None,
        "confidence": 0.98 if status else 0.0,
        **blank,
        **values,
    }


def line(*leads: str, related: tuple[str, ...] = (), years: dict[int, Json] | None = None) -> Json:
    return {
        "leads": list(leads),
        "related": list(related),
        "years": {str(key): value for key, value in (years or {}).items()},
    }


def measure(number: str | None, title: str, *, parent: str | None = "n2", at: str = "A10", **values: Any) -> Json:
    return {
        "number": number,
        "number_inferred": False,
        "title": title,
        "parent": parent,
        "relisted_of": None,
        "at": at,
        "description": None,
        "schedule": {},
        "lines": [],
        **values,
    }


def document(measures: list[Json], **values: Any) -> Json:
    """Two headings, the given measures, and an account of the cells these place."""
    nodes = [
        {"id": "n1", "level": "柱", "number": "1", "title": "知る", "parent": None, "at": "A8"},
        {"id": "n2", "level": "目標", "number": "(1)", "title": "知る機会を増やす", "parent": "n1", "at": "A9"},
    ]
    made: Json = {
        "format": "tomoni-sheet/1",
        "source": {"name": "sheet.csv", "sha256": "0" * 64, "kind": "csv"},
        "plan": {"title": "あかり計画 進行管理シート", "years": [2017, 2018]},
        "nodes": nodes,
        "measures": measures,
        "numbers": [],
        "unplaced": [],
        "corrections": [],
        "findings": [],
        "cells": {},
    }
    return {**made, **values}


def two_measures() -> Json:
    """Everything an import meets: a correction, an open status, an inferred number, a figure, a cell without a place."""
    first = measure(
        "1",
        "出前講座を開く",
        description=text("職員が出向いて話す。", "E10"),
        schedule={"2017": "検討", "2018": "実施"},
        lines=[
            line(
                "市民協働課",
                related=("全課",),
                years={
                    2017: year("on_track", at="I10", results=text("講座を1回開いた。", "J10")),
                    2018: year(None, at="N10", status_text="○", status_at="N10", issues=text("人が少ない。", "O10")),
                },
            )
        ],
    )
    second = measure(
        "2",
        "情報紙を出す",
        at="A11",
        number_inferred=True,
        lines=[
            line("広報課", years={2017: year("on_track", at="I11"), 2018: year("done", at="N11")}),
            line("青少年課", years={2017: year("off_track", at="I12", next_action=text("配る先を増やす。", "L12"))}),
        ],
    )
    second["lines"][0]["years"]["2017"]["confidence"] = 0.7
    return document(
        [first, second],
        numbers=[{"measure": "1", "year": 2017, "label": "講座の回数", "value": 1, "unit": "回", "at": "J10"}],
        unplaced=[{"at": "W10", "text": "講座の参加者は12人だった。", "why": "どの年度のものか決められません。"}],
        corrections=[{"at": "I11", "from": "順詞", "to": "順調"}],
        findings=[
            {
                "rule": "PL-01",
                "kind": "missing",
                "measure": "1",
                "department": None,
                "year": 2018,
                "field": "status",
                "message": "凡例が見つかりません。",
            }
        ],
        cells={
            "A1": "furniture",
            "A5": "header",
            "A8": "/nodes/0",
            "A9": "/nodes/1",
            "A10": "/measures/0/number",
            "B10": "/measures/0/title",
            "C10": "/measures/0/lines/0/leads",
            "E10": "/measures/0/description",
            "F10": "/measures/0/schedule/2017",
            "G10": "/measures/0/schedule/2018",
            "I10": "/measures/0/lines/0/years/2017/status",
            "J10": ["/measures/0/lines/0/years/2017/results", "/numbers/0"],
            "N10": "/measures/0/lines/0/years/2018/status",
            "O10": "/measures/0/lines/0/years/2018/issues",
            "W10": "unplaced",
            "B11": "/measures/1/title",
            "I11": "/measures/1/lines/0/years/2017/status",
            "N11": "/measures/1/lines/0/years/2018/status",
            "I12": "/measures/1/lines/1/years/2017/status",
            "L12": "/measures/1/lines/1/years/2017/next_action",
        },
    )


GRID = [
    {
        "name": "Sheet1",
        "rows": [
            [0, [[0, "あかり計画 進行管理シート"]]],
            [4, [[0, "No."], [1, "取組"]]],
            [7, [[0, "柱1 知る"]]],
            [8, [[0, "目標(1) 知る機会を増やす"]]],
            [
                9,
                [
                    [0, "1"],
                    [1, "出前講座を開く"],
                    [2, "市民協働課"],
                    [4, "職員が出向いて話す。"],
                    [5, "検討"],
                    [6, "実施"],
                    [8, "順調"],
                    [9, "講座を1回開いた。【講座の回数】1回"],
                    [13, "○"],
                    [14, "人が少ない。"],
                    [22, "講座の参加者は12人だった。"],
                ],
            ],
            [10, [[1, "情報紙を出す"], [8, "順詞"], [13, "済んだ"]]],
            [11, [[8, "遅れ気味"], [11, "配る先を増やす。"]]],
        ],
    }
]


def batch(paper: Json, *, plan: int | None = None, title: str = "あかり計画", content: bytes = b"sheet") -> Batch:
    """A batch that has been read and waits for its review."""
    made: Batch = make.batch(plan=type("P", (), {"pk": plan})(), content=content, document=paper)  # type: ignore[arg-type]
    made.title, made.grid, made.counts = title, GRID, counts_of(paper)
    made.save()
    return made


def commit_now(made: Batch, *, by: Actor) -> Batch:
    from tomoni.plans.importing.commit import commit

    made.refresh_from_db()
    return commit(made, revision=made.revision, at=now(), by=by)
