"""Input files of commands: JSON that is checked against a schema, with errors that name the place in Japanese."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tomoni.cli.refusal import Unusable

MOST_BYTES = 50 * 1024 * 1024


class Given(BaseModel):
    """Base of input schemas: immutable and strict about types; keys it does not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


G = TypeVar("G", bound=Given)

SENTENCES = {
    "missing": "必要な項目がありません。",
    "int_type": "整数を書いてください。",
    "float_type": "数を書いてください。",
    "finite_number": "数を書いてください。",
    "string_type": "文字を書いてください。",
    "bool_type": "true か false を書いてください。",
    "list_type": "[ ] の一覧にしてください。",
    "dict_type": "{ } の組にしてください。",
    "model_type": "{ } の組にしてください。",
}


def read_json(path: str, schema: type[G]) -> G:
    """The file as a checked value. Unusable when it is missing, too large, no JSON, or does not fit the schema."""
    return parse(read_text(path), schema, name=Path(path).name)


def read_text(path: str) -> str:
    """The whole file as UTF-8 text (with or without a mark at its head)."""
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unusable(f"{file.name}: ファイルが大きすぎます（50MBまで）。")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise Unusable(f"{file.name}: ファイルを開けません。場所と名前を確かめてください。") from problem
    except UnicodeDecodeError as problem:
        raise Unusable(f"{file.name}: 文字コードが UTF-8 ではありません。") from problem


def parse(text: str, schema: type[G], *, name: str) -> G:
    """JSON text as a checked value; Unusable with the line or the place where it does not fit."""
    try:
        raw = json.loads(text)
        return schema.model_validate(raw)
    except (json.JSONDecodeError, RecursionError) as problem:
        line = f"{problem.lineno}行目" if isinstance(problem, json.JSONDecodeError) else "入れ子"
        raise Unusable(f"{name}: JSON として読めません（{line}）。") from problem
    except ValidationError as problem:
        raise Unusable("\n".join(_sentence(name, error) for error in problem.errors()[:20])) from problem


def _sentence(name: str, error: object) -> str:
    kind, place, message = error["type"], error["loc"], error["msg"]  # type: ignore[index]  # pydantic's ErrorDetails
    where = ".".join(str(part) for part in place)
    said = (
        message.removeprefix("Value error, ")
        if kind == "value_error"
        else SENTENCES.get(kind, "値が正しくありません。")
    )
    return f"{name}: {where}: {said}" if where else f"{name}: {said}"
