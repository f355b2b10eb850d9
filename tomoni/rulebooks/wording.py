"""What the checker says about a mistake, in plain Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SENTENCES = {
    "missing": "この項目がありません。書き加えてください。",
    "extra_forbidden": "知らない項目です。つづりを確かめてください。",
    "literal_error": "「{input}」は使えません。使えるもの: {expected}。",
    "string_type": "文字で書いてください。数字や true/false は引用符で囲みます。",
    "string_too_short": "空にはできません。",
    "string_too_long": "{max_length}字以内で書いてください。",
    "string_pattern_mismatch": "「{input}」は決まりの形（{pattern}）に合いません。",
    "tuple_type": "一覧（先頭が「-」の行）で書いてください。",
    "too_short": "{min_length}つ以上書いてください。",
    "model_type": "「鍵: 値」の形で書いてください。",
    "dict_type": "「鍵: 値」の形で書いてください。",
    "bool_parsing": "true か false で書いてください。",
    "bool_type": "true か false で書いてください。",
    "int_parsing": "整数で書いてください。",
    "int_type": "整数で書いてください。",
    "int_from_float": "整数で書いてください。",
    "greater_than_equal": "{ge} 以上にしてください。",
    "less_than_equal": "{le} 以下にしてください。",
    "invalid_key": "鍵は文字で書いてください。",
    "value_error": "{error}",
}
DATE = "日付を 2021-08-01 の形で書いてください。"


def in_words(kind: str, given: object, context: Mapping[str, Any]) -> str:
    """A sentence for one mistake: its kind as the checker names it, what was written, and the limits."""
    if kind.startswith("date"):
        return DATE
    sentence = SENTENCES.get(kind, "この書き方は使えません。docs/rulebook.md を見てください。")
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").replace(", ", "、")
    return sentence.format(**{**context, "input": str(given)[:60], "expected": expected})
