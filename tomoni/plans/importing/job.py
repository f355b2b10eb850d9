"""What the worker does with a batch: read, recognise, keep; whatever happens, the batch ends with a result or a sentence."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from tomoni.files.selectors import content_of
from tomoni.imports.kept import kept_grid
from tomoni.imports.models import Batch
from tomoni.imports.reading.read import Unreadable, read
from tomoni.imports.selectors import meanings
from tomoni.imports.services import keep_problem, keep_progress, keep_reading
from tomoni.parties.actor import program
from tomoni.plans.importing.counts import counts_of
from tomoni.plans.importing.spellings import reading_of
from tomoni.plans.sheet.document import NotAPlan
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.recognise import recognise
from tomoni.rulebooks.selectors import NoRulebook, in_force

STEPS = 4
READER = program("読み取り")
log = logging.getLogger(__name__)


def read_now(batch: Batch, *, at: datetime) -> Batch:
    """Read the file of a batch to its end. Never raises for what a file may hold: the batch then says why not."""
    try:
        return _read(batch, at)
    except (Unreadable, NotAPlan, NoRulebook) as refusal:
        return keep_problem(batch, sentence=str(refusal), by=READER)
    except Exception:
        log.exception("batch %s could not be read", batch.pk)
        sentence = _(
            "読み取りの途中で問題が起きました。もう一度読み取っても同じときは、運用の担当者に知らせてください。"
        )
        return keep_problem(batch, sentence=sentence, by=READER)


def _read(batch: Batch, at: datetime) -> Batch:
    keep_progress(batch, done=1, of=STEPS)
    data = content_of(batch.file)
    grid = read(data, name=batch.file.name)
    keep_progress(batch, done=2, of=STEPS)
    document = recognise(grid, reading_in_city(at)).as_json()
    keep_progress(batch, done=3, of=STEPS)
    return keep_reading(batch, grid=kept_grid(grid), document=document, counts=counts_of(document), at=at, by=READER)


def reading_in_city(at: datetime) -> Reading:
    """How this city writes its sheets: its rulebook, and what people have explained during reviews."""
    told = {kind: meanings(kind) for kind in ("status", "column", "department")}
    return reading_of(in_force(at.date()).book, told)
