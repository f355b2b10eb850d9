"""The reference of the rulebook format as Markdown, made from the schema so that it can never fall behind it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from inspect import getdoc
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from tomoni.rulebooks.loading import OUR_OWN, STANDARD_FILE
from tomoni.rulebooks.schema import STANDARD, Entry, Part, Rulebook
from tomoni.rulebooks.yamlfile import read_mapping

INTRODUCTION = f"""# The rulebook format

<!-- Made by tomoni.rulebooks.describe.describe(); do not edit by hand. -->

A rulebook says what one municipality means by working together. It is one YAML file, `rulebooks/<city>/<number>.yaml`,
in UTF-8, at most 1 MB. `tomoni rulebook check FILE` names every mistake with its path.

* **Lists, numbers and switches only.** There are no expressions; the only conditions are `required` and `shown_when`.
* **Labels are the city's own terms**, explanations (`text`, `summary`, notes) are our own plain words, and every entry
  `cites` where it comes from. What a document does not say is not invented: the list stays empty.
* **The standard.** `rulebooks/_standard.yaml` holds what the rooms need and documents leave out, marked
  `{STANDARD}`. A city's file is laid over it: mappings are joined key by key; a list or a value in the city's file
  replaces the standard's as a whole. What stands under `standard` is used by the rooms when a city has no such list of its own
  (`Rulebook.scale`, `.plan_layout`, `.examination`, `.checklists_at`), and is never shown as the city's own.
* **Keys** are lower-case letters, digits and underscores, unique in their list, and never change once in use.
* **Safety.** Anchors, aliases, keys written twice, unknown keys and deep nesting are refused.
"""


def describe() -> str:
    """The whole page: an introduction, then one table for each kind of part, the rulebook first."""
    return "\n".join([INTRODUCTION, *(_section(model) for model in _models(Rulebook))])


def _models(start: type[Part]) -> list[type[Part]]:
    """All kinds of part, each once, in the order in which the rulebook names them."""
    found: list[type[Part]] = [start]
    for model in found:
        for field in model.model_fields.values():
            found.extend(part for part in _parts_of(field.annotation) if part not in found)
    return found


def _parts_of(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts_of(inner)


def _section(model: type[Part]) -> str:
    """One table. What every entry carries is told once, under Entry."""
    known = Entry.model_fields if issubclass(model, Entry) and model is not Entry else {}
    also = "\n\nAn [Entry](#entry) that also carries:" if known else ""
    supplied = set(read_mapping(OUR_OWN / STANDARD_FILE)) if model is Rulebook else set()
    rows = [_row(name, field, supplied) for name, field in model.model_fields.items() if name not in known]
    head = ["| key | value | when absent | meaning |", "|---|---|---|---|"]
    return "\n".join([f"## {model.__name__}", "", f"{getdoc(model)}{also}", "", *head, *rows, ""])


def _row(name: str, field: FieldInfo, supplied: Container[str]) -> str:
    absent = "**needed**" if field.is_required() else _default(field)
    if name in supplied:
        absent = "as in the standard"
    meaning = " ".join((field.description or "").split())
    return f"| `{name}` | {_limited(_type(field.annotation), field)} | {absent} | {meaning} |"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined or value in ((), ""):
        return "empty"
    if isinstance(value, Part):
        return "as its parts say"
    return {None: "none", True: "true", False: "false"}.get(value, str(value))


def _limited(kind: str, field: FieldInfo) -> str:
    limits = []
    for rule in field.metadata:
        for name, words in (
            ("min_length", "at least {}"),
            ("max_length", "at most {}"),
            ("ge", "from {}"),
            ("le", "to {}"),
        ):
            if (limit := getattr(rule, name, None)) is not None and not isinstance(rule, StringConstraints):
                limits.append(words.format(limit))
        if pattern := getattr(rule, "pattern", None):
            limits.append(f"`{pattern}`".replace("|", "\\|"))
    return f"{kind} ({', '.join(limits)})" if limits else kind


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is None:
        return _plain(annotation)
    if origin is Annotated:
        return _type(inner[0])
    if origin is Literal:
        return " \\| ".join(f"`{value}`" for value in inner)
    kinds = [_type(one) for one in inner if one not in (NoneType, Ellipsis)]
    if origin is tuple:
        return f"list of {kinds[0]}"
    return f"mapping of {kinds[0]} to {kinds[1]}" if origin is dict else f"{kinds[0]} or null"


def _plain(kind: type[Any]) -> str:
    if issubclass(kind, Part):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return {"str": "text", "int": "number", "bool": "true or false", "date": "date"}[kind.__name__]
