"""Writing down what a reviewer said about a batch, and remembering spellings on request, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tomoni.imports import services
from tomoni.imports.models import Batch
from tomoni.imports.services import Decided
from tomoni.parties.actor import Actor


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling to be remembered for the next reading: status or department."""

    kind: str
    spelling: str
    meaning: str


@transaction.atomic
def answer_review(
    batch: Batch,
    decided: Sequence[Decided],
    *,
    spellings: Sequence[Spelling] = (),
    revision: int,
    at: datetime,
    by: Actor,
) -> Batch:
    """All decisions and spellings, or none: raises NotAllowed and Moved as decide() does."""
    locked = services.decide(batch, decided, revision=revision, at=at, by=by)
    for one in spellings:
        services.remember(kind=one.kind, spelling=one.spelling, meaning=one.meaning, by=by)
    return locked
