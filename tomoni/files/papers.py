"""Papers as PDF, tagged and readable aloud (PDF/UA-1). What people wrote reaches typst as JSON, never as typst source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_cjk
import typst
from django.core.serializers.json import DjangoJSONEncoder

ROOT = Path(__file__).resolve().parents[1]


class NoPaper(LookupError):
    """No app keeps a paper of that name."""


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper `app/name`, which stands in tomoni/<app>/typst/<name>.typ, filled with `data`, as a PDF.

    The template reads its data with `json(bytes(sys.inputs.data))`; `/files/typst/frame.typ` gives the common look.
    Raises NoPaper for a name that no app keeps.
    """
    app, _, name = template.partition("/")
    source = ROOT / app / "typst" / f"{name}.typ"
    if not (app.isidentifier() and name.isidentifier() and source.is_file()):
        raise NoPaper(template)
    told = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    made = typst.compile(
        str(source),
        root=str(ROOT),
        font_paths=_fonts(),
        sys_inputs={"data": told},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """The two Japanese fonts we ship; found once, because reading them takes longer than a page."""
    folder = str(pylopdf_fonts_cjk.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
