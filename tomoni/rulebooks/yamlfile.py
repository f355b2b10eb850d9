"""Reading one YAML file safely: plain values, a limited size, no key twice, no references that could explode."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LARGEST = 1_000_000
DEEPEST = 24


class Unreadable(ValueError):
    """The file cannot be read; the sentence says why and what to do."""


def read_mapping(path: Path) -> dict[str, Any]:
    """The values of a file. Unreadable when it is missing, too large, not UTF-8, no YAML, or no mapping."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError:
        raise Unreadable(f"{path.name} を開けません。ファイルの場所を確かめてください。") from None
    if data is None:
        raise Unreadable(f"{path.name} が大きすぎます。1 MB までのファイルを使ってください。")
    try:
        content = _parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} を UTF-8 で保存し直してください。") from None
    except (yaml.YAMLError, ValueError) as mistake:
        raise Unreadable(f"{path.name} を読めません。{_told(mistake)}") from None
    if not isinstance(content, dict):
        raise Unreadable(f"{path.name} は「鍵: 値」の形になっていません。")
    return content


class _Strict(yaml.SafeLoader):
    """Plain values only, and no key twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the base class's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise _refused(f"「{key.value}」が同じ所に2回書かれています。", key)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


@lru_cache(maxsize=16)
def _parsed(text: str) -> Any:
    depth = 0
    # Events are looked at before anything is built: a bomb of references is refused while it is still small.
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("参照（& と *）は使えません。", event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _refused("入れ子が深すぎます。", event)
    return yaml.load(text, Loader=_Strict)  # noqa: S506 - a SafeLoader that also refuses keys written twice


def _refused(sentence: str, thing: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=sentence, problem_mark=thing.start_mark)


def _told(mistake: Exception) -> str:
    if not isinstance(mistake, yaml.YAMLError):
        # The reader of dates raises plain ValueErrors, without a line.
        return "ありえない日付か数字があります。"
    if not isinstance(mistake, yaml.MarkedYAMLError) or mistake.problem_mark is None:
        return "使えない文字があります。"
    sentence = mistake.problem or ""
    told = sentence if sentence.endswith("。") else "書き方（字下げ、引用符、コロン）を確かめてください。"
    return f"{mistake.problem_mark.line + 1}行目: {told}"
